"""The same office on PostgreSQL: files in, checks, lists, one record judged again, export."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from relocation.service import Store, acting, checking, demo, explaining, exporting, findings, fixing, rechecking, registers, resembling
from relocation.service.importing import import_files
from relocation.service.reference import shipped_file
from tests import postgres
from tests.service.conftest import NOW

AS_OF = date(2019, 12, 31)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with postgres.server() as socket:
        store = demo.load_demo(tmp_path_factory.mktemp("served") / "home", now=NOW, database=postgres.fresh_database(socket))
        yield store
        store.close()


def test_a_server_and_a_file_give_the_same_findings(served: Store, county: Store) -> None:
    assert findings.counts(served).counts == findings.counts(county).counts
    for form in ("json", "csv", "geojson"):
        assert sorted(exporting.exported(served, form, "zh").splitlines()) == sorted(exporting.exported(county, form, "zh").splitlines())


def test_lists_and_one_record_read_the_same(served: Store, county: Store) -> None:
    for outcome in (None, "fail", "pass", "not-applicable"):
        assert registers.households(served, "zh", outcome=outcome).total == registers.households(county, "zh", outcome=outcome).total
    here, there = (registers.household(store, "GS0007", "zh") for store in (served, county))
    assert [(field.name, field.value, field.cell) for field in here.fields] == [(field.name, field.value, field.cell) for field in there.fields]
    assert (
        explaining.explain(served, "living-area:GS0007", "zh").traces[0].sentence == explaining.explain(county, "living-area:GS0007", "zh").traces[0].sentence
    )


def test_actions_fixes_and_look_alikes_are_the_same(served: Store, county: Store) -> None:
    here, there = (acting.actions(store, lang="zh").json() for store in (served, county))
    assert here["counts"] == there["counts"]
    assert _by_place(here) == _by_place(there)  # of places of equal weight each database may sort names its own way
    assert fixing.by_type(served, "zh") == fixing.by_type(county, "zh")
    [finding] = findings.findings(county, check="living-area", subject="GS0007").findings
    assert fixing.smallest(served, finding, "zh") == fixing.smallest(county, finding, "zh")
    assert resembling.alike(served, finding, "zh") == resembling.alike(county, finding, "zh")


def _by_place(told: dict[str, Any]) -> dict[tuple[str, str], Any]:
    return {(office["office"], place["township"]): place["actions"] for office in told["offices"] for place in office["places"]}


def test_a_second_import_and_a_second_run_change_nothing(served: Store) -> None:
    again = import_files(served, [shipped_file("demo", "安置点台账.xlsx")], now=NOW + timedelta(days=1), as_kind="sites", county="411522")
    assert [(report.added, report.changed) for report in again] == [(0, 0)]
    before = findings.counts(served)
    run = checking.check(served, as_of=AS_OF, now=NOW)
    assert (run.counts, run.new, run.gone) == (before.counts, 0, 0)


def test_one_record_judged_again_leaves_the_totals_of_a_whole_run(served: Store) -> None:
    totals = findings.counts(served).counts
    report = rechecking.recheck(served, "household", ["GS0007"], county="411522", as_of=AS_OF, now=NOW)
    assert report.counts == totals


def test_a_run_by_batches_leaves_what_one_of_everything_left(served: Store) -> None:
    totals = findings.counts(served).counts
    run = checking.check(served, as_of=AS_OF, now=NOW, most_at_once=10)
    assert (run.counts, run.new, run.gone, run.back) == (totals, 0, 0, 0)
