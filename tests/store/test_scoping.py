"""A place-bound reader sees its places whatever it asks; a writer is asked for its right and place."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, text

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Right, Role
from relocation.accounts.scope import EVERYWHERE, NOWHERE, Scope
from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.states import Severity, Tier
from relocation.store import evidence, log, runs, tables
from relocation.store import rectification as ledger
from relocation.store.evidence import EvidenceFilter
from relocation.store.evidence_tables import evidence_file
from relocation.store.opening import Store
from relocation.store.schema import metadata
from relocation.store.scoping import OPEN, decided
from relocation.store.trouble import Trouble

AT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
OURS, THEIRS = "411522", "411523"


def somebody(scope: Scope, *roles: Role) -> Actor:
    return Actor("someone", "某人", frozenset(roles or {Role.VIEWER}), scope)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        file = insert(tables.import_file).values(id=1, sha256="a" * 64, name="x", options="[]", imported_at=AT, revision=1)
        connection.execute(file)
        for number, place in enumerate((OURS, THEIRS), 1):
            counts = dict.fromkeys(("read", "added", "changed", "unchanged", "refused"), 0)
            connection.execute(insert(tables.import_sheet).values(id=number, file_id=1, sheet="s", kind="households", county=place, letters="{}", **counts))
            connection.execute(insert(tables.county).values(code=place, name=place))
            for township in ("甲乡", "乙乡"):
                row = {"county": place, "code": f"{place}-{township}", "head_name": "演甲", "township": township, "sheet_id": number, "row_number": 1}
                connection.execute(insert(tables.KEPT["household"]).values(row))
            log.append(connection, by=store.actor, at=AT, action="records.imported", county=place)
    return store


def seen(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(tables.LEDGERS["household"].c.code).order_by("code")).scalars())


def test_a_county_sees_its_own_households_and_no_others(filled: Store) -> None:
    ours = filled.acting(somebody(Scope(frozenset({OURS}))))
    assert seen(ours) == [f"{OURS}-乙乡", f"{OURS}-甲乡"]
    assert len(seen(ours.whole)) == len(seen(filled)) == 4


def test_a_township_sees_its_own_households_and_no_others(filled: Store) -> None:
    assert seen(filled.acting(somebody(Scope(frozenset(), frozenset({(THEIRS, "甲乡")}))))) == [f"{THEIRS}-甲乡"]
    mixed = Scope(frozenset({OURS}), frozenset({(THEIRS, "甲乡")}))
    assert seen(filled.acting(somebody(mixed))) == [f"{OURS}-乙乡", f"{OURS}-甲乡", f"{THEIRS}-甲乡"]


def test_a_townships_name_is_a_value_and_never_a_part_of_the_question(filled: Store) -> None:
    assert seen(filled.acting(somebody(Scope(frozenset(), frozenset({(OURS, "' OR ''='")}))))) == []


def test_nobody_bound_to_nowhere_sees_a_row_of_any_table_that_belongs_to_a_place(filled: Store) -> None:
    bound = filled.acting(somebody(NOWHERE))
    with bound.reading() as connection:
        counted = {table.name: connection.execute(select(func.count()).select_from(table)).scalar() for table in tables.metadata.sorted_tables}
    assert {name for name, rows in counted.items() if rows} <= OPEN


def test_a_table_that_says_nothing_of_its_place_is_hidden(filled: Store) -> None:
    with filled.acting(somebody(Scope(frozenset({OURS})))).reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.event)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(tables.county)).scalar() == 1


def test_of_every_table_it_was_decided_whose_its_rows_are() -> None:
    assert [table.name for table in metadata.sorted_tables if not decided(table)] == []


def test_a_table_that_nobody_decided_about_is_found() -> None:
    assert not decided(Table("forgotten", MetaData(), Column("id", Integer)))


def test_a_township_reads_from_which_sheet_its_own_rows_came_and_no_other(filled: Store) -> None:
    with filled.acting(somebody(Scope(frozenset(), frozenset({(THEIRS, "甲乡")})))).reading() as connection:
        assert list(connection.execute(select(tables.import_sheet.c.id)).scalars()) == [2]
        assert connection.execute(select(func.count()).select_from(tables.import_file)).scalar() == 1


def test_what_moved_with_a_run_of_everywhere_is_told_of_ones_own_places(filled: Store) -> None:
    with filled.writing() as connection:
        run = runs.add_run(connection, AT, AT.date(), None, (), 1)
        places = {(OURS, "甲乡"): (1, 0, 0, 2), (OURS, "乙乡"): (4, 8, 0, 0), (THEIRS, "甲乡"): (16, 32, 64, 0)}
        runs.note_moved(connection, run, runs.Moved(21, 40, 64, 2, places))

    def told(scope: Scope) -> tuple[int, int, int, int]:
        with filled.acting(somebody(scope)).reading() as connection:
            last = runs.last_run(connection)
        assert last
        return last["new"], last["still"], last["gone"], last["back"]

    assert told(EVERYWHERE) == (21, 40, 64, 2)
    assert told(Scope(frozenset({OURS}))) == (5, 8, 0, 2)
    assert told(Scope(frozenset(), frozenset({(OURS, "甲乡")}))) == (1, 0, 0, 2)
    assert told(NOWHERE) == (0, 0, 0, 0)


def test_a_right_and_a_place_are_asked_of_whoever_writes(filled: Store) -> None:
    keeper = filled.acting(somebody(Scope(frozenset({OURS})), Role.KEEPER))
    keeper.require(Right.LEDGER, OURS, "甲乡")
    with pytest.raises(Trouble) as refused:
        keeper.require(Right.LEDGER, THEIRS)
    assert refused.value.status == 404
    with pytest.raises(Trouble) as refused:
        keeper.require(Right.DECIDE, OURS)
    assert refused.value.status == 403


def test_the_log_is_only_appended_to(filled: Store) -> None:
    for statement in ("UPDATE event SET who = 'x'", "DELETE FROM event"):
        with pytest.raises(Exception, match="appended"), filled.writing() as connection:
            connection.execute(text(statement))


def test_more_scopes_than_are_kept_still_see_their_own(filled: Store) -> None:
    for number in range(40):
        scope = Scope(frozenset({OURS, f"{number:06d}"}))
        assert len(seen(filled.acting(somebody(scope)))) == 2


def test_an_entry_takes_its_moves_and_its_evidence_along_to_another_township(filled: Store) -> None:
    opened = Entry(OURS, 0, "旧房未拆", Tier.BY_HAND, Severity.ORDINARY, AT, "keeper", date(2026, 12, 31), township="甲乡")
    with filled.writing() as connection:
        [one], _ = ledger.add(connection, [opened], "keeper", AT)
        assigned = replace(one, unit="甲乡政府", version=2)
        moved = replace(assigned, township="乙乡", version=3)
        for before, after in ((one, assigned), (assigned, moved)):
            assert ledger.save(connection, before, after)
            ledger.add_move(connection, before, after, Move.EDIT, "keeper", AT)
        evidence.add_file(connection, {"sha256": "1" * 64, "media_type": "image/jpeg", "suffix": ".jpg", "size_bytes": 3}, {}, None, AT)
        about = {
            "subject_kind": "entry",
            "subject": one.id,
            "about_kind": "entry",
            "about": one.id,
            "kind": "photo",
            "name": "a.jpg",
            "since": None,
            "until": None,
        }
        shown = evidence.add(connection, {"sha256": "1" * 64, "county": OURS, "township": "甲乡", **about, "note": "", "added_by": "keeper"}, AT)
        row = evidence.one(connection, shown)
        assert row and evidence.withdraw(connection, row, "keeper", "拿错了", AT)
    told = {}
    for township in ("甲乡", "乙乡"):
        with filled.acting(somebody(Scope(frozenset(), frozenset({(OURS, township)})))).reading() as connection:
            found, past = ledger.get(connection, OURS, one.number), ledger.moves(connection, OURS, one.number)
            files = connection.execute(select(func.count()).select_from(evidence_file)).scalar()
            told[township] = found, [past_one.version for past_one in past], evidence.count(connection, EvidenceFilter(withdrawn=True)), files
            if found:
                assert ledger.at_version(found, past, 1) == one
                assert [one.withdrawn_why for one in evidence.listed(connection, EvidenceFilter(withdrawn=True))] == ["拿错了"]
    assert told == {"甲乡": (None, [], 0, 0), "乙乡": (moved, [1, 2, 3], 1, 1)}
