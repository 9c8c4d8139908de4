"""One difference as one line of words: what and where, what happened, which way and by how much, from what to what."""

from checks.sentence import number
from geo.drawing.difference import Difference
from relocation.reports.wording import AREAS, op_word, shown, what_word, word


def described(one: Difference, lang: str, *, metres: bool) -> str:
    """Return a difference as one line: what and where, what happened, which way and by how much, from what to what."""
    what, op, far = placed_word(one, lang), op_word(one.op, lang), "" if one.moved_m is None else _length(one.moved_m, lang, metres=metres)
    if lang == "zh":
        said = f"{what}{_WAYS[one.way][0]}{op}" + (f" {far}" if far else "")
    else:
        said = " ".join(part for part in (what, op, far, _WAYS[one.way][1]) if part)
    before, after = (_figure(value, one.what, lang, metres=metres) for value in (one.before, one.after))
    if one.op == "moved" and before == after:
        after = ""
    if one.what in _PIECES and isinstance(one.before or one.after, str):  # so much changed that only pieces are counted
        before, after = (text and (f"{text} 段" if lang == "zh" else f"{text} pieces") for text in (before, after))
    named = one.what in _FIGURES and isinstance(one.before, int | float) and isinstance(one.after, int | float)
    pair = " → ".join(text if named or one.what in _PIECES else f"“{text}”" for text in (before, after) if text)
    return said + (("：" if lang == "zh" else ": ") + (f"{_FIGURES[one.what][_at(lang)]} " if named else "") + pair if pair else "")


_FIGURES = {"wall": ("长", "length"), "opening": ("长", "length"), "line": ("长", "length"), "arc": ("半径", "radius"), "hatch": ("面积", "area")}
"""What the figures of a change are, of what is drawn and bears no figure itself."""
_PIECES = ("wall", "opening", "line", "arc")
"""What is told by how many strokes it has, where more changed than can be told apart."""


def _figure(value: str | float | None, what: str, lang: str, *, metres: bool) -> str:
    """Return a text of a difference, or a figure with its unit."""
    if not isinstance(value, int | float):
        return shown(value)
    if what in _FIGURES and what != "hatch":
        return _length(value, lang, metres=metres)
    return shown(value) + (word("m2", lang) if what in AREAS or (what == "hatch" and metres) else "")


_WAYS = {"": ("", ""), "right": ("向右", "to the right"), "left": ("向左", "to the left"), "up": ("向上", "up"), "down": ("向下", "down")}
"""Whither, as the design hangs on the wall."""


_WRITTEN = {
    "room": (("房间", "room"), ("房间名称", "room name")),
    "area": (("建筑面积", "building area"), ("标注的面积", "written area")),
}
"""What is measured and, with a shape of its own, what is written of it."""


def placed_word(one: Difference, lang: str) -> str:
    """Return the kind of thing with the rooms it lies between or beside: "内墙（主卧与次卧之间）", "outer wall beside 客厅"."""
    what, rooms = what_word(one.what, lang), [shown(room) for room in one.rooms]
    if one.what == "room" and rooms and isinstance(one.before, int | float):
        return f"{'、'.join(rooms)}的面积" if lang == "zh" else f"area of {', '.join(rooms)}"
    if one.what in _WRITTEN:
        return _WRITTEN[one.what][bool(one.shape_before or one.shape_after)][_at(lang)]
    if one.what == "wall" and (one.outer or len(rooms) > 1):
        what = _WALLS[one.outer][_at(lang)]
    between = len(rooms) == 2 and not one.outer
    if lang == "zh":
        return what + (f"（{rooms[0]}与{rooms[1]}之间）" if between else f"（{'、'.join(rooms)}旁）" if rooms else "")
    return what + (f" between {rooms[0]} and {rooms[1]}" if between else f" beside {', '.join(rooms)}" if rooms else "")


_WALLS = {True: ("外墙", "outer wall"), False: ("内墙", "inner wall")}
"""Walls by whether they are of a dwelling's outer face."""


def _length(value: float, lang: str, *, metres: bool) -> str:
    if not metres:
        return f"{number(round(value, 3))} {word('units', lang)}"
    return f"{value * 1000:.0f} mm" if value < 1 else f"{value:.3f} m"


def _at(lang: str) -> int:
    return 0 if lang == "zh" else 1
