"""People's records outside a check: not kept, and found all the same; dispersed houses on the map, by code alone."""

from checks.choices import Mode
from checks.vocabulary import HOUSEHOLD
from relocation.service import Store, findings
from relocation.service.mapping import map_data
from relocation.store.frames import read_records


def test_the_pages_hold_every_household_outside_a_check_once_and_in_order(county: Store) -> None:
    counted = findings.counts(county).counts["living-area"]["not-applicable"]
    found, after = [], ""
    while True:
        page = findings.findings(county, check="living-area", outcome="not-applicable", after=after, limit=40)
        found += [one.subject for one in page.findings]
        after = page.after
        if not after:
            break
    assert counted > 40
    assert len(found) == counted
    assert found == sorted(set(found))


def test_what_is_outside_stands_behind_what_is_kept(county: Store) -> None:
    page = findings.findings(county, check="old-house", limit=1000)
    outcomes = [one.outcome.id for one in page.findings]
    assert outcomes == sorted(outcomes, key=["fail", "review", "no-data", "pass", "not-applicable"].index)
    assert set(outcomes) >= {"fail", "review", "not-applicable"}


def test_dispersed_houses_with_a_position_are_drawn_without_names(county: Store) -> None:
    drawn = map_data(county, "zh", home_prefix="/households/").households
    with county.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, placed=True)
    assert drawn is not None
    assert list(drawn.codes) == homes.code[homes.mode == Mode.DISPERSED].tolist()
    assert set(drawn.names) == {""}
    assert not any(name and name in "".join(column.sentences) for column in drawn.checks for name in set(homes.head_name))
    assert {column.id for column in drawn.checks} >= {"four-proximities", "exclusion-zones"}
