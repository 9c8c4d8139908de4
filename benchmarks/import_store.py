"""A workbook of 200,000 households in 30 columns: read, recognised, typed, compared and stored, beside a bare reading of its cells."""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from benchmarks.measure import Contest

ROWS = 200_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
HEADINGS = (
    "户编号", "户主姓名", "身份证号", "县代码", "乡镇", "行政村", "自然村", "是否建档立卡", "家庭人口数", "核定搬迁人口", "核定日期", "安置方式", "安置类型",
    "安置点编码", "迁入地", "安置住房面积(㎡)", "套内面积(㎡)", "交房日期", "入住日期", "是否无房户", "旧房状态", "拆旧协议日期", "旧房拆除日期", "复垦日期",
    "保留旧房理由", "县级是否确认保留", "旧房是否回住", "一人户安置去向", "一人户安置说明", "备注",
)  # fmt: skip
_FORMS = iter(count())


@dataclass(frozen=True)
class Given:
    """The workbook, a second one with one row in a hundred changed, and a store that holds the first."""

    workbook: Path
    edited: Path
    folder: Path
    filled: Any


def lines(rows: int, changed: bool) -> Iterator[list[str | float]]:
    """Make the rows, the same ones every time."""
    chance = np.random.default_rng(20180905)
    persons = chance.integers(1, 8, rows)
    areas = np.round(persons * chance.uniform(18, 26, rows), 2)
    days = chance.integers(0, 900, rows)
    for n in range(rows):
        number = f"000000{1950 + n % 50}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
        dispersed, moved = n % 4 == 0, f"{2017 + int(days[n]) // 365}-{1 + n % 12:02d}-{1 + n % 28:02d}"
        area = float(areas[n]) + (1 if changed and n % 100 == 0 else 0)
        yield [
            f"H{n:07d}", f"演{chr(0x4E00 + n % 5000)}", number + check_digit(number), "411522", f"{'东西南北'[n % 4]}岭乡", f"第{n % 300}村", f"{n % 12}组",
            "是" if n % 20 else "否", float(persons[n]), float(persons[n]), f"2016-12-{1 + n % 28:02d}", "分散安置" if dispersed else "集中安置",
            "插花安置" if dispersed else "小城镇安置", "" if dispersed else f"S{n % 120:03d}", "" if dispersed else f"{n % 120}号安置点", area,
            round(area * 0.8, 2), moved, moved, "否", ("未拆", "已签协议", "已拆", "已复垦")[n % 4], "2017-05-06", moved if n % 4 > 1 else "", "", "", "", "否", "", "",
            f"备注{n % 5000}" if n % 3 == 0 else "",
        ]  # fmt: skip


def check_digit(seventeen: str) -> str:
    """Return the check digit of an ID number (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(seventeen, weights, strict=True)) % 11]


def write_workbook(path: Path, rows: int, changed: bool) -> None:
    """Write an ordinary workbook with shared strings, as Excel does; a writing library would take minutes."""
    strings: dict[str, int] = {}

    def cell(column: int, row: int, value: str | float) -> str:
        address = f"{chr(65 + column) if column < 26 else 'A' + chr(39 + column)}{row}"
        if isinstance(value, float):
            return f'<c r="{address}"><v>{value:g}</v></c>'
        return f'<c r="{address}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>' if value else ""

    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{space}"><sheetData>'.encode())
            for row, values in enumerate([list(HEADINGS), *()], 1):
                sheet.write(f'<row r="{row}">{"".join(cell(c, row, v) for c, v in enumerate(values))}</row>'.encode())
            for row, made in enumerate(lines(rows, changed), 2):
                sheet.write(f'<row r="{row}">{"".join(cell(c, row, v) for c, v in enumerate(made))}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        table = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}" count="{len(strings)}" uniqueCount="{len(strings)}">{table}</sst>')
        book.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{space}" xmlns:r="{rels}"><sheets><sheet name="搬迁户" sheetId="1" r:id="rId1"/></sheets></workbook>'
        )
        kinds = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
        links = "".join(f'<Relationship Id="rId{n}" Type="{rels}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(kinds, 1))
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{links}</Relationships>')
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        form = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = (("xl/workbook.xml", "sheet.main"), ("xl/worksheets/sheet1.xml", "worksheet"), ("xl/sharedStrings.xml", "sharedStrings"))
        said = "".join(f'<Override PartName="/{name}" ContentType="{form}.{kind}+xml"/>' for name, kind in parts)
        default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        book.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types">{default}{said}</Types>')


def prepare(scale: float) -> Given:
    """Write the workbooks and fill one store."""
    folder = Path(tempfile.mkdtemp(prefix="relocation-bench-"))
    rows = int(ROWS * scale)
    write_workbook(folder / "a.xlsx", rows, changed=False)
    write_workbook(folder / "b.xlsx", rows, changed=True)
    filled = _office(folder / "filled")
    _import(filled, folder / "a.xlsx")
    return Given(folder / "a.xlsx", folder / "b.xlsx", folder, filled)


def _office(home: Path) -> Any:
    from relocation.service.office import open_office

    return open_office(home)


def _import(store: Any, path: Path, **how: Any) -> Any:
    from relocation.service.importing import import_files

    (report,) = import_files(store, [path], now=NOW, **how)
    return report


def bare(given: Given) -> int:
    """Iterate over the cells with the reader alone."""
    from python_calamine import CalamineWorkbook

    with given.workbook.open("rb") as file:
        return sum(1 for _ in CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).iter_rows())


def first(given: Given) -> Any:
    """Import into an empty store."""
    store = _office(given.folder / f"home{next(_FORMS)}")
    report = _import(store, given.workbook)
    store.close()
    return report


def again(given: Given) -> Any:
    """Import what is stored already."""
    return _import(given.filled, given.workbook)


def compared(given: Given) -> Any:
    """Show, and do not store, what a workbook with one row in a hundred changed would change: every row is read and compared."""
    return _import(given.filled, given.edited, dry_run=True)


def judge(given: Given, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Say what each way did, so that speed is never bought by doing less."""
    done = {way: f"added {r.added}, changed {r.changed}, unchanged {r.unchanged}, refused {r.refused}" for way, r in answers.items() if way != "bare calamine"}
    return {**done, "workbook MB": round(given.workbook.stat().st_size / 1e6, 1)}


contest = Contest(
    "import of a workbook of households into the store",
    prepare=prepare,
    ways={"bare calamine": bare, "first import": first, "same file again": again, "1 % changed, dry run": compared},
    reference="bare calamine",
    facts=judge,
    targets={"first import": "≤ 2.5", "same file again": "≤ 1.5"},
    warm=False,
)

if __name__ == "__main__":
    contest.main(__spec__.name)
