"""A public notice on paper, in large type, set by Typst: what comes from ledgers reaches it as data and is never taken for markup."""

from relocation.notices.document import Document
from relocation.reports.setting import pdf_of


def notice_pdf(made: Document, paper: str) -> bytes:
    """Return the notice as a PDF on A4 or A3. Same notice, same bytes; its metadata hold the title and nothing else of anybody."""
    parts = [
        {
            "title": part.title, "headings": list(part.headings), "rows": [list(row) for row in part.rows], "widths": list(part.widths),
            "right": sorted(part.right), "total": part.total, "apart": part.apart, "note": part.note,
        }
        for part in made.parts
    ]  # fmt: skip
    data = {
        "lang": made.lang,
        "title": made.title,
        "head": list(made.head),
        "parts": parts,
        "foot": list(made.foot),
        "paper": paper,
        "day": made.as_of.isoformat(),
    }
    return pdf_of("notices/notice.typ", data)
