"""Every sheet's worked cases are run, and every sheet is held to what the house asks of one."""

import re
from datetime import date

import numpy as np
import pytest

from checks.cases import around_of, beside_of, overlays_of, records_of
from checks.check import Check
from checks.finding import Finding
from checks.instruments import read_instruments
from checks.registry import checks
from checks.sheet import Case
from checks.verdict import Outcome
from relocation.resources import folder

INSTRUMENTS = read_instruments(folder("data") / "instruments" / "instruments.yaml")
ALL = [pytest.param(check, case, id=f"{check.id}: {case.title['en']}") for check in checks().values() for case in check.cases]


def judged(check: Check, case: Case) -> Finding:
    """Return the finding on the record the case is about, the first."""
    records = records_of(case)
    verdict = check.run(records, case.as_of, around_of(case), overlays_of(case, check.id), beside_of(case))
    (finding,) = check.findings(records, verdict, np.array([0]))
    return finding


@pytest.mark.parametrize(("check", "case"), ALL)
def test_a_worked_case_comes_out_as_its_sheet_says(check: Check, case: Case) -> None:
    finding = judged(check, case)
    expect = dict(case.expect)
    assert finding.outcome.id == expect.pop("outcome"), check.sentence(finding, "en", INSTRUMENTS)
    assert finding.reason == expect.pop("reason", finding.reason)
    assert list(finding.missing) == expect.pop("missing", [])
    if "measured" in expect:
        assert finding.measured == pytest.approx(expect.pop("measured"), rel=1e-6, abs=expect.pop("measured_within", None))
    for name, value in expect.pop("facts", {}).items():
        assert finding.facts[name] == (pytest.approx(value, rel=1e-6) if isinstance(value, float | int) else value)
    assert not expect, f"the sheet expects something no test looks at: {expect}"


@pytest.mark.parametrize(("check", "case"), ALL)
def test_a_worked_case_reads_as_a_sentence_in_both_languages(check: Check, case: Case) -> None:
    finding = judged(check, case)
    for lang in ("zh", "en"):
        said = check.sentence(finding, lang, INSTRUMENTS)
        assert "None" not in said
        assert not re.search(r"\bnan\b", said)
        assert "{" not in said
        assert said.endswith("。" if lang == "zh" else ".")


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_every_outcome_but_the_impossible_has_a_case(check: Check) -> None:
    shown = {case.expect["outcome"] for case in check.cases}
    fails = {
        "displacement",
        "four-proximities",
        "progress-spread",
        "resettlement-ratio",
        "subsidy-gap",
        "infrastructure-share",  # the ceiling is a county's lump sum
        "support-chain",
        "drawing-lineage",  # indications, never proof
    }  # no formal number exists that these could break
    fails |= {one.id for one in checks().values() if one.family == "files"}  # how a file is kept raises questions and never breaks a law
    wanted = {outcome.id for outcome in Outcome} - ({"fail"} if check.id in fails else set())
    assert wanted <= shown | ({"not-applicable"} if check.id == "four-proximities" else set())


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_every_value_names_a_document_of_the_register(check: Check) -> None:
    for parameter in check.parameters.values():
        for value in parameter.values:
            assert value.instrument in INSTRUMENTS


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_a_page_says_what_is_counted_what_is_not_and_why(check: Check) -> None:
    assert all(heading in check.page("en") for heading in ("Counted:", "Not counted:", "Why:"))
    assert all(heading in check.page("zh") for heading in ("计入：", "不计入：", "为什么："))


def test_only_a_formal_value_can_make_a_fail() -> None:
    for check in checks().values():
        for case in check.cases:
            finding = judged(check, case)
            if finding.outcome is Outcome.FAIL:
                assert finding.law
                assert finding.law.standing == "formal"


def test_the_whole_frame_and_one_row_at_a_time_agree() -> None:
    for check in checks().values():
        for case in check.cases:
            records = records_of(case)
            if case.others:  # rules that compare records are not about one row at a time
                continue
            many = records.take(np.zeros(5, dtype=np.intp))
            one = check.run(records, case.as_of, around_of(case), overlays_of(case, check.id), beside_of(case))
            five = check.run(many, case.as_of, around_of(case), overlays_of(case, check.id), beside_of(case))
            assert five.outcome.tolist() == one.outcome.tolist() * 5


def test_the_first_five_checks_are_found() -> None:
    assert {"four-proximities", "living-area", "unit-cost", "resettlement-ratio", "old-house"} <= set(checks())
    assert date(2016, 9, 22) == checks()["living-area"].parameters["most_m2_a_person"].values[0].since


def test_every_reason_that_counts_days_to_a_limit_measures_days() -> None:
    for check in checks().values():
        due = {name for name, reason in check.sheet.reasons.items() if reason.due}
        for case in check.cases:
            finding = judged(check, case)
            if finding.reason in due:
                assert finding.unit == "days"
                assert finding.measured is not None
                assert finding.limit is not None
