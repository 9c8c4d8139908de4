"""Every check over the nation: 2.66 million households, 35,000 sites and the ledgers beside them; what each costs, and how much lies outside the rules.

Run as `python -m benchmarks.every_check`. Columns are seeded and typed as ledgers hold them, 2 % of every fact missing, texts from a pool of phrases.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.checks import AS_OF, CODES, COUNTIES, FACILITIES, HOUSEHOLDS, SEED, SITES, _days, _households, _layer, _sites
from benchmarks.measure import Contest

WORDS = ("因病", "因残", "缺技术", "缺资金", "发展茶叶种植", "参加技能培训后就业", "安排公益性岗位", "享受低保兜底", "外出务工增收")


def prepare(scale: float) -> Any:
    """Return seeded columns of households and sites, the other ledgers, and the layers."""
    from checks.vocabulary import DRAWING, DRAWING_PAIR, FUND, FUNDING, HOUSEHOLD, NOTICE, RENOVATION, REPORTED, SITE, UNIT_TYPE

    random = np.random.default_rng(SEED)
    homes = _filled(random, HOUSEHOLD, _households(random, int(HOUSEHOLDS * scale)))
    ledgers = {"households": homes, "sites": _filled(random, SITE, _sites(random, int(SITES * scale)))}
    drawn = ((UNIT_TYPE, 105_000), (DRAWING, 70_000), (DRAWING_PAIR, 35_000))
    for kind, rows in ((RENOVATION, 200_000), (NOTICE, 300_000), (FUND, 14_000), (FUNDING, 4_200), (REPORTED, 14_000), *drawn):
        rows = max(10, int(rows * scale))
        own = {"code": np.arange(rows).astype(str).astype(object), "county": CODES[random.integers(0, COUNTIES, rows)]}
        ledgers[kind.ledger] = _filled(random, kind, own)
    return ledgers, {id: _layer(random, id, max(1, int(rows * scale))) for id, rows in FACILITIES.items()}


def engine(given: Any) -> Mapping[str, Any]:
    """Run every check on every kind of record it is about, and tell where the time goes."""
    from checks.census import areas
    from checks.records import Records
    from checks.registry import checks
    from checks.vocabulary import LEDGERS

    columns, around = given
    beside = {ledger: Records(LEDGERS[ledger], own) for ledger, own in columns.items()}
    cost: dict[str, float] = {}
    inside = [0.0]
    begun = time.process_time()
    frames = [*beside.values(), areas(beside["households"], {})]
    cost["counting areas"] = time.process_time() - begun
    for records in frames:
        for check in checks().values():
            if records.kind in check.about:
                before = time.process_time()
                replace(check, rules=tuple(_clocked(rule, inside) for rule in check.rules)).run(records, AS_OF, around, (), beside)
                cost[f"{check.id}/{records.kind.id}"] = time.process_time() - before
    whole = time.process_time() - begun
    told = {name: round(seconds, 2) for name, seconds in sorted(cost.items(), key=lambda item: -item[1])}
    return {"seconds a check": told, "share outside the rules": round(1 - inside[0] / whole, 3)}


def _clocked(rule: Any, inside: list[float]) -> Any:
    def judge(*given: Any, **more: Any) -> Any:
        before = time.process_time()
        answer = rule.judge(*given, **more)
        inside[0] += time.process_time() - before
        return answer

    return replace(rule, judge=judge)


def bare(given: Any) -> Mapping[str, Any]:
    """Read every number column once: what memory alone asks for."""
    columns, _around = given
    return {"sum": float(sum(np.nansum(column) for own in columns.values() for column in own.values() if column.dtype.kind == "f"))}


def _filled(random: np.random.Generator, kind: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given columns and, for every other column of the kind, seeded ones."""
    from checks.records import Kind

    rows = len(next(iter(given.values())))
    filled = dict(given)
    for column in kind:
        if column.name in filled or column.kind is Kind.SHAPE or column.name in ("lon", "lat", "old_lon", "old_lat"):
            continue
        if column.kind is Kind.DAY:
            filled[column.name] = _days(random, "2016-12-01", rows)
        elif column.kind is Kind.FLAG:
            filled[column.name] = random.choice(np.array([1, 0, -1], dtype=np.int8), rows, p=[0.9, 0.08, 0.02])
        elif column.kind is Kind.CHOICE:
            filled[column.name] = random.integers(-1, len(column.choices), rows).astype(np.int8)
        elif column.kind is Kind.TEXT:
            filled[column.name] = _texts(random, column.name, rows)
        else:
            number = np.round(random.uniform(1, 60_000 if column.unit == "yuan" else 9, rows))
            number[random.random(rows) < 0.02] = np.nan
            filled[column.name] = number
    return filled


def _texts(random: np.random.Generator, name: str, rows: int) -> Any:
    if name == "id_number":
        return np.char.add("99000019700101", np.char.zfill(random.integers(0, 10**8, rows).astype(str), 8)).astype(object)
    pool = np.array([f"{word}{name}{n % 7}" if n % 9 else "" for n, word in enumerate(WORDS * 40)], dtype=object)
    return pool[random.integers(0, len(pool), rows)]


CONTEST = Contest(
    "every check over 2.66 million households and 35,000 sites",
    prepare=prepare,
    ways={"reading the numbers": bare, "every check": engine},
    reference="reading the numbers",
    facts=lambda _given, answers: dict(answers["every check"]) if "every check" in answers else {},
    targets={"every check": "one process, peak 1.5 GB beside the input"},
)

if __name__ == "__main__":
    CONTEST.main(__spec__.name)
