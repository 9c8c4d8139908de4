"""What if a number of the law were another one."""

from datetime import date

import pytest

from checks.cases import one_record
from checks.policy import Standing, Value
from checks.registry import checks
from checks.sheet import Overlay
from checks.verdict import Outcome
from checks.vocabulary import HOUSEHOLD, SITE

DAY = date(2018, 6, 30)
HOME = one_record(HOUSEHOLD, {"registered_poor": True, "floor_area_m2": 84, "approved_persons": 4, "approved_on": "2017-05-01"})
EARLY = one_record(HOUSEHOLD, {"registered_poor": True, "floor_area_m2": 84, "approved_persons": 4, "approved_on": "2016-09-21"})


def test_a_stricter_number_judges_by_itself_and_leaves_the_real_check_alone() -> None:
    real = checks()["living-area"]
    assert real.supposing({"most_m2_a_person": 20}).run(HOME, DAY).outcome[0] == Outcome.FAIL
    assert real.run(HOME, DAY).outcome[0] == Outcome.PASS


def test_a_supposition_keeps_the_days_of_the_law() -> None:
    assert checks()["living-area"].supposing({"most_m2_a_person": 20}).run(EARLY, DAY).outcome[0] == Outcome.NOT_APPLICABLE


def test_a_supposition_stands_above_what_a_county_has_set() -> None:
    site = one_record(SITE, {"county": "411522", "approved_on": "2017-03-01", "households": 12, "mode": "concentrated"})
    own = Value(date(2016, 1, 1), 10, "demo-county-rules", {"zh": "一", "en": "one"}, Standing.FORMAL, "411522")
    overlay = Overlay("411522", {"resettlement-ratio": {"least_households_a_site": (own,)}})
    check = checks()["resettlement-ratio"]
    assert check.run(site, DAY, overlays=(overlay,)).outcome[0] == Outcome.PASS
    assert check.supposing({"least_households_a_site": 30}).run(site, DAY, overlays=(overlay,)).outcome[0] == Outcome.REVIEW


def test_a_number_the_check_does_not_have_cannot_be_supposed() -> None:
    with pytest.raises(KeyError):
        checks()["living-area"].supposing({"most_m2": 20})
