"""Plans of visits for programs: the list, one with its days and results, what a sheet says. Nobody's name stands in them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from relocation.service.visiting import planning, scoring
from relocation.service.visiting.elsewhere import ElsewhereReport
from relocation.service.visiting.homes import homes
from relocation.service.visiting.planning import Plan, Result, Stop
from relocation.service.visiting.results import ResultReport
from relocation.store.opening import Store


def listed_json(store: Store) -> list[dict[str, Any]]:
    """Return the plans made last, the newest first, without their households."""
    return [_plan(one) for one in planning.listed(store)]


def plan_json(store: Store, county: str, number: int) -> dict[str, Any]:
    """Return a plan: how it was drawn, its households in the order of visits, what was found, the county's score. Trouble as for `planning.plan`."""
    one = planning.plan(store, county, number)
    found = one.results or {}
    scored = scoring.scores(one, homes(store, county, [stop.code for stop in one.stops])) if found else ()
    return {
        **_plan(one), "design": dict(one.design), "households": [_stop(stop, found.get(stop.code)) for stop in one.stops],
        "scores": [{"id": score.id, "unit": _UNITS.get(score.id, "share"), **(asdict(score.estimate) if score.estimate else {"value": None})} for score in scored],
    }  # fmt: skip


_UNITS = {"area-a-person": "m² a person", "measured-to-register": "ratio"}


def results_json(report: ResultReport, lang: str) -> dict[str, Any]:
    """Return what a sheet that came back says, and every cell that was refused."""
    return {
        "file": report.file, "sha256": report.sha256, "stored": report.stored, "found": [_result(one) for one in report.found],
        "same": report.same, "blank": report.blank, "refused": len(report.refusals), "refusals": [one.json(lang) for one in report.refusals],
    }  # fmt: skip


def elsewhere_json(report: ElsewhereReport, lang: str) -> dict[str, Any]:
    """Return what a list of another body's visits brought."""
    told = {"file": report.file, "sha256": report.sha256, "added": report.added, "same": report.same}
    return {**told, "refused": len(report.refusals), "refusals": [one.json(lang) for one in report.refusals]}


def _plan(one: Plan) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in ("id", "county", "township", "name", "seed", "size", "frame", "who")}
    return {**facts, "at": one.at.isoformat()}


def _stop(stop: Stop, found: Result | None) -> dict[str, Any]:
    told = {**asdict(stop), "weight": stop.weight, "earlier": asked_before(stop)}
    return {**told, "result": _result(found) if found else None}


def asked_before(stop: Stop) -> dict[str, str] | None:
    """Return when and by whom a household had been asked before it was drawn (`by` is a plan of ours where it begins with #); None for one that had not."""
    on, _blank, body = stop.earlier.partition(" ")
    return {"on": on, "by": body} if stop.earlier else None


def _result(one: Result) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(one).items()}
