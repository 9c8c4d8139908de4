"""Stores on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relocation.store.opening import Store, open_store
from tests import postgres


@pytest.fixture(scope="session")
def socket() -> Iterator[Path]:
    with postgres.server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'office.db'}"
    socket: Path = request.getfixturevalue("socket")
    return postgres.fresh_database(socket)


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, database)
    yield opened
    opened.close()
