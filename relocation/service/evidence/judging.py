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
    """Another use of the same picture. `agreeing` is 1 for the very same file, else the share of what it shows; `row` None where it is not the actor's to see."""

    row: EvidenceRow | None
    same_file: bool
    agreeing: float
    other_county: bool


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
        """Whether it speaks against the claim or is used for another record too."""
        return bool(self.again) or bool(self.judged and self.judged.support.against)


def weigh(store: Store, rows: Sequence[EvidenceRow]) -> list[Weighed]:
    """Weigh rows of evidence as the actor may see them: a use of the same picture that is not theirs to see comes without its row."""
    if not rows:
        return []
    with store.reading() as seen, store.whole.reading() as whole:
        return _weigh(seen, whole, rows, store.actor.scope)


def sound(connection: Connection, rows: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    """Return those rows that do not speak against what they are shown for, on a connection that sees every place."""
    return [one.row for one in _weigh(connection, connection, rows, EVERYWHERE) if not one.against]


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
    return SeenAgain(use if visible else None, use.sha256 == row.sha256, agreeing, use.county != row.county)
