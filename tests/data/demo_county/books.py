"""The ledgers as a clerk keeps them: titles, two rows of headings, units, totals, notes, and the many ways one writes a value."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.data.demo_county.ground import Lonlat, dms, gcj02
from tests.data.demo_county.households import Home
from tests.data.demo_county.sites import Site

CREATED_AT = datetime(2019, 12, 31, 9, 0)  # noqa: DTZ001 - a workbook's date has no zone
Heading = tuple[str, str]  # group over it ("" for none), heading
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def site_rows(sites: Sequence[Site], homes: Sequence[Home]) -> tuple[list[Heading], list[list[Any]]]:
    """Return headings and rows of the ledger of sites; sizes and areas are those of its households."""
    head = [
        ("", "序号"), ("", "安置点编码"), ("", "安置点名称"), ("", "乡镇"), ("", "行政村"), ("", "安置方式"), ("", "安置类型"),
        ("安置点位置", "坐标系"), ("安置点位置", "经度"), ("安置点位置", "纬度"), ("安置点位置", "定位精度(米)"),
        ("四靠情况", "四靠类型"), ("四靠情况", "依托对象"), ("四靠情况", "选址理由"), ("", "批复日期"),
        ("安置规模", "安置户数"), ("安置规模", "安置人数"),
        ("住房建设", "总建筑面积(㎡)"), ("住房建设", "住房建设成本(万元)"), ("住房建设", "单位造价"), ("", "项目总投资(万元)"), ("", "备注"),
    ]  # fmt: skip
    rows = []
    for number, site in enumerate(sites, start=1):
        own = [home for home in homes if home.site is site]
        area = round(sum(home.area_m2 or 0 for home in own), 2)
        persons = sum(home.approved or home.family for home in own)
        cost = round(area * site.yuan_m2 / 10000, 6) if site.yuan_m2 else None
        crs, lon, lat = _site_position(site.place, number)
        all_in = round(area * (site.yuan_m2 or 1150) / 10000 * 1.62, 2)
        written = f"{site.stated_yuan_m2 or site.yuan_m2:,.0f}元/平方米" if site.yuan_m2 and number % 3 != 1 else ""
        rows.append([
            number, site.code, site.name, site.township, site.village, "集中安置", site.kind, crs, lon, lat, 20 if site.place else None,
            site.claimed, site.relies_on, site.reason, _day(site.approved_on, number), len(own), persons,
            area if site.area_known else None, cost, written, all_in, site.remark,
        ])  # fmt: skip
    return head, rows


def _site_position(place: Lonlat | None, number: int) -> tuple[str, float | None, float | None]:
    if place is None:
        return "", None, None
    return ("WGS-84", *place) if number % 5 == 0 else ("GCJ-02", *gcj02(place))


HOUSEHOLD_HEAD: list[Heading] = [
    ("", "序号"), ("", "户编号"), ("", "乡镇"), ("", "行政村"), ("", "自然村(屯)"), ("", "户主姓名"), ("", "身份证号"), ("", "是否建档立卡"),
    ("", "家庭人口数"), ("", "核定搬迁人口"), ("", "核定日期"), ("", "安置方式"), ("", "安置类型"), ("", "安置点编码"), ("", "迁入地"),
    ("安置住房", "建筑面积(㎡)"), ("安置住房", "套内面积(㎡)"), ("安置住房", "一人户安置去向"), ("安置住房", "一人户安置说明"),
    ("搬迁入住", "交钥匙日期"), ("搬迁入住", "是否入住"), ("搬迁入住", "入住日期"),
    ("旧房拆除", "是否无房户"), ("旧房拆除", "旧房状态"), ("旧房拆除", "拆旧协议日期"), ("旧房拆除", "拆除日期"), ("旧房拆除", "复垦日期"),
    ("旧房拆除", "保留原因"), ("旧房拆除", "县级是否确认"), ("旧房拆除", "是否回住"),
    ("分散户位置", "坐标系"), ("分散户位置", "经度"), ("分散户位置", "纬度"), ("分散户位置", "定位精度(米)"), ("分散户位置", "四靠类型"),
    ("旧房位置", "旧房经度"), ("旧房位置", "旧房纬度"), ("", "备注"),
]  # fmt: skip


def household_row(number: int, home: Home, style: "Style") -> list[Any]:
    """Return one row of a ledger of households, written in the hand of that ledger's clerk."""
    crs, lon, lat = style.position(home.place)
    old_crs, old_lon, old_lat = style.position((home.card["old_lon"], home.card["old_lat"]) if home.card.get("old_lon") else None)
    flag = style.flag

    def day(on: date | None) -> date | str | None:
        return _day(on, number) if on else None

    return [
        number, home.code, home.township, home.village, home.hamlet, home.name, home.id_number, flag(home.poor), home.family, home.approved,
        day(home.approved_on), home.mode, home.kind, home.site.code if home.site else "", home.site.name if home.site else "",
        style.area(home.area_m2, number), home.net_m2, home.one_person_way, home.one_person_reason,
        day(home.handed_over_on), flag(home.moved_in), day(home.moved_in_on),
        flag(home.no_old_house), home.old_house, day(home.agreed_on), day(home.demolished_on), day(home.reclaimed_on),
        home.kept_reason, flag(home.kept_confirmed), flag(home.reoccupied), crs or old_crs, lon, lat, 15 if home.place else None, home.claimed,
        old_lon, old_lat, home.remark,
    ]  # fmt: skip


class Style:
    """How one clerk writes yes and no, areas, and positions."""

    def __init__(self, yes: str, no: str, crs: str, write: Callable[[Lonlat], tuple[Any, Any]]) -> None:
        self.yes, self.no, self.crs, self.write = yes, no, crs, write

    def flag(self, value: bool | None) -> str:
        """Write yes, no, or nothing."""
        return "" if value is None else self.yes if value else self.no

    def position(self, place: Lonlat | None) -> tuple[str, Any, Any]:
        """Write the system and the two coordinates."""
        return (self.crs, *self.write(place)) if place else ("", None, None)

    def area(self, area_m2: float | None, number: int) -> float | str | None:
        """Write an area: mostly a number, now and then with its unit or in full-width digits."""
        if area_m2 is None:
            return None
        if number % 17 == 3:
            return f"{area_m2:g}㎡"
        if number % 23 == 5:
            return f"{area_m2:.2f}".translate(_FULL_WIDTH)
        return area_m2


def styles() -> tuple[Style, Style, Style]:
    """Return the hands of the three clerks."""
    return (
        Style("是", "否", "CGCS2000", lambda p: (dms(p[0]), dms(p[1]))),
        Style("√", "×", "GCJ-02", gcj02),
        Style("是", "否", "WGS-84", lambda p: p),
    )


def _day(on: date, number: int) -> date | str:
    match number % 9:
        case 2:
            return f"{on.year}年{on.month}月{on.day}日"
        case 4:
            return f"{on.year}.{on.month}.{on.day}"
        case 7:
            return f"{on:%Y-%m-%d}"
        case _:
            return on


@dataclass(frozen=True, slots=True)
class Book:
    """What is on a ledger's one sheet besides its rows; `total`: column (from 0) → sum under it."""

    sheet: str
    title: str
    unit: str
    head: Sequence[Heading]
    total: Mapping[int, float]
    notes: Sequence[str]


def write_book(path: Path, about: Book, rows: Sequence[Sequence[Any]]) -> None:
    """Write a ledger as a workbook whose data begin in row 5."""
    book: Any = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": about.title, "author": "演示县", "comments": "演示数据，全部虚构", "created": CREATED_AT})
    bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True, "bg_color": "#E7EDF3"})
    large = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    dated = book.add_format({"num_format": "yyyy/m/d"})
    page = book.add_worksheet(about.sheet)
    head = about.head
    page.merge_range(0, 0, 0, len(head) - 1, about.title, large)
    page.merge_range(1, 0, 1, len(head) - 1, about.unit)
    _write_head(page, head, bold)
    page.freeze_panes(4, 3)
    page.set_column(1, len(head) - 1, 13)
    for at, row in enumerate(rows, start=4):
        for column, value in enumerate(row):
            _write_cell(page, at, column, value, dated)
    end = 4 + len(rows)
    if about.total:
        page.write_string(end, 0, "合计", bold)
        for column, value in about.total.items():
            page.write_number(end, column, value, bold)
    for offset, note in enumerate(about.notes, start=end + 1):
        page.write_string(offset, 0, note)
    book.close()


def _write_head(page: Any, head: Sequence[Heading], form: Any) -> None:
    for column, (group, heading) in enumerate(head):
        if not group:
            page.merge_range(2, column, 3, column, heading, form)
            continue
        page.write_string(3, column, heading, form)
        if column + 1 == len(head) or head[column + 1][0] != group:
            start = min(c for c in range(column + 1) if head[c][0] == group)
            page.merge_range(2, start, 2, column, group, form)


def _write_cell(page: Any, row: int, column: int, value: Any, dated: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), dated)  # noqa: DTZ001 - Excel's days have no zone
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, value)


def write_gbk(path: Path, head: Sequence[Heading], rows: Sequence[Sequence[Any]]) -> None:
    """Write a ledger as the comma-separated text that Excel saves on a Chinese Windows: GBK, CRLF, one row of headings."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([heading for _, heading in head])
    out.writerows([["" if cell is None else cell.strftime("%Y/%m/%d") if isinstance(cell, date) else cell for cell in row] for row in rows])
    path.write_bytes(text.getvalue().encode("gbk"))
