"""The program's own writing, made ready to be interrupted: an import, a run of the checks, a series of moves in the ledger, photos attached."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from relocation import intake
from relocation.intake import LayerFile, Ledger
from relocation.intake.evidence import ReadFile, read_evidence
from relocation.ledger.moves import Move
from relocation.service import Store, importing
from relocation.service.checking import check
from relocation.service.evidence import attaching
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.service.rectification.moving import Wish, move
from relocation.service.rectification.opening import open_fails
from relocation.service.summing import SUMMED
from relocation.service.summing_findings import SUMMED as FINDINGS_SUMMED
from tests.evidence.photos import photo

NOW = datetime(2018, 6, 4, 2, tzinfo=UTC)
DAY = date(2018, 6, 4)
HEADING = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积"
MOVES, PHOTOS = 30, 12
Tell = Callable[[], None]
"""Called when something was acknowledged."""


def write_ledger(path: Path, rows: int, area: str = "75", first: int = 0) -> Path:
    """Write a ledger of so many households."""
    lines = (f"H{number:06d},演甲,十里镇,是,3,2017-03-05,集中安置,{area}" for number in range(first, first + rows))
    path.write_text("\n".join([HEADING, *lines]) + "\n", "utf-8")
    return path


def filled(home: Path, path: Path) -> None:
    """Make a home with some households, half of them too large, checked, with open entries in the ledger."""
    store = open_office(home)
    import_files(store, [write_ledger(path, MOVES, "150")], now=NOW, county="411522")
    check(store, as_of=DAY, now=NOW, only=("living-area",))
    open_fails(store, now=NOW, check="living-area")
    store.close()


@cache
def read_beforehand(path: Path) -> Sequence[Ledger | LayerFile]:
    """Read the file once: reading leaves nothing behind that could be half there, and each kill would wait for it."""
    return intake.read_all(path, county="411522", file_name=path.name)


def imports(store: Store, path: Path, tell: Tell) -> None:
    """Import a file whose rows were read beforehand."""

    def at_hand(*_: Any, **__: Any) -> list[Ledger | LayerFile]:
        return list(read_beforehand(path))

    setattr(importing, "read_all", at_hand)  # noqa: B010 - mypy sees no name of that module in it
    try:
        import_files(store, [path], now=NOW, county="411522")
    finally:
        setattr(importing, "read_all", intake.read_all)  # noqa: B010 - as above
    tell()


def checks(store: Store, _: Path, tell: Tell) -> None:
    """Run every check."""
    check(store, as_of=DAY, now=NOW)
    tell()


def moves(store: Store, _: Path, tell: Tell) -> None:
    """Assign one entry after another."""
    for number in range(1, MOVES + 1):
        move(store, f"411522-{number:04d}", Wish(Move.ASSIGN, fields={"unit": "十里镇", "person": "经办"}), now=NOW)
        tell()


@cache
def photos_beforehand(folder: Path) -> Sequence[tuple[Path, ReadFile]]:
    """Make photos and read each once: reading leaves nothing behind."""
    folder.mkdir(exist_ok=True)
    made = []
    for number in range(PHOTOS):
        path = folder / f"{number}.jpg"
        path.write_bytes(photo(number))
        made.append((path, read_evidence(path, path.name)))
    return made


def attaches(store: Store, path: Path, tell: Tell) -> None:
    """Attach one photo after another to a household each."""
    at_hand = dict(photos_beforehand(path.parent / "photos"))
    with mock.patch.object(attaching, "read_evidence", lambda sent, _: at_hand[sent]):
        for number, sent in enumerate(at_hand):
            told = attaching.claim("photo")
            attaching.attach(store, sent, name=sent.name, subject_kind="household", subject=f"H{number:06d}", said=told, now=NOW, county="411522")
            tell()


def state(home: Path) -> tuple[tuple[str, int], ...]:
    """Open the home as the program does and count the rows of every table, entries with their versions.

    Sums in the log are not counted: they are appended behind what they sum, and by the next run where that was killed. Nor are the counters of the
    table `state`: an import that writes unseen takes its number there first, and a number that nobody uses is nothing half there.
    """
    store = open_office(home)
    with store.whole.reading() as connection:
        names = [name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        counts = [(name, int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"{_LESS.get(name, "")}').scalar() or 0)) for name in names]  # noqa: S608 - names of our own tables
        counts.append(("versions", int(connection.exec_driver_sql("SELECT coalesce(sum(version), 0) FROM ledger_entry").scalar() or 0)))
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    store.close()
    if whole != "ok":
        raise Broken(str(whole))
    return tuple(counts)


_LESS = {"event": f" WHERE action NOT IN ('{SUMMED}', '{FINDINGS_SUMMED}')", "state": " WHERE 1 = 0"}


class Broken(Exception):
    """The database says that it is not whole."""


def forked(what: Callable[[], None]) -> int:
    """Run something in a fork of this process, which has one thread; return its process number."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        what()
        code = 0
    finally:
        os._exit(code)
