"""Visits: the plans and a form for one more; one plan with its days and its households."""

from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.service.visiting import dossiers, elsewhere, framing, planning, results, scoring
from relocation.service.visiting.homes import Home, homes
from relocation.service.visiting.planning import Result, Stop
from relocation.visits.sampling import CERTAIN, Allocation
from relocation.visits.unit import Risk
from relocation.web import asked
from relocation.web.findings import MIME
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store
from relocation.web.taking_out import note_export
from relocation.web.uploads import kept, receive
from relocation.web.visitasked import field, whole, wish
from relocation.words import N_

pages = Blueprint("visits", __name__)


@pages.get("/visits")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List the plans, with the form for one more."""
    counties = framing.counties(store())
    return render_template(
        "visits.html", plans=planning.listed(store()), counties=counties, allocations=Allocation, respected=framing.RESPECTED_DAYS, lang_of=word
    )


@pages.post("/visits")
@needs(Right.CHECK)
def made() -> ResponseReturnValue:
    """Draw a sample and keep it as a plan."""
    plan = planning.make(store(), wish(request.form), name=field(request.form, "name"), a_day=whole(request.form, "a_day") or 0, now=office().now())
    return redirect(url_for("visits.one", county=plan.county, number=plan.number))


@pages.get("/visits/<county>-<int:number>")
@needs(Right.READ)
def one(county: str, number: int) -> ResponseReturnValue:
    """Show a plan: how it was drawn, the days, the households in their order."""
    plan = planning.plan(store(), county, number)
    known = homes(store(), county, [stop.code for stop in plan.stops])
    scored = scoring.scores(plan, known) if plan.results else ()
    words = {
        "stratum_word": partial(stratum_word, counties=framing.counties(store())),
        "risk_word": risk_word,
        "earlier_word": earlier_word,
        "score_words": SCORES,
        "flag_word": flag_word,
    }
    shown = {"plan": plan, "days": by_day(plan.stops), "allocation": _allocation(plan.design["allocation"]), "homes": known, "scores": scored}
    return render_template("visit_plan.html", **shown, **words)


@pages.get("/visits/<county>-<int:number>/sheet.xlsx")
@needs(Right.READ)
def sheet(county: str, number: int) -> ResponseReturnValue:
    """Give the visiting sheet."""
    made = results.sheet(store(), county, number, lang())
    note_export("visits.xlsx", planning.plan(store(), county, number).size, {"county": county, "plan": f"{county}-{number}"})
    called = _("走访表")
    return send_file(BytesIO(made), MIME["xlsx"], as_attachment=True, download_name=f"{called}-{county}-{number}.xlsx")


@pages.get("/visits/<county>-<int:number>/dossiers.pdf")
@needs(Right.READ)
def printed(county: str, number: int) -> ResponseReturnValue:
    """Give the dossiers as one PDF, a page a household."""
    made = dossiers.pdf(store(), county, number, lang())
    note_export("dossiers.pdf", planning.plan(store(), county, number).size, {"county": county, "plan": f"{county}-{number}"})
    called = _("走访档案")
    return send_file(BytesIO(made), "application/pdf", as_attachment=True, download_name=f"{called}-{county}-{number}.pdf")


@pages.get("/visits/<county>-<int:number>/dossiers")
@needs(Right.READ)
def dossier(county: str, number: int) -> ResponseReturnValue:
    """Show the dossiers, or that of one household, ready to print."""
    made = dossiers.data(store(), county, number, lang(), asked.plain("code") or None)
    return render_template("visit_dossiers.html", made=made, plan_id=f"{county}-{number}", county=county, number=number)


@pages.post("/visits/<county>-<int:number>/preview")
@needs(Right.ATTACH)
def preview(county: str, number: int) -> ResponseReturnValue:
    """Show what a sheet that came back says; nothing is kept."""
    upload = receive(store(), request.files.get("file"))
    report = results.look(store(), county, number, upload.path, now=office().now(), file_name=upload.name)
    return render_template("visit_preview.html", plan=planning.plan(store(), county, number), report=report, upload=upload, flag_word=flag_word)


@pages.post("/visits/<county>-<int:number>/keep")
@needs(Right.ATTACH)
def keep(county: str, number: int) -> ResponseReturnValue:
    """Keep what a previewed sheet says."""
    upload = kept(store())
    report = results.bring(store(), county, number, upload.path, now=office().now(), file_name=upload.name)
    flash(_("已存下 %(n)s 户的走访结果，另有 %(refused)s 处没有接受。") % {"n": len(report.found), "refused": len(report.refusals)})
    return redirect(url_for("visits.one", county=county, number=number))


@pages.post("/visits/elsewhere")
@needs(Right.ATTACH)
def known_elsewhere() -> ResponseReturnValue:
    """Take in another body's list of visits: whoever is on it is left alone by the next draws."""
    upload = receive(store(), request.files.get("file"))
    report = elsewhere.bring(store(), field(request.form, "county"), upload.path, now=office().now(), file_name=upload.name)
    return render_template("visit_elsewhere.html", report=report)


SCORES = {
    "in_order": N_("与登记相符的户"), "lived_in": N_("实际居住的户"), "four_meet": N_("做到四见面的户"), "signed": N_("有签字的户"),
    "area-a-person": N_("实测面积每核定人口（平方米）"), "measured-to-register": N_("实测面积与登记面积之比"),
}  # fmt: skip
"""What the score's figures are called."""


def flag_word(said: bool | None, yes: str = "", no: str = "") -> str:
    """Return yes, no, or that nobody said."""
    return _("缺资料") if said is None else (yes or _("是")) if said else (no or _("否"))


@pages.app_template_global()
def visits_of(county: str, code: str) -> list[tuple[int, Result]]:
    """Return what visits to a household found, the newest first."""
    return planning.of_household(store(), county, code)


@pages.app_template_global()
def areas_of(county: str, code: str) -> Home | None:
    """Return a household's areas by design, construction and register."""
    return homes(store(), county, [code]).get(code)


pages.app_template_global("visit_flag")(flag_word)


def by_day(stops: Sequence[Stop]) -> list[tuple[int, list[Stop], float]]:
    """Return (day, its households, metres between them) for each day."""
    made = [(day, list(part)) for day, part in groupby(stops, key=lambda stop: stop.day)]
    return [(day, part, sum(stop.leg_m or 0.0 for stop in part)) for day, part in made]


def word(one: Allocation) -> str:
    """Return an allocation in the reader's language."""
    return one.en if lang() == "en" else one.zh


def _allocation(id: str) -> str:
    return next((word(one) for one in Allocation if one.id == id), id)


def risk_word(id: str) -> str:
    """Return how a household stood when it was drawn."""
    return next((one.word(lang()) for one in Risk if one.id == id), id)


def stratum_word(name: str, counties: Mapping[str, str]) -> str:
    """Return a stratum's name as people read it: counties by their names."""
    return " · ".join(counties.get(part) or _part(part) for part in name.split(" · "))


def _part(part: str) -> str:
    if part == CERTAIN[0]:
        return _("必查（问题最重）")
    known = {"concentrated": _("集中"), "dispersed": _("分散"), "poor": _("建档立卡"), "self-financed": _("同步搬迁"), "?": _("未填"), "all": _("全部")}
    risks = {risk.id: risk.word(lang()) for risk in Risk}
    return risks.get(part) or "/".join(known.get(piece, piece) for piece in part.split("/"))


def earlier_word(said: str) -> str:
    """Return who asked a household before, and when."""
    on, _blank, body = said.partition(" ")
    by = _("本系统走访计划 %(id)s") % {"id": body[1:]} if body.startswith("#") else body
    return f"{on} {by}"
