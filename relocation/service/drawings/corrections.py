"""What an engineer set right on a drawing, as it is kept and as the page sends it: strangers' JSON on the way in."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from geo.drawing.compare.placing import from_clicks
from geo.drawing.difference import Alignment
from geo.drawing.dwelling import Corrections
from relocation.store.trouble import Trouble

MOST = 500
"""So many layers, gaps, labels or points are taken; more are not set right by hand."""
TEXT_LIMIT = 120
_FIELDS = ("wall_layers", "gaps", "labels", "outlines", "unit_m", "persons")
_UNITS_M = (1e-4, 10.0)
_MOST_PERSONS = 30


def as_json(corrections: Corrections) -> dict[str, Any]:
    """Return corrections as they are kept; what was not corrected is left out."""
    said = {
        "wall_layers": list(corrections.wall_layers),
        "gaps": [list(gap) for gap in corrections.gaps],
        "labels": [list(label) for label in corrections.labels],
        "outlines": {label: [list(point) for point in ring] for label, ring in corrections.outlines.items()},
        "unit_m": corrections.unit_m,
        "persons": dict(corrections.persons),
    }
    return {name: value for name, value in said.items() if value}


def from_json(said: object) -> Corrections:
    """Return corrections from JSON. Trouble, naming the field, for anything that is not as `as_json` writes it."""
    if not isinstance(said, Mapping) or set(said) - set(_FIELDS):
        raise Trouble("drawing-corrections", field=", ".join(_FIELDS))
    unit_m, persons = said.get("unit_m"), said.get("persons", {})
    if unit_m is not None and not _UNITS_M[0] <= _number(unit_m, "unit_m") <= _UNITS_M[1]:
        raise Trouble("drawing-corrections", field="unit_m")
    if not isinstance(persons, Mapping) or any(not isinstance(n, int) or not 1 <= n <= _MOST_PERSONS for n in persons.values()):
        raise Trouble("drawing-corrections", field="persons")
    return Corrections(
        wall_layers=tuple(_text(one, "wall_layers") for one in _list(said.get("wall_layers", []), "wall_layers")),
        gaps=tuple((p[0], p[1], p[2], p[3]) for p in (_numbers(one, 4, "gaps") for one in _list(said.get("gaps", []), "gaps"))),
        labels=tuple(_label(one) for one in _list(said.get("labels", []), "labels")),
        outlines=_outlines(said.get("outlines", {})),
        unit_m=None if unit_m is None else float(unit_m),
        persons={_text(label, "persons"): n for label, n in persons.items()},
    )


def clicked(said: object) -> Alignment:
    """Return the alignment of two clicks in each drawing: {"old": [[x, y], [x, y]], "new": …, "mirrored": false}. Trouble where it is not that."""
    if not isinstance(said, Mapping):
        raise Trouble("drawing-clicks")
    old, new = ([_point(one, "clicks") for one in _list(said.get(side), "clicks")] for side in ("old", "new"))
    try:
        return from_clicks(old, new, mirrored=bool(said.get("mirrored", False)))
    except ValueError:
        raise Trouble("drawing-clicks") from None


def _outlines(said: object) -> dict[str, tuple[tuple[float, float], ...]]:
    if not isinstance(said, Mapping) or len(said) > MOST:
        raise Trouble("drawing-corrections", field="outlines")
    rings = {_text(label, "outlines"): tuple(_point(one, "outlines") for one in _list(ring, "outlines")) for label, ring in said.items()}
    if any(len(ring) < 3 for ring in rings.values()):
        raise Trouble("drawing-corrections", field="outlines")
    return rings


def _label(one: object) -> tuple[float, float, str]:
    x, y, text = _list(one, "labels") if isinstance(one, Sequence) and len(one) == 3 else (None, None, None)
    return _number(x, "labels"), _number(y, "labels"), _text(text, "labels")


def _point(one: object, field: str) -> tuple[float, float]:
    x, y = _numbers(one, 2, field)
    return x, y


def _numbers(one: object, count: int, field: str) -> list[float]:
    values = _list(one, field)
    if len(values) != count:
        raise Trouble("drawing-corrections", field=field)
    return [_number(value, field) for value in values]


def _number(value: object, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or abs(value) > 1e9:
        raise Trouble("drawing-corrections", field=field)
    return float(value)


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > TEXT_LIMIT:
        raise Trouble("drawing-corrections", field=field)
    return value.strip()


def _list(value: object, field: str) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) > MOST:
        raise Trouble("drawing-corrections", field=field)
    return value
