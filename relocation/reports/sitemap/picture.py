"""What the picture of a site shows, as plain values in WGS-84 degrees and metres."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """One of the four that a site is measured against, as the check found it.

    kind          : "county-seat", "township", "industrial-park", "scenic-area"
    name          : of the facility
    said          : the distance with its uncertainty, ready to read
    state         : "within", "too-close" or "beyond"
    uncertainty_m : of the facility's position; None where none is stated
    """

    kind: str
    name: str
    said: str
    state: str
    lon: float
    lat: float
    uncertainty_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Shapes of one layer that lie beneath. kind: "county", "river", "park", "scenic" or "zone"; names: one a shape."""

    kind: str
    shapes: Sequence[Any]
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A site with its position, its outline where the register has one, its targets, and what lies beneath, lowest first."""

    name: str
    lon: float
    lat: float
    uncertainty_m: float | None = None
    outline: Any = None
    targets: Sequence[Target] = ()
    grounds: Sequence[Ground] = field(default=())
