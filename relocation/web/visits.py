"""Visits: the plans and a form for one more; one plan with its days and its households."""

from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.service.visiting import framing, planning
from relocation.service.visiting.picking import Wish
from relocation.service.visiting.planning import Stop
from relocation.visits.sampling import CERTAIN, Allocation
from relocation.visits.unit import Risk
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store

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
    plan = planning.make(store(), _wish(), name=_text("name"), a_day=_whole("a_day") or 0, now=office().now())
    return redirect(url_for("visits.one", county=plan.county, number=plan.number))


@pages.get("/visits/<county>-<int:number>")
@needs(Right.READ)
def one(county: str, number: int) -> ResponseReturnValue:
    """Show a plan: how it was drawn, the days, the households in their order."""
    plan = planning.plan(store(), county, number)
    return render_template(
        "visit_plan.html",
        plan=plan,
        days=by_day(plan.stops),
        stratum_word=stratum_word,
        risk_word=risk_word,
        earlier_word=earlier_word,
        allocation=_allocation(plan.design["allocation"]),
    )


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


def stratum_word(name: str) -> str:
    """Return a stratum's name as people read it."""
    return " · ".join(_part(part) for part in name.split(" · "))


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


def _wish() -> Wish:
    size, precision = _text("size"), _text("precision")
    share = None
    if precision:
        try:
            share = float(precision) / 100
        except ValueError:
            raise BadParameter(_("“%(value)s”不是数。") % {"value": precision}, _("精度请写百分点，例如 5。")) from None
    chosen = next((one for one in Allocation if one.id == _text("allocation")), Allocation.PROPORTIONAL)
    days = _whole("respected_days")
    return Wish(
        _text("seed"), _whole("size") if size else None, share, _text("county") or None, _text("township"), chosen, _whole("certain"),
        request.form.get("again") == "1", framing.RESPECTED_DAYS if days is None else days,
    )  # fmt: skip


def _text(name: str) -> str:
    value = request.form.get(name, "").strip()
    if len(value) > asked.TEXT_LIMIT or not value.isprintable():
        raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    return value


def _whole(name: str) -> int | None:
    value = _text(name)
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 7:
        raise BadParameter(_("“%(value)s”不是整数。") % {"value": value}, _("请填写整数，例如 30。"))
    return int(value)
