"""The ledger's workbook out and back in: what every row would do is shown first, accepted row by row, and each change is a move with the file's hash.

Nothing is forced through it: a row goes the way its moves go on the pages, and what needs evidence or another person is refused in words.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from checks.free_text import without_numbers
from relocation.accounts.roles import Right
from relocation.evidence.kinds import EvidenceKind
from relocation.intake.listed import read_returned_ledger
from relocation.intake.refusal import Fact, Note, Refusal, Words
from relocation.intake.returned import ReturnedLedger
from relocation.ledger.columns import COLUMNS, written
from relocation.ledger.deadlines import due_after
from relocation.ledger.entry import Entry, parted
from relocation.ledger.moves import Move
from relocation.ledger.moving import Step
from relocation.ledger.returning import Answer, Outcome, answers, missing
from relocation.ledger.states import Severity, Tier
from relocation.reports.ledger_workbook import LedgerSheet, ledger_workbook, state_choices
from relocation.service.anchoring import anchor_line
from relocation.service.rectification import listing
from relocation.service.rectification.days import calendar_of, day_of
from relocation.service.rectification.leading import require_group
from relocation.service.rectification.moving import duties_of, make
from relocation.service.rectification.opening import keep_in
from relocation.service.rectification.texts import MOST, MOST_ELSE, told
from relocation.store import files, ledger_evidence, log, problem_lists
from relocation.store import rectification as ledger
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

WORKED_ON = (Outcome.ADDED, Outcome.CHANGED, Outcome.CONFLICT)
"""What can be accepted; the rest is only told."""
_NAMES: Mapping[str, Words] = {column.name: Words(column.zh, column.en) for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """What a workbook that came back would do, or did: row by row; what was refused with its cell; entries that went out and did not come back.

    `done` are the rows (by their number in the sheet) that were accepted and made, `late` those somebody changed here while they were looked at.
    """

    file: str
    sheet: str
    sha256: str
    answers: tuple[Answer, ...]
    refusals: tuple[Refusal, ...]
    missing: tuple[str, ...]
    notes: tuple[Note, ...]
    done: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    stored: bool = False

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows there are of each outcome."""
        found = Counter(one.outcome.id for one in self.answers)
        unread = len({refusal.row for refusal in self.refusals}) - found[Outcome.REFUSED.id]
        return {outcome.id: found[outcome.id] + (unread if outcome is Outcome.REFUSED else 0) for outcome in Outcome}

    def of(self, outcome: Outcome) -> list[Answer]:
        """Return the rows of an outcome."""
        return [one for one in self.answers if one.outcome is outcome]

    def json(self, lang: str) -> dict[str, Any]:
        """Return the report for other programs."""
        return {
            "file": self.file, "sheet": self.sheet, "sha256": self.sha256, "counts": dict(self.counts),
            "rows": [{"row": one.line.row, "entry": one.line.id, "outcome": one.outcome.id,
                      "changes": [{"column": change.column, "here": change.here, "there": change.there, "changed_here": change.moved,
                                   "doubt": change.doubt.id if change.doubt else ""} for change in one.changes]}
                     for one in self.answers if one.outcome in WORKED_ON],
            "refusals": [one.json(lang) for one in self.refusals], "missing": list(self.missing), "notes": [one.json(lang) for one in self.notes],
            "done": list(self.done), "late": list(self.late), "stored": self.stored,
        }  # fmt: skip


def export(store: Store, lang: str, *, day: date, **filters: Any) -> bytes:
    """Return the ledger, as it stands on a day and as far as it fits the filters, as the workbook that is sent up."""
    listed = listing.every(store, lang, day=day, **filters)
    rows = [replace(one.entry, state=one.state) for one in listed]
    gone = {one.entry.id for one in listed if one.unproven}
    counties = sorted({one.county for one in rows})
    with store.reading() as connection:
        names = files.county_names(connection)
        attached = ledger_evidence.by_entry(connection, counties)
    place = "、".join(names.get(county) or county for county in counties)
    units, categories = (
        [word for word, _ in Counter(getattr(one, name) for one in rows if getattr(one, name)).most_common(100)] for name in ("unit", "category")
    )
    sheet = LedgerSheet(
        f"{place}易地扶贫搬迁问题整改台账" if lang == "zh" else f"Rectification ledger of {place or 'the office'}",
        _below(place, day, rows, len(gone), lang),
        [written(one, _evidence(attached.get((one.county, one.number), {}), lang, gone=one.id in gone)) for one in rows],
        {"category": sorted(categories), "unit": sorted(units), "state": state_choices()},
        day,
        "整改台账" if lang == "zh" else "Ledger",
        anchor_line(store),
    )
    return ledger_workbook(sheet, lang)


def _below(place: str, day: date, rows: Sequence[Entry], gone: int, lang: str) -> str:
    closed = sum(one.state.closed for one in rows)
    if lang == "zh":
        flagged = f"，其中销号凭据已全部撤回{gone}条" if gone else ""
        until = f"{day.year}年{day.month}月{day.day}日"
        return f"填报单位：{place}        截至{until}        共{len(rows)}条，已销号或不属实{closed}条{flagged}，未销号{len(rows) - closed}条"
    flagged = f" ({gone} with all closing proof withdrawn)" if gone else ""
    return f"{place}    as of {day.isoformat()}    {len(rows)} entries, {closed} closed{flagged}, {len(rows) - closed} open"


UNPROVEN = {"zh": "销号凭据已全部撤回", "en": "all closing proof withdrawn"}


def _evidence(attached: Mapping[str, int], lang: str, *, gone: bool) -> str:
    words = {kind.id: (kind.zh if lang == "zh" else kind.en) for kind in EvidenceKind}
    said = [f"{words.get(kind, kind)} {count}" for kind, count in sorted(attached.items())]
    return ("、" if lang == "zh" else ", ").join([*([f"※{UNPROVEN[lang]}"] if gone else []), *said])


def look(store: Store, path: Path, *, now: datetime, file_name: str = "") -> ReturnReport:
    """Tell what a workbook that came back would do. Nothing is changed. Unusable for a file that is no such workbook."""
    store.require(Right.LEDGER)
    found = read_returned_ledger(path, file_name or path.name)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with store.reading() as connection:
        made = _answers(store, connection, found, sha256, now)
    return _report(found, sha256, made)


def bring(store: Store, path: Path, *, rows: Collection[int] | None, now: datetime, file_name: str = "") -> ReturnReport:
    """Make what the accepted rows say (None: every added and changed one, no conflict and none in doubt), each as a move with the file's hash.

    A row of which something else would come now than when it was looked at is left out and told. Trouble and Unusable as for `look`.
    """
    seen = look(store, path, now=now, file_name=file_name)
    wanted = {
        one.line.row: one
        for one in seen.answers
        if one.outcome in WORKED_ON and (one.line.row in rows if rows is not None else one.outcome is not Outcome.CONFLICT and not one.doubtful)
    }
    if not wanted:
        return replace(seen, stored=True)
    found = read_returned_ledger(path, file_name or path.name)
    done, late = [], []
    county = _county_of(store, seen.answers) if any(one.outcome is Outcome.ADDED for one in wanted.values()) else ""
    with store.writing() as connection:
        for answer in _answers(store, connection, found, seen.sha256, now):
            if answer.line.row not in wanted:
                continue
            if answer.changes != wanted[answer.line.row].changes or answer.outcome is not wanted[answer.line.row].outcome:
                late.append(answer.line.row)
                continue
            _made(store, connection, answer, county, _why(seen.file, seen.sha256), now)
            done.append(answer.line.row)
        counts = Counter(wanted[row].outcome.id for row in done)
        log.append(
            connection, by=store.actor, at=now, action="ledger.brought", kind="ledger-file", county=county or _one_county(seen.answers), subject=seen.file,
            new={"rows": len(done), **counts, "late": len(late)}, files=(seen.sha256,),
        )  # fmt: skip
    return replace(seen, done=tuple(done), late=tuple(late), stored=True)


def _why(file: str, sha256: str) -> str:
    return f"台账文件 {without_numbers(file)[:60]} sha256:{sha256}"


def _answers(store: Store, connection: Connection, found: ReturnedLedger, sha256: str, now: datetime) -> list[Answer]:
    """Return what the rows would do, refused also where a text or the actor's places do not allow it."""
    counties = {one.id[:6] for one in found.lines if one.id}
    entries = {
        one.id: one for county in sorted(counties) for one in problem_lists.entries_of(connection, county) if store.actor.scope.holds(county, one.township)
    }
    like = Step(Move.EDIT, store.actor.name, day_of(now), duties_of(store), reason=_why(found.file, sha256))
    return [_fitting(one) for one in answers(found.lines, entries, like)]


def _fitting(one: Answer) -> Answer:
    for change in one.changes:
        try:
            told(change.there, change.column)
        except Trouble as wrong:
            if wrong.code == "personal-in-text":
                return Answer(one.line, Outcome.REFUSED, why="list-personal", column=change.column, facts={"found": str(wrong.facts["found"])})
            most = str(MOST.get(change.column, MOST_ELSE))
            return Answer(one.line, Outcome.REFUSED, why="list-words", column=change.column, facts={"most": most})
    return one


def _report(found: ReturnedLedger, sha256: str, made: Sequence[Answer]) -> ReturnReport:
    refusals = [*found.refusals, *(_refusal(found, one) for one in made if one.outcome is Outcome.REFUSED)]
    absent = [id for id in missing(found.lines, found.sent) if id not in found.unread]
    return ReturnReport(found.file, found.sheet, sha256, tuple(made), tuple(sorted(refusals, key=lambda one: one.row or 0)), tuple(absent), found.notes)


def _refusal(found: ReturnedLedger, one: Answer) -> Refusal:
    column = one.column or "text"
    facts: dict[str, Fact] = {"field": _NAMES[column], **one.facts}
    return Refusal(
        one.why, found.file, found.sheet, found.cell(column, one.line.row), without_numbers(one.line.cells.get(column, ""))[:60], facts, one.line.row
    )


def _made(store: Store, connection: Connection, answer: Answer, county: str, why: str, now: datetime) -> None:
    if answer.outcome is Outcome.ADDED:
        keep_in(store, connection, [_new(store, answer, county, now)], now, reason=why)
        return
    before = ledger.get(connection, *parted(answer.line.id))
    assert before is not None  # it was answered in this transaction
    store.require(Right.LEDGER, before.county, before.township)
    require_group(store, connection, before)
    calendar = calendar_of(store, before.county)
    for step in answer.steps:
        before = make(connection, store, before, replace(step, calendar=calendar), now).entry


def _new(store: Store, answer: Answer, county: str, now: datetime) -> Entry:
    said = {change.column: change.there for change in answer.changes}
    day, calendar = day_of(now), calendar_of(store, county)
    due = due_after(day, Severity.ORDINARY, calendar)  # a row may name an earlier day; a later one comes by asking for it
    due = min(due, date.fromisoformat(said["due_on"])) if said.get("due_on") else due
    return Entry(
        county, 0, said["text"], Tier.BY_HAND, Severity.ORDINARY, now, store.actor.name, due, source=said.get("source", ""), category=said.get("category", ""),
        unit=said.get("unit", ""), person=said.get("person", ""), measure=said.get("measure", ""),
    )  # fmt: skip


def _one_county(made: Sequence[Answer]) -> str:
    counties = {one.line.id[:6] for one in made if one.line.id}
    return counties.pop() if len(counties) == 1 else ""


def _county_of(store: Store, made: Sequence[Answer]) -> str:
    """Return the county a new row belongs to: that of all other rows. Trouble where that is not certain, or not the actor's."""
    county = _one_county(made)
    if not county:
        raise Trouble("county-needed")
    store.require(Right.LEDGER, county)
    return county
