"""Small cells of a table that has totals: which are hidden, and which more, so that no hidden one can be worked out.

A table with its margins is a circulation: a cell carries its value from its row to its column, a column's total from there to the row of totals, and
so back. Whoever knows what is published can move a hidden value by one exactly if some way through hidden cells alone leads back from its end to its
beginning. So a hidden cell is safe if it lies on such a circle, and the cheapest circle is hidden where there is none (Gusfield, "A graph theoretic
approach to statistical data security", SIAM J. Comput. 17, 1988). The bounds a reader knows besides are held: what is marked small is 1 to 4,
and whatever else is hidden is no small cell. Zeros are shown and never hidden: they are nobody's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

LEAST = 5
"""Counts of 1 to 4 are not published."""

Cell = tuple[int, int]
"""Row and column; the row after the last is that of the totals, likewise the column."""

Node = tuple[str, int]


class TooSmall(Exception):
    """Nothing hides the small cells of this table but the whole of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Whole numbers (households, persons, cents) with rows and columns, without the totals."""

    inner: tuple[tuple[int, ...], ...]

    def value(self, cell: Cell) -> int:
        """Return a cell's value, or a total's."""
        chosen = self.inner if cell[0] == len(self.inner) else (self.inner[cell[0]],)
        return sum(sum(row) if cell[1] == self.columns else row[cell[1]] for row in chosen)

    @property
    def columns(self) -> int:
        """How many columns there are beside the totals."""
        return len(self.inner[0]) if self.inner else 0

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, the totals with them."""
        return tuple((row, column) for row in range(len(self.inner) + 1) for column in range(self.columns + 1))

    def ends(self, cell: Cell) -> tuple[Node, Node]:
        """Return from where to where a cell carries its value."""
        row, column = ("row", cell[0]), ("column", cell[1])
        bordering = (cell[0] == len(self.inner)) != (cell[1] == self.columns)
        return (column, row) if bordering else (row, column)


def small(table: Table) -> frozenset[Cell]:
    """Return the cells with 1 to 4, totals too."""
    return frozenset(cell for cell in table.cells if 0 < table.value(cell) < LEAST)


Bounds = Callable[[Cell], tuple[int, float]]
Price = Callable[[Cell], int | None]


def bounds_of_counts(first: frozenset[Cell]) -> Bounds:
    """Return what a reader knows of a hidden count: one marked small is 1 to 4, any other at least 5."""
    return lambda cell: (1, LEAST - 1) if cell in first else (LEAST, float("inf"))


def bounds_of_persons(first: frozenset[Cell]) -> Bounds:
    """Return what a reader knows of hidden persons: as many at least as there are households."""
    return lambda cell: (1 if cell in first else LEAST, float("inf"))


def bounds_of_amounts(_first: frozenset[Cell]) -> Bounds:
    """Return what a reader knows of a hidden amount that belongs to a hidden count: that it is at least 1."""
    return lambda _cell: (1, float("inf"))


def hidden(
    tables: Mapping[str, tuple[Table, Callable[[frozenset[Cell]], Bounds]]], first: frozenset[Cell], keep: frozenset[Cell] = frozenset()
) -> frozenset[Cell]:
    """Return the cells to be hidden in all these tables of one shape: `first`, and what protects them. `keep` are shown at any price.

    TooSmall where nothing protects them.
    """
    if first & keep:
        raise TooSmall
    held = set(first)
    while True:
        before = len(held)
        for table, known in tables.values():
            for cell in sorted(held):
                if not safe(table, cell, frozenset(held), known(first)):
                    held |= _circle(table, cell, frozenset(held), known(first), keep)
        if len(held) == before:
            return frozenset(held)


def safe(table: Table, cell: Cell, held: frozenset[Cell], bounds: Bounds) -> bool:
    """Tell whether a hidden cell could have another value as well, as far as anybody can tell from what is shown."""
    return any(_way(table, cell, up, bounds, lambda other: 0 if other in held else None) is not None for up in (True, False))


def _circle(table: Table, cell: Cell, held: frozenset[Cell], bounds: Bounds, keep: frozenset[Cell]) -> frozenset[Cell]:
    """Return the cheapest further cells that make a hidden one safe: few, and of little value."""

    def cost(other: Cell) -> int | None:
        if other in held:
            return 0
        value = table.value(other)
        if other in keep or value < LEAST:
            return None
        totals = (other[0] == len(table.inner)) + (other[1] == table.columns)
        return value + (sum(map(sum, table.inner)) + 1) * (1 + 3 * totals)

    ways = [_way(table, cell, up, bounds, cost) for up in (True, False)]
    found = min((way for way in ways if way is not None), default=None)
    if found is None:
        raise TooSmall
    return frozenset(found[1])


def _way(table: Table, cell: Cell, up: bool, bounds: Bounds, cost: Price) -> tuple[int, tuple[Cell, ...]] | None:
    """Return the cheapest way that balances a cell going up (or down) by one, as its cost and the cells on it; None where there is none."""
    low, high = bounds(cell)
    value = table.value(cell)
    if (up and value >= high) or (not up and value <= low):
        return None
    begin, end = table.ends(cell)
    start, goal = (end, begin) if up else (begin, end)
    steps = _steps(table, cell, bounds, cost)
    waiting: list[tuple[int, Node, tuple[Cell, ...]]] = [(0, start, ())]
    reached: set[Node] = set()
    while waiting:
        so_far, node, path = heappop(waiting)
        if node == goal:
            return so_far, path
        if node in reached:
            continue
        reached.add(node)
        for onward, other, price in steps.get(node, ()):
            heappush(waiting, (so_far + price, onward, (*path, other)))
    return None


def _steps(table: Table, without: Cell, bounds: Bounds, cost: Price) -> dict[Node, list[tuple[Node, Cell, int]]]:
    """Return node → the nodes a unit may be moved to, through which cell, at what price."""
    found: dict[Node, list[tuple[Node, Cell, int]]] = {}
    for other in table.cells:
        price = cost(other)
        if other == without or price is None:
            continue
        begin, end = table.ends(other)
        low, high = bounds(other)
        if table.value(other) < high:
            found.setdefault(begin, []).append((end, other, price))
        if table.value(other) > low:
            found.setdefault(end, []).append((begin, other, price))
    return found
