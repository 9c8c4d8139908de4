"""Two drawings compared: what differs is told by kind and place, what does not differ is not told."""

import numpy as np
import pytest

from geo.drawing.compare.comparing import compare
from geo.drawing.compare.lineage import lineage
from geo.drawing.compare.placing import Similarity
from geo.drawing.dwelling import Plans, UnitOfMeasure, UnitVote
from geo.drawing.model import Drawing
from tests.geo.drawing.made import carried, plan, redrawn

MM = Plans(UnitOfMeasure(0.001, (UnitVote("doors", 0.001, 2), UnitVote("header", 0.001, 1))))
NOTHING = Plans(UnitOfMeasure(None, ()))


def told(old: Drawing, new: Drawing) -> set[tuple[str, str]]:
    return {(one.op, one.what) for one in compare(old, new, MM, MM).differences}


def test_a_drawing_differs_in_nothing_from_itself() -> None:
    comparison = compare(plan().drawing(), plan().drawing(), MM, MM)
    assert comparison.differences == ()
    assert comparison.alignments[0].status == "aligned"
    assert comparison.compared > 0


@pytest.mark.parametrize("by", [Similarity(), Similarity(1j, 4000 - 300j), Similarity(complex(np.exp(0.3j)), 1e6 + 2e6j), Similarity(1, 9000, mirrored=True)])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_drawing_drawn_once_more_differs_in_nothing(by: Similarity, seed: int) -> None:
    again = redrawn(carried(plan().drawing(), by), np.random.default_rng(seed), jitter=0.3)
    assert compare(plan().drawing(), again, MM, MM).differences == ()


def test_nothing_is_told_in_metres_where_the_unit_is_not_settled() -> None:
    pen = plan()
    pen.line(900, 900, 2900, 900, "FURN")
    (one,) = compare(plan().drawing(), pen.drawing(), NOTHING, NOTHING).differences
    assert (one.op, one.what) == ("added", "line")
    assert {frozenset(line) for line in one.shape_after} == {frozenset([(900.0, 900.0), (2900.0, 900.0)])}
    assert compare(plan().drawing(), pen.drawing(), NOTHING, NOTHING).unit_m is None


def test_what_a_file_has_less_is_removed_and_what_it_has_more_is_added() -> None:
    pen = plan()
    pen.text("储藏", 6900, 5600)
    pen.line(900, 900, 2900, 900, "FURN")
    assert told(plan().drawing(), pen.drawing()) == {("added", "text"), ("added", "line")}
    assert told(pen.drawing(), plan().drawing()) == {("removed", "text"), ("removed", "line")}


def test_two_files_with_nothing_to_tell_have_no_order() -> None:
    one = plan().drawing()
    past = lineage(one, one, compare(one, one, MM, MM))
    assert (past.order, past.confidence, past.same_fingerprint, past.flags) == ("unknown", "low", None, ())
    assert past.handle_overlap == 1.0
