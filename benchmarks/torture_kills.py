"""kill -9 at random moments of an import, a run of the checks, a series of moves and of photos attached, and again while the next start recovers.

What was acknowledged must be there, what was not must be there wholly or not at all, the database whole and its log unbroken.
"""

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import torture_work as work
from benchmarks.torture_row import Row
from relocation.service import Store, auditing
from relocation.service.office import open_office

SEED = 20180905
KINDS: dict[str, Callable[[Store, Path, work.Tell], None]] = {
    "import": work.imports,
    "check run": work.checks,
    "ledger moves": work.moves,
    "photos attached": work.attaches,
}
ROWS = 4_000
State = tuple[tuple[str, int], ...]


@dataclass
class Tally:
    """What was met over many kills."""

    half: int = 0
    lost: int = 0
    broken: int = 0
    unchained: int = 0
    before: int = 0
    after: int = 0
    met: set[State] = field(default_factory=set)


def run(short: bool) -> list[Row]:
    """Kill each kind of work so often; returns a row a kind."""
    with tempfile.TemporaryDirectory(prefix="relocation-torture-") as folder:
        base = Path(folder) / "base"
        work.filled(base, Path(folder) / "先.csv")
        sent = work.write_ledger(Path(folder) / "搬迁户.csv", 400 if short else ROWS, first=1000)
        work.read_beforehand(sent)
        work.photos_beforehand(Path(folder) / "photos")
        return [_killed(kind, doing, Path(folder), base, sent, 4 if short else 200) for kind, doing in KINDS.items()]


def _killed(kind: str, doing: Callable[[Store, Path, work.Tell], None], folder: Path, base: Path, sent: Path, times: int) -> Row:
    allowed, seconds = whole(doing, folder, base, sent)
    chance, tally = random.Random(SEED), Tally()
    for _ in range(times):
        home = copied(base, folder / "home")
        acknowledged = _kill(doing, home, sent, chance.uniform(0, 1.3 * seconds))
        _kill_reader(home, chance.uniform(0, 0.1))
        judge(home, allowed, acknowledged, tally)
    found = f"half {tally.half}, lost {tally.lost}, damaged {tally.broken}, log broken {tally.unchained}; done {tally.after}"
    held = tally.half == tally.lost == tally.broken == tally.unchained == 0
    return Row(f"kill -9 during: {kind}, then of the recovering reader", times, found, "0, 0, 0, 0", held)


def whole(doing: Callable[[Store, Path, work.Tell], None], folder: Path, base: Path, sent: Path) -> tuple[list[State], float]:
    """Do it once undisturbed: returns every state that may be seen, one after each acknowledgement, and how long it takes, in seconds."""
    home = copied(base, folder / "home")
    states = [work.state(home)]
    store = open_office(home)
    began = time.monotonic()
    doing(store, sent, lambda: states.append(work.state(home)))
    seconds = time.monotonic() - began
    store.close()
    if len(states) > 2:  # looking took longer than the work
        home = copied(base, folder / "home")
        store = open_office(home)
        began = time.monotonic()
        doing(store, sent, lambda: None)
        seconds = time.monotonic() - began
        store.close()
    return states, seconds


def copied(base: Path, home: Path) -> Path:
    """Return a fresh copy of a home."""
    shutil.rmtree(home, ignore_errors=True)
    return Path(shutil.copytree(base, home))


def _kill(doing: Callable[[Store, Path, work.Tell], None], home: Path, sent: Path, after_s: float) -> int:
    """Kill the work so many seconds after it began; returns how much it had acknowledged."""
    told, tell = os.pipe()

    def acknowledge() -> None:
        os.write(tell, b"a")

    def inside() -> None:
        store = open_office(home)
        os.write(tell, b"b")
        doing(store, sent, acknowledge)

    process = work.forked(inside)
    os.close(tell)
    os.read(told, 1)
    time.sleep(after_s)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    acknowledged = 0
    while said := os.read(told, 4096):
        acknowledged += said.count(b"a")
    os.close(told)
    return acknowledged


def _kill_reader(home: Path, after_s: float) -> None:
    process = work.forked(lambda: open_office(home).close())
    time.sleep(after_s)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def judge(home: Path, allowed: list[State], acknowledged: int, tally: Tally) -> None:
    """Look at what a kill left and add it to the tally."""
    try:
        found = work.state(home)
    except work.Broken:
        tally.broken += 1
        return
    if found not in allowed:
        tally.half += 1
        tally.met.add(found)
        return
    done = allowed.index(found)
    tally.lost += done < acknowledged
    tally.after += done == len(allowed) - 1
    store = open_office(home)
    tally.unchained += bool(auditing.verify(store).problems)
    store.close()
