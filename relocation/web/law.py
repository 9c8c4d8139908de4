"""The law: every value in force, the documents, and a county's own text: seen, tried out, published."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from checks.policy import PROJECT, Standing
from relocation.service import lawbook, lawlisting, registers
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import FAMILIES, office, store

pages = Blueprint("law", __name__, url_prefix="/law")

NEW_DOCUMENT = "new"
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


@pages.get("")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the parameters of all checks by family, and one county's own values with their history."""
    return _page(asked.filters("county").get("county") or _only_county())


def _page(county: str | None) -> str:
    every = lawlisting.law(store(), lang(), office().today)
    return render_template(
        "law.html",
        families=by_family(every),
        stale=sum(value.stale for one in every for parameter in one.parameters for value in parameter.values),
        county=county,
        counties=registers.counties(store()),
        history=lawbook.history(store(), county) if county else (),
        documents=lawbook.instruments(store()),
        standings=list(Standing),
        lost=lawbook.lost(store()),
    )


def by_family(every: Sequence[lawlisting.CheckLaw]) -> list[tuple[str, list[lawlisting.CheckLaw]]]:
    """Return the checks' law by family, in the order of an inspection."""
    order = list(FAMILIES)
    families = sorted({one.family for one in every}, key=lambda family: order.index(family) if family in order else len(order))
    return [(family, [one for one in every if one.family == family]) for family in families]


def _only_county() -> str | None:
    counties = registers.counties(store())
    return counties[0].code if len(counties) == 1 else None


@pages.get("/<county>.yaml")
@needs(Right.READ)
def download(county: str) -> ResponseReturnValue:
    """Give a county's text in force, or an empty one to begin with."""
    return _file(lawbook.text_of(store(), county), f"{county}.yaml")


@pages.get("/versions/<int:id>.yaml")
@needs(Right.READ)
def version(id: int) -> ResponseReturnValue:
    """Give one published text."""
    found = lawbook.version(store(), id)
    return _file(found.yaml, f"{found.place}-{found.id}.yaml")


def _file(text: str, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(text.encode()), "application/yaml; charset=utf-8", as_attachment=True, download_name=name)


@pages.get("/instruments/<id>")
@needs(Right.READ)
def instrument(id: str) -> ResponseReturnValue:
    """Show one document and the values that rest on it."""
    return render_template("instrument.html", page=lawlisting.instrument(store(), id, lang(), office().today))


@pages.post("/preview")
@needs(Right.LAW)
def preview() -> ResponseReturnValue:
    """Show what a text, or one value more, would alter; nothing is stored."""
    try:
        text = _text_asked()
    except lawbook.LawRefused as refused:
        return render_template("law_preview.html", refusals=refused.refusals, text="", found=None), 400
    return _previewed(text)


def _previewed(text: str) -> ResponseReturnValue:
    try:
        found = lawbook.preview(store(), text, registers.as_of_default(store(), office().today))
    except lawbook.LawRefused as refused:
        return render_template("law_preview.html", refusals=refused.refusals, text=text, found=None), 400
    register = found.register(store())
    return render_template("law_preview.html", refusals=(), text=text, found=found, register=register)


@pages.post("/publish")
@needs(Right.LAW)
def publish() -> ResponseReturnValue:
    """Publish the previewed text as the county's new version."""
    text, based_on = request.form.get("text", "").replace("\r\n", "\n"), request.form.get("previous", "")
    previous = int(based_on) if based_on.isascii() and based_on.isdigit() and len(based_on) < 10 else None
    try:
        made = lawbook.publish(store(), text, request.form.get("reason", ""), office().now(), based_on=previous)
    except lawbook.LawRefused as refused:
        return render_template("law_preview.html", refusals=refused.refusals, text=text, found=None), 400
    flash(_("已发布为第 %(id)s 版。以前的结果仍保留当时的依据；重新检查后按新版本判断。") % {"id": made.id})
    return redirect(url_for("law.shown", county=made.place))


def _text_asked() -> str:
    file = request.files.get("file")
    if file is not None and file.filename:
        return lawbook.decoded(file.stream.read()).replace("\r\n", "\n")
    if "text" in request.form:
        return request.form["text"].replace("\r\n", "\n")
    if "parameter" not in request.form:
        raise BadParameter(_("没有选择文件。"), _("请先选择一个文件，再点“预览”。"))
    county = request.form.get("county", "").strip()
    check, _dot, parameter = request.form["parameter"].partition(".")
    return lawbook.with_value(lawbook.text_of(store(), county), check, parameter, _value(), _document(county))


def _value() -> dict[str, Any]:
    form = request.form
    amount = form.get("amount", "").strip().replace(",", "")
    made: dict[str, Any] = {
        "since": _day(form.get("since", "")),
        "amount": None if form.get("ends") else float(amount) if _NUMBER.fullmatch(amount) else amount,
        "instrument": form.get("document_id", "").strip() if form.get("instrument") == NEW_DOCUMENT else form.get("instrument", ""),
        "clause": _both(form, "clause"),
        "standing": form.get("standing", ""),
    }
    if project := form.get("project", "").strip():
        made["place"] = f"{form.get('county', '').strip()}{PROJECT}{project}"
    if form.get("review_by", "").strip():
        made["review_by"] = _day(form["review_by"])
    return made


def _document(county: str) -> tuple[str, Mapping[str, Any]] | None:
    form = request.form
    if form.get("instrument") != NEW_DOCUMENT:
        return None
    body = {
        "title": _both(form, "document_title"),
        "number": form.get("document_number", "").strip(),
        "issuer": _both(form, "document_issuer"),
        "issued_on": form.get("document_issued_on", "").strip(),
        "place": county,
        "basis": "S",
    }
    return form.get("document_id", "").strip() or "?", body


def _both(form: Mapping[str, str], name: str) -> dict[str, str]:
    """Return a text in both languages; who leaves the English out has the Chinese stand for it."""
    zh = form.get(f"{name}_zh", "").strip()
    return {"zh": zh, "en": form.get(f"{name}_en", "").strip() or zh}


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return text.strip()
