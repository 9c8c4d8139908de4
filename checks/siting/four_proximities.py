"""Which of the four is the site near: a county seat, a township, an industrial park, a scenic area?

Counted: every resettlement site, and every dispersed house whose position is recorded. For each of the four classes the
nearest facility is found, with its name and the metres to it on the ellipsoid, from the site's outline to the
facility's outline where there is one. How well both positions are known is carried along: a limit that lies inside the
uncertainty makes the answer too close to call. The four are Henan's principle of siting, seen by October 2017 and until
2020; in other provinces and years they are shown as practice only.

Not counted: dispersed houses without a position. The main functional zone of the place is shown where none of the four
holds; it is a fallback to argue with and never a pass by itself.

Why: people who are moved should be near work, school and care. No document fixes a distance, so the limits in metres
are this program's practice values, which a county may set for itself; a site outside all of them needs a justification
and is no violation: of Henan's resettlement about 11 % officially fell outside. What the ledger claims is compared with
what was measured.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import shapely

from checks.check import Around, rule
from checks.choices import Mode, Proximity
from checks.policy import Limit, Terms
from checks.records import Array, Records
from checks.verdict import Flags, Outcome, Verdict, When, first, lacking
from checks.vocabulary import HOUSEHOLD, SITE
from geo.layer import Layer
from geo.overlap import inside
from geo.proximity import Nearest, nearest, nearest_from, possible, possible_from, surest, surest_from

CLASSES = {
    Proximity.COUNTY_SEAT: "county_seats",
    Proximity.TOWNSHIP: "townships",
    Proximity.INDUSTRIAL_PARK: "industrial_parks",
    Proximity.SCENIC_AREA: "scenic_areas",
}
ZONES = "functional_zones"
LAYERS = (*CLASSES.values(), ZONES)
WITHIN, TOO_CLOSE, BEYOND, UNPLACED, ABSENT = "within", "too-close", "beyond", "unplaced", "absent"


@rule(about=SITE, dated_by="approved_on", layers=LAYERS)
def four_proximities(place: Records, law: Terms, around: Around) -> Verdict:
    """Find the nearest facility of each class and judge which of them the place is near."""
    limits = {
        Proximity.COUNTY_SEAT: law.most_m_to_county_seat,
        Proximity.TOWNSHIP: law.most_m_to_township,
        Proximity.INDUSTRIAL_PARK: law.most_m_to_industrial_park,
        Proximity.SCENIC_AREA: law.most_m_to_scenic_area,
    }
    absent = np.full(len(place), ABSENT, dtype=object)
    decided = {kind: _decided(place, around[layer], limits[kind]) if layer in around else (None, absent) for kind, layer in CLASSES.items()}
    found = {kind: near for kind, (near, _state) in decided.items()}
    states = {kind: state for kind, (_near, state) in decided.items()}
    verdict = _measured(found, states, limits)
    held = {state: np.logical_or.reduce([states[kind] == state for kind in CLASSES]) for state in (WITHIN, TOO_CLOSE, ABSENT, UNPLACED)}
    dayless = np.isnat(place.approved_on)
    unexplained = lacking(place, "justification")
    return first(
        When(lacking(place, "outline") & lacking(place, "lon", "lat"), Outcome.NO_DATA, "missing", ("lon", "lat")),
        When(dayless, Outcome.NO_DATA, "missing", ("approved_on",)),
        When(held[WITHIN] & _claim_refuted(place, states), Outcome.REVIEW, "claim-differs", by_limit=True),
        When(held[WITHIN], Outcome.PASS, "near", by_limit=True),
        When(held[TOO_CLOSE], Outcome.REVIEW, "too-close", by_limit=True),
        *(When(states[kind] == ABSENT, Outcome.NO_DATA, "layer-absent", _layers_absent(states)) for kind in CLASSES),
        *(When(states[kind] == UNPLACED, Outcome.NO_DATA, "facility-unplaced", (layer,)) for kind, layer in CLASSES.items()),
        When(unexplained, Outcome.REVIEW, "needs-justification", by_limit=True),
        otherwise=verdict,
    ).having(
        claimed=place.claimed_proximity,
        claimed_target=place.claimed_target,
        justification=place.justification,
        **_near_facts(found, states, limits, around),
        **_zone_facts(place, around.get(ZONES)),
    )


@rule(
    about=HOUSEHOLD,
    dated_by="approved_on",
    needs=("mode",),
    applies=lambda home: (home.mode == Mode.DISPERSED) & ~lacking(home, "lon", "lat"),
    layers=LAYERS,
)
def dispersed_house(home: Records, law: Terms, around: Around) -> Verdict:
    """Judge a dispersed house with a position exactly as a site."""
    return four_proximities.judge(home, law, around=around)


def _decided(place: Records, layer: Layer, limit: Limit) -> tuple[Nearest, Array]:
    """Return the facility that decides and the state it decides.

    The nearest facility may be known to some kilometres only while a farther one is known well. So *within* is decided by
    the one that is near even at its worst, *beyond* only when even the one that may be nearest lies beyond the limit.
    """
    near, surely, perhaps = _asked(place, layer)
    own = np.nan_to_num(place.uncertainty_m)
    within = surely.distance_m + surely.uncertainty_m + own <= limit.amounts
    too_close = ~within & (perhaps.distance_m - perhaps.uncertainty_m - own <= limit.amounts)
    counties, county_of = place.grouped("county")
    some_unplaced = np.isin(counties, _incomplete_in(layer, counties))[county_of] | (near.which < 0)
    state = np.where(within, WITHIN, np.where(too_close, TOO_CLOSE, np.where(some_unplaced, UNPLACED, BEYOND))).astype(object)
    told = (np.where(within, one, np.where(too_close, two, three)) for one, two, three in zip(surely, perhaps, near, strict=True))
    return Nearest(*told), state


def _incomplete_in(layer: Layer, counties: list[str]) -> list[str]:
    """Return the counties whose facilities are not all placed; one without any seat or township on record has an incomplete layer."""
    unplaced = set(layer.counties[layer.unplaced].astype(str))
    on_record = set(layer.counties.astype(str)) - {""}
    if layer.id in (CLASSES[Proximity.COUNTY_SEAT], CLASSES[Proximity.TOWNSHIP]) and on_record:
        unplaced |= set(counties) - on_record
    return sorted(unplaced)


def _asked(place: Records, layer: Layer) -> tuple[Nearest, Nearest, Nearest]:
    """Measure from the outline where the record has one, from the point where it has not: the nearest, the surest, the possible."""
    lon, lat = place.lon.astype(np.float64), place.lat.astype(np.float64)
    outlined = ~lacking(place, "outline")
    if outlined.any():
        shapes = np.where(outlined, place.outline, np.asarray(shapely.points(lon, lat), dtype=object))
        near = nearest_from(shapes, layer)
        return (near, surest_from(shapes, layer), possible_from(shapes, layer)) if _differ(layer) else (near, near, near)
    near = nearest(lon, lat, layer)
    return (near, surest(lon, lat, layer), possible(lon, lat, layer)) if _differ(layer) else (near, near, near)


def _differ(layer: Layer) -> bool:
    """Tell whether the layer's positions are known unequally well; where not, the three answers are one."""
    return len(layer.by_uncertainty) > 1


def _measured(found: Mapping[Proximity, Nearest | None], states: Mapping[Proximity, Array], limits: Mapping[Proximity, Limit]) -> Verdict:
    """Rest the answer on the primary class: the best state, and of those the smallest share of its limit."""
    scores = []
    for kind, near in found.items():
        state = states[kind]
        rank = np.where(state == WITHIN, 0.0, np.where(state == TOO_CLOSE, 1e6, np.where(state == ABSENT, np.inf, 2e6)))
        share = np.full(len(rank), np.inf) if near is None else near.distance_m / limits[kind].amounts
        scores.append(rank + np.minimum(np.nan_to_num(share, nan=9e5), 9e5))
    best = np.argmin(scores, axis=0)
    rows = len(best)
    metres = np.array([np.full(rows, np.nan) if near is None else near.distance_m for near in found.values()])
    measured = metres[best, np.arange(rows)]
    words = np.array([kind.id for kind in found], dtype=object)
    return Verdict(
        np.full(rows, Outcome.REVIEW, dtype=np.int8),
        np.zeros(rows, dtype=np.int16),
        ("justified",),
        np.where(np.isfinite(measured), measured, np.nan),
        tuple(limits.values()),
        np.where(np.isfinite(measured), best, -1).astype(np.int8),
        facts={"primary": words[best]},
    )


def _claim_refuted(place: Records, states: Mapping[Proximity, Array]) -> Flags:
    """Tell where the ledger claims a class that was measured to be beyond its limit."""
    claims = place.claimed_proximity.astype(str)
    refuted = np.zeros(len(place), dtype=np.bool_)
    for kind, state in states.items():
        refuted |= (np.char.find(claims, kind.id) >= 0) & (state == BEYOND)
    return refuted


def _layers_absent(states: Mapping[Proximity, Array]) -> tuple[str, ...]:
    return tuple(CLASSES[kind] for kind, state in states.items() if len(state) and state[0] == ABSENT)


def _near_facts(
    found: Mapping[Proximity, Nearest | None], states: Mapping[Proximity, Array], limits: Mapping[Proximity, Limit], around: Around
) -> dict[str, Array]:
    facts: dict[str, Array] = {}
    for kind, near in found.items():
        at = f"near.{kind.id}."
        facts[at + "state"] = states[kind]
        facts[at + "limit_m"] = limits[kind].amounts
        if near is not None:
            facts[at + "name"] = _names(around[CLASSES[kind]], near.which)
            facts |= {at + "m": near.distance_m, at + "uncertainty_m": near.uncertainty_m, at + "lon": near.at_lon, at + "lat": near.at_lat}
    return facts


def _names(layer: Layer, which: npt.NDArray[np.int64]) -> Array:
    return np.array([*layer.names, ""], dtype=object)[which]


def _zone_facts(place: Records, zones: Layer | None) -> dict[str, Array]:
    """Name the functional zone the place stands in: where people are moved *to*."""
    if zones is None or "category" not in zones.attributes:
        return {"zone.here.state": np.full(len(place), ABSENT, dtype=object)}
    which = inside(place.lon.astype(np.float64), place.lat.astype(np.float64), zones)
    state = np.where(which < 0, "outside", "known").astype(object)
    if "confidence" in zones.attributes:
        state[(which >= 0) & (zones.attributes["confidence"] != "high")[which]] = "inferred"
    zh = zones.attributes["category"]
    said = {"category": zh, "category_en": zones.attributes.get("category_en", zh)}
    facts = {f"zone.here.{name}": np.array([*column, ""], dtype=object)[which] for name, column in said.items()}
    return {"zone.here.state": state, "zone.here.name": _names(zones, which), **facts}
