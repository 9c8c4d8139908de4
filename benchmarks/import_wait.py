"""How long somebody who saves a form waits while 200,000 households are imported: one saves every fiftieth of a second, in a process of their own.

Run as `python -m benchmarks.import_wait`; `--scale 0.1` for a tenth of the rows. Printed: the longest wait and the 99th of a hundred, how many
saves were refused, and what the import takes, once as an office imports (in small transactions that nobody sees) and once in one transaction, as it was done before.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.import_store import ROWS, write_workbook

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SAVING = """
import sys, time
from pathlib import Path
from relocation.store import files
from relocation.store.opening import open_store
from relocation.store.trouble import Trouble

store, waits, saved, refused = open_store(Path(sys.argv[1])), [], 0, 0
print("ready", flush=True)
while not (Path(sys.argv[1]) / "done").exists():
    began = time.perf_counter()
    try:
        with store.writing() as connection:
            files.name_county(connection, f"{100_000 + saved % 900_000}", str(saved))
    except Trouble:
        refused += 1
    waits.append(time.perf_counter() - began)
    saved += 1
    time.sleep(0.02)
waits.sort()
print(len(waits), waits[int(len(waits) * 0.99)] * 1000, waits[-1] * 1000, refused)
"""


def waited(folder: Path, workbooks: list[Path], at_once: int) -> list[dict[str, Any]]:
    """Import workbooks one after the other into a fresh office while somebody saves; returns for each what was measured."""
    from relocation.service.importing import import_files
    from relocation.service.office import open_office

    store, told = open_office(folder), []
    for path in workbooks:
        (folder / "done").unlink(missing_ok=True)
        with subprocess.Popen([sys.executable, "-c", SAVING, str(folder)], stdout=subprocess.PIPE, text=True) as saving:
            assert saving.stdout is not None
            saving.stdout.readline()
            began = time.perf_counter()
            (report,) = import_files(store, [path], now=NOW, at_once=at_once)
            took = time.perf_counter() - began
            (folder / "done").touch()
            saves, late, longest, refused = saving.stdout.read().split()
        numbers = {"added": report.added, "changed": report.changed, "import s": round(took, 1)}
        told.append({**numbers, "saves": int(saves), "p99 ms": round(float(late)), "longest ms": round(float(longest)), "refused": int(refused)})
    store.close()
    return told


def main() -> None:
    """Print the waits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    rows = int(ROWS * parser.parse_args().scale)
    with tempfile.TemporaryDirectory(prefix="relocation-bench-") as made:
        folder = Path(made)
        books = [folder / "a.xlsx", folder / "b.xlsx"]
        write_workbook(books[0], rows, changed=False)
        write_workbook(books[1], rows, changed=True)
        for name, at_once in (("in small transactions", 2_000), ("in one transaction", 10 * ROWS)):
            (folder / str(at_once)).mkdir()
            for told in waited(folder / str(at_once), books, at_once):
                print(name, told, flush=True)


if __name__ == "__main__":
    main()
