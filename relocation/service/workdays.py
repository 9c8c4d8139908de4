"""The calendar deadlines are counted by: the notices shipped with the program, and over them the table a county keeps."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from relocation.accounts.roles import Right
from relocation.ledger.workdays import HEADINGS, Calendar, Unclear, read_calendar
from relocation.service.numberless import numberless
from relocation.service.reference import shipped_file
from relocation.store import digests, log, workday_tables
from relocation.store.opening import Store
from relocation.store.trouble import Trouble
from relocation.store.workday_tables import WorkdayTable

HEAD = ",".join(HEADINGS)
WHY: Mapping[str, tuple[str, str]] = {
    "headings": ("第一行应是表头：年份,文号,节日,起,止,安排。", "The first line has to be the headings 年份,文号,节日,起,止,安排."),
    "columns": ("应有六栏，文号不能空。", "There have to be six columns, and the notice may not be blank."),
    "year": ("年份要写四位数字。", "The year has four digits."),
    "day": ("日期要写成 2027-01-01，且确有这一天。", "A day is written 2027-01-01 and has to exist."),
    "order": (
        "止不能早于起，一段最多 31 天，且属于该年。",
        "The last day may not be before the first, a stretch has 31 days at most, and it belongs to that year.",
    ),
    "arrangement": ("安排只能写“休”或“班”。", "It is either 休 (off) or 班 (worked)."),
    "contradicts": ("同一天既休又班。", "One day is both off and worked."),
    "length": ("表太长。", "The table is too long."),
}


@cache
def shipped_calendar() -> Calendar:
    """Return the public holidays and make-up workdays of the published notices."""
    return read_calendar(shipped_file("reference", "workdays.csv").read_text("utf-8"))


@cache
def _read(text: str) -> Calendar:
    return read_calendar(text)


def county_calendar(store: Store, county: str) -> Calendar:
    """Return the calendar a county's deadlines are counted by, whoever looks."""
    with store.whole.reading() as connection:
        own = workday_tables.newest(connection, county)
    return _read(own.text).over(shipped_calendar()) if own else shipped_calendar()


def tables(store: Store, county: str) -> list[WorkdayTable]:
    """Return the tables a county has published, the newest first."""
    with store.reading() as connection:
        return workday_tables.history(connection, county)


def publish(store: Store, county: str, text: str, reason: str, *, now: datetime) -> Calendar:
    """Let a county's table go before the notices, from now on; deadlines that were given stay. Trouble names the line that is unclear."""
    store.require(Right.LAW, county)
    if not reason.strip():
        raise Trouble("ledger-reason")
    numberless(reason)
    try:
        calendar = _read(text)
    except Unclear as wrong:
        zh, en = WHY[wrong.why]
        raise Trouble("workdays-unclear", line=wrong.line, found=wrong.found or "—", why_zh=zh, why_en=en) from None
    with store.writing() as connection:
        before = workday_tables.newest(connection, county)
        if before is None or before.text != text:
            made = workday_tables.add(connection, county, text, reason.strip(), store.actor.name, now)
            rows = digests.told(digests.digests(connection, ("workday_table", {"id": made})))
            log.append(
                connection, by=store.actor, at=now, action="workdays.published", kind="workdays", county=county, subject=county,
                new={"years": sorted(calendar.notices), "days": len(calendar.worked), **rows}, why=reason.strip(),
            )  # fmt: skip
    return calendar.over(shipped_calendar())
