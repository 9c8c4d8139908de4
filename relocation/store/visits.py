"""Plans of visits as they are kept, with their households and what was found there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from relocation.store.files import as_utc, in_utc
from relocation.store.visit_tables import visit_elsewhere, visit_household, visit_plan, visit_result


@dataclass(frozen=True, slots=True)
class Stop:
    """A household of a plan: its stratum with sizes, its day and place in the day, the way to it in metres."""

    code: str
    township: str
    stratum: str
    population: int
    drawn: int
    day: int
    place: int
    risk: str
    leg_m: float | None
    by_road: bool
    earlier: str

    @property
    def weight(self) -> float:
        """How many households it stands for."""
        return self.population / self.drawn


@dataclass(frozen=True, slots=True)
class Result:
    """What a visit found. None where nothing was said."""

    code: str
    township: str
    visited_on: date
    measured_area_m2: float | None
    persons_met: int | None
    in_order: bool | None
    four_meet: bool | None
    signed: bool | None
    lived_in: bool | None
    house_before: str
    house_after: str
    remark: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of visits; `design` says how it was drawn and put in order."""

    county: str
    township: str
    number: int
    name: str
    seed: str
    size: int
    frame: int
    design: Mapping[str, Any]
    at: datetime
    who: str
    stops: tuple[Stop, ...] = ()
    results: Mapping[str, Result] | None = None

    @property
    def id(self) -> str:
        """What people call it by: county and number."""
        return f"{self.county}-{self.number}"


_STOP = tuple(Stop.__dataclass_fields__)
_RESULT = tuple(Result.__dataclass_fields__)
_FLAGS = ("in_order", "four_meet", "signed", "lived_in")


def add(connection: Connection, one: Plan) -> int:
    """Keep a plan with its households under the county's next number and return that; `one.number` is not looked at."""
    number = int(connection.execute(select(func.max(visit_plan.c.number)).where(visit_plan.c.county == one.county)).scalar() or 0) + 1
    plain = {name: getattr(one, name) for name in ("county", "township", "name", "seed", "size", "frame", "who")}
    design = json.dumps(one.design, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    connection.execute(insert(visit_plan).values(**plain, number=number, design=design, at=in_utc(one.at)))
    rows = [{**{name: getattr(stop, name) for name in _STOP}, "by_road": int(stop.by_road), "county": one.county, "number": number} for stop in one.stops]
    connection.execute(insert(visit_household), rows)
    return number


def one_of(connection: Connection, county: str, number: int) -> Plan | None:
    """Return a plan with its households, by day and place, and the newest result of each; None where there is none a reader may see."""
    found = connection.execute(select(visit_plan).where(visit_plan.c.county == county, visit_plan.c.number == number)).mappings().first()
    if found is None:
        return None
    wanted = select(visit_household).where(visit_household.c.county == county, visit_household.c.number == number)
    rows = connection.execute(wanted.order_by(visit_household.c.day, visit_household.c.place)).mappings()
    stops = tuple(Stop(**{**{name: row[name] for name in _STOP}, "by_road": bool(row["by_road"])}) for row in rows)
    return _plan(found, stops, results(connection, county, number))


def newest(connection: Connection, most: int) -> list[Plan]:
    """Return the plans made last, the newest first, without their households."""
    wanted = select(visit_plan).order_by(visit_plan.c.at.desc(), visit_plan.c.id.desc()).limit(most)
    return [_plan(row, (), None) for row in connection.execute(wanted).mappings()]


def results(connection: Connection, county: str, number: int) -> dict[str, Result]:
    """Return code → what was found there last."""
    wanted = select(visit_result).where(visit_result.c.county == county, visit_result.c.number == number).order_by(visit_result.c.id)
    return {row["code"]: _result(row) for row in connection.execute(wanted).mappings()}


def results_of(connection: Connection, county: str, code: str) -> list[tuple[int, Result]]:
    """Return (number of the plan, what was found) of one household, the newest first."""
    wanted = select(visit_result).where(visit_result.c.county == county, visit_result.c.code == code).order_by(visit_result.c.id.desc())
    return [(row["number"], _result(row)) for row in connection.execute(wanted).mappings()]


def keep_results(connection: Connection, county: str, number: int, found: Iterable[Result], *, file: str, at: datetime, who: str) -> list[int]:
    """Add what was found and return the rows' numbers."""
    made = []
    for one in found:
        plain = {name: getattr(one, name) for name in _RESULT}
        flags = {name: None if plain[name] is None else int(plain[name]) for name in _FLAGS}
        values = {**plain, **flags, "county": county, "number": number, "file": file, "at": in_utc(at), "who": who}
        made.append(int(connection.execute(insert(visit_result).values(**values).returning(visit_result.c.id)).scalar_one()))
    return made


def keep_elsewhere(connection: Connection, county: str, rows: Sequence[tuple[str, str, date, str]], *, file: str, at: datetime) -> list[int]:
    """Add visits (code, township, day, body) of other bodies that are not known yet and return their rows' numbers."""
    wanted = select(visit_elsewhere.c.code, visit_elsewhere.c.visited_on, visit_elsewhere.c.body).where(visit_elsewhere.c.county == county)
    known, made = {tuple(row) for row in connection.execute(wanted)}, []
    for code, township, on, body in rows:
        if (code, on, body) in known:
            continue
        known.add((code, on, body))
        values = {"county": county, "code": code, "township": township, "visited_on": on, "body": body, "file": file, "at": in_utc(at)}
        made.append(int(connection.execute(insert(visit_elsewhere).values(**values).returning(visit_elsewhere.c.id)).scalar_one()))
    return made


def earlier(connection: Connection, county: str, since: date) -> dict[str, tuple[date, str]]:
    """Return code → day and body of the latest visit since a day: of other bodies, of results, and of plans that nobody reported on yet; "#" and the plan's id stands for a body of our own."""
    found: dict[str, tuple[date, str]] = {}

    def told(code: str, on: date, body: str) -> None:
        if on >= since and (code not in found or on > found[code][0]):
            found[code] = (on, body)

    planned = select(visit_household.c.code, visit_plan.c.at, visit_plan.c.number).join(
        visit_plan, (visit_plan.c.county == visit_household.c.county) & (visit_plan.c.number == visit_household.c.number)
    )
    for code, at, number in connection.execute(planned.where(visit_household.c.county == county)):
        told(code, as_utc(at).date(), f"#{county}-{number}")
    for code, on, number in connection.execute(
        select(visit_result.c.code, visit_result.c.visited_on, visit_result.c.number).where(visit_result.c.county == county, visit_result.c.visited_on >= since)
    ):
        told(code, on, f"#{county}-{number}")
    wanted = select(visit_elsewhere.c.code, visit_elsewhere.c.visited_on, visit_elsewhere.c.body)
    for code, on, body in connection.execute(wanted.where(visit_elsewhere.c.county == county, visit_elsewhere.c.visited_on >= since)):
        told(code, on, body)
    return found


def _plan(row: Any, stops: tuple[Stop, ...], found: Mapping[str, Result] | None) -> Plan:
    plain = {name: row[name] for name in ("county", "township", "number", "name", "seed", "size", "frame", "who")}
    return Plan(**plain, at=as_utc(row["at"]), design=json.loads(row["design"]), stops=stops, results=found)


def _result(row: Any) -> Result:
    plain = {name: row[name] for name in _RESULT}
    return Result(**{**plain, **{name: None if row[name] is None else bool(row[name]) for name in _FLAGS}})
