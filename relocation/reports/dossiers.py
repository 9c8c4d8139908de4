"""The dossiers of a plan of visits on paper: one A4 page a household, set by Typst with the font that comes with the program's packages."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from relocation.reports.pdf import fonts
from relocation.reports.wording import legible
from relocation.resources import folder


def dossiers_pdf(data: Mapping[str, Any]) -> bytes:
    """Return the dossiers as one PDF. Same data, same bytes; what comes from ledgers reaches Typst as data and is never taken for markup."""
    import typst  # late: only who prints loads the compiler

    compiler: Any = typst  # its types speak of one kind of input only
    made = compiler.compile(
        _template(),
        root=str(folder("templates") / "visits"),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"data": legible(json.dumps(data, ensure_ascii=False))},
        timestamp=0,
        pdf_tags=False,
    )
    return bytes(made)


@cache
def _template() -> bytes:
    return (folder("templates") / "visits" / "dossier.typ").read_bytes()
