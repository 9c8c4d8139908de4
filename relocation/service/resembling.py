"""From one case to its class: the records most like one, those with the same finding first, each with the reasons for likeness.

Whose hand filled a file in is a likeness, and the name of that hand is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from checks.finding import Finding
from checks.likeness import TRAITS, Alike, most_alike
from checks.masking import masked_name
from checks.records import Column, Kind, Records
from checks.verdict import Outcome
from checks.vocabulary import HOUSEHOLD, KINDS
from relocation.service.showing import shown
from relocation.store import queries
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter

AGAINST = (Outcome.FAIL, Outcome.REVIEW)
LIKED = ("site", "household")
"""The kinds of record that have traits to share."""

MOST = 100
_TOLD_WITHOUT_VALUE = frozenset({"measures", "support_plan"})
"""Free text: that it is the same says enough, and what it says may name people."""


@dataclass(frozen=True, slots=True)
class AlikeShown:
    """A record like another: `reasons` in words, `outcome` what the same check found of it ("" where it was not kept)."""

    kind: str
    county: str
    code: str
    name: str
    township: str
    outcome: str
    bits: float
    reasons: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "kind": self.kind, "county": self.county, "subject": self.code, "name": self.name, "township": self.township,
            "outcome": self.outcome, "bits": round(self.bits, 3), "reasons": list(self.reasons),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The class of a case: `failing` have the same check against them, `others` are merely alike. Best first, nobody twice."""

    check: str
    subject: str
    failing: tuple[AlikeShown, ...]
    others: tuple[AlikeShown, ...]

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {"same_finding": [one.json() for one in self.failing], "others": [one.json() for one in self.others]}


def alike(store: Store, finding: Finding, lang: str, most: int = 10) -> Likenesses | None:
    """Return the records of the same county most like what a finding is about, at most `most` of either sort.

    None where its kind has nothing to be alike in, or the record is gone.
    """
    if finding.subject_kind not in LIKED:
        return None
    kind, most = KINDS[finding.subject_kind], min(max(most, 1), MOST)
    called = "head_name" if kind is HOUSEHOLD else "name"
    wanted = FindingFilter(checks=[finding.check], county=finding.county, kind=kind.id)
    with store.reading() as connection:
        records = read_records(connection, kind, finding.county, columns=("code", "county", called, *TRAITS))
        outcomes = queries.outcomes(connection, wanted)
    rows = np.flatnonzero(records.stored("code") == finding.subject)
    return _likenesses(finding, int(rows[0]), records, outcomes, most, lang) if len(rows) else None


def _likenesses(finding: Finding, row: int, records: Records, outcomes: dict[str, Outcome], most: int, lang: str) -> Likenesses:
    codes = records.stored("code")
    failing: npt.NDArray[np.bool_] = np.fromiter((outcomes.get(code) in AGAINST for code in codes), np.bool_, len(codes))
    same = most_alike(records, row, most, failing)
    rest = most_alike(records, row, most, ~failing)
    shown_of = [tuple(_shown(records, one, row, outcomes, lang) for one in some) for some in (same, rest)]
    return Likenesses(finding.check, finding.subject, shown_of[0], shown_of[1])


def _shown(records: Records, one: Alike, row: int, outcomes: dict[str, Outcome], lang: str) -> AlikeShown:
    def text(name: str) -> str:
        return str(records.stored(name)[one.row] or "")

    called = masked_name(text("head_name")) if records.kind is HOUSEHOLD else text("name")
    outcome = outcomes.get(text("code"))
    reasons = tuple(_reason(records, name, row, lang) for name in _rarest_first(records, one.shared, row))
    return AlikeShown(records.kind.id, text("county"), text("code"), called, text("township"), outcome.id if outcome is not None else "", one.bits, reasons)


def _rarest_first(records: Records, shared: Sequence[str], row: int) -> list[str]:
    """Order the shared fields by how few share them, and leave out those that all records share."""
    told = [name for name in shared if name != "site_code" or "site_name" not in shared]  # a code says no more than its name
    counts = {name: int((records.stored(name) == records.stored(name)[row]).sum()) for name in told}
    return sorted((name for name in told if counts[name] < len(records)), key=lambda name: (counts[name], TRAITS.index(name)))


def _reason(records: Records, name: str, row: int, lang: str) -> str:
    column = records.kind.column(name)
    if column.personal:
        return f"同一{column.zh}" if lang == "zh" else f"same person under “{column.en.lower()}”"
    if name in _TOLD_WITHOUT_VALUE:
        return f"{column.zh}文字相同" if lang == "zh" else f"same wording of {column.en.lower()}"
    value = _value(column, records, row, lang)
    return f"{column.zh}同为{value}" if lang == "zh" else f"same {column.en.lower()}: {value}"


def _value(column: Column, records: Records, row: int, lang: str) -> str:
    value = records.stored(column.name)[row]
    plain = str(value) if column.kind is not Kind.CHOICE or column.choices is None else column.choices(int(value)).id
    return shown(column, plain, lang)


def with_alike(store: Store, document: dict[str, Any], findings: Sequence[Finding], lang: str, most: int) -> dict[str, Any]:
    """Return the JSON of an explanation with the look-alikes of each traced finding beside it."""
    found = [alike(store, finding, lang, most) for finding in findings]
    traces = [{**trace, "alike": one.json() if one else None} for trace, one in zip(document["traces"], found, strict=True)]
    return {**document, "traces": traces}
