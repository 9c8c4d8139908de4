"""Everything that two drawings differ by once one lies on the other, sort by sort."""

from collections import Counter

import numpy as np

from geo.drawing.compare.coarse import MOST_STROKES, in_the_large
from geo.drawing.compare.curved import left_curves
from geo.drawing.compare.fills import differing_hatches
from geo.drawing.compare.gathering import gathered
from geo.drawing.compare.items import Item
from geo.drawing.compare.leftovers import Kinds, Reach, Stroke, left_arcs, left_lines
from geo.drawing.compare.marks import Marks
from geo.drawing.compare.measured import differing_dimensions
from geo.drawing.compare.segments import met_whole
from geo.drawing.compare.takenapart import without_taken_apart
from geo.drawing.compare.texts import FAR_M, differing_texts
from geo.drawing.difference import Tolerances
from geo.drawing.model import plain_layer

_NEAR_M = 1.5  # where nearly everything is another, the same words farther off are not the same text


def differing(
    old: Marks,
    new: Marks,
    kinds: tuple[Kinds, Kinds],
    units: tuple[float, float],
    tolerances: Tolerances,
    *,
    rooms: frozenset[str] = frozenset(),
    coarse: bool = False,
    mirrored: bool = False,
) -> tuple[list[Item], Counter[str]]:
    """Return the differences between two drawings' marks (metres, one on the other), and what was too small to be told.

    rooms: comparable names of rooms and unit types. mirrored: whether the new one was, to be laid. coarse: strokes are told in the large, as they are where there are thousands of them.
    """
    reach = Reach(tolerances.match_m, 2 * tolerances.match_m, tolerances.report_m - tolerances.match_m / 2)
    folded: Counter[str] = Counter()
    before, quiet = _left(old, new, reach, kinds[0])
    after, more = _left(new, old, reach, kinds[1])
    in_large = coarse or len(before) + len(after) > MOST_STROKES
    items, still = (in_the_large(before, after), 0) if in_large else gathered(before, after, reach.least)
    folded["below-limit"] += quiet + more + still
    texts, quiet = differing_texts(old.texts, new.texts, rooms, tolerances, _NEAR_M if in_large else FAR_M, mirrored=mirrored)
    dimensions, moved = differing_dimensions(old.dimensions, new.dimensions, units, tolerances)
    hatches, patterns = differing_hatches(old.hatches, new.hatches, tolerances)
    folded["renamed-layer"] = len(_renamed(old, new, reach.match))
    folded.update({"text-place": quiet, "dimension-place": moved, "hatch-pattern": patterns})
    told, apart = without_taken_apart(items + texts + dimensions + hatches, old.dimensions, new.dimensions)
    folded["dimension-apart"] = apart
    return told, Counter({reason: count for reason, count in folded.items() if count})


def _left(mine: Marks, other: Marks, reach: Reach, kinds: Kinds) -> tuple[list[Stroke], int]:
    lines, short = left_lines(mine, other, reach, kinds)
    arcs, small = left_arcs(mine, other, reach, kinds)
    return lines + arcs + left_curves(mine, other, reach.match, kinds), short + small


def _renamed(old: Marks, new: Marks, match_m: float) -> set[tuple[str, str]]:
    """Return which layer's lines lie, to the last, on lines of a layer of another name."""
    met, row = met_whole(old.lines, new.lines, 2 * match_m)
    pairs = np.column_stack([old.drawing.entities.layer[old.line_of[met]], new.drawing.entities.layer[new.line_of[row[met]]]])
    named = {(plain_layer(old.drawing.layers[a].name), plain_layer(new.drawing.layers[b].name)) for a, b in np.unique(pairs, axis=0).tolist()}
    kept = {a for a, b in named if a == b}
    return {(a, b) for a, b in named if a not in kept}
