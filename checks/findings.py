"""From verdict columns to findings, row by row: made for the rows somebody reads or keeps, not for all."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from checks.finding import Fact, Finding, LawApplied
from checks.masking import masked_name
from checks.policy import Limit
from checks.records import RecordKind, Records
from checks.verdict import NOT_SUPPLIED, Outcome, Verdict
from checks.vocabulary import KINDS

Rows = npt.NDArray[np.intp]


def findings_of(check: str, unit: str, records: Records, verdict: Verdict, rows: Rows) -> list[Finding]:
    """Return the verdicts of the rows as findings; `unit` is the check's own, for rows that no limit decided."""
    unsupplied = verdict.saying(NOT_SUPPLIED)[rows]
    alone = [_finding(check, unit, records, verdict, row) for row in rows[~unsupplied].tolist()]
    return alone + list(_once_a_county(check, unit, records, verdict, rows[unsupplied]))


def finding_of(check: str, unit: str, records: Records, verdict: Verdict, row: int) -> Finding:
    """Return the verdict of one row as a finding of its own, even where a layer that was not supplied leaves it open."""
    found = _finding(check, unit, records, verdict, row)
    return replace(found, facts={**found.facts, "subjects": 1, "kind": records.kind.id}) if found.reason == NOT_SUPPLIED else found


def _finding(check: str, unit: str, records: Records, verdict: Verdict, row: int) -> Finding:
    outcome = Outcome(int(verdict.outcome[row]))
    place = verdict.place_of(row)
    decided = verdict.limit_of(row) if _spoken(outcome) else None
    kind, name = _subject(records, row)
    return Finding(
        check=check,
        subject_kind=kind,
        subject=_text(records, "code", row),
        name=name,
        county=_text(records, "county", row),
        township=_township(records, row),
        outcome=outcome,
        reason=verdict.reason_of(row),
        measured=_number(verdict.measured, row) if outcome is not Outcome.NO_DATA else None,
        limit=_number(decided[0].amounts, decided[1]) if decided else None,
        unit=decided[0].parameter.unit if decided else unit,
        law=_law(*decided) if decided else None,
        missing=_missing_in(verdict, row),
        facts=_nested({name: _plain(column[place]) for name, column in verdict.facts.items()}) if place >= 0 else {},
    )


def _once_a_county(check: str, unit: str, records: Records, verdict: Verdict, rows: Rows) -> Iterator[Finding]:
    """Say what layers or ledgers that were not supplied leave open: one finding a county and ledger, with how many records.

    Its subject is the county's whole ledger ("411522/households"), so that it is never taken for a finding about the county.
    """
    if not len(rows):
        return
    places, of = records.grouped("county")
    lost = {name: gone[rows] for name, gone in verdict.missing.items()}
    for number in np.unique(of[rows]).tolist():
        here, county = of[rows] == number, places[number]
        missing = tuple(name for name, gone in lost.items() if (gone & here).any())
        subject, facts = f"{county}/{records.kind.ledger}", {"subjects": int(here.sum()), "kind": records.kind.id}
        yield Finding(check, "county", subject, county, county, "", Outcome.NO_DATA, NOT_SUPPLIED, None, None, unit, None, missing, facts)


def _missing_in(verdict: Verdict, row: int) -> tuple[str, ...]:
    return tuple(column for column, lost in verdict.missing.items() if lost[row])


def _spoken(outcome: Outcome) -> bool:
    return outcome not in (Outcome.NO_DATA, Outcome.NOT_APPLICABLE)


def _called_by(kind: RecordKind) -> str:
    return next((column.name for column in kind if column.name in ("name", "head_name")), "")


_CALLED_BY = {id: _called_by(kind) for id, kind in KINDS.items()}


def _subject(records: Records, row: int) -> tuple[str, str]:
    """Return what kind of thing a row is and what it is called; a person's name comes masked, a return or a payment has none."""
    if records.kind.id == "area":
        return _text(records, "level", row), _text(records, "name", row)
    called_by = _CALLED_BY[records.kind.id]
    called = _text(records, called_by, row) if called_by else ""
    return records.kind.id, masked_name(called) if called_by == "head_name" else called


def _township(records: Records, row: int) -> str:
    return "" if records.kind.id == "area" else _text(records, "township", row)


def _text(records: Records, name: str, row: int) -> str:
    return str(records.stored(name)[row] or "")


def _number(column: npt.NDArray[np.float64] | None, row: int) -> float | None:
    if column is None or np.isnan(column[row]):
        return None
    return float(column[row])


def _law(limit: Limit, place: int) -> LawApplied:
    value = limit.parameter.values[int(limit.which[place])]
    assert value.amount is not None
    standing = str(value.standing)
    return LawApplied(limit.parameter.name, value.amount, value.since, value.instrument, value.clause, standing, value.place, value.first_day_assumed)


def _plain(value: Any) -> Fact:
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    if isinstance(value, np.bool_ | bool):
        return bool(value)
    if isinstance(value, np.integer | int):
        return int(value)
    if isinstance(value, np.floating | float):
        return float(value) if np.isfinite(value) else None
    return None if value is None else str(value)


def _nested(flat: Mapping[str, Fact]) -> dict[str, Any]:
    """Turn dotted names into mappings of mappings: "near.township.m" stands under near, township."""
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        *branches, leaf = path.split(".")
        at = tree
        for branch in branches:
            at = at.setdefault(branch, {})
        at[leaf] = value
    return tree
