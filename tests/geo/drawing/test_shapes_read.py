"""Every kind of shape comes out as the points it is drawn through, whichever way its own axes lie."""

from math import pi, tau

import numpy as np
import pytest
from ezdxf.document import Drawing as Document
from ezdxf.math import BSpline
from ezdxf.math import Vec2 as Vector

from geo.drawing.model import Drawing
from geo.drawing.read.curves import STEPS
from tests.geo.drawing.made_files import drawing_of

DOWN = (0, 0, -1)  # the normal of everything that was mirrored out of the plane


def drawn(name: str, *values: object, version: str = "R2010", **told: object) -> Drawing:
    return drawing_of(lambda doc: getattr(doc.modelspace(), f"add_{name}")(*values, **told), version)


def test_a_bulge_of_one_is_a_half_circle_to_the_right_of_its_chord() -> None:
    drawing = drawn("lwpolyline", [(0, 0, 1), (10, 0, 0), (10, 5, 0)], format="xyb")
    assert drawing.arcs.xyr.tolist() == [pytest.approx([5, 0, 5, pi, tau])]
    assert drawing.lines.xy.tolist() == [[10, 0, 10, 5]]


def test_a_negative_bulge_lies_on_the_other_side() -> None:
    drawing = drawn("lwpolyline", [(0, 0, -1), (10, 0, 0)], format="xyb")
    assert drawing.arcs.xyr.tolist() == [pytest.approx([5, 0, 5, 0, pi])]


def test_a_closed_polyline_closes_with_the_bulge_of_its_last_corner() -> None:
    drawing = drawn("lwpolyline", [(0, 0, 0), (10, 0, 0), (10, 10, np.tan(pi / 8))], format="xyb", close=True)
    (arc,) = drawing.arcs.xyr.tolist()
    assert arc[4] - arc[3] == pytest.approx(pi / 2)
    assert len(drawing.lines.xy) == 2


def test_an_old_polyline_is_read_like_a_new_one() -> None:
    old = drawn("polyline2d", [(0, 0, 1), (10, 0, 0), (10, 5, 0)], format="xyb", version="R12")
    new = drawn("lwpolyline", [(0, 0, 1), (10, 0, 0), (10, 5, 0)], format="xyb")
    assert np.allclose(old.arcs.xyr, new.arcs.xyr)
    assert np.allclose(old.lines.xy, new.lines.xy)


def test_a_polyline_turned_over_keeps_its_corners_where_they_show_and_bulges_to_the_other_side() -> None:
    drawing = drawn("lwpolyline", [(0, 0, 1), (10, 0, 0)], format="xyb", dxfattribs={"extrusion": DOWN})
    assert drawing.arcs.xyr.tolist() == [pytest.approx([-5, 0, 5, pi, tau])]


def test_an_arc_turned_over_runs_from_the_mirrored_end() -> None:
    drawing = drawn("arc", (10, 0), 4, 0, 90, dxfattribs={"extrusion": DOWN})
    assert drawing.arcs.xyr.tolist() == [pytest.approx([-10, 0, 4, pi / 2, pi])]


def test_a_circle_turned_over_is_a_circle_from_nought_to_a_full_turn() -> None:
    drawing = drawn("circle", (10, 3), 4, dxfattribs={"extrusion": DOWN})
    assert drawing.arcs.xyr.tolist() == [pytest.approx([-10, 3, 4, 0, tau])]


def test_a_tilted_circle_is_the_ellipse_it_looks_like_from_above() -> None:
    drawing = drawn("circle", (0, 0), 10, dxfattribs={"extrusion": (0, 1, 1)})
    (curve,) = drawing.curves
    assert np.ptp(curve.points[:, 0]) == pytest.approx(20, rel=1e-3)
    assert np.ptp(curve.points[:, 1]) == pytest.approx(20 / np.sqrt(2), rel=1e-3)
    assert curve.closed


@pytest.mark.parametrize(("start", "end"), [(0, 0), (350, 10), (90, 45), (-30, 30), (0, 359.5)])
def test_an_arc_ends_after_it_starts_and_within_a_turn(start: float, end: float) -> None:
    drawing = drawn("arc", (0, 0), 2, start, end)
    (arc,) = drawing.arcs.xyr.tolist()
    assert 0 < arc[4] - arc[3] <= tau + 1e-12
    assert np.cos(arc[3]) == pytest.approx(np.cos(np.radians(start)))
    assert np.cos(arc[4]) == pytest.approx(np.cos(np.radians(end)))


def test_an_ellipse_is_its_equation() -> None:
    drawing = drawn("ellipse", (5, 1), (0, 4), 0.5)
    (curve,) = drawing.curves
    assert np.allclose(((curve.points[:, 0] - 5) / 2) ** 2 + ((curve.points[:, 1] - 1) / 4) ** 2, 1)
    assert curve.closed
    assert len(curve.points) == STEPS + 1


def test_part_of_an_ellipse_runs_between_its_parameters() -> None:
    drawing = drawn("ellipse", (0, 0), (4, 0), 0.5, start_param=0, end_param=pi / 2)
    (curve,) = drawing.curves
    assert curve.points[0] == pytest.approx([4, 0])
    assert curve.points[-1] == pytest.approx([0, 2], abs=1e-9)
    assert not curve.closed


def test_a_spline_lies_on_the_curve_that_another_program_computes() -> None:
    control = [(0, 0), (10, 20), (30, -10), (45, 15), (60, 0), (62, 9)]
    drawing = drawing_of(lambda doc: doc.modelspace().add_open_spline(control))
    (curve,) = drawing.curves
    fine = np.array([tuple(Vector(point)) for point in BSpline(control, order=4).approximate(2000)])
    distance = np.sqrt(((curve.points[:, None] - fine[None]) ** 2).sum(-1)).min(1)
    assert distance.max() < 0.03
    assert curve.points[0] == pytest.approx([0, 0])
    assert curve.points[-1] == pytest.approx([62, 9])


def test_a_rational_spline_can_be_a_circle() -> None:
    w = np.sqrt(0.5)
    control, weights = [(10, 0), (10, 10), (0, 10)], [1, w, 1]
    drawing = drawing_of(lambda doc: doc.modelspace().add_rational_spline(control, weights, degree=2))
    (curve,) = drawing.curves
    assert np.allclose(np.hypot(*curve.points.T), 10)


def test_a_spline_that_is_stored_by_the_points_it_passes_passes_them() -> None:
    fit = [(0, 0), (10, 5), (20, 0), (30, 8)]
    drawing = drawing_of(lambda doc: doc.modelspace().add_spline(fit))
    (curve,) = drawing.curves
    for point in fit:
        assert np.hypot(*(curve.points - point).T).min() < 1e-9


def area(ring: np.ndarray) -> float:
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def test_a_hatch_with_a_round_side_has_the_area_it_covers() -> None:
    def draw(doc: Document) -> None:
        hatch = doc.modelspace().add_hatch()
        hatch.paths.add_polyline_path([(0, 0, 0), (10, 0, 1), (10, 10, 0), (0, 10, 0)], is_closed=True)

    (hatch,) = drawing_of(draw).hatches
    assert area(hatch.rings[0]) == pytest.approx(100 + pi * 25 / 2, rel=1e-3)
    assert hatch.solid


def test_a_hatch_of_edges_is_chained_whichever_way_they_run() -> None:
    def draw(doc: Document) -> None:
        hatch = doc.modelspace().add_hatch()
        hatch.set_pattern_fill("ANSI31")
        edges = hatch.paths.add_edge_path()
        edges.add_line((0, 0), (10, 0))
        edges.add_line((10, 8), (10, 0))
        edges.add_arc((5, 8), 5, 0, 180, ccw=True)
        edges.add_line((0, 8), (0, 0))
        hatch.paths.add_polyline_path([(4, 2), (6, 2), (6, 4), (4, 4)], is_closed=True, flags=16)

    (hatch,) = drawing_of(draw).hatches
    assert area(hatch.rings[0]) == pytest.approx(80 + pi * 25 / 2, rel=1e-3)
    assert area(hatch.rings[1]) == pytest.approx(4)
    assert (hatch.pattern, hatch.solid) == ("ANSI31", False)


def test_a_filled_piece_is_a_hatch_and_a_face_shows_its_edges() -> None:
    solid = drawn("solid", [(0, 0), (10, 0), (0, 5), (10, 5)])  # corners of a SOLID cross over
    assert area(solid.hatches[0].rings[0]) == pytest.approx(50)
    face = drawn("3dface", [(0, 0), (10, 0), (10, 5), (0, 5)])
    assert len(face.lines.xy) == 4
    assert not face.hatches


def test_a_leader_is_its_line() -> None:
    drawing = drawn("leader", [(0, 0), (5, 5), (9, 5)])
    assert drawing.lines.xy.tolist() == [[0, 0, 5, 5], [5, 5, 9, 5]]


def test_a_multiline_wall_is_two_lines_a_side_of_its_axis() -> None:
    def draw(doc: Document) -> None:
        doc.modelspace().add_mline([(0, 0), (1000, 0)], dxfattribs={"scale_factor": 240, "justification": 1})

    drawing = drawing_of(draw)
    assert sorted(np.round(drawing.lines.xy, 6).tolist()) == [[0, -120, 1000, -120], [0, 120, 1000, 120]]


def test_a_line_without_length_is_an_entity_and_no_line() -> None:
    drawing = drawn("line", (1, 1), (1, 1))
    assert not len(drawing.lines.xy)
    assert drawing.entities.kind == ("LINE",)


def test_kinds_that_are_not_compared_are_counted_by_name() -> None:
    def draw(doc: Document) -> None:
        for at in range(3):
            doc.modelspace().add_point((at, 0))
        doc.modelspace().add_xline((0, 0), (1, 0))
        doc.modelspace().add_line((0, 0), (1, 0))

    drawing = drawing_of(draw)
    assert dict(drawing.left_out) == {"POINT": 3, "XLINE": 1}
    assert drawing.read_whole


def test_an_invisible_entity_is_counted_and_not_drawn() -> None:
    drawing = drawn("line", (0, 0), (1, 0), dxfattribs={"invisible": 1})
    assert not len(drawing.lines.xy)
    assert dict(drawing.left_out) == {"invisible": 1}


def test_a_wipeout_shows_what_it_covers() -> None:
    drawing = drawing_of(lambda doc: doc.modelspace().add_wipeout([(0, 0), (100, 50)]))
    (cover,) = drawing.hatches
    assert cover.pattern == "WIPEOUT"
    assert area(cover.rings[0]) == pytest.approx(5000, rel=1e-6)
