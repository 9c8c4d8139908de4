"""What a place-bound reader sees: views of the same names that stand before the tables on its connections, and hold only its rows.

Both databases look for a name among a connection's temporary relations first, so every query stays as it is written and cannot forget
the condition. A table that is not known here is hidden: what is added later has to say whom it belongs to.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, Table, event

from relocation.accounts.scope import Scope
from relocation.store import account_tables  # noqa: F401 - so that its tables are among the metadata's
from relocation.store.connecting import engine_for
from relocation.store.schema import metadata

OPEN = frozenset({"state", "drawing_naming", "sealing_key"})
"""Tables that belong to no place: counters of revisions, institutes' words for layers, which keys are in use."""

_WHOLE = "(SELECT county FROM scope_place WHERE township = '')"
_EITHER = "(SELECT county FROM scope_place)"
_TOWNSHIPS = "(SELECT county, township FROM scope_place)"

_BY_HAND: Mapping[str, str] = {
    "account_place": "1 = 0",  # whose places they are concerns the administrator alone
    "county": f"code IN {_EITHER}",
    "law_version": f"substr(place, 1, 6) IN {_EITHER} OR length(place) < 6",
    "check_run": f"county = '' OR county IN {_EITHER}",
    "layer": f"county = '' OR county IN {_EITHER}",
    "layer_feature": "layer_id IN (SELECT id FROM {before}layer WHERE county = '' OR county IN " + _EITHER + ")",  # noqa: S608 - text of our own
    "import_sheet": f"county = '' OR county IN {_WHOLE}",
    "import_file": "id IN (SELECT file_id FROM {before}import_sheet WHERE county = '' OR county IN " + _WHOLE + ")",  # noqa: S608 - text of our own
    "evidence_file": "sha256 IN (SELECT sha256 FROM {before}evidence WHERE county IN " + _WHOLE + f" OR (county, township) IN {_TOWNSHIPS})",  # noqa: S608 - text of our own
    "drawing_file": "sha256 IN (SELECT sha256 FROM {before}drawing WHERE county IN " + _WHOLE + ")",  # noqa: S608 - text of our own
}
"""Tables whose place stands elsewhere than in columns called county and township. Text of our own; `{before}` names the real tables."""

_TOWNSHIP_OF = {"finding": "CASE WHEN subject_kind = 'township' THEN name ELSE township END"}
"""Where a row's township stands, when not in a column of that name alone."""


def bound(whole: Engine, scope: Scope) -> Engine:
    """Return an engine like another, whose connections see only what lies within a scope."""
    engine = engine_for(whole.url.render_as_string(hide_password=False))
    engine.update_execution_options(**whole.get_execution_options())
    before = "main." if engine.dialect.name == "sqlite" else "public."
    mark = "?" if engine.dialect.name == "sqlite" else "%s"
    views = [_view(table, scope, before) for table in metadata.sorted_tables if table.name not in OPEN]

    def narrow(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("CREATE TEMPORARY TABLE scope_place (county TEXT NOT NULL, township TEXT NOT NULL)")
        cursor.executemany(f"INSERT INTO scope_place VALUES ({mark}, {mark})", scope.places)  # noqa: S608 - the driver's mark of a parameter
        for view in views:
            cursor.execute(view)
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", narrow)
    return engine


def _view(table: Table, scope: Scope, before: str) -> str:
    condition = _condition(table, scope).replace("{before}", before)
    return f'CREATE TEMPORARY VIEW "{table.name}" AS SELECT * FROM {before}"{table.name}" WHERE {condition}'  # noqa: S608 - names and conditions of our own


def _condition(table: Table, scope: Scope) -> str:
    """Return the condition on a table's rows; places are rows of scope_place and never a part of the text."""
    if table.name in _BY_HAND:
        return _BY_HAND[table.name]
    if "county" not in table.c:
        return "1 = 0"
    alone = len(scope.places) == 1 and not scope.townships
    whole = f"county = {_WHOLE}" if alone else f"county IN {_WHOLE}"  # one county keeps an index's order
    township = _TOWNSHIP_OF.get(table.name, "township" if "township" in table.c else "")
    return f"{whole} OR (county, {township}) IN {_TOWNSHIPS}" if scope.townships and township else whole
