"""Dimensions: what they measure, computed from their points; what the file stored and what somebody typed stand beside it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geo.drawing.model import Dimension
from geo.drawing.text import decoded_mtext

Point = tuple[float, float]


@dataclass(frozen=True)
class Style:
    """What a dimension style says of the figure shown: DIMLFAC and DIMDEC, None where it does not say."""

    factor: float | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class DimensionFacts:
    """What stands in the file about dimensions beside their points. stored, own: by handle; styles: by name in small letters."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    stored: Mapping[str, float] = field(default_factory=dict)
    own: Mapping[str, Style] = field(default_factory=dict)  # overrides of the one entity
    header: Style = Style()

    def factor(self, handle: str, style: str, paper: bool) -> float:
        """Return DIMLFAC as it works: a negative one counts in paper space alone."""
        factor = next((said.factor for said in self._said(handle, style) if said.factor is not None), 1.0)
        return factor if factor > 0 else -factor if paper and factor else 1.0

    def decimals(self, handle: str, style: str) -> int:
        """Return DIMDEC."""
        return next((said.decimals for said in self._said(handle, style) if said.decimals is not None), 4)

    def _said(self, handle: str, style: str) -> tuple[Style, ...]:
        named = self.styles.get(style.casefold())
        return (self.own.get(handle, Style()), named if named is not None else self.header, self.header)


def dimension(kind: Mapping[str, Any], props: Mapping[str, Any], handle: str, of: int, facts: DimensionFacts, paper: bool) -> Dimension | None:
    """Return one DIMENSION of the primary reader, None where its points are missing."""
    roles = props.get("dxf.dim.roles") or props.get("dwg.dim_roles") or []
    at = {role: (point["x"], point["y"]) for role, point in zip(roles, kind["points"], strict=False)}
    name = {"angular": "angular", "angular_3_point": "angular", "angular3_point": "angular", "angular_3p": "angular", "three_point_angular": "angular"}
    what = name.get(kind["dimension_type"], kind["dimension_type"])
    turn = math.radians(props["dxf.dim.rotation"]) if "dxf.dim.rotation" in props else float(props.get("dwg.dim_rotation", 0.0))
    measured = _measured(what, at, turn, kind["dimension_type"], props)
    if measured is None:
        return None
    points, length = measured
    style = kind["style"] or ""
    factor = facts.factor(handle, style, paper)
    stored = kind["measurement"] if kind["measurement"] is not None else facts.stored.get(handle)
    middle = kind["text_position"] or kind["points"][0]
    text = decoded_mtext(kind["text"] or "")
    figure = length if what == "angular" else length * factor
    return Dimension(what, np.array(points, np.float64), figure, stored, text, factor, facts.decimals(handle, style), middle["x"], middle["y"], of)


def _measured(what: str, at: Mapping[str, Point], turn: float, exact: str, props: Mapping[str, Any]) -> tuple[tuple[Point, ...], float] | None:
    """Return the points measured between and the length or angle (drawing units, radians)."""
    if what in ("linear", "aligned") and "13" in at and "14" in at:
        (x1, y1), (x2, y2) = at["13"], at["14"]
        if what == "aligned":
            return (at["13"], at["14"]), math.hypot(x2 - x1, y2 - y1)
        return (at["13"], at["14"]), abs((x2 - x1) * math.cos(turn) + (y2 - y1) * math.sin(turn))
    if what in ("radius", "diameter") and "10" in at and "15" in at:
        return (at["10"], at["15"]), math.dist(at["10"], at["15"])
    if what == "ordinate" and "10" in at and "13" in at:
        along_x = bool(int(props.get("dxf.dim.flags", 0)) & 64 or props.get("dwg.dim_ordinate_x"))
        return (at["10"], at["13"]), abs(at["13"][0] - at["10"][0]) if along_x else abs(at["13"][1] - at["10"][1])
    if what == "angular" and {"13", "14", "15"} <= set(at):
        return _angle(at, exact)
    return None


def _angle(at: Mapping[str, Point], exact: str) -> tuple[tuple[Point, ...], float]:
    if exact != "angular":  # a vertex and two points
        return (at["15"], at["13"], at["14"]), _between(_direction(at["15"], at["13"]), _direction(at["15"], at["14"]))
    return (at["13"], at["14"], at["15"], at["10"]), _between(_direction(at["13"], at["14"]), _direction(at["15"], at["10"]))


def _direction(one: Point, other: Point) -> float:
    return math.atan2(other[1] - one[1], other[0] - one[0])


def _between(one: float, other: float) -> float:
    turn = abs(one - other) % (2 * math.pi)
    return min(turn, 2 * math.pi - turn)
