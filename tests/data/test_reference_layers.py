"""The shipped layers are what layers.yaml says they are, carry their owners' notices, and leave out what may not be shipped."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyproj import Geod
from shapely.geometry import shape

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
REFERENCE = DATA / "reference"
SHARED = ROOT.parent / "shared" / "geodata"
DESCRIBED = yaml.safe_load((REFERENCE / "layers.yaml").read_text("utf-8"))
BROUGHT = yaml.safe_load((DATA / "demo" / "demo.yaml").read_text("utf-8"))
BOTH = [(REFERENCE, about) for about in DESCRIBED["layers"]] + [(DATA / "demo", about) for about in BROUGHT["layers"]]
GEOD = Geod(ellps="WGS84")

every_layer = pytest.mark.parametrize(("folder", "about"), BOTH, ids=lambda part: part["id"] if isinstance(part, dict) else part.name)


def features(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text("utf-8"))["features"])


def withheld_positions() -> list[tuple[float, float]]:
    """Return the measured township centres, read where they lie beside the checkout; CI has them and fails without."""
    path = SHARED / "township_centres.geojson"
    if not path.is_file():
        pytest.skip("the measured township centres do not lie beside this checkout, so nothing can be compared with them")
    found = township_positions(path)
    assert len(found) > 150
    return found


def township_positions(path: Path) -> list[tuple[float, float]]:
    return [tuple(one["geometry"]["coordinates"]) for one in features(path) if one["geometry"]]


@every_layer
def test_a_layer_says_in_both_languages_what_it_is_and_whose(folder: Path, about: dict[str, Any]) -> None:
    for key in ("title", "source", "uncertainty"):
        assert set(about[key]) == {"zh", "en"}, key
        assert all(about[key].values()), key
    assert about["licence"]
    assert about["dated"]
    assert about["use"] in {"decides", "draws"}


@every_layer
def test_every_feature_has_a_name_a_county_and_a_sound_shape(folder: Path, about: dict[str, Any]) -> None:
    found = features(folder / about["file"])
    assert len(found) == about["features"]
    for one in found:
        properties = one["properties"]
        assert about["use"] == "draws" or properties[about["fields"]["name"]]
        county = properties.get(about["fields"].get("county"))
        assert county is None or re.fullmatch(r"4115\d\d", county)
        assert one["geometry"] is None or shape(one["geometry"]).is_valid


@every_layer
def test_what_decides_says_how_far_off_each_of_its_positions_may_be(folder: Path, about: dict[str, Any]) -> None:
    assert about["uncertainty_m"] > 0
    field = about["fields"].get("uncertainty_m")
    placed = [one["properties"] for one in features(folder / about["file"]) if one["geometry"]]
    assert not field or all(one[field] > 0 for one in placed)


@every_layer
def test_a_layer_file_is_written_one_feature_a_line_in_utf8(folder: Path, about: dict[str, Any]) -> None:
    text = (folder / about["file"]).read_bytes().decode("utf-8")
    assert "\r" not in text
    assert sum(line.lstrip().startswith('{"type":"Feature"') or '{"type": "Feature",' in line for line in text.splitlines()) == about["features"]


def test_what_rests_on_tianditu_carries_its_approval_number() -> None:
    for about in DESCRIBED["layers"]:
        if "天地图" in about["attribution"]:
            assert about["approval_number"] == "GS(2024)0650号"
            assert "GS(2024)0650号" in (REFERENCE / about["file"]).read_text("utf-8")
    assert "GS(2024)0650号" in (REFERENCE / "README.md").read_text("utf-8")


def test_the_notices_that_licences_ask_for_are_in_the_folder() -> None:
    readme = (REFERENCE / "README.md").read_text("utf-8")
    for words in ("CC BY 4.0", "GeoNames", "LGPL-3.0-or-later", "Wessel", "MIT", "creativecommons.org/licenses/by/4.0"):
        assert words in readme, words
    for link in re.findall(r"\]\((licences/[^)]+)\)", readme):
        assert (REFERENCE / link).is_file(), link
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (REFERENCE / "licences" / "LGPL-3.0.txt").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (REFERENCE / "licences" / "GPL-3.0.txt").read_text("utf-8")


def test_every_file_in_the_folder_is_described_and_every_described_file_is_there() -> None:
    described = {one["file"] for one in (*DESCRIBED["layers"], *DESCRIBED["tables"])} | {"layers.yaml", "README.md"}
    assert {path.name for path in REFERENCE.iterdir() if path.is_file()} == described


def test_seats_and_townships_stand_in_their_own_county() -> None:
    outlines = {one["properties"]["adcode"]: shape(one["geometry"]) for one in features(REFERENCE / "county_boundaries.geojson")}
    for name in ("county_seats.geojson", "township_centres_facts.geojson"):
        for one in features(REFERENCE / name):
            if one["geometry"] is None:  # on the list, and nobody has said where
                continue
            outline = outlines[one["properties"]["adcode"]].buffer(0.005)  # the outlines are good to half a kilometre
            assert outline.contains(shape(one["geometry"])), one["properties"]["name"]


def test_every_township_on_the_list_is_in_the_layer_placed_or_not() -> None:
    with (REFERENCE / "township_names.csv").open(encoding="utf-8", newline="") as stream:
        listed = {(row["adcode"], row["name"]) for row in csv.DictReader(stream)}
    layer = features(REFERENCE / "township_centres_facts.geojson")
    assert {(one["properties"]["adcode"], one["properties"]["name"]) for one in layer} == listed
    assert sum(one["geometry"] is not None for one in layer) == 12


def test_the_list_of_townships_has_215_names_with_a_code_each() -> None:
    with (REFERENCE / "township_names.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 215 == DESCRIBED["tables"][0]["rows"]
    assert all(re.fullmatch(r"4115\d{8}", row["code12_mca2026"]) and row["name"] for row in rows)


def test_the_township_centres_that_may_not_be_shipped_are_nowhere_in_the_project_data() -> None:
    assert not list(DATA.rglob("township_centres.geojson"))
    withheld = {tuple(round(x, 5) for x in place) for place in withheld_positions()}
    for path in DATA.rglob("*.geojson"):
        points = {
            tuple(round(x, 5) for x in one["geometry"]["coordinates"]) for one in features(path) if one["geometry"] and one["geometry"]["type"] == "Point"
        }
        assert not points & withheld, path.name


def test_no_township_of_ours_stands_within_50_metres_of_a_withheld_one() -> None:
    withheld = withheld_positions()
    for path in (REFERENCE / "township_centres_facts.geojson", DATA / "demo" / "layers" / "townships.geojson"):
        for lon, lat in township_positions(path):
            nearest_m = min(GEOD.inv(lon, lat, *other)[2] for other in withheld)
            assert nearest_m > 50, (path.name, lon, lat)
