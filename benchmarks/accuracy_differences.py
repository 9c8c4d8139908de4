"""How right the comparison of drawings is: planted differences, copies without one, redrawn plans, pasts; misses by name, a peer beside it.

Run as `python -m benchmarks.accuracy_differences [SEEDS]`; SEEDS (7) is how often every plan is drawn once more in every laying.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache

from benchmarks.accuracy_areas import naming
from benchmarks.plain_set_difference import plain_set_difference
from geo.drawing.compare.comparing import compare
from geo.drawing.compare.lineage import Past, lineage
from geo.drawing.difference import Comparison
from geo.drawing.dwelling import Plans, UnitOfMeasure
from geo.drawing.model import Drawing
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.holding import missed, stray
from tests.drawings.mutated_pairs import LAID, redrawn_pairs
from tests.drawings.pairs import Pair, planted_pairs, unchanged_pairs

SEEDS = 7
MM = Plans(UnitOfMeasure(0.001, ()))


@dataclass(frozen=True)
class Judged:
    """A pair compared: what the program says and what the peer does."""

    pair: Pair
    comparison: Comparison
    past: Past
    peer: int
    seconds: float


@cache
def judged() -> tuple[Judged, ...]:
    """Compare every pair of the fixtures, the planted ones first."""
    return tuple(map(_judged, (*planted_pairs(), *unchanged_pairs())))


def _judged(pair: Pair) -> Judged:
    old, new = _read(pair, old=True), _read(pair, old=False)
    plans = understand(old, naming()), understand(new, naming())
    began = time.perf_counter()
    comparison = compare(old, new, *plans)
    seconds = time.perf_counter() - began
    return Judged(pair, comparison, lineage(old, new, comparison, *plans), plain_set_difference(old, new), seconds)


def _read(pair: Pair, *, old: bool) -> Drawing:
    side = pair.old if old else pair.new
    return read(side.data, side.name)


def planted() -> list[str]:
    """Return recall and precision for each kind of planted difference, misses by name."""
    lines = ["| planted | pairs | expected | found | rows told | rows where nothing differs | recall | precision |", "|---|---:|---:|---:|---:|---:|---:|---:|"]
    misses: list[str] = []
    done = [one for one in judged() if one.pair.expected]
    for kind in [*dict.fromkeys(one.pair.kind for one in done), ""]:
        rows = [one for one in done if kind in ("", one.pair.kind)]
        expected = sum(len(one.pair.expected) for one in rows)
        lost = [f"{one.pair.name}: {each}" for one in rows for each in missed(one.pair.expected, one.comparison)]
        told, false = sum(len(one.comparison.differences) for one in rows), sum(len(stray(one.pair, one.comparison)) for one in rows)
        figures = (kind or "all", len(rows), expected, expected - len(lost), told, false, _share(expected - len(lost), expected), _share(told - false, told))
        lines.append("| " + " | ".join(map(str, figures)) + " |")
        misses += lost if not kind else []
    slowest = max(one.seconds for one in done)
    return [*lines, "", f"Missed: {len(misses)}; slowest comparison {slowest:.2f} s", *(f"- {one}" for one in misses)]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


def unchanged() -> list[str]:
    """Return the false alarms on copies without a change, the peer's beside them, alarms by name."""
    lines = ["| copies without a change | pairs | with an alarm | peer: with an alarm | peer: rows |", "|---|---:|---:|---:|---:|"]
    done = [one for one in judged() if not one.pair.expected]
    for kind in [*dict.fromkeys(one.pair.kind for one in done), ""]:
        rows = [one for one in done if kind in ("", one.pair.kind)]
        alarms = sum(bool(one.comparison.differences) for one in rows)
        figures = (kind or "all", len(rows), alarms, sum(one.peer > 0 for one in rows), sum(one.peer for one in rows))
        lines.append("| " + " | ".join(map(str, figures)) + " |")
    alarmed = [f"- {one.pair.name}: {len(one.comparison.differences)} rows" for one in done if one.comparison.differences]
    return [*lines, "", f"Alarms: {len(alarmed)}", *alarmed, "", PEER]


PEER = (
    "Peer: a set difference of quantised fingerprints of whole entities without alignment, as open-source viewers do it (benchmarks/plain_set_difference.py)."
)


def redrawn(seeds: int) -> list[str]:
    """Return how many edits are found in plans drawn once more, and how many alarms copies without edits raise, by laying."""
    lines = ["| laid | copies | with an alarm | peer: with an alarm | edits | found | rows where nothing was edited |", "|---|---:|---:|---:|---:|---:|---:|"]
    counts: dict[str, Counter[str]] = {laid: Counter() for laid in LAID}
    kinds: Counter[str] = Counter()
    misses: list[str] = []
    for edited in (False, True):
        for one in redrawn_pairs(seeds, edited=edited):
            comparison = compare(one.old, one.new, MM, Plans(UnitOfMeasure(one.unit_m, ())))
            at = counts[one.laid]
            if not edited:
                at.update(copies=1, alarms=bool(comparison.differences), peer=plain_set_difference(one.old, one.new) > 0)
                misses += [f"- alarm: {one.name}"] if comparison.differences else []
                continue
            lost, false = one.missed(comparison), one.stray(comparison)
            at.update(edits=len(one.edits), found=len(one.edits) - len(lost), stray=len(false))
            kinds.update(edit.name for edit in one.edits)
            misses += [f"- missed: {one.name}: {edit.name} {edit.box}" for edit in lost] + [
                f"- told for nothing: {one.name}: {each.op} {each.what}" for each in false
            ]
    total = sum(counts.values(), Counter())
    for laid, at in [*counts.items(), ("all", total)]:
        lines.append(f"| {laid} | {at['copies']} | {at['alarms']} | {at['peer']} | {at['edits']} | {at['found']} | {at['stray']} |")
    return [*lines, "", "Edits: " + ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())), f"Misses: {len(misses)}", *misses]


def pasts() -> list[str]:
    """Return how many forged and honest pasts raise a clue, the exceptions by name."""
    forged = [one for one in judged() if one.pair.forged]
    honest = [one for one in judged() if not one.pair.forged]
    lines = ["| pasts | pairs | with a clue | share |", "|---|---:|---:|---:|"]
    for name, rows in (("forged", forged), ("honest", honest)):
        told = sum(bool(one.past.flags) for one in rows)
        lines.append(f"| {name} | {len(rows)} | {told} | {_share(told, len(rows))} |")
    wrong = [f"- {one.pair.name}" for one in forged if not one.past.flags] + [f"- {one.pair.name}: {one.past.flags}" for one in honest if one.past.flags]
    return [*lines, "", f"Told apart wrongly: {len(wrong)}", *wrong]


def report(seeds: int = SEEDS) -> list[str]:
    """Return everything as lines of Markdown."""
    parts = {"Planted differences": planted, "Copies without a change": unchanged, "Pasts": pasts}
    lines = [line for title, part in parts.items() for line in (f"### {title}", "", *part(), "")]
    return [*lines, "### Plans drawn once more", "", *redrawn(seeds)]


if __name__ == "__main__":
    print("\n".join(report(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)))
