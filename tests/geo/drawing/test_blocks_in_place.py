"""Blocks come to lie where CAD shows them: nested, mirrored, scaled, turned, in rows and columns."""

from math import pi

import numpy as np
import pytest
from ezdxf.document import Drawing as Document
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.spatial import cKDTree

from geo.drawing.model import Drawing
from geo.drawing.read.reading import read
from geo.drawing.read.unreadable import Unreadable
from tests.geo.drawing.made_files import drawing_of, file_of


def flag(doc: Document) -> None:
    """A block that looks different from every side: two lines, an arc, a text; its base point is not its origin."""
    block = doc.blocks.new("FLAG", base_point=(1, 2))
    block.add_line((1, 2), (1, 7))
    block.add_line((1, 7), (4, 6))
    block.add_arc((1, 2), 3, 0, 90)


def flagged(x: float, y: float, **said: float) -> Drawing:
    """A drawing of one flag put at that place."""

    def draw(doc: Document) -> None:
        flag(doc)
        doc.modelspace().add_blockref("FLAG", (x, y), said)

    return drawing_of(draw)


def ends(drawing: Drawing) -> list[list[float]]:
    return sorted(np.round(drawing.lines.xy, 6).tolist())


def test_a_block_lies_with_its_base_point_at_the_insertion_point() -> None:
    drawing = flagged(100, 50)
    assert ends(drawing) == [[100, 50, 100, 55], [100, 55, 103, 54]]
    assert drawing.arcs.xyr.tolist() == [pytest.approx([100, 50, 3, 0, pi / 2])]


def test_a_mirrored_block_turns_its_arcs_over() -> None:
    drawing = flagged(0, 0, xscale=-1)
    assert ends(drawing) == [[0, 0, 0, 5], [0, 5, -3, 4]]
    assert drawing.arcs.xyr.tolist() == [pytest.approx([0, 0, 3, pi / 2, pi])]
    assert drawing.inserts[0].scale_x == pytest.approx(-1)


def test_a_turned_and_scaled_block_is_turned_after_it_is_scaled() -> None:
    drawing = flagged(10, 0, xscale=2, yscale=2, rotation=90)
    assert ends(drawing) == [[0, 0, 2, 6], [10, 0, 0, 0]]
    assert drawing.arcs.xyr.tolist() == [pytest.approx([10, 0, 6, pi / 2, pi])]


def test_an_unevenly_scaled_arc_becomes_the_ellipse_it_looks_like() -> None:
    drawing = flagged(0, 0, xscale=2, yscale=1)
    assert not len(drawing.arcs.of)
    (curve,) = drawing.curves
    assert np.allclose((curve.points[:, 0] / 6) ** 2 + (curve.points[:, 1] / 3) ** 2, 1)


def test_an_array_of_blocks_stands_in_rows_and_columns_along_its_own_axes() -> None:
    def draw(doc: Document) -> None:
        doc.blocks.new("DOT").add_line((0, 0), (1, 0))
        doc.modelspace().add_blockref(
            "DOT", (5, 5), {"column_count": 3, "row_count": 2, "column_spacing": 10, "row_spacing": 100, "rotation": 90, "xscale": 2, "yscale": 2}
        )

    drawing = drawing_of(draw)
    corners = {tuple(row) for row in np.round(drawing.lines.xy[:, :2], 6).tolist()}
    assert corners == {(5.0 - 100 * row, 5.0 + 10 * column) for row in range(2) for column in range(3)}
    assert len(drawing.inserts) == 6
    assert np.allclose(np.hypot(*(drawing.lines.xy[:, 2:] - drawing.lines.xy[:, :2]).T), 2)


def test_blocks_in_blocks_are_named_outermost_first_and_keep_the_handle_of_the_outer_insert() -> None:
    def draw(doc: Document) -> None:
        doc.blocks.new("INNER").add_line((0, 0), (1, 0))
        doc.blocks.new("OUTER").add_blockref("INNER", (10, 0), {"rotation": 90})
        doc.modelspace().add_blockref("OUTER", (100, 0), {"rotation": 90})

    drawing = drawing_of(draw)
    of = int(drawing.lines.of[0])
    assert np.round(drawing.lines.xy, 9).tolist() == [[100, 10, 99, 10]]
    assert drawing.entities.block[of] == "OUTER/INNER"
    outer = next(insert for insert in drawing.inserts if insert.name == "OUTER")
    assert drawing.entities.handle[of] == drawing.entities.handle[outer.of]


def test_what_a_block_draws_on_layer_0_takes_the_layer_of_its_insert_and_the_rest_keeps_its_own() -> None:
    def draw(doc: Document) -> None:
        block = doc.blocks.new("B")
        block.add_line((0, 0), (1, 0))
        block.add_line((0, 1), (1, 1), {"layer": "窗"})
        doc.modelspace().add_blockref("B", (0, 0), {"layer": "墙体"})

    drawing = drawing_of(draw)
    assert {drawing.layer_of(int(of)) for of in drawing.lines.of} == {"墙体", "窗"}


def test_a_block_that_is_not_defined_is_counted_and_never_passed_over() -> None:
    def draw(doc: Document) -> None:
        flag(doc)
        doc.modelspace().add_blockref("FLAG", (0, 0))
        doc.modelspace().add_line((0, 0), (1, 0))

    data = file_of(draw)
    drawing = read(data.replace(b"  2\nFLAG\n 10\n", b"  2\nGONE\n 10\n"), "made.dxf")
    assert dict(drawing.unreadable) == {"INSERT": 1}
    assert not drawing.read_whole


def test_a_circle_of_blocks_is_refused_and_named() -> None:
    def draw(doc: Document) -> None:
        doc.blocks.new("A").add_blockref("B", (0, 0))
        doc.blocks.new("B").add_blockref("A", (0, 0))
        doc.modelspace().add_blockref("A", (0, 0))

    with pytest.raises(Unreadable) as refused:
        drawing_of(draw)
    assert refused.value.key == "block-in-itself"
    assert refused.value.facts["block"] in ("A", "B")


def test_forty_blocks_in_one_another_are_refused() -> None:
    def draw(doc: Document) -> None:
        doc.blocks.new("B0").add_line((0, 0), (1, 0))
        for at in range(1, 40):
            doc.blocks.new(f"B{at}").add_blockref(f"B{at - 1}", (1, 0))
        doc.modelspace().add_blockref("B39", (0, 0))

    with pytest.raises(Unreadable) as refused:
        drawing_of(draw)
    assert refused.value.key == "blocks-too-deep"


scales = some.sampled_from([-2.0, -1.0, 0.5, 1.0, 3.0])
placings = some.tuples(some.floats(-1e4, 1e4), some.floats(-1e4, 1e4), scales, scales, some.floats(-180, 180), some.integers(1, 3), some.integers(1, 3))
Placed = tuple[float, float, float, float, float, int, int]
COLUMN, ROW = 30.0, 50.0


def put(placing: Placed) -> tuple[tuple[float, float], dict[str, float]]:
    x, y, xscale, yscale, rotation, columns, rows = placing
    said = {"xscale": xscale, "yscale": yscale, "rotation": rotation, "column_count": columns, "row_count": rows, "column_spacing": COLUMN, "row_spacing": ROW}
    return (x, y), said


def matrices(placing: Placed, base: tuple[float, float]) -> list[np.ndarray]:
    """By the DXF reference: less the base point, scaled, along the spacing, turned, shifted."""
    x, y, xscale, yscale, rotation, columns, rows = placing
    cos, sin = np.cos(np.radians(rotation)), np.sin(np.radians(rotation))

    def shift(dx: float, dy: float) -> np.ndarray:
        return np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1]], float)

    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    scale = np.diag([xscale, yscale, 1.0])
    return [shift(x, y) @ turn @ shift(column * COLUMN, row * ROW) @ scale @ shift(-base[0], -base[1]) for row in range(rows) for column in range(columns)]


@settings(max_examples=60, deadline=None)
@given(outer=placings, inner=placings)
def test_nested_placings_of_any_kind_lie_where_matrices_put_them(outer: Placed, inner: Placed) -> None:
    def draw(doc: Document) -> None:
        flag(doc)
        doc.blocks.new("OUTER", base_point=(3, -1)).add_blockref("FLAG", *put(inner))
        doc.modelspace().add_blockref("OUTER", *put(outer))

    drawing = drawing_of(draw)
    points = np.array([[1, 2, 1], [1, 7, 1], [4, 6, 1]], float).T
    placed = [out @ inside @ points for out in matrices(outer, (3, -1)) for inside in matrices(inner, (1, 2))]
    wanted = np.concatenate([[[*p[:2, 0], *p[:2, 1]], [*p[:2, 1], *p[:2, 2]]] for p in placed])
    assert len(wanted) == len(drawing.lines.xy)
    distance, _ = cKDTree(wanted).query(drawing.lines.xy)
    assert distance.max() < 1e-6
    back, _ = cKDTree(drawing.lines.xy).query(wanted)
    assert back.max() < 1e-6


@settings(max_examples=25, deadline=None)
@given(placing=placings, radius=some.floats(1, 1e3), start=some.floats(0, 359), sweep=some.floats(5, 355))
def test_an_arc_in_a_placed_block_passes_through_the_same_points_as_its_own(placing: Placed, radius: float, start: float, sweep: float) -> None:
    def draw(doc: Document) -> None:
        doc.blocks.new("ARC").add_arc((2, 3), radius, start, start + sweep)
        doc.modelspace().add_blockref("ARC", *put(placing))

    drawing = drawing_of(draw)
    angles = np.radians(start + sweep * np.array([0.0, 0.5, 1.0]))
    points = np.array([2 + radius * np.cos(angles), 3 + radius * np.sin(angles), np.ones(3)])
    for matrix in matrices(placing, (0, 0)):
        x, y, _ = matrix @ points
        gaps = [_gap(drawing, float(px), float(py)) for px, py in zip(x, y, strict=True)]
        assert max(gaps) < 1e-3 * radius * 3  # an uneven scale makes it a run of chords


def _gap(drawing: Drawing, x: float, y: float) -> float:
    """Return how far a point is from the nearest arc or curve."""
    near = [float("inf")]
    for cx, cy, radius, start, end in drawing.arcs.xyr.tolist():
        angle = (np.arctan2(y - cy, x - cx) - start) % (2 * pi)
        if angle <= end - start + 1e-6 or angle >= 2 * pi - 1e-6:
            near.append(abs(np.hypot(x - cx, y - cy) - radius))
    for curve in drawing.curves:
        a, b = curve.points[:-1], curve.points[1:]
        along = np.clip(((np.array([x, y]) - a) * (b - a)).sum(1) / ((b - a) ** 2).sum(1), 0, 1)
        near.append(float(np.hypot(*(np.array([x, y]) - a - along[:, None] * (b - a)).T).min()))
    return min(near)
