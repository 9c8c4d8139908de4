"""Times several ways of doing one piece of work, side by side, and prints a table and JSON.

A benchmark declares a `Contest` and calls `contest.main()`:

    contest = Contest("nearest facility", prepare=make_input, ways={"bare tree": bare, "ours": ours}, reference="bare tree", facts=judge)
    if __name__ == "__main__":
        contest.main(__spec__.name)

and is run as `python -m benchmarks.vetting [--repeats 7] [--json FILE] [--only WAY …] [--scale 0.1]`.

Each round runs every way once, so that a neighbour's load on a shared machine falls on all of them alike; a way's ratio is the median of
its round-by-round ratios to the reference. Peak memory is taken in a fresh process per way, as what the work adds to what the imports and
the prepared input already hold, and as the whole process.
"""

import argparse
import gc
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

Work = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Timing:
    """What one way needed: medians over the rounds, its ratio to the reference, peak memory (None where it cannot be read)."""

    way: str
    wall_s: float
    cpu_s: float
    ratio: float
    peak_mb: float | None
    peak_added_mb: float | None
    rounds: int


@dataclass(frozen=True, slots=True)
class Contest:
    """One piece of work and the ways of doing it.

    `prepare(scale)` makes the input once, outside the clock; every way gets what it returned. `facts(given, answers)` looks at each way's
    last answer and returns what a reader must know beside the seconds (wrong answers, rows, bytes). Ways import what they need themselves;
    when `warm` is true they are run once before the clock starts, which is right for a server and wrong for a one-shot command.
    """

    title: str
    prepare: Callable[[float], Any]
    ways: Mapping[str, Work]
    reference: str
    facts: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    warm: bool = True

    def main(self, module: str, argv: Sequence[str] | None = None) -> dict[str, Any]:
        """Run as a program: measure, print the table, write JSON when asked; returns the report."""
        options = _options(self, argv)
        if options.peak:
            given = self.prepare(options.scale)
            gc.collect()
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak of making the input
            before = _memory_mb("VmRSS")
            self.ways[options.peak](given)
            print(json.dumps([_memory_mb("VmHWM"), before]))
            return {}
        ways = [way for way in self.ways if not options.only or way in options.only or way == self.reference]
        given = self.prepare(options.scale)
        walls, cpus, answers = _rounds({way: self.ways[way] for way in ways}, given, options.repeats, self.warm)
        timings = [self._timing(way, walls, cpus, None if options.no_peak else _peak(module, way, options.scale)) for way in ways]
        report = self._report(timings, dict(self.facts(given, answers)) if self.facts else {}, options.scale)
        print(table(report))
        if options.json:
            options.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        else:
            print(json.dumps(report, ensure_ascii=False))
        return report

    def _timing(self, way: str, walls: Mapping[str, list[float]], cpus: Mapping[str, list[float]], peak: tuple[float, float] | None) -> Timing:
        ratio = statistics.median(own / other for own, other in zip(walls[way], walls[self.reference], strict=True))
        whole, before = peak or (None, None)
        added = None if whole is None or before is None else max(0.0, whole - before)
        return Timing(way, statistics.median(walls[way]), statistics.median(cpus[way]), ratio, whole, added, len(walls[way]))

    def _report(self, timings: Sequence[Timing], facts: dict[str, Any], scale: float) -> dict[str, Any]:
        machine = {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
        return {
            "title": self.title,
            "reference": self.reference,
            "scale": scale,
            "machine": machine,
            "ways": [asdict(timing) for timing in timings],
            "facts": facts,
            "targets": dict(self.targets),
        }


def table(report: Mapping[str, Any]) -> str:
    """Return the report as a plain-text table."""
    wide = max(len(str(way["way"])) for way in report["ways"]) + 2
    lines = [report["title"], f"{'way':<{wide}}{'wall s':>10}{'cpu s':>10}{'ratio':>9}{'peak MB':>10}{'added MB':>10}"]
    for way in report["ways"]:
        peak, added = (f"{way[name]:.0f}" if way[name] is not None else "-" for name in ("peak_mb", "peak_added_mb"))
        lines.append(f"{way['way']:<{wide}}{way['wall_s']:>10.4f}{way['cpu_s']:>10.4f}{way['ratio']:>9.3f}{peak:>10}{added:>10}")
    lines += [f"  {name}: {fact}" for name, fact in report["facts"].items()]
    lines += [f"  target {name}: {aim}" for name, aim in report["targets"].items()]
    return "\n".join(lines)


def _options(contest: Contest, argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=contest.title)
    parser.add_argument("--repeats", type=int, default=5, help="rounds; the published figures use five or more")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full input, to try the program out")
    parser.add_argument("--json", type=Path, help="write the report there instead of printing it")
    parser.add_argument("--only", action="append", choices=list(contest.ways), help="measure this way and the reference")
    parser.add_argument("--no-peak", action="store_true", help="leave peak memory out")
    parser.add_argument("--peak", choices=list(contest.ways), help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _rounds(ways: Mapping[str, Work], given: Any, repeats: int, warm: bool) -> tuple[dict[str, list[float]], dict[str, list[float]], dict[str, Any]]:
    walls: dict[str, list[float]] = {way: [] for way in ways}
    cpus: dict[str, list[float]] = {way: [] for way in ways}
    answers: dict[str, Any] = {}
    if warm:
        for work in ways.values():
            work(given)
    for _ in range(repeats):
        for way, work in ways.items():
            answers.pop(way, None)
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            answer = work(given)
            cpus[way].append(time.process_time() - cpu)
            walls[way].append(time.perf_counter() - wall)
            answers[way] = answer
    return walls, cpus, answers


def _peak(module: str, way: str, scale: float) -> tuple[float, float] | None:
    """Run one way alone in a fresh process; return its peak and what it held before the work began, in MB."""
    if not Path("/proc/self/status").exists():
        return None
    command = [sys.executable, "-m", module, "--peak", way, "--scale", str(scale)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole, before = json.loads(done.stdout.splitlines()[-1])
    return float(whole), float(before)


def _memory_mb(name: str) -> float:
    # not getrusage: there a child started by vfork inherits the peak of its parent
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return float("nan")
