"""A brief as a file: one self-contained HTML, one A4 side of PDF, one Word document; and the note that it was made."""

from datetime import datetime
from pathlib import Path

from relocation.reports.brief_docx import BrokenTemplate, brief_docx
from relocation.reports.brief_html import brief_html
from relocation.reports.brief_pdf import one_side
from relocation.reports.setting import png_of
from relocation.service.briefing.contract import Brief
from relocation.service.briefing.drawing import picture
from relocation.service.briefing.telling import ROOMS, Room, told
from relocation.service.briefing.templates import refused, template_bytes
from relocation.service.taking_out import UNWRITABLE
from relocation.service.writing import write_whole
from relocation.store import briefs, log
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

FORMS = ("pdf", "docx", "html")

WORD = Room(1, 44, 2, 6)
"""Word breaks lines by itself, so its page gets as much as fits with room to spare."""


def form_of(out: Path) -> str:
    """Return what a file's name asks for. Trouble for a suffix there is no output of."""
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise Trouble("brief-suffix", name=out.name, forms=", ".join(f".{one}" for one in FORMS))
    return form


def written(brief: Brief, form: str, template: Path | None = None) -> bytes:
    """Return the brief as the bytes of a file. Trouble for a template that cannot be used."""
    makers = {
        "pdf": lambda: one_side((told(brief, room) for room in ROOMS), picture(brief)),
        "docx": lambda: _word(brief, template),
        "html": lambda: brief_html(told(brief), picture(brief)),
    }
    return makers[form]()


def _word(brief: Brief, template: Path | None) -> bytes:
    name = template.name if template else ""
    try:
        return brief_docx(template_bytes(template), told(brief, WORD), png_of(picture(brief)))
    except BrokenTemplate as broken:
        raise refused(name, broken) from None
    except (AttributeError, IndexError, KeyError, SyntaxError, TypeError, ValueError) as error:  # lxml's is a SyntaxError
        if template is None:
            raise
        raise Trouble("template-result", file=name) from error


def write(store: Store, brief: Brief, out: Path, *, now: datetime, template: Path | None = None) -> bool:
    """Write the brief to a file and note that it was made; returns whether that could be noted. Trouble when the file cannot be written."""
    form = form_of(out)
    write_whole(out, [written(brief, form, template)])
    return note(store, brief, form, now=now)


def note(store: Store, brief: Brief, form: str, *, now: datetime) -> bool:
    """Note that a brief leaves the office and when it was made, for the next to be compared with; returns whether that could be written down."""
    said = {"as_of": brief.as_of.isoformat(), "figures": len(brief.figures)}
    place = {"county": brief.county, "township": brief.places[0] if len(brief.places) == 1 else ""}
    try:
        with store.writing() as connection:
            briefs.mark(connection, brief.county, brief.places, now, brief.as_of, form, store.actor.name)
            log.append(connection, by=store.actor, at=now, action="export.made", **place, kind="export", subject=f"brief.{form}", new=said)
    except Trouble as trouble:
        if trouble.code not in UNWRITABLE:
            raise
        return False
    return True
