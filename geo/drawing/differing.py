"""Everything that two drawings differ by once one lies on the other, sort by sort."""

from collections import Counter

from geo.drawing.difference import Tolerances
from geo.drawing.fills import differing_hatches
from geo.drawing.gathering import gathered
from geo.drawing.items import Item
from geo.drawing.leftovers import Kinds, Reach, Stroke, left_arcs, left_lines
from geo.drawing.marks import Marks
from geo.drawing.measured import differing_dimensions
from geo.drawing.texts import differing_texts


def differing(old: Marks, new: Marks, kinds: tuple[Kinds, Kinds], units: tuple[float, float], tolerances: Tolerances) -> tuple[list[Item], Counter[str]]:
    """Return the differences between two drawings' marks (metres, one on the other), and what was too small to be told."""
    reach = Reach(tolerances.match_m, 2 * tolerances.match_m, tolerances.report_m - tolerances.match_m / 2)
    folded: Counter[str] = Counter()
    before, quiet = _left(old, new, reach, kinds[0])
    after, more = _left(new, old, reach, kinds[1])
    items = gathered(before, after, reach.least)
    folded["below-limit"] += quiet + more
    texts, quiet = differing_texts(old.texts, new.texts, frozenset(), tolerances)
    dimensions, moved = differing_dimensions(old.dimensions, new.dimensions, units, tolerances)
    hatches, patterns = differing_hatches(old.hatches, new.hatches, tolerances)
    folded.update({"text-place": quiet, "dimension-place": moved, "hatch-pattern": patterns})
    return items + texts + dimensions + hatches, Counter({reason: count for reason, count in folded.items() if count})


def _left(mine: Marks, other: Marks, reach: Reach, kinds: Kinds) -> tuple[list[Stroke], int]:
    lines, short = left_lines(mine, other, reach, kinds)
    arcs, small = left_arcs(mine, other, reach, kinds)
    return lines + arcs, short + small
