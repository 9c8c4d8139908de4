"""Leftover strokes gathered into what a person would call one difference: this wall moved, that door went, a line was added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo.drawing.compare.items import Item, Said, around, stroked
from geo.drawing.compare.leftovers import Stroke, components
from geo.drawing.compare.nearness import joined_rows, near_pairs, pairs_between
from geo.drawing.compare.pairing import Move, moves

_TOUCH_M = 0.006
_ONE_M = {"wall": 0.55, "opening": 0.35}  # strokes of one thing lie so near each other: both faces of a wall, the panes of a window
_ELSE_M = 0.02
_GAP_M = 1.6  # a wall that moved as one is interrupted by openings no wider
_SHORT_M = 0.65  # a piece of wall no longer than this is the end of another wall or the jamb of an opening
_SAME_M = 0.004
_JAMB_M = 0.45  # an opening takes the pieces of wall with it that lie so near: its jambs and what closes the gap
_ORDER = ("moved", "removed", "added", "changed")
_WEIGHT = {"wall": 3, "opening": 2, "block": 2}


@dataclass(frozen=True)
class Part:
    """What happened to one stroke, or to one that became another."""

    op: str
    what: str
    before: tuple[Stroke, ...] = ()
    after: tuple[Stroke, ...] = ()
    way: complex = 0j

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """Both sides."""
        return self.before + self.after

    @property
    def loose(self) -> bool:
        """Whether it is only the end of something, which what happened beside it explains."""
        if self.op == "moved":
            return False
        return all(not one.whole or (self.what == "wall" and one.length <= _SHORT_M) for one in self.strokes)

    @property
    def short(self) -> bool:
        """Whether it may belong to an opening: a jamb, or what closes the wall where the opening was."""
        return all(not one.whole or one.length <= _SHORT_M for one in self.strokes)


Group = list[Part]
Reaching = Callable[[Part, Group], float]


def gathered(before: list[Stroke], after: list[Stroke], least_m: float) -> tuple[list[Item], int]:
    """Return the differences between two drawings' leftover strokes, and how many strokes went or grew by less than `least_m`."""
    found = moves(before, after, _things(before))
    quiet = [one for one in found if _still(one, before[one.before], after[one.after], least_m)]
    parts = _parts(before, after, found, {(one.before, one.after) for one in quiet}, least_m)
    groups = _groups([part for part in parts if not part.loose])
    loose = _given([part for part in parts if part.loose], groups, _of_thing)
    groups, loose = _with_openings(groups, loose)
    groups.sort(key=lambda group: _ORDER.index(group[0].op))
    while loose:
        left = _given(loose, groups, _beside_wall)
        if len(left) == len(loose):
            break
        loose = left
    return [_item(group) for group in groups] + _ends(loose), len(quiet)


def _still(move: Move, one: Stroke, other: Stroke, least_m: float) -> bool:
    """Whether a stroke hardly went and hardly grew."""
    grew = abs(one.sign[0] - other.sign[0]) if one.sort == "arc" else abs(one.length - other.length)
    return abs(move.way) < least_m and grew < least_m


def _things(strokes: list[Stroke]) -> list[list[int]]:
    """Return rows that are one thing: of one block, or of one kind and touching; of walls only what was met nowhere."""
    rows = [row for row, one in enumerate(strokes) if one.whole or one.what != "wall"]
    if not rows:
        return []
    a, b, apart = near_pairs([strokes[row].shape for row in rows], _ONE_M["opening"])
    kinds = np.array([strokes[row].what for row in rows])
    same = (kinds[a] == kinds[b]) & ((apart <= _TOUCH_M) | (kinds[a] == "opening"))
    same &= np.array([strokes[rows[i]].block == strokes[rows[j]].block for i, j in zip(a, b, strict=True)], bool)
    first: dict[str, int] = {}
    blocks = [(first.setdefault(strokes[row].block, at), at) for at, row in enumerate(rows) if strokes[row].block]
    return [[rows[at] for at in group] for group in joined_rows(len(rows), a[same], b[same], blocks)]


def _parts(before: list[Stroke], after: list[Stroke], found: list[Move], quiet: set[tuple[int, int]], least_m: float) -> list[Part]:
    gone, come = {one.before for one in found}, {one.after for one in found}
    parts = []
    for one in found:
        if (one.before, one.after) in quiet:
            continue
        a, b = before[one.before], after[one.after]
        moved = abs(one.way) >= least_m and (a.sort != "arc" or abs(a.sign[0] - b.sign[0]) <= _SAME_M)
        parts.append(Part("moved" if moved else "changed", a.what or b.what, (a,), (b,), one.way if moved else 0j))
    parts += [Part("removed", one.what, before=(one,)) for row, one in enumerate(before) if row not in gone]
    parts += [Part("added", one.what, after=(one,)) for row, one in enumerate(after) if row not in come]
    return parts


def _groups(parts: list[Part]) -> list[Group]:
    """Return the parts in groups: like parts that lie near each other, or are of one block."""
    if not parts:
        return []
    shapes = [(one.shape, row) for row, part in enumerate(parts) for one in part.strokes]
    owner = np.array([row for _, row in shapes])
    a, b, apart = near_pairs([shape for shape, _ in shapes], _GAP_M)
    a, b = owner[a], owner[b]
    ops, whats, ways = np.array([part.op for part in parts]), np.array([part.what for part in parts]), np.array([part.way for part in parts])
    reach = np.array([_GAP_M if part.op == "moved" and part.what == "wall" else _ONE_M.get(part.what, _ELSE_M) for part in parts])
    like = (a != b) & (ops[a] == ops[b]) & (whats[a] == whats[b]) & (np.abs(ways[a] - ways[b]) <= _SAME_M) & (apart <= reach[a])
    first: dict[tuple[str, str], int] = {}
    blocks = [(first.setdefault((part.op, one.block), row), row) for row, part in enumerate(parts) for one in part.strokes if one.block]
    return [[parts[row] for row in group] for group in joined_rows(len(parts), a[like], b[like], blocks)]


def _given(loose: list[Part], groups: list[Group], reach: Reaching) -> list[Part]:
    """Give loose parts to the first group within whose reach they lie; return those that went nowhere."""
    if not loose or not groups:
        return loose
    mine = [(one.shape, row) for row, part in enumerate(loose) for one in part.strokes]
    theirs = [(one.shape, row) for row, group in enumerate(groups) for part in group for one in part.strokes]
    far = max(abs(group[0].way) for group in groups) + max(_ONE_M.values())
    a, b, apart = pairs_between([shape for shape, _ in mine], [shape for shape, _ in theirs], far)
    homes: dict[int, int] = {}
    for i, j, distance in zip(a.tolist(), b.tolist(), apart.tolist(), strict=True):
        row, group = mine[i][1], theirs[j][1]
        if group < homes.get(row, len(groups)) and distance <= reach(loose[row], groups[group]):
            homes[row] = group
    for row, group in homes.items():
        groups[group].append(loose[row])
    return [part for row, part in enumerate(loose) if row not in homes]


def _of_thing(part: Part, group: Group) -> float:
    """Return how near an end must be to a thing that moved to belong to it: anywhere in its block, else touching. Negative for never."""
    lead = group[0]
    if lead.op != "moved" or lead.what != part.what or part.what == "wall":
        return -1.0
    blocks = {one.block for one in part.strokes} - {""}
    if blocks:
        return np.inf if any(one.block in blocks for each in group for one in each.strokes) else -1.0
    return _ONE_M.get(part.what, _TOUCH_M)


def _beside_wall(part: Part, group: Group) -> float:
    """Return how near the end of a wall must be to a wall that explains it. Negative for never."""
    lead = group[0]
    return abs(lead.way) + _TOUCH_M if part.what == lead.what == "wall" else -1.0


def _with_openings(groups: list[Group], loose: list[Part]) -> tuple[list[Group], list[Part]]:
    """Let openings take the jambs and the stretches of wall within their reach."""
    opened = [group for group in groups if group[0].what == "opening"]
    if not opened:
        return groups, loose
    boxes = [shapely.box(*around(one.shape for part in group for one in part.strokes)).buffer(_JAMB_M, join_style="mitre") for group in opened]

    def inside(parts: Sequence[Part]) -> int | None:
        box = shapely.box(*around(one.shape for part in parts for one in part.strokes))
        return next((row for row, one in enumerate(boxes) if one.covers(box)), None)

    left_groups, left_loose = [], []
    for group in groups:
        home = inside(group) if group[0].what == "wall" and all(part.short for part in group) else None
        if home is None:
            left_groups.append(group)
        else:
            opened[home].extend(group)
    for part in loose:
        home = inside([part]) if part.what == "wall" else None
        if home is None:
            left_loose.append(part)
        else:
            opened[home].append(part)
    return left_groups, left_loose


def _ends(loose: list[Part]) -> list[Item]:
    """Return ends that nothing near explains: one item a cluster."""
    if not loose:
        return []
    shapes = [(one.shape, row) for row, part in enumerate(loose) for one in part.strokes]
    owner = np.array([row for _, row in shapes])
    a, b, apart = near_pairs([shape for shape, _ in shapes], max(_ONE_M.values()))
    a, b = owner[a], owner[b]
    whats = np.array([part.what for part in loose])
    reach = np.array([_ONE_M.get(part.what, _ELSE_M) for part in loose])
    same = (whats[a] == whats[b]) & (apart <= reach[a])
    groups = components(len(loose), a[same], b[same])
    return [_item([loose[row] for row in rows], op="" if len({loose[row].op for row in rows}) == 1 else "changed") for rows in groups]


def _item(group: Group, op: str = "") -> Item:
    lead = group[0]
    op = op or lead.op
    before, after = [one for part in group for one in part.before], [one for part in group for one in part.after]
    what = _what(group)
    said: Said = _figures(lead) if op == "changed" else (None, None)
    if what == "block":
        name = lead.strokes[-1].block.split(" ", 1)[1]
        said = (name if before else None, name if after else None)
    item = stroked(op, what, before, after, said, abs(lead.way) if op == "moved" else None, _WEIGHT.get(what, 1))
    return replace(item, way=lead.way) if op == "moved" else item


def _what(group: Group) -> str:
    lead = group[0]
    if lead.what in ("wall", "opening"):
        return lead.what
    if all(one.block for one in lead.strokes):
        return "block"
    return "arc" if all(one.sort == "arc" for part in group for one in part.strokes) else "line"


def _figures(lead: Part) -> Said:
    """Return the radius of a changed arc, or the length of a changed line, before and after, in metres."""
    if not lead.before or not lead.after:
        return None, None
    one, other = lead.before[0], lead.after[0]
    return (round(one.sign[0], 3), round(other.sign[0], 3)) if one.sort == "arc" else (round(one.length, 3), round(other.length, 3))
