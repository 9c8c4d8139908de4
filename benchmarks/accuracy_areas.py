"""How right the areas are that are measured on drawings: against the truth of made-up ones, and told per file for real ones.

Run as `python -m benchmarks.accuracy_areas [FILE …]`; each FILE is a drawing (DXF, DWG) that is read in place. Without one, the
drawings that lie among the installed packages are looked for.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from geo.drawing.dwelling import Plans
from geo.drawing.model import Drawing
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from geo.drawing.read.unreadable import Unreadable
from relocation.resources import folder
from tests.drawings.pairs import planted_pairs, unchanged_pairs
from tests.drawings.sheets import Sheet
from tests.drawings.variants import variants

GROSS_SHARE, ROOM_SHARE = 0.003, 0.005
"""What is called right: within 0.3 % of a unit's gross area, within 0.5 % of a room's."""


@dataclass
class Row:
    """One kind of drawing: how many, the furthest that an area was off (shares), the slowest (seconds), and what was missed, by name."""

    kind: str
    drawings: int = 0
    units: int = 0
    rooms: int = 0
    gross_off: float = 0.0
    room_off: float = 0.0
    slowest_s: float = 0.0
    misses: tuple[str, ...] = ()

    def take(self, name: str, sheet: Sheet, plans: Plans, seconds: float) -> None:
        """Hold what was understood of one drawing against its truth."""
        self.drawings += 1
        self.slowest_s = max(self.slowest_s, seconds)
        for truth in sheet.units:
            self.units += 1
            plan = next((one for one in plans.unit_plans if one.label == truth.label), None)
            if plan is None or plan.gross_m2 is None:
                self._miss(f"{name}: {truth.label} without outline")
                continue
            off = abs(plan.gross_m2 / truth.gross_m2 - 1)
            self.gross_off = max(self.gross_off, off)
            if off > GROSS_SHARE:
                self._miss(f"{name}: {truth.label} {plan.gross_m2:.2f} for {truth.gross_m2:.2f} m²")
            measured = {label: room.area_m2 for room in plan.rooms for label in room.labels}
            for room in truth.rooms:
                self._room(f"{name}: {truth.label} {room.label}", room.area_m2, measured.get(room.label))

    def _room(self, name: str, true_m2: float, measured_m2: float | None) -> None:
        self.rooms += 1
        if measured_m2 is None:
            self._miss(f"{name} not found")
            return
        off = abs(measured_m2 / true_m2 - 1)
        self.room_off = max(self.room_off, off)
        if off > ROOM_SHARE:
            self._miss(f"{name} {measured_m2:.2f} for {true_m2:.2f} m²")

    def _miss(self, what: str) -> None:
        self.misses = (*self.misses, what)


def measure() -> list[Row]:
    """Return a row for each kind of drawing whose truth is known, in a fixed order."""
    rows: dict[str, Row] = {}
    for kind, name, data, sheet in _made():
        drawing = read(data, f"{name}.{'dwg' if data.startswith(b'AC') else 'dxf'}")
        began = time.perf_counter()
        plans = understand(drawing, naming())
        rows.setdefault(kind, Row(kind)).take(name, sheet, plans, time.perf_counter() - began)
    return list(rows.values())


def _made() -> Iterator[tuple[str, str, bytes, Sheet]]:
    for one in variants():
        yield one.kind, one.name, one.data, one.sheet
    for pair in unchanged_pairs():
        yield "copies without a change", pair.name, pair.new.data, pair.new.sheet
    for pair in planted_pairs():
        if pair.kind in ("wall moved", "outer wall moved", "door moved", "window moved", "wall deleted", "opening removed"):
            yield "plans with a planted change", pair.name, pair.new.data, pair.new.sheet


def naming() -> Naming:
    """Return the shipped words."""
    return Naming.made(yaml.safe_load((folder("data") / "reference" / "drawing_names.yaml").read_text("utf-8")))


def report() -> list[str]:
    """Return the table as lines of Markdown, the misses below it, each by name."""
    rows = measure()
    lines = ["| drawings | files | units | gross area off by at most | rooms | room area off by at most | slowest |", "|---|---:|---:|---:|---:|---:|---:|"]
    for row in rows:
        figures = (row.kind, row.drawings, row.units, f"{row.gross_off:.3%}", row.rooms, f"{row.room_off:.3%}", f"{row.slowest_s:.2f} s")
        lines.append("| " + " | ".join(map(str, figures)) + " |")
    misses = [miss for row in rows for miss in row.misses]
    lines += ["", f"Misses (gross over {GROSS_SHARE:.1%}, room over {ROOM_SHARE:.1%}, or not found): {len(misses)}", *(f"- {miss}" for miss in misses)]
    return [*lines, "", *real(installed())]


def installed() -> list[Path]:
    """Return the drawings that lie among the installed packages; the program's own are made up and do not count."""
    places = [Path(place) for place in sys.path if "site-packages" in place]
    found = (path for place in places for pattern in ("*.dxf", "*.dwg", "*.DXF", "*.DWG") for path in place.rglob(pattern))
    return sorted(path for path in found if "relocation" not in path.parts)


def real(files: Sequence[Path]) -> list[str]:
    """Return what is understood of real drawings, whose truth nobody wrote down: a line a unit, written beside measured areas."""
    lines = [f"Real drawings read in place: {len(files)}"]
    for path in files:
        try:
            drawing = read(path.read_bytes(), path.name)
        except Unreadable as refused:
            lines.append(f"- {path.name}: refused ({refused.key})")
            continue
        lines += _told(path.name, drawing)
    return lines


def _told(name: str, drawing: Drawing) -> Iterator[str]:
    began = time.perf_counter()
    plans = understand(drawing, naming())
    votes = ", ".join(f"{vote.evidence} {vote.metres:g} × {vote.seen}" for vote in plans.unit.votes)
    yield f"- {name}: {len(drawing.entities)} entities, {time.perf_counter() - began:.2f} s, unit {plans.unit.metres} ({votes}), {len(plans.views)} views"
    for plan in plans.unit_plans:
        gross = "no outline" if plan.gross_m2 is None else f"{plan.gross_m2:.2f} ± {plan.gross_error_m2:.2f} m²"
        rooms = [room for room in plan.rooms if room.annotated_m2 is not None]
        near = sum(abs(room.area_m2 - (room.annotated_m2 or 0.0)) <= max(0.05 * room.area_m2, 0.3) for room in rooms)
        because = ", ".join(plan.open_because) or "nothing open"
        written = "none written" if plan.annotated_m2 is None else f"written {plan.annotated_m2:.2f} m²"
        yield f"  - {plan.label or 'unnamed'}: {gross} ({written}), {len(plan.rooms)} rooms, {near} of {len(rooms)} written room areas within 5 %; {because}"


if __name__ == "__main__":
    given = [Path(one) for one in sys.argv[1:]]
    print("\n".join(real(given) if given else report()))
