"""The map of whoever is bound to places: theirs, with its dispersed houses, and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.service import Store, accounts
from relocation.service.checking import check
from relocation.service.importing import import_files
from relocation.service.mapping import map_data
from relocation.service.office import open_office
from relocation.web import create_app
from tests.web.offices import AS_OF, NOW
from tests.web.signed import signed_in

COUNTIES = {"411522": 32.0, "411523": 31.7}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    store = open_office(tmp_path / "home")
    for county, lat in COUNTIES.items():
        _bring(store, tmp_path, county, lat)
    check(store, as_of=AS_OF, now=NOW)
    yield create_app(store, now=lambda: NOW)
    store.close()


def _bring(store: Store, folder: Path, county: str, lat: float) -> None:
    """Bring a site, and a dispersed house in each of two townships, under codes that both counties use."""
    sites = f"安置点编码,安置点名称,乡镇,经度,纬度,坐标系\nS1,点{county},甲乡,114.9,{lat},WGS84\n"
    homes = "户编号,户主姓名,乡镇,安置方式,经度,纬度,坐标系\n" + "".join(
        f"{code}{county},演{name},{township},分散,114.91,{lat},WGS84\n" for code, name, township in (("A", "一二", "甲乡"), ("B", "三四", "乙乡"))
    )
    for name, text, kind in (("安置点.csv", sites, "sites"), ("搬迁户.csv", homes, "households")):
        (folder / name).write_text(text, "utf-8")
        (report,) = import_files(store, [folder / name], as_kind=kind, county=county, crs="WGS84", now=NOW)
        assert not report.refused, report


def test_whoever_is_bound_to_places_gets_their_map_and_no_other(app: Flask) -> None:
    for place, mine in (("411522", {"A411522", "B411522"}), ("411522/甲乡", {"A411522"}), ("", {"A411522", "B411522", "A411523", "B411523"})):
        scope = accounts.place_text([place], everywhere=not place)
        seen = app.extensions["relocation"].store.acting(Actor("k", "k", frozenset({Role.KEEPER}), scope))
        for county in (None, "411522"):
            houses = map_data(seen, "zh", county=county).households
            assert houses is not None
            assert set(houses.codes) == {code for code in mine if code.endswith(county or "")}


def test_the_pages_with_the_map_open_to_whoever_is_bound_to_a_county(app: Flask) -> None:
    client = signed_in(app, ["keeper"], ["411522"])
    for page in ("/map", "/map.html"):
        assert client.get(page).status_code == 200
