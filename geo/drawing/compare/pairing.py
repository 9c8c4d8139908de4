"""Which leftover stroke of the old drawing became which of the new: shifted as a whole with its neighbours, or a line beside its like."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.compare.leftovers import Stroke

_SHIFT_M = 10.0  # a thing moved farther than this was taken away and another put there
_BESIDE_M = 1.3  # a line alone is known again so far off
_SAME_M = 0.004  # signs, and ways, that differ by less are equal
_STRAIGHT = 0.003  # sine of the angle between two lines of one direction
_FOUND = 0.8  # of a thing's strokes that must be found again


@dataclass(frozen=True)
class Move:
    """One stroke that became another: rows of before and after, and the way it went; 0 where only its size or length changed."""

    before: int
    after: int
    way: complex


def moves(before: list[Stroke], after: list[Stroke], things: list[list[int]]) -> list[Move]:
    """Return what became what. things: rows of `before` that are one thing (a block, strokes that touch) and should have gone one way."""
    if not before or not after:
        return []
    found = _Found()
    sought = _Sought(after)
    for rows in sorted(things, key=lambda rows: (-len(rows), rows[0])):
        if len(rows) > 1:
            found.take(sought.together([before[row] for row in rows], rows, found.after))
    found.take(_ranked(_candidates(before, after, found), before))
    return found.moves


class _Found:
    """The moves so far; a stroke is in one of them at most."""

    def __init__(self) -> None:
        self.moves: list[Move] = []
        self.before: set[int] = set()
        self.after: set[int] = set()

    def take(self, more: list[Move]) -> None:
        for one in more:
            if one.before not in self.before and one.after not in self.after:
                self.before.add(one.before)
                self.after.add(one.after)
                self.moves.append(one)


class _Sought:
    """The new strokes, to be asked for those that differ from one of the old by a shift only."""

    def __init__(self, after: list[Stroke]) -> None:
        self.after = after
        self._alike: dict[tuple[str, int], tuple[list[int], cKDTree]] = {}
        rows: dict[tuple[str, int], list[int]] = defaultdict(list)
        for row, one in enumerate(after):
            rows[one.sort, len(one.full_sign)].append(row)
        for key, of in rows.items():
            self._alike[key] = of, cKDTree(np.array([after[row].full_sign for row in of]))

    def alike(self, one: Stroke) -> list[int]:
        of, tree = self._alike.get((one.sort, len(one.full_sign)), ([], None))
        return [of[at] for at in tree.query_ball_point(one.full_sign, _SAME_M)] if tree is not None else []

    def together(self, strokes: list[Stroke], rows: list[int], taken: set[int]) -> list[Move]:
        """Return the shortest way by which nearly all strokes of a thing are found again, as moves; none where there is no such way."""
        mates = [[row for row in self.alike(one) if row not in taken and _one_kind(one, self.after[row])] for one in strokes]
        if sum(map(bool, mates)) < _FOUND * len(strokes):
            return []
        lead = min((at for at in range(len(strokes)) if mates[at]), key=lambda at: (len(mates[at]), -strokes[at].length))
        ways = sorted((self.after[row].full_at - strokes[lead].full_at for row in mates[lead]), key=lambda way: (round(abs(way), 6), way.real, way.imag))
        for way in ways[:40]:
            if abs(way) > _SHIFT_M:
                break
            found = self._by_way(strokes, rows, mates, way)
            if len({one.after for one in found}) >= _FOUND * len(strokes):
                return found
        return []

    def _by_way(self, strokes: list[Stroke], rows: list[int], mates: list[list[int]], way: complex) -> list[Move]:
        found = []
        for at, one in enumerate(strokes):
            off = [(abs(self.after[row].full_at - one.full_at - way), row) for row in mates[at]]
            if off and min(off)[0] <= _SAME_M:
                found.append(Move(rows[at], min(off)[1], way))
        return found


def _one_kind(one: Stroke, other: Stroke) -> bool:
    return one.what == other.what or not one.what or not other.what


def _candidates(before: list[Stroke], after: list[Stroke], found: _Found) -> list[tuple[float, complex, int, int]]:
    """Return which stroke that is left might be which: how unlike they are in metres, the way, the rows."""
    left = [row for row in range(len(before)) if row not in found.before]
    right = [row for row in range(len(after)) if row not in found.after]
    if not left or not right:
        return []
    tree = cKDTree(np.array([(after[row].at.real, after[row].at.imag) for row in right]))
    made = []
    for row in left:
        one = before[row]
        for at in tree.query_ball_point((one.at.real, one.at.imag), _BESIDE_M + one.length):
            judged = _like(one, after[right[at]])
            if judged is not None:
                made.append((*judged, row, right[at]))
    return made


def _ranked(candidates: list[tuple[float, complex, int, int]], before: list[Stroke]) -> list[Move]:
    """Return candidates as moves, those first whose way most length of line shares: both faces of a wall go one way."""
    cells: dict[tuple[int, int], float] = defaultdict(float)
    for _, way, row, _ in candidates:
        cells[_cell(way)] += before[row].length

    def shared(way: complex) -> float:
        across, up = _cell(way)
        return sum(cells.get((across + i, up + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1))

    order = sorted(candidates, key=lambda one: (-round(shared(one[1]), 2), round(one[0], 6), one[2], one[3]))
    return [Move(row, other, way) for _, way, row, other in order]


def _cell(way: complex) -> tuple[int, int]:
    return round(way.real / _SAME_M), round(way.imag / _SAME_M)


def _like(one: Stroke, other: Stroke) -> tuple[float, complex] | None:
    """Return how unlike two strokes are, in metres, and the way from one to the other; None where one cannot be the other."""
    if one.sort != other.sort or not _one_kind(one, other):
        return None
    if one.sort == "line":
        return _like_lines(one, other)
    if one.sort == "arc":
        return _like_arcs(one, other)
    way = other.at - one.at
    unlike = abs(one.length - other.length)
    return (abs(way) + unlike, way) if abs(way) <= _BESIDE_M and unlike <= 0.3 * max(one.length, other.length) else None


def _like_lines(one: Stroke, other: Stroke) -> tuple[float, complex] | None:
    unit, theirs = complex(*one.sign) / one.length, complex(*other.sign) / other.length
    if abs((unit.conjugate() * theirs).imag) > _STRAIGHT + _SAME_M / min(one.length, other.length):
        return None
    if not one.whole and not other.whole:
        return _slid(one, other, unit) if one.what != "wall" else None
    off = (other.at - one.at) * unit.conjugate()
    if abs(one.length - other.length) <= _SAME_M and one.whole and other.whole:
        way = other.at - one.at
        return (abs(way), way) if abs(way) <= _BESIDE_M else None
    shared = min(one.length / 2, off.real + other.length / 2) - max(-one.length / 2, off.real - other.length / 2)
    short, long_ = sorted((one.length, other.length))
    if shared < 0.6 * short or short < 0.4 * long_ or abs(off.imag) > min(_BESIDE_M, short):
        return None
    return abs(off.imag) + 0.3 * (long_ - short) + 0.01, 1j * unit * off.imag


def _slid(one: Stroke, other: Stroke, unit: complex) -> tuple[float, complex] | None:
    """Judge two ends of lines: a line that slid along itself leaves a piece at one end and gains one at the other."""
    way = other.full_at - one.full_at
    same = max(abs(a - b) for a, b in zip(one.full_sign, other.full_sign, strict=True)) <= _SAME_M
    along = abs((way * unit.conjugate()).imag) <= _SAME_M
    return (abs(way), way) if same and along and abs(way) <= _BESIDE_M else None


def _like_arcs(one: Stroke, other: Stroke) -> tuple[float, complex] | None:
    way = other.at - one.at
    sizes = one.sign[0], other.sign[0]
    if abs(sizes[0] - sizes[1]) > 0.5 * max(sizes) or abs(way) > _BESIDE_M:
        return None
    turned = float(np.abs(np.array(one.sign) / sizes[0] - np.array(other.sign) / sizes[1]).max())
    return (abs(way) + abs(sizes[0] - sizes[1]), way) if turned < 0.3 or abs(way) < _SAME_M else None
