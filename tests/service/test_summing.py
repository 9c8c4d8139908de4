"""Records and entries altered past the program, with an SQL tool, are found; what the program itself does is not."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from relocation.ledger.moves import Move
from relocation.ledger.states import State
from relocation.service import Store, auditing
from relocation.service.checking import check
from relocation.service.importing import import_files
from relocation.service.rectification import bulk, opening
from relocation.service.rectification.moving import Wish, move
from relocation.service.summing import DIFFERED
from relocation.store import log, sums
from tests import postgres
from tests.service import rectifying
from tests.service.conftest import NOW

AS_OF = date(2026, 11, 24)
LINES = [f"H{n},演甲,十里镇,是,3,2017-03-05,集中安置,{70 + n}" for n in range(5)]

Ledger = Callable[..., Path]


@pytest.fixture
def office(store: Store, ledger: Ledger) -> Store:
    import_files(store, [ledger(LINES)], now=NOW, county="411522")
    import_files(store, [ledger(LINES)], now=NOW, county="411523")
    return store


def altered(store: Store, statement: str) -> None:
    with sqlite3.connect(store.home / "relocation.db") as database:
        database.execute(statement)


def found(store: Store) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in auditing.verify(store).problems]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE household SET floor_area_m2 = 60 WHERE code = 'H3' AND county = '411522'",
        "UPDATE household SET head_name = '演乙' WHERE code = 'H3' AND county = '411522'",
        "UPDATE household SET approved_on = '2017-03-06' WHERE code = 'H3' AND county = '411522'",
        "UPDATE household SET registered_poor = NULL WHERE code = 'H3' AND county = '411522'",
        "UPDATE household SET row_number = 9 WHERE code = 'H3' AND county = '411522'",
        "DELETE FROM household WHERE code = 'H3' AND county = '411522'",
        "UPDATE household SET code = 'H9' WHERE code = 'H3' AND county = '411522'",
    ],
)
def test_a_record_altered_with_an_sql_tool_is_found_by_county_and_kind(office: Store, statement: str) -> None:
    assert found(office) == []
    altered(office, statement)
    assert found(office) == [("records-altered", "411522 household")]


def test_two_records_that_change_places_are_found(office: Store) -> None:
    altered(office, "UPDATE household SET floor_area_m2 = CASE code WHEN 'H1' THEN 72 ELSE 71 END WHERE code IN ('H1', 'H2') AND county = '411522'")
    assert found(office) == [("records-altered", "411522 household")]


def test_what_an_import_or_a_run_changes_is_vouched_for(office: Store, ledger: Ledger) -> None:
    import_files(office, [ledger([LINES[0].replace(",70", ",66"), "H8,演丙,十里镇,否,2,2017-03-05,分散安置,50"])], now=NOW, county="411522")
    check(office, as_of=AS_OF, now=NOW)
    assert found(office) == []


@pytest.mark.parametrize("hidden", ["import", "check"])
def test_an_alteration_is_noted_before_more_records_or_a_run_could_hide_it(office: Store, ledger: Ledger, hidden: str) -> None:
    altered(office, "UPDATE household SET floor_area_m2 = 60 WHERE code = 'H3' AND county = '411522'")
    if hidden == "import":
        import_files(office, [ledger(["H8,演丙,十里镇,否,2,2017-03-05,分散安置,50"])], now=NOW, county="411522")
    else:
        check(office, as_of=AS_OF, now=NOW)
    assert ("records-differed", "411522 household") in found(office)
    with office.reading() as connection:
        assert [one.county for one in log.everything(connection) if one.action == DIFFERED] == ["411522"]


def test_an_alteration_is_noted_before_a_file_that_names_no_county_could_hide_it(store: Store, ledger: Ledger) -> None:
    import_files(store, [ledger(LINES)], now=NOW, county="411522")
    altered(store, "UPDATE household SET floor_area_m2 = 60 WHERE code = 'H3'")
    import_files(store, [ledger(["H8,演丙,十里镇,否,2,2017-03-05,分散安置,50"])], now=NOW, as_kind="households")
    assert found(store) == [("records-differed", "411522 household")]


def test_nothing_is_summed_twice(office: Store) -> None:
    check(office, as_of=AS_OF, now=NOW)
    with office.reading() as connection:
        before = log.count(connection)
    check(office, as_of=AS_OF, now=NOW)
    with office.reading() as connection:
        assert log.count(connection) == before + 2  # the run, and that what was found still stands


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE finding SET severity = severity + 1 WHERE county = '411522' AND id = (SELECT min(id) FROM finding WHERE county = '411522')", "finding"),
        ("DELETE FROM finding WHERE county = '411522' AND id = (SELECT min(id) FROM finding WHERE county = '411522')", "finding"),
        ("UPDATE standing SET severity = severity + 1 WHERE county = '411522' AND subject = 'H3'", "standing"),
        ("UPDATE entry SET gone_run = 1 WHERE county = '411522'", "entry"),
        ("UPDATE finding_count SET n = n + 1 WHERE county = '411522'", "finding_count"),
    ],
)
def test_what_the_checks_found_altered_with_an_sql_tool_is_found_and_noted_before_a_run_writes_over_it(office: Store, statement: str, table: str) -> None:
    check(office, as_of=AS_OF, now=NOW)
    assert found(office) == []
    altered(office, statement)
    assert found(office) == [("findings-altered", f"411522 {table}")]
    check(office, as_of=AS_OF, now=NOW)
    assert found(office) == [("findings-differed", f"411522 {table}")]


def test_findings_of_a_county_that_no_run_has_judged_are_found(office: Store) -> None:
    check(office, as_of=AS_OF, now=NOW)
    altered(office, "INSERT INTO finding_count VALUES ('living-area', '999999', 'pass', 1)")
    assert found(office) == [("findings-altered", "999999 finding_count")]


def test_a_run_of_one_county_leaves_the_sums_of_the_others(office: Store) -> None:
    check(office, as_of=AS_OF, now=NOW)
    check(office, as_of=AS_OF, now=NOW, county="411522")
    altered(office, "UPDATE finding SET name = 'x' WHERE county = '411523'")
    assert found(office) == [("findings-altered", "411523 finding")]


def test_a_sum_over_fewer_columns_still_holds_when_the_program_has_learnt_more(office: Store) -> None:
    with office.reading() as connection:
        columns = "county code floor_area_m2"
        first = sums.record_sum(connection, "household", "411522", columns)
        assert first == sums.record_sum(connection, "household", "411522", columns)
        assert first["sum"] != sums.record_sum(connection, "household", "411522", "county code")["sum"]
        with pytest.raises(KeyError):
            sums.record_sum(connection, "household", "411522", "county no_such_column")


def test_an_entry_of_the_ledger_set_to_another_state_or_deleted_past_the_program_is_found(store: Store, ledger: Ledger) -> None:
    rectifying.bring(store, ledger, [rectifying.home("H1"), rectifying.home("H2")])
    rectifying.judged(store)
    opening.open_fails(store, now=NOW)
    assert found(store) == []
    altered(store, f"UPDATE ledger_entry SET state = '{State.VERIFIED_CLOSED.id}' WHERE number = 1")
    altered(store, "DELETE FROM ledger_entry WHERE number = 2")
    assert found(store) == [("state-altered", "411522-0001"), ("entry-gone", "411522-0002")]


@pytest.mark.parametrize(
    "column",
    ["closed_on", "submitted_by", "due_on", "text", "measure", "unit", "severity", "tier", "opened_at", "found", "reason", "earlier", "person", "township"],
)
@pytest.mark.parametrize("together", [True, False])
def test_whatever_column_of_an_entry_is_altered_past_the_program_is_named(store: Store, ledger: Ledger, column: str, together: bool) -> None:
    rectifying.bring(store, ledger, [rectifying.home("H1")])
    rectifying.judged(store)
    if together:
        opening.open_fails(store, now=NOW)
    else:
        opening.open_one(store, "living-area", "household", "411522", "H1", now=NOW)
    assert found(store) == []
    altered(store, f"UPDATE ledger_entry SET {column} = '2001-01-01{' 00:00:00.000000' if column == 'opened_at' else ''}'")
    [problem] = auditing.verify(store).problems
    assert (problem.code, problem.facts["field"]) == ("state-altered", column)


def test_what_people_do_in_the_ledger_one_by_one_in_one_go_and_undone_is_vouched_for(store: Store, ledger: Ledger) -> None:
    rectifying.bring(store, ledger, [rectifying.home(f"H{n}") for n in range(4)])
    rectifying.judged(store)
    opening.open_fails(store, now=rectifying.NOW)
    keeper = store.acting(rectifying.KEEPER)
    assign = Wish(Move.ASSIGN, fields={"unit": "镇政府"})
    done = bulk.move_all(keeper, assign, bulk.picked(keeper, now=rectifying.NOW), now=rectifying.NOW)
    assert done.batch is not None
    bulk.undo(keeper, done.batch, now=rectifying.NOW)
    move(keeper, "411522-0002", assign, now=rectifying.NOW)
    rectifying.judged(store)
    assert found(store) == []


def test_an_entry_of_the_ledger_added_past_the_program_is_found(store: Store, ledger: Ledger) -> None:
    rectifying.bring(store, ledger, [rectifying.home("H1")])
    rectifying.judged(store)
    opening.open_fails(store, now=NOW)
    columns = 'county, township, tier, severity, state, presence, source, category, text, "check", subject_kind, subject, found, opened_at, opened_by, '
    columns += "unit, person, measure, due_on, earlier, asked_by, asked_why, submitted_by, reason, approver, closed_by, version"
    altered(store, f"INSERT INTO ledger_entry (number, {columns}) SELECT 2, {columns} FROM ledger_entry WHERE number = 1")
    assert found(store) == [("entry-unvouched", "411522-0002")]


@pytest.mark.server
def test_sums_are_alike_on_a_file_and_on_a_server(county: Store, tmp_path: Path) -> None:
    from relocation.service import backing

    with postgres.server() as socket:
        saved, address = tmp_path / "saved.backup", postgres.fresh_database(socket)
        backing.backup(county, saved, now=NOW)
        assert backing.restore(saved, tmp_path / "served", address)[1] == ()
