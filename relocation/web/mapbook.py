"""The map book: choose which sites, see how many and about how long, have it made with a bar and a stop button, download it; one site's picture."""

from io import BytesIO
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.service import Trouble, registers
from relocation.service.mapbook import jobs, picking, picturing
from relocation.service.mapbook.jobs import Job
from relocation.service.mapbook.picking import Asked
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import check_rows, office, store
from relocation.web.taking_out import note_export

pages = Blueprint("mapbook", __name__)

FORMS = {"pdf": "application/pdf", "zip": "application/zip"}


@pages.get("/mapbook")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the conditions, how many sites fit, about how long it takes, and the books made lately."""
    wanted = _asked(request.args.get)
    sites, refusal = _counted(wanted)
    counties = [row for row in registers.counties(store()) if row.sites]
    paces = {form: about(sites * jobs.pace_s(form)) for form in FORMS}
    lists = {"counties": counties, "townships": registers.townships(store()), "checks": [row for row in check_rows() if "site" in row.about]}
    return render_template("mapbook.html", wanted=wanted, sites=sites, refusal=refusal, paces=paces, jobs=jobs.jobs(store()), state_word=state_word, **lists)


@pages.post("/mapbook")
@needs(Right.READ)
def made() -> ResponseReturnValue:
    """Begin a book."""
    form = request.form.get("form", "pdf")
    if form not in FORMS:
        raise BadParameter(_("没有“%(value)s”这种导出格式。") % {"value": form[:20]}, _("可用的有：%(values)s。") % {"values": ", ".join(FORMS)})
    job = jobs.start(store(), _asked(request.form.get), form, lang(), today=office().today, now=office().now())
    return redirect(url_for("mapbook.job", id=job.id))


@pages.get("/mapbook/<id>")
@needs(Right.READ)
def job(id: str) -> ResponseReturnValue:
    """Show how far a book is, or how it ended."""
    one = jobs.job_of(store(), id)
    failed = Trouble(one.why["code"], **one.why["facts"]) if one.why else None
    return render_template("mapbook_job.html", job=one, failed=failed, state_word=state_word, stage_word=stage_word)


@pages.get("/mapbook/<id>/state")
@needs(Right.READ)
def state(id: str) -> ResponseReturnValue:
    """Tell the waiting page how far a book is."""
    one = jobs.job_of(store(), id)
    return jsonify({**one.json(), "said": stage_word(one)})


@pages.post("/mapbook/<id>/stop")
@needs(Right.READ)
def stopped(id: str) -> ResponseReturnValue:
    """Ask a book to stop."""
    jobs.stop(store(), id)
    return redirect(url_for("mapbook.job", id=id))


@pages.post("/mapbook/<id>/again")
@needs(Right.READ)
def again(id: str) -> ResponseReturnValue:
    """Go on with a book that was stopped or broke off."""
    jobs.again(store(), id)
    return redirect(url_for("mapbook.job", id=id))


@pages.get("/mapbook/<id>/file")
@needs(Right.READ)
def file(id: str) -> ResponseReturnValue:
    """Give a finished book."""
    one, path = jobs.made(store(), id)
    note_export(f"mapbook.{one.form}", one.sites, one.asked)
    name = f"{_('安置点图册')}-{one.asked.get('county') or one.today}.{one.form}"
    return send_file(path.resolve(), FORMS[one.form], as_attachment=True, download_name=name)


@pages.get("/mapbook/site.svg")
@needs(Right.READ)
def picture() -> ResponseReturnValue:
    """Give the picture of one site."""
    county = asked.filters("county").get("county")
    drawn = picturing.site_svg(store(), asked.plain("code"), county, lang(), narrow=asked.plain("narrow") == "1")
    return send_file(BytesIO(drawn.encode()), "image/svg+xml")


def about(seconds: float) -> str:
    """Return a length of time as an estimate is told."""
    if seconds < 60:
        return _("约 %(n)s 秒") % {"n": max(round(seconds), 1)}
    return _("约 %(n)s 分钟") % {"n": max(round(seconds / 60), 1)}


def state_word(state: str) -> str:
    """Return how a book stands."""
    words = {jobs.RUNNING: _("正在做"), jobs.DONE: _("做好了"), jobs.STOPPED: _("已停下"), jobs.FAILED: _("没有做成"), jobs.BROKEN: _("中断了")}
    return words[state]


def stage_word(one: Job) -> str:
    """Return what is being done and how far it is."""
    if one.stage == "mapbook-setting":
        return _("%(n)s 页内容已收集，正在排版，这一步停不下来") % {"n": one.done}
    return _("第 %(done)s 页，共 %(n)s 页") % {"done": one.done, "n": one.sites}


def _asked(given: Any) -> Asked:
    """Return the conditions of an address or a form. BadParameter for one that cannot be one."""
    plain = {name: str(given(name) or "").strip() for name in ("county", "township", "text", "outcome", "check", "sites")}
    for name, value in plain.items():
        if len(value) > asked.TEXT_LIMIT * (5 if name == "sites" else 1) or not value.replace("\n", "").replace("\r", "").isprintable():
            raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    codes = tuple(dict.fromkeys(code for code in plain["sites"].replace("，", " ").replace(",", " ").replace("、", " ").split()))
    one = {name: (plain[name],) if plain[name] else () for name in ("outcome", "check")}
    return Asked(plain["county"] or None, plain["township"] or None, plain["text"] or None, one["outcome"], one["check"], codes)


def _counted(wanted: Asked) -> tuple[int, Trouble | None]:
    """Return how many sites fit; none, and why, where that cannot be said."""
    try:
        return picking.count(store(), wanted), None
    except Trouble as trouble:
        return 0, trouble
