"""Drawings read and compared: a settlement of 100,000 entities against its edited and turned copy, and a unit plan's pair up to its picture.

Run as `python -m benchmarks.drawing_compare`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from benchmarks.measure import Contest

SHEETS = 207
"""So many times two plans make 100,000 entities once their blocks are in place."""
EDITS = 100
SEED = 20_170_320


@dataclass(frozen=True)
class Given:
    """The large pair as bytes and as read, where its edits are (mm), and a small pair as bytes."""

    old: bytes
    new: bytes
    read: tuple[Any, Any]
    edits: tuple[tuple[float, float, float, float], ...]
    small: tuple[tuple[str, bytes], tuple[str, bytes]]


def prepare(scale: float) -> Given:
    """Draw the settlement, move some of its walls by 100 mm, shuffle everything, turn it by 90°; write both down and read them."""
    from geo.drawing.read.reading import read
    from tests.drawings.pairs import planted_pairs
    from tests.drawings.planting import box_of
    from tests.drawings.sheets import moved, sheet
    from tests.drawings.strokes import Line, Measure, Similarity, placed
    from tests.drawings.unit_plans import Manner
    from tests.drawings.unit_types import C, D
    from tests.drawings.writing import Form, dxf

    chance = Random(SEED)
    plan = sheet((C, D), Manner(columns="frame", hatched=True, furniture=True))
    once = [one for one in plan.strokes if not isinstance(one, Measure)]
    laid = [Similarity(dx=60_000.0 * (k % 16) + chance.uniform(0, 4000), dy=45_000.0 * (k // 16) + chance.uniform(0, 4000)) for k in range(int(SHEETS * scale))]
    strokes = [placed(one, by) for by in laid for one in once]
    edited = list(strokes)
    walls = [row for row, one in enumerate(strokes) if isinstance(one, Line) and one.role == "wall"]
    boxes = []
    for row in chance.sample(walls, min(EDITS, len(walls))):
        wall = strokes[row]
        if isinstance(wall, Line):
            edited[row] = replace(wall, a=(wall.a[0] + 100, wall.a[1] + 100), b=(wall.b[0] + 100, wall.b[1] + 100))
            boxes.append(box_of(wall))
    chance.shuffle(edited)
    old = dxf(replace(plan, strokes=tuple(strokes)), Form())
    new = dxf(moved(replace(plan, strokes=tuple(edited)), Similarity(turned_deg=90.0, dx=5000.0)), Form(naming="tianzheng"))
    pair = next(one for one in planted_pairs() if one.kind == "outer wall moved")
    small = (pair.old.name, pair.old.data), (pair.new.name, pair.new.data)
    return Given(old, new, (read(old, "old.dxf"), read(new, "new.dxf")), tuple(boxes), small)


def read_one(given: Given) -> Any:
    """Read the large drawing."""
    from geo.drawing.read.reading import read

    return read(given.old, "old.dxf")


def compare_two(given: Given) -> Any:
    """Compare the large pair."""
    from geo.drawing.compare.comparing import compare
    from geo.drawing.dwelling import Plans, UnitOfMeasure

    unit = Plans(UnitOfMeasure(0.001, ()))
    return compare(*given.read, unit, unit)


def first_picture(given: Given) -> Any:
    """Read, understand and compare a unit plan's pair and draw the overlay."""
    from benchmarks.accuracy_areas import naming
    from geo.drawing.compare.comparing import compare
    from geo.drawing.plan.understanding import understand
    from geo.drawing.read.reading import read
    from relocation.reports.comparison_sheet import ComparisonSheet
    from relocation.reports.svg import svg

    old, new = (read(data, name) for name, data in given.small)
    plans = understand(old, naming()), understand(new, naming())
    return svg(ComparisonSheet(old, new, compare(old, new, *plans), *plans), "zh")


def judge(given: Given, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Tell how many entities there are, and how many edits were found and rows told for nothing."""
    from tests.drawings.holding import box_mm, near

    facts: dict[str, Any] = {"entities": len(given.read[0].entities), "MB of DXF": round(len(given.old) / 1e6, 1), "edits": len(given.edits)}
    comparison = answers.get("compare 100,000")
    if comparison is not None:
        told = [box_mm(one) for one in comparison.differences]
        facts["edits found"] = sum(any(near(edit, box, 150.0) for box in told) for edit in given.edits)
        facts["rows for nothing"] = sum(not any(near(edit, box, 150.0) for edit in given.edits) for box in told)
    return facts


contest = Contest(
    "drawings read and compared",
    prepare=prepare,
    ways={"read 100,000": read_one, "compare 100,000": compare_two, "unit plan's pair to its picture": first_picture},
    reference="read 100,000",
    facts=judge,
    targets={"read 100,000": "≤ 3 s", "compare 100,000": "≤ 8 s, peak ≤ 1024 MB", "unit plan's pair to its picture": "< 2 s"},
)

if __name__ == "__main__":
    contest.main(__spec__.name)
