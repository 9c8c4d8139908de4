"""Reading a workbook of 200,000 households × 30 columns: bare calamine, calamine behind our guard, and the typed, validated ledger.

`python -m benchmarks.import_workbook [--scale 0.1]`. The workbook is made once, outside the clock.
"""

import random
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measure import Contest

ROWS = 200_000
HEADINGS = [
    "户编号",
    "户主姓名",
    "身份证号",
    "乡镇",
    "行政村",
    "自然村",
    "是否建档立卡",
    "家庭人口数",
    "核定搬迁人口",
    "核定日期",
    "安置方式",
    "安置类型",
    "安置点编码",
    "迁入地",
    "经度",
    "纬度",
    "坐标系",
    "四靠类型",
    "依托对象",
    "安置住房面积(㎡)",
    "套内面积(㎡)",
    "交房日期",
    "入住日期",
    "是否无房户",
    "旧房状态",
    "拆旧协议日期",
    "旧房拆除日期",
    "复垦日期",
    "县级是否确认保留",
    "备注",
]
_DAYS = frozenset({9, 21, 22, 25, 26, 27})


@cache
def make(scale: float) -> Path:
    """Write the workbook (always the same for one scale) and return its path."""
    import numpy as np
    import xlsxwriter

    from relocation.intake.identity import check_characters

    chance = random.Random(20181231)
    path = Path(tempfile.mkdtemp(prefix="relocation-bench-")) / "搬迁户.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    for at in range(1, int(ROWS * scale) + 1):
        persons = chance.randrange(1, 8)
        number = f"999999{chance.randrange(1940, 2000)}{chance.randrange(1, 13):02}{chance.randrange(1, 28):02}{chance.randrange(1000):03}"
        number += chr(check_characters(np.array([[int(digit) for digit in number]]))[0])
        row = [
            f"H{at:07}", f"户主{at % 5000}", number, f"乡{at % 19}", f"村{at % 300}", f"组{at % 1500}", "是" if at % 3 else "否", persons, persons, 42_000 + at % 900,
            "集中安置" if at % 4 else "分散安置", "小城镇安置", f"S{at % 900:04}", f"安置点{at % 900}", 114.7 + chance.random() / 3, 31.8 + chance.random() / 3, "CGCS2000",
            "靠乡镇", f"目标{at % 50}", round(persons * 25 - chance.random() * 5, 2), round(persons * 20.0, 1), 43_000 + at % 500, 43_100 + at % 500, "否", "已拆",
            43_000 + at % 500, 43_200 + at % 500, 43_300 + at % 500, "否", f"备注{at % 40}",
        ]  # fmt: skip
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, place, cell)
            else:
                sheet.write_number(at, place, cell, day if place in _DAYS else None)
    book.close()
    return path


def bare(path: Path) -> int:
    """Iterate the rows with calamine, and nothing else."""
    import python_calamine

    with path.open("rb") as file:
        sheet = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        return sum(1 for _ in sheet.iter_rows()) - 1


def guarded(path: Path) -> int:
    """Run the guard alone."""
    from relocation.intake.guard import Guard
    from relocation.intake.workbook_guard import check_workbook

    check_workbook(Guard(path, path.name))
    return 0


def ours(path: Path) -> int:
    """Guard, read, recognise, type, validate, convert positions, look for double codes."""
    from relocation.intake import read_all

    read = read_all(path)[0]
    assert not read.refusals
    return read.read


def facts(_: Path, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return how many rows each way gave."""
    return {f"rows, {way}": rows for way, rows in answers.items()}


contest = Contest(
    "a workbook of 200,000 × 30 into a typed ledger",
    prepare=make,
    ways={"bare python-calamine": bare, "our guard alone": guarded, "ours": ours},
    reference="bare python-calamine",
    facts=facts,
    targets={"ours": "at most 2 × bare; at least 25,000 rows/s; at most 1.2 GB"},
)

if __name__ == "__main__":
    contest.main("benchmarks.import_workbook")
