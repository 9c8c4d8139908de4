"""An office with two counties of two townships each, where every text that can be kept of a place carries that place's own mark."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from checks.records import Column, Kind, RecordKind
from checks.vocabulary import WORKBOOKS
from geo.layer import Layer
from relocation.service import Store
from relocation.service.checking import check
from relocation.service.drawings.taking import Supplied, take_in_all
from relocation.service.evidence.attaching import attach, claim
from relocation.service.importing import import_files
from relocation.service.lawbook import publish
from relocation.service.office import open_office
from relocation.service.rectification.opening import open_by_hand, open_fails
from relocation.store import layers
from tests.drawings.sheets import Title
from tests.drawings.unit_types import TYPES, widened
from tests.evidence.photos import photo
from tests.service.drawn import plan
from tests.web.offices import COUNTY_LAW

NOW = datetime(2018, 7, 1, 1, 30, tzinfo=UTC)
AS_OF = date(2018, 6, 30)


@dataclass(frozen=True)
class Place:
    """A county and a township in it, the mark that everything there carries, and a position there."""

    county: str
    township: str
    mark: str
    number: int
    lon: float
    lat: float

    @property
    def name(self) -> str:
        """The township as the ledgers write it."""
        return f"{self.mark}{self.township}"


OURS, THEIRS = "411522", "411523"
PLACES = (
    Place(OURS, "甲乡", "QZOWNJ", 8642011, 114.90, 32.00),
    Place(OURS, "乙乡", "QZOWNY", 8642022, 114.70, 31.85),
    Place(THEIRS, "丙镇", "QZFORB", 7975313, 114.87, 31.64),
    Place(THEIRS, "丁镇", "QZFORD", 7975324, 114.95, 31.60),
)
COUNTY_MARK = {OURS: "QZOWNC", THEIRS: "QZFORC"}
"""What a county as a whole carries: its law, its layers."""

HOMES = 3


def marks_of(county: str, township: str = "") -> frozenset[str]:
    """Return the marks and numbers that whoever is bound to a place may see."""
    mine = {place for place in PLACES if place.county == county and township in ("", place.township)}
    return frozenset({COUNTY_MARK[county], *(place.mark for place in mine), *(str(place.number) for place in mine)})


EVERY_MARK = frozenset().union(*(marks_of(county) for county in COUNTY_MARK))


def build(home: Path) -> Store:
    """Return the office: ledgers of every kind, layers, law, drawings, photos, ledger entries, all of it checked."""
    files = home.with_name(home.name + "-files")
    files.mkdir()
    store = open_office(home)
    for county, mark in COUNTY_MARK.items():
        publish(store, _law(county, mark), f"{mark} 理由", NOW)
        _layers(store, county, mark)
    for place in PLACES:
        for ledger, kind in WORKBOOKS.items():
            path = _ledger(files, place, ledger, kind)
            reports = import_files(store, [path], now=NOW, as_kind=ledger, county=place.county)
            assert all(report.added and not report.refused for report in reports), (ledger, reports)
        _drawings(store, files, place)
    check(store, as_of=AS_OF, now=NOW)
    for place in PLACES:
        _rectification(store, files, place)
    check(store, as_of=AS_OF, now=NOW)
    return store


def _ledger(files: Path, place: Place, ledger: str, kind: RecordKind) -> Path:
    """Write a ledger whose file, sheet and texts carry the mark."""
    path = files / f"{place.mark}{ledger}.xlsx"
    columns = [
        column
        for column in kind
        if column.kind is not Kind.SHAPE and (column.name != "id_number" or ledger == "households") and not column.name.startswith(("design_", "construction_"))
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(f"{place.mark}表")
        sheet.write_row(0, 0, [column.zh for column in columns])
        for row in range(1 if ledger == "sites" else HOMES):
            sheet.write_row(row + 1, 0, [_value(column, place, ledger, row) for column in columns])
    return path


def _value(column: Column, place: Place, ledger: str, row: int) -> str | float:
    fixed: dict[str, str | float] = {
        "code": code(place, ledger, row), "county": place.county, "township": place.name, "lon": place.lon + row / 1000, "lat": place.lat, "declared_crs": "WGS84",
        "old_lon": place.lon + 0.03, "old_lat": place.lat + 0.03, "site_code": code(place, "sites", 0), "site_name": f"{place.mark}sitesname", "floor_area_m2": 96.4 + row,
        "id_number": id_number(row), "head_name": f"演{place.mark}", "declared_position": "", "item": "搬迁户数", "uncertainty_m": 10, "claimed_proximity": "", "mode": "集中安置", "unit": "户",
    }  # fmt: skip
    if column.name in fixed:
        return fixed[column.name]
    if column.choices:
        return next(iter(column.choices)).zh
    if column.kind is Kind.TEXT:
        return f"{place.mark}{ledger}{column.name}"
    if column.kind is Kind.DAY:
        return "2017-03-05"
    if column.kind is Kind.FLAG:
        return "是"
    return place.number if column.unit == "yuan" else 3


def code(place: Place, ledger: str, row: int) -> str:
    """Return the code of a record."""
    return f"{place.mark}-{ledger}-{row}"


def id_number(row: int) -> str:
    """Return the made-up ID number that the households of one row have in every place: each place's findings then speak of the others."""
    body = f"99010119991230{row:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def _law(county: str, mark: str) -> str:
    text = COUNTY_LAW.replace("411522", county).replace("demo-county-rules", f"{mark.lower()}-rules").replace("演示", mark)
    return text.replace("Demonstration county", mark).replace("demonstration", mark)


def _layers(store: Store, county: str, mark: str) -> None:
    place = next(place for place in PLACES if place.county == county)
    import numpy as np
    import shapely

    shapes = np.array([shapely.Point(place.lon + 0.01, place.lat + 0.01)], dtype=object)
    kept = Layer(
        "industrial_parks", (f"{mark}园区",), shapes, np.array([county], dtype=object), np.array([30.0]), "EPSG:4326", f"{mark}来源", "2017", f"{mark}许可",
        {"note": np.array([f"{mark}属性"], dtype=object)},
    )  # fmt: skip
    with store.writing() as connection:
        layers.keep_layer(connection, kept, county, mark.lower().ljust(64, "0"))
        from relocation.store import files

        files.advance(connection, "layers")


def _drawings(store: Store, files: Path, place: Place) -> None:
    sent = []
    for role, unit in (("design", TYPES["A"]), ("construction", widened(TYPES["A"], 3000, 600))):
        title = Title(project=f"{place.mark}工程", name=f"{place.mark}图名", number=f"{place.mark}-{role[:1]}", designer=f"{place.mark}设计")
        path = files / f"{place.mark}{role}.dxf"
        path.write_bytes(plan(unit, title=title))
        sent.append(Supplied(path, role, code(place, "sites", 0), institute=f"{place.mark}院", shipped=True))
    take_in_all(store, sent, now=NOW, county=place.county)


def _rectification(store: Store, files: Path, place: Place) -> None:
    open_fails(store, now=NOW, county=place.county)
    said = f"{place.mark}问题"
    open_by_hand(store, county=place.county, township=place.name, text=said, now=NOW, category=f"{place.mark}类", source=f"{place.mark}来源")
    name = f"{place.mark}.jpg"
    (files / name).write_bytes(photo(place.number))
    for kind, subject in (("site", code(place, "sites", 0)), ("household", code(place, "households", 0))):
        told = claim("photo", note=f"{place.mark}说明")
        attach(store, files / name, name=name, subject_kind=kind, subject=subject, said=told, now=NOW, county=place.county)


def spare(folder: Path, mark: str, county: str, township: str) -> Path:
    """Return a small ledger of sites of a place, as somebody might send it."""
    path = folder / f"{mark}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["安置点编码", "安置点名称", "县代码", "乡镇"], [f"{mark}-spare", f"{mark}点", county, township]])
    return path
