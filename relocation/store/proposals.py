"""Proposed sites kept with their frozen answer, and the reasons given against parts of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, func, insert, select

from relocation.store.files import as_utc, in_utc
from relocation.store.proposal_tables import proposed_contest, proposed_site


@dataclass(frozen=True, slots=True)
class Contest:
    """A reason against one item of the answer; `state` is what the program had found."""

    item: str
    state: str
    reason: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposed site as it was kept: WGS-84 degrees, the whole answer of that day by language."""

    county: str
    number: int
    name: str
    lon: float
    lat: float
    uncertainty_m: float
    as_of: date
    outcome: str
    answer: Mapping[str, Any]
    remark: str
    at: datetime
    who: str
    outline: BaseGeometry | None = None
    contests: tuple[Contest, ...] = ()

    @property
    def id(self) -> str:
        """What people call it by: county and number."""
        return f"{self.county}-{self.number}"


def add(connection: Connection, one: Kept) -> int:
    """Keep a proposal under the county's next number, and return that number; `one.number` is not looked at."""
    last = connection.execute(select(func.max(proposed_site.c.number)).where(proposed_site.c.county == one.county)).scalar()
    number = int(last or 0) + 1
    plain = {name: getattr(one, name) for name in ("county", "name", "lon", "lat", "uncertainty_m", "as_of", "outcome", "remark", "who")}
    outline = None if one.outline is None else shapely.to_wkb(one.outline)
    answer = json.dumps(one.answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    connection.execute(insert(proposed_site).values(**plain, number=number, outline=outline, answer=answer, at=in_utc(one.at)))
    return number


def contest(connection: Connection, county: str, number: int, one: Contest) -> int:
    """Keep a reason against an item and return its row's number."""
    values = {"item": one.item, "state": one.state, "reason": one.reason, "at": in_utc(one.at), "who": one.who}
    added = insert(proposed_contest).values(county=county, number=number, **values).returning(proposed_contest.c.id)
    return int(connection.execute(added).scalar_one())


def one_of(connection: Connection, county: str, number: int) -> Kept | None:
    """Return a proposal with what is contested of it; None where there is none a reader may see."""
    found = connection.execute(select(proposed_site).where(proposed_site.c.county == county, proposed_site.c.number == number)).mappings().first()
    if found is None:
        return None
    wanted = select(proposed_contest).where(proposed_contest.c.county == county, proposed_contest.c.number == number).order_by(proposed_contest.c.id)
    against = tuple(Contest(row["item"], row["state"], row["reason"], as_utc(row["at"]), row["who"]) for row in connection.execute(wanted).mappings())
    return _kept(found, against)


def newest(connection: Connection, most: int, county: str | None = None) -> list[Kept]:
    """Return the proposals kept last, the newest first, without what is contested of them."""
    wanted = select(proposed_site).order_by(proposed_site.c.at.desc(), proposed_site.c.id.desc()).limit(most)
    if county:
        wanted = wanted.where(proposed_site.c.county == county)
    return [_kept(row, ()) for row in connection.execute(wanted).mappings()]


def _kept(row: Any, contests: tuple[Contest, ...]) -> Kept:
    plain = {name: row[name] for name in ("county", "number", "name", "lon", "lat", "uncertainty_m", "as_of", "outcome", "remark", "who")}
    outline = None if row["outline"] is None else shapely.from_wkb(bytes(row["outline"]))
    return Kept(**plain, at=as_utc(row["at"]), answer=json.loads(row["answer"]), outline=outline, contests=contests)
