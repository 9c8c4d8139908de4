"""What the register says of the households that are visited: masked names, places, persons, and their areas by design, construction and register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.masking import masked_name
from checks.vocabulary import HOUSEHOLD, KINDS
from relocation.store.frames import read_records
from relocation.store.opening import Store

_HOME = ("code", "head_name", "township", "village", "site_code", "site_name", "approved_persons", "floor_area_m2", "unit_type")
_TYPE = ("code", "name", "site_code", "design_area_m2", "construction_area_m2")


@dataclass(frozen=True, slots=True)
class Home:
    """One household as it is visited; areas in m², None where nobody said."""

    code: str
    head: str
    township: str
    village: str
    site: str
    persons: float | None
    design_m2: float | None
    construction_m2: float | None
    register_m2: float | None


def homes(store: Store, county: str, codes: Sequence[str]) -> dict[str, Home]:
    """Return code → what the register says, of households the actor may see. The drawings' areas come through the household's unit type."""
    with store.reading() as connection:
        found = read_records(connection, HOUSEHOLD, county, codes=codes, columns=_HOME)
        types = read_records(connection, KINDS["unit_type"], county, columns=_TYPE)
    drawn = _drawn([dict(zip(_TYPE, row, strict=True)) for row in zip(*(types.stored(name).tolist() for name in _TYPE), strict=True)])
    made = {}
    for row in zip(*(found.stored(name).tolist() for name in _HOME), strict=True):
        one = dict(zip(_HOME, row, strict=True))
        kind = drawn.get((one["site_code"] or "", one["unit_type"] or "")) or {}
        made[one["code"]] = Home(
            one["code"], masked_name(one["head_name"] or ""), one["township"] or "", one["village"] or "", one["site_name"] or one["site_code"] or "",
            known(one["approved_persons"]), known(kind.get("design_area_m2")), known(kind.get("construction_area_m2")), known(one["floor_area_m2"]),
        )  # fmt: skip
    return made


def _drawn(types: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return (site, name or code) → the unit type; a name that stands twice at a site names nobody's."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in types:
        for said in {one["code"], one["name"]} - {None, ""}:
            found.setdefault((one["site_code"] or "", said), []).append(one)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def known(value: float | None) -> float | None:
    """Return a stored number, None for one that is missing."""
    return None if value is None or value != value else value  # not a number is not itself
