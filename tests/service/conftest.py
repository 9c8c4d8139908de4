"""An office of one's own, and the demonstration loaded once."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relocation.service import Store, demo
from relocation.service.office import open_office
from tests.service.drawn import Desk, desk

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUSEHOLDS = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积"
SITES = "安置点编码,安置点名称,乡镇,经度,纬度,批复日期,安置户数"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_office(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Desk:
    """Return an office that knows two sites, to which drawings can be sent."""
    (tmp_path / "sent").mkdir()
    return desk(store, tmp_path / "sent")


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return the demonstration county, imported and checked. Tests only read it."""
    opened = demo.load_demo(tmp_path_factory.mktemp("county") / "home", now=NOW)
    yield opened
    opened.close()


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of small text ledgers: a heading and lines."""

    def write(lines: Sequence[str], heading: str = HOUSEHOLDS, name: str = "搬迁户.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def own(county: Store, tmp_path: Path) -> Iterator[Store]:
    """Return a copy of the demonstration, to write to."""
    shutil.copytree(county.home, tmp_path / "home")
    opened = open_office(tmp_path / "home")
    yield opened
    opened.close()
