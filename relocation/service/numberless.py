"""What is typed into the program holds no ID number, bank card or telephone number.

A reason, a note or a measure is copied into the log, which is never altered, and shown to everybody: a number in it could not be taken back.
"""

from checks.free_text import numbers_in
from relocation.store.trouble import Trouble


def numberless(text: str) -> str:
    """Return a typed text as it came. Trouble, naming each number masked, for one that holds somebody's number."""
    found = numbers_in(text)
    if found:
        raise Trouble("personal-in-text", found=", ".join(found[:3]))
    return text
