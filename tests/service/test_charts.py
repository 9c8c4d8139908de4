"""The charts of a real store: the same numbers as the records, by township and month, with what is left out said."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from relocation.reports.charts.mark import svg
from relocation.service import Store
from relocation.service.checking import check
from relocation.service.figures.charts import Chart, outcomes
from relocation.service.figures.costs import costs
from relocation.service.figures.files import chart_file
from relocation.service.figures.places import places
from relocation.service.figures.progress import progress
from relocation.service.importing import import_files
from relocation.service.office import open_office

NOW, DAY, COUNTY = datetime(2018, 7, 2, 2, tzinfo=UTC), date(2018, 4, 30), "411522"
HOMES = "户编号,户主姓名,乡镇,行政村,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积,是否入住,入住日期"
SITES = "安置点编码,安置点名称,乡镇,批复日期,安置人数,总建筑面积,住房建设成本"
ROWS = [
    "A1,演甲,甲镇,一村,是,4,2018-01-05,集中安置,110,是,2018-03-10",  # too large
    "A2,演甲,甲镇,一村,是,4,2018-01-05,集中安置,100,是,2018-03-31",
    "A3,演甲,甲镇,二村,是,4,2018-02-05,集中安置,100,是,",  # moved in, nobody wrote when
    "B1,演甲,乙镇,三村,是,4,2018-02-05,集中安置,,否,",  # no area
    "B2,演甲,,,是,4,2018-02-05,集中安置,100,否,",
    "C1,演甲,乙镇,三村,否,4,2018-02-05,集中安置,160,是,2018-03-10",  # at their own cost
]
GROUND = [
    "S1,河湾点,甲镇,2017-06-01,100,2500,3000000",  # 25 m² a person, 1,200 yuan/m²
    "S2,岗上点,乙镇,2017-06-01,50,1300,2340000",  # 26 m², 1,800
    "S3,没有人数的点,乙镇,2017-06-01,,1300,1300000",
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a small office whose living areas and unit costs were checked. Tests only read it."""
    home = tmp_path_factory.mktemp("charts")
    store = open_office(home / "home")
    for kind, heading, lines in (("households", HOMES, ROWS), ("sites", SITES, GROUND)):
        path = home / f"{kind}.csv"
        path.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
        import_files(store, [path], now=NOW, county=COUNTY, as_kind=kind)
    check(store, as_of=DAY, now=NOW, only=("living-area", "unit-cost"))
    yield store
    store.close()


def made(office: Store, township: str = "", lang: str = "zh") -> dict[str, Chart]:
    chosen = places(office, COUNTY, township)
    assert chosen
    return {chart.id: chart for chart in (of(office, chosen.chosen, lang, today=DAY) for of in (outcomes, progress, costs))}


def test_every_household_stands_once_by_its_worst_finding_in_its_township(office: Store) -> None:
    chart = made(office)["outcomes"]
    assert chart.headings == ("乡镇", "不合规", "待核", "缺资料", "合规", "不适用", "合计")
    assert set(chart.rows) == {
        ("甲镇", "1", "0", "0", "2", "0", "3"), ("乙镇", "0", "0", "1", "0", "1", "2"), ("（没有填写）", "0", "0", "0", "1", "0", "1"),
    }  # fmt: skip
    assert chart.rows[0][0] == "甲镇" and "不合规最多的是甲镇" in chart.wide.desc
    assert made(office, "甲镇")["outcomes"].rows == (("一村", "1", "0", "0", "1", "0", "2"), ("二村", "0", "0", "0", "1", "0", "1"))


def test_months_count_what_had_happened_by_their_end_and_name_what_has_no_day(office: Store) -> None:
    chart = made(office)["progress"]
    assert chart.headings == ("月份", "核定搬迁", "已交钥匙", "已入住", "旧房已拆")
    assert chart.rows == (
        ("2018-04", "5", "0", "2", "0"), ("2018-03", "5", "0", "2", "0"), ("2018-02", "5", "0", "0", "0"), ("2018-01", "2", "0", "0", "0"),
    )  # fmt: skip
    assert chart.notes == ("没有登记日期、不在图上的：已入住 1 户。",)


def test_sites_stand_by_area_and_cost_with_the_limits_of_that_day(office: Store) -> None:
    chart = made(office)["costs"]
    assert [row[:3] for row in chart.rows] == [("岗上点", "26", "1,800"), ("河湾点", "25", "1,200")]
    assert chart.notes == ("另有 1 个安置点缺面积、人数或成本，不在图上。",)
    for limit in ("人均建筑面积上限 25（正式文件）", "1,200（推算值）", "被指偏高的单价 1,700（口头要求）"):
        assert limit in chart.wide.desc
    assert [row[0] for row in made(office, "甲镇")["costs"].rows] == ["河湾点"]


def test_every_chart_bears_its_day_and_source_in_both_languages_and_is_the_same_twice(office: Store) -> None:
    for lang in ("zh", "en"):
        for id, chart in made(office, lang=lang).items():
            assert chart.as_of == DAY and chart.source and chart.title
            again = made(office, lang=lang)[id]
            assert chart_file(chart) == chart_file(again) and svg(chart.narrow) == svg(again.narrow)
            assert "2018-04-30" in chart_file(chart) and chart.source.replace("&", "&amp;") in chart_file(chart)


def test_a_township_without_sites_draws_an_empty_chart_that_says_so(office: Store) -> None:
    with office.reading():
        chosen = places(office, COUNTY, "甲镇")
    assert chosen
    before = progress(office, chosen.chosen, "zh", today=DAY)
    assert before.rows  # there are households
    from dataclasses import replace

    empty = costs(office, replace(chosen.chosen, township="没有安置点的镇"), "zh", today=DAY)
    assert empty.rows == () and "没有可画的数" in svg(empty.wide) and not empty.notes
