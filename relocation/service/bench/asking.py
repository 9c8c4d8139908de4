"""A proposed place held against every check of siting at once. Nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checks.check import Check
from checks.finding import Finding
from checks.ground import Plot
from checks.instruments import Instruments
from checks.registry import checks
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import SITE
from relocation.service.bench.items import Item, items_of, not_about
from relocation.service.bench.proposing import Proposal
from relocation.service.bench.wayfinding import Road, by_road
from relocation.service.findings import finding_json
from relocation.service.lawbook import instruments, overlays
from relocation.service.reference import around
from relocation.store.opening import Store

FAMILY = "siting"


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the checks say of one proposal: a finding each, the items they looked at, the ways by road to what it is near."""

    proposal: Proposal
    as_of: date
    findings: tuple[Finding, ...]
    items: tuple[Item, ...]
    roads: dict[str, Road] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """The gravest outcome."""
        return min((finding.outcome for finding in self.findings), key=WORST_FIRST.index)

    def item(self, check: str, key: str) -> Item | None:
        """Return an item, None where the check did not look at that."""
        return next((item for item in self.items if (item.check, item.key) == (check, key)), None)

    def json(self, lang: str, register: Instruments) -> dict[str, Any]:
        """Return the answer in one language: findings, and the items in three lists."""
        one, outcome = self.proposal, self.outcome
        lists: dict[str, list[dict[str, Any]]] = {"applies": [], "clear": [], "unchecked": []}
        for item in self.items:
            lists[item.list].append({**item.json(lang), "road": self.roads[item.id].json(lang) if item.id in self.roads else None})
        return {
            "name": one.name, "lon": one.lon, "lat": one.lat, "county": one.county, "as_of": self.as_of.isoformat(),
            "uncertainty_m": one.told.uncertainty_m, "screened": one.told.screened, "outline": _geojson(one),
            "outcome": outcome.id, "outcome_word": outcome.zh if lang == "zh" else outcome.en, "notes": [note[lang] for note in one.notes],
            "checks": [_check_json(finding, lang, register) for finding in self.findings], **lists,
        }  # fmt: skip


def siting() -> list[Check]:
    """Return every check of siting, those about sites first."""
    every = [check for check in checks().values() if check.family == FAMILY]
    return sorted(every, key=lambda check: SITE not in check.about)


def ask(store: Store, proposals: Sequence[Proposal], *, as_of: date, most_off_m: float) -> list[Answer]:
    """Judge each proposal by the law of `as_of` as a concentrated site approved that day; `most_off_m` is how far a road may lie and still be joined."""
    whole = store.whole  # what is near does not end at the actor's border
    layers, law = around(whole), overlays(whole)
    answers = []
    for one in proposals:
        plot = Plot(one.county, as_of, one.told.uncertainty_m, one.told.screened)
        records, found, items = one.records(plot), [], []
        for check in siting():
            if SITE not in check.about:
                items.append(not_about(check))
                continue
            finding = check.finding(records, check.run(records, as_of, layers, law), 0)
            found.append(finding)
            items += items_of(whole, check, finding, layers, one.told.uncertainty_m, as_of)
        answers.append(Answer(one, as_of, tuple(found), tuple(items), by_road(whole, one, items, most_off_m)))
    return answers


def register_of(store: Store) -> Instruments:
    """Return the documents the findings may name."""
    return instruments(store.whole)


def _check_json(finding: Finding, lang: str, register: Instruments) -> dict[str, Any]:
    said = finding_json(finding, lang, register)
    word = finding.outcome.zh if lang == "zh" else finding.outcome.en
    return {**said, "title": checks()[finding.check].title(lang), "outcome_word": word}


def _geojson(one: Proposal) -> Any:
    if one.outline is None:
        return None
    import json

    import shapely

    return json.loads(shapely.to_geojson(one.outline))
