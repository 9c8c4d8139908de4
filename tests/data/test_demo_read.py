"""What is read out of the demonstration's ledgers is what their maker put in, cell by cell; what should be refused is refused."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
import yaml

from checks.records import Array, Column, Kind, Records
from relocation.intake import LayerFile, Ledger, read_all
from tests.data.demo_county.ground import COUNTY, county_outline
from tests.data.demo_county.making import BOOKS, SITE_BOOK, county
from tests.data.demo_county.records import beside_records, household_records, site_records
from tests.data.demo_county.sites import SITES
from tests.data.demo_county.supplements import BESIDE, HOME_LEDGERS, PROGRESS
from tests.data.demo_county.supplements import Ledger as Kept

DATA = Path(__file__).resolve().parents[2] / "data"
DEMO, REFERENCE = DATA / "demo", DATA / "reference"
ABOUT = yaml.safe_load((DEMO / "demo.yaml").read_text("utf-8"))
PLANTS = yaml.safe_load((DEMO / "plants.yaml").read_text("utf-8"))
# A tenth of a second of arc, the last digit of a hand-held receiver; everything else is exact.
HALF_A_TENTH_OF_A_SECOND_DEG = 0.05 / 3600 + 1e-6


@cache
def ledger(name: str, kind: str = "") -> Ledger:
    found = read_all(DEMO / name, as_kind=kind or None, county=COUNTY, boundary=county_outline(REFERENCE))
    assert len(found) == 1
    assert isinstance(found[0], Ledger)
    return found[0]


def layer(name: str, as_kind: str) -> LayerFile:
    (found,) = read_all(DEMO / name, as_kind=as_kind, county=COUNTY, boundary=county_outline(REFERENCE))
    assert isinstance(found, LayerFile)
    return found


def together(names: tuple[str, ...]) -> Records:
    parts = [ledger(name).records for name in names]
    return Records(parts[0].kind, {column.name: np.concatenate([part.stored(column.name) for part in parts]) for column in parts[0].kind})


def differs(column: Column, put_in: Array, read: Array) -> Array:
    if column.kind in (Kind.NUMBER, Kind.COUNT):
        near = np.isclose(put_in, read, rtol=1e-12, atol=HALF_A_TENTH_OF_A_SECOND_DEG if column.unit == "deg" else 1e-9, equal_nan=True)
        return ~np.asarray(near)
    if column.kind is Kind.DAY:
        return np.asarray((put_in != read) & ~(np.isnat(put_in) & np.isnat(read)))
    return np.array([(a or "") != (b or "") if column.kind is Kind.TEXT else a != b for a, b in zip(put_in, read, strict=True)])


def laid_over(main: Records, names: tuple[str, ...]) -> Records:
    """Return the records with what the supplementary ledgers say of the same codes: a ledger without a column says nothing about it."""
    columns = {column.name: main.stored(column.name).copy() for column in main.kind}
    row_of = {code: row for row, code in enumerate(main.stored("code"))}
    for name in names:
        more = ledger(name)
        rows = np.array([row_of[code] for code in more.records.stored("code")])
        for column in set(more.letters) - {"code"}:
            columns[column][rows] = more.records.stored(column)
    return Records(main.kind, columns)


def same(put_in: Records, read: Records) -> None:
    row_of = {code: row for row, code in enumerate(read.stored("code"))}
    assert len(row_of) == len(read) == len(put_in)
    order = np.array([row_of[code] for code in put_in.stored("code")])
    for column in put_in.kind:
        if column.name in {"declared_crs", "declared_position"}:  # how it was written; the makers only know where it is
            continue
        wrong = np.flatnonzero(differs(column, put_in.stored(column.name), read.stored(column.name)[order]))
        assert not len(wrong), (column.name, [(put_in.stored("code")[row], put_in.stored(column.name)[row]) for row in wrong[:3]])


def test_reading_the_sites_gives_back_what_was_put_in() -> None:
    same(site_records(SITES, county(REFERENCE).homes), laid_over(together((SITE_BOOK,)), (PROGRESS.file,)))


def test_reading_the_households_gives_back_what_was_put_in() -> None:
    same(household_records(county(REFERENCE).homes), laid_over(together(BOOKS), tuple(one.file for one in HOME_LEDGERS)))


@pytest.mark.parametrize("kept", BESIDE, ids=lambda kept: kept.kind)
def test_reading_a_ledger_beside_gives_back_what_was_put_in(kept: Kept) -> None:
    same(beside_records(county(REFERENCE).beside)[kept.kind], ledger(kept.file, kept.kind).records)


def test_every_position_keeps_the_system_its_clerk_declared() -> None:
    declared = set(together(BOOKS).stored("declared_crs")) - {""}
    assert declared == {"CGCS2000", "GCJ02", "WGS84"}


@pytest.mark.parametrize("about", ABOUT["ledgers"], ids=lambda about: about["file"])
def test_the_ledgers_of_the_county_are_read_without_a_refusal(about: dict[str, str]) -> None:
    assert not ledger(about["file"], about["kind"]).refusals


@pytest.mark.parametrize("name", sorted({one["file"] for one in PLANTS["refused"]}))
def test_the_spoilt_cells_are_refused_and_no_other(name: str) -> None:
    assert [refusal.cell for refusal in ledger(name).refusals] == [one["cell"] for one in PLANTS["refused"] if one["file"] == name]
    assert len(ledger(name).records) == 1


@pytest.mark.parametrize("other", ABOUT["formats"], ids=lambda one: one["file"])
def test_a_layer_is_the_same_in_every_form_that_counties_send(other: dict[str, str]) -> None:
    sent = layer(other["file"], other["kind"])
    kept = layer(f"layers/{other['kind'].removeprefix('layer:')}.geojson", other["kind"])
    assert not sent.refusals
    assert sent.layer.names == kept.layer.names
    for one, same in zip(sent.layer.shapes, kept.layer.shapes, strict=True):
        assert shapely.equals_exact(one.normalize(), same.normalize(), tolerance=1e-7)  # CGCS2000 and WGS-84 are a centimetre apart here


@pytest.mark.parametrize("about", ABOUT["layers"], ids=lambda one: one["id"])
def test_a_layer_of_the_county_says_its_source_and_how_exact_it_is(about: dict[str, str]) -> None:
    found = layer(about["file"], f"layer:{about['id']}").layer
    assert "演示" in found.source
    assert found.dated == about["dated"]
    assert set(found.counties) == {COUNTY}
    assert (found.uncertainty_m > 0).all()
