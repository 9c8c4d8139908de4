"""What the texts of two drawings differ by: said anew in place, moved, added, removed; how they are spelt and anchored does not matter."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import cos, sin

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.compare.items import Item
from geo.drawing.compare.leftovers import Shape
from geo.drawing.difference import Tolerances
from geo.drawing.model import Text
from geo.drawing.plan.annotations import counts_persons, unit_label
from geo.drawing.text import areas_in, comparable

_HEIGHT_SHARE = 0.8  # a text may stand off by this much of its height: another program's font moves it so far
FAR_M = 15.0  # farther off than this the same words are another text
_REVALUED_M = 1.5
_TOGETHER = 3  # texts that moved by one and the same way have moved, whatever now stands in their place
Taken = tuple[set[int], set[int]]
_WIDE = {True: 1.0, False: 0.62}  # of a letter, in heights: Chinese signs are square


@dataclass(frozen=True)
class Written:
    """One line of text: what it says as it is compared, where its middle is, how large it is."""

    value: str
    flat: str
    x: float
    y: float
    height: float
    of: int
    shape: Shape
    flipped: tuple[float, float] = (0.0, 0.0)  # its middle if it ran the other way from its anchor, as a mirrored text that stays readable does


def written(texts: Sequence[Text]) -> list[Written]:
    """Return texts line by line: two lines of one MTEXT are two texts one below the other."""
    return [line for text in texts for line in _lines(text)]


def _lines(text: Text) -> list[Written]:
    lines = text.value.split("\n")
    across, _, up = text.anchor.partition("-")
    pitch = 1.6 * text.height
    made = []
    first = {"top": -0.5, "middle": 0.0}.get(up, 0.5) * text.height + {"top": 0.0, "middle": 0.5}.get(up, 1.0) * pitch * (len(lines) - 1)
    for number, line in enumerate(lines):
        flat = comparable(line)
        if not flat:
            continue
        wide = text.height * sum(_WIDE[ord(sign) > 0x2E7F] for sign in line)
        along = {"center": 0.0, "middle": 0.0, "right": -0.5}.get(across, 0.5) * wide
        above = first - number * pitch
        x, y = _turned(text, along, above)
        half = wide / 2, text.height / 2
        corners = [
            (along - half[0], above - half[1]),
            (along + half[0], above - half[1]),
            (along + half[0], above + half[1]),
            (along - half[0], above + half[1]),
        ]
        ring = [_turned(text, *corner) for corner in corners]
        made.append(Written(line.strip(), flat, x, y, text.height, text.of, (*ring, ring[0]), _turned(text, -along, above)))
    return made


def _turned(text: Text, along: float, above: float) -> tuple[float, float]:
    turn, lean = cos(text.rotation), sin(text.rotation)
    return text.x + along * turn - above * lean, text.y + along * lean + above * turn


def differing_texts(
    old: Sequence[Text], new: Sequence[Text], rooms: frozenset[str], tolerances: Tolerances, far_m: float = FAR_M, *, mirrored: bool = False
) -> tuple[list[Item], int]:
    """Return what texts differ by and how many stand apart by less than is told.

    rooms: comparable names of rooms and unit types. far_m: beyond which the same words are another text. In this order: the same words in the same place; the same words that moved together; other words in the same place; the
    same words elsewhere; what is left was added or removed.
    """
    before, after = written(old), written(new)
    after = _righted(before, after) if mirrored else after
    met, quiet = _in_place(before, after, tolerances)
    left, right = [one for row, one in enumerate(before) if row not in met[0]], [one for row, one in enumerate(after) if row not in met[1]]
    pairs: list[tuple[str, int, int]] = []
    elsewhere = partial(_elsewhere, far_m=far_m)
    for op, found in (("moved", _together), ("changed", _anew), ("moved", elsewhere), ("changed", _revalued)):
        taken = {a for _, a, _ in pairs}, {b for _, _, b in pairs}
        pairs += [(op, a, b) for a, b in found(left, right, taken)]
    items = [_pair(op, left[a], right[b], rooms) for op, a, b in pairs]
    taken = {a for _, a, _ in pairs}, {b for _, _, b in pairs}
    items += [_alone("removed", one, rooms) for row, one in enumerate(left) if row not in taken[0]]
    items += [_alone("added", one, rooms) for row, one in enumerate(right) if row not in taken[1]]
    return items, quiet


def _righted(before: list[Written], after: list[Written]) -> list[Written]:
    """Return the texts of a mirrored drawing, those running the other way that then stand where the old drawing says the same."""
    here = {flat: np.array([complex(before[row].x, before[row].y) for row in rows]) for flat, rows in _by_words(before).items()}

    def righted(one: Written) -> Written:
        mates = here.get(one.flat)
        if mates is None:
            return one
        straight, flipped = (float(np.abs(mates - complex(*at)).min()) for at in ((one.x, one.y), one.flipped))
        return one if straight <= flipped else replace(one, x=one.flipped[0], y=one.flipped[1])

    return [righted(one) for one in after]


def _in_place(before: list[Written], after: list[Written], tolerances: Tolerances) -> tuple[tuple[set[int], set[int]], int]:
    """Pair the same words in the same place, nearest first; several copies on one another count as one."""
    used: Taken = (set(), set())
    quiet = set()
    if not before or not after:
        return used, 0
    reach = [max(tolerances.text_m, _HEIGHT_SHARE * one.height) for one in before]
    near = cKDTree(np.array([(one.x, one.y) for one in after])).query_ball_point(np.array([(one.x, one.y) for one in before]), reach)
    for row, (one, others) in enumerate(zip(before, near, strict=True)):
        same = [other for other in others if after[other].flat == one.flat and _apart(one, after[other]) <= _play(one, after[other], tolerances)]
        if same:
            used[0].add(row)
            used[1].update(same)
            if min(_apart(one, after[other]) for other in same) > tolerances.report_m:
                quiet.add(row)
    return used, len(quiet)


def _apart(one: Written, other: Written) -> float:
    return float(np.hypot(one.x - other.x, one.y - other.y))


def _play(one: Written, other: Written, tolerances: Tolerances) -> float:
    return max(tolerances.text_m, _HEIGHT_SHARE * min(one.height, other.height))


def _by_words(texts: Sequence[Written]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(texts):
        found[one.flat].append(row)
    return found


def _together(before: list[Written], after: list[Written], _taken: Taken) -> list[tuple[int, int]]:
    """Pair the same words that were moved by one way shared with others: a table that was moved on, a view that was moved away."""
    here = _by_words(after)
    ways: list[tuple[tuple[int, int], int, int]] = []
    for row, one in enumerate(before):
        for other in here.get(one.flat, ())[:20]:
            ways.append(((round((after[other].x - one.x) / 0.02), round((after[other].y - one.y) / 0.02)), row, other))
    votes = Counter(way for way, _, _ in ways)
    ranked = sorted((-votes[way], abs(way[0]) + abs(way[1]), way, row, other) for way, row, other in ways if votes[way] >= _TOGETHER)
    return _once((row, other) for _, _, _, row, other in ranked)


def _anew(before: list[Written], after: list[Written], taken: Taken) -> list[tuple[int, int]]:
    """Pair what stands in one place and says something else."""
    left, right = [row for row in range(len(before)) if row not in taken[0]], [row for row in range(len(after)) if row not in taken[1]]
    if not left or not right:
        return []
    tree = cKDTree(np.array([(after[row].x, after[row].y) for row in right]))
    ranked = []
    for row in left:
        one = before[row]
        for at in tree.query_ball_point((one.x, one.y), max(2.5 * one.height, 0.1, _half_width(one))):
            other = after[right[at]]
            far = _apart(one, other)
            alike = 0.5 <= one.height / max(other.height, 1e-9) <= 2.0
            same_sort = bool(areas_in(one.value)) == bool(areas_in(other.value))  # a name where a figure stood is another text, not the same said anew
            if alike and same_sort and (far <= 0.8 * one.height or _on_one_line(one, other)):
                ranked.append((far, row, right[at]))
    return _once((row, other) for _, row, other in sorted(ranked))


def _half_width(one: Written) -> float:
    return 0.5 * float(np.hypot(one.shape[1][0] - one.shape[0][0], one.shape[1][1] - one.shape[0][1]))


def _on_one_line(one: Written, other: Written) -> bool:
    """Whether two texts stand on one line and begin or end together, or cover each other by half: a longer word has its middle elsewhere."""
    (x, y), (ex, ey) = one.shape[0], one.shape[1]
    wide = float(np.hypot(ex - x, ey - y)) or 1e-9
    ux, uy = (ex - x) / wide, (ey - y) / wide
    along = [(px - x) * ux + (py - y) * uy for px, py in (other.shape[0], other.shape[1])]
    above = [(py - y) * ux - (px - x) * uy for px, py in (other.shape[0], other.shape[1])]
    if max(map(abs, above)) > 0.4 * one.height:
        return False
    near = 0.4 * one.height
    shared = min(wide, max(along)) - max(0.0, min(along))
    return abs(along[0]) <= near or abs(along[1] - wide) <= near or shared >= 0.5 * min(wide, abs(along[1] - along[0]))


def _elsewhere(before: list[Written], after: list[Written], taken: Taken, far_m: float) -> list[tuple[int, int]]:
    here = _by_words(after)
    ranked = []
    for row, one in enumerate(before):
        for other in () if row in taken[0] else here.get(one.flat, ()):
            far = _apart(one, after[other])
            if other not in taken[1] and far <= far_m:
                ranked.append((far, row, other))
    return _once((row, other) for _, row, other in sorted(ranked))


def _revalued(before: list[Written], after: list[Written], taken: Taken) -> list[tuple[int, int]]:
    """Pair areas that were written anew beside where they were: a room that became wider has its label in its new middle."""
    areas = [[row for row, one in enumerate(side) if row not in gone and areas_in(one.value)] for side, gone in ((before, taken[0]), (after, taken[1]))]
    ranked = [(_apart(before[row], after[other]), row, other) for row in areas[0] for other in areas[1]]
    return _once((row, other) for far, row, other in sorted(ranked) if far <= _REVALUED_M)


def _once(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    used: Taken = (set(), set())
    kept = []
    for row, other in pairs:
        if row not in used[0] and other not in used[1]:
            used[0].add(row)
            used[1].add(other)
            kept.append((row, other))
    return kept


def _what(one: Written, rooms: frozenset[str]) -> str:
    if areas_in(one.value):
        return "area"
    return "room" if one.flat in rooms else "text"


def _weight(what: str, *texts: Written) -> int:
    """Return what a text weighs: an area 3; a room's name, a unit type's title and the persons it is meant for 2, since a verdict rests on each."""
    said = any(unit_label(one.flat) or counts_persons(one.flat) for one in texts)
    return max({"area": 3, "room": 2}.get(what, 1), 2 if said else 1)


def _pair(op: str, one: Written, other: Written, rooms: frozenset[str]) -> Item:
    what = max((_what(one, rooms), _what(other, rooms)), key=_weight)
    moved = _apart(one, other) if op == "moved" else None
    weight = 1 if op == "moved" else _weight(what, one, other)
    return Item(op, what, (one.shape,), (other.shape,), (one.of,), (other.of,), one.value, other.value, moved, weight)


def _alone(op: str, one: Written, rooms: frozenset[str]) -> Item:
    what = _what(one, rooms)
    if op == "removed":
        return Item(op, what, (one.shape,), (), (one.of,), (), one.value, None, None, _weight(what, one))
    return Item(op, what, (), (one.shape,), (), (one.of,), None, one.value, None, _weight(what, one))
