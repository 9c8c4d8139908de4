"""A proposed site judged without storing anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checks.finding import Finding
from relocation.store.opening import Store


@dataclass(frozen=True, slots=True)
class Vetting:
    """The verdict on one proposed point: WGS-84 degrees, the county it lies in ("" when in none known), finding and sentence."""

    name: str
    lon: float
    lat: float
    county: str
    finding: Finding
    sentence: str


def vet(
    store: Store,
    points: Sequence[tuple[str, float, float]],
    *,
    crs: str,
    as_of: date,
    lang: str,
) -> list[Vetting]:
    """Judge proposed points (name, x or longitude, y or latitude in `crs`) by the four proximities."""
    raise NotImplementedError
