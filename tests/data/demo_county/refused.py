"""Two small ledgers with mistakes that a program must not swallow; which cells, is returned for the list of plants."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.data.demo_county import books
from tests.data.demo_county.books import Book, Heading
from tests.data.demo_county.ground import TOWNSHIPS, Lonlat, walk
from tests.data.demo_county.identity import id_number, name

HOME_BOOK, SITE_BOOK = "搬迁户补报(有误).xlsx", "安置点补报(坐标有误).xlsx"
_UNIT = "填报单位：演示县易地扶贫搬迁办公室（虚构）"
_HOME_HEAD: list[Heading] = [
    ("", h) for h in ("序号", "户编号", "乡镇", "行政村", "户主姓名", "身份证号", "是否建档立卡", "核定搬迁人口", "核定日期", "安置方式", "安置住房面积(㎡)", "是否入住", "入住日期", "旧房状态", "备注")
]  # fmt: skip
_SITE_HEAD: list[Heading] = [("", h) for h in ("序号", "安置点编码", "安置点名称", "乡镇", "坐标系", "经度", "纬度", "批复日期", "安置户数", "安置人数")]
_FIRST_ROW = 5

# (column letter, what stands there, why) on top of a good row; None leaves the row good.
_SPOILT: tuple[tuple[str, Any, str, str] | None, ...] = (
    ("B", "GSX001", "与第9行同一个户编号，哪一行对说不准", "the same code as row 9; which is right cannot be told"),
    ("F", 990000197010120000.0, "身份证号被表格程序变成了浮点数，末几位已丢失", "an ID number turned into a float: its last digits are gone"),
    ("F", "wrong-check-digit", "身份证号校验位不对", "wrong check digit"),
    ("K", "约100", "面积不是数", "an area that is no number"),
    ("B", "GSX001", "与第5行同一个户编号，哪一行对说不准", "the same code as row 5; which is right cannot be told"),
    ("I", "2018年13月5日", "没有13月", "there is no thirteenth month"),
    ("J", "集散结合", "安置方式只有集中和分散", "neither concentrated nor dispersed"),
    ("H", "三四口", "人数不是数", "a count that is no number"),
    ("B", "", "没有户编号", "no code"),
    None,
)


def write_refused_ledgers(out: Path) -> list[dict[str, Any]]:
    """Write both ledgers; return file, sheet, cell, value and why for every cell to be refused."""
    return _homes(out / HOME_BOOK) + _sites(out / SITE_BOOK)


def _homes(path: Path) -> list[dict[str, Any]]:
    rows, refused = [], []
    for number, spoilt in enumerate(_SPOILT, start=1):
        number_id = id_number(date(1960 + number, number, 10 + number), 900 + number)
        row: list[Any] = [
            number, f"GSX{number:03d}", "十里镇", "丙演村", name(1400 + number), number_id, "是", 3,
            date(2018, 3, 1), "分散", 73.5, "是", date(2019, 1, 15), "未拆", "补报",
        ]  # fmt: skip
        if spoilt:
            letter, value, zh, en = spoilt
            if value == "wrong-check-digit":
                value = number_id[:-1] + ("1" if number_id[-1] != "1" else "2")
            row[ord(letter) - ord("A")] = value
            refused.append(_entry(path.name, "搬迁户", f"{letter}{_FIRST_ROW + number - 1}", value, zh, en))
        rows.append(row)
    notes = ("注：本表为演示数据，故意留有错误，逐格列在 README 中。",)
    books.write_book(path, Book("搬迁户", "光山县（演示）搬迁户补报表", _UNIT, _HOME_HEAD, {}, notes), rows)
    return refused


def _sites(path: Path) -> list[dict[str, Any]]:
    places = [_near("十里镇", 1500), _near("文殊乡", 900), _near("寨河镇", 700)]
    swapped = (places[1][1], places[1][0])
    rows = [
        [1, "GSX01", "十里补报安置点", "十里镇", "WGS-84", *places[0], date(2018, 5, 5), 22, 70],
        [2, "GSX02", "文殊补报安置点", "文殊乡", "WGS-84", *swapped, date(2018, 5, 6), 25, 81],
        [3, "GSX03", "寨河补报安置点", "寨河镇", "WGS-84", 0, 0, date(2018, 5, 7), 28, 90],
    ]
    notes = ("注：本表为演示数据，第2行经纬度颠倒，第3行坐标为0。",)
    books.write_book(path, Book("安置点", "光山县（演示）安置点补报表", _UNIT, _SITE_HEAD, {}, notes), rows)
    return [
        _entry(path.name, "安置点", "F6", swapped[0], "经度纬度填颠倒了", "longitude and latitude swapped"),
        _entry(path.name, "安置点", "F7", 0, "坐标为零，不在本县", "at 0, 0 and so not in the county"),
    ]


def _near(township: str, metres: float) -> Lonlat:
    return walk(TOWNSHIPS[township], 20, metres)


def _entry(file: str, sheet: str, cell: str, value: Any, zh: str, en: str) -> dict[str, Any]:
    return {"file": file, "sheet": sheet, "cell": cell, "value": value, "why": {"zh": zh, "en": en}}
