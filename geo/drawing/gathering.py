"""Leftover strokes gathered into what a person would call one difference: this wall moved, that door went, a line was added."""

from collections.abc import Iterable

import numpy as np
import shapely

from geo.drawing.items import Item
from geo.drawing.leftovers import Shape, Stroke, components
from geo.drawing.pairing import Move, moves

_TOUCH_M = 0.006
_ONE_M = {"wall": 0.55, "opening": 0.35}  # strokes of one thing lie so near each other: both faces of a wall, the panes of a window
_ELSE_M = 0.02
_STUB_M = 0.65  # a piece of wall no longer than this is the end of another wall or the jamb of an opening
_SAME_M = 0.004
_REACH_M = 0.45  # an opening takes the pieces of wall with it that lie so near: its jambs and what closes the gap


def gathered(before: list[Stroke], after: list[Stroke], least_m: float) -> list[Item]:
    """Return the differences between two drawings' leftover strokes. least_m: a move shorter than this is not one."""
    groups = _things(before)
    found = moves(before, after, groups)
    parts = _Parts(before, after, found, least_m)
    return parts.items()


def _things(strokes: list[Stroke]) -> list[list[int]]:
    """Return rows that are one thing: of one block, or of one kind and touching."""
    if not strokes:
        return []
    a, b = _near([one.shape for one in strokes], [one.shape for one in strokes], _TOUCH_M)
    same = np.array([i < j and strokes[i].what == strokes[j].what and strokes[i].block == strokes[j].block for i, j in zip(a, b, strict=True)], bool)
    first: dict[str, int] = {}
    of_block = [(first.setdefault(one.block, row), row) for row, one in enumerate(strokes) if one.block]
    a = np.r_[a[same], np.array([pair[0] for pair in of_block], np.int64)]
    b = np.r_[b[same], np.array([pair[1] for pair in of_block], np.int64)]
    return components(len(strokes), a, b)


def _near(one: list[Shape], other: list[Shape], reach_m: float) -> tuple[np.ndarray, np.ndarray]:
    shapes = np.array([shapely.linestrings(np.array(shape)) for shape in other], object)
    mine = np.array([shapely.linestrings(np.array(shape)) for shape in one], object)
    a, b = shapely.STRtree(shapes).query(mine, predicate="dwithin", distance=reach_m)
    return a, b


class _Part:
    """Something that happened to strokes: one move, one stroke removed, one added; parts of one thing are joined to one item."""

    def __init__(self, op: str, what: str, before: Iterable[Stroke] = (), after: Iterable[Stroke] = (), way: complex = 0j) -> None:
        self.op, self.what, self.before, self.after, self.way = op, what, tuple(before), tuple(after), way

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return self.before + self.after

    @property
    def stub(self) -> bool:
        """Whether it is the end of a wall that something else happened to."""
        return self.what == "wall" and self.op != "moved" and all(not one.whole or one.length <= _STUB_M for one in self.strokes)


class _Parts:
    def __init__(self, before: list[Stroke], after: list[Stroke], found: list[Move], least_m: float) -> None:
        self.parts: list[_Part] = []
        gone, come = {one.before for one in found}, {one.after for one in found}
        for one in found:
            a, b = before[one.before], after[one.after]
            op = "moved" if abs(one.way) >= least_m and (a.sort != "arc" or abs(a.sign[0] - b.sign[0]) <= _SAME_M) else "changed"
            self.parts.append(_Part(op, a.what, [a], [b], one.way if op == "moved" else 0j))
        self.parts += [_Part("removed", one.what, before=[one]) for row, one in enumerate(before) if row not in gone]
        self.parts += [_Part("added", one.what, after=[one]) for row, one in enumerate(after) if row not in come]

    def items(self) -> list[Item]:
        """Return one item a thing: like parts near each other are one, the ends of walls go with what happened to their neighbour."""
        whole = [row for row, part in enumerate(self.parts) if not part.stub]
        groups = [[self.parts[row] for row in group] for group in self._joined(whole)]
        stubs = [part for part in self.parts if part.stub]
        groups, loose = _with_openings(groups, stubs)
        groups, loose = _with_neighbours(groups, loose)
        return [_item(group) for group in groups] + _stubs(loose)

    def _joined(self, rows: list[int]) -> list[list[int]]:
        if not rows:
            return []
        shapes = [(one.shape, at) for at, row in enumerate(rows) for one in self.parts[row].strokes]
        a, b = _near([shape for shape, _ in shapes], [shape for shape, _ in shapes], max(_ONE_M.values()))
        owner = np.array([at for _, at in shapes])
        one, other = owner[a], owner[b]
        pairs = {
            (i, j)
            for i, j, k, m in zip(one.tolist(), other.tolist(), a.tolist(), b.tolist(), strict=True)
            if i < j and self._like(rows[i], rows[j], shapes[k][0], shapes[m][0])
        }
        ordered = sorted(pairs)
        groups = components(len(rows), np.array([i for i, _ in ordered], np.int64), np.array([j for _, j in ordered], np.int64))
        return [[rows[at] for at in group] for group in groups]

    def _like(self, one: int, other: int, shape: Shape, theirs: Shape) -> bool:
        a, b = self.parts[one], self.parts[other]
        if a.op != b.op or a.what != b.what or abs(a.way - b.way) > _SAME_M:
            return False
        blocks = {stroke.block for stroke in (*a.strokes, *b.strokes)}
        if len(blocks) == 1 and "" not in blocks:
            return True
        return bool(shapely.dwithin(shapely.linestrings(np.array(shape)), shapely.linestrings(np.array(theirs)), _ONE_M.get(a.what, _ELSE_M)))


def _box(group: list[_Part], grown: float) -> shapely.Geometry:
    return shapely.box(*shapely.total_bounds([shapely.linestrings(np.array(one.shape)) for part in group for one in part.strokes])).buffer(
        grown, join_style="mitre"
    )


def _with_openings(groups: list[list[_Part]], stubs: list[_Part]) -> tuple[list[list[_Part]], list[_Part]]:
    """Let openings take the jambs and the stretches of wall within their reach."""
    if not stubs:
        return groups, stubs
    opened = [group for group in groups if group[0].what == "opening"]
    boxes = [_box(group, _REACH_M) for group in opened]
    left = []
    for stub in stubs:
        at = next((row for row, box in enumerate(boxes) if all(box.covers(shapely.linestrings(np.array(one.shape))) for one in stub.strokes)), None)
        if at is None:
            left.append(stub)
        else:
            opened[at].append(stub)
    return groups, left


def _with_neighbours(groups: list[list[_Part]], stubs: list[_Part]) -> tuple[list[list[_Part]], list[_Part]]:
    """Let moved, removed and added walls take the ends of other walls that touch them, and those that touch these."""
    walls = sorted((group for group in groups if group[0].what == "wall"), key=lambda group: ("moved", "removed", "added", "changed").index(group[0].op))
    left = list(stubs)
    while left and walls:
        taken = []
        for stub in left:
            shapes = [one.shape for one in stub.strokes]
            home = next(
                (
                    group
                    for group in walls
                    if len(_near(shapes, [one.shape for part in group for one in part.strokes], max(_TOUCH_M, abs(group[0].way) + _TOUCH_M))[0])
                ),
                None,
            )
            if home is not None:
                taken.append((stub, home))
        if not taken:
            break
        for stub, home in taken:
            home.append(stub)
        left = [stub for stub in left if all(stub is not one for one, _ in taken)]
    return groups, left


def _stubs(stubs: list[_Part]) -> list[Item]:
    """Return ends of walls that nothing near explains: one item a cluster."""
    if not stubs:
        return []
    shapes = [(one.shape, row) for row, stub in enumerate(stubs) for one in stub.strokes]
    a, b = _near([shape for shape, _ in shapes], [shape for shape, _ in shapes], _ONE_M["wall"])
    owner = np.array([row for _, row in shapes])
    groups = components(len(stubs), owner[a], owner[b])
    return [_item([stubs[row] for row in group], changed=len({stubs[row].op for row in group}) > 1) for group in groups]


def _item(group: list[_Part], *, changed: bool = False) -> Item:
    lead = group[0]
    before = [one for part in group for one in part.before]
    after = [one for part in group for one in part.after]
    op = "changed" if changed else lead.op
    what = lead.what
    if what not in ("wall", "opening"):
        strokes = lead.before + lead.after
        what = "block" if all(one.block for one in strokes) else "arc" if all(one.sort == "arc" for part in group for one in part.strokes) else "line"
    said = _figures(group, op)
    names = [one.block.split(" ", 1)[1] for one in (before if op == "removed" else after) if one.block] if what == "block" else []
    if names and said == (None, None):
        said = (names[0] if op in ("removed", "moved") else None, names[0] if op in ("added", "moved") else None)
    moved = abs(lead.way) if op == "moved" else None
    rows = (tuple(dict.fromkeys(row for one in side for row in one.of)) for side in (before, after))
    of_before, of_after = rows
    weight = {"wall": 3, "opening": 2, "block": 2}.get(what, 1)
    return Item(op, what, tuple(one.shape for one in before), tuple(one.shape for one in after), of_before, of_after, *said, moved, weight)


def _figures(group: list[_Part], op: str) -> tuple[float | None, float | None]:
    """Return what a changed arc or line measured before and measures now, in metres."""
    lead = group[0]
    if op != "changed" or not lead.before or not lead.after:
        return None, None
    one, other = lead.before[0], lead.after[0]
    if one.sort == "arc":
        return round(one.sign[0], 3), round(other.sign[0], 3)
    return round(one.length, 3), round(other.length, 3)
