"""Tries to break what must not break, and prints what held: `make torture` or `python -m benchmarks.torture [--short] [--only PART …]`.

Kills, power cuts, full and read-only disks, hundreds of idle connections, and other people's saves during a large import. Everything is seeded,
bounded in time and stays on this machine. The same programs run with few repetitions in `tests/torture`.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module

from benchmarks.torture_row import Row

PARTS = ("kills", "power", "waits", "disk", "sockets")


def program(part: str) -> Callable[[bool], list[Row]]:
    """Return what runs one part; it takes whether to run the short form."""
    run: Callable[[bool], list[Row]] = import_module(f"benchmarks.torture_{part}").run
    return run


def main(arguments: Sequence[str]) -> int:
    """Run the parts and print their rows; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="few repetitions, as in the tests")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked = parser.parse_args(arguments)
    held = True
    print(f"{'what':<66} {'tried':>6}  {'found':<44} {'wanted':<26} {'':>4}")
    for part in asked.only:
        began = time.monotonic()
        for row in program(part)(asked.short):
            held &= row.held
            print(f"{row.what:<66} {row.tried:>6}  {row.found:<44} {row.wanted:<26} {'held' if row.held else 'BROKEN':>6}", flush=True)
        print(f"  ({part}: {time.monotonic() - began:.0f} s)", flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
