"""An office in which every text column of sites and households has held every naughty text, and a layer has them as names and as column names."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from checks.records import Column, Kind, RecordKind
from checks.vocabulary import HOUSEHOLD, SITE
from relocation.service import Store
from relocation.service.checking import check
from relocation.service.importing import import_files
from relocation.service.lawbook import publish
from relocation.service.office import open_office
from tests.web.naughty import NAUGHTY
from tests.web.offices import AS_OF, COUNTY_LAW, NOW

_GIVEN = {"county": "411522", "declared_crs": "WGS84"}
_PLACES = {
    SITE.id: {"lon": "114.9", "approved_on": "2017-03-05", "households": "52", "persons": "128", "building_area_m2": "3200", "building_cost_yuan": "9520000"}
}
_PLACES[HOUSEHOLD.id] = {
    "registered_poor": "是",
    "family_persons": "3",
    "approved_persons": "3",
    "approved_on": "2017-03-05",
    "mode": "集中安置",
    "floor_area_m2": "96.4",
}
_STRIDE = 7  # neighbouring columns hold texts of other kinds


def texts_of(kind: RecordKind) -> list[Column]:
    """Return the columns that may hold any text."""
    closed = {"code", *_GIVEN}
    return [
        one
        for one in kind
        if one.kind is Kind.TEXT and one.asked and not one.made and not one.choices and one.name not in closed and (not one.personal or one.name == "head_name")
    ]


def table(kind: RecordKind, letter: str) -> list[list[str]]:
    """Return headings and one row a text; every text stands once in every column."""
    free, given = texts_of(kind), {**_GIVEN, **_PLACES[kind.id]}
    given = {name: value for name, value in given.items() if name in {column.name for column in kind}}
    rows = [[kind.column("code").zh, *(column.zh for column in free), *(kind.column(name).zh for name in given), *(["纬度"] if kind is SITE else [])]]
    for number, text in enumerate(NAUGHTY):
        told = [NAUGHTY[(number + _STRIDE * place) % len(NAUGHTY)] for place in range(len(free))]
        rows.append([f"{letter}{number}{text[:40]}", *told, *given.values(), *([f"{32 + number / 10000}"] if kind is SITE else [])])
    return rows


def written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a text table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


LAYERS = ("industrial_parks", "scenic_areas", "functional_zones")


def features(path: Path, part: int) -> Path:
    """Write a layer whose names and values are naughty, and the names of whose columns are a third of the naughty texts."""
    columns = [text[:60] for text in NAUGHTY[part :: len(LAYERS)]]
    made = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [114.9 + number / 10000, 32.0]},
            "properties": {"名称": text, "县代码": "411522", **dict.fromkeys(columns[number % 7 :: 7], text)},
        }
        for number, text in enumerate(NAUGHTY)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": made}), "ascii")
    return path


def naughty(home: Path) -> Store:
    """Return that office, checked."""
    store = open_office(home)
    publish(store, COUNTY_LAW, "演示", NOW)
    import_files(store, [written(home / "sites.csv", table(SITE, "S"))], now=NOW, as_kind="sites", county="411522")
    import_files(store, [written(home / "households.csv", table(HOUSEHOLD, "H"))], now=NOW, as_kind="households", county="411522")
    for part, layer in enumerate(LAYERS):
        import_files(store, [features(home / f"{layer}.geojson", part)], now=NOW, as_kind=f"layer:{layer}", county="411522", crs="WGS84")
    check(store, as_of=AS_OF, now=NOW)
    return store
