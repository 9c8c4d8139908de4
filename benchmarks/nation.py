"""A tenth of the nation stored, 266,000 households and 3,500 sites of 140 counties: every check run from the store, and the memory that takes.

Run as `python -m benchmarks.nation`; `--scale 10` is the whole nation. A run holds a batch of counties at a time, so the
memory is that of six batches and of sixty. Filling the database takes as long as checking it and lies outside the clock.
"""

import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.checks import CODES, HOUSEHOLDS, SEED, SITES, _households, _sites
from benchmarks.every_check import _filled
from benchmarks.measure import Contest, _memory_mb

NOW, AS_OF = datetime(2026, 11, 24, tzinfo=UTC), date(2019, 12, 31)
COUNTIES_A_PART, A_TENTH = 50, 0.1


def prepare(scale: float) -> Any:
    """Store a nation, fifty counties at a time, so that filling it needs little memory too."""
    from checks.vocabulary import FUND, HOUSEHOLD, NOTICE, RENOVATION, SITE
    from relocation.service.office import open_office

    random = np.random.default_rng(SEED)
    store = open_office(Path(tempfile.mkdtemp(prefix="relocation-bench-")) / "home")
    scale *= A_TENTH
    codes = CODES[: max(2, int(len(CODES) * scale))]
    kinds = ((HOUSEHOLD, HOUSEHOLDS, _households), (SITE, SITES, _sites), (RENOVATION, 200_000, None), (NOTICE, 300_000, None), (FUND, 14_000, None))
    for start in range(0, len(codes), COUNTIES_A_PART):
        here = codes[start : start + COUNTIES_A_PART]
        for kind, rows, made in kinds:
            count = max(1, int(rows * scale * len(here) / len(codes)))
            own = dict(made(random, count)) if made else {}
            own["code"] = np.array([f"{start:04d}-{n}" for n in range(count)], dtype=object)
            own["county"] = here[random.integers(0, len(here), count)]
            filled = _filled(random, kind, own)
            filled |= {column.name: np.where(filled[column.name].astype(bool), filled[column.name], "演") for column in kind if column.required}
            _store(store, kind, filled, here)
    return store


def _store(store: Any, kind: Any, columns: Mapping[str, Any], counties: Any) -> None:
    from checks.records import Kind
    from relocation.store import files, ledgers
    from relocation.store.frames import to_stored

    rows = len(columns["code"])
    with store.writing() as connection:
        revision = files.advance(connection, "records")
        file = files.add_file(connection, f"{kind.id}{revision}", "seeded", "{}", NOW, revision)
        sheet = files.add_sheet(connection, file, "", kind.ledger, "", {}, {"read": rows, "added": rows, "changed": 0, "unchanged": 0, "refused": 0})
        for county in counties.tolist():
            files.name_county(connection, county, "")
        first = ("county", "code")
        known = [column for column in kind if column.name in columns and column.kind is not Kind.SHAPE]
        known.sort(key=lambda column: first.index(column.name) if column.name in first else len(first))
        stored = [to_stored(column, columns[column.name], "sqlite") for column in known]
        ledgers.insert_records(connection, kind, known, list(zip(*stored, strict=True)), sheet, range(rows))


def every_check(store: Any) -> Mapping[str, Any]:
    """Run everything and tell the peak of memory meanwhile."""
    from relocation.service.checking import check

    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _memory_mb("VmRSS")
    found = check(store, as_of=AS_OF, now=NOW)
    judged = sum(sum(outcomes.values()) for outcomes in found.counts.values())
    return {"peak MB": round(_memory_mb("VmHWM")), "before MB": round(before), "verdicts": judged, "open": found.new + found.still + found.back}


CONTEST = Contest(
    "every check over a tenth of the nation, from the store",
    prepare=prepare,
    ways={"every check": every_check},
    reference="every check",
    facts=lambda _given, answers: dict(answers["every check"]),
    targets={"every check": "peak 1.5 GB in one process"},
    warm=False,
)

if __name__ == "__main__":
    CONTEST.main(__spec__.name)
