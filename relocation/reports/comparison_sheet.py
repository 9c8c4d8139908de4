"""What a report on two compared drawings is made of: the drawings, what was understood, what differs, what was judged and decided.

Everything is handed in; a report reads no file, no database and no clock. Sentences come with both languages, because they
are made in one place only and a report is written in either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from geo.drawing.difference import ChangeSet, Comparison
from geo.drawing.dwelling import Plans, Room
from geo.drawing.model import Drawing

Said = Mapping[str, str]
"""One sentence in both languages: "zh" and "en"."""


@dataclass(frozen=True)
class Judged:
    """One verdict or clue: the id of its check, the id of its outcome (pass, fail, review, no-data, not-applicable), its sentence.

    by: the part of the sentence that says whose rule it is, so that a list need not repeat it.
    """

    check: str
    outcome: str
    sentence: Said
    by: Said = field(default_factory=dict)


@dataclass(frozen=True)
class UnitSide:
    """One unit type as one of the two drawings has it; square metres, None where the drawing does not say.

    counted_m2: the area that was judged (the outline, and of the balconies what the rule counts). error_m2: how far it may be off.
    outcome, sentence and `by`: of `unit-type-area`, "" where it was not judged.
    """

    gross_m2: float | None
    error_m2: float = 0.0
    balcony_m2: float = 0.0
    counted_m2: float | None = None
    annotated_m2: float | None = None
    persons: int | None = None
    rooms: tuple[Room, ...] = ()
    outcome: str = ""
    sentence: Said = field(default_factory=dict)
    by: Said = field(default_factory=dict)

    @property
    def m2_a_person(self) -> float | None:
        """The judged area a person, None where either is missing."""
        area = self.gross_m2 if self.counted_m2 is None else self.counted_m2
        return None if area is None or not self.persons else area / self.persons


@dataclass(frozen=True)
class UnitTypePair:
    """One unit type (户型) in both drawings; a side is None where that drawing lacks it. most_m2_a_person: the limit that was applied.

    labels: what either drawing calls it, "" where it lacks it. renamed: whether the two names differ, and `label` has both.
    """

    label: str
    old: UnitSide | None
    new: UnitSide | None
    most_m2_a_person: float | None = None
    labels: tuple[str, str] = ("", "")
    renamed: bool = False

    def called(self, which: str) -> str:
        """Return what the "old" or the "new" drawing calls it; the name of the pair where it says nothing of its own."""
        return (self.labels[0 if which == "old" else 1] if self.renamed else "") or self.label


@dataclass(frozen=True)
class Decision:
    """What an engineer decided on a difference. kind: approved (with document number), finding, ignored (with reason)."""

    kind: str
    document: str = ""
    reason: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class ComparisonSheet:
    """Everything a report on a pair says. old is the design, new the construction drawing; plans are None where not understood.

    decisions: id of a difference → what was decided. verdicts: what was judged of the pair as a whole (agreement, typed dimensions).
    lineage: the clues of where the files come from. made_on: the day that is printed on it.
    """

    old: Drawing
    new: Drawing
    comparison: Comparison
    plans_old: Plans | None = None
    plans_new: Plans | None = None
    unit_types: tuple[UnitTypePair, ...] = ()
    verdicts: tuple[Judged, ...] = ()
    lineage: tuple[Judged, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    made_on: date | None = None
    anchor: str = ""  # the head of the office's log when it was made, by which it can later be proved whole
    title: str = ""  # what the pair is about: the site, the drawing's number; "" names the two files

    @property
    def refused(self) -> bool:
        """Whether the two could not be laid over each other, so that nothing was compared."""
        return all(one.status == "refused" for one in self.comparison.alignments)

    def decision_on(self, change_set: ChangeSet) -> Decision | None:
        """Return what was decided on a whole change set: only where all its members have the same decision, so that what came later is undecided."""
        made = {(one.kind, one.document, one.reason) if one else None for one in (self.decisions.get(id) for id in change_set.members)}
        return self.decisions[change_set.members[0]] if len(made) == 1 and None not in made else None
