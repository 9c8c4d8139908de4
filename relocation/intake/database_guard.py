"""Looks at a GeoPackage's schema before GDAL does: a table in it may be a door to another file.

GDAL brings SpatiaLite, whose VirtualText opens whatever file the table's declaration names, with the rights of this program and as soon
as the layers are listed. Leaving out drivers does not touch that, so the declarations are read first, as plain text: SQLite connects
a virtual table only when it is used. The one kind a GeoPackage needs is its spatial index.
"""

import re
import sqlite3
from pathlib import Path

from relocation.intake.guard import Guard

_INDEX = re.compile(r"create\s+virtual\s+table\s+(?:\"[^\"]+\"|\[[^\]]+\]|\w+)\s+using\s+rtree\s*\([^()]*\)\s*;?\s*", re.IGNORECASE)
_VIRTUAL = re.compile(r"virtual", re.IGNORECASE)


def check_database(path: Path, guard: Guard) -> None:
    """Raise Unusable when the database is damaged or declares a virtual table that is no spatial index.

    The word decides wherever it stands: comments, quotes and odd spellings hide nothing, and a table column of that name is rare.
    """
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            declared = base.execute("select cast(name as text), cast(sql as blob) from sqlite_master where sql is not null").fetchall()
        finally:
            base.close()
    except sqlite3.Error:
        raise guard.refuse("vector-unreadable", suffix=".gpkg") from None
    for name, sql in declared:
        text = bytes(sql).decode("utf-8", "replace")
        if _VIRTUAL.search(text) and not _INDEX.fullmatch(text):
            raise guard.refuse("database-reaches-out", table=str(name)[:60])
