"""Resident identity numbers (GB 11643): 17 digits and a check character, verified a whole column at a time."""

import datetime as dt

import numpy as np
import numpy.typing as npt

from checks.records import Array

LENGTH = 18
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = np.array([ord(letter) for letter in "10X98765432"])


def check_characters(digits: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the code points of the check characters for an (n, 17) array of digits."""
    characters: npt.NDArray[np.int64] = _CHECKS[(digits * _WEIGHTS).sum(axis=1) % 11]
    return characters


def identity_faults(texts: Array, known_bad: set[int]) -> list[tuple[int, str]]:
    """Return (row, code of refusal) for each number that cannot be one; rows in `known_bad` and blanks are left alone.

    `texts` is an object array of str, upper case. Codes: id-length, id-old (15 digits), id-shape, id-birth, id-check.
    """
    rows = np.array([row for row, text in enumerate(texts) if text and row not in known_bad], np.int64)
    if not len(rows):
        return []
    found = texts[rows]
    lengths = np.array([len(text) for text in found])
    faults = [(int(row), "id-old" if length == 15 else "id-length") for row, length in zip(rows, lengths, strict=True) if length != LENGTH]
    whole = lengths == LENGTH
    rows, points = rows[whole], np.array(list(found[whole]), f"U{LENGTH}").view(np.uint32).reshape(-1, LENGTH).astype(np.int64)
    digits = points[:, :17] - ord("0")
    shaped = ((digits >= 0) & (digits <= 9)).all(axis=1) & (((points[:, 17] >= ord("0")) & (points[:, 17] <= ord("9"))) | (points[:, 17] == ord("X")))
    faults += [(int(row), "id-shape") for row in rows[~shaped]]
    rows, points, digits = rows[shaped], points[shaped], digits[shaped]
    born = digits[:, 6:14] @ (10 ** np.arange(7, -1, -1))
    real = {int(day) for day in np.unique(born) if _is_day(int(day))}
    dated = np.isin(born, np.fromiter(real, np.int64, len(real)))
    faults += [(int(row), "id-birth") for row in rows[~dated]]
    wrong = dated & (check_characters(digits) != points[:, 17])
    return faults + [(int(row), "id-check") for row in rows[wrong]]


def _is_day(number: int) -> bool:
    try:
        return 1880 <= dt.date(number // 10_000, number // 100 % 100, number % 100).year <= 2099
    except ValueError:
        return False


def masked(text: str) -> str:
    """Return an identity number with only the region and the last two characters shown."""
    return f"{text[:6]}{'*' * (len(text) - 8)}{text[-2:]}" if len(text) >= 10 else "*" * len(text)
