"""The demonstration's ledger as it stands after some weeks of work: opened, assigned, some carried out, one closed and one sent back, with photos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from relocation.accounts.demonstration import colleague
from relocation.accounts.roles import Role
from relocation.ledger.months import month_of
from relocation.ledger.moves import Move
from relocation.ledger.states import Tier
from relocation.service.acting import government_of
from relocation.service.evidence.attaching import attach, claim
from relocation.service.rectification import bulk, months
from relocation.service.rectification.days import day_of
from relocation.service.rectification.lists import bring_list
from relocation.service.rectification.moving import Wish, move
from relocation.service.rectification.opening import open_fails
from relocation.service.reference import shipped_file
from relocation.store.opening import Store

MEASURE = "逐户核对，限期整改，整改前后各留照片"
RETURNED = "照片不是在北冲拍的，请到现场重拍"
DISMISSED = "逐户核对过：清单所指的户不在本县搬迁名册内"
APPROVER = "县整改办"
DISMISSALS = 3


@dataclass(frozen=True, slots=True)
class Moments:
    """When the demonstration's past happened, in order: its ledgers came, each list, the first month's end was frozen, the lists were worked on.

    `frozen` are the months that are frozen, none where all of it happens on one day.
    """

    begun: datetime
    lists: tuple[datetime, datetime, datetime]
    froze: datetime
    worked: datetime
    frozen: tuple[str, ...] = ()


def on_one_day(now: datetime) -> Moments:
    """Return a past that is no longer than a day."""
    return Moments(now, (now, now, now), now, now)


def over_two_months(now: datetime) -> Moments:
    """Return a past over the two months before the one that `now` lies in, so that one month leads to the next."""
    last = (day_of(now).replace(day=1) - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)

    def at(month: date, day: int) -> datetime:
        return datetime.combine(month.replace(day=day), time(9), now.tzinfo)

    return Moments(at(before, 8), (at(before, 12), at(before, 20), at(last, 10)), at(last, 2), at(last, 20), (month_of(before), month_of(last)))


def bring_the_lists(store: Store, lists: Sequence[Mapping[str, Any]], *, county: str, past: Moments) -> None:
    """Bring the three levels' problem lists; where the past has months, freeze the first when it is over."""
    keeper = store.acting(colleague(Role.KEEPER, county))
    for one, at in zip(lists, past.lists, strict=True):
        if past.frozen and at > past.froze and not months.months(store, county):
            months.freeze(keeper, county, past.frozen[0], now=past.froze)
        bring_list(store, shipped_file("demo", one["file"]), county=county, tier=one["tier"], name=one["name"], now=at)


def work_the_lists(store: Store, photos: Sequence[Mapping[str, Any]], *, county: str, past: Moments, now: datetime) -> None:
    """Carry two national items out by the made-up keeper and reviewer; where the past has months, assign and dismiss others, and freeze the last.

    photos : file, site of the entry each is shown for, and whether it holds what it is shown for
    """
    keeper, reviewer = (store.acting(colleague(role, county)) for role in (Role.KEEPER, Role.REVIEWER))
    if past.frozen:
        _pass_on(keeper, reviewer, past.worked)
    for photo in photos:
        _carry_out(keeper, reviewer, photo, county, past.worked)
    if past.frozen:
        months.freeze(keeper, county, past.frozen[-1], now=now)


def _carry_out(keeper: Store, reviewer: Store, photo: Mapping[str, Any], county: str, now: datetime) -> None:
    entry = next(one for one in bulk.picked(keeper, now=now, tier=Tier.NATIONAL.id) if one.subject == photo["site"])
    for wish in (Wish(Move.ASSIGN, fields={"unit": entry.unit, "measure": MEASURE}), Wish(Move.START)):
        move(keeper, entry.id, wish, now=now)
    said = claim("photo", since=date(2019, 11, 1), until=date(2019, 12, 31))
    path = shipped_file("demo", photo["file"])
    attach(keeper, path, name=path.name, subject_kind="entry", subject=entry.id, said=said, now=now, county=county)
    move(keeper, entry.id, Wish(Move.SUBMIT), now=now)
    move(reviewer, entry.id, Wish(Move.VERIFY) if photo["holds"] else Wish(Move.RETURN, reason=RETURNED), now=now)


def _pass_on(keeper: Store, reviewer: Store, now: datetime) -> None:
    """Assign the national items to the units that they name, and dismiss a few of the province's."""
    national = bulk.picked(keeper, now=now, tier=Tier.NATIONAL.id)
    for unit in sorted({one.unit for one in national if one.unit}):
        bulk.move_all(keeper, Wish(Move.ASSIGN, fields={"unit": unit, "measure": MEASURE}), [one for one in national if one.unit == unit], now=now)
    for one in bulk.picked(keeper, now=now, tier=Tier.PROVINCIAL.id)[:DISMISSALS]:
        move(reviewer, one.id, Wish(Move.DISMISS, reason=DISMISSED, approver=APPROVER), now=now)


def open_the_findings(store: Store, *, county: str, now: datetime) -> None:
    """Open an entry of every fail and assign it to its township."""
    keeper = store.acting(colleague(Role.KEEPER, county))
    open_fails(keeper, now=now, county=county)
    for township in sorted({one.township for one in bulk.picked(keeper, now=now, tier=Tier.CHECK.id) if one.township}):
        those = bulk.picked(keeper, now=now, tier=Tier.CHECK.id, township=township)
        bulk.move_all(keeper, Wish(Move.ASSIGN, fields={"unit": government_of(township), "measure": MEASURE}), those, now=now)
