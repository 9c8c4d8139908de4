"""The drawings of the made-up county as records: read from the files as an office reads them, judged by nobody yet."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.records import Records
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from relocation.service.drawings.taking import Supplied, take_in_all
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.store.frames import read_records
from tests.data.demo_county.drawings import FOLDER, drawings
from tests.data.demo_county.ground import COUNTY


@cache
def drawn_records(demo: Path) -> dict[str, Records]:
    """Return the ledgers of unit types, drawings and pairs that an office has after taking in what lies in `demo`."""
    now = datetime(2020, 1, 2, 8, 0, tzinfo=UTC)
    with TemporaryDirectory() as home:
        store = open_office(Path(home))
        for file, kind in (("安置点台账.xlsx", "sites"), ("户型台账.xlsx", "unit-types")):
            import_files(store, [demo / file], now=now, as_kind=kind, county=COUNTY)
        take_in_all(store, [Supplied(demo / FOLDER / one.file, one.role, one.site) for one in drawings()], now=now, county=COUNTY)
        with store.reading() as connection:
            found = {kind.ledger: read_records(connection, kind) for kind in (UNIT_TYPE, DRAWING, DRAWING_PAIR)}
        store.close()
    return found
