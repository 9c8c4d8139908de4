"""The fact card of a place: its figures as of the day of the last check, what was reported of them beside, and whether the two agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from checks.finding import Finding
from checks.records import Records
from checks.registry import checks
from checks.sentence import found as found_words
from checks.tally import item_called
from checks.verdict import Outcome
from checks.vocabulary import FUND, HOUSEHOLD, REPORTED, SITE
from relocation.figures import counting
from relocation.figures.counting import Count
from relocation.figures.figure import UNITS, Figure, Reported, group_word, lacking_said, meanings, missing_word, of_item, said, source_word
from relocation.service.figures.ground import records
from relocation.service.figures.places import Place
from relocation.service.rectification.listing import wanted
from relocation.store import files, ledgers, queries, runs
from relocation.store import rectification_queries as entries
from relocation.store.frames import read_records
from relocation.store.opening import Connection, Store
from relocation.store.queries import FindingFilter

_RATE = {"demolition-due": "due", "demolition-down": "down", "demolition-rate": "rate"}


@dataclass(frozen=True, slots=True)
class Card:
    """The figures of a place. `as_of`: the day they are counted by; `checked_at` None: no check was run yet; `stale`: records changed since."""

    place: Place
    as_of: date
    made_on: date
    checked_at: datetime | None
    stale: bool
    figures: Mapping[str, Figure]
    others: tuple[Reported, ...]  # reported, and no figure of this card

    @property
    def shown(self) -> tuple[Figure, ...]:
        """The figures of the card, in its order."""
        return tuple(one for one in self.figures.values() if not one.meant.aside)

    @property
    def differing(self) -> tuple[Reported, ...]:
        """The reports that the records do not bear out, those of figures first."""
        return tuple(one for one in (*(each for figure in self.shown for each in figure.reported), *self.others) if one.differs)

    def json(self, lang: str) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "county": self.place.county, "township": self.place.township, "name": self.place.name, "as_of": self.as_of.isoformat(),
            "made_on": self.made_on.isoformat(), "stale": self.stale, "figures": [_figure_json(one, lang) for one in self.shown],
            "other_reports": [_report_json(one) for one in self.others],
        }  # fmt: skip


def card(store: Store, place: Place, lang: str, *, today: date) -> Card:
    """Return the card of a place that `places` gave, as of the day of the county's last whole check, else of `today`."""
    with store.reading() as connection:
        judged = runs.judged_as_of(connection, place.county)
        revision = runs.judged_revision(connection, place.county)
        stale = judged is not None and files.revision(connection, "records") > revision
        last = runs.last_run(connection)
        as_of = judged or today
        homes, sites, funds = (records(store, connection, kind, place) for kind in (HOUSEHOLD, SITE, FUND))
        found = _findings(connection, place)
        by_state, by_timing = entries.counts_by(connection, wanted(today, county=place.county, township=place.township))
        reports = _reports(connection, place, found, lang)
    held = _held(store, place.county)
    figures = {id: Figure(id, None, as_of, missing="no-ledger") for id in meanings()}
    if HOUSEHOLD.id in held:
        _put(figures, counting.of_homes(homes, as_of), as_of)
    if SITE.id in held:
        _put(figures, counting.of_items(sites, "sites", as_of), as_of)
    _put_funds(figures, funds if FUND.id in held else None, place, as_of)
    _put(figures, counting.of_entries(by_state, by_timing), today)
    _put(figures, _judged(found, place, judged), as_of)
    attached, others = _attached(figures, reports, place)
    return Card(place, as_of, today, files.as_utc(last["run_at"]) if judged and last else None, stale, attached, others)


def earlier(store: Store, place: Place, days: Sequence[date]) -> list[tuple[date, dict[str, float]]]:
    """Return what the records held of a place at earlier days, of the figures that have a day of their own."""
    with store.reading() as connection:
        homes, sites = (records(store, connection, kind, place) for kind in (HOUSEHOLD, SITE))
    found = []
    for day in days:
        counted = {**counting.of_homes(homes, day), **counting.of_items(sites, "sites", day)}
        found.append((day, {id: count.value for id, count in counted.items() if count.value and id in _DATED}))
    return found


_DATED = frozenset(
    id for id, one in meanings().items() if (one.item or one.unit in ("persons", "households") or id == "subsidy-paid") and one.group in ("people", "way", "moved", "old", "money")
) - {"unmoved-households"}  # fmt: skip
"""The figures that grow by days: of the others an earlier value is not known."""


def _held(store: Store, county: str) -> frozenset[str]:
    """Return the kinds of which the county has any record, wherever in it: a township without one then has none."""
    with store.whole.reading() as connection:
        return frozenset(kind.id for kind in (HOUSEHOLD, SITE, FUND) if ledgers.count(connection, kind.id, county))


def _put(figures: dict[str, Figure], counts: Mapping[str, Count], day: date) -> None:
    for id, one in counts.items():
        figures[id] = Figure(id, one.value, day, one.lacking, one.of, one.missing)


def _put_funds(figures: dict[str, Figure], funds: Records | None, place: Place, as_of: date) -> None:
    names = ("funds-received", "funds-paid-out", "funds-idle")
    if place.township:
        figures.update({id: Figure(id, None, as_of, missing="county-only") for id in names})
    elif funds is not None:
        _put(figures, counting.of_funds(funds, as_of), as_of)
        days = funds.counted_on[~np.isnat(funds.counted_on)]
        if len(days):
            first, last = days.min().astype(object), days.max().astype(object)
            figures.update({id: replace(figures[id], as_of=last, since=first if first != last else None) for id in names})


def _findings(connection: Connection, place: Place) -> list[Finding]:
    """Return what the checks found that the card speaks of, in one question each."""
    ids = ("living-area", "demolition-rate", "reported-figures")
    return [one for id in ids for one in queries.every_finding(connection, FindingFilter(checks=(id,), county=place.county))]


def _judged(found: Iterable[Finding], place: Place, judged: date | None) -> dict[str, Count]:
    """Return the figures that the checks gave; without a check each is missing and says so."""
    names = ("over-area", *_RATE)
    if judged is None:
        return {id: Count(None, missing="not-checked") for id in names}
    mine = [one for one in found if not place.township or place.township in (one.township, one.name)]
    areas = [one for one in mine if one.check == "living-area" and one.subject_kind == "household"]
    over = sum(one.outcome is Outcome.FAIL for one in areas)
    counts = {"over-area": Count(float(over), sum(one.outcome in (Outcome.REVIEW, Outcome.NO_DATA) for one in areas))}
    kind = "township" if place.township else "county"
    rate = next((one for one in mine if one.check == "demolition-rate" and one.subject_kind == kind and one.facts), None)
    for id, fact in _RATE.items():
        value = rate.facts.get(fact) if rate else None
        left_out = int(rate.facts.get("unknown") or 0) if rate else 0
        of = rate.facts.get("due") if rate and id == "demolition-rate" else None
        counts[id] = Count(value, left_out, of, "" if value is not None else "no-finding" if rate is None else "nobody")
    return counts


def _reports(connection: Connection, place: Place, found: Iterable[Finding], lang: str) -> list[tuple[str, Reported]]:
    """Return (township the report speaks for, the report) of the county's reports that lie in the place."""
    by_code = {one.subject: one for one in found if one.check == "reported-figures" and one.subject_kind == "reported"}
    rows = read_records(connection, REPORTED, place.county)
    made = []
    for row in range(len(rows)):
        township, village = rows.township[row] or "", rows.village[row] or ""
        if place.township and township != place.township:
            continue
        one = by_code.get(rows.code[row])
        value, on = rows.value[row], rows.reported_on[row]
        facts = one.facts if one else {}
        told = Reported(
            rows.code[row], rows.item[row] or "", None if np.isnan(value) else float(facts.get("value") or value), rows.unit[row] or "",
            None if np.isnat(on) else on.astype(object), rows.told_by[row] or "", one.outcome.id if one else "",
            one.reason if one else "", None if one and one.reason == "not-yet" else facts.get("recorded"),
            found_words(checks()[one.check].sheet, one, lang) if one else "", place=" ".join(part for part in (township, village) if part),
        )  # fmt: skip
        made.append((f"{township}/{village}" if village else township, told))
    return made


def _attached(figures: Mapping[str, Figure], reports: Sequence[tuple[str, Reported]], place: Place) -> tuple[dict[str, Figure], tuple[Reported, ...]]:
    """Lay every report beside its figure, the latest first; what is no figure of the place is returned apart."""
    by_figure: dict[str, list[Reported]] = {}
    others = []
    for township, one in reports:
        item = item_called(one.item)
        id = of_item(item.names[0]) if item else ""
        if id and township == place.township:
            by_figure.setdefault(id, []).append(one)
        else:
            others.append(one)
    newest = {id: tuple(sorted(some, key=lambda one: (one.on or date.min, one.differs, one.code), reverse=True)) for id, some in by_figure.items()}
    return {id: replace(one, reported=newest.get(id, ())) for id, one in figures.items()}, tuple(others)


def _figure_json(one: Figure, lang: str) -> dict[str, Any]:
    meant = one.meant
    return {
        "id": one.id, "group": group_word(meant.group, lang), "title": meant.title[lang], "value": one.value, "unit": meant.unit,
        "unit_word": UNITS[meant.unit][lang], "as_of": one.as_of.isoformat(), "since": one.since.isoformat() if one.since else None, "of": one.of,
        "base": meant.base[lang], "source": source_word(meant.source, lang), "lacking": one.lacking, "lacking_said": lacking_said(one, lang),
        "missing": missing_word(one.missing, lang) if one.missing else "",
        "said": said(one.value, meant.unit, lang) if one.value is not None else "", "reported": [_report_json(each) for each in one.reported],
    }  # fmt: skip


def _report_json(one: Reported) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("code", "place", "item", "value", "unit", "by", "outcome", "reason", "recorded", "difference", "sentence")}
    return {**told, "on": one.on.isoformat() if one.on else None}
