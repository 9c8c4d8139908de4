"""Visits for programs: a sample drawn and not kept, the plans, one plan with its score, and the results that come back in."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from relocation.service.visiting import elsewhere, planning, results, telling
from relocation.service.visiting.picking import pick
from relocation.web.language import lang
from relocation.web.needing import Right, needs
from relocation.web.openapi import asks, sends
from relocation.web.showing import office, store
from relocation.web.uploads import receive
from relocation.web.visitasked import field, whole, wish

pages = Blueprint("visits_api", __name__, url_prefix="/api/v1/visits")

DRAWN_BY = ("seed", "size", "precision", "county", "township", "allocation", "certain", "respected_days", "again")


@pages.get("")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List the plans of visits, the newest first."""
    return jsonify(telling.listed_json(store()))


@pages.get("/sample")
@needs(Right.READ)
@asks(*DRAWN_BY)
def drawn() -> ResponseReturnValue:
    """Draw a sample of households with chances and weights; nothing is kept, and the same seed draws the same."""
    return jsonify(pick(store(), wish(request.args), office().today).json())


@pages.post("")
@needs(Right.CHECK)
@sends("csrf_token", *DRAWN_BY, "name", "a_day")
def made() -> ResponseReturnValue:
    """Draw a sample, put it in order by days and keep it as a plan."""
    form = request.form
    plan = planning.make(store(), wish(form), name=field(form, "name"), a_day=whole(form, "a_day") or planning.USUAL_A_DAY, now=office().now())
    return jsonify(telling.plan_json(store(), plan.county, plan.number))


@pages.get("/<county>-<int:number>")
@needs(Right.READ)
def one(county: str, number: int) -> ResponseReturnValue:
    """Give a plan: how it was drawn, its households in the order of visits, what was found there, the county's score."""
    return jsonify(telling.plan_json(store(), county, number))


@pages.post("/<county>-<int:number>/results")
@needs(Right.ATTACH)
@sends("csrf_token", "file", "dry_run")
def reported(county: str, number: int) -> ResponseReturnValue:
    """Take in a visiting sheet that came back; with dry_run=1 tell what it says and keep nothing."""
    upload = receive(store(), request.files.get("file"))
    take = results.look if request.form.get("dry_run") == "1" else results.bring
    return jsonify(telling.results_json(take(store(), county, number, upload.path, now=office().now(), file_name=upload.name), lang()))


@pages.post("/elsewhere")
@needs(Right.ATTACH)
@sends("csrf_token", "county", "file")
def known_elsewhere() -> ResponseReturnValue:
    """Take in another body's list of visits: whoever is on it is left alone by the next draws."""
    upload = receive(store(), request.files.get("file"))
    report = elsewhere.bring(store(), field(request.form, "county"), upload.path, now=office().now(), file_name=upload.name)
    return jsonify(telling.elsewhere_json(report, lang()))
