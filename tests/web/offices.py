"""Small offices to open pages on: one with ordinary records, one where every text is hostile."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from relocation.resources import folder
from relocation.service import Store
from relocation.service.checking import check
from relocation.service.importing import import_files
from relocation.service.lawbook import publish
from relocation.service.office import open_office

COUNTY_LAW = (folder("data") / "demo" / "overlays.yaml").read_text("utf-8")
NOW = datetime(2018, 7, 1, 1, 30, tzinfo=UTC)
AS_OF = date(2018, 6, 30)

SITE_HEADINGS = (
    "安置点编码",
    "安置点名称",
    "县代码",
    "乡镇",
    "行政村",
    "安置方式",
    "经度",
    "纬度",
    "坐标系",
    "依托对象",
    "选址理由",
    "批复日期",
    "安置户数",
    "安置人数",
    "总建筑面积",
    "住房建设成本",
    "备注",
)
HOME_HEADINGS = (
    "户编号",
    "户主姓名",
    "县代码",
    "乡镇",
    "行政村",
    "自然村",
    "是否建档立卡",
    "家庭人口数",
    "核定搬迁人口",
    "核定日期",
    "安置方式",
    "安置点编码",
    "迁入地",
    "安置住房面积",
    "是否入住",
    "入住日期",
    "旧房状态",
    "备注",
)

SITES = [
    ("S1", "河湾安置点", "411522", "甲乡", "东村", "集中安置", "114.9", "32.0", "WGS84", "", "", "2017-03-05", "52", "128", "3200", "3520000", ""),
    ("S2", "岗上安置点", "411522", "乙乡", "西村", "集中安置", "114.7", "31.8", "WGS84", "", "群众意愿", "2017-03-05", "6", "18", "450", "810000", ""),
    ("S3", "没有坐标的安置点", "411522", "乙乡", "南村", "集中安置", "", "", "", "", "", "2017-03-05", "8", "20", "", "", ""),
]
HOMES = [
    ("H1", "演一二", "411522", "甲乡", "东村", "一组", "是", "6", "6", "2017-03-05", "集中", "S1", "河湾安置点", "150", "是", "2017-09-01", "已拆", ""),
    ("H2", "演三四", "411522", "甲乡", "东村", "一组", "是", "3", "3", "2017-03-05", "集中", "S1", "河湾安置点", "96.4", "是", "2017-09-01", "未拆", ""),
    ("H3", "演五六", "411522", "乙乡", "西村", "二组", "是", "3", "", "2017-03-05", "分散", "", "", "70", "否", "", "未拆", ""),
    ("H4", "演七八", "411522", "乙乡", "西村", "二组", "否", "3", "3", "2017-03-05", "集中", "S2", "岗上安置点", "120", "是", "2017-09-01", "未拆", ""),
]

HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "{{7*191}}",
    "{%print 7*191%}{# gone #}",
    "${7*191}`\\u003cscript\\u003e",
    "\"'><svg onload=document.title='owned'>",
    "javascript:document.title='owned'",
    "</title></textarea></style><b>粗体</b>",
    "&lt;b&gt;&amp;#x3C;",
    "%(n)s %s %d {0}",
    "=cmd|'/c calc'!A1",
    "𠮷㛃浉",
)  # fmt: skip


def ledger(folder: Path, name: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Path:
    """Write a ledger as a clerk's CSV and return where it lies."""
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def ordinary(home: Path) -> Store:
    """Return an office with three sites and four households, checked."""
    return office_of(home, SITES, HOMES)


def hostile(home: Path) -> Store:
    """Return an office where names, places, reasons, codes and remarks are each of the hostile texts."""
    sites = [(f"S{n}{text}", text, "411522", text, text, "集中安置", "114.9", f"{32 + n / 1000}", "WGS84", text, text, "2017-03-05", "52", "128", "3200", "9520000", text) for n, text in enumerate(HOSTILE)]  # fmt: skip
    homes = [(f"H{n}{text}", text, "411522", text, text, text, "是", "3", "3", "2017-03-05", "集中", f"S{n}{text}", text, "96.4", "是", "2016-09-01", "未拆", text) for n, text in enumerate(HOSTILE)]  # fmt: skip
    return office_of(home, sites, homes)


def office_of(home: Path, sites: Sequence[tuple[str, ...]], homes: Sequence[tuple[str, ...]]) -> Store:
    store = open_office(home)
    publish(store, COUNTY_LAW, "演示", NOW)
    import_files(store, [ledger(home, "sites.csv", SITE_HEADINGS, sites)], now=NOW, as_kind="sites", county="411522")
    import_files(store, [ledger(home, "households.csv", HOME_HEADINGS, homes)], now=NOW, as_kind="households", county="411522")
    check(store, as_of=AS_OF, now=NOW)
    return store
