"""A household belongs to the site whose code it gives, or without a code to the one site of its county that bears the name it gives."""

from collections.abc import Callable
from pathlib import Path

import pytest

from relocation.service import Store, registers
from relocation.service.importing import ImportReport, import_files
from tests.service.conftest import NOW

Ledger = Callable[..., Path]
SITE_HEADING = "安置点编码,安置点名称,乡镇,安置户数"
SITES = ["S1,东岗点,十里镇,20", "S2,西岗点,十里镇,20", "S3,双名点,十里镇,20", "S4,双名点,文殊乡,20"]
BY_NAME = "户编号,户主姓名,乡镇,安置方式,安置点"
BY_BOTH = "户编号,户主姓名,乡镇,安置方式,安置点编码,安置点名称"


def brought(store: Store, *paths: Path, **how: object) -> list[ImportReport]:
    return import_files(store, list(paths), **{"now": NOW, "county": "411522", **how})  # type: ignore[arg-type]


def codes(store: Store, site: str) -> list[str]:
    return [row.code for row in registers.households(store, "zh", site=site).rows]


def told(report: ImportReport) -> dict[str, tuple[object, str]]:
    found = [note for note in report.notes if note.code in ("site-code-unknown", "site-name-unknown")]
    return {note.code: (note.facts["count"], note.text("zh")) for note in found}


@pytest.mark.parametrize("households_first", [False, True])
def test_a_name_alone_finds_the_site_whichever_file_came_first(store: Store, ledger: Ledger, households_first: bool) -> None:
    sites = ledger(SITES, heading=SITE_HEADING, name="安置点.csv")
    homes = ledger(["H1,演甲,十里镇,集中,东岗点", "H2,演乙,十里镇,集中,东岗点", "H3,演丙,十里镇,集中,西岗点"], heading=BY_NAME)
    brought(store, *([homes, sites] if households_first else [sites, homes]))
    assert (codes(store, "S1"), codes(store, "S2")) == (["H1", "H2"], ["H3"])
    assert (registers.site(store, "S1", "zh").households, registers.households(store, "zh", site="S1").total) == (2, 2)


def test_a_code_goes_before_a_name_and_a_shared_name_finds_no_site(store: Store, ledger: Ledger) -> None:
    brought(store, ledger(SITES, heading=SITE_HEADING, name="安置点.csv"))
    homes = ["H1,演甲,十里镇,集中,S2,东岗点", "H2,演乙,十里镇,集中,,双名点", "H3,演丙,十里镇,集中,S3,"]
    (report,) = brought(store, ledger(homes, heading=BY_BOTH))
    assert [codes(store, site) for site in ("S1", "S2", "S3", "S4")] == [[], ["H1"], ["H3"], []]
    assert {code: count for code, (count, _) in told(report).items()} == {"site-name-unknown": 1}


def test_a_name_of_another_county_finds_no_site(store: Store, ledger: Ledger) -> None:
    brought(store, ledger(SITES, heading=SITE_HEADING, name="安置点.csv"), county="411521")
    brought(store, ledger(["H1,演甲,十里镇,集中,东岗点"], heading=BY_NAME))
    assert registers.site(store, "S1", "zh").households == 0


def test_codes_and_names_that_no_site_has_are_told_with_their_cells_and_not_refused(store: Store, ledger: Ledger) -> None:
    brought(store, ledger(SITES, heading=SITE_HEADING, name="安置点.csv"))
    homes = ["H1,演甲,十里镇,集中,S1,", "H2,演乙,十里镇,集中,S9,", "H3,演丙,十里镇,集中,,南岗点", "H4,演丁,十里镇,集中,,东岗点", "H5,演戊,十里镇,分散,,县城"]
    (report,) = brought(store, ledger(homes, heading=BY_BOTH))
    assert (report.added, report.refused) == (5, 0)
    said = told(report)
    assert {code: count for code, (count, _) in said.items()} == {"site-code-unknown": 1, "site-name-unknown": 1}
    assert "E3" in said["site-code-unknown"][1]
    assert "F4" in said["site-name-unknown"][1]


def test_a_ledger_without_sites_is_told_nothing_of_them(store: Store, ledger: Ledger) -> None:
    (report,) = brought(store, ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75"]))
    assert told(report) == {}


def test_sites_in_the_same_workbook_are_known_also_in_a_dry_run(store: Store, tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    book = Workbook(tmp_path / "全.xlsx")
    tables = {"搬迁户": [BY_NAME, "H1,演甲,十里镇,集中,东岗点", "H2,演乙,十里镇,集中,北岗点"], "安置点": [SITE_HEADING, *SITES]}
    for name, lines in tables.items():
        page = book.add_worksheet(name)
        for row, line in enumerate(lines):
            page.write_row(row, 0, line.split(","))
    book.close()
    homes, _ = brought(store, tmp_path / "全.xlsx", dry_run=True)
    assert [count for count, _ in told(homes).values()] == [1]


def test_positions_in_a_list_of_changes_have_six_decimals(store: Store, ledger: Ledger) -> None:
    heading = "安置点编码,安置点名称,乡镇,经度,纬度"
    brought(store, ledger(["S1,东岗点,十里镇,114.900000049,32.0123456789"], heading=heading, name="一.csv"), crs="WGS84")
    (report,) = brought(store, ledger(["S1,东岗点,十里镇,114.95,32.0123456789"], heading=heading, name="二.csv"), crs="WGS84")
    assert [(change.old, change.new) for change in report.changes if change.field == "lon"] == [("114.900000", "114.950000")]
