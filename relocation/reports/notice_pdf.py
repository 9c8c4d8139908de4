"""A public notice on paper, in large type, set by Typst: what comes from ledgers reaches it as data and is never taken for markup."""

import json
from functools import cache
from typing import Any

from relocation.notices.document import Document
from relocation.reports.pdf import fonts
from relocation.reports.wording import legible
from relocation.resources import folder


def notice_pdf(made: Document, paper: str) -> bytes:
    """Return the notice as a PDF on A4 or A3. Same notice, same bytes; its metadata hold the title and nothing else of anybody."""
    import typst  # late: only who prints loads the compiler

    compiler: Any = typst  # its types speak of one kind of input only
    parts = [
        {
            "title": part.title, "headings": list(part.headings), "rows": [list(row) for row in part.rows], "widths": list(part.widths),
            "right": sorted(part.right), "total": part.total, "apart": part.apart, "note": part.note,
        }
        for part in made.parts
    ]  # fmt: skip
    data = {"lang": made.lang, "title": made.title, "head": list(made.head), "parts": parts, "foot": list(made.foot), "paper": paper, "day": made.as_of.isoformat()}
    bytes_made = compiler.compile(
        _template(),
        root=str(folder("templates") / "notices"),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"data": legible(json.dumps(data, ensure_ascii=False))},
        timestamp=0,
        pdf_tags=False,
    )
    return bytes(bytes_made)


@cache
def _template() -> bytes:
    return (folder("templates") / "notices" / "notice.typ").read_bytes()
