"""Finds the heading in a sheet and says which column is which field, by the headings every record kind declares.

A heading may stand in any of the first ten rows, take one row or two (a group above its leaves), carry a unit in brackets or
in a row of its own, and be spelt with any width, case and blanks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType

from checks.records import Column, Kind, RecordKind
from relocation.intake.sheet import Merge, Row
from relocation.intake.units import UNITS, Unit, fits, plain, unit_of
from relocation.intake.values import is_blank, text_of

HEADING_ROWS = 10
_SERIAL = frozenset({"序号", "序", "no", "no.", "#", "编号序号", "行号"})
_OF_WHICH = re.compile(r"^其中[:：、,，]?(?=.)")
_MARKS = re.compile(r"[\s*＊:：_·.、,，/\\\-]+")
_BRACKET = re.compile(r"[(\[【<《]([^()\[\]【】<>《》]*)[)\]】>》]")
_TRAILING_UNIT = re.compile(r"(.+?)[/:_\-,、]?(?:单位[:]?)?(" + "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True))) + ")")

# Headings of positions that are no column of their own: joined pairs, and the pair of a plane grid.
LAYER_NAME = Column(
    "name",
    Kind.TEXT,
    "名称",
    "Name",
    also=(
        "name",
        "地名",
        "点名",
        "设施名称",
        "title",
        "mc",
        "景区名称",
        "园区名称",
        "乡镇名称",
        "县名称",
        "geonames_name",
        "xzmc",
        "县",
        "县区",
        "county",
        "geonames_name",
    ),
    required=True,
)
PAIRED = Column(
    "pair",
    Kind.TEXT,
    "坐标",
    "Coordinates",
    also=("经纬度", "坐标(经度,纬度)", "经纬度坐标", "位置坐标", "地理坐标", "中心坐标", "点位坐标", "lonlat", "coordinate", "position"),
)
EAST = Column("east", Kind.NUMBER, "东坐标", "Easting", also=("横坐标", "横坐标y", "y坐标(东)", "东坐标y", "e坐标"))
NORTH = Column("north", Kind.NUMBER, "北坐标", "Northing", also=("纵坐标", "纵坐标x", "x坐标(北)", "北坐标x", "n坐标"))
GRID_X = Column("grid_x", Kind.NUMBER, "X坐标", "X", also=("x", "坐标x", "x值"))
GRID_Y = Column("grid_y", Kind.NUMBER, "Y坐标", "Y", also=("y", "坐标y", "y值"))
# What says whom or what a row is about, where that is not what the kind requires: a code can be made where there is none.
IDENTITY = {
    "household": {"head_name"},
    "site": {"code", "name"},
    "fund": {"code", "amount_yuan"},
    "funding": {"code", "total_yuan"},
    "reported": {"code", "item"},
}
POSITION_COLUMNS = (PAIRED, EAST, NORTH, GRID_X, GRID_Y)


@dataclass(frozen=True, slots=True)
class Field:
    """One recognised column of the sheet: where it stands, which field it is, its heading and unit as written."""

    at: int  # column, counted from 0 in the sheet's rows
    column: Column
    heading: str
    unit: Unit | None = None
    spelling: str = ""  # the way of reading the heading that was known


@dataclass(frozen=True, slots=True)
class Heading:
    """What a sheet's heading says. `first` and `last` are its rows, counted from 0; data begin after `last` and `extra` rows."""

    kind: RecordKind
    first: int
    last: int
    fields: tuple[Field, ...]
    unknown: tuple[tuple[int, str], ...]
    serial: tuple[int, ...]
    score: int
    doubles: tuple[tuple[Field, Field], ...] = ()  # the same heading twice
    spare: tuple[tuple[Field, Field], ...] = ()  # (left out, taken): two headings of one meaning
    rival: RecordKind | None = None  # another kind that these headings fit just as well


def key(text: str) -> str:
    """Return a heading without width, case, blanks and marks."""
    return _MARKS.sub("", plain(text))


def readings(text: str) -> list[tuple[str, Unit | None]]:
    """Return the ways to read a heading, likeliest first: as it is, without a unit in brackets or at its end, without brackets."""
    return list(_remembered(text) if len(text) <= LONGEST_REMEMBERED else _readings(text))


LONGEST_REMEMBERED = 40
"""Headings are shorter, and each is asked about for every kind of record; what is longer is a title or a note."""


@lru_cache(maxsize=2048)
def _remembered(text: str) -> tuple[tuple[str, Unit | None], ...]:
    return tuple(_readings(text))


def _readings(text: str) -> list[tuple[str, Unit | None]]:
    whole, units = plain(text), []
    bare = whole
    for inside in _BRACKET.findall(whole):
        if (unit := unit_of(inside)) is not None:
            units.append(unit)
            bare = re.sub(rf"[(\[【<《]{re.escape(inside)}[)\]】>》]", "", bare)
    unit = units[0] if units else None
    ways = [(key(whole), unit), (key(bare), unit)]
    if unit is None and (found := _TRAILING_UNIT.fullmatch(bare)):
        ways.append((key(found[1]), UNITS[found[2]]))
    stripped = _BRACKET.sub("", bare)
    return ways + ([(key(stripped), unit)] if key(stripped) else [])


@cache
def _vocabulary(columns: tuple[Column, ...]) -> Mapping[str, tuple[int, Column]]:
    """Map every spelling to its column and rank; a column's own name ranks before its synonyms."""
    known: dict[str, tuple[int, Column]] = {}
    for column in columns:
        for rank, text in enumerate((column.zh, column.name, column.en, *column.also)):
            for spelling in (key(text), *(way for way, unit in readings(text) if unit is not None)):
                if spelling not in known or rank < known[spelling][0]:
                    known[spelling] = (rank, column)
    return MappingProxyType(known)


def identity(kind: RecordKind) -> set[str]:
    """Return the columns one of which says whom or what a record is about."""
    return IDENTITY.get(kind.id) or {column.name for column in kind if column.required}


def placed(kind: RecordKind) -> bool:
    """Tell whether records of a kind have a position of their own."""
    return any(column.name == "lon" for column in kind)


class Recogniser:
    """Knows the headings of some kinds of record and finds the best heading in the first rows of a sheet."""

    def __init__(self, kinds: Sequence[RecordKind], extra: Sequence[Column] = POSITION_COLUMNS) -> None:
        """Prepare the spellings of `kinds`; `extra` columns belong to every kind that has a position."""
        self.kinds = kinds
        self.known: Mapping[str, Mapping[str, tuple[int, Column]]] = {
            kind.id: _vocabulary((*(extra if placed(kind) else ()), *(c for c in kind if c.kind is not Kind.SHAPE and not c.made))) for kind in kinds
        }

    def find(self, rows: Sequence[Row], merges: Sequence[Merge], left: int) -> Heading | None:
        """Return the best heading among the first rows, or None when no kind's identity can be found there."""
        best, highest = None, 0.0
        for first in range(min(HEADING_ROWS, len(rows))):
            for last in (first, first + 1):
                if last >= len(rows):
                    continue
                for kind in self.kinds:
                    heading = self._read(kind, rows, first, last, merges, left)
                    rank = heading.score + _second_row(rows, heading)
                    if heading.score and rank > highest:
                        best, highest = heading, rank
                    elif heading.score and rank == highest and best is not None and (first, last) == (best.first, best.last):
                        best = replace(best, rival=kind)
        return best

    def _read(self, kind: RecordKind, rows: Sequence[Row], first: int, last: int, merges: Sequence[Merge], left: int) -> Heading:
        titles = _titles(rows, first, last, merges, left)
        known = self.known[kind.id]
        leaves = [key(_OF_WHICH.sub("", leaf)) for _, leaf in titles]
        found: list[tuple[int, Field]] = []
        unknown, serial = [], []
        for at, (group, leaf) in enumerate(titles):
            if not group and not leaf:
                continue
            whole = f"{group} {leaf}".strip()
            if key(leaf or group) in _SERIAL:
                serial.append(at)
                continue
            leaf = _OF_WHICH.sub("", leaf)
            ways = readings(group + leaf) + (readings(leaf + group) if group and leaf else [])
            if leaf and (not group or leaves.count(key(leaf)) == 1):
                ways += readings(leaf)
            if not leaf or unit_of(leaf):
                ways += [(spelling, unit or unit_of(leaf)) for spelling, unit in readings(group)]
            match = next(((spelling, unit) for spelling, unit in ways if spelling in known), None)
            if match is None:
                unknown.append((at, whole))
            else:
                rank, column = known[match[0]]
                unit = match[1] or _unit_of_group(group, column, whole)
                found.append((rank, Field(at, column, whole, unit, match[0])))
        return self._settle(kind, first, last, found, unknown, serial)

    def _settle(self, kind: RecordKind, first: int, last: int, found: list[tuple[int, Field]], unknown: list[tuple[int, str]], serial: list[int]) -> Heading:
        taken: dict[str, tuple[int, Field]] = {}
        doubles: list[tuple[Field, Field]] = []
        spare: list[tuple[Field, Field]] = []
        for rank, one in found:
            other = taken.get(one.column.name)
            if other is None or rank < other[0]:
                taken[one.column.name] = (rank, one)
                one, other = (other[1], (rank, one)) if other else (one, None)
            if other is not None:
                same = key(one.heading) == key(other[1].heading)
                (doubles if same else spare).append((one, other[1]))
        fields = tuple(one for _, one in taken.values())
        heading = Heading(kind, first, last, fields, tuple(unknown), tuple(serial), 0, tuple(doubles), tuple(spare))
        return replace(heading, score=self._score(kind, fields))

    def _score(self, kind: RecordKind, fields: tuple[Field, ...]) -> int:
        """Count the fields, those only this kind knows twice, its own code four times; 0 when nothing says who or what a row is about."""
        names = {one.column.name for one in fields if key(one.heading) != "name" or len(self.kinds) == 1}
        if not names & identity(kind) or len(fields) < 2:
            return 0
        others = [known for id, known in self.known.items() if id != kind.id]
        own = [all(one.spelling not in known for known in others) for one in fields]
        return sum(1 + mine * (3 if one.column.name == "code" else 1) for one, mine in zip(fields, own, strict=True))


def _unit_of_group(group: str, column: Column, heading: str) -> Unit | None:
    """Return the unit a group's name carries ("投资（万元）") for a column below it that has none and can be measured by it."""
    if column.kind not in (Kind.NUMBER, Kind.COUNT):
        return None
    return next((unit for _, unit in readings(group) if unit is not None and fits(unit, column.unit, heading)), None)


def _second_row(rows: Sequence[Row], heading: Heading) -> float:
    """Break ties: a second row belongs to the heading if it is blank below every field that the first row names by itself."""
    if heading.first == heading.last:
        return 0.0
    below = [_title(rows[heading.last], at) for at in range(len(rows[heading.last]))]
    if any(below) and all(unit_of(title) for title in below if title):  # a row of units is read as such
        return -0.5
    own = [one.at for one in heading.fields if _title(rows[heading.first], one.at) and key(_title(rows[heading.first], one.at)) == key(one.heading)]
    own += [at for at in heading.serial if _title(rows[heading.first], at)]
    return 0.5 if own and not any(_title(rows[heading.last], at) for at in own) else -0.5


def _titles(rows: Sequence[Row], first: int, last: int, merges: Sequence[Merge], left: int) -> list[tuple[str, str]]:
    """Return (group, leaf) of every column; a one-row heading has leaves only."""
    width = max(len(rows[first]), len(rows[last]))
    top = [_title(rows[first], at) for at in range(width)]
    if first == last:
        return [("", title) for title in top]
    below = [_title(rows[last], at) for at in range(width)]
    spread = _spread(top, below, [merge for merge in merges if merge.top <= first <= merge.bottom and merge.right > merge.left], left)
    return [(group if group != leaf else "", leaf) for group, leaf in zip(spread, below, strict=True)]


def _spread(top: list[str], below: list[str], merges: Sequence[Merge], left: int) -> list[str]:
    """Carry a group's name over the columns it is merged across; where nothing says so, over blank cells with a leaf below."""
    spread = list(top)
    for merge in merges:
        for at in range(max(merge.left - left, 0), min(merge.right - left + 1, len(top))):
            spread[at] = top[max(merge.left - left, 0)]
    if not merges:
        for at in range(1, len(top)):
            if not top[at] and below[at]:
                spread[at] = spread[at - 1]
    return spread


def _title(row: Row, at: int) -> str:
    cell = row[at] if at < len(row) else ""
    return "" if is_blank(cell) and cell != "#" else re.sub(r"\s+", "" if re.search(r"[一-鿿]", text_of(cell)) else " ", text_of(cell)).strip()


@dataclass(slots=True)
class Extra:
    """Rows right below the heading that are no data: units, column numbers. `units` maps column → unit."""

    rows: int = 0
    units: dict[int, Unit] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)  # (rows below the heading, "unit" or "numbers")


def extra_rows(rows: Sequence[Row]) -> Extra:
    """Look at the first rows below a heading for a row of units and a row of column numbers."""
    extra = Extra()
    for row in rows[:2]:
        filled = [(at, cell) for at, cell in enumerate(row) if not is_blank(cell)]
        units = {at: unit for at, cell in filled if isinstance(cell, str) and (unit := unit_of(cell))}
        if units and (len(units) == len(filled) or (len(filled) >= 4 and len(units) == len(filled) - 1)):
            extra.units |= units
            extra.notes.append((extra.rows, "unit"))
        elif _numbering([text_of(cell) for _, cell in filled]):
            extra.notes.append((extra.rows, "numbers"))
        else:
            break
        extra.rows += 1
    return extra


def _numbering(texts: list[str]) -> bool:
    """Say whether texts count the columns: 1 2 3 4, or 甲 乙 1 2 3."""
    numbers = [text for text in texts if text not in "甲乙丙丁戊"]
    return len(numbers) >= 3 and numbers == [str(number) for number in range(1, len(numbers) + 1)] and numbers == texts[len(texts) - len(numbers) :]


_SHEET_UNIT = re.compile(r"(?:计量)?单位\s*[:：]\s*([^)\]】]+)")


def sheet_units(texts: Iterable[str]) -> dict[str, list[Unit]]:
    """Return the units a line above the heading declares for the whole sheet ("单位：万元、㎡"), by measure."""
    units: dict[str, list[Unit]] = {}
    for text in texts:
        if found := _SHEET_UNIT.search(text):
            parts = [unit_of(part) for part in re.split(r"[、,，;；\s]+", found[1].strip()) if part]
            if all(parts):
                for unit in parts:
                    if unit and unit not in units.setdefault(unit.measure, []):
                        units[unit.measure].append(unit)
    return units
