"""The frame that households are drawn from: the register as it stands, with what the last checks say of each, and who was asked lately."""

from collections.abc import Mapping
from datetime import date, timedelta

from checks.choices import Mode
from checks.vocabulary import HOUSEHOLD
from relocation.store import files, ledgers, standings, visits
from relocation.store.frames import read_records
from relocation.store.opening import Connection, Store
from relocation.visits.unit import Earlier, Unit

RESPECTED_DAYS = 180
"""Whoever was asked, or is to be asked, within so many days is left alone, where nothing else is said."""

_COLUMNS = ("county", "code", "township", "mode", "registered_poor", "gave_up_on")
_FAIL, _REVIEW = 0, 1  # places in WORST_FIRST


def counties(store: Store) -> dict[str, str]:
    """Return code → name of the counties that have households, within the actor's places."""
    with store.reading() as connection:
        names = files.county_names(connection)
        known = [code for code in ledgers.counties_with_records(connection) if ledgers.count(connection, HOUSEHOLD.id, code)]
    return {code: names.get(code) or code for code in known}


def frame(store: Store, county: str | None, township: str, today: date, respected_days: int = RESPECTED_DAYS) -> list[Unit]:
    """Return the households of a county (None: of every county), or of one township, in the order of county and code.

    Households that gave up moving are no longer part of it.
    """
    since = today - timedelta(days=respected_days)
    with store.reading() as connection:
        places = [county] if county else ledgers.counties_with_records(connection)
        return [one for place in places for one in _of(connection, place, township, since)]


def _of(connection: Connection, county: str, township: str, since: date) -> list[Unit]:
    found = read_records(connection, HOUSEHOLD, county, columns=_COLUMNS)
    stored = {name: found.stored(name).tolist() for name in _COLUMNS}
    judged = standings.outcomes_of(connection, HOUSEHOLD.id, county, stored["code"])
    known = visits.earlier(connection, county, since)
    made = []
    for code, where, mode, poor, gone in zip(*(stored[name] for name in _COLUMNS[1:]), strict=True):
        if gone is not None or (township and where != township):
            continue
        outcomes = judged.get(code)
        made.append(
            Unit(
                county, code, where or "", "" if mode < 0 else Mode(mode).id, None if poor < 0 else bool(poor),
                _count(outcomes, _FAIL), _count(outcomes, _REVIEW), bool(outcomes), Earlier(*known[code]) if code in known else None,
            )
        )  # fmt: skip
    return made


def _count(outcomes: Mapping[str, int] | None, severity: int) -> int:
    return sum(one == severity for one in (outcomes or {}).values())
