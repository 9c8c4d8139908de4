"""Any drawing altered a little, as columns: edits far from each other, each with the kinds and the box it must be told by."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from geo.drawing.model import Dimension, Drawing, Text
from tests.drawings.planting import Box

STROKES = ("wall", "line", "arc", "opening", "block")
TEXTS = ("text", "area", "room")
APART_M = 1.6
"""Edits stand so far from each other that none can be taken for a part of another."""


@dataclass(frozen=True)
class Edit:
    """One edit: what was done, by which operations and kinds it may be told, and where (drawing units)."""

    name: str
    ops: tuple[str, ...]
    whats: tuple[str, ...]
    box: Box


@dataclass
class _Bench:
    drawing: Drawing
    unit_m: float
    rng: np.random.Generator
    lines: np.ndarray
    texts: list[Text]
    dimensions: list[Dimension]
    gone: set[int] = field(default_factory=set)
    added: list[tuple[np.ndarray, int]] = field(default_factory=list)
    arcs: np.ndarray = field(default_factory=lambda: np.empty((0, 5)))
    edits: list[Edit] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        reach = APART_M / self.unit_m
        return all(
            box[0] > one.box[2] + reach or box[2] < one.box[0] - reach or box[1] > one.box[3] + reach or box[3] < one.box[1] - reach for one in self.edits
        )


def mutated(drawing: Drawing, unit_m: float, rng: np.random.Generator, most: int = 20) -> tuple[Drawing, list[Edit]]:
    """Return a drawing with up to `most` edits, none smaller than 5 mm and none hidden under another line, and the list of them."""
    bench = _Bench(drawing, unit_m, rng, drawing.lines.xy.copy(), list(drawing.texts), list(drawing.dimensions), arcs=drawing.arcs.xyr.copy())
    tries: tuple[Callable[[_Bench], Edit | None], ...] = (_delete, _add, _move, _stretch, _reword, _move_text, _drop_text, _override, _resize)
    for number in range(most * 6):
        if len(bench.edits) >= most:
            break
        edit = tries[number % len(tries)](bench)
        if edit is not None:
            bench.edits.append(edit)
    kept = [row for row in range(len(bench.lines)) if row not in bench.gone]
    of = np.concatenate([drawing.lines.of[kept], np.array([row for _, row in bench.added], np.int64)])
    xy = np.vstack([bench.lines[kept], *(one[None, :] for one, _ in bench.added)])
    made = replace(drawing, lines=replace(drawing.lines, xy=xy, of=of), arcs=replace(drawing.arcs, xyr=bench.arcs))
    return replace(made, texts=tuple(bench.texts), dimensions=tuple(bench.dimensions)), bench.edits


def _box(points: np.ndarray) -> Box:
    at = points.reshape(-1, 2)
    return float(at[:, 0].min()), float(at[:, 1].min()), float(at[:, 0].max()), float(at[:, 1].max())


def _picked(bench: _Bench, least_m: float) -> Iterator[int]:
    """Yield lines that are long enough and that no other line runs along, so that an edit of them can be seen."""
    length = np.hypot(*(bench.lines[:, 2:] - bench.lines[:, :2]).T) * bench.unit_m
    for row in bench.rng.permutation(np.flatnonzero((length >= least_m) & (length < 12.0)))[:12].tolist():
        if bench.free(_box(bench.lines[row])) and not _covered(bench, row, bench.lines[row]):
            yield row


def _covered(bench: _Bench, row: int, line: np.ndarray) -> bool:
    """Tell whether another line, arc or curve runs along most of a line."""
    others = np.vstack([np.delete(bench.drawing.lines.xy, row, axis=0), *(one[None, :] for one, _ in bench.added)])
    shape = shapely.LineString(line.reshape(2, 2))
    drawn = np.atleast_1d(np.asarray(shapely.linestrings(others.reshape(-1, 2, 2)), np.object_))
    near = shapely.STRtree(drawn)
    play = 0.012 / bench.unit_m
    rows = near.query(shape, predicate="dwithin", distance=play)
    beside = shapely.union_all(drawn[rows]).buffer(play) if len(rows) else shapely.Polygon()
    return bool(shape.intersection(beside).length > 0.1 * shape.length)


def _delete(bench: _Bench) -> Edit | None:
    for row in _picked(bench, 0.15):
        bench.gone.add(row)
        return Edit("line deleted", ("removed",), STROKES, _box(bench.lines[row]))
    return None


def _add(bench: _Bench) -> Edit | None:
    low, high = np.percentile(bench.drawing.lines.xy.reshape(-1, 2), (5, 95), axis=0)
    for _ in range(12):
        start = bench.rng.uniform(low, high)
        turn, length = bench.rng.uniform(0, np.pi), bench.rng.uniform(0.3, 2.0) / bench.unit_m
        line = np.r_[start, start + length * np.array([np.cos(turn), np.sin(turn)])]
        if bench.free(_box(line)) and not _covered(bench, len(bench.drawing.lines.xy) - 1, line):
            bench.added.append((line, int(bench.drawing.lines.of[int(bench.rng.integers(len(bench.drawing.lines.of)))])))
            return Edit("line added", ("added",), STROKES, _box(line))
    return None


def _move(bench: _Bench) -> Edit | None:
    for row in _picked(bench, 0.3):
        line = bench.lines[row].copy()
        along = (line[2:] - line[:2]) / np.hypot(*(line[2:] - line[:2]))
        far = bench.rng.choice((0.005, 0.02, 0.05, 0.1, 0.3)) / bench.unit_m
        moved = line + far * np.tile([-along[1], along[0]], 2)
        if _covered(bench, row, moved) or not bench.free(_box(np.r_[line, moved])):
            continue
        bench.lines[row] = moved
        return Edit("line moved", ("moved", "changed"), STROKES, _box(np.r_[line, moved]))
    return None


def _stretch(bench: _Bench) -> Edit | None:
    for row in _picked(bench, 0.3):
        line = bench.lines[row].copy()
        along = (line[2:] - line[:2]) / np.hypot(*(line[2:] - line[:2]))
        end = line[2:] + along * bench.rng.uniform(0.006, 0.2) / bench.unit_m
        if _covered(bench, row, np.r_[line[2:] + 0.001 * (end - line[2:]), end]):
            continue
        bench.lines[row] = np.r_[line[:2], end]
        return Edit("line stretched", ("changed", "added", "moved"), STROKES, _box(np.r_[line[2:], end]))
    return None


def _text(bench: _Bench) -> Iterator[tuple[int, Text, Box]]:
    for row in bench.rng.permutation(len(bench.texts))[:12].tolist():
        one = bench.texts[row]
        wide = max(1, max(map(len, one.value.split("\n")))) * one.height
        box = (one.x - wide, one.y - wide, one.x + wide, one.y + wide)
        if one.value.strip() and bench.free(box):
            yield row, one, box


def _reword(bench: _Bench) -> Edit | None:
    for row, one, box in _text(bench):
        bench.texts[row] = replace(one, value=f"{one.value}改")
        return Edit("text changed", ("changed",), TEXTS, box)
    return None


def _move_text(bench: _Bench) -> Edit | None:
    for row, one, _ in _text(bench):
        far = max(0.3 / bench.unit_m, 3 * one.height)
        reach = (one.x - far, one.y - far, one.x + 2 * far, one.y + 2 * far)
        alone = sum(other.value == one.value for other in bench.texts) == 1
        if alone and bench.free(reach):
            bench.texts[row] = replace(one, x=one.x + far, y=one.y + far)
            return Edit("text moved", ("moved",), TEXTS, reach)
    return None


def _drop_text(bench: _Bench) -> Edit | None:
    for row, one, box in _text(bench):
        if sum(abs(other.x - one.x) + abs(other.y - one.y) < 3 * one.height for other in bench.texts) == 1:
            bench.texts.pop(row)
            return Edit("text deleted", ("removed",), TEXTS, box)
    return None


def _override(bench: _Bench) -> Edit | None:
    for row in bench.rng.permutation(len(bench.dimensions)).tolist():
        one = bench.dimensions[row]
        box = _box(np.vstack([one.points, [[one.x, one.y]]]))
        if one.text in ("", "<>") and one.kind in ("linear", "aligned") and bench.free(box):
            bench.dimensions[row] = replace(one, text=f"{one.measured / (one.factor or 1) * bench.unit_m * 1000 + 300:.0f}")
            return Edit("dimension overridden", ("changed",), ("override",), box)
    return None


def _resize(bench: _Bench) -> Edit | None:
    for row in bench.rng.permutation(len(bench.arcs))[:20].tolist():
        x, y, radius, start, end = bench.arcs[row].tolist()
        box = (x - radius, y - radius, x + radius, y + radius)
        alone = (np.hypot(*(bench.drawing.arcs.xyr[:, :2] - (x, y)).T) < 0.2 / bench.unit_m).sum() == 1
        if radius * bench.unit_m > 0.25 and alone and bench.free(box):
            bench.arcs[row] = (x, y, radius * 0.85, start, end)
            return Edit("arc resized", ("changed",), STROKES, box)
    return None
