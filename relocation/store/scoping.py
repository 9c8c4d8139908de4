"""What a place-bound reader sees: views of the same names that stand before the tables on its connections, and hold only its rows.

Both databases look for a name among a connection's temporary relations first, so every query stays as it is written and cannot forget
the condition. A table that is not known here is hidden: what is added later has to say whom it belongs to.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, Table, event

from relocation.accounts.scope import Scope
from relocation.store import foreign
from relocation.store.connecting import engine_for
from relocation.store.schema import metadata
from relocation.store.tables import LEDGERS

CLOSED = frozenset({"account", "account_place", "attempt", "evidence_alike", "ledger_number", "self_test_score", "sign_in"})
"""Tables that no place-bound reader sees: who the people are, and what is compared or counted across places."""

OPEN = frozenset({"state", "drawing_naming", "sealing_key"})
"""Tables that belong to no place: counters of revisions, institutes' words for layers, which keys are in use."""

_WHOLE = "(SELECT county FROM scope_place WHERE township = '')"
_EITHER = "(SELECT county FROM scope_place)"
_TOWNSHIPS = "(SELECT county, township FROM scope_place)"

_ENTRY_OF = (  # the number in an entry's name, 411522-0007; of other subjects nothing is read as a number
    "CASE WHEN t.subject_kind = 'entry' THEN CAST(substr(t.subject, 8) AS INTEGER) END"
)


def _of_entry(number: str) -> str:
    """Return the condition that the entry of the ledger to which a row belongs lies in one of the townships now: it takes its past along when it moves."""
    return (
        f"EXISTS (SELECT 1 FROM {{before}}ledger_entry AS e WHERE e.county = t.county AND e.number = {number}"  # noqa: S608 - text of our own
        f" AND (e.county, e.township) IN {_TOWNSHIPS})"
    )


def _evidence(alias: str = "t") -> str:
    """Return the condition on evidence: that of an entry lies where the entry lies now, any other where it was attached."""
    own = f"t.subject_kind <> 'entry' AND (t.county, t.township) IN {_TOWNSHIPS}"
    return f"(t.county IN {_WHOLE} OR ({own}) OR {_of_entry(_ENTRY_OF)})".replace("t.", f"{alias}.")


_BY_HAND: Mapping[str, str] = {
    "ledger_move": f"t.county IN {_WHOLE} OR {_of_entry('t.number')}",
    "problem_item": f"t.county IN {_WHOLE} OR {_of_entry('t.entry')}",
    "evidence": _evidence(),
    "evidence_withdrawn": f"EXISTS (SELECT 1 FROM {{before}}evidence AS v WHERE v.id = t.id AND {_evidence('v')})",  # noqa: S608 - text of our own
    "standing_order": f"county IN {_EITHER}",  # which checks judge a kind of record, in what order
    "run_moved": f"county IN {_WHOLE} OR (county, township) IN {_TOWNSHIPS}",
    "county": f"code IN {_EITHER}",
    "law_version": f"substr(place, 1, 6) IN {_EITHER} OR length(place) < 6",
    "check_run": f"county = '' OR county IN {_EITHER}",
    "drawing_correction": f"county IN {_WHOLE} OR (county = '' AND subject IN (SELECT sha256 FROM {{before}}drawing"  # noqa: S608 - text of our own
    f" WHERE county IN {_WHOLE} OR (county, township) IN {_TOWNSHIPS}))",
    "layer": f"county = '' OR county IN {_EITHER}",
    "layer_feature": "layer_id IN (SELECT id FROM {before}layer WHERE county = '' OR county IN " + _EITHER + ")",  # noqa: S608 - text of our own
    "evidence_file": f"sha256 IN (SELECT v.sha256 FROM {{before}}evidence AS v WHERE {_evidence('v')})",  # noqa: S608 - text of our own
    "drawing_file": f"sha256 IN (SELECT sha256 FROM {{before}}drawing WHERE county IN {_WHOLE} OR (county, township) IN {_TOWNSHIPS})",  # noqa: S608 - text of our own
}
"""Tables whose place stands elsewhere than in columns called county and township. Text of our own; `{before}` names the real tables."""

_TOWNSHIP_OF = {"finding": "CASE WHEN subject_kind = 'township' THEN name ELSE township END"}
"""Where a row's township stands, when not in a column of that name alone."""


_SHOWN = {
    "check_run": {
        name: f"(SELECT COALESCE(SUM(moved.{name}), 0) FROM {{before}}run_moved AS moved WHERE moved.run_id = t.id"  # noqa: S608 - text of our own
        f" AND (moved.county IN {_WHOLE} OR (moved.county, moved.township) IN {_TOWNSHIPS}))"
        for name in ("new", "still", "gone", "back")
    }
}
"""Columns that hold numbers of all places, and what a place-bound reader is told instead: the part of its own places."""

_OF_RECORDS = {"standing": ("kind", "subject"), "change": ("kind", "subject")}
"""Tables that say of records what they do not say of townships: their kind and code; the record's own row tells where it lies."""


def decided(table: Table) -> bool:
    """Tell whether it was decided whose the rows of a table are. One that nobody decided about is hidden, and a test says so."""
    return table.name in OPEN | CLOSED or table.name in _BY_HAND or table.name in ("import_sheet", "import_file") or "county" in table.c


def bound(whole: Engine, scope: Scope) -> Engine:
    """Return an engine like another, whose connections see only what lies within a scope."""
    engine = engine_for(whole.url.render_as_string(hide_password=False))
    engine.update_execution_options(**whole.get_execution_options(), **{foreign.OPTION: scope})
    mark = "?" if engine.dialect.name == "sqlite" else "%s"
    hidden = [table for table in (*metadata.sorted_tables, *LEDGERS.values()) if table.name not in OPEN]

    def narrow(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        before = _real(cursor, engine.dialect.name)
        cursor.execute("CREATE TEMPORARY TABLE scope_place (county TEXT NOT NULL, township TEXT NOT NULL)")
        cursor.executemany(f"INSERT INTO scope_place VALUES ({mark}, {mark})", scope.places)  # noqa: S608 - the driver's mark of a parameter
        for table in hidden:
            cursor.execute(_view(table, scope, before))
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", narrow)
    return engine


def _real(cursor: Any, dialect: str) -> str:
    """Return what names the real tables behind the views: the file's own, or the schema in which a server's office lies."""
    if dialect == "sqlite":
        return "main."
    return f"{cursor.execute('SELECT quote_ident(current_schema())').fetchone()[0]}."


def _view(table: Table, scope: Scope, before: str) -> str:
    condition = _condition(table, scope).replace("{before}", before)
    shown = _SHOWN.get(table.name, {})
    columns = ", ".join(
        f'{shown[column.name].replace("{before}", before)} AS "{column.name}"' if column.name in shown else f't."{column.name}"' for column in table.c
    )
    return f'CREATE TEMPORARY VIEW "{table.name}" AS SELECT {columns} FROM {before}"{table.name}" AS t WHERE {condition}'  # noqa: S608 - names and conditions of our own


def _condition(table: Table, scope: Scope) -> str:
    """Return the condition on a table's rows; places are rows of scope_place and never a part of the text."""
    if table.name == "import_sheet":
        return _sheets(scope)
    if table.name == "import_file":
        return f"id IN (SELECT file_id FROM {{before}}import_sheet WHERE {_sheets(scope)})"  # noqa: S608 - text of our own
    if table.name in _BY_HAND:
        return _BY_HAND[table.name]
    if table.name in CLOSED or "county" not in table.c:
        return "1 = 0"
    alone = len(scope.places) == 1 and not scope.townships
    whole = f"county = {_WHOLE}" if alone else f"county IN {_WHOLE}"  # one county keeps an index's order
    if not scope.townships:
        return whole
    if table.name in _OF_RECORDS:
        return f"{whole} OR {_of_township(*_OF_RECORDS[table.name])}"
    township = _TOWNSHIP_OF.get(table.name, "township" if "township" in table.c else "")
    return f"{whole} OR (county, {township}) IN {_TOWNSHIPS}" if township else whole


def _sheets(scope: Scope) -> str:
    """Return the condition on sheets of files: those of whole counties, and those from which a record of one of the townships was read."""
    whole = f"county = '' OR county IN {_WHOLE}"
    if not scope.townships:
        return whole
    having = [table for table in LEDGERS.values() if "township" in table.c]
    read = " UNION ".join(f"SELECT sheet_id FROM {{before}}{table.name} WHERE (county, township) IN {_TOWNSHIPS}" for table in having)  # noqa: S608 - as above
    return f"{whole} OR id IN ({read})"


def _of_township(kind: str, code: str) -> str:
    """Return the condition that a row is about a record that lies in one of the townships."""
    having = [(id, table) for id, table in LEDGERS.items() if "township" in table.c]
    return " OR ".join(
        f"(t.{kind} = '{id}' AND EXISTS (SELECT 1 FROM {{before}}{table.name} AS r"  # noqa: S608 - names of our own tables
        f" WHERE r.county = t.county AND r.code = t.{code} AND (r.county, r.township) IN {_TOWNSHIPS}))"
        for id, table in having
    )
