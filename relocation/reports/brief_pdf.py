"""The brief on one A4 side, set by Typst with the font that comes with the program's packages."""

from collections.abc import Iterable, Mapping
from typing import Any

from relocation.reports.setting import pdf_of


class TooMuch(Exception):
    """Even the least that may be said does not fit on one side."""


def one_side(sheets: Iterable[Mapping[str, Any]], picture: str) -> bytes:
    """Return the first of several sheets, each with less on it than the one before, that fits on one side. TooMuch where none does."""
    for sheet in sheets:
        made = pdf_of("leading/brief.typ", {**sheet, "picture": picture})
        if pages(made) == 1:
            return made
    raise TooMuch


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2  # late: only who prints loads it

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
