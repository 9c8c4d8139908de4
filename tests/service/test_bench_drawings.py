"""An outline drawn in CAD: taken where system and unit are certain, refused by name where anything is not."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from ezdxf.filemanagement import new

from geo.crs import Crs, from_wgs84
from relocation.service import Store, Trouble, Unusable
from relocation.service.bench import asking, proposing
from relocation.service.bench.proposing import Told
from tests.service.conftest import NOW

ZONE = "CGCS2000 3度带 中央经线114"
TOLD = Told(crs=ZONE)
CORNERS = [(114.900, 32.000), (114.903, 32.000), (114.903, 32.002), (114.900, 32.002)]
MILLIMETRES, METRES = 4, 6  # $INSUNITS of the DXF reference
Draw = Callable[..., Path]


def metres(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    lon, lat = np.array(corners).T
    return [(float(x), float(y)) for x, y in np.column_stack(from_wgs84(lon, lat, Crs("EPSG:4547")))]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Return a writer of drawings: what is drawn in metres, stated as a unit, written in another."""

    def drawn(what: Callable[[Any], None], unit: int, name: str = "范围.dxf") -> Path:
        document = new("R2010", units=unit)
        document.header["$INSUNITS"] = unit
        what(document.modelspace())
        text = io.StringIO()
        document.write(text)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode())
        return path

    return drawn


def ring(scale: float = 1.0, corners: list[tuple[float, float]] = CORNERS) -> Callable[[Any], None]:
    return lambda space: space.add_lwpolyline([(scale * x, scale * y) for x, y in metres(corners)], close=True)


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Trouble]]:
    with pytest.raises(Trouble) as trouble:
        yield trouble
    assert trouble.value.code == code
    assert all(trouble.value.reason(lang) and trouble.value.mend(lang) for lang in ("zh", "en"))


@pytest.mark.parametrize(("unit", "scale", "found"), [(METRES, 1.0, False), (MILLIMETRES, 1000.0, False), (0, 1.0, True), (0, 1000.0, True)])
def test_an_outline_lies_where_it_was_drawn_in_a_unit_that_is_stated_or_found(county: Store, draw: Draw, unit: int, scale: float, found: bool):
    [one] = proposing.from_file(county, draw(ring(scale), unit), "范围.dxf", TOLD)
    assert one.outline is not None and one.county == "411522"
    assert shapely.hausdorff_distance(one.outline, shapely.Polygon(CORNERS)) < 1e-8  # a millimetre
    assert one.name == "范围 1"
    assert any("没有写明单位" in note["zh"] for note in one.notes) is found
    [answer] = asking.ask(county, [one], as_of=NOW.date(), most_off_m=500.0)
    assert answer.json("en", asking.register_of(county))["outline"]


def test_an_arc_is_followed_and_lines_that_meet_close_an_outline(county: Store, draw: Draw):
    (x, y), *_ = metres(CORNERS)
    path = draw(lambda space: space.add_lwpolyline([(x, y, 0, 0, 1), (x + 100, y, 0, 0, 1)], close=True, format="xyseb"), METRES)
    [round_one] = proposing.from_file(county, path, "圆.dxf", TOLD)
    area_m2 = shapely.area(shapely.Polygon(metres(list(map(tuple, shapely.get_coordinates(round_one.outline).tolist())))))
    assert area_m2 == pytest.approx(np.pi * 50**2, rel=2e-3)
    corners = metres(CORNERS)
    path = draw(lambda space: [space.add_line(*pair) for pair in zip(corners, [*corners[1:], corners[0]], strict=True)], METRES)
    [loose] = proposing.from_file(county, path, "四条线.dxf", TOLD)
    assert shapely.area(loose.outline) == pytest.approx(0.003 * 0.002, rel=1e-4)


@pytest.mark.parametrize("crs", ["WGS84", "GCJ02"])
def test_degrees_are_no_system_of_a_drawing(county: Store, draw: Draw, crs: str):
    with refused("bench-drawing-crs"):
        proposing.from_file(county, draw(ring(), METRES), "范围.dxf", Told(crs=crs))


def test_a_header_that_says_another_unit_than_the_place_is_refused_with_both(county: Store, draw: Draw):
    with refused("bench-drawing-unit") as trouble:
        proposing.from_file(county, draw(ring(), MILLIMETRES), "范围.dxf", TOLD)
    assert "毫米" in trouble.value.reason("zh") and "metres" in trouble.value.reason("en")


def test_a_grid_of_the_sites_own_is_nowhere(county: Store, draw: Draw):
    with refused("bench-drawing-nowhere") as trouble:
        proposing.from_file(county, draw(lambda space: space.add_lwpolyline([(0, 0), (90, 0), (90, 60)], close=True), METRES), "范围.dxf", TOLD)
    assert "0.000 0.000" in trouble.value.reason("zh")


def test_a_frame_around_the_outline_makes_it_unclear(county: Store, draw: Draw):
    wide = [(114.899, 31.999), (114.904, 31.999), (114.904, 32.003), (114.899, 32.003)]
    with refused("bench-drawing-nested"):
        proposing.from_file(county, draw(lambda space: (ring()(space), ring(corners=wide)(space)), METRES), "范围.dxf", TOLD)


def test_a_line_that_does_not_close_and_one_that_crosses_itself_are_refused(county: Store, draw: Draw):
    with refused("bench-drawing-open"):
        proposing.from_file(county, draw(lambda space: space.add_lwpolyline(metres(CORNERS)), METRES), "范围.dxf", TOLD)
    bow = [CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]]
    with refused("bench-crossing"):
        proposing.from_file(county, draw(ring(corners=bow), METRES), "范围.dxf", TOLD)


def test_what_only_calls_itself_a_drawing_is_refused(county: Store, tmp_path: Path):
    path = tmp_path / "范围.dxf"
    path.write_bytes(b"PK\x03\x04 not a drawing")
    with pytest.raises(Unusable):
        proposing.from_file(county, path, "范围.dxf", TOLD)
