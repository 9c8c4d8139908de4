"""What somebody names for a comparison is known, or is refused with what there is: county, site, institute, unit types."""

from collections.abc import Iterable
from math import isclose

from checks.drawn import type_key
from checks.policy import NATIONAL, PROJECT, specificity
from checks.registry import checks
from geo.drawing.dwelling import Corrections
from relocation.service.drawings.facts import Understood, unit_rows
from relocation.service.drawings.names import institutes, known_institutes
from relocation.service.judging import near
from relocation.service.lawbook import overlays
from relocation.store import ledgers
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

DIGITS = 6
NAMED = 12
"""So many of what is known are named in a refusal."""


def known_county(store: Store, county: str | None) -> None:
    """Say that a county is not known: it has no ledger here and no rule of its own or of its prefecture. Trouble for one that is not."""
    if county is None:
        return
    if not (len(county) == DIGITS and county.isdigit()):
        raise Trouble("unknown-county", county=county)
    with store.reading() as connection:
        kept = ledgers.counties_with_records(connection)
    places = {value.place for check in checks().values() for parameter in check.sheet.parameters.values() for value in parameter.values}
    places |= {one.place for one in overlays(store)}
    ruled = sorted(place for place in places if PROJECT not in place and place != NATIONAL)
    if county not in kept and not any(county.startswith(place[: 2 * specificity(place)]) for place in ruled):
        raise Trouble("drawing-county", county=county, known=listed([*kept, *ruled]))


def known_institute(store: Store, institute: str) -> None:
    """Say that an institute is not known: no drawing on record is its work and it has no words of its own. Trouble for one that is not."""
    known = known_institutes(store, institutes(store))
    if institute.strip() and institute.strip() not in known:
        raise Trouble("drawing-institute", institute=institute.strip(), near=listed(known))


def known_labels(wanted: Iterable[str], drawn: Iterable[str], trouble: str = "drawing-label") -> None:
    """Say that a unit type is on neither drawing. Trouble for one that is not."""
    there = list(dict.fromkeys(drawn))
    keys = {type_key(label) for label in there}
    for label in wanted:
        if type_key(label) not in keys:
            raise Trouble(trouble, label=label, near=listed(there))


def possible(of: Understood, said: Corrections) -> None:
    """Say that a correction names what cannot be: a unit that nobody draws in, a layer or a unit type that the drawing lacks. Trouble for one."""
    if said.unit_m is not None and not any(isclose(said.unit_m, metres, rel_tol=1e-6) for metres in UNITS_M.values()):
        raise Trouble("drawing-unit", unit=f"{said.unit_m:g}", known=", ".join(f"{name} {metres:g}" for name, metres in UNITS_M.items()))
    layers = [layer.name for layer in of.drawing.layers]
    for layer in said.wall_layers:
        if layer not in layers:
            raise Trouble("drawing-layer", layer=layer, near=near(layer, layers) or listed(layers))
    named = [*(text for _x, _y, text in said.labels), *said.outlines]
    known_labels(said.persons, [*(label for label, _row in unit_rows(of, "", "").values()), *named], "drawing-label-here")


UNITS_M = {"mm": 0.001, "cm": 0.01, "dm": 0.1, "m": 1.0, "in": 0.0254, "ft": 0.3048}
"""Units that drawings are drawn in, in metres."""


def listed(names: Iterable[str]) -> str:
    """Return names in one line, no more than a refusal takes."""
    every = list(dict.fromkeys(names))
    return ", ".join(every[:NAMED]) + (" …" if len(every) > NAMED else "")
