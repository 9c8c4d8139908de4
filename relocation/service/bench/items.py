"""What every check looked at in one place, item by item: what applies, what was checked and does not, and what could not be checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.check import Check
from checks.finding import Finding
from checks.sentence import phrase
from checks.siting.exclusion_zones import HAZARDS
from checks.siting.four_proximities import CLASSES
from geo.layer import Layer
from relocation.service.bench.words import HOUSEHOLDS_ONLY, STATES
from relocation.service.lawbook import amount_on
from relocation.store.opening import Store

APPLIES = frozenset({"within", "too-close", "inside", "overlaps", "near", "keep-away", "known", "inferred"})
CLEAR = frozenset({"beyond", "clear", "empty", "outside", "not-about"})
"""States of the two lists; every other one means that something could not be checked, which is neither."""

LAYER_OF: Mapping[str, str] = {**{kind.id: layer for kind, layer in CLASSES.items()}, "here": "functional_zones"}
"""The layer an item was measured on, where it is not called like the layer."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a check looked at: how it stands, and where, how far and how surely its nearest feature lies (None: does not apply)."""

    check: str
    key: str
    state: str
    said: Mapping[str, str]
    label: Mapping[str, str]
    layer: str = ""
    source: str = ""
    dated: str = ""
    name: str = ""
    distance_m: float | None = None
    uncertainty_m: float | None = None
    percent: float | None = None
    limit_m: float | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def id(self) -> str:
        """What it is contested by."""
        return f"{self.check}/{self.key}"

    @property
    def list(self) -> str:
        """Which list it stands in: applies, clear or unchecked."""
        return "applies" if self.state in APPLIES else "clear" if self.state in CLEAR else "unchecked"

    def json(self, lang: str) -> dict[str, Any]:
        """Return the item for the page and for programs."""
        numbers = {name: getattr(self, name) for name in ("distance_m", "uncertainty_m", "percent", "limit_m", "lon", "lat")}
        texts = {"id": self.id, "check": self.check, "key": self.key, "state": self.state, "list": self.list, "name": self.name}
        return {
            **texts, "state_word": STATES[self.state][lang], "said": self.said[lang], "label": self.label[lang],
            "layer": self.layer, "source": self.source, "dated": self.dated, **numbers,
        }  # fmt: skip


def items_of(store: Store, check: Check, finding: Finding, layers: Mapping[str, Layer], uncertainty_m: float, day: date) -> list[Item]:
    """Return what a check's facts say of each facility and zone it looked at."""
    keep_m = amount_on(store, check.id, "least_m_from_hazard", finding.county, day) if HAZARDS in check.sheet.labels else None
    made = []
    for group in check.sheet.phrases:
        facts: Any = finding.facts.get(group)
        for key, item in facts.items() if isinstance(facts, Mapping) else ():
            made.append(_item(check, group, key, item, layers.get(LAYER_OF.get(str(key), str(key))), (keep_m, uncertainty_m)))
    return made


def _item(check: Check, group: str, key: str, item: Mapping[str, Any], layer: Layer | None, keeping: tuple[float | None, float]) -> Item:
    state, keep_m = str(item["state"]), keeping[0] if key == HAZARDS else None
    least_m = None if item.get("m") is None else item["m"] - (item.get("uncertainty_m") or 0.0) - keeping[1]
    if keep_m is not None and state == "clear" and least_m is not None and least_m < keep_m:
        state = "keep-away"
    numbers = {name: item.get(name) for name in ("uncertainty_m", "percent", "lon", "lat")}
    return Item(
        check.id, key, state, {lang: phrase(check.sheet, group, key, item, lang) for lang in ("zh", "en")}, check.sheet.labels[key],
        layer.id if layer else LAYER_OF.get(key, key), layer.source if layer else "", layer.dated if layer else "",
        str(item.get("name") or ""), item.get("m"), **numbers, limit_m=item.get("limit_m") if keep_m is None else keep_m,
    )  # fmt: skip


def not_about(check: Check) -> Item:
    """Return the item of a check of siting that is about households only."""
    titles = {lang: check.title(lang) for lang in ("zh", "en")}
    return Item(check.id, "households", "not-about", {lang: HOUSEHOLDS_ONLY[lang].format(title=titles[lang]) for lang in titles}, titles)
