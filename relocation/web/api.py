"""The same answers for programs, under /api/v1: the JSON of the terminal's commands, one shape for errors."""

from typing import Any

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from relocation.service import acting, explaining, findings, fixing, lawbook, registers, resembling, supposing, vetting
from relocation.web import asked
from relocation.web.findings import FILTERS, wanted
from relocation.web.language import lang
from relocation.web.needing import Door, Right, needs
from relocation.web.openapi import asks, document
from relocation.web.showing import office, store

pages = Blueprint("api", __name__, url_prefix="/api/v1")


@pages.get("/openapi.json")
@needs(Door.ANYONE)
def described() -> ResponseReturnValue:
    """Describe every address under /api/v1, for programs that make programs."""
    return jsonify(document(current_app))


@pages.get("/checks")
@needs(Right.READ)
def checks() -> ResponseReturnValue:
    """List the checks."""
    return jsonify([row.json() for row in registers.check_list(lang())])


@pages.get("/check")
@needs(Right.READ)
@asks("county")
def counts() -> ResponseReturnValue:
    """Give the totals of the latest run."""
    run = findings.counts(store(), asked.filters("county").get("county"))
    return jsonify(
        {
            "as_of": run.as_of.isoformat() if run.as_of else None,
            "counts": run.counts,
            "new": run.new,
            "still": run.still,
            "gone": run.gone,
            "back": run.back,
            "stale": run.stale,
        }
    )


@pages.get("/findings")
@needs(Right.READ)
@asks(*FILTERS, "all", "after", "limit")
def found() -> ResponseReturnValue:
    """Give a page of findings; `after` asks the next one and is empty on the last, `all=1` adds the households that pass."""
    page = findings.findings(store(), **wanted(), **asked.paging())
    return jsonify({**findings.document(store(), lang(), page), "after": page.after})


@pages.get("/explain/<id>")
@needs(Right.READ)
@asks("like")
def explained(id: str) -> ResponseReturnValue:
    """Explain a check, or trace one verdict (CHECK:SUBJECT); `like` asks for so many look-alikes beside it."""
    shown, most = explaining.explain(store(), id, lang(), office().today), asked.number_of("like", 0, resembling.MOST)
    document = shown.json(lang(), lawbook.instruments(store()))
    return jsonify(resembling.with_alike(store(), document, [trace.finding for trace in shown.traces], lang(), most) if most else document)


@pages.get("/actions")
@needs(Right.READ)
@asks("office", "county", "township", "limit")
def actions() -> ResponseReturnValue:
    """Give what to do by office and place, and what each type of record has to change; `limit` keeps the most pressing."""
    wanted = asked.filters("office", "county", "township")
    tasks = acting.actions(store(), lang=lang(), **wanted, limit=asked.number_of("limit", acting.EVERY, acting.EVERY) or acting.EVERY)
    return jsonify({**tasks.json(), "by_type": [one.json() for one in fixing.by_type(store(), lang(), **wanted)]})


@pages.get("/sites")
@needs(Right.READ)
@asks("county", "township", "text", "outcome", "after", "limit")
def sites() -> ResponseReturnValue:
    """Give a page of sites."""
    return jsonify(_rows(registers.sites(store(), lang(), **asked.filters("county", "township", "text", "outcome"), **asked.paging())))


@pages.get("/households")
@needs(Right.READ)
@asks("county", "township", "site", "text", "outcome", "after", "limit")
def households() -> ResponseReturnValue:
    """Give a page of households, names and ID numbers masked."""
    return jsonify(_rows(registers.households(store(), lang(), **asked.filters("county", "township", "site", "text", "outcome"), **asked.paging())))


@pages.get("/sites/<path:code>")
@needs(Right.READ)
@asks("county")
def site(code: str) -> ResponseReturnValue:
    """Give one site."""
    return jsonify(_record(registers.site(store(), code, lang(), asked.filters("county").get("county"))))


@pages.get("/households/<path:code>")
@needs(Right.READ)
@asks("county")
def household(code: str) -> ResponseReturnValue:
    """Give one household."""
    return jsonify(_record(registers.household(store(), code, lang(), asked.filters("county").get("county"))))


@pages.get("/suppose")
@needs(Right.READ)
@asks("with", "as_of", "county")
def supposed() -> ResponseReturnValue:
    """Judge with other numbers of the law (with=NAME=AMOUNT, more than once) and list who changes; nothing is stored."""
    wanted = [text[: asked.TEXT_LIMIT] for text in request.args.getlist("with")]
    found = supposing.suppose(store(), wanted, as_of=asked.today_or(office().today), county=asked.filters("county").get("county"))
    return jsonify(found.json(store(), lang()))


@pages.get("/vet")
@needs(Right.READ)
@asks("name", "lon", "lat", "crs", "as_of")
def vet() -> ResponseReturnValue:
    """Judge a proposed site without storing anything."""
    point = (asked.plain("name"), asked.decimal("lon"), asked.decimal("lat"))
    [vetted] = vetting.vet(store(), [point], crs=asked.plain("crs") or "WGS84", as_of=asked.today_or(office().today), lang=lang())
    return jsonify(
        {
            "name": vetted.name,
            "lon": vetted.lon,
            "lat": vetted.lat,
            "county": vetted.county,
            **findings.finding_json(vetted.finding, lang(), lawbook.instruments(store())),
        }
    )


def _rows(page: registers.RowPage) -> dict[str, Any]:
    rows = [
        {"code": row.code, "name": row.name, "county": row.county, "township": row.township, "worst": row.worst, "values": dict(row.values)}
        for row in page.rows
    ]
    return {"total": page.total, "after": page.after, "rows": rows}


def _record(record: registers.RecordPage) -> dict[str, Any]:
    fields = [{"name": f.name, "heading": f.heading, "value": f.value, "unit": f.unit, "file": f.file, "sheet": f.sheet, "cell": f.cell} for f in record.fields]
    register = lawbook.instruments(store())
    found = [findings.finding_json(finding, lang(), register) for finding in record.findings]
    return {"kind": record.kind, "county": record.county, "code": record.code, "name": record.name, "worst": record.worst, "fields": fields, "findings": found}
