"""Which leftover stroke of the old drawing became which of the new: shifted as a whole with its neighbours, or a line beside its like."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.leftovers import Stroke

_SHIFT_M = 10.0  # a thing moved farther than this was taken away and another put there
_BESIDE_M = 1.3  # a line alone is known again so far off
_SAME_M = 0.004  # signs, and displacements, that differ by less are equal
_STRAIGHT = 0.003  # sine of the angle between two lines of one direction


@dataclass(frozen=True)
class Move:
    """One stroke that became another: rows of before and after, and the way it went; 0 where only its size or length changed."""

    before: int
    after: int
    way: complex


def moves(before: list[Stroke], after: list[Stroke], groups: list[list[int]]) -> list[Move]:
    """Return what became what. groups: rows of `before` that are one thing (a block, strokes that touch) and should have gone one way."""
    found: list[Move] = []
    if not before or not after:
        return found
    sought = _Sought(after)
    used: tuple[set[int], set[int]] = (set(), set())
    for group in sorted(groups, key=lambda rows: (-len(rows), rows[0])):
        if len(group) > 1:
            _take(found, used, sought.together([before[row] for row in group], group, used[1]))
    _take(found, used, _alone(before, after, used))
    return found


def _take(found: list[Move], used: tuple[set[int], set[int]], more: list[Move]) -> None:
    for one in more:
        if one.before not in used[0] and one.after not in used[1]:
            used[0].add(one.before)
            used[1].add(one.after)
            found.append(one)


class _Sought:
    """The new strokes, to be asked for one of a sign at a place."""

    def __init__(self, after: list[Stroke]) -> None:
        self.after = after
        self.of_sort: dict[tuple[str, int], tuple[list[int], cKDTree]] = {}
        rows: dict[tuple[str, int], list[int]] = {}
        for row, one in enumerate(after):
            rows.setdefault((one.sort, len(one.sign)), []).append(row)
        for key, of in rows.items():
            self.of_sort[key] = of, cKDTree(np.array([after[row].sign for row in of]))

    def alike(self, one: Stroke) -> list[int]:
        """Return the new strokes that differ from one by a shift only."""
        of, tree = self.of_sort.get((one.sort, len(one.sign)), ([], None))
        return [of[at] for at in tree.query_ball_point(one.sign, _SAME_M)] if tree is not None else []

    def together(self, strokes: list[Stroke], rows: list[int], taken: set[int]) -> list[Move]:
        """Return the shortest way by which nearly all strokes of a group are found again, as moves; none where there is no such way."""
        mates = [[row for row in self.alike(one) if row not in taken] for one in strokes]
        if sum(map(bool, mates)) < 0.8 * len(strokes):
            return []
        lead = min((at for at in range(len(strokes)) if mates[at]), key=lambda at: (len(mates[at]), -strokes[at].length))
        ways = sorted((self.after[row].at - strokes[lead].at for row in mates[lead]), key=abs)
        for way in ways[:40]:
            if abs(way) > _SHIFT_M:
                break
            found = []
            for at, one in enumerate(strokes):
                near = min(mates[at], key=lambda row: abs(self.after[row].at - one.at - way), default=-1)
                if near >= 0 and abs(self.after[near].at - one.at - way) <= _SAME_M:
                    found.append(Move(rows[at], near, way))
            if len({one.after for one in found}) >= 0.8 * len(strokes):
                return found
        return []


def _alone(before: list[Stroke], after: list[Stroke], used: tuple[set[int], set[int]]) -> list[Move]:
    """Pair what is left one by one, the nearest and most alike first."""
    left = [row for row in range(len(before)) if row not in used[0]]
    right = [row for row in range(len(after)) if row not in used[1]]
    if not left or not right:
        return []
    tree = cKDTree(np.array([(after[row].at.real, after[row].at.imag) for row in right]))
    ranked = []
    for row in left:
        one = before[row]
        reach = _BESIDE_M + one.length / 2
        for at in tree.query_ball_point((one.at.real, one.at.imag), reach):
            judged = _like(one, after[right[at]])
            if judged is not None:
                ranked.append((*judged, row, right[at]))
    return [Move(row, other, way) for _, way, row, other in sorted(ranked, key=lambda each: (each[0], each[2], each[3]))]


def _like(one: Stroke, other: Stroke) -> tuple[float, complex] | None:
    """Return how unlike two strokes are, in metres, and the way from one to the other; None where one cannot be the other."""
    if one.sort != other.sort or one.what != other.what:
        return None
    if one.sort == "line":
        return _like_lines(one, other)
    if one.sort == "arc":
        return _like_arcs(one, other)
    if abs(one.length - other.length) > 0.3 * max(one.length, other.length):
        return None
    way = other.at - one.at
    return (abs(way) + abs(one.length - other.length), way) if abs(way) <= _BESIDE_M else None


def _like_lines(one: Stroke, other: Stroke) -> tuple[float, complex] | None:
    unit, theirs = complex(*one.sign) / one.length, complex(*other.sign) / other.length
    if abs((unit.conjugate() * theirs).imag) > _STRAIGHT + _SAME_M / min(one.length, other.length):
        return None
    if abs(one.length - other.length) <= _SAME_M:
        way = other.at - one.at
        return (abs(way), way) if abs(way) <= _BESIDE_M and (one.whole and other.whole) else None
    if not (one.whole or other.whole):
        return None
    across = ((other.at - one.at) * unit.conjugate()).imag
    along = ((other.at - one.at) * unit.conjugate()).real
    shared = min(one.length / 2, along + other.length / 2) - max(-one.length / 2, along - other.length / 2)
    if shared < 0.6 * min(one.length, other.length) or min(one.length, other.length) < 0.4 * max(one.length, other.length) or abs(across) > _BESIDE_M:
        return None
    return abs(across) + 0.3 * abs(one.length - other.length) + 0.01, 1j * unit * across


def _like_arcs(one: Stroke, other: Stroke) -> tuple[float, complex] | None:
    way = other.at - one.at
    if abs(one.sign[0] - other.sign[0]) > 0.5 * max(one.sign[0], other.sign[0]) or abs(way) > _BESIDE_M:
        return None
    unlike = abs(one.sign[0] - other.sign[0])
    turned = float(np.abs(np.array(one.sign) / one.sign[0] - np.array(other.sign) / other.sign[0]).max())
    return (abs(way) + unlike, way) if turned < 0.3 or abs(way) < _SAME_M else None
