"""What a drawing says about dwellings: sheets with their title blocks, unit types with outline, rooms and openings.

Here lengths are metres and areas square metres: the unit of the drawing has been decided (`unit`), or nothing is measured.
Positions are metres in the drawing's own axes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shapely import Polygon

Reason = Literal[
    "unit",
    "unlabelled",
    "labels-many",
    "areas-differ",
    "outline-open",
    "outline-bridged",
    "outline-partial",
    "thickness-unknown",
    "walls-guessed",
    "party-wall",
    "room-unlabelled",
    "rooms-estimated",
    "storeys",
    "corrected-label",
    "corrected-outline",
    "corrected-outline-cuts",
    "corrected-persons",
]
"""Why outline, area, persons or rooms of a unit type are missing, unsure, or somebody's own word."""


@dataclass(frozen=True)
class UnitVote:
    """One kind of evidence for the unit of measure: doors, walls, dimensions, areas, header, paper."""

    evidence: str
    metres: float  # what one drawing unit would be
    seen: int  # how many observations stand behind it


@dataclass(frozen=True)
class UnitOfMeasure:
    """What one drawing unit is in metres, and on whose word; metres is None where fewer than two kinds of evidence agree."""

    metres: float | None
    votes: tuple[UnitVote, ...]
    header_disagrees: bool = False


@dataclass(frozen=True)
class TitleBlock:
    """The fields of a title block (图签): what was found; a field that was not found is "" and never guessed."""

    number: str = ""
    name: str = ""
    revision: str = ""
    dated: str = ""  # as written
    scale: str = ""  # as written, "1:100"
    project: str = ""
    designer: str = ""  # present / absent / unreadable for signatures that are not text
    checker: str = ""
    approver: str = ""
    seals: tuple[str, ...] = ()
    where: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Room:
    """One enclosed room; several labels where the plan is open between them."""

    labels: tuple[str, ...]
    area_m2: float
    outline: Polygon
    annotated_m2: float | None
    confidence: str  # exact: closed by walls and openings; estimated: parted by distance to the labels


@dataclass(frozen=True)
class Opening:
    """A door or window: where, how wide, in which wall."""

    kind: str  # door, window
    width_m: float
    x_m: float
    y_m: float


@dataclass(frozen=True)
class UnitPlan:
    """One unit type (户型) on one sheet, with everything that its verdict rests on.

    gross_m2: the outline to the outer face of the walls without balconies. balcony_m2: the balconies' full area; how much of it
    counts is the field's rule, not geometry's. gross_error_m2: how far gross_m2 may be off, from gaps, snapping and rounding.
    persons: the numbers of intended persons written on the plan, or the one set right by hand; one is needed for a verdict.
    """

    label: str
    outline: Polygon | None
    gross_m2: float | None
    gross_error_m2: float
    balcony_m2: float
    annotated_m2: float | None
    persons: tuple[int, ...]
    rooms: tuple[Room, ...] = ()
    openings: tuple[Opening, ...] = ()
    open_because: tuple[Reason, ...] = ()
    written_persons: tuple[int, ...] = ()  # what the drawing itself says, where `persons` was set right by hand
    view: int = 0

    @property
    def persons_by_hand(self) -> bool:
        """Whether the number of persons is an engineer's word and not the plan's."""
        return "corrected-persons" in self.open_because

    @property
    def outline_cuts(self) -> bool:
        """Whether the outline was traced by hand through rooms that the walls close."""
        return "corrected-outline-cuts" in self.open_because


@dataclass(frozen=True)
class View:
    """One part of the drawing that stands by itself: a sheet frame, or a cluster with a gap around it."""

    title: str
    kind: str  # plan, elevation, section, detail, unknown
    box_m: tuple[float, float, float, float]
    entities: tuple[int, ...] = ()  # rows of Drawing.entities


@dataclass(frozen=True)
class Flag:
    """A clue (疑点) with its code (F1–F12) and the facts of its sentence; neutral, never an accusation."""

    code: str
    severity: str  # high, medium, low
    facts: Mapping[str, str | float | int] = field(default_factory=dict)
    where_m: tuple[float, float] | None = None


@dataclass(frozen=True)
class Corrections:
    """What an engineer set right on the page; stored with the drawing and replayed at each reading.

    wall_layers: layers that hold walls (replaces the guess). gaps: pairs of points (metres) to close. labels: where → label.
    outlines: label → ring of points (metres). unit_m: the unit decided by hand. persons: label → intended persons.
    """

    wall_layers: tuple[str, ...] = ()
    gaps: tuple[tuple[float, float, float, float], ...] = ()
    labels: tuple[tuple[float, float, str], ...] = ()
    outlines: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    unit_m: float | None = None
    persons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plans:
    """Everything understood of one drawing. roles: what each entity (a row of Drawing.entities) is there for, see `geo.drawing.plan.roles`."""

    unit: UnitOfMeasure
    views: tuple[View, ...] = ()
    title_blocks: tuple[TitleBlock, ...] = ()
    unit_plans: tuple[UnitPlan, ...] = ()
    flags: tuple[Flag, ...] = ()
    roles: tuple[str, ...] = ()
