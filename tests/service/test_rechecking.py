"""One record of any ledger edited and judged again: the store stands as after a run of everything, in its own county and in others."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from checks.registry import checks
from checks.verdict import NOT_SUPPLIED
from checks.vocabulary import LEDGERS
from relocation.service import Store, checking, findings, rechecking
from relocation.service.importing import import_files
from relocation.service.judging import Judged, frames, judge
from relocation.service.office import open_office
from relocation.service.reference import around
from relocation.store import tables
from relocation.store.frames import read_ledgers
from tests.service.conftest import NOW

AS_OF, HERE, THERE = date(2019, 12, 31), "411522", "411523"
ID = ("990101196303139033", "99010119700101001X", "99010119800202002X")
BOOKS = {
    "sites": (
        "安置点编码,安置点名称,乡镇,经度,纬度,批复日期,安置户数,安置人数,总建筑面积,住房建设成本,进度",
        *(f"S{n},{n}号点,东岭乡,{114.80 + n / 50},31.9{n},2017-03-05,{20 + n},{80 + n},{2000 + 9 * n},{2_400_000 + 10_000 * n},在建" for n in range(6)),
    ),
    "households": (
        "户编号,户主姓名,身份证号,乡镇,行政村,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置点编码,安置住房面积,户口簿号,填表人,家庭人均纯收入",
        *(f"H{n},演{'甲乙丙丁'[n % 4]},{ID[n] if n < 2 else ''},东岭乡,一村,是,{2 + n % 4},2017-03-05,{'集中' if n % 3 else '分散'},S{n % 6},{(2 + n % 4) * 24 + n % 3},B{n},填表一,{2600 + n}" for n in range(24)),
    ),
    "renovations": ("危改编号,户主姓名,身份证号,乡镇,危改批准日期", f"R1,演乙,{ID[1]},东岭乡,2015-03-01", f"R2,演丙,{ID[2]},东岭乡,2015-04-01"),
    "funds": ("指标文号,资金来源,到位金额,到位日期,已拨付金额,统计日期", "一号,省级,400000,2017-01-05,100000,2019-12-31", "二号,市县,100000,2018-01-05,100000,2019-12-31"),
    "fundings": ("年度,统计日期,资金合计,中央预算内,省级,市县,其他", "2019,2019-12-31,500000,0,400000,100000,0"),
    "reports": ("上报编号,指标,上报数,计量单位,上报数据日期", "B1,搬迁户数,24,户,2019-12-31", "B2,搬迁人口,60,人,2019-12-31"),
    "notices": ("公示编号,户主姓名,身份证号,乡镇,公示人口,公示日期", f"N1,演甲,{ID[0]},东岭乡,2,2017-02-01", f"N2,演丙,{ID[2]},东岭乡,3,2017-02-01"),
}  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """One line of a ledger as an edit leaves it."""

    ledger: str
    code: str
    heading: str
    line: str


EDITS = {
    "an area": Edit("households", "H5", "户编号,户主姓名,安置住房面积", "H5,演乙,190"),
    "a number two share": Edit("households", "H9", "户编号,户主姓名,身份证号", f"H9,演乙,{ID[0]}"),
    "a number on another list": Edit("households", "H3", "户编号,户主姓名,身份证号", f"H3,演丁,{ID[2]}"),
    "a way of resettlement": Edit("households", "H4", "户编号,户主姓名,安置方式", "H4,演甲,分散"),
    "a new household": Edit("households", "H99", "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积", "H99,演丁,西岭乡,是,3,2017-03-05,集中,75"),
    "a cost": Edit("sites", "S2", "安置点编码,安置点名称,住房建设成本", "S2,2号点,3600000"),
    "a place": Edit("sites", "S3", "安置点编码,安置点名称,经度,纬度", "S3,3号点,114.95,32.01"),
    "a renovation": Edit("renovations", "R2", "危改编号,户主姓名,身份证号", f"R2,演甲,{ID[0]}"),
    "a sum": Edit("funds", "二号", "指标文号,到位金额,已拨付金额", "二号,250000,1000"),
    "a total": Edit("fundings", "2019", "年度,资金合计,省级", "2019,900000,800000"),
    "a report": Edit("reports", "B1", "上报编号,指标,上报数,计量单位", "B1,搬迁户数,50,户"),
    "a notice": Edit("notices", "N2", "公示编号,户主姓名,身份证号", f"N2,演乙,{ID[1]}"),
}  # fmt: skip


def brought(store: Store, folder: Path, ledger: str, lines: tuple[str, ...], county: str = HERE) -> None:
    path = folder / f"{ledger}-{county}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert not [refused for report in import_files(store, [path], now=NOW, as_kind=ledger, county=county, crs="WGS84") for refused in report.refusals]


def kept(store: Store) -> tuple[object, ...]:
    """Return all that a run keeps, but for the numbers of runs and rows."""
    with store.reading() as connection:
        found = [
            sorted(map(tuple, connection.execute(select(*(column for column in table.c if column.name not in ("id", "first_run", "gone_run"))))), key=repr)
            for table in (tables.finding, tables.standing, tables.entry)
        ]
        still_open = sorted(
            map(
                tuple,
                connection.execute(select(tables.entry.c["check"], tables.entry.c.county, tables.entry.c.subject).where(tables.entry.c.gone_run.is_(None))),
            )
        )
    return (*found, still_open, findings.counts(store).counts)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office with every ledger of one county and the households of another, checked."""
    folder = tmp_path_factory.mktemp("checked")
    store = open_office(folder / "home")
    for ledger, lines in BOOKS.items():
        brought(store, folder, ledger, lines)
    brought(store, folder, "households", (BOOKS["households"][0], f"G1,演甲,{ID[0]},南乡,二村,是,3,2017-03-05,集中,,75,B1,,"), THERE)
    checking.check(store, as_of=AS_OF, now=NOW)
    store.close()
    return folder / "home"


@pytest.fixture
def office(checked: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(checked, tmp_path / "home")
    opened = open_office(tmp_path / "home")
    yield opened
    opened.close()


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
def test_an_edit_judged_again_stands_as_after_a_run_of_everything(office: Store, tmp_path: Path, edit: Edit) -> None:
    brought(office, tmp_path, edit.ledger, (edit.heading, edit.line))
    rechecking.recheck(office, LEDGERS[edit.ledger].id, [edit.code], county=HERE, as_of=AS_OF, now=NOW)
    after_edit = kept(office)
    checking.check(office, as_of=AS_OF, now=NOW)
    for ours, whole in zip(after_edit, kept(office), strict=True):
        assert ours == whole


def test_edits_one_after_the_other_stand_as_well(office: Store, tmp_path: Path) -> None:
    for edit in (EDITS["an area"], EDITS["a number two share"], EDITS["a cost"], EDITS["a way of resettlement"]):
        brought(office, tmp_path, edit.ledger, (edit.heading, edit.line))
        rechecking.recheck(office, LEDGERS[edit.ledger].id, [edit.code], county=HERE, as_of=AS_OF, now=NOW)
    after_edit = kept(office)
    checking.check(office, as_of=AS_OF, now=NOW)
    assert after_edit == kept(office)


def test_a_run_of_one_county_finds_what_a_run_of_all_finds_there(office: Store) -> None:
    before = kept(office)
    checking.check(office, as_of=AS_OF, now=NOW, county=HERE)
    assert kept(office) == before


@pytest.mark.parametrize("id", checks())
def test_a_rule_gives_a_record_the_same_answer_alone_as_among_all(office: Store, id: str) -> None:
    check, layers = checks()[id], around(office)
    with office.reading() as connection:
        ledgers = read_ledgers(connection)
    for records in frames(ledgers, {}):
        if records.kind not in check.about:
            continue
        among_all = [line for one in judge((records,), [check], AS_OF, layers, ledgers, ()) for line in said(one)]
        alone = [
            line for row in range(len(records)) for one in judge((records.take(np.array([row])),), [check], AS_OF, layers, ledgers, ()) for line in said(one)
        ]
        assert sorted(alone) == sorted(among_all)


def said(judged: Judged) -> list[str]:
    """Return what is said of each record; what is said of a whole ledger counts its records and is left out."""
    return [repr(finding) for finding in judged.findings(every=True) if finding.reason != NOT_SUPPLIED]
