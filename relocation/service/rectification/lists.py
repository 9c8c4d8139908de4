"""Problem lists from above into the ledger: read, shown first, each item once an entry with its list, its number there and its deadline.

What an item is about is matched, never guessed: a code or an unmistakable name of a record, a township the records know. What is not
matched stays without. An item that came before is left alone, so that a list brought twice changes nothing.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from relocation.accounts.roles import Right
from relocation.intake.listed import read_problem_list
from relocation.intake.problems import PROBLEM, Problem, ProblemList
from relocation.intake.refusal import Fact, Note, Refusal, Words
from relocation.ledger.deadlines import due_after
from relocation.ledger.entry import Entry, numbered
from relocation.ledger.states import Severity, Tier
from relocation.service.checking import has_records
from relocation.service.rectification.days import calendar_of, day_of
from relocation.service.rectification.moving import worded
from relocation.service.rectification.opening import keep_in
from relocation.service.rectification.reading import readable_text, readable_texts
from relocation.service.rectification.texts import MOST, MOST_ELSE, told
from relocation.service.reference import shipped_file
from relocation.store import digests, log, problem_lists
from relocation.store.files import as_utc
from relocation.store.opening import Connection, Store
from relocation.store.problem_lists import SITE, TOWNSHIP, VILLAGE, Gazetteer
from relocation.store.trouble import Trouble

TIERS = (Tier.NATIONAL, Tier.PROVINCIAL, Tier.MUNICIPAL, Tier.COUNTY)
_CODE = re.compile(r"[A-Za-z]{1,6}\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """One item as it goes into the ledger; `entry` is its number there, "" before it has one."""

    row: int
    number: str
    text: str
    category: str
    township: str
    village: str
    site: str
    subject_kind: str
    subject: str
    unit: str
    person: str
    measure: str
    due_on: date | None
    due_said: str  # the deadline's words where they name no day
    places: Mapping[str, int]
    said: str  # hash over the row, by which it is known when it comes again
    entry: str = ""

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {name: getattr(self, name) for name in ("row", "number", "text", "category", "township", "village", "site", "subject_kind", "subject", "unit", "person", "measure", "due_said", "entry")} | {
            "due_on": self.due_on.isoformat() if self.due_on else None
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListReport:
    """What a list brought in, or would. `known` counts the items that came before, unchanged."""

    file: str
    sheet: str
    title: str
    county: str
    tier: Tier
    name: str
    read: int
    added: tuple[ListedProblem, ...]
    known: int
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    stored: bool

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len({refusal.row for refusal in self.refusals})

    def json(self, lang: str) -> dict[str, Any]:
        """Return the report for other programs."""
        return {
            "file": self.file, "sheet": self.sheet, "county": self.county, "tier": self.tier.id, "list": self.name, "read": self.read,
            "added": len(self.added), "unchanged": self.known, "refused": self.refused, "items": [one.json() for one in self.added],
            "refusals": [one.json(lang) for one in self.refusals], "notes": [one.json(lang) for one in self.notes], "stored": self.stored,
        }  # fmt: skip


def brought(store: Store, county: str) -> list[Mapping[str, Any]]:
    """Return every time a list of a county was brought in, the newest first."""
    with store.reading() as connection:
        found = [one for one in problem_lists.lists(connection) if one["county"] == county]
    texts = ("name", "file", "sheet")
    return [{**one, "imported_at": as_utc(one["imported_at"]), **{text: readable_text(store, one[text]) for text in texts}} for one in found]


def bring_list(
    store: Store, path: Path, *, county: str, tier: str | Tier, now: datetime, name: str = "", file_name: str = "", dry_run: bool = False
) -> ListReport:
    """Bring a problem list into the ledger; with `dry_run` tell what it would do. A list without a name takes its title.

    Unusable for a file that holds no list; Trouble for a tier there is none of, a county without records, or one outside the actor's places.
    """
    level = worded(Tier, tier)
    if level not in TIERS:
        raise Trouble("ledger-word", value=level.id, known=", ".join(one.id for one in TIERS))
    store.require(Right.LEDGER, county)
    has_records(store, county)
    found = read_problem_list(path, file_name or path.name)
    name = told(name or found.title or Path(found.file).stem, "source", typed=bool(name))[:100]
    with store.reading() as connection:
        fresh, known, refusals = _sorted(connection, found, county, level, name)
    report = ListReport(found.file, found.sheet, found.title, county, level, name, found.read, tuple(fresh), known, tuple(refusals), found.notes, stored=False)
    if dry_run or not fresh:
        return readable_report(store, replace(report, stored=not dry_run))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with store.writing() as connection:
        fresh, known, refusals = _sorted(connection, found, county, level, name)  # somebody may have brought it a moment before
        kept = _keep(store, connection, report, fresh, known, sha256, now)
    return readable_report(store, replace(report, added=tuple(kept), known=known, refusals=tuple(refusals), stored=True))


def readable_report(store: Store, report: ListReport) -> ListReport:
    """Return what a list would bring as the actor may read it: a list names whom it likes, in any column."""
    added = tuple(readable_texts(store, one, "subject", "said", "entry") for one in report.added)
    refusals = tuple(replace(one, value=readable_text(store, one.value)) for one in report.refusals)
    return replace(report, added=added, refusals=refusals, title=readable_text(store, report.title), name=readable_text(store, report.name))


def _sorted(connection: Connection, found: ProblemList, county: str, tier: Tier, name: str) -> tuple[list[ListedProblem], int, list[Refusal]]:
    """Return the items that are new, how many came before, and every refusal in the order of the rows."""
    known_to_records = problem_lists.gazetteer(connection, county)
    names = replace(known_to_records, places={**official_townships().get(county, {}), **known_to_records.places})
    before = problem_lists.known(connection, county, tier.id, name)
    fresh, known, refusals = [], 0, list(found.refusals)
    for one in found.problems:
        wrong = _too_long(found, one)
        if wrong is not None:
            refusals.append(wrong)
        elif one.number not in before:
            fresh.append(_matched(one, names))
        elif before[one.number][0] == _hash(one):
            known += 1
        else:
            facts: dict[str, Fact] = {"number": one.number, "id": numbered(county, before[one.number][1])}
            refusals.append(Refusal("list-number-differs", found.file, found.sheet, found.cell("text", one.row), one.text[:60], facts, one.row))
    return fresh, known, sorted(refusals, key=lambda refusal: refusal.row or 0)


@cache
def official_townships() -> Mapping[str, Mapping[str, int]]:
    """Return the townships of each county that the official lists of codes name, as places."""
    found: dict[str, dict[str, int]] = {}
    for row in csv.DictReader(io.StringIO(shipped_file("reference", "township_names.csv").read_text("utf-8"))):
        found.setdefault(row["adcode"], {})[row["name"]] = TOWNSHIP
    return found


def _too_long(found: ProblemList, one: Problem) -> Refusal | None:
    for column in PROBLEM:
        value = getattr(one, column.name)
        if isinstance(value, str):
            try:
                told(value, column.name, typed=False)
            except Trouble:
                facts: dict[str, Fact] = {"field": Words(column.zh, column.en), "most": MOST.get(column.name, MOST_ELSE)}
                return Refusal("list-words", found.file, found.sheet, found.cell(column.name, one.row), "" if column.personal else value[:40], facts, one.row)
    return None


def _hash(one: Problem) -> str:
    """Return what tells whether an item comes again as it was; of a person's name only whether there was one."""
    said = [one.category, one.text, one.township, one.village, one.site, one.household, bool(one.head_name), one.unit, one.person, one.measure, str(one.due_on)]
    said += [one.due_said] if one.due_said else []
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8")).hexdigest()


def _matched(one: Problem, names: Gazetteer) -> ListedProblem:
    """Return an item with the record and the places it means, where there is no doubt which."""
    kind, subject = _subject(one, names)
    places = {place: fine for place, fine in names.places.items() if place in (one.township, one.village, one.site) or place in one.text}
    townships = [place for place, fine in places.items() if fine == TOWNSHIP]
    township = one.township if one.township in townships else names.township_of.get(subject, "") or (townships[0] if len(townships) == 1 else "")
    village = one.village if places.get(one.village) == VILLAGE else _only(places, VILLAGE)
    site = next((place for place in (one.site, one.village) if places.get(place) == SITE), "") or _only(places, SITE)
    return ListedProblem(
        one.row, one.number, one.text, one.category, township, village, site, kind, subject, one.unit, one.person, one.measure, one.due_on, one.due_said,
        places | ({township: TOWNSHIP} if township else {}), _hash(one),
    )  # fmt: skip


def _only(places: Mapping[str, int], fine: int) -> str:
    found = [place for place, how in places.items() if how == fine]
    return found[0] if len(found) == 1 else ""


def _subject(one: Problem, names: Gazetteer) -> tuple[str, str]:
    """Return kind and code of the one record an item is about; ("", "") where that is not certain."""
    if one.household in names.households:
        return "household", one.household
    if (one.village, one.head_name) in names.heads:
        return "household", names.heads[one.village, one.head_name]
    for said in (one.site, one.village):
        if said in names.sites:
            return "site", names.sites[said]
    coded = {code for code in _CODE.findall(one.text) if code in names.households}
    if len(coded) == 1:
        return "household", coded.pop()
    meant = {code for name, code in names.sites.items() if name in one.text}
    return ("site", meant.pop()) if len(meant) == 1 and not coded else ("", "")


def _source(name: str, one: ListedProblem) -> str:
    """Return where an item stands: its list, its number there ("第7条", or a document's own), and its deadline's words where they name no day."""
    place = f"{name} 第{one.number}条" if one.number.isdecimal() else f"{name} {one.number}"
    return f"{place}（时限原文：{one.due_said}）" if one.due_said else place


def _keep(store: Store, connection: Connection, report: ListReport, fresh: list[ListedProblem], known: int, sha256: str, now: datetime) -> list[ListedProblem]:
    day = day_of(now)
    due = due_after(day, Severity.ORDINARY, calendar_of(store, report.county))
    entries = [
        Entry(
            report.county, 0, one.text, report.tier, Severity.ORDINARY, now, store.actor.name, one.due_on or due, one.township, _source(report.name, one),
            one.category, subject_kind=one.subject_kind, subject=one.subject, unit=one.unit, person=one.person, measure=one.measure,
        )
        for one in fresh
    ]  # fmt: skip
    given = keep_in(store, connection, entries, now, batch=True)
    values = {
        "county": report.county,
        "tier": report.tier.id,
        "name": report.name,
        "file": report.file,
        "sheet": report.sheet,
        "sha256": sha256,
        "who": store.actor.name,
    }
    counts = {"read": report.read, "added": len(given), "known": known, "refused": report.refused}
    id = problem_lists.add_list(connection, {**values, **counts}, now)
    kept = [replace(one, entry=entry.id) for one, entry in zip(fresh, given, strict=True)]
    problem_lists.add_items(connection, [
        {"county": report.county, "township": one.township, "list_id": id, "tier": report.tier.id, "name": report.name, "number": one.number, "row_number": one.row,
         "said": one.said, "village": one.village, "site": one.site, "places": dict(one.places), "entry": entry.number}
        for one, entry in zip(kept, given, strict=True)
    ])  # fmt: skip
    rows = digests.told(digests.digests(connection, ("problem_list", {"id": id}), ("problem_item", {"list_id": id})))
    log.append(
        connection, by=store.actor, at=now, action="list.imported", kind="list", county=report.county, subject=report.name,
        new={"tier": report.tier.id, "file": report.file, **counts, **rows}, files=(sha256,),
    )  # fmt: skip
    return kept
