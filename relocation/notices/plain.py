"""The only texts a notice is made of: short, printable, and without anything that could be the number of a person."""

import re
import unicodedata

from checks.free_text import numbers_in

LONGEST = 60
DIGITS_LEAST_REFUSED = 6
"""A run of so many digits is refused: a county's code opens an ID number, a birthday has six or eight, a card and a phone have more."""

_CHINESE_DIGITS = dict(zip("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "00123456789123456789", strict=True))
_RUN = re.compile(rf"(?:[0-9xX][\W_]{{0,2}}){{{DIGITS_LEAST_REFUSED},}}")


class Unpublishable(Exception):
    """Something that must not stand on a notice. `field`: what it was to be; `why`: a code of what was found. The value itself is never carried."""

    def __init__(self, field: str, why: str, row: str = "") -> None:
        """Carry where it was found; `row` is the code of the register's record, for those inside the office."""
        super().__init__(f"{row} {field}: {why}")
        self.field, self.why, self.row = field, why, row


class Words(str):
    """A text that may be published. It can be made only by passing the test; whatever fails it is refused, never mended by masking."""

    __slots__ = ()

    def __new__(cls, text: str, field: str = "") -> "Words":
        """Take a text as it may stand on a notice. Unpublishable for one with a number of a person in it, with hidden signs, or too long."""
        clean = unicodedata.normalize("NFKC", text).strip()
        if why := reason_against(clean):
            raise Unpublishable(field, why)
        return super().__new__(cls, clean)


def reason_against(text: str) -> str:
    """Return the code of why a text may not be published, "" for one that may."""
    if len(text) > LONGEST:
        return "long"
    if not text.isprintable() or any(unicodedata.category(sign) in ("Cf", "Co", "Cn") for sign in text):
        return "hidden-signs"
    return "number" if holds_number(text) else ""


def holds_number(text: str) -> bool:
    """Tell whether a text holds a run of six digits or more, in whatever script, apart or not, or what reads as a number of a person."""
    plain = "".join(_digit(sign) for sign in unicodedata.normalize("NFKC", text))
    return bool(numbers_in(text)) or any(sum(sign.isdigit() for sign in run) >= DIGITS_LEAST_REFUSED for run in _RUN.findall(plain))


def _digit(sign: str) -> str:
    number = unicodedata.decimal(sign, None)
    return str(number) if number is not None else _CHINESE_DIGITS.get(sign, sign)
