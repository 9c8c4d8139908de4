"""Codes of records whose file has none, and codes that occur twice.

A site without a code is known by "乡镇/名称". A household's code appears in addresses of pages, in lists and in exports, so it may
hold neither the name nor the identity number. It is made from a digest of township, village, group and the head's name: the same
in whatever order the rows stand, and it changes only when one of those four does. The digest hides the name from view; it does
not protect it from someone who can guess it, and for that reason the identity number, which can be tried out in a minute, is not
part of it. Two heads of one name in one group cannot be told apart this way: both rows are refused until the file has codes.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from checks.records import Array

HOUSEHOLD_PARTS = ("township", "village", "natural_village", "head_name")


def site_codes(columns: Mapping[str, Array], rows: int) -> Array:
    """Return "township/name" (or the name alone where no township is given) as object array."""
    townships = columns.get("township", np.full(rows, "", object))
    codes = np.empty(rows, object)
    codes[:] = [f"{township}/{name}" if township and name else name for township, name in zip(townships, columns["name"], strict=True)]
    return codes


def household_codes(columns: Mapping[str, Array], rows: int) -> Array:
    """Return a digest of place and head's name, "H" and twelve hexadecimal digits, "" where there is no name."""
    parts = [columns.get(name, np.full(rows, "", object)) for name in HOUSEHOLD_PARTS]
    codes = np.empty(rows, object)
    codes[:] = ["H" + hashlib.blake2b("\x1f".join(row).encode(), digest_size=6).hexdigest() if row[-1] else "" for row in zip(*parts, strict=True)]
    return codes


def doubles(codes: Array) -> dict[int, int]:
    """Map each row whose code occurs elsewhere too to one of the other rows; blank codes are left alone."""
    if len(set(codes)) == len(codes):
        return {}
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, code in enumerate(codes):
        if code:
            rows[code].append(row)
    return {row: (same[0] if row != same[0] else same[1]) for same in rows.values() if len(same) > 1 for row in same}
