"""What evidence is worth: place and time of a photo against its claim, and where else the same picture is used."""

from collections.abc import Sequence
from dataclasses import dataclass

from relocation.accounts.scope import EVERYWHERE, Scope
from relocation.evidence.exif import PhotoFacts, from_json
from relocation.evidence.kinds import EvidenceKind
from relocation.evidence.place import REACH_M
from relocation.evidence.support import Judged, judge
from relocation.service.evidence.subjects import Subject, find
from relocation.store import evidence
from relocation.store.evidence import EvidenceFilter, EvidenceRow
from relocation.store.opening import Connection, Store

PAPERS = frozenset({EvidenceKind.MINUTES, EvidenceKind.CONTRACT, EvidenceKind.PAYMENT, EvidenceKind.OTHER})
"""Kinds of which a photo shows a paper: it lies where papers lie, and neither its place nor its time speaks against anything."""


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """Another use of the same picture. `agreeing` is 1 for the very same file, else the share of what it shows; `row` None where it is not the actor's to see.

    `earlier`: it was attached before the one weighed, which is then the copy.
    """

    row: EvidenceRow | None
    same_file: bool
    agreeing: float
    other_county: bool
    earlier: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """One piece of evidence weighed. `judged` None for what is no photo of a place."""

    row: EvidenceRow
    subject: Subject | None
    photo: PhotoFacts | None
    judged: Judged | None
    again: tuple[SeenAgain, ...]

    @property
    def kind(self) -> EvidenceKind:
        """What it is shown as."""
        return EvidenceKind.by_id(self.row.kind)

    @property
    def against(self) -> bool:
        """Whether it speaks against the claim or is a copy of what was attached to another record before; a later copy takes nothing from the first."""
        return self.copied or bool(self.judged and self.judged.support.against)

    @property
    def copied(self) -> bool:
        """Whether the same picture was attached to another record first."""
        return any(use.earlier for use in self.again)


def weigh(store: Store, rows: Sequence[EvidenceRow]) -> list[Weighed]:
    """Weigh rows of evidence as the actor may see them: a use of the same picture that is not theirs to see comes without its row."""
    if not rows:
        return []
    with store.reading() as seen, store.whole.reading() as whole:
        return _weigh(seen, whole, rows, store.actor.scope)


def sound(connection: Connection, rows: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    """Return those rows that count as proof (`counting`), on a connection that sees every place."""
    return [one.row for one in counting(connection, _weigh(connection, connection, rows, EVERYWHERE))]


def counting(whole: Connection, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return what counts of the evidence of one subject: what does not speak against it, unless it is photos after a demolition alone.

    A cleared plot shows no house that stood there, so a photo after counts once the record has one before, or the subject something else.
    """
    fair = [one for one in weighed if not one.against]
    after = [one for one in fair if one.kind is EvidenceKind.AFTER]
    return [] if after and len(after) == len(fair) and not _shown_before(whole, after[0].row) else fair


def _shown_before(whole: Connection, row: EvidenceRow) -> bool:
    """Tell whether the record has a photo from before its demolition that does not speak against it."""
    wanted = EvidenceFilter(county=row.county, about_kind=row.about_kind, about=row.about, kind=EvidenceKind.BEFORE.id)
    return any(not one.against for one in _weigh(whole, whole, evidence.listed(whole, wanted), EVERYWHERE))


def _weigh(seen: Connection, whole: Connection, rows: Sequence[EvidenceRow], scope: Scope) -> list[Weighed]:
    subjects = dict[tuple[str, str, str], Subject | None]()
    for row in rows:
        key = row.subject_kind, row.county, row.subject
        if key not in subjects:
            subjects[key] = find(seen, row.subject_kind, row.county, row.subject)
    again = _again(whole, rows, scope)
    return [_weighed(row, subjects[row.subject_kind, row.county, row.subject], again.get(row.id, ())) for row in rows]


def _weighed(row: EvidenceRow, subject: Subject | None, again: tuple[SeenAgain, ...]) -> Weighed:
    photo = from_json(row.facts["photo"]) if "photo" in row.facts else None
    kind = EvidenceKind.by_id(row.kind)
    if photo is None or kind in PAPERS:
        return Weighed(row, subject, photo, None, again)
    spot = subject.spot_for(kind) if subject else None
    judged = judge(photo, spot, REACH_M.get(row.about_kind, REACH_M["site"]), row.since, row.until)
    return Weighed(row, subject, photo, judged, again)


def _again(whole: Connection, rows: Sequence[EvidenceRow], scope: Scope) -> dict[int, tuple[SeenAgain, ...]]:
    """Return for each row the uses of the same picture for other records, of every place."""
    files = {row.sha256 for row in rows}
    alike = evidence.alike(whole, files)
    every = files | {other for others in alike.values() for other in others}
    uses = dict[str, list[EvidenceRow]]()
    for use in evidence.listed(whole, EvidenceFilter(sha256s=every)):
        uses.setdefault(use.sha256, []).append(use)
    found = dict[int, tuple[SeenAgain, ...]]()
    for row in rows:
        shared = [(row.sha256, 1.0), *sorted(alike[row.sha256].items())]
        seen = [(use, agreeing) for sha256, agreeing in shared for use in uses.get(sha256, []) if use.id != row.id and use.record != row.record]
        found[row.id] = tuple(_seen(row, use, agreeing, scope) for use, agreeing in seen)
    return found


def _seen(row: EvidenceRow, use: EvidenceRow, agreeing: float, scope: Scope) -> SeenAgain:
    visible = scope.holds(use.county, use.township)
    earlier = (use.added_at, use.id) < (row.added_at, row.id)
    return SeenAgain(use if visible else None, use.sha256 == row.sha256, agreeing, use.county != row.county, earlier)
