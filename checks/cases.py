"""Turns a sheet's worked case into records and layers, so that pages show and tests run the very same thing."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from checks.policy import Standing, Value
from checks.records import Array, Kind, RecordKind, Records, empty_column
from checks.sheet import Case, Overlay
from checks.vocabulary import KINDS, LEDGERS
from geo.layer import UNCOVERED, Layer


def records_of(case: Case) -> Records:
    """Return the case's facts as records: the one it is about first, then the others it stands among.

    What a case does not give is missing. KeyError for a column that does not exist.
    """
    return some_records(KINDS[case.about], [case.given, *case.others])


def beside_of(case: Case) -> dict[str, Records]:
    """Return the ledgers the case lays beside its records."""
    return {ledger: some_records(LEDGERS[ledger], rows) for ledger, rows in case.beside.items()}


def one_record(kind: RecordKind, given: Mapping[str, Any]) -> Records:
    """Return one record of these facts: numbers, texts, days, and choices by their stable name."""
    return some_records(kind, [given])


def some_records(kind: RecordKind, rows: Sequence[Mapping[str, Any]]) -> Records:
    """Return records of these facts; each gets a code and county of its own where it gives none."""
    whole = [{"county": "000000", "code": f"case-{number}" if number else "case", **row} for number, row in enumerate(rows)]
    if "name" in {column.name for column in kind}:
        whole = [{"name": "case", **row} for row in whole]
    named = dict.fromkeys(name for row in whole for name in row)
    return Records(kind, {name: _column(kind, name, [row.get(name) for row in whole]) for name in named}, len(whole))


def around_of(case: Case) -> dict[str, Layer]:
    """Return the case's layers; a feature without lon and lat, or a wkt, exists but has no known position."""
    return {id: _layer(id, features) for id, features in case.around.items()}


def overlays_of(case: Case, check: str) -> tuple[Overlay, ...]:
    """Return the values the case's county has set for itself; "old-house.demolish_within_days" are another check's."""
    if not case.overlay:
        return ()
    place = str(case.given["county"])
    values: dict[str, dict[str, tuple[Value, ...]]] = {}
    for name, own in case.overlay.items():
        lender, _, parameter = name.rpartition(".")
        values.setdefault(lender or check, {})[parameter] = tuple(
            Value(v["since"], float(v["amount"]), v["instrument"], v["clause"], Standing(v["standing"]), place) for v in own
        )
    return (Overlay(place, values),)


def _column(kind: RecordKind, name: str, values: Sequence[Any]) -> Array:
    column = kind.column(name)
    array = empty_column(column.kind, len(values))
    for row, value in enumerate(values):
        if value is None:
            continue
        if column.kind is Kind.CHOICE and column.choices:
            array[row] = column.choices.by_id(value)
        elif column.kind is Kind.SHAPE:
            array[row] = shapely.from_wkt(value)
        else:
            array[row] = np.datetime64(value) if column.kind is Kind.DAY else value
    return array


def _layer(id: str, features: Sequence[Mapping[str, Any]]) -> Layer:
    shapes = np.empty(len(features), dtype=object)
    for row, feature in enumerate(features):
        point = shapely.Point(feature["lon"], feature["lat"]) if "lon" in feature else None
        shapes[row] = shapely.from_wkt(feature["wkt"]) if "wkt" in feature else point
    return Layer(
        id=id,
        names=tuple(str(feature["name"]) for feature in features),
        shapes=shapes,
        counties=np.array([str(feature.get("county", "")) for feature in features], dtype=object),
        uncertainty_m=np.array([feature.get("uncertainty_m", np.nan) for feature in features], dtype=np.float64),
        declared_crs="WGS84",
        source="worked case",
        dated="",
        attributes={UNCOVERED: np.array([feature.get(UNCOVERED, False) for feature in features], dtype=object)},
    )
