"""Every change of the office stands in its log, in the transaction that made it, without anybody's personal values."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from checks.vocabulary import HOUSEHOLD, KINDS
from relocation.evidence.chain import Event
from relocation.service import Store, summing_findings
from relocation.service.checking import check
from relocation.service.importing import import_files
from relocation.service.lawbook import publish, text_of
from relocation.service.summing import SUMMED
from relocation.store import log
from relocation.store.frames import read_records
from relocation.store.log import CLOCK_BACK
from tests.service.conftest import NOW


def said(store: Store) -> list[Event]:
    """Return what the log says, but for the sums that follow changes of records: they have tests of their own."""
    with store.reading() as connection:
        return [one for one in log.everything(connection) if one.action not in (SUMMED, summing_findings.SUMMED)]


def test_an_import_says_whose_file_did_what_and_a_dry_run_says_nothing(store: Store, ledger: Callable[..., Path]) -> None:
    path = ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75", "H2,演乙,十里镇,是,4,2017-03-05,集中安置,100"])
    import_files(store, [path], now=NOW, county="411522", dry_run=True)
    assert said(store) == []
    import_files(store, [path], now=NOW, county="411522")
    (one,) = said(store)
    assert (one.action, one.kind, one.county, one.who) == ("records.imported", "import", "411522", "terminal")
    assert len(one.files) == 1
    assert (one.new["ledger"], one.new["read"], one.new["added"]) == ("households", 2, 2)


def test_the_same_file_again_changes_nothing_and_is_not_logged(store: Store, ledger: Callable[..., Path]) -> None:
    path = ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75"])
    import_files(store, [path], now=NOW, county="411522")
    import_files(store, [path], now=NOW, county="411522")
    assert len(said(store)) == 1


def test_an_import_that_changes_a_record_gives_the_number_of_fields_and_a_digest_over_old_and_new(store: Store, ledger: Callable[..., Path]) -> None:
    import_files(store, [ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75"])], now=NOW, county="411522")
    import_files(store, [ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,60"])], now=NOW, county="411522")
    rows = {one["table"]: one for one in said(store)[-1].new["digests"]}
    assert rows["change"]["rows"] == 1
    assert len(rows["change"]["sha256"]) == 64


def test_runs_of_the_checks_and_published_law_are_logged(store: Store, ledger: Callable[..., Path]) -> None:
    import_files(store, [ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75"])], now=NOW, county="411522")
    run = check(store, as_of=date(2026, 11, 24), now=NOW)
    made = publish(store, text_of(store, "411522"), "县常务会议定", NOW)
    _, ran, law = said(store)
    assert (ran.action, ran.subject) == ("checks.run", str(run.run_id))
    assert (law.action, law.county, law.subject, law.why) == ("law.published", "411522", str(made.id), "县常务会议定")


def test_a_clock_that_went_back_is_told_before_what_was_done_then(store: Store, ledger: Callable[..., Path]) -> None:
    import_files(store, [ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75"])], now=NOW, county="411522")
    check(store, as_of=date(2026, 11, 24), now=NOW - timedelta(days=1))
    first, clock, ran = said(store)
    assert (clock.action, clock.seq, ran.seq) == (CLOCK_BACK, 3, 4)
    assert (clock.old, clock.new) == (first.at, ran.at)


def test_an_import_that_took_minutes_while_others_saved_is_no_clock_that_went_back(store: Store, ledger: Callable[..., Path]) -> None:
    import_files(store, [ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75"])], now=NOW, county="411522")
    check(store, as_of=date(2026, 11, 24), now=NOW - timedelta(minutes=9))
    assert [one.action for one in said(store)] == ["records.imported", "checks.run"]


def test_the_demonstrations_log_names_files_by_hash_and_nobody_by_name_or_number(county: Store) -> None:
    written = "\n".join(str(one) for one in said(county))
    with county.reading() as connection:
        for kind in (HOUSEHOLD, KINDS["renovation"]):
            records = read_records(connection, kind)
            for column in kind:
                if column.personal:
                    values = {str(value) for value in records.stored(column.name) if value and len(str(value)) > 1}
                    assert values
                    assert [value for value in values if value in written] == []


@pytest.mark.parametrize("action", ["records.imported", "layers.imported", "drawing.kept", "records.drawn", "law.published", "checks.run"])
def test_loading_the_demonstration_logs_each_kind_of_thing_it_does(county: Store, action: str) -> None:
    assert action in {one.action for one in said(county)}
