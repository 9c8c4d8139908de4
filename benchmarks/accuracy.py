"""How right drawings are read, understood and compared: one report, misses named. Run as `make accuracy`, or `py bootstrap.py accuracy`.

`accuracy SEEDS` says how often every plan is drawn once more in every laying (7).
"""

import sys
import time
from collections.abc import Callable

from benchmarks import accuracy_areas, accuracy_damage, accuracy_differences


def parts(seeds: int) -> dict[str, Callable[[], list[str]]]:
    """Return the parts of the report by title."""
    return {
        "Areas": accuracy_areas.report,
        "Differences": lambda: accuracy_differences.report(seeds),
        "Damaged files": accuracy_damage.report,
    }


def main(arguments: list[str]) -> int:
    """Print the report, part by part, with what each took."""
    seeds = int(arguments[0]) if arguments else accuracy_differences.SEEDS
    for title, part in parts(seeds).items():
        began = time.monotonic()
        lines = part()
        print("\n".join([f"## {title}", "", *lines, "", f"{time.monotonic() - began:.0f} s", ""]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
