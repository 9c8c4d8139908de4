"""Plans of visits: drawn, put in order by days, kept with everything that is needed to draw them again."""

from dataclasses import replace
from datetime import datetime

from relocation.accounts.roles import Right
from relocation.service.numberless import numberless
from relocation.service.visiting.picking import Picked, Wish, named, pick
from relocation.service.visiting.routing import Route, route
from relocation.store import digests, log, visits
from relocation.store.opening import Store
from relocation.store.trouble import Trouble
from relocation.store.visits import Plan, Result, Stop

__all__ = ["Plan", "Result", "Stop"]

KIND = "visit-plan"
LISTED, LONGEST_NAME, MOST_A_DAY, MOST_KEPT = 200, 80, 60, 400
USUAL_A_DAY = 8


def make(store: Store, wish: Wish, *, name: str, a_day: int, now: datetime) -> Plan:
    """Draw a sample, put it in order and keep it. Trouble as for `pick`, and without a county, for a name or days that are none, too many."""
    if not wish.county:
        raise Trouble("visits-county")
    store.require(Right.CHECK, wish.county, wish.township)
    said = numberless(" ".join(name.split()))
    if not 0 < len(said) <= LONGEST_NAME or not said.isprintable():
        raise Trouble("visits-name", most=LONGEST_NAME)
    if not 1 <= a_day <= MOST_A_DAY:
        raise Trouble("visits-a-day", most=MOST_A_DAY)
    picked = pick(store, wish, now.astimezone().date())
    if len(picked.sample.drawn) > MOST_KEPT:
        raise Trouble("visits-most", size=len(picked.sample.drawn), most=MOST_KEPT)
    way = route(store, wish.county, [one.unit.code for one in picked.sample.drawn], a_day)
    plan = _plan(store, picked, way, said, a_day, now)
    with store.writing() as connection:
        number = visits.add(connection, plan)
        where = {"county": plan.county, "number": number}
        made = digests.digests(connection, ("visit_plan", where), ("visit_household", where))
        about = {"kind": KIND, "county": plan.county, "township": plan.township, "subject": f"{plan.county}-{number}"}
        new = {"seed": plan.seed, "households": plan.size, "frame": plan.frame, **digests.told(made)}
        log.append(connection, by=store.actor, at=now, action="visits.planned", **about, new=new)
    return replace(plan, number=number, results={})


def _plan(store: Store, picked: Picked, way: Route, name: str, a_day: int, now: datetime) -> Plan:
    of = {one.unit.code: one for one in picked.sample.drawn}
    stops = []
    for leg in way.legs:
        one = of[leg.code]
        asked = one.unit.earlier
        earlier = f"{asked.on.isoformat()} {asked.body}" if asked else ""
        sizes = (named(one.stratum.key), one.stratum.population, one.stratum.drawn)
        stops.append(Stop(leg.code, one.unit.township, *sizes, leg.day, leg.place, one.unit.risk.id, leg.leg_m, leg.by_road, earlier))
    order = {"a_day": a_day, "whole_m": round(way.whole_m, 1), "roads": way.roads, "straight": way.straight, "by_site": way.by_site, "unplaced": way.unplaced}
    wish = picked.wish
    return Plan(
        wish.county or "", wish.township, 0, name, wish.seed.strip(), len(stops), picked.sample.frame, {**picked.design(), "order": order}, now,
        store.actor.name, tuple(stops),
    )  # fmt: skip


def plan(store: Store, county: str, number: int) -> Plan:
    """Return a plan. Trouble (404) for one that is not there, or not within the actor's places."""
    with store.reading() as connection:
        found = visits.one_of(connection, county, number)
    if found is None:
        raise Trouble("visits-unknown", id=f"{county}-{number}")
    return found


def numbered(said: str) -> tuple[str, int]:
    """Return county and number of what people call a plan by ("411522-1"). Trouble (404) for what cannot be one."""
    county, _dash, number = said.strip().rpartition("-")
    if not (county.isascii() and county.isdigit() and number.isascii() and number.isdigit() and len(number) < 10):
        raise Trouble("visits-unknown", id=said[:40])
    return county, int(number)


def listed(store: Store) -> list[Plan]:
    """Return the plans made last, the newest first."""
    with store.reading() as connection:
        return visits.newest(connection, LISTED)


def of_household(store: Store, county: str, code: str) -> list[tuple[int, Result]]:
    """Return (plan's number, what was found) of every visit paid to a household, the newest first."""
    with store.reading() as connection:
        return visits.results_of(connection, county, code)
