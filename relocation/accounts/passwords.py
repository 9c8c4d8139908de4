"""Passwords: which are too easy, and how one is kept so that whoever steals the database still has to guess each at great cost."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

LEAST_LETTERS, MOST_LETTERS = 10, 128
LEAST_DIFFERENT = 5
"""So many different signs a password has at least: "aaaaaaaaaa" is long and nothing else."""

COST, BLOCK, LANES, MEMORY_BYTES = 2**15, 8, 1, 128 * 2**15 * 8
"""scrypt's N, r, p: 32 MiB and about 0.1 s a guess. Written into each hash, so that they may grow without a new sign-in of everybody."""

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a one-time password is made of: nothing that is read as something else when dictated over the telephone."""
GROUPS, GROUP_LETTERS = 4, 4


_AROUND = "0123456789!@#$%^&*._- "
_FOR_LETTERS = str.maketrans("@013457$!", "aoleastsi")


def weakness(password: str, context: Iterable[str] = ()) -> str:
    """Return why a password will not do: "short", "long", "plain" (few different signs), "common", "context"; "" when it will.

    `context` are words that lie near at hand: the account's name, the shown name, counties' names and codes.
    """
    said = unicodedata.normalize("NFKC", password)
    if len(said) < LEAST_LETTERS:
        return "short"
    if len(said) > MOST_LETTERS:
        return "long"
    if len(set(said.lower())) < LEAST_DIFFERENT or _run(said):
        return "plain"
    bare = _bare(said)
    if said.lower() in _common() or bare in _common() or len(bare) < 2:  # digits and signs around a common word make it no rarer
        return "common"
    whole = left = _letters(said)
    for word in sorted({_letters(word) for word in context}, key=len, reverse=True):
        left = left.replace(word, "") if len(word) >= 2 else left
    return "context" if left != whole and len(left) < LEAST_LETTERS - 4 else ""


def _letters(said: str) -> str:
    return "".join(sign for sign in said.lower() if sign.isalnum())


def _run(said: str) -> bool:
    """Tell whether a text only counts up or down, or repeats a short piece."""
    steps = {ord(after) - ord(before) for before, after in pairwise(said)}
    repeats = any(len(said) >= 2 * size and (said[:size] * len(said))[: len(said)] == said for size in range(1, 5))
    return steps in ({1}, {-1}) or repeats


def _bare(said: str) -> str:
    """Return the word within a text: without the digits and signs around it, and with letters where people put signs for them."""
    swapped = said.lower().strip(_AROUND).translate(_FOR_LETTERS)
    return "".join(sign for sign in swapped if sign.isalpha())


@cache
def _common() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split())


def hashed(password: str, salt: bytes) -> str:
    """Return a password as it is kept: "scrypt:N:r:p$salt$hash", the form Werkzeug writes too. `salt` is fresh for each."""
    return f"scrypt:{COST}:{BLOCK}:{LANES}${salt.hex()}${_scrypt(password, salt.hex().encode(), COST, BLOCK, LANES).hex()}"


def matches(password: str, kept: str) -> bool:
    """Tell whether a password is the one kept. It takes as long for a wrong one; False for a text that is no hash."""
    try:
        method, salt, digest = kept.split("$")
        _, cost, block, lanes = method.split(":")
        found = _scrypt(password, salt.encode(), int(cost), int(block), int(lanes))
        return hmac.compare_digest(found.hex(), digest)
    except ValueError:
        return False


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    said = unicodedata.normalize("NFKC", password)[: 4 * MOST_LETTERS].encode()
    return hashlib.scrypt(said, salt=salt, n=cost, r=block, p=lanes, maxmem=2 * 128 * cost * block * lanes)


def one_time(random: bytes) -> str:
    """Return a password to be read out once, from random bytes (16): about 79 bits in four groups."""
    letters = [ALPHABET[byte % len(ALPHABET)] for byte in random]
    return "-".join("".join(letters[start : start + GROUP_LETTERS]) for start in range(0, GROUPS * GROUP_LETTERS, GROUP_LETTERS))
