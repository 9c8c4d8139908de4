"""Where in a county a site would pass: every cell held to vetting its middle, the nearest place, what cannot be drawn."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from sqlalchemy import delete, select

from checks.ground import Plot
from checks.registry import check_by_id
from relocation.service import Store
from relocation.service.bench import backdrop, suiting
from relocation.service.bench.proposing import Told
from relocation.service.importing import import_files
from relocation.service.lawbook import overlays
from relocation.service.office import open_office
from relocation.service.reference import around
from relocation.store import files
from relocation.store.tables import layer, layer_feature
from tests.service.benching import COUNTY, DAY, FAR, GEOD, answer_to, geojson, refused, square
from tests.service.conftest import NOW


def test_every_sampled_cell_has_the_verdict_of_vetting_its_middle(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0)
    rng = np.random.default_rng(7)
    inside = np.argwhere(area.classes() >= 0)
    classes = area.classes()
    for row, column in inside[rng.choice(len(inside), 150, replace=False)]:
        lon, lat = area.cells.middles(np.array([row]), np.array([column]))
        (one,) = answer_to(county, ("格", float(lon[0]), float(lat[0])), told=Told(screened=True))
        worst = max(suiting.severity(finding.outcome, finding.reason) for finding in one.findings)
        assert classes[row, column] == worst


def test_each_check_agrees_with_itself_on_thousands_of_cells(county: Store):
    area, layers, law = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0), around(county), overlays(county)
    rows = np.argwhere(area.classes() >= 0)
    rows = rows[np.random.default_rng(8).choice(len(rows), 4_000, replace=False)]
    records = Plot(COUNTY, DAY, 10.0, screened=True).records(*area.cells.middles(rows[:, 0], rows[:, 1]))
    for id, ground in area.grounds.items():
        verdict = check_by_id(id).run(records, DAY, layers, law)
        alone = [(int(outcome), verdict.words[reason]) for outcome, reason in zip(verdict.outcome, verdict.reason, strict=True)]
        assert [(int(outcome), reason) for outcome, reason in (ground.answers[code] for code in ground.code[rows[:, 0], rows[:, 1]])] == alone


def test_ground_is_divided_into_classes_without_rest(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0)
    borders = around(county)["county_boundaries"]
    whole_km2 = abs(GEOD.geometry_area_perimeter(borders.shapes[list(borders.counties).index(COUNTY)])[0]) / 1e6
    assert sum(area.sizes_km2().values()) == pytest.approx(whole_km2, rel=1e-3)
    assert area.absent == ("steep_slopes",)
    assert area.sizes_km2()["pass"] == 0  # the demonstration was never sent its steep slopes
    assert area.sizes_km2(["four-proximities"])["pass"] > 100


def test_the_nearest_place_that_would_pass_is_the_nearest_of_all_cells(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0)
    found = area.nearest(FAR[1], FAR[2], ["four-proximities"])
    rows = np.argwhere(area.classes(["four-proximities"]) == suiting.PASS)
    lon, lat = area.cells.middles(rows[:, 0], rows[:, 1])
    bearing, _, metres = GEOD.inv(np.full(len(lon), FAR[1]), np.full(len(lon), FAR[2]), lon, lat)
    best = int(np.argmin(metres))
    assert found.distance_m == pytest.approx(metres[best], abs=1e-3)
    assert (found.lon, found.lat) == pytest.approx((lon[best], lat[best]))
    assert found.bearing_deg == pytest.approx(bearing[best] % 360, abs=0.1)
    assert found.json("zh")["towards"] == "西北"


def test_the_runs_of_cells_give_back_every_class(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=500.0)
    said, classes = area.json("zh"), area.classes()
    back = np.full(classes.shape, -1)
    for row, runs in enumerate(said["runs"]):
        for first, count, value in np.reshape(runs, (-1, 3)):
            back[row, first : first + count] = max((value // said["base"] ** place) % said["base"] for place in range(len(said["checks"])))
    assert (back == classes).all()


def test_ground_is_judged_anew_when_a_layer_changes(own: Store, tmp_path: Path):
    before = suiting.area(own, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1_000.0)
    assert suiting.area(own, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1_000.0) is before
    path = geojson(tmp_path / "slopes.geojson", square(114.9, 32.0, 0.02))
    import_files(own, [path], now=NOW, as_kind="layer:steep_slopes", county=COUNTY)
    after = suiting.area(own, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1_000.0)
    assert after.absent == ()
    assert after.sizes_km2()["pass"] > 0


def test_a_county_without_a_border_bad_cells_and_an_office_without_layers_are_refused(county: Store, tmp_path: Path):
    with refused("bench-no-border"):
        suiting.area(county, "999999", as_of=DAY, uncertainty_m=10.0)
    with refused("bench-cell"):
        suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1.0)
    with refused("bench-too-fine") as trouble:
        suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=20.0)
    assert "80 米" in trouble.value.mend("zh")  # a quarter of 8.4 million cells is still too many


def test_an_office_with_a_border_and_no_other_layer_is_told_what_to_import(tmp_path: Path):
    bare = open_office(tmp_path / "bare")
    with bare.writing() as connection:
        rest = select(layer.c.id).where(layer.c.layer != "county_boundaries")
        connection.execute(delete(layer_feature).where(layer_feature.c.layer_id.in_(rest)))
        connection.execute(delete(layer).where(layer.c.layer != "county_boundaries"))
        files.advance(connection, "layers")
    with refused("bench-no-layers"):
        suiting.area(bare, COUNTY, as_of=DAY, uncertainty_m=10.0)
    bare.close()


def test_the_backdrop_draws_layers_near_the_county_and_no_ground_without_data(county: Store):
    told = backdrop.backdrop(county, COUNTY)
    west, south, east, north = told["box"]
    assert {drawn["id"] for drawn in told["layers"]} >= {"county_boundaries", "townships", "ecological_red_line"}
    for drawn in told["layers"]:
        for feature in drawn["features"]:
            box = shapely.bounds(shapely.from_geojson(json.dumps(feature["geometry"])))
            assert box[0] >= west - 0.151
            assert box[2] <= east + 0.151
            assert box[1] >= south - 0.151
            assert box[3] <= north + 0.151
