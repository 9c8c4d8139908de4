"""What to do next: of every open finding the remedy, with who does it, where, for how many and by when.

Counted off the findings kept; nothing is judged again. A fail or a review asks for its remedy, a no-data for the record
to be completed. An action's number is that of the findings it would settle, never that of everybody judged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Any
from urllib.parse import urlencode

from checks.registry import checks
from checks.sentence import found, remedy
from checks.verdict import NOT_SUPPLIED, Outcome
from checks.vocabulary import OFFICES
from relocation.service.findings import counts
from relocation.service.judging import known, near
from relocation.store import actions as stored
from relocation.store import files
from relocation.store.actions import Group
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

OPEN = (Outcome.FAIL, Outcome.REVIEW, Outcome.NO_DATA)
CODES_SHOWN = 10
"""So many subjects an action names; the rest stand behind its link."""

EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: who, where, what, for whom.

    `findings` counts the findings it settles, `subjects` the records; they differ only where one finding says for a whole
    county that a layer or ledger is missing. `due` is the day by which the most pressing of them had to be done, and
    `days_left` how far off that is from the day of judgement (below zero: past).
    """

    office: str
    county: str
    township: str
    check: str
    title: str
    outcome: Outcome
    reason: str
    kind: str
    remedy: str
    example: str
    findings: int
    subjects: int
    codes: tuple[str, ...]
    due: date | None
    days_left: int | None
    filters: Mapping[str, str]

    @property
    def link(self) -> str:
        """The address of these findings on the pages."""
        return f"/findings?{urlencode(self.filters)}"

    def json(self) -> dict[str, Any]:
        """Return the action for other programs."""
        return {
            "office": self.office, "county": self.county, "township": self.township, "check": self.check, "title": self.title,
            "outcome": self.outcome.id, "reason": self.reason, "kind": self.kind, "remedy": self.remedy, "example": self.example,
            "findings": self.findings, "subjects": self.subjects, "codes": list(self.codes),
            "due": self.due.isoformat() if self.due else None, "days_left": self.days_left, "link": self.link,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceActions:
    """What one office has to do in one township; township "" is what concerns the county as a whole."""

    county: str
    county_name: str
    township: str
    counts: Mapping[str, int]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class OfficeActions:
    """What one kind of office has to do, worst places first. `counts`: outcome → findings."""

    office: str
    title: str
    counts: Mapping[str, int]
    places: tuple[PlaceActions, ...]


@dataclass(frozen=True, slots=True)
class Actions:
    """Everything to do. `counts` and `actions` speak of all that was asked for, `offices` holds the first `shown` actions."""

    as_of: date | None
    counts: Mapping[str, int]
    actions: int
    shown: int
    offices: tuple[OfficeActions, ...]

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        offices = [
            {
                "office": office.office,
                "title": office.title,
                "counts": dict(office.counts),
                "places": [
                    {"county": place.county, "county_name": place.county_name, "township": place.township, "counts": dict(place.counts),
                     "actions": [action.json() for action in place.actions]}
                    for place in office.places
                ],
            }
            for office in self.offices
        ]  # fmt: skip
        as_of = self.as_of.isoformat() if self.as_of else None
        return {"as_of": as_of, "counts": dict(self.counts), "actions": self.actions, "shown": self.shown, "offices": offices}


def actions(store: Store, *, lang: str, county: str | None = None, office: str | None = None, township: str | None = None, limit: int = EVERY) -> Actions:
    """Return what to do, by office and township, worst first. Trouble for an office there is none of."""
    if office and office not in OFFICES:
        raise Trouble("unknown-office", office=office, near=near(office, list(OFFICES)))
    as_of = counts(store).as_of
    with store.reading() as connection:
        names = files.county_names(connection)
        work = _work(store, connection, county or None, township or None, office or "")
        made = [_action(connection, id, group, as_of, lang) for id, group in islice(work.pressing(), limit)]
    offices = []
    for id, of_office in groupby(made, key=lambda action: action.office):
        places = tuple(
            PlaceActions(place, names.get(place) or place, township, _named(work.by_place[id, place, township]), tuple(of_place))
            for (place, township), of_place in groupby(of_office, key=lambda action: (action.county, action.township))
        )
        offices.append(OfficeActions(id, OFFICES[id][lang], _named(work.by_office[id]), places))
    total = [sum(sums[number] for sums in work.by_office.values()) for number in range(len(OPEN))]
    return Actions(as_of, _named(total), work.actions, len(made), tuple(offices))


def office_of(check: str, reason: str) -> str:
    """Return the kind of office that settles what a check found: the reason's own, else the sheet's."""
    sheet = known(check).sheet
    own = sheet.reasons.get(reason)
    return (own.office if own else "") or sheet.office


Place = tuple[str, str, str]
"""Office, county, township."""

Sums = list[int]
"""How many findings fail, are in doubt, and lack data."""


@dataclass(frozen=True, slots=True)
class _Work:
    """The groups of open findings under the office and place that settle them, with their sums."""

    groups: Mapping[Place, list[Group]]
    by_place: Mapping[Place, Sums]
    by_office: Mapping[str, Sums]
    actions: int

    def pressing(self) -> Iterator[tuple[str, Group]]:
        """Give office and group, the worst offices first, in them the worst places, in those the worst findings; sorted as they are asked for."""

        def weight(place: Place) -> tuple[Any, ...]:
            return [-n for n in self.by_office[place[0]]], place[0], [-n for n in self.by_place[place]], place

        for place in sorted(self.groups, key=weight):
            for group in sorted(self.groups[place], key=lambda one: (one.severity, -one.findings, one.check, one.reason, one.missing, one.kind)):
                yield place[0], group


ANSWERS_KEPT = 50


def _work(store: Store, connection: Connection, county: str | None, township: str | None, office: str) -> _Work:
    """Return what is open, laid out once for each state of the findings: a page is asked for again and again."""
    asked = county, township, office
    state = files.revision(connection, "findings")
    held: tuple[int, dict[Any, _Work]] | None = store.kept.get("work")
    if held is None or held[0] != state or len(held[1]) >= ANSWERS_KEPT:
        held = store.kept["work"] = (state, {})
    if asked not in held[1]:
        held[1][asked] = _laid_out(stored.open_groups(connection, county, township), office)
    return held[1][asked]


def _laid_out(groups: Iterable[Group], office: str) -> _Work:
    """Give each group its office, and keep those of `office` when one is named; a check that is no more has no remedy."""
    offices: dict[tuple[str, str], str] = {}
    laid: dict[Place, list[Group]] = {}
    by_place: dict[Place, Sums] = {}
    by_office: dict[str, Sums] = {}
    for group in groups:
        asked = group.check, group.reason
        if asked not in offices:
            offices[asked] = office_of(*asked) if group.check in checks() else ""
        mine = offices[asked]
        if mine and office in ("", mine):
            place = mine, group.county, group.township
            if place not in laid:
                laid[place], by_place[place] = [], [0, 0, 0]
                by_office.setdefault(mine, [0, 0, 0])
            laid[place].append(group)
            by_place[place][group.severity] += group.findings
            by_office[mine][group.severity] += group.findings
    return _Work(laid, by_place, by_office, sum(map(len, laid.values())))


def _named(sums: Sequence[int]) -> dict[str, int]:
    return {outcome.id: number for outcome, number in zip(OPEN, sums, strict=True)}


def _action(connection: Connection, office: str, group: Group, as_of: date | None, lang: str) -> Action:
    check = known(group.check)
    first = stored.findings_in(connection, group, CODES_SHOWN)
    subjects, kind = _left_open(connection, group) if group.reason == NOT_SUPPLIED else (group.findings, group.kind)
    due, days_left = _due(connection, group, as_of)
    return Action(
        office=office,
        county=group.county,
        township=group.township,
        check=check.id,
        title=check.title(lang),
        outcome=group.outcome,
        reason=group.reason,
        kind=kind,
        remedy=remedy(check.sheet, first[0], lang),
        example=found(check.sheet, first[0], lang),
        findings=group.findings,
        subjects=subjects,
        codes=tuple(finding.subject for finding in first),
        due=due,
        days_left=days_left,
        filters=_filters(group),
    )


def _left_open(connection: Connection, group: Group) -> tuple[int, str]:
    """Return how many records, and of what kind ("record" for several), a missing layer or ledger leaves open."""
    every = stored.findings_in(connection, group, group.findings)
    kinds = {str(finding.facts.get("kind", group.kind)) for finding in every}
    return sum(int(finding.facts.get("subjects", 1)) for finding in every), kinds.pop() if len(kinds) == 1 else "record"


def _due(connection: Connection, group: Group, as_of: date | None) -> tuple[date | None, int | None]:
    """Return the day by which the most pressing of a group had to be done, where its reason counts days to a limit."""
    reason = known(group.check).sheet.reasons.get(group.reason)
    if as_of is None or reason is None or not reason.due:
        return None, None
    left = stored.least_left(connection, group)
    return (None, None) if left is None else (as_of + timedelta(days=int(left)), int(left))


def _filters(group: Group) -> dict[str, str]:
    """Return the conditions that find exactly these findings again."""
    wanted = {"check": group.check, "outcome": group.outcome.id, "reason": group.reason, "kind": group.kind, "county": group.county}
    if group.kind not in ("county", "township") and group.township:
        wanted["township"] = group.township
    if group.kind == "township":
        wanted["subject"] = f"{group.county}/{group.township}"
    return wanted | ({"missing": group.missing} if group.missing else {})


def government_of(township: str) -> str:
    """Return what the office that governs a township is called: 街道 have an 办事处, 乡 and 镇 a 人民政府."""
    return f"{township}办事处" if township.endswith("街道") else f"{township}人民政府"
