"""The map's sites show what their drawings were found to be."""

import json
from pathlib import Path

from checks.verdict import Outcome
from relocation.maps.data import NOT_RUN
from relocation.service import Store, exporting, mapping
from tests.data.demo_county.ground import COUNTY


def test_a_site_on_the_map_bears_the_worst_of_its_drawings(county: Store) -> None:
    drawn = mapping.map_data(county, "zh", county=COUNTY).sites
    at = {code: row for row, code in enumerate(drawn.codes)}
    columns = {one.id: one for one in drawn.checks}
    area = columns["unit-type-area"]
    assert Outcome(int(area.outcomes[at["GSA01"]])) is Outcome.FAIL
    assert "81 平方米" in area.sentences[at["GSA01"]]
    assert Outcome(int(area.outcomes[at["GSA03"]])) is Outcome.PASS
    assert Outcome(int(columns["drawing-lineage"].outcomes[at["GSA19"]])) is Outcome.REVIEW
    assert int(area.outcomes[at["GSA02"]]) == NOT_RUN  # no drawing of it


def test_findings_about_drawings_stand_at_their_site_in_geojson(county: Store, tmp_path: Path) -> None:
    out = tmp_path / "findings.geojson"
    exporting.export(county, "geojson", out, "zh", check="unit-type-area")
    places = {one["properties"]["subject"]: one["geometry"] for one in json.loads(out.read_text("utf-8"))["features"]}
    sites = mapping.map_data(county, "zh", county=COUNTY).sites
    at = sites.codes.index("GSA03")
    assert places["GSA03-B"]["coordinates"] == [sites.lon[at], sites.lat[at]]
