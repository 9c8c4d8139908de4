"""Cells that are told of together: how many there are, and where the first ones stand."""

from dataclasses import dataclass, field

from relocation.intake.refusal import Fact, Note, Words

FIRST = 5


@dataclass(slots=True)
class _Cells:
    facts: dict[str, Fact]
    count: int = 0
    first: list[str] = field(default_factory=list)


class Tally:
    """Collects cells by note and column; made for one sheet."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: dict[tuple[str, str], _Cells] = {}

    def add(self, code: str, column: str, cell: str, **facts: Fact) -> None:
        """Count one cell of a column under the note `code`."""
        cells = self._found.setdefault((code, column), _Cells(facts))
        cells.count += 1
        if len(cells.first) < FIRST:
            cells.first.append(cell)

    def notes(self, file: str, sheet: str) -> list[Note]:
        """Return one note a column: its facts, `count` and the first `cells`."""
        return [
            Note(code, file, sheet, facts={**cells.facts, "count": cells.count, "cells": addresses(cells.first, cells.count)})
            for (code, _), cells in self._found.items()
        ]


def addresses(first: list[str], count: int) -> Words:
    """Return the first addresses in both languages, with a mark that there are more."""
    more = count > len(first)
    return Words("、".join(first) + ("等" if more else ""), ", ".join(first) + (" …" if more else ""))
