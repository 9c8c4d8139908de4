"""Households and persons by place and way of resettlement, with what is too small hidden so that no total gives it away."""

from collections.abc import Callable, Sequence

from relocation.notices import suppressing
from relocation.notices.document import Part
from relocation.notices.plain import Words
from relocation.notices.suppressing import LEAST, Cell, Table, TooSmall
from relocation.service.publishing.asking import Wish
from relocation.service.publishing.listing import Home, Listed
from relocation.service.publishing.words import word
from relocation.store.trouble import Trouble


def parts(listed: Listed, wish: Wish, lang: str) -> tuple[Part, ...]:
    """Return the table: townships of a county, or villages of a township. Trouble where there are too few households for any table."""
    modes = [mode for mode in ("concentrated", "dispersed", "") if any(home.mode == mode for home in listed.homes)]
    places = sorted({_place(home, wish) for home in listed.homes})
    cells = [[[home for home in listed.homes if home.mode == mode and _place(home, wish) == place] for mode in modes] for place in places]
    households, persons = _table(cells, len), _table(cells, _persons)
    first = suppressing.small(households)
    try:
        held = suppressing.hidden({"households": (households, suppressing.bounds_of_counts), "persons": (persons, suppressing.bounds_of_persons)}, first)
    except TooSmall:
        raise Trouble("notice-too-small", least=LEAST) from None
    names = [*places, word("total", lang)]
    rows = tuple((name, *_row(at, len(modes), households, persons, first, held)) for at, name in enumerate(names))
    columns = [word(f"mode-{mode or 'none'}", lang) for mode in modes] + [word("total", lang)]
    headings = (word("place", lang), *(word(f"{what}-of", lang, mode=column) for column in columns for what in ("households", "persons")))
    missing = sum(home.entry.persons is None for home in listed.homes)
    notes = [word("suppressed", lang, least=LEAST)] if held else []
    notes += [word("persons-missing", lang, n=missing)] if missing else []
    right = frozenset(range(1, len(headings)))
    return (Part("", headings, rows, (18.0, *(12.5,) * (len(headings) - 1)), right, total=True, note=" ".join(notes)),)


def _place(home: Home, wish: Wish) -> Words:
    return Words((home.entry.village if wish.township else home.entry.township) or "—", "village")


def _persons(homes: Sequence[Home]) -> int:
    return sum(home.entry.persons or 0 for home in homes)


def _table(cells: Sequence[Sequence[Sequence[Home]]], measure: Callable[[Sequence[Home]], int]) -> Table:
    return Table(tuple(tuple(measure(cell) for cell in row) for row in cells))


def _row(at: int, columns: int, households: Table, persons: Table, first: frozenset[Cell], held: frozenset[Cell]) -> list[str]:
    made = []
    for column in range(columns + 1):
        cell = at, column
        if cell in held:
            made += [f"<{LEAST}" if cell in first else "＊", "＊"]
        else:
            made += [f"{households.value(cell):,}", f"{persons.value(cell):,}"]
    return made
