"""Households that pass are not kept, and are listed all the same to whoever asks: every one, once, in order."""

import csv
import io

import pytest

from checks.registry import checks
from checks.verdict import Outcome
from checks.vocabulary import HOUSEHOLD
from relocation.service import Store
from relocation.service.checking import found_now
from relocation.service.exporting import exported
from relocation.service.findings import counts, findings, wanted_findings
from relocation.service.outside import key_of, left_out


def test_the_passing_of_a_check_are_as_many_as_were_counted(county: Store) -> None:
    for check in (one for one in checks().values() if HOUSEHOLD in one.about):
        listed = list(csv.reader(io.StringIO(exported(county, "csv", "zh", outcome="pass", check=check.id, every=True).decode("utf-8-sig"))))[1:]
        assert len(listed) == counts(county).counts[check.id].get("pass", 0)
    assert counts(county).counts["living-area"]["pass"] > 1000


def test_pages_of_everything_hold_what_a_run_finds_in_its_order(county: Store) -> None:
    as_of = counts(county).as_of
    assert as_of
    every = sorted(found_now(county, as_of=as_of, every=True), key=key_of)
    page = findings(county, every=True, limit=333)
    paged = list(page.findings)
    while page.after:
        page = findings(county, every=True, after=page.after, limit=333)
        paged += page.findings
    assert [key_of(one) for one in paged] == [key_of(one) for one in every]
    assert page.left_out == 0


def test_what_a_list_leaves_out_is_counted(county: Store) -> None:
    passing = findings(county, outcome="pass", check="living-area", kind="household", every=True, limit=1000)
    first = findings(county, outcome="pass", check="living-area", kind="household")
    assert (first.findings, first.left_out) == ((), counts(county).counts["living-area"]["pass"])
    assert len(passing.findings) == min(first.left_out, 1000)
    assert [left_out(county, wanted_findings(outcome=one)) for one in ("fail", "review")] == [0, 0]
    assert left_out(county, wanted_findings(check="living-area", kind="site")) == 0
    assert left_out(county, wanted_findings(check="resettlement-ratio")) == 0


@pytest.mark.parametrize("part", ["subject", "township", "text"])
def test_conditions_hold_for_the_passing_too(county: Store, part: str) -> None:
    one = findings(county, outcome="pass", kind="household", every=True, limit=1).findings[0]
    wanted = {"subject": one.subject, "township": one.township, "text": one.subject[-3:]}[part]
    found = findings(county, outcome="pass", kind="household", every=True, limit=500, **{part: wanted}).findings
    assert one in found and all(each.outcome is Outcome.PASS for each in found)
    assert all(wanted in (getattr(each, part) if part != "text" else f"{each.subject} {each.name} {each.township}") for each in found)
