"""A notice made: its tables, what it says of itself, and the file of it, which leaves only if the log could say so."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from checks.sentence import day
from relocation.accounts.roles import Right
from relocation.notices.document import Document, Part
from relocation.notices.naming import Form
from relocation.notices.plain import Unpublishable
from relocation.reports.notice_pdf import notice_pdf
from relocation.reports.notice_sheet import notice_workbook
from relocation.reports.notice_text import notice_csv, notice_text
from relocation.service.anchoring import anchor_line
from relocation.service.publishing import fund_use, summary, wall
from relocation.service.publishing.asking import KINDS, Hanging, Wish, contact, hanging, known_place
from relocation.service.publishing.listing import Listed, listed
from relocation.service.publishing.words import word
from relocation.service.taking_out import note_notice
from relocation.store import files
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

FORMATS = {"wall": ("xlsx", "pdf"), "sms": ("txt", "csv"), "funds": ("xlsx", "pdf"), "summary": ("xlsx", "pdf")}
PAPERS = ("a4", "a3")


def document(store: Store, wish: Wish, today: date, lang: str, *, preview: bool = False) -> Document:
    """Return a notice as it would be published. Trouble for a place without households, for anything that must not be published, for sums that differ.

    `preview`: without a contact too; no file is made of it.
    """
    if wish.kind not in KINDS:
        raise Trouble("notice-kind", kind=wish.kind[:20], known=", ".join(KINDS))
    store.require(Right.READ)
    county = known_place(store, wish)
    hangs = hanging(store, wish, today, lang)
    call = "" if preview and not wish.contact.strip() else contact(wish)
    try:
        return _made(store, wish, county, hangs, call, today, lang)
    except Unpublishable as refused:
        raise wall.unpublishable([refused], lang) from None


def _made(store: Store, wish: Wish, county: str, hangs: Hanging, call: str, today: date, lang: str) -> Document:
    facts: dict[str, object] = {}
    notes: tuple[str, ...] = ()
    if wish.kind == "funds":
        parts, notes, count = fund_use.parts(store, wish, _listed_or_none(store, wish, lang), lang)
    else:
        people = listed(store, wish, lang)
        count, facts = len(people.homes), {"gave_up": people.gave_up, "own_cost": people.own_cost, "not_recorded_as_poor": people.unknown}
        parts = _of_people(wish, people, county, hangs, call, lang, facts)
        if wish.kind != "summary":
            notes = (
                word("masking-last" if wish.form is Form.LAST else "masking", lang),
                word("never", lang),
                word("local" if wish.kind == "wall" else "sms-how", lang),
            )
    place = f"{county}{wish.township}{wish.village}{wish.site}" if lang == "zh" else ", ".join(filter(None, (wish.site, wish.village, wish.township, county)))
    of_year = word("of-year", lang, year=wish.year) if wish.year is not None and wish.kind == "funds" else ""
    title = f"{place}{'' if lang == 'zh' else ': '}{word(f'title-{wish.kind}', lang)}{of_year}"
    line = anchor_line(store)
    foot = (*notes, *([word("anchor", lang, line=line)] if line else []))
    return Document(wish.kind, lang, place, title, _head(store, wish, hangs, call, today, lang), parts, foot, today, count, facts)


def _of_people(wish: Wish, people: Listed, county: str, hangs: Hanging, call: str, lang: str, facts: dict[str, object]) -> tuple[Part, ...]:
    if wish.kind == "summary":
        return summary.parts(people, wish, lang)
    rows, found = wall.lines(people, wish, lang)
    facts.update(alone=found.alone, least_alike=found.least, bands=found.bands, held_back=found.hidden, small_villages=len(found.small))
    return wall.messages(rows, county, hangs, call, lang) if wish.kind == "sms" else wall.parts(rows, wish, lang)


def _listed_or_none(store: Store, wish: Wish, lang: str) -> Listed | None:
    try:
        return listed(store, wish, lang)
    except Trouble as trouble:
        if trouble.code != "notice-empty" or wish.township or wish.village:
            raise
        return None


def _head(store: Store, wish: Wish, hangs: Hanging, call: str, today: date, lang: str) -> tuple[str, ...]:
    with store.reading() as connection:
        at = files.last_import(connection)
    imported = day(files.as_utc(at).astimezone().date(), lang) if at else word("no-import", lang)
    ledger = word("ledger-funds" if wish.kind == "funds" else "ledger-households", lang)
    usual = word("period-usual", lang, days=hangs.days, instrument=hangs.instrument, standing=hangs.standing) if hangs.usual else word("period-own", lang)
    gap = "" if lang == "zh" else " "
    return (
        word("made", lang, day=day(today, lang), ledger=ledger, imported=imported),
        word("period", lang, begins=day(hangs.begins_on, lang), ends=day(hangs.ends_on, lang), days=hangs.days) + gap + usual,
        word("objections", lang, contact=call) if call else word("no-contact", lang),
    )


def made_file(store: Store, wish: Wish, form: str, now: datetime, lang: str, paper: str = "a4") -> tuple[bytes, Document]:
    """Return a notice as the bytes of a file, noted in the log with kind, place, count and hash.

    Trouble without the right to keep the ledger, for a format it does not come in, and where the log cannot be written: then no file leaves.
    """
    data, made = _laid_out(store, wish, form, now, lang, paper)
    _noted(store, wish, form, data, made, now)
    return data, made


def write(store: Store, wish: Wish, out: Path, now: datetime, lang: str, paper: str = "a4") -> Document:
    """Write a notice to a file, whole or not at all. Trouble as for `made_file`, and where it cannot be written."""
    form = out.suffix.lower().removeprefix(".")
    data, made = _laid_out(store, wish, form, now, lang, paper)
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(data)
        _noted(store, wish, form, data, made, now)  # between the two: what the log notes is on the disk, and nothing leaves that it does not note
        part.replace(out)
    except OSError as error:
        raise Trouble("out-unwritable", path=out, why=error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _laid_out(store: Store, wish: Wish, form: str, now: datetime, lang: str, paper: str) -> tuple[bytes, Document]:
    if form not in FORMATS.get(wish.kind, ()):
        raise Trouble("notice-format", form=form[:10], kind=wish.kind[:10], known=", ".join(FORMATS.get(wish.kind, ())))
    store.require(Right.LEDGER, wish.county, wish.township)
    made = document(store, wish, now.astimezone().date(), lang)
    writers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: notice_workbook(made, paper), "pdf": lambda: notice_pdf(made, paper),
        "txt": lambda: notice_text(made), "csv": lambda: notice_csv(made),
    }  # fmt: skip
    return writers[form](), made


def _noted(store: Store, wish: Wish, form: str, data: bytes, made: Document, now: datetime) -> None:
    note_notice(store, f"notice.{wish.kind}.{form}", made.count, hashlib.sha256(data).hexdigest(), wish.county, wish.township, now=now)
