"""The kinds of record the checks judge: every column with its unit, its meaning and its headings.

One declaration serves the whole house: intake recognises headings by it, the store makes its tables from it,
templates and pages print it, rules read it by attribute. A column added here exists everywhere.

In memory a kind of record is a frame of NumPy columns (`Records`); what a column holds follows from its `Kind`:

=========  ==========================  ==============================================
kind       NumPy column                a missing value is
=========  ==========================  ==============================================
TEXT       object (str)                "" or None
NUMBER     float64                     NaN
COUNT      float64, whole numbers      NaN (never an int8: sums wrapped silently there)
FLAG       int8, 1 yes, 0 no           -1
CHOICE     int8, the choice's number   -1
DAY        datetime64[D]               NaT
SHAPE      object (shapely, WGS-84)    None
=========  ==========================  ==============================================
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    DAY = "day"
    SHAPE = "shape"


class Choice(IntEnum):
    """A closed list of words; members are numbered from 0 and carry what people write for them."""

    zh: str
    en: str
    also: tuple[str, ...]

    def __new__(cls, number: int, zh: str = "", en: str = "", *also: str) -> "Choice":
        """Make one member: its number, its Chinese and English word, other spellings met in ledgers."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.zh, member.en, member.also = zh, en, also
        return member

    @property
    def id(self) -> str:
        """The stable name used in the database, in JSON and in cases."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def by_id(cls, text: str) -> "Choice":
        """Return the member of that stable name; KeyError when there is none."""
        return cls[text.upper().replace("-", "_")]


class Mode(Choice):
    """安置方式."""

    CONCENTRATED = 0, "集中安置", "concentrated", "集中"
    DISPERSED = 1, "分散安置", "dispersed", "分散"


class Resettlement(Choice):
    """安置类型: the accepted kinds of concentrated (first six) and dispersed resettlement."""

    WITHIN_VILLAGE = 0, "行政村内就近安置", "near by, inside the administrative village", "行政村内就近", "村内安置", "村内就近"
    NEW_VILLAGE = 1, "建设移民新村安置", "new migrant village", "建设移民新村", "移民新村", "新村安置"
    SMALL_TOWN = 2, "小城镇安置", "small town", "小城镇", "集镇安置", "城镇安置"
    INDUSTRIAL_PARK = 3, "产业园区安置", "industrial park", "产业园区", "工业园区安置", "产业集聚区安置"
    RURAL_TOURISM = 4, "乡村旅游区安置", "rural-tourism area", "乡村旅游区", "旅游景区安置"
    OTHER_CONCENTRATED = 5, "其他集中安置", "other concentrated", "其他"
    INFILL = 6, "插花安置", "in-fill among existing homes", "插花"
    WITH_RELATIVES = 7, "投亲靠友", "with relatives or friends", "投亲靠友安置"
    PURCHASE_OR_CASH = 8, "进城进镇购房或货币化安置", "home bought in town, or cash", "货币化安置", "货币化", "进城购房", "进镇购房", "进城进镇购房", "购房安置"


class Proximity(Choice):
    """四靠: what a site is near; the order is that of the field's own phrase."""

    COUNTY_SEAT = 0, "靠县城", "near a county seat", "县城", "靠近县城"
    TOWNSHIP = 1, "靠乡镇", "near a township", "乡镇", "集镇", "靠集镇", "靠近乡镇"
    INDUSTRIAL_PARK = 2, "靠产业园区", "near an industrial park", "产业园区", "园区", "靠园区", "产业集聚区", "靠产业集聚区"
    SCENIC_AREA = 3, "靠景区", "near a scenic area", "景区", "旅游区", "靠旅游区", "乡村旅游点", "靠旅游景区"
    NONE = 4, "均不靠", "none of the four", "无", "不靠"


class OldHouse(Choice):
    """旧房状态, in the order in which an old house goes through them."""

    STANDING = 0, "未拆", "standing", "未拆除", "在"
    AGREED = 1, "已签协议", "demolition agreed", "已签拆除协议", "签协议", "已签"
    DEMOLISHED = 2, "已拆", "demolished", "已拆除", "拆除"
    RECLAIMED = 3, "已复垦", "reclaimed", "复垦", "已拆除复垦", "已拆已复垦"


class Kept(Choice):
    """保留旧房的理由: houses that may stay, each with the county's confirmation."""

    TRADITIONAL_VILLAGE = 0, "传统村落", "listed traditional village", "中国传统村落", "列入传统村落"
    LISTING_APPLIED = 1, "申报传统村落", "applied for listing", "拟申报传统村落"
    SHARED_WALL = 2, "连体房", "shared wall with another household", "共墙", "联体房"
    OTHER = 3, "其他原因", "another reason", "其他"


class OnePerson(Choice):
    """一人户安置去向: ways out accepted where no flat of 25 m² exists."""

    OWN_FLAT = 0, "单独住房", "a flat of its own", "自住"
    CASH_OR_VOUCHER = 1, "货币化安置", "cash or housing voucher", "货币", "房票"
    CENTRAL_CARE = 2, "集中供养", "central care", "敬老院", "养老院", "五保集中供养"
    SHARED_HOME = 3, "合住共用", "shared home", "合住", "共用", "公租房合住"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of record.

    `unit` is the unit in store and rules ("m2", "yuan", "persons", "households", "deg", "m", "yuan/m2").
    `also` lists other headings met in staff's files. `personal` columns are masked wherever they are shown.
    `required` columns make a row unreadable when they are missing; any other may be missing.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    unit: str = ""
    meaning_zh: str = ""
    meaning_en: str = ""
    also: tuple[str, ...] = ()
    choices: type[Choice] | None = None
    several: bool = False  # TEXT listing several choices' ids, separated by one blank
    personal: bool = False
    required: bool = False
    asked: bool = True  # asked for in the blank workbook; False: filled in by the program


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its id in commands and JSON, its names, its columns in the order people expect."""

    id: str  # "site"; the ledger of it is "sites"
    ledger: str
    zh: str
    en: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)


_EMPTY: Mapping[Kind, tuple[Any, Any]] = {
    Kind.TEXT: (object, ""),
    Kind.NUMBER: (np.float64, np.nan),
    Kind.COUNT: (np.float64, np.nan),
    Kind.FLAG: (np.int8, -1),
    Kind.CHOICE: (np.int8, -1),
    Kind.DAY: ("datetime64[D]", np.datetime64("NaT", "D")),
    Kind.SHAPE: (object, None),
}


def empty_column(kind: Kind, rows: int) -> Array:
    """Return `rows` missing values of that kind."""
    dtype, missing = _EMPTY[kind]
    return np.full(rows, missing, dtype=dtype)


class Records:
    """Columns of one kind of record. Attribute access gives what a rule wants to read.

    A FLAG reads as a boolean array that is True only for a recorded yes; every other kind reads as stored.
    Which rows miss a column is found once and kept. A column that was not supplied reads as wholly missing.
    """

    def __init__(self, kind: RecordKind, columns: Mapping[str, Array], rows: int | None = None) -> None:
        """Hold `columns` (name → array, all of one length); `rows` is needed only when there are none."""
        known = {column.name for column in kind}
        if unknown := set(columns) - known:
            raise KeyError(f"{kind.id} has no column {', '.join(sorted(unknown))}")
        self.kind = kind
        self._columns = dict(columns)
        self._rows = rows if rows is not None else len(next(iter(columns.values())))
        self._missing: dict[str, npt.NDArray[np.bool_] | None] = {}
        self._grouped: dict[str, tuple[list[str], npt.NDArray[np.int64]]] = {}
        self._source: tuple[Records, Array] | None = None

    def __len__(self) -> int:
        return self._rows

    def stored(self, name: str) -> Array:
        """Return the column as stored (a FLAG as int8 with -1 for missing)."""
        if name not in self._columns:
            if self._source:
                whole, rows = self._source
                self._columns[name] = whole.stored(name)[rows]
            else:
                self._columns[name] = empty_column(self.kind.column(name).kind, self._rows)
        return self._columns[name]

    def __getattr__(self, name: str) -> Array:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            column = self.kind.column(name)
        except KeyError:
            raise AttributeError(f"{self.kind.id} has no column {name}") from None
        stored = self.stored(name)
        return stored == 1 if column.kind is Kind.FLAG else stored

    def missing(self, name: str) -> npt.NDArray[np.bool_] | None:
        """Return which rows miss the column, or None when none does."""
        if name not in self._missing:
            found = _missing(self.kind.column(name).kind, self.stored(name))
            self._missing[name] = found if found.any() else None
        return self._missing[name]

    def grouped(self, name: str) -> tuple[list[str], npt.NDArray[np.int64]]:
        """Return a TEXT column's distinct values, sorted, and each row's place among them."""
        if name not in self._grouped:
            met: defaultdict[str | None, int] = defaultdict(count().__next__)
            number = np.fromiter(map(met.__getitem__, self.stored(name)), dtype=np.int64, count=self._rows)
            names = sorted({text or "" for text in met})
            position = {text: i for i, text in enumerate(names)}
            place = np.array([position[text or ""] for text in met], dtype=np.int64)
            self._grouped[name] = names, place[number] if len(met) else number
        return self._grouped[name]

    def take(self, rows: Array) -> "Records":
        """Return the named rows (an index or boolean array) as records of their own; columns are copied when first read."""
        count = int(rows.sum()) if rows.dtype == np.bool_ else len(rows)
        taken = Records(self.kind, {}, count)
        taken._source = self, rows
        return taken


def _missing(kind: Kind, stored: Array) -> npt.NDArray[np.bool_]:
    if kind in (Kind.NUMBER, Kind.COUNT):
        return np.isnan(stored)
    if kind is Kind.DAY:
        return np.isnat(stored)
    if kind in (Kind.FLAG, Kind.CHOICE):
        return np.asarray(stored < 0)
    if kind is Kind.SHAPE:
        return np.array([shape is None for shape in stored], dtype=np.bool_)
    return ~np.asarray(stored, dtype=np.bool_)  # "" and None are both falsy
