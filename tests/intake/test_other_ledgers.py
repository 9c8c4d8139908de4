"""The ledgers beside sites and households: told by their headings, read in their units, asked about where two would fit."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from checks.choices import FundSource
from tests.intake.ledgers import homes, ledger, refusals, workbook

COUNTY = shapely.box(114.6, 31.6, 115.2, 32.3)

SHEETS: dict[str, list[str]] = {
    "renovation": ["序号", "户主姓名", "身份证号", "乡镇", "行政村", "危改年度", "危改补助金额"],
    "fund": ["指标文号", "资金来源", "到位金额(万元)", "到位日期", "已拨付金额(万元)", "统计日期"],
    "funding": ["年度", "资金合计", "中央预算内", "中央专项", "省级", "市县", "其他"],
    "reported": ["指标", "上报数", "计量单位", "数据截止日期", "上报场合"],
    "notice": ["公示序号", "户主", "身份证号码", "乡镇", "行政村", "公示人口", "公示日期"],
    "household": ["户编号", "户主", "身份证号码", "乡镇", "行政村", "家庭人口"],
    "site": ["安置点名称", "乡镇", "安置户数", "总投资"],
}


@pytest.mark.parametrize("kind", SHEETS)
def test_every_ledger_is_told_by_its_headings(tmp_path: Path, kind: str) -> None:
    row = {
        "危改年度": "2018-05-01",
        "到位日期": "2018-05-01",
        "统计日期": "2018-12-31",
        "数据截止日期": "2018-12-31",
        "公示日期": "2018-03-05",
        "资金来源": "省级",
    }
    texts = {"序号": 1, "身份证号": "", "身份证号码": "", "年度": "2018"}
    numbers = ("金额", "合计", "中央", "省级", "市县", "其他", "上报数", "人口", "户数", "投资")
    cells = [row.get(head, texts.get(head, 5 if any(word in head for word in numbers) else "甲")) for head in SHEETS[kind]]
    assert ledger(workbook(tmp_path / "a.xlsx", [SHEETS[kind], cells])).kind.id == kind


def test_money_is_read_in_the_unit_it_was_written_in(tmp_path: Path) -> None:
    head = ["指标文号", "资金来源", "到位金额(亿元)", "已拨付金额"]
    read = ledger(workbook(tmp_path / "a.xlsx", [["单位：万元"], head, ["豫发改1号", "省级", 0.4, "3200"], ["豫发改2号", "中央预算内投资", "800万元", "0"]]))
    assert read.records.amount_yuan.tolist() == [40_000_000, 8_000_000]
    assert read.records.paid_out_yuan.tolist() == [32_000_000, 0]
    assert read.records.source.tolist() == [FundSource.PROVINCIAL, FundSource.CENTRAL_BUDGET]


def test_nothing_paid_is_an_answer_and_nothing_received_is_none(tmp_path: Path) -> None:
    read = ledger(workbook(tmp_path / "a.xlsx", [["指标文号", "到位金额", "已拨付金额"], ["一号", 0, 0], ["二号", 100, 0]]))
    assert [(one.code, one.cell) for one in read.refusals] == [("zero", "B2")]
    assert read.records.paid_out_yuan.tolist() == [0]


def test_a_household_where_nobody_can_work_is_read(tmp_path: Path) -> None:
    read = homes(tmp_path, ["劳动力人数", "就业人数", "自筹款", "核定搬迁人口"], [0, 0, 0, 0])
    assert [one.code for one in read.refusals] == ["zero"]
    assert read.refusals[0].cell == "H2"


def test_a_reported_figure_keeps_number_and_unit_apart(tmp_path: Path) -> None:
    head = ["指标", "上报数", "单位", "统计日期", "数据出处"]
    read = ledger(workbook(tmp_path / "a.xlsx", [head, ["搬迁人口", 1.2, "万人", "2018-12-31", "年报"], ["搬迁人口", 12000, "人", "2018-06-30", "月报"]]))
    assert read.records.value.tolist() == [1.2, 12000]
    assert read.records.unit.tolist() == ["万人", "人"]
    assert read.records.code.tolist() == ["搬迁人口/年报/2018-12-31", "搬迁人口/月报/2018-06-30"]


def test_people_on_a_list_without_codes_are_known_without_their_names(tmp_path: Path) -> None:
    head = ["户主姓名", "乡镇", "行政村", "公示日期"]
    rows = [["户一", "甲乡", "乙村", "2018-03-05"], ["户一", "甲乡", "乙村", "2018-05-05"]]
    read = ledger(workbook(tmp_path / "a.xlsx", [head, *rows]), as_kind="notices")
    assert len(set(read.records.code)) == 2
    assert not any("户" in code for code in read.records.code)


def test_a_sheet_that_could_be_two_ledgers_is_asked_about_and_read_as_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["户主姓名", "身份证号", "乡镇", "行政村"], ["户一", "", "甲", "乙"]])
    assert [one.code for one in refusals(path)] == ["kind-unclear"]
    assert "--as" in refusals(path)[0].mend("en")
    for kind in ("households", "renovations", "notices"):
        assert ledger(path, as_kind=kind).kind.ledger == kind


def test_a_ledger_without_positions_takes_no_coordinates(tmp_path: Path) -> None:
    read = ledger(workbook(tmp_path / "a.xlsx", [["危改编号", "户主姓名", "经度", "纬度"], ["R1", "户一", 114.9, 32.0]]))
    assert "经度" in " ".join(str(note.facts.get("heading")) for note in read.notes if note.code == "column-unknown")


OLD = ["经度", "纬度", "旧房经度", "旧房纬度"]


def test_old_homes_are_brought_to_the_stores_system_by_the_same_declaration(tmp_path: Path) -> None:
    as_site = homes(tmp_path, ["经度", "纬度"], [114.9, 32.0], crs="GCJ02").records
    read = homes(tmp_path, OLD, [114.95, 32.05, 114.9, 32.0], crs="GCJ02").records
    assert (read.old_lon[0], read.old_lat[0]) == (as_site.lon[0], as_site.lat[0])
    assert read.lon[0] != 114.95
    assert read.declared_crs.tolist() == ["GCJ02"]


def test_an_old_home_alone_carries_its_system_too(tmp_path: Path) -> None:
    read = homes(tmp_path, ["旧房经度", "旧房纬度", "坐标系"], [114.9, 32.0, "GCJ02"], ["", "", ""]).records
    assert read.declared_crs.tolist() == ["GCJ02", ""]
    assert abs(read.old_lon[0] - 114.9) > 0.001
    assert np.isnan(read.old_lon[1])


@pytest.mark.parametrize(
    ("told", "cells", "code", "cell"),
    [
        ({"crs": None}, [114.9, 32.0], "crs-undeclared", ""),
        ({}, ["", 32.0], "position-half", "E2"),
        ({}, [0, 0], "position-zero", "E2"),
        ({}, [200, 32.0], "position-impossible", "E2"),
        ({"crs": "北京54"}, [114.9, 32.0], "crs-unsafe", ""),
    ],
)
def test_an_old_home_is_refused_as_a_new_one_is(tmp_path: Path, told: dict[str, Any], cells: list[Any], code: str, cell: str) -> None:
    rows = [["户编号", "户主姓名", "乡镇", "行政村", "旧房经度", "旧房纬度"], ["H1", "户一", "甲", "乙", *cells]]
    rows += [[f"H{n}", "户", "甲", "乙", 114.9, 32.0] for n in range(2, 9)]
    found = refusals(workbook(tmp_path / "a.xlsx", rows), **{"crs": "WGS84"} | told)
    assert [(one.code, one.cell) for one in found] == [(code, cell)]


def test_an_old_home_far_outside_the_county_is_refused_by_its_own_column(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["户编号", "户主姓名", "乡镇", "行政村", *OLD], *([f"H{n}", "户", "甲", "乙", 114.9, 32.0, 114.9, 32.0] for n in range(9))]
    rows.append(["H9", "户", "甲", "乙", 114.9, 32.0, 117.0, 32.0])
    found = refusals(workbook(tmp_path / "a.xlsx", rows), crs="WGS84", boundary=COUNTY)
    assert [(one.code, one.cell, one.value) for one in found] == [("position-outside", "G11", "117, 32")]
