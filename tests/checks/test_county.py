"""What the county's checks say of whole counties: published totals, and how often methods by chance err."""

from datetime import date

import numpy as np
import pytest

from checks.cases import some_records
from checks.choices import OldHouse, Stage
from checks.policy import Standing, Value
from checks.records import Records
from checks.registry import check_by_id
from checks.sheet import Overlay
from checks.tally import ITEMS, item_called
from checks.verdict import Outcome
from checks.vocabulary import AREA, HOUSEHOLD, LEDGERS, SITE

AS_OF = date(2019, 6, 30)
PLACES, SEED = 400, 20170501
CODES = [f"{410000 + number:06d}" for number in range(PLACES)]


def counties(codes: list[str]) -> Records:
    return some_records(AREA, [{"code": code, "level": "county", "county": code, "counted_on": "2017-01-01"} for code in codes])


def test_788_moved_and_788_demolished_are_a_hundred_percent_baofeng() -> None:
    moved = {
        "county": np.full(788, "410421", dtype=object),
        "registered_poor": np.ones(788, dtype=np.int8),
        "moved_in": np.ones(788, dtype=np.int8),
        "moved_in_on": np.full(788, "2017-06-30", dtype="datetime64[D]"),
        "old_house": np.full(788, OldHouse.DEMOLISHED, dtype=np.int8),
    }
    verdict = check_by_id("demolition-rate").run(counties(["410421"]), date(2020, 6, 30), beside={"households": Records(HOUSEHOLD, moved)})
    assert verdict.outcome.tolist() == [Outcome.PASS]
    assert verdict.measured is not None
    assert verdict.measured.tolist() == [100.0]


def test_a_deadline_set_for_one_site_makes_the_houses_of_its_households_due_and_no_others() -> None:
    moved = {"county": "411522", "registered_poor": True, "moved_in": True, "moved_in_on": "2018-01-01", "old_house": "standing"}
    homes = some_records(HOUSEHOLD, [{**moved, "site_code": site} for site in ("S1",) * 12 + ("S2",) * 30])
    clause = {"zh": "第四条", "en": "article 4"}
    year = Value(date(2016, 1, 1), 365.0, "county-rules", clause, Standing.FORMAL, "411522/S1")
    own = Overlay("411522", {"old-house": {"demolish_within_days": (year,)}})
    verdict = check_by_id("demolition-rate").run(counties(["411522"]), AS_OF, overlays=(own,), beside={"households": homes})
    assert (verdict.facts["due"].tolist(), verdict.facts["early"].tolist()) == ([12], [30])
    late = check_by_id("old-house").run(homes, AS_OF, overlays=(own,)).outcome
    assert late.tolist() == [Outcome.FAIL] * 12 + [Outcome.PASS] * 30


def sites(random: np.random.Generator) -> dict[str, np.ndarray]:
    """Return clean sites: starts over 500 days, up to a third at one joint ceremony, 120 to 480 days of building."""
    of = np.repeat(np.arange(PLACES), random.integers(10, 60, PLACES))
    starts = random.integers(0, 500, len(of))
    joint = random.random(len(of)) < (random.random(PLACES) / 3)[of]
    starts = np.where(joint, random.integers(0, 500, PLACES)[of], starts)
    ends = starts + random.integers(120, 481, len(of))
    first, today = np.datetime64("2017-01-01"), np.datetime64(AS_OF)
    ended = first + ends <= today
    return {
        "county": np.array(CODES, dtype=object)[of],
        "stage": np.where(ended, Stage.FINISHED, Stage.BUILDING).astype(np.int8),
        "started_on": first + starts.astype("timedelta64[D]"),
        "finished_on": np.where(ended, first + ends.astype("timedelta64[D]"), np.datetime64("NaT", "D")),
    }


def named(given: dict[str, np.ndarray], as_of: date = AS_OF) -> float:
    """Return the share of places the check names, of those it judges."""
    outcome = check_by_id("progress-spread").run(counties(CODES), as_of, beside={"sites": Records(SITE, given)}).outcome
    judged = (outcome == Outcome.PASS) | (outcome == Outcome.REVIEW)
    assert judged.mean() > 0.9
    return float((outcome == Outcome.REVIEW).sum() / judged.sum())


@pytest.mark.parametrize("as_of", [date(2018, 6, 30), date(2018, 12, 31), AS_OF])
def test_clean_sites_are_named_as_marching_in_step_in_fewer_than_one_place_of_twenty(as_of: date) -> None:
    given = sites(np.random.default_rng(SEED))
    late = given["finished_on"] > np.datetime64(as_of)
    given["stage"][late], given["finished_on"][late] = Stage.BUILDING, np.datetime64("NaT", "D")
    kept = given["started_on"] <= np.datetime64(as_of)
    assert named({name: column[kept] for name, column in given.items()}, as_of) <= 0.05


def test_sites_that_are_all_under_construction_are_named() -> None:
    given = sites(np.random.default_rng(SEED))
    given["stage"][:], given["finished_on"][:] = Stage.BUILDING, np.datetime64("NaT", "D")
    assert named(given) >= 0.9


@pytest.mark.parametrize("column", ["started_on", "finished_on"])
def test_a_day_copied_down_two_thirds_of_the_rows_is_named(column: str) -> None:
    random = np.random.default_rng(SEED)
    given = sites(random)
    copied = (random.random(len(given["county"])) < 2 / 3) & ~np.isnat(given[column])
    given[column][copied] = np.datetime64("2018-11-11")
    given["started_on"] = np.minimum(given["started_on"], np.datetime64("2018-11-11"))
    assert named(given) >= 0.9


def test_every_item_of_a_return_is_known_by_one_name_only() -> None:
    names = [name for item in ITEMS for name in item.names]
    assert len(names) == len(set(names))
    for item in ITEMS:
        for name in item.names:
            assert item_called(name) is item
            assert item_called(f"全县{name}（个）") is item
    assert item_called("贫困村数") is None


@pytest.mark.parametrize("id", ["funding-sum", "demolition-rate", "progress-spread", "reported-figures", "public-notice"])
def test_an_imported_ledger_without_rows_and_no_rows_to_judge_are_no_trouble(id: str) -> None:
    check = check_by_id(id)
    beside = {ledger: some_records(kind, []) for ledger, kind in LEDGERS.items()}
    for kind in check.about:
        one = some_records(kind, [{}])
        assert check.run(one, AS_OF, beside=beside).outcome.tolist() in ([Outcome.NO_DATA], [Outcome.NOT_APPLICABLE])
        assert len(check.run(some_records(kind, []), AS_OF, beside=beside).outcome) == 0
        assert len(check.run(some_records(kind, []), AS_OF).outcome) == 0
