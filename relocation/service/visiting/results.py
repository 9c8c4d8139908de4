"""The visiting sheet out and its results back in: looked at first, every cell that is refused named, then kept as rows beside the register."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from checks.sentence import number
from relocation.accounts.roles import Right
from relocation.intake.listed import read_visit_sheet
from relocation.intake.refusal import Refusal, Unusable
from relocation.intake.visited import VisitSheet
from relocation.reports.visit_sheet import VisitPages, visit_workbook
from relocation.service.visiting.homes import Home, homes
from relocation.service.visiting.planning import KIND, Plan, Result, Stop, plan
from relocation.store import digests, log, visits
from relocation.store.opening import Store
from relocation.visits import reporting
from relocation.visits.columns import BY_NAME, FILLED


@dataclass(frozen=True, slots=True)
class ResultReport:
    """What a sheet says: the visits that can be kept, those that are known already, what was refused; `blank` rows say nothing yet."""

    file: str
    sha256: str
    found: tuple[Result, ...]
    same: int
    blank: int
    refusals: tuple[Refusal, ...]
    stored: bool = False


def sheet(store: Store, county: str, number_: int, lang: str) -> bytes:
    """Return the plan's visiting sheet, with what was found so far. Trouble as for `plan`."""
    one = plan(store, county, number_)
    known = homes(store, county, [stop.code for stop in one.stops])
    rows = [_row(at, one, stop, known.get(stop.code), (one.results or {}).get(stop.code), lang) for at, stop in enumerate(one.stops, 1)]
    title = f"{one.name}（走访表）" if lang == "zh" else f"{one.name} (visits)"
    below = (
        f"走访计划 {one.id}，{one.at.date().isoformat()} 抽取，种子 {one.seed}。白色的栏在现场填写，没有核实的留空；不要删除隐藏列。填好后在走访计划页面读回。"
        if lang == "zh"
        else f"Plan of visits {one.id}, drawn {one.at.date().isoformat()} by the seed {one.seed}. Fill in the white columns; leave blank what was not checked, and the hidden column in."
    )
    return visit_workbook(VisitPages(title, below, rows, one.at.date()), lang)


def _row(at: int, one: Plan, stop: Stop, home: Home | None, found: Result | None, lang: str) -> dict[str, str]:
    cells = {"serial": str(at), "day": str(stop.day), "code": stop.code, "township": stop.township, "id": f"{one.id}/{stop.code}"}
    if home:
        cells |= {"head": home.head, "village": home.village, "persons": _said(home.persons)}
        cells |= {"design": _said(home.design_m2), "construction": _said(home.construction_m2), "register": _said(home.register_m2)}
    if found:
        for name in FILLED:
            cells[name] = _written(name, getattr(found, name), lang)
    return cells


def _written(name: str, value: object, lang: str) -> str:
    column = BY_NAME[name]
    if isinstance(value, bool):
        words = column.yes if value else column.no
        return words[lang != "zh"] if words else ""
    return "" if value is None else _said(value) if isinstance(value, int | float) else str(value)


def _said(value: float | None) -> str:
    return "" if value is None else number(value).replace(",", "")


def look(store: Store, county: str, number_: int, path: Path, *, now: datetime, file_name: str = "") -> ResultReport:
    """Tell what a sheet that came back says; nothing is kept. Unusable for a file that is no such sheet, Trouble as for `plan`."""
    one = plan(store, county, number_)
    store.require(Right.ATTACH, county, one.township)
    read = read_visit_sheet(path, file_name or path.name)
    if "id" not in read.letters:
        raise Unusable(Refusal("visit-no-id", read.file, read.sheet))
    stops = {f"{one.id}/{stop.code}": stop for stop in one.stops}
    twice = {id for id, count in Counter(cells.get("id", "") for _, cells in read.lines).items() if count > 1}
    found: list[Result] = []
    refusals = list(read.refusals)
    blank = same = 0
    for row, cells in read.lines:
        if not any(cells.get(name) for name in FILLED):
            blank += 1
            continue
        answer = _result(read, row, cells, stops, twice, now.astimezone().date())
        if isinstance(answer, Refusal):
            refusals.append(answer)
        elif (one.results or {}).get(answer.code) == answer:
            same += 1
        else:
            found.append(answer)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return ResultReport(read.file, sha256, tuple(found), same, blank, tuple(sorted(refusals, key=lambda each: each.row or 0)))


def _result(read: VisitSheet, row: int, cells: Mapping[str, str], stops: Mapping[str, Stop], twice: set[str], today: date) -> Result | Refusal:
    id, code = cells.get("id", ""), cells.get("code", "")
    stop = stops.get(id)
    if stop is None or id in twice:
        return read.refusal("visit-twice" if id in twice and stop else "visit-unknown", row, "code", code or id)
    if code != stop.code:
        return read.refusal("visit-code-differs", row, "code", code, there=id)
    try:
        on = reporting.day(cells, today)
        if on is None:
            return read.refusal("visit-no-day", row, "visited_on")
        in_order, four_meet, signed, lived_in = (reporting.flag(cells, name) for name in ("in_order", "four_meet", "signed", "lived_in"))
        before, after, remark = (reporting.text(cells, name) for name in ("house_before", "house_after", "remark"))
        area, met = reporting.area(cells), reporting.persons(cells)
        return Result(stop.code, stop.township, on, area, met, in_order, four_meet, signed, lived_in, before, after, remark)
    except reporting.Wrong as wrong:
        zh, en = reporting.described(BY_NAME[wrong.column])
        return read.refusal(wrong.code, row, wrong.column, cells.get(wrong.column, ""), known_zh=zh, known_en=en)


def bring(store: Store, county: str, number_: int, path: Path, *, now: datetime, file_name: str = "") -> ResultReport:
    """Keep what a sheet says, each visit as a row beside the register, which stays as it is. Trouble and Unusable as for `look`."""
    seen = look(store, county, number_, path, now=now, file_name=file_name)
    if seen.found:
        one = plan(store, county, number_)
        with store.writing() as connection:
            rows = visits.keep_results(connection, county, number_, seen.found, file=seen.sha256, at=now, who=store.actor.name)
            made = digests.digests(connection, ("visit_result", {"id": rows}))
            about = {"kind": KIND, "county": county, "township": one.township, "subject": one.id}
            log.append(
                connection, by=store.actor, at=now, action="visits.reported", **about, new={"households": len(rows), **digests.told(made)}, files=(seen.sha256,)
            )
    return ResultReport(seen.file, seen.sha256, seen.found, seen.same, seen.blank, seen.refusals, stored=True)
