"""Turns a sheet's worked case into records and layers, so that pages show and tests run the very same thing."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from checks.policy import Standing, Value
from checks.records import Array, Kind, RecordKind, Records, empty_column
from checks.sheet import Case, Overlay
from checks.vocabulary import KINDS
from geo.layer import Layer


def records_of(case: Case) -> Records:
    """Return the case's facts as one record; what it does not give is missing. KeyError for a column that does not exist."""
    kind = KINDS[case.about]
    return one_record(kind, {"county": "000000", "code": "case", "name": "case", **case.given})


def one_record(kind: RecordKind, given: Mapping[str, Any]) -> Records:
    """Return one record of these facts: numbers, texts, days, and choices by their stable name."""
    names = {column.name for column in kind}
    columns = {name: _column(kind, name, value) for name, value in given.items() if name in names or name not in ("code", "name")}
    return Records(kind, columns, 1)


def around_of(case: Case) -> dict[str, Layer]:
    """Return the case's layers; a feature without lon and lat exists but has no known position."""
    return {id: _layer(id, features) for id, features in case.around.items()}


def overlays_of(case: Case, check: str) -> tuple[Overlay, ...]:
    """Return the values the case's county has set for itself."""
    if not case.overlay:
        return ()
    place = str(case.given["county"])
    values = {
        name: tuple(Value(v["since"], float(v["amount"]), v["instrument"], v["clause"], Standing(v["standing"]), place) for v in own)
        for name, own in case.overlay.items()
    }
    return (Overlay(place, {check: values}),)


def _column(kind: RecordKind, name: str, value: Any) -> Array:
    column = kind.column(name)
    array = empty_column(column.kind, 1)
    if column.kind is Kind.CHOICE and column.choices:
        array[0] = column.choices.by_id(value)
    else:
        array[0] = np.datetime64(value) if column.kind is Kind.DAY else value
    return array


def _layer(id: str, features: Sequence[Mapping[str, Any]]) -> Layer:
    shapes = np.empty(len(features), dtype=object)
    for row, feature in enumerate(features):
        shapes[row] = shapely.Point(feature["lon"], feature["lat"]) if "lon" in feature else None
    return Layer(
        id=id,
        names=tuple(str(feature["name"]) for feature in features),
        shapes=shapes,
        counties=np.array([str(feature.get("county", "")) for feature in features], dtype=object),
        uncertainty_m=np.array([feature.get("uncertainty_m", np.nan) for feature in features], dtype=np.float64),
        declared_crs="WGS84",
        source="worked case",
        dated="",
    )
