"""The made-up county as records, straight from the makers and past every file: what the checks should see if reading loses nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from shapely.geometry import shape

from checks.choices import Mode, Resettlement
from checks.records import Choice, Kind, RecordKind, Records, empty_column
from checks.vocabulary import HOUSEHOLD, LEDGERS, SITE
from geo.layer import Layer
from tests.data.demo_county.beside import Row
from tests.data.demo_county.ground import COUNTY
from tests.data.demo_county.households import Home
from tests.data.demo_county.progress import site_card
from tests.data.demo_county.sites import Site
from tests.data.demo_county.vectors import Feature

_PROXIMITIES = {
    "靠县城": "county-seat", "靠乡镇": "township", "靠集镇": "township", "靠园区": "industrial-park", "靠产业园区": "industrial-park",
    "靠景区": "scenic-area", "均不靠": "none",
}  # fmt: skip


def site_records(sites: Sequence[Site], homes: Sequence[Home]) -> Records:
    """Return the sites, with the sizes, areas and costs their ledger states."""
    rows = []
    for number, site in enumerate(sites, start=1):
        own = [home for home in homes if home.site is site]
        area = sum(home.area_m2 or 0 for home in own)
        stated = (site.stated_yuan_m2 or site.yuan_m2) if number % 3 != 1 else None
        card = site_card(site, sum(home.approved or home.family for home in own))
        rows.append({
            **_worded(SITE, card), "code": site.code, "name": site.name, "county": COUNTY, "township": site.township, "mode": Mode.CONCENTRATED,
            "resettlement": _choice(Resettlement, site.kind), "lon": site.place and site.place[0], "lat": site.place and site.place[1],
            "uncertainty_m": 20 if site.place else None, "claimed_proximity": _claims(site.claimed), "claimed_target": site.relies_on,
            "justification": site.reason, "approved_on": site.approved_on, "households": len(own),
            "persons": sum(home.approved or home.family for home in own), "building_area_m2": round(area, 2) if site.area_known else None,
            "building_cost_yuan": round(round(area, 2) * site.yuan_m2, 2) if site.yuan_m2 else None, "stated_cost_yuan_m2": stated,
            "all_in_cost_yuan": round(round(round(area, 2) * (site.yuan_m2 or 1150) / 10000 * 1.62, 2) * 10000), "village": site.village, "remark": site.remark,
        })  # fmt: skip
    return _records(SITE, rows)


def household_records(homes: Iterable[Home]) -> Records:
    """Return the households, as their ledgers state them."""
    return _records(HOUSEHOLD, [_household(home) for home in homes])


def beside_records(ledgers: Mapping[str, Sequence[Row]]) -> dict[str, Records]:
    """Return the ledgers beside the households and sites, by their names."""
    return {name: _records(LEDGERS[name], [{"county": COUNTY, **_worded(LEDGERS[name], row)} for row in rows]) for name, rows in ledgers.items()}


def layer(about: Mapping[str, Any], features: Sequence[Feature]) -> Layer:
    """Return the layer that one description and its features make."""
    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [None if geometry is None else shape(geometry) for _, geometry in features]
    said = [properties for properties, _ in features]
    general = float(about["uncertainty_m"])
    return Layer(
        id=about["id"],
        names=tuple(str(one[about["fields"]["name"]]) for one in said),
        shapes=shapes,
        counties=np.array([one.get("adcode") or "" for one in said], dtype=object),
        uncertainty_m=np.array([one.get("uncertainty_m") or general for one in said], dtype=np.float64),
        declared_crs=about["crs"],
        source=about["source"]["zh"],
        dated=about["dated"],
        attributes={"category": np.array([one.get("category") or "" for one in said], dtype=object)},
    )


def _household(home: Home) -> dict[str, Any]:
    words = {column: getattr(home, column) for column in ("mode", "one_person_way", "old_house", "kept_reason")}
    same = (
        "code", "id_number", "township", "village", "approved_on", "one_person_reason", "handed_over_on", "moved_in", "moved_in_on",
        "no_old_house", "agreed_on", "demolished_on", "reclaimed_on", "kept_confirmed", "reoccupied", "remark",
    )  # fmt: skip
    return {
        **_worded(HOUSEHOLD, home.card),
        **{name: getattr(home, name) for name in same},
        **{name: _choice(HOUSEHOLD.column(name).choices, word) for name, word in words.items()},
        "resettlement": _choice(Resettlement, home.kind),
        "head_name": home.name, "county": COUNTY, "registered_poor": home.poor, "family_persons": home.family, "approved_persons": home.approved,
        "natural_village": home.hamlet, "site_code": home.site.code if home.site else "", "site_name": home.site.name if home.site else "",
        "lon": home.place and home.place[0], "lat": home.place and home.place[1],
        "uncertainty_m": 15 if home.place else None, "claimed_proximity": _claims(home.claimed), "floor_area_m2": home.area_m2, "net_area_m2": home.net_m2,
    }  # fmt: skip


def _worded(kind: RecordKind, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with the clerk's words for choices turned into choices."""
    choices = {column.name: column.choices for column in kind if column.kind is Kind.CHOICE}
    return {name: _choice(choices[name], value or "") if name in choices else value for name, value in row.items()}


def _claims(written: str) -> str:
    return " ".join(_PROXIMITIES[word] for word in written.split("、") if word)


def _choice(words: type[Choice] | None, written: str) -> Choice | None:
    assert words is not None
    for word in words:
        if written and written in (word.zh, *word.also):
            return word
    assert not written, written
    return None


def _records(kind: RecordKind, rows: Sequence[Mapping[str, Any]]) -> Records:
    columns = {}
    for column in kind:
        made = empty_column(column.kind, len(rows))
        for at, row in enumerate(rows):
            value = row.get(column.name)
            if value is not None and value != "":
                made[at] = np.datetime64(value, "D") if column.kind is Kind.DAY else value
        columns[column.name] = made
    return Records(kind, columns)
