"""What tells the parts of a chart apart without colour: fills of the five outcomes, strokes of lines, shapes of points."""

from checks.verdict import Outcome
from relocation.reports.charts.mark import INK, PAPER, Mark, Told, mark, n

SOLID = {Outcome.FAIL: "#7a1712", Outcome.PASS: "#cfdfd8", Outcome.NOT_APPLICABLE: PAPER}
DASHES = ("", "7 3", "2 3", "10 3 2 3")
EDGED: Told = {"stroke": INK, "stroke_width": 1.4}
STROKES = ("#0b3a5e", "#7a1712", "#1f6b4a", "#6a4b00")


def patterns(name: str) -> Mark:
    """Return the definitions of the patterned fills; ids begin with the picture's name."""
    slanted = mark(
        "pattern", "", (mark("rect", width=7, height=7, fill="#f4e7c3"), mark("path", d="M0 0V7", stroke="#6a4b00", stroke_width=2.6)),
        id=f"{name}-review", width=7, height=7, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip
    dotted = mark(
        "pattern", "", (mark("rect", width=6, height=6, fill=PAPER), mark("circle", cx=3, cy=3, r=1.2, fill="#4a5963")),
        id=f"{name}-no-data", width=6, height=6, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    return mark("defs", "", (slanted, dotted))


def fill(name: str, outcome: Outcome) -> str:
    """Return the fill of an outcome: dark, slanted, dotted, light, empty."""
    return SOLID.get(outcome, f"url(#{name}-{outcome.id})")


def point(outcome: Outcome, x: float, y: float, size: float = 6.0) -> Mark:
    """Return the sign of an outcome at a point: triangle, diamond, square, disc, ring, as everywhere in the program."""
    if outcome is Outcome.FAIL:
        d = f"M{n(x)} {n(y - size)}L{n(x + size)} {n(y + size * 0.8)}H{n(x - size)}Z"
        return mark("path", d=d, fill=SOLID[Outcome.FAIL], **EDGED)
    if outcome is Outcome.REVIEW:
        d = f"M{n(x)} {n(y - size)}L{n(x + size)} {n(y)}L{n(x)} {n(y + size)}L{n(x - size)} {n(y)}Z"
        return mark("path", d=d, fill="#e7b53c", **EDGED)
    if outcome is Outcome.NO_DATA:
        return mark("rect", x=x - size * 0.8, y=y - size * 0.8, width=size * 1.6, height=size * 1.6, fill=PAPER, **EDGED)
    return mark("circle", cx=x, cy=y, r=size * 0.8, fill=SOLID[Outcome.PASS] if outcome is Outcome.PASS else PAPER, **EDGED)
