"""The brief on one A4 side, set by Typst with the font that comes with the program's packages."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from relocation.reports.pdf import fonts
from relocation.reports.wording import legible
from relocation.resources import folder


class TooMuch(Exception):
    """Even the least that may be said does not fit on one side."""


def one_side(sheets: Iterable[Mapping[str, Any]], picture: str) -> bytes:
    """Return the first of several sheets, each with less on it than the one before, that fits on one side. TooMuch where none does."""
    for sheet in sheets:
        made = _set({**sheet, "picture": picture})
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


def drawn(picture: str, dots_per_inch: int = 192) -> bytes:
    """Return a picture (SVG) as PNG, for files that hold no SVG."""
    compiler = _compiler()
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: ("Noto Sans SC",))\n#image(bytes(sys.inputs.picture), format: "svg")'
    made = compiler.compile(source, format="png", ppi=float(dots_per_inch), font_paths=[str(fonts())], ignore_system_fonts=True, sys_inputs={"picture": picture})
    return bytes(made)


def _set(data: Mapping[str, Any]) -> bytes:
    made = _compiler().compile(
        _template(),
        root=str(folder("templates") / "leading"),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"data": legible(json.dumps(data, ensure_ascii=False))},
        timestamp=0,
        pdf_tags=False,
    )
    return bytes(made)


def _compiler() -> Any:
    import typst  # late: only who prints loads the compiler

    return typst


@cache
def _template() -> bytes:
    return (folder("templates") / "leading" / "brief.typ").read_bytes()
