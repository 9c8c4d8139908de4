from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from relocation.web.sketch import HEIGHT_PX, WIDTH_PX, sketch

HERE = (114.9, 32.0)
GEOD = Geod(ellps="WGS84")


def target(lon: float, lat: float, state: str = "beyond") -> dict[str, Any]:
    return {"name": "某处", "lon": lon, "lat": lat, "state": state}


def test_a_place_without_position_or_without_placed_targets_is_not_drawn():
    assert sketch(None, {"township": target(115, 32)}) is None
    assert sketch(HERE, {"township": {"name": "某处", "lon": None, "lat": None}}) is None


def test_north_is_up_and_east_is_right():
    drawn = sketch(HERE, {"township": target(115.0, 32.1)})
    assert drawn
    assert drawn.spots[0].x > drawn.x
    assert drawn.spots[0].y < drawn.y


def test_lengths_on_the_drawing_are_to_the_scale_it_shows():
    drawn = sketch(HERE, {"township": target(115.05, 32.0), "county-seat": target(114.9, 31.9)})
    assert drawn
    m_a_px = drawn.scale_m / drawn.scale_px
    for spot, (lon, lat) in zip(sorted(drawn.spots, key=lambda one: one.kind), [(114.9, 31.9), (115.05, 32.0)], strict=True):
        *_, true_m = GEOD.inv(*HERE, lon, lat)
        drawn_m = ((spot.x - drawn.x) ** 2 + (spot.y - drawn.y) ** 2) ** 0.5 * m_a_px
        assert drawn_m == pytest.approx(true_m, rel=0.01)


near_by = st.floats(-0.3, 0.3, allow_nan=False)


@given(st.lists(st.tuples(near_by, near_by), min_size=1, max_size=4))
def test_everything_lies_inside_the_drawing_and_no_name_on_another(offsets: list[tuple[float, float]]):
    drawn = sketch(HERE, {f"kind-{n}": target(HERE[0] + x, HERE[1] + y) for n, (x, y) in enumerate(offsets)})
    assert drawn
    for x, y in [(drawn.x, drawn.y), *((spot.x, spot.y) for spot in drawn.spots)]:
        assert 0 <= x <= WIDTH_PX
        assert 0 <= y <= HEIGHT_PX
    for one, other in combinations(drawn.spots, 2):
        assert one.anchor != other.anchor or abs(one.label_y - other.label_y) >= 16.9
