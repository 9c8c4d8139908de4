"""Drawings: the list by site, taking a drawing in, and the page of one with what an engineer sets right on it."""

import json
from contextlib import suppress
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.service import checking, findings, registers
from relocation.service.drawings import deciding, lists, names, taking, viewing
from relocation.web import asked
from relocation.web.correctionwords import CORRECTION_WORDS
from relocation.web.drawingwords import WORDS
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store
from relocation.web.uploads import receive

pages = Blueprint("drawings", __name__, url_prefix="/drawings")
for function in (*WORDS, *CORRECTION_WORDS):
    pages.app_template_global()(function)

SITES_OFFERED = 200
SITES_A_PAGE = 40
MOST_PAGES = 100_000
REFERENCES_MOST = 20
UNITS_M = (0.001, 0.01, 0.1, 1.0, 0.0254, 0.3048)
"""What one drawing unit may be set to by hand: millimetre, centimetre, decimetre, metre, inch, foot."""


@pages.get("")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List the drawings by site, with the forms that compare two files and take one in."""
    county = asked.filters("county").get("county")
    site = asked.plain("site")
    every = lists.by_site(store(), county, site or None)
    wanted = registers.sites(store(), lang(), county=county, text=site, limit=SITES_OFFERED).rows if site else ()
    rest = registers.sites(store(), lang(), county=county, limit=SITES_OFFERED).rows
    own = names.institutes(store())
    which = asked.plain("which")
    kept = sorted((one for one in every if fits(one, which)), key=lambda one: one.worst_first)
    first = SITES_A_PAGE * max(asked.number_of("page", 1, MOST_PAGES) - 1, 0)
    return render_template(
        "drawings.html",
        sites=lists.with_areas(store(), kept[first : first + SITES_A_PAGE]),
        total=len(kept),
        which=which,
        tally=[
            (key, word, sum(fits(one, key) for one in every))
            for key, word in (("", _("全部")), ("problems", _("有问题的")), ("unreadable", _("读不全或没有判断的")))
        ],
        more=first // SITES_A_PAGE + 2 if len(kept) > first + SITES_A_PAGE else 0,
        offered={(row.county, row.code): row for row in (*wanted, *rest)}.values(),
        institutes=names.known_institutes(store(), own),
        counties=registers.counties(store()),
        roles=lists.ROLES,
    )


def fits(site: lists.SiteDrawings, which: str) -> bool:
    """Tell whether a site belongs to what is asked for: those with problems, those not read whole, or all."""
    return site.problems if which == "problems" else site.unreadable if which == "unreadable" else True


@pages.post("/take-in")
@needs(Right.DRAW)
def take_in() -> ResponseReturnValue:
    """Take a drawing of a site in, compare it with its fellows, and check everything again."""
    county, _sep, site = request.form.get("site", "").partition(" ")
    upload = receive(store(), request.files.get("file"))
    references = [receive(store(), one) for one in request.files.getlist("references")[:REFERENCES_MOST] if one.filename]
    report = taking.take_in(
        store(),
        upload.path,
        role=request.form.get("role", ""),
        site=site,
        county=county or None,
        now=office().now(),
        name=upload.name,
        references=[(one.name, one.path) for one in references],
        institute=request.form.get("institute", "").strip()[: asked.TEXT_LIMIT],
        approved_on=asked.posted_day("approved_on"),
        lang=lang(),
    )
    run = check_again()
    kept = lists.by_site(store(), report.county, site)
    return render_template(
        "drawing_stored.html", report=report, run=run, site=site, county=report.county, kept=lists.with_areas(store(), kept), lacking=lists.lacking(kept)
    )


def check_again() -> Any:
    """Check everything again by the day of the last run, as after every change of records."""
    now = office().now()
    return checking.check(store(), as_of=None, now=now)


@pages.get("/<code>")
@needs(Right.READ)
def one(code: str) -> ResponseReturnValue:
    """Show one drawing: what was understood of it, how sure that is, and what was set right."""
    shown = viewing.drawing_shown(store(), code)
    return render_template("drawing.html", shown_drawing=shown, units=UNITS_M, past=viewing.saved_said(shown.drawing))


@pages.get("/types/<path:code>")
@needs(Right.READ)
def type_shown(code: str) -> ResponseReturnValue:
    """Show one unit type: its four areas side by side, what the checks say, what is on record."""
    county = asked.filters("county").get("county")
    row = lists.unit_type(store(), code, county)
    found = findings.findings(store(), kind="unit_type", subject=code, county=str(row["county"])).findings
    return render_template(
        "drawing_type.html",
        row=row,
        plans=viewing.plans_of_type(store(), row),
        found=found,
        fields=registers.fields_of(store(), "unit_type", str(row["county"]), code, lang()),
    )


@pages.get("/<code>/picture.json")
@needs(Right.READ)
def picture(code: str) -> ResponseReturnValue:
    """Give the picture of one drawing with outlines and rooms."""
    return jsonify(viewing.drawing_picture(store(), code, lang()))


@pages.post("/correct")
@needs(Right.DRAW)
def correct() -> ResponseReturnValue:
    """Keep what an engineer set right on a drawing, bring its records up to it, and check everything again."""
    code = request.form.get("code", "")
    shown = viewing.drawing_shown(store(), code)
    report = deciding.correct(store(), code, _set_right(shown), reason=request.form.get("reason", ""), now=office().now(), lang=lang())
    check_again()
    flash(_("已保存更正，并按更正重新识读和检查。") if report.changed or report.added else _("已保存更正；识读结果没有变化。"))
    return redirect(url_for("drawings.one", code=code))


def _set_right(shown: viewing.DrawingShown) -> dict[str, Any]:
    """Return the form as corrections: what the page offers as fields, and what was drawn in the picture."""
    drawn: Any = {}
    with suppress(ValueError, RecursionError):
        drawn = json.loads(request.form.get("drawn") or "{}")
    if not isinstance(drawn, dict):
        raise BadParameter(_("图上的更正读不出来。"), _("请刷新页面，再更正一次。"))
    walls = request.form.getlist("wall_layer")
    as_guessed = not shown.set_right.get("wall_layers") and set(walls) == {layer.name for layer in shown.layers if layer.role == "wall"}
    said = {
        "wall_layers": [] if as_guessed else walls,
        "gaps": drawn.get("gaps", []),
        "labels": drawn.get("labels", []),
        "outlines": drawn.get("outlines", {}),
        "unit_m": _number(request.form.get("unit_m", "")),
        "persons": {label: n for label, text in zip(request.form.getlist("label"), request.form.getlist("persons"), strict=False) if (n := _whole(text))},
    }
    return {name: value for name, value in said.items() if value}


def _number(text: str) -> float | None:
    try:
        return float(text) if text.strip() else None
    except ValueError:
        raise BadParameter(_("“%(value)s”不是数。") % {"value": text[:40]}, _("请从列表里选图纸单位。")) from None


def _whole(text: str) -> int | None:
    text = text.strip()
    if text and (not text.isascii() or not text.isdigit()):
        raise BadParameter(_("居住人数“%(value)s”不是整数。") % {"value": text[:40]}, _("请填 1 到 30 的整数，不知道就留空。"))
    return int(text) if text else None
