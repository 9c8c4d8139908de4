"""An office with a few findings and the people who carry them to their end."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store
from relocation.service.checking import RunReport, check
from relocation.service.importing import import_files

NOW = datetime(2018, 6, 4, 2, tzinfo=UTC)  # a Monday
DAY = date(2018, 6, 4)
HEADING = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积"

LARGE, FITTING = "150", "100"
"""Floor areas in square metres: of four persons, too much, and as much as they may have."""


def home(code: str, area: str = LARGE, township: str = "十里镇") -> str:
    return f"{code},演甲,{township},是,4,2017-03-01,集中安置,{area}"


def bring(store: Store, write: Callable[..., Path], lines: Sequence[str], *, county: str = "411522") -> None:
    """Import households, without checking them."""
    import_files(store, [write(lines, heading=HEADING)], now=NOW, county=county, as_kind="households")


def judged(store: Store, *, county: str | None = None, only: Sequence[str] = ("living-area",), now: datetime = NOW) -> RunReport:
    """Run one check."""
    return check(store, as_of=DAY, now=now, county=county, only=only)


def actor(name: str, *roles: Role, county: str = "411522", township: str = "") -> Actor:
    """Return somebody bound to a county or a township."""
    scope = Scope(frozenset(), frozenset({(county, township)})) if township else Scope(frozenset({county}))
    return Actor(name, name, frozenset(roles), scope)


KEEPER, REVIEWER, VIEWER = actor("keeper", Role.KEEPER), actor("reviewer", Role.REVIEWER), actor("viewer", Role.VIEWER)
BOTH = actor("both", Role.KEEPER, Role.REVIEWER)
ELSEWHERE = actor("elsewhere", Role.KEEPER, Role.REVIEWER, county="411523")
