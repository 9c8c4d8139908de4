"""The visiting sheet goes out, comes back, and says of the county what the weights say; what it cannot mean is refused with its cell."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from relocation.service import Store, Trouble, Unusable
from relocation.service.visiting import elsewhere, planning, results, scoring
from relocation.service.visiting.homes import homes
from relocation.service.visiting.picking import Wish
from relocation.store import log, visits
from relocation.visits.columns import COLUMNS
from tests.service.rectifying import ELSEWHERE, KEEPER, NOW, VIEWER, bring, home, judged

COUNTY, FIRST = "411522", 4
AT = {column.name: number for number, column in enumerate(COLUMNS, 1)}
Write = Callable[..., Path]
Fill = Callable[..., Path]


@pytest.fixture
def planned(store: Store, ledger: Write) -> tuple[Store, planning.Plan]:
    """Return a keeper's office and a plan of ten of forty households."""
    bring(store, ledger, [home(f"H{n:02}", "150" if n % 5 == 0 else "90") for n in range(40)])
    judged(store)
    keeper = store.acting(KEEPER)
    return keeper, planning.make(keeper, Wish("7", size=10, county=COUNTY), name="六月抽查", a_day=5, now=NOW)


@pytest.fixture
def fill(planned: tuple[Store, planning.Plan], tmp_path: Path) -> Fill:
    """Return a hand that fills in the downloaded sheet: row (from 0) → column → cell."""

    def filled(cells: dict[int, dict[str, str | None]], name: str = "走访表.xlsx") -> Path:
        keeper, plan = planned
        path = tmp_path / name
        path.write_bytes(results.sheet(keeper, COUNTY, plan.number, "zh"))
        book = openpyxl.load_workbook(path)  # noqa: TID251 - our own sheet, filled in as a spreadsheet program would
        page = book.worksheets[0]
        for row, said in cells.items():
            for column, value in said.items():
                page.cell(FIRST + row, AT[column]).value = value
        book.save(path)
        return path

    return filled


GOOD: dict[str, str | None] = {
    "visited_on": "2018-06-02",
    "in_order": "属实",
    "measured_area_m2": "98.5㎡",
    "persons_met": "3人",
    "lived_in": "是",
    "signed": "是",
}


def test_the_sheet_shows_masked_names_texts_only_and_a_hidden_number(planned: tuple[Store, planning.Plan], fill: Fill) -> None:
    page = openpyxl.load_workbook(fill({})).worksheets[0]  # noqa: TID251 - our own sheet
    row = {name: page.cell(FIRST, at).value for name, at in AT.items()}
    assert row["head"] == "演＊" and row["id"] == f"{planned[1].id}/{row['code']}"
    assert {(cell.value is None or cell.data_type == "s", cell.number_format) for cell in page[FIRST][: len(COLUMNS)]} == {(True, "@")}
    assert page.column_dimensions[page.cell(1, AT["id"]).column_letter].hidden
    above = [str(page.cell(FIRST - 1, AT[name]).value) for name in ("persons", "register", "measured_area_m2", "persons_met")]
    assert above == ["核定人口（人）", "登记面积（平方米）", "实测面积（平方米）", "见到人数（人）"]


def test_a_sheet_whose_headings_name_no_unit_is_read_too(planned: tuple[Store, planning.Plan], fill: Fill) -> None:
    keeper, plan = planned
    path = fill({-1: {"measured_area_m2": "实测面积", "persons_met": "见到人数"}, 0: GOOD})
    (one,) = results.look(keeper, COUNTY, plan.number, path, now=NOW).found
    assert "98.5" in str(one)


def test_results_come_back_and_stand_beside_the_register(planned: tuple[Store, planning.Plan], fill: Fill) -> None:
    keeper, plan = planned
    path = fill({0: GOOD, 1: {**GOOD, "in_order": "不属实"}})
    seen = results.look(keeper, COUNTY, plan.number, path, now=NOW)
    assert (len(seen.found), seen.blank, seen.refusals) == (2, 8, ())
    assert not planning.plan(keeper, COUNTY, plan.number).results
    results.bring(keeper, COUNTY, plan.number, path, now=NOW)
    kept = planning.plan(keeper, COUNTY, plan.number)
    first = kept.stops[0].code
    assert kept.results is not None
    assert (kept.results[first].measured_area_m2, kept.results[first].in_order, kept.results[first].four_meet) == (98.5, True, None)
    assert homes(keeper, COUNTY, [first])[first].register_m2 in (90, 150)
    assert results.bring(keeper, COUNTY, plan.number, path, now=NOW).same == 2
    with keeper.reading() as connection:
        assert [one.action for one in log.timeline(connection, "visit-plan", COUNTY, plan.id)] == ["visits.planned", "visits.reported"]
        assert [number for number, _ in visits.results_of(connection, COUNTY, first)] == [plan.number]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"in_order": "大概"}, "visit-flag", "in_order"),
        ({"measured_area_m2": "约100"}, "visit-area", "measured_area_m2"),
        ({"measured_area_m2": "0"}, "visit-area", "measured_area_m2"),
        ({"persons_met": "-1"}, "visit-persons", "persons_met"),
        ({"visited_on": "2018-06-30"}, "visit-later", "visited_on"),
        ({"visited_on": None}, "visit-no-day", "visited_on"),
        ({"visited_on": "六月"}, "not-a-day", "visited_on"),
        ({"remark": "长" * 301}, "visit-words", "remark"),
        ({"code": "H99"}, "visit-code-differs", "code"),
        ({"id": "411522-9/H01"}, "visit-unknown", "code"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused_with_its_address(
    planned: tuple[Store, planning.Plan], fill: Fill, cells: dict[str, str | None], code: str, column: str
) -> None:
    keeper, plan = planned
    seen = results.look(keeper, COUNTY, plan.number, fill({2: {**GOOD, **cells}}), now=NOW)
    [refusal] = seen.refusals
    assert (refusal.code, refusal.cell, seen.found) == (code, f"{chr(64 + AT[column])}{FIRST + 2}", ())
    assert all(refusal.reason(lang) and refusal.mend(lang) for lang in ("zh", "en"))


def test_a_sheet_without_its_hidden_column_is_refused(planned: tuple[Store, planning.Plan], fill: Fill) -> None:
    keeper, plan = planned
    path = fill({0: GOOD})
    book = openpyxl.load_workbook(path)  # noqa: TID251 - our own sheet, filled in as a spreadsheet program would
    book.worksheets[0].delete_cols(AT["id"])
    book.save(path)
    with pytest.raises(Unusable) as refused:
        results.look(keeper, COUNTY, plan.number, path, now=NOW)
    assert refused.value.refusal.code == "visit-no-id"


def test_the_score_weighs_by_the_strata(planned: tuple[Store, planning.Plan], fill: Fill) -> None:
    keeper, plan = planned
    said = {row: {**GOOD, "in_order": "不属实" if stop.risk == "fail" else "属实", "measured_area_m2": "100"} for row, stop in enumerate(plan.stops)}
    results.bring(keeper, COUNTY, plan.number, fill(said), now=NOW)
    kept = planning.plan(keeper, COUNTY, plan.number)
    made = {one.id: one.estimate for one in scoring.scores(kept, homes(keeper, COUNTY, [stop.code for stop in kept.stops]))}
    in_order, area = made["in_order"], made["area-a-person"]
    assert in_order is not None and area is not None
    assert in_order.value == pytest.approx(32 / 40)  # 8 of 40 are too large, and the strata are those that fail and those that do not
    assert area.value == pytest.approx(25) and (in_order.covered, in_order.answered) == (40, 10)
    assert made["four_meet"] is None  # nobody said: no data, and not nought


def test_nobody_reports_without_the_right_or_from_elsewhere(planned: tuple[Store, planning.Plan], fill: Fill) -> None:
    keeper, plan = planned
    for who, code in ((VIEWER, "not-allowed"), (ELSEWHERE, "visits-unknown")):
        with pytest.raises(Trouble, match=code):
            results.bring(keeper.acting(who), COUNTY, plan.number, fill({0: GOOD}), now=NOW)


def test_visits_of_another_body_are_respected_and_told(planned: tuple[Store, planning.Plan], tmp_path: Path) -> None:
    keeper, _plan = planned
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (["户编号", "走访日期", "走访单位"], ["H01", "2018-05-20", "省核查组"], ["H99", "2018-05-20", "省核查组"], ["H03", "2018-05-20", ""]):
        page.append(row)
    book.save(tmp_path / "清单.xlsx")
    report = elsewhere.bring(keeper, COUNTY, tmp_path / "清单.xlsx", now=NOW)
    assert report.added == 1
    assert [(one.code, one.cell) for one in report.refusals] == [("visit-no-household", "A3"), ("visit-no-name", "C4")]
    assert elsewhere.bring(keeper, COUNTY, tmp_path / "清单.xlsx", now=NOW).same == 1
    again = planning.make(keeper, Wish("7", size=40, county=COUNTY, again=True), name="全部", a_day=20, now=NOW)
    assert [stop.earlier for stop in again.stops if stop.code == "H01"] in (["2018-05-20 省核查组"], [f"{NOW.date()} #{COUNTY}-1"])
