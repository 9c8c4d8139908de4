"""The k-check: what a county adds to a list may not tell apart those whom the needed columns leave alike, nor lay open a village of a few.

k is how many lines of the village read the same. A line that is the only one of its kind by what a notice needs (masked name, village group,
persons, kind) is known in the village anyway, and has to be; but site, area and subsidy are added at will, so where they would make a group of
lines smaller than it must be, they are held back, for the whole group alike.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from relocation.notices.rows import WallRow, held_back

LEAST = 5
"""A published combination should fit at least so many (k ≥ 5); fewer households in a village than this make it a small one."""


@dataclass(frozen=True, slots=True)
class Alikeness:
    """What the k-check found.

    `alone`: lines that are unique by the needed columns alone; `bands`, `hidden`: lines whose extras were coarsened or left out;
    `small`: (township, village, households) of villages with fewer than LEAST.
    """

    lines: int
    alone: int
    least: int  # the smallest group by the needed columns
    bands: int
    hidden: int
    small: tuple[tuple[str, str, int], ...]


def guarded(rows: Sequence[WallRow]) -> tuple[list[WallRow], Alikeness]:
    """Return the lines with extras held back where they must be, and what was found."""
    groups: defaultdict[tuple[object, ...], list[WallRow]] = defaultdict(list)
    villages = Counter((row.township, row.village) for row in rows)
    for row in rows:
        groups[row.needed].append(row)
    level = {key: 2 if 0 < villages[group[0].township, group[0].village] < LEAST else _level(group) for key, group in groups.items()}
    made = [held_back(row, level[row.needed]) if any(row.extras) else row for row in rows]
    sizes = [len(group) for group in groups.values()]
    small = tuple((*place, number) for place, number in sorted(villages.items()) if number < LEAST)
    coarse = Counter(row.coarse for row in made)
    return made, Alikeness(len(rows), sizes.count(1), min(sizes, default=0), coarse[1], coarse[2], small)


def _level(group: Sequence[WallRow]) -> int:
    """Return how far a group's extras must be held back, so that those who read alike by them are as many as the group, or LEAST."""
    wanted = min(len(group), LEAST)
    for level in (0, 1):
        if min(Counter(held_back(row, level).extras for row in group).values()) >= wanted:
            return level
    return 2
