"""GeoPackages are SQLite databases: tables and views inside may name other files, hosts and functions. None is ever opened."""

import contextlib
import ctypes
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely

from relocation.intake import Unusable
from relocation.intake.reading import read_file as read_all
from tests.intake.test_vector import CANARY, listener

__all__ = ["listener"]
IN_ACCESS, IN_OPEN = 0x1, 0x20


class Watch:
    """Counts how often any process opens or reads one file (inotify)."""

    def __init__(self, path: Path) -> None:
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.handle = self.libc.inotify_init1(os.O_NONBLOCK)
        assert self.libc.inotify_add_watch(self.handle, os.fsencode(path), IN_ACCESS | IN_OPEN) >= 0

    def seen(self) -> bool:
        try:
            return bool(os.read(self.handle, 4096))
        except BlockingIOError:
            return False


@pytest.fixture
def secret(tmp_path: Path) -> Iterator[tuple[Path, Watch]]:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can tell whether a file was opened")
    path = tmp_path / "secret.csv"
    path.write_text(f"name,WKT\n{CANARY},POINT (114.9 32)\n", "utf-8")
    watch = Watch(path)
    yield path, watch
    os.close(watch.handle)


def test_the_watch_notices_a_reader(secret: tuple[Path, Watch]) -> None:
    path, watch = secret
    assert not watch.seen()
    path.read_bytes()
    assert watch.seen()


def package(path: Path) -> sqlite3.Connection:
    """Write a GeoPackage with one good layer; return it open, its schema writable."""
    from pyogrio import raw

    wkb = np.array(shapely.to_wkb([shapely.Point(114.9, 32)]), object)
    raw.write(path, wkb, [np.array(["好点"], object)], ["name"], geometry_type="Point", crs="EPSG:4326", driver="GPKG", layer="good")
    base = sqlite3.connect(path)
    base.execute("pragma writable_schema = on")
    return base


def enlist(base: sqlite3.Connection, name: str, kind: str, sql: str) -> None:
    """Put a table or view into the schema without running it, and announce it as a layer with geometry."""
    base.execute("insert into sqlite_master (type, name, tbl_name, rootpage, sql) values (?, ?, ?, 0, ?)", [kind, name, name, sql])
    base.execute("insert into gpkg_contents (table_name, data_type, identifier, srs_id) values (?, 'features', ?, 4326)", [name, name])
    base.execute("insert into gpkg_geometry_columns values (?, 'geom', 'POINT', 4326, 0, 0)", [name])


VIRTUAL = [
    "VirtualOGR('{}')",
    "VirtualOGR('{}', 1, 'secret')",
    "VirtualShape('{}', UTF-8, 4326)",
    "VirtualText('{}', UTF-8)",
    "VirtualXPath('{}')",
    "csv(filename='{}')",
    "fsdir('{}')",
    "zipfile('{}')",
]
VIEWS = [
    "select 1 as fid, readfile('{}') as name, null as geom",
    "select load_extension('{}') as fid, 'x' as name, null as geom",
    "select 1 as fid, ogr_geocode('{}') as name, null as geom",
    "select 1 as fid, edit('{}', 'cat') as name, null as geom",
    "select fid, (select name from evil_source) as name, geom from good",
]


@pytest.mark.parametrize("place", ["file", "/vsicurl/", "/vsizip//vsicurl/", "GeoJSON:", "relative"])
@pytest.mark.parametrize("table", VIRTUAL)
def test_no_virtual_table_opens_another_file_or_host(
    tmp_path: Path, table: str, place: str, secret: tuple[Path, Watch], listener: tuple[str, list[str]]
) -> None:
    address, asked = listener
    path, watch = secret
    target = {"file": str(path), "relative": "../secret.csv"}.get(place, f"{place}{address}/a.csv")
    with package(tmp_path / "a.gpkg") as base:
        enlist(base, "evil", "table", f"create virtual table evil using {table.format(target)}")
    base.close()
    only_what_is_inside(tmp_path / "a.gpkg", watch, asked)


WRITTEN = ["create virtual table evil using VirtualText('{}', UTF-8)", "CREATE/*(*/VIRTUAL/**/TABLE evil USING VirtualText('{}', UTF-8)", "create --rtree()\nvirtual table evil using VirtualText('{}', UTF-8)",
           "create virtual table evil using VirtualText('{}', UTF-8) -- using rtree(a, b)", "create\tvirtual table \"evil\" using VirtualText('{}', UTF-8)"]  # fmt: skip


@pytest.mark.parametrize("page", [0, 2])
@pytest.mark.parametrize("sql", WRITTEN)
def test_a_door_is_seen_however_its_declaration_is_written(tmp_path: Path, sql: str, page: int, secret: tuple[Path, Watch]) -> None:
    path, watch = secret
    with package(tmp_path / "a.gpkg") as base:
        enlist(base, "evil", "table", sql.format(path))
        base.execute("update sqlite_master set rootpage = ? where name = 'evil'", [page])
    base.close()
    with pytest.raises(Unusable) as unusable:
        read_all(tmp_path / "a.gpkg")
    assert unusable.value.refusal.code == "database-reaches-out"
    assert not watch.seen()


def test_the_spatial_index_of_an_ordinary_package_is_no_door(tmp_path: Path) -> None:
    base = package(tmp_path / "a.gpkg")
    assert base.execute("select count(*) from sqlite_master where sql like '%virtual%rtree%'").fetchone() == (1,)
    base.close()
    assert len(read_all(tmp_path / "a.gpkg")) == 1


def test_without_the_look_at_the_schema_the_file_would_have_been_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: tuple[Path, Watch]) -> None:
    # Proves that the watch sees what the guard prevents; when this fails, GDAL has closed the door itself.
    path, watch = secret
    monkeypatch.setattr("relocation.intake.vector.check_database", lambda *_: None)
    with package(tmp_path / "a.gpkg") as base:
        enlist(base, "evil", "table", f"create virtual table evil using VirtualText('{path}', UTF-8)")
    base.close()
    with contextlib.suppress(Unusable):
        read_all(tmp_path / "a.gpkg", as_kind="layer:x")
    assert watch.seen()


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_calls_a_function_that_reaches_outside(tmp_path: Path, view: str, secret: tuple[Path, Watch], listener: tuple[str, list[str]]) -> None:
    path, watch = secret
    with package(tmp_path / "a.gpkg") as base:
        enlist(base, "evil_source", "table", f"create virtual table evil_source using VirtualOGR('{path}')")
        enlist(base, "evil", "view", f"create view evil as {view.format(path)}")
    base.close()
    only_what_is_inside(tmp_path / "a.gpkg", watch, listener[1])


def only_what_is_inside(path: Path, watch: Watch, asked: list[str]) -> None:
    """Read a GeoPackage: nothing foreign is in it, and what is foreign was not even opened."""
    try:
        read = read_all(path, as_kind="layer:x")
        names = [name for one in read for name in getattr(one, "layer").names]  # noqa: B009
        assert set(names) <= {"好点"}
        said = str(names)
    except Unusable as unusable:
        said = str(unusable.refusal.json("zh"))
    assert CANARY not in said
    assert not watch.seen()
    assert not asked


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".kml"])
def test_a_plain_database_is_no_layer_whatever_it_is_called(tmp_path: Path, suffix: str, secret: tuple[Path, Watch]) -> None:
    path, watch = secret
    with sqlite3.connect(tmp_path / "a.db") as base:
        base.execute("create table a (name text)")
        base.execute("pragma writable_schema = on")
        sql = f"create virtual table evil using VirtualOGR('{path}')"
        base.execute("insert into sqlite_master (type, name, tbl_name, rootpage, sql) values ('table', 'evil', 'evil', 0, ?)", [sql])
    base.close()
    (tmp_path / "a.db").rename(tmp_path / f"a{suffix}")
    with pytest.raises(Unusable) as unusable:
        read_all(tmp_path / f"a{suffix}")
    assert unusable.value.refusal.code == "suffix-differs"
    assert not watch.seen()


def test_triggers_of_a_package_do_not_run(tmp_path: Path, secret: tuple[Path, Watch]) -> None:
    before = None
    with package(tmp_path / "a.gpkg") as base:
        base.execute("create trigger t after insert on good begin delete from good; end")
    base.close()
    before = (tmp_path / "a.gpkg").read_bytes()
    only_what_is_inside(tmp_path / "a.gpkg", secret[1], [])
    assert (tmp_path / "a.gpkg").read_bytes() == before
