"""A sheet as every format gives it: rows of cells, merged areas, and where the first column stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Cell = Any  # str, float, bool, datetime.date, datetime.datetime, datetime.time, datetime.timedelta; "" is blank
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """Rows from row 1 on (blank ones too). `left` is how many blank columns were cut off; rows may be ragged.

    origin     : "workbook", "old-workbook", "text" or "vector"; decides how addresses read and whether bare numbers can be days
    since_1904 : the workbook counts days from 1904
    """

    name: str
    height: int
    rows: Iterator[Row]
    origin: str = "workbook"
    left: int = 0
    merges: list[Merge] = field(default_factory=list)
    since_1904: bool = False
    hidden: bool = False
    labels: list[str] = field(default_factory=list)  # vector files: the attributes' names
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)  # failed formulas, which the rows have as blank: (row, column) from 0

    def letter(self, column: int) -> str:
        """Return what an address in that column (counted from 0) begins with: "F", or "名称#" in vector files."""
        return f"{self.labels[column]}#" if self.labels else letter(column + self.left)

    def number(self, index: int) -> int:
        """Return the number people know a row by (index counted from 0): its row in Excel, or the feature's number."""
        return index if self.labels else index + 1


def letter(column: int) -> str:
    """Return "A" for 0, "AA" for 26."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
