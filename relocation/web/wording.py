"""Texts written for the terminal, said on a page: an option becomes the field of the form that does the same."""

import re

from relocation.web.language import _
from relocation.words import N_

FIELDS = {
    "relocation import 文件 --as": N_("导入页，种类选"),
    "relocation import FILE --as": N_("导入页，种类选"),
    "--as": N_("导入页的“这是什么”"),
    "--county": N_("导入页的“县代码”"),
    "--crs": N_("导入页的“坐标系”"),
    "relocation template": N_("可在导入页下载"),
    "relocation checks": N_("“检查项”"),
    "relocation check": N_("总览页的“重新检查”"),
}
_TERMINAL = re.compile("`?(" + "|".join(map(re.escape, FIELDS)) + r")\b`?")
_BLANKS = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=”|“|导入页|总览页)|(?<=”) (?=[\u4e00-\u9fff])")


def on_page(text: str) -> str:
    """Return a text with the terminal's commands and options replaced by what the pages call them."""
    said = _TERMINAL.sub(lambda found: _(FIELDS[found[1]]), text)
    return text if said == text else _BLANKS.sub("", said)
