"""The JSON of a comparison: the fields that other programs rely on, their types, and that missing is null."""

import json
from collections.abc import Mapping

import pytest

from relocation.reports.comparison import as_json, rendered
from tests.reports.examples import example, refused

NUMBER = (int, float)
ALIGNED = {"scale": NUMBER, "rotation_deg": NUMBER, "dx": NUMBER, "dy": NUMBER, "mirrored": bool, "residual_m": (*NUMBER, type(None))}
DIFFERENCE = {"kind": str, "what": str, "layer": str, "before": (str, *NUMBER, type(None)), "after": (str, *NUMBER, type(None)), "where": list, "set": int}
SIDE = {
    "gross_m2": (*NUMBER, type(None)),
    "annotated_m2": (*NUMBER, type(None)),
    "persons": (int, type(None)),
    "outcome": (str, type(None)),
    "sentence": str,
    "rooms": list,
}
ROOM = {"labels": list, "area_m2": NUMBER, "annotated_m2": (*NUMBER, type(None)), "confidence": str}
JUDGED = {"check": str, "outcome": str, "sentence": str}


def assert_has(found: Mapping[str, object], fields: Mapping[str, object]) -> None:
    for name, kind in fields.items():
        assert name in found, name
        assert isinstance(found[name], kind), (name, found[name])  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_json_keeps_its_contract(lang: str):
    said = json.loads(rendered(example(), ".json", lang))
    assert {"aligned", "unit_types", "differences", "lineage", "not_compared"} <= set(said)
    assert_has(said["aligned"], ALIGNED)
    for one in said["differences"]:
        assert_has(one, DIFFERENCE)
        assert one["kind"] in ("added", "removed", "moved", "changed")
        assert len(one["where"]) == 2
    for one in said["unit_types"]:
        for side in (one["design"], one["construction"]):
            assert_has(side, SIDE)
            for room in side["rooms"]:
                assert_has(room, ROOM)
    for one in (*said["lineage"], *said["verdicts"]):
        assert_has(one, JUDGED)
        assert one["sentence"]


def test_figures_are_those_of_the_sheet():
    said = as_json(example(), "zh")
    design, built = said["unit_types"][0]["design"], said["unit_types"][0]["construction"]
    assert (design["m2_a_person"], design["outcome"]) == (25.0, "pass")
    assert (built["m2_a_person"], built["outcome"]) == (27.4, "fail")
    assert [one["moved_m"] for one in said["differences"]] == [0.6, None, None, None]
    assert said["not_compared"] == [{"what": "IMAGE", "count": 2}]
    assert said["sets"][1]["differences"] == ["d2", "d3", "d4"]


def test_a_decision_stands_at_its_difference_only():
    found = {one["id"]: one["decision"] for one in as_json(example(), "en")["differences"]}
    assert found["d1"] == {"kind": "approved", "document": "建字〔2017〕8号", "reason": "", "on": "2018-06-01"}
    assert found["d2"] is None


def test_a_refused_alignment_is_null_and_lists_no_difference():
    said = as_json(refused(), "zh")
    assert said["aligned"] is None
    assert said["differences"] == []
