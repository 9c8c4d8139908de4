"""One line of time for a subject: what changed in its records, what was found, what was attached, what was done in the ledger, what was approved."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from checks.vocabulary import KINDS
from relocation.evidence.chain import Event
from relocation.ledger.entry import Entry, numbered
from relocation.ledger.moves import Move
from relocation.ledger.states import State
from relocation.service.rectification.logging import KIND
from relocation.service.rectification.proof_changed import UNPROVEN
from relocation.service.rectification.reading import readable_fields, readable_text
from relocation.service.showing import changed, heading
from relocation.store import evidence, files, log, queries
from relocation.store import rectification as ledger
from relocation.store import rectification_past as past
from relocation.store import rectification_queries as lists
from relocation.store.evidence import EvidenceFilter
from relocation.store.opening import Connection, Store
from relocation.store.rectification import Moved

DATA, FINDING, EVIDENCE, LEDGER, APPROVAL = "data", "finding", "evidence", "ledger", "approval"
SORTS = (DATA, FINDING, EVIDENCE, LEDGER, APPROVAL)

APPROVALS = frozenset({Move.VERIFY, Move.ACCEPT, Move.DISMISS, Move.EXTEND_ANSWER})
"""The moves by which somebody says yes."""

Values = tuple[str, str, str]
"""What a field is called, its value before and after, as shown."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. `what` is a move's id, "found", "gone", "changed", or an action of the office's log; `about` the check or the entry's number."""

    at: datetime
    sort: str
    what: str
    about: str = ""
    who: str = ""
    since: State | None = None
    to: State | None = None
    reason: str = ""
    values: tuple[Values, ...] = ()
    fields: Mapping[str, tuple[Any, Any]] | None = None
    source: str = ""
    files: tuple[str, ...] = ()
    named: tuple[tuple[str, str, int], ...] = ()  # of those files that the reader may see: hash, what it was called, number of the evidence
    order: int = 0

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "at": self.at.isoformat(), "sort": self.sort, "what": self.what, "about": self.about, "by": self.who,
            "from": self.since.id if self.since else None, "to": self.to.id if self.to else None, "reason": self.reason,
            "values": [list(one) for one in self.values], "source": self.source, "files": list(self.files), "file_names": [name for _, name, _ in self.named],
        }  # fmt: skip


def of_entry(store: Store, entry: Entry, lang: str) -> list[Happening]:
    """Return what happened to an entry and to what it is about, the newest first."""
    with store.reading() as connection:
        every = list(_of_ledger(connection, entry))
        if entry.subject:
            every += _of_subject(connection, entry.subject_kind, entry.county, entry.subject, lang)
            others = lists.every(connection, _about(entry.subject_kind, entry.county, entry.subject))
            every += [one for other in others if other.number != entry.number for one in _of_ledger(connection, other)]
    return _newest_first(store, every)


def of_subject(store: Store, kind: str, county: str, subject: str, lang: str) -> list[Happening]:
    """Return what happened to one record (or county, or township), the newest first; empty for one there is none of."""
    with store.reading() as connection:
        every = list(_of_subject(connection, kind, county, subject, lang))
        for entry in lists.every(connection, _about(kind, county, subject)):
            every += _of_ledger(connection, entry)
    return _newest_first(store, every)


def _about(kind: str, county: str, subject: str) -> lists.EntryFilter:
    return lists.anything(kind=kind, county=county, subject=subject)


def _newest_first(store: Store, every: Sequence[Happening]) -> list[Happening]:
    named = _names(store, {sha256 for one in every for sha256 in one.files})
    every = [replace(one, named=tuple((sha256, *named[sha256]) for sha256 in one.files if sha256 in named)) for one in every]
    return [_readable(store, one) for one in sorted(every, key=lambda one: (one.at, one.order), reverse=True)]


def _names(store: Store, files: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return what files were called when they were attached, with the number of the newest evidence that shows them, as the actor may see it."""
    with store.reading() as connection:
        rows = evidence.listed(connection, EvidenceFilter(sha256s=files, withdrawn=True)) if files else []
    return {row.sha256: (readable_text(store, row.name), row.id) for row in reversed(rows)}


def _readable(store: Store, one: Happening) -> Happening:
    values = tuple((name, readable_text(store, old), readable_text(store, new)) for name, old, new in one.values)
    fields = readable_fields(store, one.fields) if one.fields else one.fields
    return replace(one, reason=readable_text(store, one.reason), source=readable_text(store, one.source), values=values, fields=fields)


def _of_ledger(connection: Connection, entry: Entry) -> Iterator[Happening]:
    for one in ledger.moves(connection, entry.county, entry.number):
        yield _moved(one)
    for event in log.timeline(connection, KIND, entry.county, entry.id):
        if event.action in ("ledger.gone", "ledger.back"):
            yield _event(event, FINDING, entry.id)
        elif event.action == UNPROVEN:
            yield _event(event, APPROVAL, entry.id)
    yield from _logged(connection, "entry", entry.county, entry.id)


def _moved(one: Moved) -> Happening:
    sort = APPROVAL if one.move in APPROVALS else LEDGER
    id = numbered(one.county, one.number)
    return Happening(one.at, sort, one.move.id, id, one.who, one.since, one.to, one.reason, fields=one.fields, files=one.evidence, order=one.version)


def _of_subject(connection: Connection, kind: str, county: str, subject: str, lang: str) -> Iterator[Happening]:
    yield from _changed(connection, kind, county, subject, lang)
    for check, since, until in past.found(connection, kind, county, subject):
        yield Happening(since, FINDING, "found", check)
        if until is not None:
            yield Happening(until, FINDING, "gone", check)
    yield from _logged(connection, kind, county, subject)


def _changed(connection: Connection, kind: str, county: str, subject: str, lang: str) -> Iterator[Happening]:
    """Give the changes of a record, those of one file together."""
    together: dict[tuple[datetime, str], list[Values]] = {}
    rows = queries.changes_of(connection, kind, county, subject) if kind in KINDS else []
    sources = queries.sources(connection, {row["sheet_id"] for row in rows})
    for row in rows:
        column = KINDS[kind].column(row["field"])
        values = heading(column, lang), changed(column, row["old"], lang), changed(column, row["new"], lang)
        together.setdefault((files.as_utc(row["changed_at"]), str(sources[row["sheet_id"]]["name"])), []).append(values)
    for (at, name), values_of in together.items():
        yield Happening(at, DATA, "changed", values=tuple(values_of), source=name)


def _logged(connection: Connection, kind: str, county: str, subject: str) -> Iterator[Happening]:
    """Give what the office's log says of a subject: evidence attached or withdrawn, drawings decided on."""
    for event in log.timeline(connection, kind, county, subject):
        sort = EVIDENCE if event.action.startswith("evidence.") else APPROVAL if event.action.endswith("decided") else DATA
        yield _event(event, sort)


def _event(event: Event, sort: str, about: str = "") -> Happening:
    return Happening(datetime.fromisoformat(event.at), sort, event.action, about, event.who, reason=event.why, files=event.files, order=event.seq)
