"""Lists, one record, explanations, vetting: masked, paged, and the same answer everywhere."""

from datetime import date

import pytest

from relocation.service import Store, Trouble, explaining, findings, lawbook, registers, vetting


def test_pages_of_households_meet_without_gap_or_overlap_and_their_number_is_told(county: Store) -> None:
    codes, after = [], ""
    while True:
        page = registers.households(county, "zh", after=after, limit=300)
        codes += [row.code for row in page.rows]
        after = page.after
        if not after:
            break
    assert len(codes) == len(set(codes)) == page.total


def test_no_list_and_no_page_shows_a_name_or_an_id_number_whole(county: Store) -> None:
    for row in registers.households(county, "zh", limit=1000).rows:
        assert row.name.endswith("＊") and row.values["head_name"] == row.name
        assert "*" in row.values["id_number"] or not row.values["id_number"]
    record = registers.household(county, row.code, "zh")
    shown = {field.name: field.value for field in record.fields}
    assert shown["head_name"].endswith("＊") and ("*" * 10 in shown["id_number"] or not shown["id_number"])


@pytest.mark.parametrize("outcome", ["fail", "review", "no-data", "pass", "not-applicable"])
def test_households_of_a_worst_outcome_are_those_whose_line_says_so(county: Store, outcome: str) -> None:
    every = (
        registers.households(county, "zh", limit=1000).rows
        + registers.households(county, "zh", limit=1000, after=registers.households(county, "zh", limit=1000).after).rows
    )
    wanted = {row.code for row in every if row.worst == outcome}
    page = registers.households(county, "zh", outcome=outcome, limit=1000)
    assert page.total == len(wanted)
    assert {row.code for row in page.rows} <= wanted


def test_a_record_nobody_judged_yet_has_no_outcome(store: Store, ledger: object) -> None:
    from relocation.service.importing import import_files
    from tests.service.conftest import NOW

    path = ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75"])  # type: ignore[operator]
    import_files(store, [path], now=NOW, county="411522")
    assert registers.households(store, "zh").rows[0].worst == ""
    assert registers.households(store, "zh", outcome="pass").total == 0


def test_a_field_names_the_cell_it_came_from(county: Store) -> None:
    fields = {field.name: field for field in registers.household(county, "GS0007", "zh").fields}
    area = fields["floor_area_m2"]
    assert area.value == "75.01" and area.cell[0].isalpha() and area.file.endswith(".xlsx")


def test_an_unknown_record_is_a_404_that_names_near_ones(county: Store) -> None:
    with pytest.raises(Trouble) as refused:
        registers.household(county, "GS0007x", "zh")
    assert refused.value.status == 404 and "GS000" in refused.value.mend("zh")


@pytest.mark.parametrize("mark", ["!!", "W10", "eyJhIjoxfQ", "WzEsMl0"])
def test_a_page_mark_of_somebody_elses_making_is_refused(county: Store, mark: str) -> None:
    with pytest.raises(Trouble) as refused:
        findings.findings(county, after=mark)
    assert refused.value.code == "bad-page"


def test_the_json_of_a_finding_has_what_the_contract_names(county: Store) -> None:
    (one, *_) = findings.findings(county, outcome="fail").findings
    document = findings.finding_json(one, "en", lawbook.instruments(county))
    assert {"check", "subject_kind", "subject", "name", "county", "outcome", "measured", "limit", "unit", "sentence", "law", "missing", "target"} <= set(
        document
    )
    assert set(document["law"]) == {"value", "since", "instrument", "clause", "standing", "place", "first_day_assumed"}


def test_a_trace_shows_the_fields_a_verdict_rests_on_with_their_cells(county: Store) -> None:
    (trace,) = explaining.explain(county, "living-area:GS0007", "en").traces
    shown = {field.name: field for field in trace.fields}
    assert {"floor_area_m2", "approved_persons", "registered_poor", "approved_on"} <= set(shown)
    assert shown["approved_persons"].value == "3" and shown["approved_persons"].cell
    assert trace.law is not None and "2022" in trace.law.number


def test_a_rules_page_lists_its_values_with_standing_and_place(county: Store) -> None:
    shown = explaining.explain(county, "living-area", "zh")
    (parameter,) = shown.parameters
    assert [(value.since, value.amount, value.standing) for value in parameter.values] == [(date(2016, 9, 22), 25.0, "formal")]
    assert shown.cases and shown.json("zh", lawbook.instruments(county))["cases"][0]["title"]


def test_a_proposed_site_is_judged_and_nothing_is_stored(county: Store) -> None:
    before = registers.sites(county, "zh").total
    (vetted,) = vetting.vet(county, [("试点", 114.905, 32.012)], crs="WGS84", as_of=date(2018, 1, 1), lang="zh")
    assert (vetted.county, vetted.finding.outcome.id) == ("411522", "pass")
    assert registers.sites(county, "zh").total == before


def test_the_same_place_in_another_system_is_the_same_answer(county: Store) -> None:
    import numpy as np

    from geo.crs import from_wgs84, named

    east, north = from_wgs84(np.array([114.905]), np.array([32.012]), named("GCJ02"))
    (gcj,) = vetting.vet(county, [("a", float(east[0]), float(north[0]))], crs="高德", as_of=date(2018, 1, 1), lang="zh")
    (wgs,) = vetting.vet(county, [("a", 114.905, 32.012)], crs="WGS84", as_of=date(2018, 1, 1), lang="zh")
    assert gcj.finding.measured == pytest.approx(wgs.finding.measured, abs=0.01)


@pytest.mark.parametrize(("crs", "code"), [("北京54", "unknown-crs"), ("月球", "unknown-crs")])
def test_a_system_that_cannot_be_converted_is_refused(county: Store, crs: str, code: str) -> None:
    with pytest.raises(Trouble) as refused:
        vetting.vet(county, [("a", 114.9, 32.0)], crs=crs, as_of=date(2018, 1, 1), lang="zh")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("point", "code"),
    [((32.0, 114.9), "position-swapped"), ((31.8, 36.5), "position-outside"), ((0.0, 0.0), "position-outside"), ((114.9, 1200.0), "unknown-position")],
)
def test_a_position_that_can_be_no_site_is_refused(county: Store, point: tuple[float, float], code: str) -> None:
    with pytest.raises(Trouble) as refused:
        vetting.vet(county, [("a", *point)], crs="WGS84", as_of=date(2018, 1, 1), lang="zh")
    assert refused.value.code == code
    assert refused.value.reason("en") and ("114.9 32" in refused.value.mend("zh"))


def test_a_position_in_a_county_not_known_here_is_judged_and_said_to_be_in_none(county: Store) -> None:
    (vetted,) = vetting.vet(county, [("a", 104.1, 30.7)], crs="WGS84", as_of=date(2018, 1, 1), lang="zh")
    assert vetted.county == ""


def test_only_codes_much_alike_are_proposed(county: Store) -> None:
    code = registers.households(county, "zh", limit=1).rows[0].code
    for wrong, near in ((code + "X", True), ("?", False)):
        with pytest.raises(Trouble) as refused:
            registers.household(county, wrong, "zh")
        assert ("相近的有" in refused.value.mend("zh"), bool(refused.value.facts["near"])) == (near, near)


def test_every_layer_states_its_source_its_day_and_how_exact_it_is(county: Store) -> None:
    for row in registers.layers(county, "en"):
        assert row.source and row.dated and row.uncertainty_m, row.id
