"""Proposed places compared: by which measured values, with which weights, in which order, and how firm that order is."""

from collections.abc import Mapping, Sequence
from typing import Any

from checks.siting.exclusion_zones import HAZARDS, ZONES
from checks.verdict import Outcome
from relocation.service.bench.asking import Answer
from relocation.service.bench.weighing import Criterion, Holds, weigh
from relocation.service.bench.words import CRITERIA
from relocation.store.trouble import Trouble

BY_AIR = ("county-seat", "township", "industrial-park", "scenic-area")
BY_ROAD = {"road-county-seat": "county-seat", "road-township": "township"}
FOUR, EXCLUDED = "four-proximities", "exclusion-zones"
USUAL = {"county-seat": 1.0, "township": 1.0, "hazard": 1.0, "zone": 1.0}
"""The weights used where nobody sets any: said on the page, and anybody's to change."""
MOST_WEIGHT = 1_000.0


def criteria(answers: Sequence[Answer]) -> list[Criterion]:
    """Return what can be compared, metres all of it; what was measured of none of them is left out."""
    every = [Criterion(id, tuple(_value(answer, id) for answer in answers), id not in ("hazard", "zone")) for id in CRITERIA]
    return [one for one in every if any(value is not None for value in one.values)]


def compared(answers: Sequence[Answer], given: Mapping[str, float], lang: str) -> dict[str, Any]:
    """Return the comparison in one language. Trouble for a weight that is none, and for weights that are all zero."""
    known = criteria(answers)
    weights = _weights(known, given)
    failing = frozenset(number for number, answer in enumerate(answers) if answer.outcome is Outcome.FAIL)
    try:
        weighed = weigh(known, weights, len(answers), failing)
    except ValueError:
        raise Trouble("bench-no-weight") from None
    return {
        "criteria": [
            {
                "id": one.id, "label": CRITERIA[one.id][lang], "less": one.less, "unit": "m", "values": list(one.values), "weight": weights[one.id],
                "ends": list(weighed.ends[one.id]) if one.id in weighed.ends else None,
                "holds": _holds_json(weighed.holds[one.id]) if one.id in weighed.holds and len(weighed.order) > 1 else None,
            }
            for one in known
        ],
        "order": list(weighed.order), "scores": list(weighed.scores), "unranked": list(weighed.unranked), "failing": sorted(failing),
    }  # fmt: skip


def _weights(known: Sequence[Criterion], given: Mapping[str, float]) -> dict[str, float]:
    ids = {one.id for one in known}
    if wrong := next((id for id in given if id not in CRITERIA), None):
        raise Trouble("bench-criterion", value=wrong, known=", ".join(CRITERIA))
    if bad := next((id for id, weight in given.items() if not 0 <= weight <= MOST_WEIGHT), None):
        raise Trouble("bench-weight", criterion=bad, value=f"{given[bad]:g}", most=f"{MOST_WEIGHT:,.0f}")
    used = given or USUAL
    return {id: float(used.get(id, 0.0)) for id in CRITERIA if id in ids}


def _holds_json(one: Holds) -> dict[str, Any]:
    pairs = {"below": list(one.below) if one.below else None, "above": list(one.above) if one.above else None}
    return {"share": one.share, "low": one.low, "high": one.high, **pairs}


def _value(answer: Answer, id: str) -> float | None:
    """Return a measured value in metres, None where it could not be measured."""
    if id in BY_ROAD:
        road = answer.roads.get(f"{FOUR}/{BY_ROAD[id]}")
        return road.whole_m if road else None
    if id in BY_AIR:
        item = answer.item(FOUR, id)
        return item.distance_m if item and item.distance_m is not None else None
    zones = (HAZARDS,) if id == "hazard" else tuple(zone for zone in ZONES if zone != HAZARDS)
    found = [item.distance_m for zone in zones if (item := answer.item(EXCLUDED, zone)) and item.distance_m is not None]
    return min(found) if found else None
