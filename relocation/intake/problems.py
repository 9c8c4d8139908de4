"""Problem lists as inspectors send them: a title, headings of one row or two, merged cells, a running number, a line of totals, notes.

Read like any ledger, behind the same guards. What a list leaves open stays open: a deadline that names no day ("立行立改", a month) is
told of and left blank, and a place or a subject is whatever the list writes, to be matched or not by whoever knows the records.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from checks.records import Column, Kind, RecordKind
from relocation.intake.days import Unreadable, day_of
from relocation.intake.guard import Guard
from relocation.intake.headings import HEADING_ROWS, Heading, Recogniser, extra_rows, readings
from relocation.intake.reading import check_content, sheets
from relocation.intake.refusal import Note, Refusal, Unusable, Words
from relocation.intake.rows import RowReader, Typed, words
from relocation.intake.sheet import Row, Sheet
from relocation.intake.tally import Tally
from relocation.intake.values import is_blank, text_of

MOST_ITEMS = 5_000
_LONGEST_HEADING = 12
_SUFFIXES = (".xlsx", ".xls", ".csv")


def _text(name: str, zh: str, en: str, *also: str, **more: Any) -> Column:
    return Column(name, Kind.TEXT, zh, en, also=also, **more)


PROBLEM = RecordKind(
    "problem", "problems", "问题清单", "problem list",
    (
        _text("number", "编号", "Number", "问题编号", "清单编号", "问题序号"),
        _text("category", "问题类别", "Category", "类别", "问题类型", "类型", "问题分类"),
        _text("text", "问题描述", "Problem", "问题", "具体问题", "存在问题", "存在的问题", "反映问题", "发现问题", "发现的问题", "主要问题", "发现的主要问题", "发现主要问题", "存在的主要问题", "存在主要问题", "反映的问题", "反馈问题", "反馈的问题", "反馈的主要问题", "问题表现", "问题内容", "问题情况", "问题清单", "具体表现", required=True),
        _text("township", "乡镇", "Township", "乡(镇)", "乡镇(街道)", "涉及乡镇", "所在乡镇", "乡镇名称", "镇"),
        _text("village", "行政村", "Village", "村", "涉及村", "所在村", "村(社区)", "行政村(社区)", "村安置点", "村或安置点", "村(安置点)"),
        _text("site", "安置点", "Resettlement site", "安置点名称", "涉及安置点", "安置点编码", "所在安置点"),
        _text("household", "户编号", "Household code", "户编码", "搬迁户编号"),
        _text("head_name", "户主姓名", "Head of household", "户主", "涉及户", personal=True),
        _text("unit", "责任单位", "Unit responsible", "牵头单位", "整改责任单位", "责任部门", "整改单位", "主责单位"),
        _text("person", "责任人", "Person responsible", "整改责任人", "责任领导", "联系人"),
        _text("measure", "整改措施", "Measures", "整改要求", "整改建议", "整改意见"),
        Column("due_on", Kind.DAY, "整改时限", "Deadline", also=("完成时限", "整改期限", "时限", "完成时间", "整改完成时限", "限期")),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One item: where it stands in the file, its number in the list, what it says."""

    row: int
    number: str
    category: str
    text: str
    township: str
    village: str
    site: str
    household: str
    head_name: str
    unit: str
    person: str
    measure: str
    due_on: date | None
    due_said: str = ""  # the deadline's words where they name no day


@dataclass(frozen=True, slots=True)
class ProblemList:
    """One sheet of a list. `letters` has the column each field stands at; `read` counts refused rows too."""

    file: str
    sheet: str
    title: str
    problems: tuple[Problem, ...]
    letters: dict[str, str]
    read: int
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]

    def cell(self, name: str, row: int) -> str:
        """Return the address of a row's cell."""
        return f"{self.letters.get(name, 'A')}{row}"


def read_problems(path: Path, file: str) -> ProblemList:
    """Read the first sheet that holds a problem list. Unusable for a file that has none, or that the guards turn away."""
    guard = Guard(path, file)
    guard.size()
    suffix = Path(file).suffix.lower()
    if suffix not in _SUFFIXES:
        raise guard.refuse("list-format", suffix=suffix or "—")
    check_content(path, suffix, guard)
    seen = ""
    for sheet in sheets(path, suffix, guard):
        above = list(islice(sheet.rows, HEADING_ROWS + 5))
        if sheet.hidden or all(is_blank(cell) for row in above for cell in row):
            continue
        recogniser = Recogniser([PROBLEM])
        heading = recogniser.find(above, sheet.merges, sheet.left)
        if heading is not None:
            return _read(sheet, heading, [*above, *islice(sheet.rows, MOST_ITEMS + 200)], file)
        seen = seen or _like_headings(above, recogniser)
    raise guard.refuse("list-not-recognised", seen=seen or "—")


def _like_headings(rows: Sequence[Row], recogniser: Recogniser) -> str:
    """Return the row most like headings: with most words that are known, then with most short ones, the first of several alike."""
    known = recogniser.known[PROBLEM.id]

    def likeness(texts: list[str]) -> tuple[int, int]:
        return sum(any(way in known for way, _ in readings(text)) for text in texts), sum(
            len(text) <= _LONGEST_HEADING and not text.isdigit() for text in texts
        )

    said = [[text for cell in row if not is_blank(cell) and (text := " ".join(text_of(cell).split()))] for row in rows[:HEADING_ROWS]]
    best: list[str] = max(said, key=likeness, default=[])
    return "、".join(best)[:120]


def _read(sheet: Sheet, heading: Heading, rows: list[Row], file: str) -> ProblemList:
    if heading.doubles:
        one, other = heading.doubles[0]
        cells = [f"{sheet.letter(each.at)}{sheet.number(heading.last)}" for each in (one, other)]
        raise Unusable(
            Refusal("heading-twice", file, sheet.name, cells[0], one.heading, {"field": words(one.column), "other": cells[1], "heading": one.heading})
        )
    start = heading.last + 1
    extra = extra_rows(rows[start:])
    start += extra.rows
    if len(rows) - start > MOST_ITEMS:
        raise Unusable(Refusal("too-many-rows", file, sheet.name, facts={"rows": sheet.height, "limit": MOST_ITEMS}))
    tally = Tally()
    open_words = _leave_open(sheet, heading, rows, start, tally)
    reader = RowReader(sheet, heading, extra, rows[: heading.first], file)
    typed = reader.read(iter(rows[start:]), start, None)
    if not len(typed.numbers):
        raise Unusable(Refusal("no-rows", file, sheet.name, facts={"kind": Words(PROBLEM.zh, PROBLEM.en)}))
    numbers, counted = _numbers(heading, rows, typed)
    problems = tuple(
        _problem(typed, at, numbers[at], open_words.get(int(typed.indexes[at]), "")) for at in range(len(typed.numbers)) if at not in typed.refused
    )
    notes = [Note("list-read", file, sheet.name, None, {"row": sheet.number(heading.last), "fields": len(heading.fields)}), *typed.notes]
    notes += tally.notes(file, sheet.name)
    notes += [Note("list-counted", file, sheet.name)] if counted else []
    notes += [Note("column-unknown", file, sheet.name, None, {"column": sheet.letter(at), "heading": text}) for at, text in heading.unknown]
    letters = {one.column.name: sheet.letter(one.at) for one in heading.fields}
    return ProblemList(file, sheet.name, _title(rows[: heading.first]), problems, letters, len(typed.numbers), tuple(typed.refusals), tuple(notes))


_BEFORE = re.compile(r"[之以]?前(?:完成|整改到位)?$")
_MEANT_AS_DAY = re.compile(r"\d+\s*[-./年]\s*\d+\s*[-./月]\s*\d+")
_SAID = 40


def _leave_open(sheet: Sheet, heading: Heading, rows: list[Row], start: int, tally: Tally) -> dict[int, str]:
    """Blank the deadlines that name no day, tell of them and return their words by row; of "11月30日前" the day is the deadline.

    What has year, month and day and is none all the same is left, to be refused.
    """
    at = next((one.at for one in heading.fields if one.column.name == "due_on"), None)
    kept: dict[int, str] = {}
    for place, row in enumerate(rows[start:] if at is not None else (), start):
        if at is None or at >= len(row) or not isinstance(row[at], str) or is_blank(row[at]):
            continue
        words_said = "".join(sign for sign in " ".join(row[at].split()) if sign.isprintable())[:_SAID]
        said = _BEFORE.sub("", row[at].strip())
        if not _MEANT_AS_DAY.search(unicodedata.normalize("NFKC", said)) and _no_day(said):
            tally.add("list-no-day", words_said, f"{sheet.letter(at)}{sheet.number(place)}", said=words_said)
            kept[place], said = words_said, ""
        row[at] = said
    return kept


def _no_day(said: str) -> bool:
    try:
        day_of(said)
    except Unreadable:
        return True
    return False


def _numbers(heading: Heading, rows: Sequence[Row], typed: Typed) -> tuple[list[str], bool]:
    """Return the items' numbers in the list, and whether they were counted off because the list's own are missing or not unique."""
    if "number" in typed.columns:
        own = [str(number).strip() for number in typed.columns["number"]]
    else:
        at = heading.serial[0] if heading.serial else None
        own = [text_of(rows[int(place)][at]).strip() if at is not None and at < len(rows[int(place)]) else "" for place in typed.indexes]
    met = Counter(own)
    if all(own) and max(met.values()) == 1:
        return own, False
    return [str(number) for number in range(1, len(own) + 1)], True


def _problem(typed: Typed, at: int, number: str, due_said: str) -> Problem:
    def said(name: str) -> str:
        return str(typed.columns[name][at] or "").strip() if name in typed.columns else ""

    due = typed.columns["due_on"][at] if "due_on" in typed.columns else np.datetime64("NaT")
    day = None if np.isnat(due) else date.fromisoformat(str(due))
    texts = {column.name: said(column.name) for column in PROBLEM if column.kind is Kind.TEXT and column.name != "number"}
    return Problem(row=int(typed.numbers[at]), number=number, due_on=day, due_said=due_said, **texts)


_NO_TITLE = re.compile(
    r"附[件表]?\s*[\d一二三四五六七八九十]*\s*[:：]?|(?:填报|报送|制表|编制)?(?:单位|部门|日期|时间|人)(?:\([^)]*\))?\s*[:：].*|截[至止].*|\(?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?\)?|[\d./-]+"
)


def _title(rows: Sequence[Row]) -> str:
    """Return the longest text above the headings that is no "附件3", no unit and no day; "" for none."""
    texts = [" ".join(text_of(cell).split()) for row in rows for cell in row]
    return max((text for text in texts if text and not _NO_TITLE.fullmatch(unicodedata.normalize("NFKC", text))), key=len, default="")[:120]
