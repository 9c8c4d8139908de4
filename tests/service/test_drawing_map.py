"""The map's sites show what their drawings were found to be."""

from checks.verdict import Outcome
from relocation.maps.data import NOT_RUN
from relocation.service import Store, mapping
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
