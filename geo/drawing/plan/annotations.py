"""What the texts of a plan say: unit type, intended persons, areas, rooms, how thick the walls are, the scale."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.drawing.model import Text
from geo.drawing.plan.naming import Naming
from geo.drawing.text import areas_in, comparable, inside_of

_HANZI = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNT = r"(?<![\d.])\d{1,2}|[一二两三四五六七八九十]"
_PERSONS = re.compile(rf"({_COUNT})(?:[-~至、或]({_COUNT}))?人(?![防行均工孔民员])")
_PERSONS_AFTER = re.compile(rf"[:为=]?({_COUNT})")
_LABELS = (
    re.compile(r"((?:[a-z]{1,2}\d{0,2}(?:-\d{1,3})?|[甲乙丙丁戊己庚辛]|[一二三四五六七八九十]|\d{1,3}(?:#|号))(?:反)?)户型"),
    re.compile(r"(\d{2,3}(?:\.\d+)?m2)户型"),
    re.compile(r"户型[::]?([a-z]{1,2}\d{0,2}(?:-\d{1,3})?)(?![a-z])"),
    re.compile(r"(?:unittype|unit|type)[-:]?([a-z]\d{0,2})(?![a-z])"),
    re.compile(r"(?<![a-z\d])([a-z]\d{0,2}|[甲乙丙丁])型(?!号|材|钢)"),
)
_SCALE = re.compile(r"(?<!\d)1[:：](\d{1,4})(?!\d)")
_THICK = re.compile(r"厚?(?:度)?[::为]?(\d{2,3})(?:mm|厚)?")
_LONGEST_LABEL = 14


@dataclass(frozen=True)
class Said:
    """One text with what it says, where (drawing units)."""

    text: Text
    flat: str
    x: float
    y: float


def said(texts: Sequence[Text]) -> tuple[Said, ...]:
    """Return texts with a point inside their first letter, which is inside the room that they name."""
    return tuple(Said(text, comparable(text.value), *inside_of(text.x, text.y, text.height, text.rotation, text.anchor)) for text in texts)


def unit_label(flat: str) -> str:
    """Return the unit type that a comparable text names ("a户型平面图1:100" → "A户型"), "" for none."""
    for pattern in _LABELS:
        found = pattern.search(flat)
        if found:
            return found[1].upper().replace("M2", "㎡") + "户型"
    return ""


def persons_in(value: str, naming: Naming) -> tuple[int, ...]:
    """Return the numbers of intended persons that a text states: "3人", "三人户", "居住人数：3", "3-4人"; none for 人均 and the like."""
    flat = comparable(value)
    found = [count for match in _PERSONS.finditer(flat) for count in match.groups() if count]
    if not found:
        for word in naming.texts.get("persons", ()):
            at = flat.find(comparable(word))
            after = _PERSONS_AFTER.match(flat, at + len(comparable(word))) if at >= 0 and word != "适用" else None
            if after:
                found = [after[1]]
                break
    return tuple(dict.fromkeys(_HANZI.get(count) or int(count) for count in found))


def counts_persons(flat: str) -> bool:
    """Tell whether a comparable text states a number of persons: "适用3人", "三人户"."""
    return _PERSONS.search(flat) is not None


def gross_areas_in(value: str, naming: Naming) -> tuple[float, ...]:
    """Return the gross areas in m² that a text states under a word for them, line by line; net and shared areas are others."""
    found: list[float] = []
    for line in value.split("\n"):
        for part in re.split(r"[,，;；、]|\s{2,}", line):
            if naming.says("gross", part) and not any(naming.says(role, part) for role in ("net", "shared", "balcony")):
                found += areas_in(part)
    return tuple(found)


def room_label(value: str, naming: Naming) -> str:
    """Return the room that a text names, "" for none: a short text with a room's word, its area left out."""
    for line in value.split("\n"):
        flat = comparable(line)
        if len(flat) > _LONGEST_LABEL or any(naming.says(role, line) for role in ("gross", "net", "shared", "plan", "elevation", "section", "detail")):
            continue
        if any(naming.says(role, line) for role in ("room", "balcony", "public")):
            return re.split(r"[\d(（:：]", line.strip(), maxsplit=1)[0].strip() or line.strip()
    return ""


def scale_in(value: str) -> int | None:
    """Return the denominator of a scale in a text, "1:100" → 100; None where there is none."""
    found = _SCALE.search(comparable(value))
    return int(found[1]) if found else None


def thickness_in(value: str, naming: Naming) -> dict[str, float]:
    """Return how thick walls are by a note, in metres: "外墙厚240，内墙厚120" → {"outer_wall": 0.24, "inner_wall": 0.12}."""
    flat, found = comparable(value), {}
    for role in ("outer_wall", "inner_wall"):
        for word in map(comparable, naming.texts.get(role, ())):
            at = flat.find(word)
            thick = _THICK.match(flat, at + len(word)) if at >= 0 else None
            if thick:
                found[role] = int(thick[1]) / 1000
                break
    return found
