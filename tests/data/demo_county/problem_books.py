"""The three made-up problem lists as workbooks, each in the hand of another office: titles, headings of two rows, merged cells, totals, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.data.demo_county.books import CREATED_AT
from tests.data.demo_county.problem_lists import Said, lists

SEED = 411522
BOOKS = {"national": "国家巡查问题清单(2019年).xlsx", "provincial": "省级核查问题清单(2019年).xlsx", "municipal": "市级督查问题台账(2019年).xlsx"}
_MADE_UP = "注：本表为演示数据，问题、地点和数字全部虚构。"
_PERSONS = ("演甲", "演乙", "演丙", "演丁")


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    title: str
    below: str
    head: Sequence[tuple[str, str]]  # group over it ("" for none), heading
    rows: list[list[Any]]
    merged: tuple[int, ...] = ()  # columns in which equal neighbours are merged
    total: str = ""


def write_problem_lists(out: Path) -> None:
    """Write the three lists."""
    made = lists(SEED)
    for tier, sheet in (
        ("national", _national(made["national"])),
        ("provincial", _provincial(made["provincial"])),
        ("municipal", _municipal(made["municipal"])),
    ):
        _write(out / BOOKS[tier], sheet)


def _national(items: list[Said]) -> _Sheet:
    rows = [[one.number, one.category, one.text, one.unit, "一个月内" if one.number % 7 else "立行立改", ""] for one in items]
    head = [("", "序号"), ("", "问题类别"), ("", "问题描述"), ("", "责任单位"), ("", "整改时限"), ("", "备注")]
    return _Sheet("问题清单", "2019年国家巡查反馈问题清单（演示）", "反馈日期：2019年10月8日", head, rows, total=f"合计：{len(rows)}条")


def _provincial(items: list[Said]) -> _Sheet:
    rows = [
        [
            one.number,
            one.category,
            one.text,
            one.township,
            one.village,
            one.site,
            one.unit,
            _PERSONS[one.number % 4] if one.number % 5 else "",
            "" if one.number % 9 else "长期坚持",
        ]
        for one in items
    ]
    head = [
        ("", "序号"), ("问题情况", "问题类型"), ("问题情况", "具体问题"), ("涉及地点", "乡镇"), ("涉及地点", "行政村"), ("涉及地点", "安置点"),
        ("整改要求", "责任单位"), ("整改要求", "责任人"), ("整改要求", "完成时限"),
    ]  # fmt: skip
    return _Sheet("省级清单", "2019年省级第三方核查问题清单（演示）", "单位：条        截至2019年10月25日", head, rows, total=f"合计 {len(rows)} 条")


def _municipal(items: list[Said]) -> _Sheet:
    inorder = sorted(items, key=lambda one: (one.township, one.number))
    rows = [[f"市督〔2019〕{one.number:03d}", one.township, one.village or one.site, one.text, one.category, one.unit, _day(one.number)] for one in inorder]
    head = [("", "问题编号"), ("", "乡镇（街道）"), ("", "村、安置点"), ("", "反映问题"), ("", "问题分类"), ("", "牵头单位"), ("", "完成时限")]
    return _Sheet("督查台账", "光山县（演示）市级督查问题台账", "填报单位：演示市督查组（虚构）", head, rows, merged=(1,), total="总计")


def _day(number: int) -> str:
    return f"2019.12.{10 + number % 20}" if number % 3 else f"2019年12月{10 + number % 20}日前"


def _write(path: Path, sheet: _Sheet) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    book.set_properties({"created": CREATED_AT})
    page = book.add_worksheet(sheet.name)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    head = book.add_format({"border": 1, "bold": True, "align": "center", "valign": "vcenter"})
    last = len(sheet.head) - 1
    page.merge_range(0, 0, 0, last, sheet.title, title)
    page.write_string(1, 0, sheet.below)
    start = _headings(page, sheet.head, head)
    for row, values in enumerate(sheet.rows, start):
        for at, value in enumerate(values):
            if at not in sheet.merged:
                page.write(row, at, value, cell)
    for at in sheet.merged:
        _merge(page, sheet.rows, at, start, cell)
    page.write_string(start + len(sheet.rows), 0, sheet.total, cell)
    page.write_string(start + len(sheet.rows) + 1, 0, _MADE_UP)
    page.set_column(0, last, 14)
    book.close()


def _headings(page: Any, head: Sequence[tuple[str, str]], look: Any) -> int:
    """Write the headings and return the first row of data: groups are merged over their leaves, single ones over both rows."""
    if not any(group for group, _ in head):
        for at, (_, leaf) in enumerate(head):
            page.write_string(2, at, leaf, look)
        return 3
    at = 0
    while at < len(head):
        group = head[at][0]
        end = at
        while group and end + 1 < len(head) and head[end + 1][0] == group:
            end += 1
        if group:
            page.merge_range(2, at, 2, end, group, look)
            for below in range(at, end + 1):
                page.write_string(3, below, head[below][1], look)
        else:
            page.merge_range(2, at, 3, at, head[at][1], look)
        at = end + 1
    return 4


def _merge(page: Any, rows: list[list[Any]], at: int, start: int, look: Any) -> None:
    first = 0
    for row in range(1, len(rows) + 1):
        if row == len(rows) or rows[row][at] != rows[first][at]:
            if row - first > 1:
                page.merge_range(start + first, at, start + row - 1, at, rows[first][at], look)
            else:
                page.write_string(start + first, at, rows[first][at], look)
            first = row
