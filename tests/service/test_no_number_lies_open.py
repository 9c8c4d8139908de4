"""In the demonstration's home, with every ledger in it, no byte of any file shows an ID number."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from checks.vocabulary import LEDGERS
from relocation.service import Store
from relocation.store.frames import read_records


def opened(path: Path) -> Iterator[bytes]:
    """Return a file's bytes, and of an archive each member's."""
    raw = path.read_bytes()
    yield raw
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def test_no_file_of_the_home_holds_an_id_number(county: Store) -> None:
    with county.whole.reading() as connection:
        known = {str(number) for kind in LEDGERS.values() if kind.secrets for number in read_records(connection, kind).stored("id_number") if number}
    files = [path for path in county.home.rglob("*") if path.is_file()]
    assert len(known) > 1000
    assert any(path.name == "relocation.db" for path in files)
    said = b"\0".join(part for path in files for part in opened(path))
    assert not [number for number in known if number.encode() in said]
