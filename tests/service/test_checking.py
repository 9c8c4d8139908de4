"""A run keeps what it found; a second run of the same data changes nothing; one record judged again is as in a whole run."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from checks.registry import checks
from relocation.resources import folder
from relocation.service import Store, Trouble, checking, explaining, findings, lawbook, rechecking, registers
from relocation.service.importing import import_files
from tests.service.conftest import NOW

AS_OF = date(2019, 12, 31)
PLANTS = yaml.safe_load((folder("data") / "demo" / "plants.yaml").read_text("utf-8"))["plants"]
LINE = "{code},演甲,十里镇,是,3,2017-03-05,集中安置,{area}"


def everything(store: Store) -> list[object]:
    found, after = [], ""
    while True:
        page = findings.findings(store, after=after, limit=500)
        found += [findings.finding_json(one, "zh", lawbook.instruments(store)) for one in page.findings]
        after = page.after
        if not after:
            return sorted(found, key=str)


def filled(store: Store, ledger: Callable[..., Path], areas: dict[str, float], name: str = "户.csv") -> None:
    import_files(store, [ledger([LINE.format(code=code, area=area) for code, area in areas.items()], name=name)], now=NOW, county="411522")


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: f"{p['check']}:{p['subject']}")
def test_every_planted_case_comes_through_files_store_and_checks_as_listed(county: Store, plant: dict[str, str]) -> None:
    traces = explaining.explain(county, f"{plant['check']}:{plant['subject']}", "zh").traces
    assert [trace.finding.outcome.id for trace in traces if trace.finding.subject_kind == plant["subject_kind"]] == [plant["outcome"]]


def test_the_totals_name_all_five_outcomes_of_every_check_and_count_every_household_once(county: Store) -> None:
    run = findings.counts(county)
    assert set(run.counts) == set(checks())
    homes, built = registers.households(county, "zh").total, registers.sites(county, "zh").total
    assert sum(run.counts["living-area"].values()) == sum(run.counts["old-house"].values()) == homes
    assert sum(run.counts["four-proximities"].values()) == homes + built
    assert all(set(numbers) == {"pass", "fail", "review", "no-data", "not-applicable"} for numbers in run.counts.values())


def test_a_second_run_changes_nothing(store: Store, ledger: Callable[..., Path]) -> None:
    filled(store, ledger, {"H1": 75, "H2": 80})
    first = checking.check(store, as_of=AS_OF, now=NOW)
    kept = everything(store)
    second = checking.check(store, as_of=AS_OF, now=NOW)
    assert (second.counts, everything(store)) == (first.counts, kept)
    assert (second.new, second.still, second.gone, second.back) == (0, first.new, 0, 0)


def test_what_is_mended_is_gone_and_what_returns_is_back(store: Store, ledger: Callable[..., Path]) -> None:
    filled(store, ledger, {"H1": 80})

    def run() -> checking.RunReport:
        return checking.check(store, as_of=AS_OF, now=NOW, only=["living-area"])

    assert run().new == 1
    filled(store, ledger, {"H1": 75})
    assert (run().gone, run().back) == (1, 0)
    filled(store, ledger, {"H1": 81})
    assert run().back == 1


def test_a_household_judged_again_stands_as_after_a_whole_run(store: Store, ledger: Callable[..., Path]) -> None:
    filled(store, ledger, {f"H{n}": 75 for n in range(30)})
    checking.check(store, as_of=AS_OF, now=NOW)
    filled(store, ledger, {"H7": 90, "H30": 70}, "改.csv")
    partial = rechecking.recheck(store, "household", ["H7", "H30"], county="411522", as_of=AS_OF, now=NOW)
    kept, totals = everything(store), findings.counts(store).counts
    assert (partial.counts["living-area"]["fail"], partial.counts["living-area"]["pass"]) == (1, 30)
    filled(store, ledger, {"H7": 74, "H31": 90}, "又改.csv")
    rechecking.recheck(store, "household", ["H7", "H31"], county="411522", as_of=AS_OF, now=NOW)
    kept, totals = everything(store), findings.counts(store).counts
    whole = checking.check(store, as_of=AS_OF, now=NOW)
    assert (everything(store), whole.counts) == (kept, totals)
    assert not findings.counts(store).stale


def test_judging_again_twice_counts_nobody_twice(store: Store, ledger: Callable[..., Path]) -> None:
    filled(store, ledger, {"H1": 75})
    checking.check(store, as_of=AS_OF, now=NOW)
    filled(store, ledger, {"H2": 75}, "新.csv")
    rechecking.recheck(store, "household", ["H2"], county="411522", as_of=AS_OF, now=NOW)
    report = rechecking.recheck(store, "household", ["H2"], county="411522", as_of=AS_OF, now=NOW)
    assert report.counts["living-area"]["pass"] == 2


def test_judging_one_again_when_others_moved_too_judges_them_all(store: Store, ledger: Callable[..., Path]) -> None:
    filled(store, ledger, {"H1": 75, "H2": 75})
    checking.check(store, as_of=AS_OF, now=NOW)
    filled(store, ledger, {"H1": 90, "H2": 90}, "改.csv")
    report = rechecking.recheck(store, "household", ["H1"], county="411522", as_of=AS_OF, now=NOW)
    assert report.counts["living-area"]["fail"] == 2


def test_after_an_import_the_totals_say_that_they_are_old(store: Store, ledger: Callable[..., Path]) -> None:
    filled(store, ledger, {"H1": 75})
    checking.check(store, as_of=AS_OF, now=NOW)
    assert not findings.counts(store).stale
    filled(store, ledger, {"H2": 75}, "新.csv")
    assert findings.counts(store).stale


def test_an_unknown_check_names_near_ones(store: Store) -> None:
    with pytest.raises(Trouble) as refused:
        checking.check(store, as_of=AS_OF, now=NOW, only=["living-aera"])
    assert "living-area" in refused.value.mend("en")


def test_a_run_over_nothing_finds_nothing(store: Store) -> None:
    report = checking.check(store, as_of=AS_OF, now=NOW)
    assert report.new == 0 and not any(sum(numbers.values()) for numbers in report.counts.values())


def test_a_moment_is_the_same_however_its_zone_is_written(store: Store) -> None:
    from datetime import UTC, timedelta, timezone

    from relocation.store import files

    beijing = NOW.astimezone(timezone(timedelta(hours=8)))
    assert files.in_utc(beijing) == files.in_utc(NOW) == files.as_utc(NOW.replace(tzinfo=None))
    checking.check(store, as_of=AS_OF, now=beijing)
    assert findings.counts(store).run_at == NOW.astimezone(UTC)
