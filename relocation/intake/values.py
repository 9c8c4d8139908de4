"""Cells to values: numbers with units, counts, days, yes and no, words from a list, texts.

Each reader takes a whole column of cells and parses each distinct cell once. What cannot be read is returned as `Bad`, never
dropped and never guessed: a month without a day is no day, "约120" is no area, 0 persons is no count, nobody has 5,000 m².
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from checks.choices import OldHouse
from checks.records import Array, Choice, Column, Kind
from relocation.intake.days import Unreadable, day_of
from relocation.intake.error_cells import is_error
from relocation.intake.identity import identity_faults
from relocation.intake.plausible import MOST
from relocation.intake.refusal import Fact, Words
from relocation.intake.units import AS_WRITTEN, UNITS, Unit, fits, plain

BLANK = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "\\\\", "…", "null", "none"})
DAY = "datetime64[D]"
EXACT_FLOAT = 10.0**15  # from here on Excel has already lost digits


class Bad(NamedTuple):
    """A cell that cannot be read: its row in the chunk, why, and what the wording needs."""

    row: int
    code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Source:
    """How a column is written in this sheet: its heading, its unit, what bare numbers may mean."""

    column: Column
    heading: str
    unit: Unit | None = None
    serial_days: bool = True  # bare numbers may be Excel's day numbers
    since_1904: bool = False
    seen: dict[Hashable, Any] = field(default_factory=dict)  # distinct cell → parsed (or missing); lives for the whole sheet
    faults: dict[Hashable, Unreadable] = field(default_factory=dict)  # those of them that cannot be read


def is_blank(cell: object) -> bool:
    """Say whether a cell holds nothing: empty, or a dash people put where nothing is known."""
    if cell is None or cell == "":
        return True
    return isinstance(cell, str) and len(text := cell.strip()) <= 4 and plain(text) in BLANK


def read_column(source: Source, cells: Sequence[Any]) -> tuple[Array, list[Bad]]:
    """Return the column's values (missing where blank or unreadable) and the unreadable cells."""
    kind = source.column.kind
    if source.column.name == "id_number":
        texts, bad = _parsed(source, cells, _identity_text, object)
        return texts, bad + [Bad(row, code, {}) for row, code in identity_faults(texts, {fault.row for fault in bad})]
    if kind in (Kind.NUMBER, Kind.COUNT):
        return _numbers(source, cells)
    parse, dtype = _PARSERS[kind]
    values, bad = _parsed(source, cells, parse, dtype)
    return values, bad


def readable(cell: Any) -> Any:
    """Return the cell; Unreadable("error-cell") when it shows a failed formula."""
    if is_error(cell):
        raise Unreadable("error-cell", {"error": cell.strip()})
    return cell


def _keyed(cells: Sequence[Any]) -> Sequence[Any]:
    """Return cells in which a yes/no is told from 1 and 0, which Python takes for the same key."""
    return [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells] if bool in map(type, cells) else cells


def _parsed(source: Source, cells: Sequence[Any], parse: Callable[[Source, Any], Any], dtype: Any) -> tuple[Array, list[Bad]]:
    cells, seen, faults = _keyed(cells), source.seen, source.faults
    for cell in set(cells).difference(seen):
        try:
            seen[cell] = parse(source, readable(cell) if type(cell) is str and cell[:1] in "# " else cell)
        except Unreadable as fault:
            faults[cell], seen[cell] = fault, parse(source, "")
    bad = [Bad(row, faults[cell].code, faults[cell].facts) for row, cell in enumerate(cells) if cell in faults] if faults else []
    return _array(list(map(seen.__getitem__, cells)), dtype), bad


def _array(values: list[Any], dtype: Any) -> Array:
    if dtype is object:
        array = np.empty(len(values), object)
        array[:] = values
        return array
    if dtype == DAY:
        return np.array(values, np.int64).view(DAY)
    return np.array(values, dtype)


def _numbers(source: Source, cells: Sequence[Any]) -> tuple[Array, list[Bad]]:
    """Numbers typed as numbers go through as an array; only texts are parsed one distinct cell at a time."""
    types = set(map(type, cells))
    if types <= {float, int}:
        values: Array = np.array(cells, np.float64)
        bad: list[Bad] = []
    elif types <= {float, int, str} and cells.count("") == sum(type(cell) is str for cell in cells):
        values, bad = np.array([np.nan if cell == "" else cell for cell in cells], np.float64), []
    else:
        values, bad = _parsed(source, cells, _number, np.float64)
        return _limited(source, values, bad)
    if (unit := source.unit) is not None and unit.factor != 1:
        values = np.array([unit.scaled(repr(value)) for value in values.tolist()], np.float64)
    return _limited(source, values, bad)


def _limited(source: Source, values: Array, bad: list[Bad]) -> tuple[Array, list[Bad]]:
    column = source.column
    present = ~np.isnan(values)
    faults = {"not-finite": np.isinf(values)}
    if column.unit != "deg":
        faults["negative"] = present & (values < 0)
    if column.unit in ("m2", "yuan", "yuan/m2", "persons") and not column.zero:
        faults["zero"] = present & (values == 0)
    if column.kind is Kind.COUNT:
        faults["not-whole"] = present & np.isfinite(values) & (values > 0) & (values != np.floor(values))
    facts: Mapping[str, Fact] = {}
    if (most := MOST.get(column.name)) is not None:
        faults["implausible"] = np.isfinite(values) & (values > most)
        facts = {"most": most, "unit": unit_words(column.unit)}
    for code, rows in faults.items():
        if rows.any():
            bad += [Bad(int(row), code, facts) for row in np.flatnonzero(rows)]
            values = np.where(rows, np.nan, values)
    return values, bad


_NUMBER = re.compile(r"(?P<mark>[¥$]?)(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,3})?|[+-]?\.\d+)(?P<unit>[^\d.,].*)?")


def _number(source: Source, cell: Any) -> float:
    """Parse one cell; a unit of its own goes before the column's."""
    unit = source.unit or AS_WRITTEN
    if isinstance(cell, (int, float)):
        return unit.scaled(repr(cell))
    if not isinstance(cell, str):
        raise Unreadable("not-a-number")
    text = plain(cell).lstrip("'")
    if text in BLANK:
        return np.nan
    found = _NUMBER.fullmatch(text)
    if found is None or found["mark"] == "$":
        raise Unreadable("not-a-number")
    number = found["number"].replace(",", "")
    if not found["unit"]:
        return unit.scaled(number)
    own = UNITS.get(found["unit"].strip("()"))
    if own is None:
        raise Unreadable("not-a-number")
    fitting = fits(own, source.column.unit, source.heading)
    if fitting is None and not source.column.unit:
        raise Unreadable("unit-apart")
    if fitting is None:
        raise Unreadable("unit-misfit", {"unit": found["unit"], "wanted": unit_words(source.column.unit)})
    return fitting.scaled(number)


UNIT_WORDS = {
    "m2": Words("平方米", "m²"), "yuan": Words("元", "yuan"), "yuan/m2": Words("元/平方米", "yuan/m²"), "m": Words("米", "m"),
    "persons": Words("人", "persons"), "households": Words("户", "households"), "homes": Words("套", "homes"), "deg": Words("度", "degrees"),
}  # fmt: skip


def unit_words(measure: str) -> Words:
    """Return what a unit of the store is called."""
    return UNIT_WORDS.get(measure, Words(measure or "无", measure or "none"))


def text_of(cell: Any) -> str:
    """Return a cell as people see it: 12.0 as "12", a day as 2018-03-05."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).removesuffix("T00:00:00").replace("T", " ")
    return str(cell)


_COUNTY = frozenset({"county", "adcode"})
_CODES = frozenset({"code", "site_code"}) | _COUNTY


def _text(source: Source, cell: Any) -> str:
    name = source.column.name
    if name in _CODES:
        return _code(source, cell)
    if is_blank(cell):
        return ""
    if isinstance(cell, str) and not source.column.several:
        return cell.strip()
    return _several(source, cell) if source.column.several else text_of(cell).strip()


def _code(source: Source, cell: Any) -> str:
    if isinstance(cell, float) and (abs(cell) >= EXACT_FLOAT or not cell.is_integer()):
        raise Unreadable("code-float")
    if (
        isinstance(cell, str)
        and source.column.name in ("code", "site_code")
        and cell.isascii()
        and cell.isalnum()
        and len(cell) > 4
        and "E" not in cell.upper()
    ):
        return cell  # what nearly all codes look like
    if is_blank(cell):
        return ""
    code = plain(text_of(cell)).lstrip("'").upper() if source.column.name in _COUNTY else _wide(text_of(cell))
    if source.column.name not in _COUNTY:
        if re.fullmatch(r"\d(?:\.\d+)?[eE]\+\d+", code):
            raise Unreadable("code-float")
        return code
    code = code[:6] if len(code) in (9, 12) and code.isdigit() and not code[6:].strip("0") else code
    if not re.fullmatch(r"[1-9][0-9]{5}", code):
        raise Unreadable("county-code")
    return code


def _wide(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lstrip("'")


def _identity_text(_: Source, cell: Any) -> str:
    if not isinstance(cell, str):
        raise Unreadable("id-float")
    if len(cell) == 18 and cell.isascii() and cell.isalnum():
        return str(cell.upper())
    text = plain(text_of(cell)).lstrip("'").removeprefix('="').removesuffix('"').upper()
    if text.lower() in BLANK:
        return ""
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", text):
        raise Unreadable("id-float")
    return text


_YES = frozenset(["是", "有", "√", "✓", "✔", "☑", "1", "y", "yes", "true", "t", "对", "已"])
_NO = frozenset(["否", "无", "×", "✗", "✘", "☒", "0", "n", "no", "false", "f", "没有", "未", "不是", "非"])
_FLAGS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "registered_poor": (
        frozenset(["建档立卡户", "建档立卡", "建档立卡贫困户", "建档立卡贫困人口", "贫困户", "建档立卡搬迁户", "registeredpoor"]),
        frozenset(["同步搬迁", "同步搬迁户", "同步搬迁人口", "同步", "非建档立卡", "非建档立卡户", "非贫困户", "一般户", "随迁户", "simultaneous"]),
    ),
    "no_old_house": (frozenset({"无房户", "无房", "无旧房", "无住房"}), frozenset({"有房户", "有房", "有旧房", "有住房"})),
    "kept_confirmed": (frozenset({"已确认", "确认"}), frozenset({"未确认"})),
    "moved_in": (frozenset({"已入住", "入住", "已搬迁入住"}), frozenset({"未入住", "未搬迁入住"})),
    "reoccupied": (frozenset({"已回住", "回住", "有人居住"}), frozenset({"未回住", "无人居住"})),
}
_UNCLEAR: Mapping[str, frozenset[str]] = {"no_old_house": frozenset({"有", "无"})}  # 无 under 无房户: "none", or "has none"?


def _flag(source: Source, cell: Any) -> int:
    word = plain(text_of(cell))
    if word in BLANK:
        return -1
    name = source.column.name
    yes, no = _FLAGS.get(name, (frozenset(), frozenset()))
    if word in _UNCLEAR.get(name, ()):
        raise Unreadable("flag-unclear")
    if word in _YES or word in yes:
        return 1
    if word in _NO or word in no:
        return 0
    raise Unreadable("not-yes-no")


def _words(choices: type[Choice]) -> dict[str, Choice]:
    return {plain(text): choice for choice in reversed(choices) for text in (*reversed(choice.also), choice.id, choice.en, choice.zh)}


_ASKED: Mapping[str, tuple[Choice, Choice]] = {"old_house": (OldHouse.DEMOLISHED, OldHouse.STANDING)}  # 旧房是否拆除: yes, no


def _choice(source: Source, cell: Any) -> int:
    word = plain(text_of(cell))
    if word in BLANK:
        return -1
    if source.column.name in _ASKED and "是否" in source.heading and (word in _YES or word in _NO):
        yes, no = _ASKED[source.column.name]
        return int(yes if word in _YES else no)
    return int(_known(source, word))


def _known(source: Source, word: str) -> Choice:
    choices = source.column.choices
    assert choices is not None, "a column of words has its list"
    words = source.seen.setdefault(choices, _words(choices))
    if word not in words:
        raise Unreadable("not-in-list", {"allowed": Words("、".join(c.zh for c in choices), ", ".join(c.en for c in choices))})
    found: Choice = words[word]
    return found


def _several(source: Source, cell: Any) -> str:
    words = [word for word in re.split(r"[、,，;；/+和及|\s]+", text_of(cell).strip()) if word]
    whole = plain(text_of(cell))
    try:
        found = [_known(source, whole)]
    except Unreadable:
        found = [_known(source, plain(word)) for word in words]
    return " ".join(choice.id for choice in sorted(set(found)))


def _day(source: Source, cell: Any) -> int:
    """Return the day's number since 1970: a list of numbers becomes an array in a third of the time a list of days needs."""
    blank = isinstance(cell, str) and plain(cell) in BLANK
    day = np.datetime64("NaT", "D") if blank else day_of(cell, serial_days=source.serial_days, since_1904=source.since_1904)
    return int(day.astype(np.int64))


_PARSERS: Mapping[Kind, tuple[Callable[[Source, Any], Any], Any]] = {
    Kind.TEXT: (_text, object),
    Kind.FLAG: (_flag, np.int8),
    Kind.CHOICE: (_choice, np.int8),
    Kind.DAY: (_day, DAY),
}
