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
from collections.abc import Callable, Iterator, Mapping, Sequence
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


class Secret(Enum):
    """What is never kept, shown or written in plain: the store seals it, pages mask it, and equal ones are found by a keyed mark."""

    ID_NUMBER = "id-number"
    BANK_CARD = "bank-card"
    PHONE = "phone"
    ILLNESS = "illness"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of record.

    `unit` is the unit in store and rules ("m2", "yuan", "persons", "households", "deg", "m", "yuan/m2").
    `also` lists other headings met in staff's files. `personal` columns are masked wherever they are shown.
    A column with a `secret` is personal and a text; two columns with the same secret are compared with each other.
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
    secret: Secret | None = None
    required: bool = False
    zero: bool = False  # 0 is an answer here, not a blank somebody filled in
    asked: bool = True  # asked for in the blank workbook; False: filled in by the program
    made: bool = False  # filled in by the program alone: no heading of a file is taken for it


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its id in commands and JSON, its names, its columns in the order people expect."""

    id: str  # "site"; the ledger of it is "sites"
    ledger: str
    zh: str
    en: str
    columns: tuple[Column, ...]

    def __hash__(self) -> int:
        return hash(self.id)  # its columns need not be looked at to tell it apart

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def secrets(self) -> tuple[Column, ...]:
        """The columns that are kept sealed."""
        return tuple(column for column in self.columns if column.secret)

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


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column kept sealed until somebody reads it: opening costs more than reading, and most who read a record never look at its secrets.

    `kept` is what is kept of each row, in arrays of one length; `opened` makes the column's values of them.
    """

    opened: Callable[..., Array]
    kept: tuple[Array, ...]

    def open(self) -> Array:
        """Return the values."""
        return self.opened(*self.kept)

    def take(self, rows: Array) -> "Sealed":
        """Return the named rows (an index or boolean array), as sealed as before."""
        return Sealed(self.opened, tuple(kept[rows] for kept in self.kept))

    def patched(self, at: Array, by: "Sealed") -> "Sealed":
        """Return the column with the rows `at` replaced."""
        copies = tuple(kept.copy() for kept in self.kept)
        for copy, new in zip(copies, by.kept, strict=True):
            copy[at] = new
        return Sealed(self.opened, copies)


def _end_to_end(parts: Sequence[Sealed]) -> Sealed:
    return Sealed(parts[0].opened, tuple(np.concatenate(kept) for kept in zip(*(part.kept for part in parts), strict=True)))


class Records:
    """Columns of one kind of record. Attribute access gives what a rule wants to read.

    A FLAG reads as a boolean array that is True only for a recorded yes; every other kind reads as stored.
    Which rows miss a column is found once and kept. A column that was not supplied reads as wholly missing.
    """

    def __init__(self, kind: RecordKind, columns: Mapping[str, Array], rows: int | None = None, sealed: Mapping[str, Sealed] | None = None) -> None:
        """Hold `columns` (name → array, all of one length) and those still sealed; `rows` is needed only when there are no columns."""
        known = {column.name for column in kind}
        if unknown := {*columns, *(sealed or ())} - known:
            raise KeyError(f"{kind.id} has no column {', '.join(sorted(unknown))}")
        self.kind = kind
        self._columns = dict(columns)
        self._sealed = dict(sealed or {})
        self._rows = rows if rows is not None else len(next(iter(columns.values())))
        self._missing: dict[str, npt.NDArray[np.bool_] | None] = {}
        self._grouped: dict[str, tuple[list[str], npt.NDArray[np.int64]]] = {}
        self._paired: dict[str, tuple[list[tuple[str, str]], npt.NDArray[np.int64]]] = {}
        self._source: tuple[Records, Array] | None = None

    def __len__(self) -> int:
        return self._rows

    def held(self) -> tuple[str, ...]:
        """Return the names of the columns that are held now, in their order; every other one is wholly missing, or not yet asked for."""
        return tuple(self._columns)

    def stored(self, name: str) -> Array:
        """Return the column as stored (a FLAG as int8 with -1 for missing)."""
        if name not in self._columns:
            sealed = self.sealed(name)
            if sealed is not None:
                self._columns[name] = sealed.open()
            elif self._source:
                whole, rows = self._source
                self._columns[name] = whole.stored(name)[rows]
            else:
                self._columns[name] = empty_column(self.kind.column(name).kind, self._rows)
        return self._columns[name]

    def sealed(self, name: str, *, though_opened: bool = False) -> Sealed | None:
        """Return the column as it is kept while nobody has opened it (`though_opened`: even then); None when it lies open.

        Of few rows taken from many only those are opened; of most of them all, once for everybody who takes from them.
        """
        if name in self._columns and not though_opened:
            return None
        if name not in self._sealed and self._source:
            whole, rows = self._source
            if 2 * self._rows > len(whole) or (kept := whole.sealed(name)) is None:
                return None
            self._sealed[name] = kept.take(rows)
        return self._sealed.get(name)

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

    def paired(self, first: str, second: str) -> tuple[list[tuple[str, str]], npt.NDArray[np.int64]]:
        """Return the distinct pairs of two TEXT columns, sorted, and each row's place among them."""
        name = f"{first}/{second}"
        if name not in self._paired:
            firsts, first_of = self.grouped(first)
            seconds, second_of = self.grouped(second)
            key = first_of * len(seconds) + second_of
            present = np.zeros(len(firsts) * len(seconds), dtype=np.bool_)
            present[key] = True
            place = np.cumsum(present, dtype=np.int32) - 1  # a table instead of a search: millions of rows, few pairs
            pairs = [(firsts[number // len(seconds)], seconds[number % len(seconds)]) for number in np.flatnonzero(present).tolist()]
            self._paired[name] = pairs, place[key].astype(np.int64)
        return self._paired[name]

    def patched(self, at: Array, edited: "Records") -> "Records":
        """Return the records with those at the rows `at` replaced by the edited ones; what was found of columns that stay is kept."""
        kept = {
            column.name: (one, other)
            for column in self.kind.secrets
            if (one := self.sealed(column.name)) and (other := edited.sealed(column.name, though_opened=True))
        }
        columns = {column.name: self.stored(column.name) for column in self.kind if column.name not in kept}
        patched = Records(self.kind, columns, self._rows, {name: one.patched(at, other) for name, (one, other) in kept.items()})
        differing = {name for name, column in columns.items() if not _same(column[at], edited.stored(name))}
        for name in differing:
            patched._columns[name] = columns[name].copy()
            patched._columns[name][at] = edited.stored(name)
        patched._missing = {name: found for name, found in self._missing.items() if name not in differing}
        patched._grouped = {name: found for name, found in self._grouped.items() if name not in differing}
        patched._paired = {name: found for name, found in self._paired.items() if not differing & set(name.split("/"))}
        return patched

    def take(self, rows: Array) -> "Records":
        """Return the named rows (an index or boolean array) as records of their own; columns are copied when first read."""
        count = int(rows.sum()) if rows.dtype == np.bool_ else len(rows)
        taken = Records(self.kind, {}, count)
        taken._source = self, rows
        return taken


def joined(parts: Sequence[Records]) -> Records:
    """Return records of one kind as one frame in the order of county and code, each once: where two parts hold one, as the first has it."""
    some = [part for part in parts if len(part)] or list(parts[:1])
    if len(some) == 1:
        return some[0]
    kept = {column.name: [part.sealed(column.name) for part in some] for column in some[0].kind if column.secret}
    sealed = {name: _end_to_end([one for one in parts if one]) for name, parts in kept.items() if all(parts)}
    columns = {column.name: np.concatenate([part.stored(column.name) for part in some]) for column in some[0].kind if column.name not in sealed}
    first: dict[tuple[str, str], int] = {}
    for row, key in enumerate(zip(columns["county"], columns["code"], strict=True)):
        first.setdefault(key, row)
    rows = np.array([first[key] for key in sorted(first)], dtype=np.intp)
    return Records(some[0].kind, {name: column[rows] for name, column in columns.items()}, sealed={name: one.take(rows) for name, one in sealed.items()})


def _same(one: Array, other: Array) -> bool:
    """Tell whether two columns hold the same; a missing value is the same as another."""
    if one.dtype == object:
        return all(a is b or a == b or (not a and not b) for a, b in zip(one.tolist(), other.tolist(), strict=True))
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fM"))


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
