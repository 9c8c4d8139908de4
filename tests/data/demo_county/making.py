"""Puts the made-up county together and writes its files, byte for byte the same every time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.data.demo_county import books, vectors
from tests.data.demo_county.beside import Row, fundings, funds, notices, renovations, reports
from tests.data.demo_county.books import Book
from tests.data.demo_county.card_plants import BOTH, NAMESAKE, NEVER, Said, draw, in_both_ledgers, plant_cards
from tests.data.demo_county.drawings import FOLDER, unit_types, write_drawings
from tests.data.demo_county.drawn_plants import drawn_told
from tests.data.demo_county.ground import COUNTY, PARKS, SCENIC, Lonlat, county_outline
from tests.data.demo_county.households import AS_OF, Home, homes
from tests.data.demo_county.measured import unlike_near
from tests.data.demo_county.other_plants import AREAS_TOLD, BESIDE_TOLD, SITES_TOLD, told_of_alike
from tests.data.demo_county.photos import write_photos
from tests.data.demo_county.plants import OTHERS, Plant, alter
from tests.data.demo_county.problem_books import write_problem_lists
from tests.data.demo_county.refused import write_refused_ledgers
from tests.data.demo_county.sites import SITES
from tests.data.demo_county.supplements import write_supplements

SEED = 411522
SITE_BOOK = "安置点台账.xlsx"
BOOKS = ("搬迁户台账(2016-2017年批次).xlsx", "搬迁户台账(2018年批次).xlsx", "搬迁户台账(2019年批次).csv")
_UNIT = "填报单位：演示县易地扶贫搬迁办公室（虚构）        单位：户、人、㎡、万元        截止日期：2019年12月31日"
_SITE_NOTES = (
    "注：1. 本表为演示数据，安置点、村名、数字全部虚构，与任何真实安置点无关。",
    "    2. 坐标系以“坐标系”栏为准；住房建设成本不含水电路等配套。",
    "填表人：演甲子        审核人：演乙丑",
)
_HOME_NOTES = (
    "注：1. 本表为演示数据，户主姓名和身份证号全部虚构（990000 不是任何地方的行政区划代码）。",
    "    2. 人均面积按核定搬迁人口计算。",
    "填表人：演丙寅        审核人：演丁卯",
)


class County(NamedTuple):
    """The made-up county: its households, its ledgers beside them, and what was planted in which household."""

    homes: list[Home]
    beside: dict[str, list[Row]]
    planted: dict[int, Plant]
    carded: dict[int, tuple[Said, ...]]


@cache
def county(reference: Path) -> County:
    """Return the county with everything that is planted in it."""
    outline = county_outline(reference)
    made = homes(SEED, outline)
    planted = alter(made)
    taken = set(planted)
    carded = plant_cards(made, taken, outline)
    shared, namesake = in_both_ledgers(made, taken)
    carded |= dict.fromkeys(shared, (BOTH,)) | {namesake: (NAMESAKE,)}
    met = Counter(home.id_number for home in made if home.id_number)
    twin = [home for home in made if met[home.id_number] > 1][-1]
    unlisted = [draw(made, taken, "site", 90), draw(made, taken, "own", 91)]
    carded |= dict.fromkeys(unlisted, (NEVER,))
    beside = {
        "renovations": renovations(made, [made[at] for at in shared], made[namesake]),
        "funds": funds(),
        "fundings": fundings(),
        "reports": reports(made, len(SITES)),
        "unit-types": unit_types(made),
        "notices": notices(made, [made[at] for at in unlisted], [twin]),
    }
    return County(made, beside, planted, carded)


def county_homes(reference: Path) -> tuple[list[Home], dict[int, Plant]]:
    """Return every household with the planted ones altered, and position → plant."""
    made = county(reference)
    return made.homes, made.planted


def make(out: Path, reference: Path) -> None:
    """Write every file of data/demo that is made by program into `out` (made if absent)."""
    (out / "layers").mkdir(parents=True, exist_ok=True)
    (out / "formats").mkdir(exist_ok=True)
    made = county(reference)
    _write_sites(out / SITE_BOOK, made.homes)
    _write_households(out, made.homes)
    write_supplements(out, made.homes, SITES, made.beside)
    for id, features in {**vectors.layers(), **vectors.zones()}.items():
        vectors.write_geojson(out / "layers" / f"{id}.geojson", features)
    vectors.write_shapefile_zip(out / "formats" / "产业园区范围(GBK).zip", "产业园区范围", PARKS)
    places: dict[str, Lonlat | tuple[Lonlat, ...]] = dict(SCENIC)
    vectors.write_kml(out / "formats" / "景区位置.kml", "景区位置(演示)", places)
    write_drawings(out / FOLDER)
    write_problem_lists(out)
    write_photos(out)
    refused = write_refused_ledgers(out)
    _write_plants(out / "plants.yaml", made, refused, unlike_near(made.homes, reference))


def _write_sites(path: Path, made: Sequence[Home]) -> None:
    head, rows = books.site_rows(SITES, made)
    total = {column: round(sum(row[column] or 0 for row in rows), 2) for column in (15, 16, 17)}
    books.write_book(path, Book("安置点", "光山县（演示）易地扶贫搬迁集中安置点台账", _UNIT, head, total, _SITE_NOTES), rows)


def _write_households(out: Path, made: Sequence[Home]) -> None:
    years = ((0, 2017), (2018, 2018), (2019, 9999))
    for name, (first, last), style in zip(BOOKS, years, books.styles(), strict=True):
        batch = [home for home in made if home.approved_on and first <= home.approved_on.year <= last]
        rows = [books.household_row(number, home, style) for number, home in enumerate(batch, start=1)]
        if name.endswith(".csv"):
            books.write_gbk(out / name, books.HOUSEHOLD_HEAD, rows)
            continue
        total = {8: sum(home.family for home in batch), 9: sum(home.approved or 0 for home in batch)}
        title = f"光山县（演示）易地扶贫搬迁户台账（{name[6:].split('批次')[0]}批次）"
        books.write_book(out / name, Book("搬迁户", title, _UNIT, books.HOUSEHOLD_HEAD, total, _HOME_NOTES), rows)


def _write_plants(path: Path, made: County, refused: list[dict[str, Any]], measured: Mapping[str, str]) -> None:
    homes = made.homes
    said = [
        _entry(check, "household", homes[at].code, outcome, "", zh, en) for at, plant in sorted(made.planted.items()) for check, outcome, zh, en in plant.says
    ]
    said += [_entry(check, kind, subject, outcome, "", zh, en) for check, kind, subject, outcome, zh, en in OTHERS]
    said += [_entry(check, "household", homes[at].code, *rest) for at, says in made.carded.items() for check, *rest in says]
    said += [_entry(*other) for other in (*SITES_TOLD, *AREAS_TOLD, *BESIDE_TOLD, *drawn_told())]
    said.sort(key=lambda one: (one["check"], one["subject_kind"], one["subject"]))
    head = "# What is planted in the demonstration county, and what the program must say of it. Written by tests/data/demo_county.\n"
    alike = "# alike: open findings that many households have for one cause; with the plants they are all there are.\n"
    planted = {one["subject"] for one in said if one["check"] == "four-proximities"}
    other = {code: word for code, word in measured.items() if code not in planted}
    body = {"county": COUNTY, "as_of": AS_OF.isoformat(), "plants": said, "alike": told_of_alike(homes, other), "refused": refused}
    path.write_text(head + alike + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=200), encoding="utf-8", newline="\n")


def _entry(check: str, subject_kind: str, subject: str, outcome: str, reason: str, zh: str, en: str) -> dict[str, Any]:
    said = {"check": check, "subject_kind": subject_kind, "subject": subject, "outcome": outcome}
    return {**said, **({"reason": reason} if reason else {}), "why": {"zh": zh, "en": en}}
