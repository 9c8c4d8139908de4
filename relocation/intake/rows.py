"""The rows below a heading to typed columns, a block at a time, with a refusal for every cell that cannot be read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, islice
from typing import Any

import numpy as np

from checks.records import Array, Column, Kind, empty_column
from relocation.intake.axes import HERE, OLD_HOME, PositionReader, Positions, Refuse
from relocation.intake.days import NO_DAY
from relocation.intake.error_cells import is_error
from relocation.intake.headings import Extra, Field, Heading, identity, sheet_units
from relocation.intake.identity import masked
from relocation.intake.leftovers import heads_leftover, leftover, may_head_leftovers
from relocation.intake.refusal import Fact, Note, Refusal, Unusable, Words
from relocation.intake.sheet import Merge, Row, Sheet
from relocation.intake.tally import Tally
from relocation.intake.units import fits
from relocation.intake.values import Bad, Source, is_blank, read_column, text_of, unit_words

BLOCK = 20_000
_POSITION_NAMES = frozenset({name for *pair, _ in (*HERE, *OLD_HOME) for name in pair})


@dataclass(slots=True)
class Typed:
    """What the rows of a sheet gave: one array a field, positions as written, and where each row stood.

    Rows with refusals are still in the arrays; `refused` names them by index.
    """

    columns: dict[str, Array]
    positions: Positions
    old_homes: Positions
    numbers: Array  # int64, the rows' numbers as people see them
    indexes: Array  # int64, the rows' place in the sheet, counted from 0
    refusals: list[Refusal]
    notes: list[Note]
    refused: set[int]
    others: dict[str, Array] = field(default_factory=dict)  # unknown columns' texts, by heading


class RowReader:
    """Reads one recognised sheet; made for one use."""

    def __init__(self, sheet: Sheet, heading: Heading, extra: Extra, above: Sequence[Row], file: str, *, keep_others: bool = False) -> None:
        """Prepare the columns' units and readers; raises Unusable when a unit does not fit or is declared two ways."""
        self.sheet, self.heading, self.file, self.keep_others = sheet, heading, file, keep_others
        self.fields = [one for one in heading.fields if one.column.name not in _POSITION_NAMES]
        declared = sheet_units(text_of(cell) for row in above for cell in row if isinstance(cell, str))
        self.sources = {one.column.name: self._source(one, extra, declared) for one in self.fields}
        self.position_readers = [PositionReader([one for one in heading.fields if one.column.name in _POSITION_NAMES], of) for of in (HERE, OLD_HOME)]
        names = {one.column.name: one.at for one in heading.fields}
        required = {column.name for column in heading.kind if column.required}
        self.identity = [at for name, at in names.items() if name in (required & names.keys() or identity(heading.kind))]
        scanned = {*heading.serial, *self.identity, *(names[name] for name in ("township", "village", "county", "natural_village") if name in names)}
        self.scanned = sorted(scanned | set(range(min(3, min((one.at for one in heading.fields), default=0) + 1))))
        self.merges = [merge for merge in sheet.merges if merge.bottom > merge.top and merge.bottom > heading.last]
        self.merged_values: dict[Merge, Any] = {}
        self.refusals: list[Refusal] = []
        self.notes: list[Note] = []
        self.refused: set[int] = set()
        self.tally = Tally()
        self.blank_numbered = self.only_errors = 0

    def _source(self, one: Field, extra: Extra, declared: dict[str, list[Any]]) -> Source:
        measure, unit = one.column.unit, one.unit or extra.units.get(one.at)
        if unit is None and one.column.kind in (Kind.NUMBER, Kind.COUNT) and len(found := declared.get(measure, [])):
            if len(found) > 1:
                raise self._unusable("unit-unclear", one)
            unit = found[0]
        if unit is not None and one.column.kind in (Kind.NUMBER, Kind.COUNT):
            fitting = fits(unit, measure, one.heading)
            if fitting is None and not measure:
                raise self._unusable("unit-apart", one)
            if fitting is None:
                raise self._unusable("heading-unit", one, wanted=unit_words(measure))
            unit = fitting
        serial_days = self.sheet.origin in ("workbook", "old-workbook")
        return Source(one.column, one.heading, unit, serial_days, self.sheet.since_1904)

    def _unusable(self, code: str, one: Field, **facts: Fact) -> Unusable:
        cell = f"{self.sheet.letter(one.at)}{self.sheet.number(self.heading.last)}"
        return Unusable(Refusal(code, self.file, self.sheet.name, cell, one.heading, {"field": words(one.column), **facts}))

    def read(self, rows: Iterator[Row], start: int, progress: Callable[[int, int], None] | None) -> Typed:
        """Read all rows; `start` is the first one's place in the sheet, counted from 0."""
        blocks: list[dict[str, Array]] = []
        positions: tuple[list[Positions], ...] = ([], [])
        indexes: list[Array] = []
        others: list[dict[str, Array]] = []
        done = total = 0
        while block := list(islice(rows, BLOCK)):
            kept, places = self._records(block, start + done)
            refuse = self._refuser(kept, places, total)
            blocks.append(self._typed(kept, places, refuse))
            for read, reader in zip(positions, self.position_readers, strict=True):
                read.append(reader.read(kept, len(places), refuse))
            others.append(self._others(kept))
            indexes.append(places)
            done, total = done + len(block), total + len(places)
            if progress:
                progress(done, self.sheet.height - start)
        columns = {name: np.concatenate([block[name] for block in blocks]) for name in (blocks[0] if blocks else {})}
        place = np.concatenate(indexes) if indexes else np.empty(0, np.int64)
        numbers = place if self.sheet.labels else place + 1
        if self.blank_numbered:
            self.notes.append(Note("rows-numbered", self.file, self.sheet.name, facts={"count": self.blank_numbered}))
        if self.only_errors:
            self.notes.append(Note("rows-errors", self.file, self.sheet.name, facts={"count": self.only_errors}))
        self.notes += self.tally.notes(self.file, self.sheet.name)
        kept_others = {name: np.concatenate([other[name] for other in others]) for name in (others[0] if others else {})}
        here, old_homes = map(Positions.joined, positions)
        return Typed(columns, here, old_homes, numbers, place, self.refusals, self.notes, self.refused, kept_others)

    def _records(self, block: list[Row], start: int) -> tuple[list[Sequence[Any]], Array]:
        """Return the block's columns without the rows that are no records, and the places of the rest."""
        width = max(map(len, block), default=0)
        if any(len(row) != width for row in block):
            block = [row + [""] * (width - len(row)) for row in block]
        columns: list[Sequence[Any]] = list(zip(*block, strict=True)) if width else []
        # A heading may be wider than every row below it.
        columns += [("",) * len(block)] * (max((one.at for one in self.heading.fields), default=0) + 1 - len(columns))
        self._show_errors(columns, start, len(block))
        self._fill_merged(columns, start, len(block))
        doubtful = self._doubtful(columns, len(block))
        keep = np.ones(len(block), np.bool_)
        for row in doubtful:
            what = leftover([column[row] for column in columns], self.heading.serial, self.identity)
            keep[row] = not what
            if what in ("total", "note"):
                said = next(text_of(column[row]).strip() for column in columns if not is_blank(column[row]))
                self.notes.append(Note(f"row-{what}", self.file, self.sheet.name, self.sheet.number(start + row), {"text": said[:60]}))
            self.blank_numbered += what == "numbered"
            self.only_errors += what == "errors"
        if keep.all():
            return columns, np.arange(start, start + len(block), dtype=np.int64)
        return [tuple(compress(column, keep)) for column in columns], start + np.flatnonzero(keep)

    def _doubtful(self, columns: Sequence[Sequence[Any]], count: int) -> list[int]:
        """Return rows that may be no records: their identity is blank, or a cell speaks of a total."""
        doubtful: set[int] = set()
        if self.sheet.labels:  # features have no totals and notes among them
            return []
        blank = np.ones(count, np.bool_)
        for at in self.identity:
            empty = {cell for cell in set(columns[at]) if is_blank(cell)}
            blank &= np.array([cell in empty for cell in columns[at]], np.bool_) if empty else False
        doubtful.update(np.flatnonzero(blank).tolist())
        for at in self.scanned:
            texts = [cell for cell in set(columns[at]) if isinstance(cell, str)] if at < len(columns) else []
            totals = {cell for cell in texts if heads_leftover(cell)} if may_head_leftovers(texts) else set()
            doubtful.update(row for row, cell in enumerate(columns[at]) if cell in totals) if totals else None
        return sorted(doubtful)

    def _show_errors(self, columns: list[Sequence[Any]], start: int, count: int) -> None:
        """Put failed formulas where the reader gave a blank, in the columns that are read."""
        if not self.sheet.errors:
            return
        wanted = {one.at + self.sheet.left for one in self.heading.fields}
        found = [
            (row - start, column - self.sheet.left, text)
            for (row, column), text in self.sheet.errors.items()
            if column in wanted and start <= row < start + count
        ]
        for at in {at for _, at, _ in found}:
            columns[at] = list(columns[at])
        for row, at, text in found:
            columns[at][row] = text  # type: ignore[index]  # a list since the loop above

    def _fill_merged(self, columns: list[Sequence[Any]], start: int, count: int) -> None:
        """Give every row of an area merged downwards the value it shows; sums over several rows cannot be shared out."""
        kinds = {one.at: one.column for one in self.heading.fields}
        for merge in self.merges:
            top, bottom = max(merge.top, start), min(merge.bottom, start + count - 1)
            at = merge.left - self.sheet.left
            if top > bottom or not 0 <= at < len(columns) or at not in kinds:
                continue
            if merge.top >= start:
                self.merged_values[merge] = columns[at][merge.top - start]
            value = self.merged_values.get(merge, "")
            if kinds[at].kind in (Kind.NUMBER, Kind.COUNT) and not is_blank(value):
                value = MergedNumber(value)
            column = list(columns[at])
            column[top - start : bottom - start + 1] = [value] * (bottom - top + 1)
            columns[at] = column

    def _typed(self, columns: list[Sequence[Any]], places: Array, refuse: Refuse) -> dict[str, Array]:
        typed: dict[str, Array] = {}
        if self.sheet.origin == "text":
            self._too_long(columns, places, refuse)
        else:
            self._unheaded(columns, places)
        for one in self.fields:
            cells = columns[one.at]
            shared = [row for row, cell in enumerate(cells) if type(cell) is MergedNumber] if self.merges else []
            for row in shared:
                refuse(row, one, "merged-number", {})
            if shared:
                cells = ["" if type(cell) is MergedNumber else cell for cell in cells]
            values, bad = read_column(self.sources[one.column.name], cells)
            unread = {fault.row for fault in bad} | set(shared)
            self._unread(one, bad, places, refuse)
            if one.column.required and not (self.keep_others and self.sheet.labels):  # a river may be nameless
                for row in np.flatnonzero(~values.astype(np.bool_)).tolist():
                    if row not in unread:
                        refuse(row, one, "missing", {})
            typed[one.column.name] = values
        if not typed:
            typed["name"] = empty_column(Kind.TEXT, len(places))
        return typed

    def _unread(self, one: Field, bad: Sequence[Bad], places: Array, refuse: Refuse) -> None:
        """Refuse rows for the cells that could not be read; a month without its day leaves the cell blank and is told of."""
        for fault in bad:
            if fault.code == NO_DAY:
                self.tally.add("day-left-blank", one.column.name, self._cell(one.at, places[fault.row]), field=words(one.column))
            else:
                refuse(fault.row, one, fault.code, fault.facts)

    def _too_long(self, columns: list[Sequence[Any]], places: Array, refuse: Refuse) -> None:
        """Refuse rows that go on beyond the heading: in a text table a comma too many has moved what follows."""
        spare = [one.at for pair in self.heading.spare for one in pair]
        last = max(*(one.at for one in self.heading.fields), *(at for at, _ in self.heading.unknown), *self.heading.serial, *spare, 0)
        far = Field(last + 1, Column("", Kind.TEXT, "", ""), "")
        for beyond in columns[last + 1 : last + 2]:
            for row in range(len(places)):
                if not is_blank(beyond[row]):
                    refuse(row, far, "row-too-long", {})

    def _unheaded(self, columns: list[Sequence[Any]], places: Array) -> None:
        """Tell of cells in columns that have no heading: they cannot be taken, and must not be lost unseen."""
        if self.sheet.labels:
            return
        spare = {one.at for pair in self.heading.spare for one in pair}
        headed = {one.at for one in self.heading.fields} | {at for at, _ in self.heading.unknown} | set(self.heading.serial) | spare
        for at in sorted(set(range(len(columns))) - headed):
            if any(not is_blank(cell) for cell in set(columns[at])):
                for row in (row for row, cell in enumerate(columns[at]) if not is_blank(cell)):
                    self.tally.add("cells-unheaded", str(at), self._cell(at, places[row]), letter=self.sheet.letter(at))

    def _cell(self, at: int, place: Any) -> str:
        return f"{self.sheet.letter(at)}{self.sheet.number(int(place))}"

    def _refuser(self, columns: list[Sequence[Any]], places: Array, offset: int) -> Refuse:
        def refuse(row: int, one: Field, code: str, facts: Mapping[str, Fact]) -> None:
            number = self.sheet.number(int(places[row]))
            cell = f"{self.sheet.letter(one.at)}{number}"
            shown = hidden(one.column, text_of(columns[one.at][row]))
            self.refused.add(offset + row)
            self.refusals.append(Refusal(code, self.file, self.sheet.name, cell, shown, {"field": words(one.column), "row": number, **facts}, number))

        return refuse

    def _others(self, columns: list[Sequence[Any]]) -> dict[str, Array]:
        if not self.keep_others:
            return {}
        kept = {}
        spare = [(left_out.at, left_out.heading) for left_out, _ in self.heading.spare]
        for at, heading in [*self.heading.unknown, *spare]:
            texts = np.empty(len(columns[at]), object)
            texts[:] = ["" if is_blank(cell) else text_of(cell).strip() for cell in columns[at]]
            kept[heading] = texts
        return kept


class MergedNumber(str):
    """A number in an area merged over several rows: nobody can tell how it is shared out."""

    __slots__ = ()

    def __new__(cls, value: Any) -> "MergedNumber":
        """Keep what people see."""
        return super().__new__(cls, text_of(value))


def words(column: Column) -> Words:
    """Return a column's heading in both languages."""
    return Words(column.zh, column.en)


def hidden(column: Column, shown: str) -> str:
    """Return a cell's text as it may be shown: personal values masked, long ones cut."""
    if is_error(shown):
        return shown
    if column.name == "id_number":
        return masked(shown)
    if column.personal:
        return shown[:1] + "＊" * (len(shown) - 1)
    return shown if len(shown) <= 60 else shown[:59] + "…"
