"""What is left of two drawings once everything that lies on one another is taken away: strokes, each of one side, joined where they run on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.drawing.compare import arcs as arc_pieces
from geo.drawing.compare import segments
from geo.drawing.compare.marks import Marks
from geo.drawing.compare.segments import Stretches
from geo.drawing.model import Drawing, Floats, Ints
from geo.drawing.plan.linework import straight

Shape = tuple[tuple[float, float], ...]
Kinds = Callable[[Drawing, int], str]
"""Says of an entity what it is part of: wall, opening, or "" where its layer and block do not say."""


@dataclass(frozen=True)
class Stroke:
    """One piece that the other drawing lacks; metres in the axes that are compared.

    sort: line, arc, curve. sign: numbers that are equal for two strokes that differ by a shift only. at: what is shifted.
    whole: whether nothing of its entity's piece is in the other drawing. full_at, full_sign: the same of the whole piece it is part of.
    """

    sort: str
    shape: Shape
    at: complex
    sign: tuple[float, ...]
    length: float
    of: tuple[int, ...]
    what: str = ""
    whole: bool = True
    full_at: complex = 0j
    full_sign: tuple[float, ...] = ()
    block: str = ""  # "handle name" of the block it sits in


@dataclass(frozen=True)
class Reach:
    """Tolerances of the comparison in metres. along: how far off a covering piece may lie; least: from where a stretch is told."""

    match: float
    along: float
    least: float


def box_of(shape: Shape) -> tuple[float, float, float, float]:
    """Return the least box around a shape."""
    at = np.array(shape)
    (x1, y1), (x2, y2) = at.min(axis=0), at.max(axis=0)
    return float(x1), float(y1), float(x2), float(y2)


def block_of(drawing: Drawing, of: int) -> str:
    """Return "handle name" of the outermost block an entity came out of, "" outside blocks."""
    block = drawing.entities.block[of]
    return f"{drawing.entities.handle[of]} {block.split('/', 1)[0]}" if block else ""


def left_lines(mine: Marks, other: Marks, reach: Reach, kinds: Kinds) -> tuple[list[Stroke], int]:
    """Return the stretches of lines that the other drawing lacks, and how many were too short to be told."""
    met, _ = segments.met_whole(mine.lines, other.lines, 2 * reach.match)
    open_ = np.flatnonzero(~met)
    lines = mine.lines[open_]
    found = segments.uncovered(lines, other.lines, reach.along)
    told, quiet = _long_enough(found, reach.least)
    pieces, whole = segments.cut(lines, told), told.whole
    of = mine.line_of[open_][told.row]
    made = [_line(mine.drawing, pieces[k], int(of[k]), bool(whole[k]), lines[told.row[k]], kinds) for k in range(len(pieces))]
    return joined(made, reach.along), quiet


def _long_enough(found: Stretches, least: float) -> tuple[Stretches, int]:
    told = found.end - found.start >= least
    return Stretches(found.row[told], found.start[told], found.end[told], found.length[told]), int((~told).sum())


def _line(drawing: Drawing, piece: Floats, of: int, whole: bool, full: Floats, kinds: Kinds) -> Stroke:
    (x1, y1, x2, y2), (fx1, fy1, fx2, fy2) = segments.directed(np.array([piece, full])).tolist()
    at, length = complex(x1 + x2, y1 + y2) / 2, float(np.hypot(x2 - x1, y2 - y1))
    full_at = complex(fx1 + fx2, fy1 + fy2) / 2
    return Stroke(
        "line", ((x1, y1), (x2, y2)), at, (x2 - x1, y2 - y1), length, (of,), kinds(drawing, of), whole, full_at, (fx2 - fx1, fy2 - fy1), block_of(drawing, of)
    )


def left_arcs(mine: Marks, other: Marks, reach: Reach, kinds: Kinds) -> tuple[list[Stroke], int]:
    """Return the stretches of arcs that the other drawing lacks, and how many were too short to be told."""
    open_ = np.flatnonzero(~arc_pieces.met_whole(mine.arcs, other.arcs, 2 * reach.match))
    arcs = mine.arcs[open_]
    told, quiet = _long_enough(arc_pieces.uncovered(arcs, other.arcs, reach.along), reach.least)
    pieces, whole = arc_pieces.cut(arcs, told), told.whole
    of = mine.arc_of[open_][told.row]
    return [arc_stroke(mine.drawing, pieces[k], int(of[k]), bool(whole[k]), kinds) for k in range(len(pieces))], quiet


def arc_stroke(drawing: Drawing, arc: Floats, of: int, whole: bool, kinds: Kinds) -> Stroke:
    """Return an arc as a stroke; a circle's sign does not know where it was begun."""
    shape = arc_pieces.drawn(arc)
    x, y, radius, start, end = arc.tolist()
    full = end - start > 2 * np.pi - 1e-6
    sign = (radius, 0.0, 0.0, 0.0, 0.0) if full else (radius, *(radius * value for angle in (start, end) for value in (np.cos(angle), np.sin(angle))))
    at, length = complex(x, y), radius * (end - start)
    return Stroke("arc", shape, at, sign, length, (of,), kinds(drawing, of), whole, at, sign, block_of(drawing, of))


def joined(strokes: list[Stroke], tolerance_m: float) -> list[Stroke]:
    """Return lines with those that lie on one straight line and touch or overlap made one, where they are part of the same kind of thing."""
    if len(strokes) < 2:
        return strokes
    ends = np.array([[*one.shape[0], *one.shape[1]] for one in strokes])
    shapes = straight(ends)
    a, b = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=tolerance_m)
    ahead = a < b
    a, b = a[ahead], b[ahead]
    run_on = _collinear(ends[a], ends[b], tolerance_m) & np.array([strokes[i].what == strokes[j].what for i, j in zip(a, b, strict=True)], bool)
    groups = components(len(strokes), a[run_on], b[run_on])
    return [_one_line([strokes[row] for row in rows]) for rows in groups]


def _collinear(one: Floats, other: Floats, tolerance_m: float) -> np.ndarray:
    """Return which pairs lie on one straight line, measured along the longer of the two."""
    swap = np.hypot(one[:, 2] - one[:, 0], one[:, 3] - one[:, 1]) < np.hypot(other[:, 2] - other[:, 0], other[:, 3] - other[:, 1])
    long_, short = np.where(swap[:, None], other, one), np.where(swap[:, None], one, other)
    length = np.hypot(long_[:, 2] - long_[:, 0], long_[:, 3] - long_[:, 1])
    ux, uy = (long_[:, 2] - long_[:, 0]) / length, (long_[:, 3] - long_[:, 1]) / length
    off = [np.abs((short[:, at + 1] - long_[:, 1]) * ux - (short[:, at] - long_[:, 0]) * uy) for at in (0, 2)]
    flat: np.ndarray = (off[0] <= tolerance_m) & (off[1] <= tolerance_m)
    return flat


def components(count: int, a: Ints, b: Ints) -> list[list[int]]:
    """Return the groups of rows that pairs join, each in order, the groups by their first row."""
    _, label = connected_components(coo_array((np.ones(len(a), np.int8), (a, b)), shape=(count, count)), directed=False)
    groups: dict[int, list[int]] = {}
    for row, one in enumerate(label.tolist()):
        groups.setdefault(one, []).append(row)
    return list(groups.values())


def _one_line(parts: list[Stroke]) -> Stroke:
    if len(parts) == 1:
        return parts[0]
    longest = max(parts, key=lambda one: one.length)
    unit = complex(*longest.sign[:2]) / longest.length
    start = complex(*longest.shape[0])
    spots = sorted(((complex(*end) - start) * unit.conjugate()).real for one in parts for end in one.shape)
    first, last = start + unit * spots[0], start + unit * spots[-1]
    whole = all(one.whole for one in parts)
    lead = max(parts, key=lambda one: abs(complex(*one.full_sign)))
    at, sign = (first + last) / 2, ((last - first).real, (last - first).imag)
    return Stroke(
        "line",
        ((first.real, first.imag), (last.real, last.imag)),
        at,
        sign,
        abs(last - first),
        tuple(sorted({row for one in parts for row in one.of})),
        longest.what,
        whole,
        at if whole else lead.full_at,
        sign if whole else lead.full_sign,
        longest.block if len({one.block for one in parts}) == 1 else "",
    )
