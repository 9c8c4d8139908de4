"""How long others wait to save while a large ledger is imported: one process imports, this one makes a small save twenty times a second."""

import os
import tempfile
import time
from pathlib import Path

from benchmarks import torture_work as work
from benchmarks.torture_row import Row
from relocation.ledger.moves import Move
from relocation.service import Store, Trouble
from relocation.service.office import open_office
from relocation.service.rectification.moving import Wish, move

EVERY_S, LONGEST_S = 0.05, 0.2


def run(short: bool) -> list[Row]:
    """Import 200,000 rows (short: 2,000) beside somebody who saves; returns the longest wait."""
    rows = 2_000 if short else 200_000
    with tempfile.TemporaryDirectory(prefix="relocation-torture-") as folder:
        home = Path(folder) / "home"
        work.filled(home, Path(folder) / "先.csv")
        sent = work.write_ledger(Path(folder) / "搬迁户.csv", rows, first=1000)
        work.read_beforehand(sent)
        process = work.forked(lambda: _import(home, sent))
        waits, refused = _save_meanwhile(home, process)
        work.state(home)
    waits.sort()
    found = f"longest {waits[-1]:.3f} s, p50 {waits[len(waits) // 2]:.3f} s, refused {refused}"
    return [Row(f"others' saves during an import of {rows:,} rows", len(waits), found, f"at most {LONGEST_S} s, 0", waits[-1] <= LONGEST_S and not refused)]


def _import(home: Path, sent: Path) -> None:
    store = open_office(home)
    work.imports(store, sent, lambda: None)
    store.close()


def _save_meanwhile(home: Path, process: int) -> tuple[list[float], int]:
    store, waits, refused = open_office(home), list[float](), 0
    done = 0
    while not done or not waits:
        began = time.monotonic()
        refused += not _saved(store, len(waits))
        waits.append(time.monotonic() - began)
        time.sleep(max(0.0, EVERY_S - waits[-1]))
        done = done or os.waitpid(process, os.WNOHANG)[0]
    store.close()
    return waits, refused


def _saved(store: Store, number: int) -> bool:
    id = f"411522-{number % work.MOVES + 1:04d}"
    try:
        move(store, id, Wish(Move.EDIT, fields={"measure": f"第 {number} 次"}), now=work.NOW)
    except Trouble:
        return False
    return True
