"""What cannot be true is refused at its cell or found: never a crash, and never a silent pass."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from relocation.service import Store, checking, findings, lawbook, supposing
from relocation.service.importing import import_files
from relocation.service.lawbook import LawRefused
from relocation.store.trouble import Trouble
from tests.service.conftest import NOW
from tests.service.test_lawbook import law

AS_OF = date(2019, 12, 31)
HOMES = "户编号,户主姓名,乡镇,行政村,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积,是否入住,入住日期,旧房状态,旧房拆除日期"
GOOD = {
    "核定搬迁人口": "3", "核定日期": "2017-03-05", "安置住房面积": "75", "是否入住": "是", "入住日期": "2018-05-01", "旧房状态": "已拆除", "旧房拆除日期": "2018-06-01",
}  # fmt: skip
SITES = "安置点编码,安置点名称,乡镇,经度,纬度,批复日期,开工日期,竣工日期,建设进度,住房建设成本,总建筑面积,安置人数"
FIRST_SITE = "S0,甲点,十里镇,114.9,32.0,2017-03-05,2017-06-01,2018-12-01,已竣工,2400000,2000,80"


def home(**cells: str) -> str:
    line = {"户编号": "H1", "户主姓名": "演甲", "乡镇": "十里镇", "行政村": "一村", "是否建档立卡": "是", "安置方式": "集中安置", **GOOD, **cells}
    return ",".join(line[heading] for heading in HOMES.split(","))


@pytest.mark.parametrize(
    ("cells", "cell", "code"),
    [
        ({"核定日期": "2017-02-30"}, "G2", "day-impossible"),
        ({"核定日期": "2087-03-05"}, "G2", "day-out-of-range"),
        ({"核定搬迁人口": "0"}, "F2", "zero"),
        ({"核定搬迁人口": "-3"}, "F2", "negative"),
        ({"核定搬迁人口": "2.5"}, "F2", "not-whole"),
        ({"核定搬迁人口": "999"}, "F2", "implausible"),
        ({"安置住房面积": "-75"}, "I2", "negative"),
        ({"安置住房面积": "9999"}, "I2", "implausible"),
        ({"安置住房面积": "0"}, "I2", "zero"),
        ({"安置住房面积": "75元"}, "I2", "unit-misfit"),
        ({"安置住房面积": "七十五"}, "I2", "not-a-number"),
        ({"安置住房面积": "1e999"}, "I2", "not-finite"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_address_and_the_mend(
    store: Store, ledger: Callable[..., Path], cells: dict[str, str], cell: str, code: str
) -> None:
    (report,) = import_files(store, [ledger([home(**cells)], HOMES)], now=NOW, county="411522")
    (refused,) = report.refusals
    assert (refused.cell, refused.code) == (cell, code) and refused.mend("zh") and refused.mend("en")
    assert report.added == 0


@pytest.mark.parametrize(
    ("cells", "check", "reason"),
    [
        ({"入住日期": "2017-03-04"}, "move-in", "before-approval"),
        ({"入住日期": "2020-01-01"}, "move-in", "not-yet"),
        ({"旧房拆除日期": "2017-03-04"}, "old-house", "down-before-approval"),
        ({"旧房拆除日期": "2020-01-01"}, "old-house", "not-yet-down"),
        ({"旧房状态": "未拆"}, "old-house", "contradiction"),
        ({"安置住房面积": "999"}, "living-area", "over"),
    ],
)
def test_days_in_an_impossible_order_and_absurd_areas_are_found(
    store: Store, ledger: Callable[..., Path], cells: dict[str, str], check: str, reason: str
) -> None:
    import_files(store, [ledger([home(**cells)], HOMES)], now=NOW, county="411522")
    checking.check(store, as_of=AS_OF, now=NOW)
    (found,) = findings.findings(store, check=check, subject="H1").findings
    assert (found.outcome.id in ("review", "fail"), found.reason) == (True, reason)


@pytest.mark.parametrize(
    ("line", "check", "reason"),
    [
        ("S1,乙点,十里镇,114.9,32.0,2017-03-05,2017-06-01,2018-12-01,已竣工,240,2000,80", "unit-cost", "too-low"),  # 万元 among yuan
        ("S1,乙点,十里镇,114.9,32.0,2017-03-05,2018-12-01,2017-06-01,已竣工,2400000,2000,80", "construction-progress", "out-of-order"),
        ("S1,乙点,十里镇,114.9,32.0,2017-03-05,2017-01-01,2018-12-01,已竣工,2400000,2000,80", "construction-progress", "before-approval"),
    ],
)
def test_sums_in_two_units_and_stages_out_of_order_are_found_at_their_site(
    store: Store, ledger: Callable[..., Path], line: str, check: str, reason: str
) -> None:
    import_files(store, [ledger([FIRST_SITE, line], SITES, "点.csv")], now=NOW, as_kind="sites", county="411522", crs="WGS84")
    checking.check(store, as_of=AS_OF, now=NOW)
    said = {one.subject: (one.outcome.id, one.reason) for one in findings.findings(store, check=check, kind="site").findings}
    assert said["S1"] == ("review", reason) and said["S0"][0] == "pass"


def test_units_written_in_the_cells_of_one_column_are_each_taken_at_their_word(store: Store, ledger: Callable[..., Path]) -> None:
    lines = [FIRST_SITE, FIRST_SITE.replace("S0,甲点", "S1,乙点").replace("2400000", "240万元")]
    import_files(store, [ledger(lines, SITES, "点.csv")], now=NOW, as_kind="sites", county="411522", crs="WGS84")
    checking.check(store, as_of=AS_OF, now=NOW)
    assert [one.measured for one in findings.findings(store, check="unit-cost", kind="site").findings] == [1200, 1200]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (law(1600).replace("instrument: county-rules, ", ""), "no-instrument"),
        (law(1600, instrument="nobody-knows"), "unknown-instrument"),
        (law(1600).replace("county_most_yuan_m2", "county_most"), "unknown-parameter"),
        (law(1600).replace("unit-cost:", "unit-costs:"), "unknown-check"),
        (law(1600).rstrip("\n") + "\n" + law(1700).splitlines()[-1] + "\n", "same-day"),
        (law("1600元"), "no-amount"),
        (law(-1), "out-of-range"),
    ],
)
def test_a_countys_text_that_cannot_be_law_is_refused_with_line_and_mend(store: Store, text: str, code: str) -> None:
    with pytest.raises(LawRefused) as told:
        lawbook.preview(store, text, AS_OF)
    assert [one.code for one in told.value.refusals] == [code]
    assert all(one.line > 0 and one.mend("zh") and one.mend("en") for one in told.value.refusals)


@pytest.mark.parametrize("amount", ["20元", "20 yuan", "20%"])
def test_a_supposition_in_the_wrong_unit_is_answered_with_the_right_one(store: Store, amount: str) -> None:
    with pytest.raises(Trouble) as told:
        supposing.suppose(store, [f"living-area.most_m2_a_person={amount}"], as_of=AS_OF)
    assert told.value.code == "supposition-amount" and "平方米/人" in told.value.mend("zh")


def test_a_thousand_rows_with_one_bad_cell_lose_that_row_only(store: Store, ledger: Callable[..., Path]) -> None:
    rows = [home(户编号=f"H{n}", 安置住房面积="?" if n == 500 else "75") for n in range(1000)]
    (report,) = import_files(store, [ledger(rows, HOMES)], now=NOW, county="411522")
    assert (report.read, report.added, [one.cell for one in report.refusals]) == (1000, 999, ["I502"])
