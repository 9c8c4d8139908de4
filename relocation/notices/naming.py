"""A head of household's name as it may hang on a wall: the surname, and two stars for whatever follows.

Source: the Supreme People's Court's rules on judgments on the internet (法释〔2016〕19号), article 9, the one national text that says how a name is
hidden: keep the surname and replace the given name; of an ethnic minority's name and of a foreigner's in Chinese keep the first character; of one
in Latin letters keep the first letter; tell alike ones apart by numbers. It binds courts; for notices of relocation it stands as practice.
The stars are always two, so that they do not tell how long the name is.
"""

import unicodedata
from enum import Enum

from relocation.notices.plain import Unpublishable, holds_number

STARS = "**"
_MIDDLE_DOTS = "·•・‧∙⋅●.．"
_JOINTS = " -'’"
_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于"
    "司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五"
)
COMPOUND = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))
"""Surnames of two characters."""


class Form(Enum):
    """How much of a name is shown."""

    SURNAME = "surname"  # 张**: the rule's own way
    LAST = "last"  # 张*明: what many villages do; no instrument was seen


class MaskedName(str):
    """A name that was masked. It is made from the whole name only, and nothing of the rest stays in it."""

    __slots__ = ()

    def __new__(cls, name: str, form: Form = Form.SURNAME) -> "MaskedName":
        """Mask a name. Unpublishable for one that is empty or holds digits or signs no name has: then it is no name, and may be a number."""
        return super().__new__(cls, _masked(_clean(name), form))


def _clean(name: str) -> str:
    clean = " ".join(unicodedata.normalize("NFKC", name).split())
    if not clean:
        raise Unpublishable("head_name", "empty")
    if any(unicodedata.category(sign)[0] == "N" and not _chinese(sign) for sign in clean) or holds_number(clean):
        raise Unpublishable("head_name", "number")
    if not all(sign in _MIDDLE_DOTS or sign in _JOINTS or unicodedata.category(sign)[0] in "LM" or _chinese(sign) for sign in clean):
        raise Unpublishable("head_name", "signs")
    if not (clean[0].isalpha() or _chinese(clean[0])):
        raise Unpublishable("head_name", "signs")
    return clean


def _masked(name: str, form: Form) -> str:
    if any(dot in name for dot in _MIDDLE_DOTS) or " " in name or not all(map(_chinese, name)):
        return name[0].upper() + STARS  # of a minority's, a foreigner's, a Latin name: the first sign alone
    if len(name) == 1:
        return STARS  # its surname would be all of it
    kept = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    if form is Form.LAST and len(name) - kept >= 2:
        return f"{name[:kept]}*{name[-1]}"
    return name[:kept] + STARS


def _chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff" or sign == "〇"
