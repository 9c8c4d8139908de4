"""Numbers of people within free texts: ID numbers, bank cards, telephone numbers, as people write them."""

import re
import unicodedata

from checks.masking import masked_id, masked_secret
from checks.records import Secret

_GAP = r"[\s\-·.]{0,2}"


def _apart(*parts: str) -> str:
    return _GAP.join(parts)


_ID = _apart("[1-9]", *["[0-9]"] * 5, "(?:1" + _GAP + "[89]|2" + _GAP + "0)", *["[0-9]"] * 2, "(?:0" + _GAP + "[1-9]|1" + _GAP + "[0-2])",
              "(?:0" + _GAP + "[1-9]|[12]" + _GAP + "[0-9]|3" + _GAP + "[01])", *["[0-9]"] * 3, "[0-9Xx]")  # fmt: skip
"""Eighteen places: district (9 for permanent residents from abroad), day of birth, sequence, check digit, with blanks, hyphens or dots between them as people write them."""
_CARD = r"[0-9]{16,19}|[3-9][0-9]{3}(?:[\s\-][0-9]{4}){3}(?:[\s\-]?[0-9]{1,3})?"
_PHONE = r"1[3-9][0-9]{9}|1[3-9][0-9][\s\-][0-9]{4}[\s\-][0-9]{4}|1[3-9][0-9]{2}[\s\-][0-9]{3}[\s\-][0-9]{4}|1(?:[\s\-][0-9]){10}"
_NUMBER = re.compile(rf"(?<![0-9])(?:(?P<id>{_ID})|(?P<card>{_CARD})|(?P<phone>(?:\+?86[\s\-]?)?(?:{_PHONE})))(?![0-9])")


def numbers_in(text: str) -> list[str]:
    """Return each number of a person that a text holds, masked."""
    return [_masked(one) for one in _NUMBER.finditer(_plain(text))]


def without_numbers(text: str) -> str:
    """Return a text with every such number masked: for texts that came in a file, and readers who may not see the number."""
    made, at = [], 0
    for one in _NUMBER.finditer(_plain(text)):
        made += [text[at : one.start()], _masked(one)]
        at = one.end()
    return "".join([*made, text[at:]])


def _plain(text: str) -> str:
    """Return a text sign for sign with every digit, of whatever width and script, as 0 to 9: places stay the same."""
    return "".join(_as_digit(sign) for sign in text)


def _as_digit(sign: str) -> str:
    number = unicodedata.decimal(sign, None)
    if number is not None:
        return str(number)
    if unicodedata.category(sign) == "Cf":
        return " "  # an invisible sign between digits is a blank that hides
    return "X" if sign in "ｘＸ×" else "-" if sign in "‐‑‒–—−－" else sign


def _masked(found: re.Match[str]) -> str:
    bare = re.sub(r"[^0-9Xx]", "", found[0])
    if found.lastgroup == "id":
        return masked_id(bare)
    return masked_secret(bare, Secret.BANK_CARD if found.lastgroup == "card" else Secret.PHONE)
