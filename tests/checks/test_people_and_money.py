"""What the sheets of people and money cannot show one record at a time: counties, both directions, supposed numbers."""

from datetime import date

import numpy as np

from checks.cases import some_records
from checks.records import Records
from checks.registry import checks
from checks.verdict import NOT_SUPPLIED, Outcome
from checks.vocabulary import HOUSEHOLD, RENOVATION

AS_OF = date(2018, 6, 30)
PAID = {"county": "411522", "registered_poor": True, "approved_on": "2016-05-01", "approved_persons": 4, "self_raised_yuan": 12000}


def homes(*numbers: str, county: str = "411522") -> Records:
    return some_records(HOUSEHOLD, [{"county": county, "registered_poor": True, "approved_on": "2017-03-01", "id_number": number} for number in numbers])


def test_households_without_a_ledger_of_renovations_are_said_once_a_county() -> None:
    check = checks()["renovation-overlap"]
    records = homes("990000196303139031", "990000197001019012", "990000198505051238")
    findings = check.findings(records, check.run(records, AS_OF))
    assert [(one.subject, one.reason, one.facts["subjects"]) for one in findings] == [("411522/households", NOT_SUPPLIED, 3)]


def test_both_directions_find_the_same_pairs() -> None:
    check = checks()["renovation-overlap"]
    random = np.random.default_rng(20261124)
    moved = homes(*(f"99000019{number:010d}" for number in random.integers(0, 60, 40)))
    mended = some_records(RENOVATION, [{"county": "411522", "id_number": f"99000019{number:010d}", "approved_on": "2015-03-01"} for number in range(30)])
    there = check.run(moved, AS_OF, beside={"renovations": mended})
    back = check.run(mended, AS_OF, beside={"households": moved})
    pairs = {one for one in moved.id_number if one in set(mended.id_number)}
    assert set(moved.id_number[there.outcome == Outcome.REVIEW]) == pairs
    assert set(mended.id_number[back.outcome == Outcome.REVIEW]) == pairs
    assert there.measured is not None
    assert back.measured is not None
    assert there.measured.sum() == back.measured.sum()


def test_nobody_elses_number_or_name_gets_into_the_facts() -> None:
    check = checks()["renovation-overlap"]
    moved = homes("990000196303139031")
    other = {"county": "411522", "code": "WG1", "head_name": "张三丰", "id_number": "990000196303139031", "approved_on": "2015-03-01"}
    (finding,) = check.findings(moved, check.run(moved, AS_OF, beside={"renovations": some_records(RENOVATION, [other])}))
    assert "WG1" in str(finding.facts)
    assert "张三丰" not in str(finding)
    assert "990000196303139031" not in str(finding)


def test_the_change_of_26_october_2016_replayed() -> None:
    check = checks()["self-raised"]
    days = ["2016-10-25", "2016-10-26"]
    records = some_records(HOUSEHOLD, [{**PAID, "self_raised_on": day} for day in days])
    outcomes = [check.run(records, as_of).outcome.tolist() for as_of in (date(2016, 10, 25), AS_OF)]
    assert outcomes == [[Outcome.PASS, Outcome.FAIL], [Outcome.REVIEW, Outcome.FAIL]]
    unchanged = check.supposing({"most_self_raised_yuan_person": 3000})
    assert unchanged.run(records, AS_OF).outcome.tolist() == [Outcome.PASS, Outcome.PASS]
    never = check.supposing({"most_self_raised_yuan_person": 0})
    assert never.run(records, AS_OF).outcome.tolist() == [Outcome.FAIL, Outcome.FAIL]


def test_other_payers_are_named_in_a_county_directly_under_the_province() -> None:
    check = checks()["self-raised"]
    records = some_records(HOUSEHOLD, [{**PAID, "county": county, "self_raised_on": "2017-01-01"} for county in ("411525", "411522")])
    clauses = [finding.law.clause["zh"] for finding in check.findings(records, check.run(records, AS_OF)) if finding.law]
    assert "2,000" in clauses[0]
    assert "2,000" not in clauses[1]


def test_holding_back_is_never_more_than_a_question_and_says_that_it_is_disputed() -> None:
    check = checks()["subsidy-payment"]
    given = {"county": "411522", "registered_poor": True, "approved_persons": 4, "mode": "dispersed", "moved_in": True, "old_house": "standing"}
    rows = [
        {**given, "first_paid_yuan": 40000, "held_back_yuan": 40000, "first_paid_on": day} for day in ("2016-12-31", "2017-01-01", "2017-05-01", "2019-12-31")
    ]
    records = some_records(HOUSEHOLD, rows)
    the_same_day = check.findings(records, check.run(records, date(2016, 12, 31)))
    assert (the_same_day[0].outcome, the_same_day[0].reason) == (Outcome.PASS, "held-as-advised")  # as was recommended then
    findings = check.findings(records, check.run(records, AS_OF))
    assert [(one.outcome, one.reason) for one in findings] == [(Outcome.REVIEW, "still-held"), *3 * [(Outcome.REVIEW, "held-back")]]
    assert {finding.law.standing for finding in (*the_same_day, *findings) if finding.law} == {"disputed"}
