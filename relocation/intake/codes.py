"""Codes of records whose file has none, and codes that occur twice.

A site without a code is known by "乡镇/名称". A household's code appears in addresses of pages, in lists and in exports, so it may
hold neither the name nor the identity number. It is made from a digest of township, village, group and the head's name: the same
in whatever order the rows stand, and it changes only when one of those four does. The digest hides the name from view; it does
not protect it from someone who can guess it, and for that reason the identity number, which can be tried out in a minute, is not
part of it. Two heads of one name in one group cannot be told apart this way: both rows are refused until the file has codes.

People on other lists (危房改造, 公示) get codes of the same making. A reported figure is known by what, where told, which day. Money
never gets a code: two receipts alike in everything are two receipts.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping

import numpy as np

from checks.records import Array

HOUSEHOLD_PARTS = ("township", "village", "natural_village", "head_name")


def site_codes(columns: Mapping[str, Array], rows: int) -> Array:
    """Return "township/name" (or the name alone where no township is given) as object array."""
    townships = columns.get("township", np.full(rows, "", object))
    codes = np.empty(rows, object)
    codes[:] = [f"{township}/{name}" if township and name else name for township, name in zip(townships, columns["name"], strict=True)]
    return codes


def person_codes(columns: Mapping[str, Array], rows: int, letter: str, *more: str) -> Array:
    """Return a digest of place, head's name and `more`: a letter and twelve hexadecimal digits, "" where there is no name."""
    parts = [columns.get(name, np.full(rows, "", object)) for name in (*more, *HOUSEHOLD_PARTS)]
    codes = np.empty(rows, object)
    codes[:] = [letter + hashlib.blake2b("\x1f".join(map(str, row)).encode(), digest_size=6).hexdigest() if row[-1] else "" for row in zip(*parts, strict=True)]
    return codes


def reported_codes(columns: Mapping[str, Array], rows: int) -> Array:
    """Return "item/told where/day", without what is blank."""
    parts = [columns.get(name, np.full(rows, "", object)) for name in ("township", "item", "told_by", "reported_on")]
    codes = np.empty(rows, object)
    codes[:] = ["/".join(str(part) for part in row if part and str(part) != "NaT") if row[1] else "" for row in zip(*parts, strict=True)]
    return codes


MADE: Mapping[str, Callable[[Mapping[str, Array], int], Array]] = {
    "site": site_codes,
    "household": lambda columns, rows: person_codes(columns, rows, "H"),
    "renovation": lambda columns, rows: person_codes(columns, rows, "R"),
    "notice": lambda columns, rows: person_codes(columns, rows, "N", "noticed_on"),
    "reported": reported_codes,
}
"""Kind → how codes are made for its records."""


def doubles(codes: Array) -> dict[int, int]:
    """Map each row whose code occurs elsewhere too to one of the other rows; blank codes are left alone."""
    if len(set(codes)) == len(codes):
        return {}
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, code in enumerate(codes):
        if code:
            rows[code].append(row)
    return {row: (same[0] if row != same[0] else same[1]) for same in rows.values() if len(same) > 1 for row in same}
