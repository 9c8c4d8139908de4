"""The picture of a site: lines end where the ellipsoid puts them, whatever is written on it; texts are texts; the same picture, the same bytes."""

import math
from typing import Any
from xml.etree import ElementTree

import pytest
from pyproj import Geod
from shapely import Point, box

from relocation.reports.sitemap.drawn import map_height_mm, site_map
from relocation.reports.sitemap.frame import frame, round_length
from relocation.reports.sitemap.labels import Label, place
from relocation.reports.sitemap.picture import Ground, Picture, Target

SVG = {"s": "http://www.w3.org/2000/svg"}
HERE = (114.9, 32.0)
WIDE, HIGH = 140.0, 92.0


def target(kind: str, metres: float, bearing: float, state: str = "within", **more: float) -> Target:
    """Return a target that lies so far away on the ellipsoid, in a direction from the site."""
    lon, lat, _back = Geod(ellps="WGS84").fwd(*HERE, bearing, metres)
    return Target(kind, f"{kind} {metres:g}", f"{metres:g} m", state, lon, lat, **more)


FOUR = (
    target("county-seat", 12_000, 80, "beyond", uncertainty_m=50),
    target("township", 2_990, 140, "too-close", uncertainty_m=150),
    target("industrial-park", 11_300, 215, "within", uncertainty_m=3_000),
    target("scenic-area", 23_800, 330, "beyond"),
)
PICTURE = Picture("河湾安置点", *HERE, 30.0, None, FOUR, (Ground("county", [box(114.5, 31.7, 115.2, 32.4)], ["光山县"]),))
MAP_HIGH = map_height_mm(PICTURE, "zh", WIDE, HIGH)


def drawn(picture: Picture, lang: str = "zh") -> Any:
    return ElementTree.fromstring(site_map(picture, lang, WIDE, HIGH))  # noqa: S314 - our own text


def lines(picture: Picture) -> dict[str, tuple[float, float, float, float]]:
    """Return class → the line's ends as they are drawn."""
    found = drawn(picture).findall("s:line", SVG)
    ends = {one.get("class").split()[1]: [float(one.get(name)) for name in ("x1", "y1", "x2", "y2")] for one in found if one.get("class")}
    return {kind: (x1, y1, x2, y2) for kind, (x1, y1, x2, y2) in ends.items()}


def test_a_line_is_as_long_as_the_geodesic_and_points_where_it_points():
    scale = frame(PICTURE, WIDE, MAP_HIGH).mm_a_m
    geod, made = Geod(ellps="WGS84"), lines(PICTURE)
    assert set(made) == {one.kind for one in FOUR}
    for one in FOUR:
        x1, y1, x2, y2 = made[one.kind]
        bearing, _back, metres = geod.inv(*HERE, one.lon, one.lat)
        assert math.hypot(x2 - x1, y2 - y1) == pytest.approx(metres * scale, abs=0.05)  # millimetres: a sixth of the thinnest line
        assert math.degrees(math.atan2(x2 - x1, y1 - y2)) % 360 == pytest.approx(bearing % 360, abs=0.3)


def test_everything_that_is_named_lies_inside_the_frame_and_the_legend_below_it():
    for x1, y1, x2, y2 in lines(PICTURE).values():
        assert min(x1, x2) > 0 and max(x1, x2) < WIDE
        assert min(y1, y2) > 0 and max(y1, y2) < MAP_HIGH


def test_a_circle_of_uncertainty_has_its_radius_and_one_larger_than_all_the_rest_is_cut_at_the_frame():
    import shapely

    scale = frame(PICTURE, WIDE, MAP_HIGH).mm_a_m
    rings = [_points(one.get("d")) for one in drawn(PICTURE).findall("s:path[@class='uncertain']", SVG)]
    park = max(rings, key=lambda ring: shapely.Polygon(ring).area)
    assert (shapely.Polygon(park).bounds[2] - shapely.Polygon(park).bounds[0]) / 2 == pytest.approx(3_000 * scale, rel=0.01)
    vast = Picture("甲", *HERE, None, None, (target("scenic-area", 5_000, 45, uncertainty_m=90_000.0),))
    [cut] = [_points(one.get("d")) for one in drawn(vast).findall("s:path[@class='uncertain']", SVG)]
    assert shapely.Polygon(cut).bounds == pytest.approx((0, 0, WIDE, map_height_mm(vast, "zh", WIDE, HIGH)), abs=0.01)


def _points(path: str) -> list[tuple[float, float]]:
    pairs = (pair.split() for pair in path.removeprefix("M").removesuffix("Z").split("L"))
    return [(float(x), float(y)) for x, y in pairs]


def test_the_dashes_say_the_state_so_that_a_grey_print_says_it_too():
    made = {one.get("class").split()[1]: one for one in drawn(PICTURE).findall("s:line", SVG) if one.get("class")}
    assert made["industrial-park"].get("stroke-dasharray") is None
    assert len({made[kind].get("stroke-dasharray") for kind in ("industrial-park", "township", "county-seat")}) == 3


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"'><image href='file:///etc/passwd'/>", "]]>&amp;", "#pagebreak()"])
def test_a_text_from_a_ledger_stays_a_text(text: str):
    root = drawn(
        Picture(text, *HERE, None, None, (Target("township", text, "1 m", "within", 114.91, 32.01),), (Ground("county", [box(114, 31, 116, 33)], [text]),))
    )
    assert not [one for one in root.iter() if one.tag.rpartition("}")[2] in ("script", "image")]
    assert sum(one.text == text for one in root.iter()) == 4  # title, site, target, county


def test_a_site_alone_and_a_target_on_the_very_spot_are_drawn():
    assert not lines(Picture("甲", *HERE))
    on_it = lines(Picture("甲", *HERE, None, Point(HERE).buffer(0.001), (Target("industrial-park", "园区", "0 米", "within", *HERE),)))
    assert on_it["industrial-park"][:2] == on_it["industrial-park"][2:]


def test_the_same_picture_gives_the_same_text_in_both_languages_with_its_own_words():
    for lang, north in (("zh", "北"), ("en", "N")):
        assert site_map(PICTURE, lang, WIDE, HIGH) == site_map(PICTURE, lang, WIDE, HIGH)
        assert north in {one.text for one in drawn(PICTURE, lang).iter()}


def test_labels_keep_off_each_other_and_inside_where_there_is_room():
    import numpy as np

    labels = [Label(20.0 + 14 * n, 20.0, (f"名称{n}", "1,500 米"), 2.6) for n in range(5)]
    boxes = [one.box for one in place(labels, np.empty((0, 2)), 120, 60)]
    for at, one in enumerate(boxes):
        assert one[0] >= 0 and one[2] <= 120 and one[1] >= 0 and one[3] <= 60
        assert not any(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3] for other in boxes[at + 1 :])


@pytest.mark.parametrize(("most", "said"), [(1, 1), (7, 5), (999, 500), (1_000, 1_000), (4_999, 2_000), (0.2, 1)])
def test_a_scale_bar_is_a_round_length(most: float, said: int):
    assert round_length(most) == said
