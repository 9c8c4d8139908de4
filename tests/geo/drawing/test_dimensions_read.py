"""A dimension is what its points measure; what somebody typed over it and what the file stored stand beside that."""

from math import pi
from typing import Any

import pytest
from ezdxf.document import Drawing as Document

from geo.drawing.model import Dimension, Drawing
from geo.drawing.read.reading import read
from tests.drawings.dwg import converted
from tests.drawings.sheets import Layout, sheet
from tests.drawings.strokes import Measure, flattened
from tests.drawings.unit_types import C
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.made_files import drawing_of, file_of


def measured(draw: Any, version: str = "R2010", **header: Any) -> Dimension:
    (one,) = drawing_of(draw, version, **header).dimensions
    return one


def linear(text: str = "<>", override: dict[str, Any] | None = None, angle: float = 0.0, style: str = "PLAN", **of_style: Any):
    def draw(doc: Document) -> None:
        made = doc.dimstyles.new("PLAN")
        for name, value in of_style.items():
            made.set_dxf_attrib(name, value)
        doc.modelspace().add_linear_dim((0, 500), (0, 0), (3600, 0), angle=angle, text=text, dimstyle=style, override=override or {}).render()

    return draw


def test_a_dimension_measures_between_its_points_and_keeps_its_typed_text_apart() -> None:
    one = measured(linear("3900"))
    assert (one.kind, one.text, one.measured, one.stored) == ("linear", "3900", 3600, None)  # this writer stores no measurement
    assert one.points.tolist() == [[0, 0], [3600, 0]]


@pytest.mark.parametrize(("text", "kept"), [("<>", "<>"), ("<>（轴线）", "<>（轴线）"), ("≈<>", "≈<>"), (r"{\fSimSun;3900}", "3900"), ("%%c25", "Ø25")])
def test_the_typed_text_is_kept_with_its_measurement_mark(text: str, kept: str) -> None:
    assert measured(linear(text)).text == kept


def test_the_factor_of_a_style_counts_and_that_of_the_entity_before_it() -> None:
    assert measured(linear(dimlfac=1000.0)).measured == 3_600_000
    one = measured(linear(override={"dimlfac": 0.5}, dimlfac=1000.0))
    assert (one.measured, one.factor) == (1800, 0.5)


def test_a_negative_factor_counts_in_paper_space_alone() -> None:
    assert measured(linear(dimlfac=-100.0)).factor == 1.0

    def draw(doc: Document) -> None:
        doc.dimstyles.new("PLAN").set_dxf_attrib("dimlfac", -100.0)
        doc.layout("Layout1").add_linear_dim((0, 5), (0, 0), (36, 0), dimstyle="PLAN").render()

    assert measured(draw).measured == 3600


def test_the_decimals_are_those_of_the_style_or_of_the_entity() -> None:
    assert measured(linear(dimdec=0)).decimals == 0
    assert measured(linear(override={"dimdec": 3}, dimdec=0)).decimals == 3


def test_a_slanting_dimension_is_measured_along_itself_and_a_level_one_along_the_level() -> None:
    slanting = file_of(lambda doc: doc.modelspace().add_aligned_dim((0, 0), (300, 400), 50).render())
    (turned,) = read(slanting, "made.dxf").dimensions
    assert (turned.kind, turned.measured == pytest.approx(500)) == ("linear", True)  # written as a turned one
    start = slanting.index(b"AcDbAlignedDimension")
    end = slanting.index(b"AcDbRotatedDimension", start)
    (aligned,) = read(slanting.replace(b"100\nAcDbRotatedDimension\n", b"").replace(b" 70\n32\n", b" 70\n33\n"), "made.dxf").dimensions
    assert start < end
    assert (aligned.kind, aligned.measured == pytest.approx(500)) == ("aligned", True)
    level = measured(lambda doc: doc.modelspace().add_linear_dim((0, 500), (0, 0), (300, 400)).render())
    assert level.measured == pytest.approx(300)
    upright = measured(lambda doc: doc.modelspace().add_linear_dim((500, 0), (0, 0), (300, 400), angle=90).render())
    assert upright.measured == pytest.approx(400)


def test_radius_diameter_angle_and_ordinate_are_measured_as_what_they_are() -> None:
    radius = measured(lambda doc: doc.modelspace().add_radius_dim((10, 10), radius=25, angle=30).render())
    assert (radius.kind, radius.measured == pytest.approx(25)) == ("radius", True)
    diameter = measured(lambda doc: doc.modelspace().add_diameter_dim((10, 10), radius=25, angle=30).render())
    assert (diameter.kind, diameter.measured == pytest.approx(50)) == ("diameter", True)
    angle = measured(lambda doc: doc.modelspace().add_angular_dim_3p((5, 5), (0, 0), (10, 0), (0, 10)).render())
    assert (angle.kind, angle.measured == pytest.approx(pi / 2)) == ("angular", True)
    between = measured(lambda doc: doc.modelspace().add_angular_dim_2l((5, 5), ((0, 0), (10, 0)), ((0, 0), (10, 10))).render())
    assert (between.kind, between.measured == pytest.approx(pi / 4)) == ("angular", True)
    along = measured(lambda doc: doc.modelspace().add_ordinate_x_dim((120, 40), (0, 20), origin=(100, 0)).render())
    assert (along.kind, along.measured == pytest.approx(abs(along.points[1][0] - along.points[0][0]))) == ("ordinate", True)


def test_a_stored_measurement_that_no_longer_fits_its_points_stays_visible() -> None:
    data = file_of(linear("<>", dimdec=0))
    at = data.index(b" 70\n", data.index(b"100\nAcDbDimension\n"))
    (one,) = read(data[:at] + b" 42\n3900.0\n" + data[at:], "made.dxf").dimensions
    assert (one.measured, one.stored) == (3600, 3900)


@pytest.mark.parametrize("form", ["dxf", "R2000", "R2004", "R2010", "R2018"])
def test_dimensions_of_a_plan_show_the_lengths_that_were_drawn(form: str) -> None:
    made = sheet((C,), layout=Layout(unit_m=1.0))
    data = dxf(made, Form("R2018")) if form == "dxf" else converted(dxf(made, Form("R2018")), form)
    drawing: Drawing = read(data, "plan.dxf" if form == "dxf" else "plan.dwg")
    drawn = sorted(abs(one.b[0] - one.a[0]) + abs(one.b[1] - one.a[1]) for one in flattened(made.strokes, made.blocks) if isinstance(one, Measure))
    assert sorted(one.measured for one in drawing.dimensions) == pytest.approx([1000 * length for length in drawn])  # DIMLFAC shows metres in millimetres
    assert {(one.kind, one.factor, one.decimals) for one in drawing.dimensions} == {("linear", 1000.0, 0)}
