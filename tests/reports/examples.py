"""A small pair of drawings made by hand: a dwelling of 8.0 × 6.25 m in millimetres, whose construction drawing is 0.6 m deeper."""

from dataclasses import replace
from datetime import date

from shapely import box

from geo.drawing.difference import Alignment, ChangeSet, Comparison, Difference
from geo.drawing.dwelling import Plans, Room, UnitOfMeasure, UnitPlan
from relocation.reports.comparison_sheet import ComparisonSheet, Decision, Judged, UnitSide, UnitTypePair
from tests.drawings.by_hand import DEEP_MM, WIDE_MM, drawn

DEEPER_MM = 600.0


def mm(*points: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    return tuple((x / 1000, y / 1000) for x, y in points)


def differences(label_after: str = "客厅") -> tuple[Difference, ...]:
    deep = DEEP_MM + DEEPER_MM
    return (
        Difference(
            "d1",
            "moved",
            "wall",
            "WALL",
            None,
            None,
            (4.0, 6.55),
            (mm((0, DEEP_MM), (WIDE_MM, DEEP_MM)),),
            (mm((0, deep), (WIDE_MM, deep)),),
            moved_m=0.6,
            change_set=1,
            weight=3,
        ),
        Difference("d2", "changed", "text", "PUB_TEXT", "卧室", label_after, (1.5, 3.0), change_set=2, weight=2),
        Difference("d3", "added", "line", "WALL", None, None, (6.0, 2.5), (), (mm((6000, 240), (6000, 4800)),), change_set=2),
        Difference("d4", "removed", "opening", "DOOR", "M0921", None, (4.45, 1.0), (mm((4000, 1000), (4900, 1000)),), (), change_set=2, weight=2),
    )


def change_sets() -> tuple[ChangeSet, ...]:
    return (
        ChangeSet(1, (0.0, 6.25, 8.0, 6.85), (), ("d1",), {"moved wall": 1}),
        ChangeSet(2, (1.5, 0.24, 6.0, 4.8), (), ("d2", "d3", "d4"), {"added line": 1, "changed text": 1, "removed opening": 1}),
    )


ALIGNED = Alignment(1.0, 0.0, 0.0, 0.0, mirrored=False, inlier=0.9, residual=0.0, status="aligned")


def example(*, label: str = "B户型", name: str = "设计图.dxf", text_after: str = "客厅") -> ComparisonSheet:
    """Return a sheet with every kind of difference, one decision, one unit type that fails in the design only."""
    old, new = drawn(name, DEEP_MM, "卧室"), drawn("施工图.dxf", DEEP_MM + DEEPER_MM, text_after, [(6000, 240, 6000, 4800)])
    comparison = Comparison(0.001, (ALIGNED,), differences(text_after), change_sets(), {"renamed-layer": 3}, {"IMAGE": 2}, compared=25)
    return ComparisonSheet(
        old=old,
        new=new,
        comparison=comparison,
        plans_old=plans(label, DEEP_MM),
        plans_new=plans(label, DEEP_MM + DEEPER_MM),
        unit_types=(unit_type(label),),
        verdicts=(
            Judged(
                "drawing-agreement", "review", {"zh": "设计图与施工图的面积相差 4.80 ㎡。", "en": "The areas of design and construction differ by 4.80 m²."}
            ),
        ),
        lineage=(Judged("drawing-lineage", "review", {"zh": "设计图在施工图之后保存。", "en": "The design was saved after the construction drawing."}),),
        decisions={"d1": Decision("approved", document="建字〔2017〕8号", decided_on=date(2018, 6, 1))},
        made_on=date(2018, 7, 1),
    )


def plans(label: str, deep: float) -> Plans:
    outline = box(0, 0, WIDE_MM / 1000, deep / 1000)
    room = Room(("卧室",), 20.0, box(0.24, 0.24, 3.9, 5.7), 20.0, "exact")
    return Plans(UnitOfMeasure(0.001, ()), unit_plans=(UnitPlan(label, outline, outline.area, 0.05, 0.0, 50.0, (2,), (room,)),))


def unit_type(label: str) -> UnitTypePair:
    """8.0 × 6.25 = 50.0 m² for two is 25 m² a person; 8.0 × 6.85 = 54.8 m² is 27.4."""
    design = UnitSide(50.0, 0.05, 0.0, 50.0, 50.0, 2, outcome="pass", sentence={"zh": "每人 25 ㎡，不超过上限。", "en": "25 m² a person is within the limit."})
    built = UnitSide(
        54.8, 0.05, 0.0, 54.8, 50.0, 2, outcome="fail", sentence={"zh": "每人 27.4 ㎡，超过上限 25 ㎡。", "en": "27.4 m² a person is above the limit of 25 m²."}
    )
    return UnitTypePair(label, design, built, 25.0)


def refused() -> ComparisonSheet:
    """Return a pair that could not be laid one over the other."""
    lost = replace(ALIGNED, status="refused", inlier=0.1, reason="unsure")
    return replace(example(), comparison=Comparison(0.001, (lost,), (), ()), decisions={})
