"""How well the same problem in three lists is found, on made-up lists whose truth is known, beside a plain likeness of texts.

Run as `python -m benchmarks.likeness [SEEDS]`. The made-up wordings are ours: the figures tell how the search behaves, not how
it will do on a county's own lists.
"""

import sys
import time
from collections.abc import Iterable
from itertools import combinations

from rapidfuzz import fuzz

from relocation.ledger.likeness import LIKELY, POSSIBLE, Item, proposals
from tests.data.demo_county.problem_lists import TIERS, lists, truth

SEEDS = 50
PLAIN = (50, 60, 70)
Pair = tuple[tuple[str, int], tuple[str, int]]


def _items(seed: int) -> tuple[list[Item], list[tuple[str, int]], set[Pair]]:
    made = lists(seed)
    every = [one for tier in TIERS for one in made[tier]]
    places = [{one.township: 1, **({one.village: 2} if one.village else {}), **({one.site: 3} if one.site else {})} for one in every]
    items = [Item(number, one.tier, one.text, one.category, named) for number, (one, named) in enumerate(zip(every, places, strict=True))]
    return items, [(one.tier, one.number) for one in every], truth(made)


def _counted(found: Iterable[Pair], true: set[Pair], tally: list[int]) -> None:
    pairs = set(found)
    for place, count in enumerate((len(pairs & true), len(pairs), len(true))):
        tally[place] += count


def _line(name: str, tally: list[int], seconds: float) -> str:
    right, proposed, true = tally
    return f"{name:44} precision {right / max(proposed, 1):6.1%}   recall {right / true:6.1%}   {proposed} proposed, {true} true, {seconds:.1f} s"


def main(arguments: list[str]) -> int:
    """Measure and print."""
    seeds = int(arguments[0]) if arguments else SEEDS
    made = [_items(1000 + seed) for seed in range(seeds)]
    for name, least in (("proposed as the same", LIKELY), ("with those worth a look", POSSIBLE)):
        began, tally = time.process_time(), [0, 0, 0]
        for items, keys, true in made:
            _counted(((keys[one.one], keys[one.other]) for one in proposals(items, least)), true, tally)
        print(_line(name, tally, time.process_time() - began))
    for least in PLAIN:
        began, tally = time.process_time(), [0, 0, 0]
        for items, keys, true in made:
            across = ((one, other) for one, other in combinations(items, 2) if one.of != other.of)
            _counted(((keys[one.key], keys[other.key]) for one, other in across if fuzz.ratio(one.text, other.text) >= least), true, tally)
        print(_line(f"plain edit distance, at least {least} %", tally, time.process_time() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
