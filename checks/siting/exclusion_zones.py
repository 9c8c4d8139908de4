"""Does the place lie where nobody may be settled: a hazard, the red line, permanent farmland, a flood, a steep slope?

Counted: every resettlement site, and every dispersed house whose position is recorded. A site with an outline is
measured by the share of it that lies in a zone, one with a point by whether the point lies inside and by the metres to
the nearest zone. How well both positions are known is carried along: inside is said only where the place lies deeper in
the zone than the uncertainty, clear only where it lies farther from it; in between it is too close to call. Hazards
come as points as well, so a distance to keep from them is judged too. Steep slopes come as polygons, or as a grid of
slopes in degrees: its cells steeper than the number below become zones when it is imported, and ground that it does not
cover, or for which it has no number, is neither inside nor clear: that is no data.

Not counted: dispersed houses without a position that the ledger says were screened. A layer that was not supplied leaves
the others' answer open and is said once a county; a place hit by a layer that was supplied is reported all the same. From
the first day of the duty to screen on, a place said not to have been screened breaks it whatever the map shows, and one
of which the ledger says nothing stays open even where it is clear of every zone: laying maps over each other here is no
screening on the ground. Of those approved before that day, one said not to have been screened is a review; for the rest
the map alone decides.

Why: people moved off a landslide must not be moved onto another. The screening is a formal duty since 20 April 2017,
for all sites and for dispersed houses too. The zones themselves bind by laws of their own; no number made for relocation
was seen, so lying in one is a question for the office that keeps the zone, and the distance to keep is this program's
practice value.
"""

from typing import NamedTuple

import numpy as np
import shapely

from checks.check import Around, rule
from checks.choices import Mode
from checks.policy import NO_RULE, Terms
from checks.records import Array, Records
from checks.verdict import (
    NO_RULE_THAT_DAY,
    NOT_SUPPLIED,
    OUTSIDE,
    Flags,
    Numbers,
    Outcome,
    Verdict,
    When,
    at_least,
    at_most,
    first,
    instead,
    lacking,
    settled,
    strictest,
)
from checks.vocabulary import HOUSEHOLD, SITE
from geo.layer import Layer
from geo.overlap import share, shared_width_m
from geo.proximity import Nearest, nearest, nearest_from, possible, possible_from

HAZARDS = "geological_hazards"
ZONES = (HAZARDS, "ecological_red_line", "permanent_farmland", "flood_zones", "steep_slopes")
INSIDE, OVERLAPS, TOO_CLOSE, CLEAR, NEAR, EMPTY, UNPLACED, UNCOVERED, PLACELESS, ABSENT = (
    "inside", "overlaps", "too-close", "clear", "near", "empty", "unplaced", "uncovered", "placeless", "absent",
)  # fmt: skip

LEAST_M_A_DEGREE = 110_000.0
"""Of latitude; a degree of longitude has that times the cosine of the latitude, so that what is known to some metres is not taken for less."""


class Met(NamedTuple):
    """What a place has to do with one layer: the zone that decides, the share of the place in it, the least metres to it."""

    near: Nearest
    share: Numbers
    least_m: Numbers
    state: Array


@rule(about=SITE, dated_by="approved_on", layers=ZONES)
def exclusion_zones(place: Records, law: Terms, around: Around) -> Verdict:
    """Lay the place over every zone and judge what it lies in, what it may lie in, and what cannot be said."""
    met = {zone: _met(place, around[zone]) for zone in ZONES if zone in around}
    absent = tuple(zone for zone in ZONES if zone not in around)
    held = np.maximum.reduce([np.zeros(len(place)), *(one.share for one in met.values())])
    to_hazard = met[HAZARDS].least_m if HAZARDS in met else np.full(len(place), np.inf)
    screened, duty = place.stored("risk_screened").astype(np.float64), law.least_screenings
    unsaid = lacking(place, "risk_screened") & (duty.which >= 0)
    screened[screened < 0] = np.nan
    late = (duty.which == NO_RULE) & (screened == 0) & (law.as_judged().least_screenings.which >= 0)
    verdict = strictest(
        at_most(100 * held, law.most_percent_inside, within="clear", over="inside"),
        at_least(screened, duty, under="not-screened"),
        at_least(to_hazard, law.least_m_from_hazard, under="near-hazard"),
        instead(settled(len(place), Outcome.NOT_APPLICABLE, NO_RULE_THAT_DAY), _screened_since(screened, law), late),
    )
    unsure = np.logical_or.reduce([np.zeros(len(place), np.bool_), *(one.state == TOO_CLOSE for one in met.values())])
    passing, broken = verdict.outcome == Outcome.PASS, verdict.outcome == Outcome.FAIL
    return first(
        When(~_placed(place) & unsaid, Outcome.NO_DATA, "missing", ("risk_screened", "lon", "lat")),
        When(~_placed(place) & ~broken & ~late, Outcome.NO_DATA, "missing", ("lon", "lat")),
        When(np.isnat(place.approved_on), Outcome.NO_DATA, "missing", ("approved_on",)),
        When(unsure & (held == 0) & ~broken, Outcome.REVIEW, "too-close"),
        When(unsaid & (verdict.outcome == Outcome.NO_DATA), Outcome.NO_DATA, "screening-unsaid", ("risk_screened",)),
        When(passing & bool(absent), Outcome.NO_DATA, NOT_SUPPLIED, absent),
        *(When(passing & (one.state == UNPLACED), Outcome.NO_DATA, "zone-unplaced", (zone,)) for zone, one in met.items()),
        *(When(passing & (one.state == UNCOVERED), Outcome.NO_DATA, "zone-uncovered", (zone,)) for zone, one in met.items()),
        otherwise=verdict,
    ).having(**_facts(met, around, len(place)))


@rule(
    about=HOUSEHOLD,
    dated_by="approved_on",
    needs=("mode",),
    applies=lambda home: (home.mode == Mode.DISPERSED) & (_placed(home) | (home.stored("risk_screened") != 1)),
    layers=ZONES,
)
def dispersed_house(home: Records, law: Terms, around: Around) -> Verdict:
    """Judge a dispersed house exactly as a site; without a position it is asked for its screening only, once that is a duty."""
    nothing_asked = ~_placed(home) & lacking(home, "risk_screened") & (law.least_screenings.which == NO_RULE)
    return first(When(nothing_asked, Outcome.NOT_APPLICABLE, OUTSIDE), otherwise=exclusion_zones.judge(home, law, around=around))


def _screened_since(screened: Numbers, law: Terms) -> Verdict:
    """Judge a place approved before screening was a duty by the duty of today: at most a question, since nobody had to screen it then."""
    return at_least(screened, law.as_judged().least_screenings, under="not-screened-since", fails=False)


def _placed(place: Records) -> Flags:
    return ~(lacking(place, "outline") & lacking(place, "lon", "lat"))


def _met(place: Records, whole: Layer) -> Met:
    layer = whole.covered
    lon, lat = place.lon.astype(np.float64), place.lat.astype(np.float64)
    outlined = ~lacking(place, "outline")
    if outlined.any():
        shapes = np.where(outlined, place.outline, np.asarray(shapely.points(lon, lat), dtype=object))
        near = nearest_from(shapes, layer)
        perhaps = possible_from(shapes, layer) if len(layer.by_uncertainty) > 1 else near
    else:
        near = nearest(lon, lat, layer)
        perhaps = possible(lon, lat, layer) if len(layer.by_uncertainty) > 1 else near
    own = np.nan_to_num(place.uncertainty_m)
    touched = near.distance_m == 0
    deep_m, part = np.full(len(place), -1.0), np.zeros(len(place))
    points = np.flatnonzero(touched & ~outlined)
    if len(points):
        deep_m[points], part[points] = nearest(lon[points], lat[points], layer.borders).distance_m, 1.0
    for row in np.flatnonzero(touched & outlined).tolist():
        shares = share(place.outline[row], layer)
        if shares.any():
            near.which[row], part[row] = np.argmax(shares), shares.max()
            deep_m[row] = shared_width_m(place.outline[row], layer.shapes[near.which[row]])
    told = Nearest(*(np.where(touched, one, two) for one, two in zip(near, perhaps, strict=True)))
    ground = np.append(shapely.get_dimensions(layer.shapes) == 2, False)[told.which]  # a point or a line holds nothing
    off_m = own + np.nan_to_num(np.append(layer.uncertainty_m, 0.0)[told.which])
    surely = touched & ground & (part > 0) & (deep_m >= off_m)
    least_m = perhaps.distance_m - perhaps.uncertainty_m - own
    state = np.where(least_m > 0, CLEAR, np.where(ground | (layer.id != HAZARDS), TOO_CLOSE, NEAR)).astype(object)
    state[(state == CLEAR) & ~np.isfinite(near.distance_m)] = EMPTY
    state[np.isnan(near.distance_m)] = PLACELESS
    state[surely] = np.where(outlined, OVERLAPS, INSIDE)[surely]
    state[np.isin(state, (CLEAR, EMPTY)) & _some_unplaced(place, layer)] = UNPLACED
    state[np.isin(state, (CLEAR, EMPTY)) & _uncovered(place, whole.uncovered)] = UNCOVERED
    return Met(told, np.where(surely, part, 0.0), np.maximum(np.nan_to_num(least_m, nan=np.inf, posinf=np.inf), 0.0), state)


def _uncovered(place: Records, blank: Layer) -> Flags:
    """Tell which places touch, with the uncertainty of their position, ground of their own county of which a layer says nothing."""
    found = np.zeros(len(place), dtype=np.bool_)
    if not len(blank):
        return found
    lon, lat = place.lon.astype(np.float64), place.lat.astype(np.float64)
    shapes = np.where(lacking(place, "outline"), np.asarray(shapely.points(lon, lat), dtype=object), place.outline)
    off_deg = np.nan_to_num(place.uncertainty_m) / (LEAST_M_A_DEGREE * np.cos(np.radians(np.nan_to_num(lat))))
    for shape, county in zip(blank.shapes, blank.counties, strict=True):
        shapely.prepare(shape)
        here = place.county == county
        found[here] |= shapely.dwithin(shapes[here], shape, off_deg[here])
    return found


def _some_unplaced(place: Records, layer: Layer) -> Flags:
    """Tell for which places a zone of their county, or of nobody's, is known to exist and not where."""
    counties, county_of = place.grouped("county")
    lost = set(layer.counties[layer.unplaced].astype(str).tolist())
    return np.array(["" in lost or county in lost for county in counties], dtype=np.bool_)[county_of]


def _facts(met: dict[str, Met], around: Around, rows: int) -> dict[str, Array]:
    facts: dict[str, Array] = {f"zones.{zone}.state": np.full(rows, ABSENT, dtype=object) for zone in ZONES}
    for zone, (near, part, _, state) in met.items():
        at = f"zones.{zone}."
        facts[at + "state"] = state
        facts[at + "name"] = np.array([*around[zone].covered.names, ""], dtype=object)[near.which]
        facts |= {
            at + "percent": 100 * part,
            at + "m": near.distance_m,
            at + "uncertainty_m": near.uncertainty_m,
            at + "lon": near.at_lon,
            at + "lat": near.at_lat,
        }
    return facts
