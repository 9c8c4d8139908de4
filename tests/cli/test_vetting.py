"""`relocation vet`: the same three lists as on the page, from points and from files of shapes, and the nearest place that would pass."""

import io
import json
from pathlib import Path

import pytest
from ezdxf.filemanagement import new

from tests.cli.conftest import Run

SHAPES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"name": "东岭"}, "geometry": {"type": "Point", "coordinates": [114.905, 32.012]}},
        {
            "type": "Feature",
            "properties": {"name": "西坪"},
            "geometry": {"type": "Polygon", "coordinates": [[[114.8, 31.9], [114.802, 31.9], [114.802, 31.902], [114.8, 31.902], [114.8, 31.9]]]},
        },
    ],
}


def test_what_applies_what_does_not_and_what_could_not_be_checked_are_told_apart(run: Run):
    answer = run("vet", "114.905", "32.012")
    assert [title for title in ("适用", "查过，不适用", "未能核查") if f"\n  {title}\n" in answer.out] == ["适用", "查过，不适用", "未能核查"]
    said = json.loads(run("vet", "114.905", "32.012", "--json").out)
    assert {item["key"] for item in said["applies"]} & {item["key"] for item in said["clear"]} == set()
    assert {item["key"] for item in said["unchecked"]} == {"geological_hazards", "ecological_red_line", "permanent_farmland", "flood_zones", "steep_slopes"}
    assert said["finding"]["check"] == "four-proximities"


def test_points_and_outlines_come_from_a_file_of_shapes(run: Run, tmp_path: Path):
    path = tmp_path / "拟选.geojson"
    path.write_text(json.dumps(SHAPES), "utf-8")
    vetted = json.loads(run("vet", "--file", path, "--json").out)
    assert [(one["name"], one["outline"] is not None) for one in vetted] == [("东岭", False), ("西坪", True)]


def test_an_outline_drawn_in_cad_is_vetted_in_the_system_that_is_named_and_refused_without_one(run: Run, tmp_path: Path):
    drawn, text = new("R2010", units=6), io.StringIO()  # metres
    drawn.modelspace().add_lwpolyline([(585_500, 3_542_200), (585_700, 3_542_200), (585_700, 3_542_350), (585_500, 3_542_350)], close=True)
    drawn.write(text)
    path = tmp_path / "范围.dxf"
    path.write_bytes(text.getvalue().encode())
    told = json.loads(run("vet", "--file", path, "--crs", "EPSG:4547", "--json").out)
    assert [(one["name"], one["county"], one["outline"] is not None) for one in (told if isinstance(told, list) else [told])] == [("范围 1", "411522", True)]
    refused = run("vet", "--file", path)
    assert refused.code == 2 and "EPSG:4547" in refused.err


def test_the_nearest_place_that_would_pass_is_told(run: Run):
    said = json.loads(run("vet", "114.75", "31.80", "--nearest", "--json").out)
    assert said["nearest"]["suits"] == "save"
    assert said["nearest"]["distance_m"] > 0
    assert said["nearest"]["towards"] in run("vet", "114.75", "31.80", "--nearest").out.splitlines()[-1]


def test_a_screening_that_was_not_done_fails_from_its_duty_on(run: Run):
    assert run("vet", "114.905", "32.012", "--not-screened").code == 1
    assert run("vet", "114.905", "32.012", "--screened").code == 0


@pytest.mark.parametrize("more", [("--uncertainty", "-1"), ("--uncertainty", "50000")])
def test_an_uncertainty_that_is_none_is_refused(run: Run, more: tuple[str, str]):
    answer = run("vet", "114.905", "32.012", *more)
    assert answer.code == 2
    assert "0 到 20,000" in answer.err
