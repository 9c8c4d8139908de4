"""Public notices: what would hang on the wall, as a page; the same as a file, which the log notes; and what hung against the register."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from relocation.notices.naming import Form
from relocation.notices.rows import DEFAULT_EXTRAS, Extra
from relocation.service import Trouble, registers
from relocation.service.evidence.wording import say_displayed
from relocation.service.publishing import making, matching
from relocation.service.publishing.asking import KINDS, Wish
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.findings import MIME
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store
from relocation.words import N_

pages = Blueprint("notices", __name__, url_prefix="/notices")

TYPES = {**MIME, "pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}
KIND_WORDS = {"wall": N_("上墙名单"), "sms": N_("短信"), "funds": N_("资金使用"), "summary": N_("安置情况汇总")}
EXTRA_WORDS = {Extra.SITE: N_("加安置点"), Extra.AREA: N_("加建筑面积"), Extra.SUBSIDY: N_("加应补助金额")}
FORM_WORDS = {Form.SURNAME: N_("只留姓（张**）"), Form.LAST: N_("留姓和末字（张*明）")}
MOST_VILLAGES = 20
"""So many villages are shown on the page; the file has all."""


@pages.get("")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """Show the form and, once a kind and a place are chosen, the notice as it would be published; nothing is noted."""
    counties, made, trouble = registers.counties(store()), None, None
    wish = _wish(request.args)
    if wish.kind and wish.county:
        try:
            made = making.document(store(), wish, office().today, lang(), preview=True)
        except Trouble as refused:
            trouble = refused
    status = trouble.status if trouble else 200
    words = {"kind_words": KIND_WORDS, "extra_words": EXTRA_WORDS, "form_words": FORM_WORDS, "formats": making.FORMATS}
    shown = {"counties": counties, "townships": registers.townships(store(), wish.county or None), "wish": wish, "made": made, "most": MOST_VILLAGES}
    return render_template("notices.html", trouble=trouble, **shown, **words), status


@pages.post("/file")
@needs(Right.LEDGER)
def made() -> ResponseReturnValue:
    """Give a notice as a file; the log notes kind, place, count and hash, and where it cannot there is no file."""
    wish, form, paper = _wish(request.form), request.form.get("format", "")[:10], request.form.get("paper", "a4")
    if paper not in making.PAPERS:
        raise BadParameter(_("没有“%(value)s”这种纸张。") % {"value": paper[:10]}, _("可用的有：%(values)s。") % {"values": ", ".join(making.PAPERS)})
    data, notice = making.made_file(store(), wish, form, office().now(), lang(), paper)
    return send_file(BytesIO(data), TYPES[form], as_attachment=True, download_name=f"{notice.title}.{form}")


@pages.get("/match")
@needs(Right.READ)
def match() -> ResponseReturnValue:
    """Show village by village whether the imported lists of notices and the register agree, and whether a photo shows it."""
    counties = registers.counties(store())
    chosen = asked.filters("county", "township")
    county = chosen.get("county") or (counties[0].code if len(counties) == 1 else "")
    found = matching.match(store(), county, chosen.get("township", ""), lang()) if county else None
    townships = registers.townships(store(), county or None)
    return render_template("notice_match.html", counties=counties, townships=townships, found=found, every=asked.plain("all") == "1", said=_said)


def _said(one: matching.VillageShown) -> str:
    return say_displayed(one.shown, lang())


def _wish(given: Mapping[str, str]) -> Wish:
    """Read a wish from an address or a form. BadParameter for what cannot be one."""
    texts = {name: _text(given, name) for name in ("kind", "county", "township", "village", "site", "contact", "names", "begins_on", "days", "year")}
    if texts["kind"] and texts["kind"] not in KINDS:
        raise BadParameter(_("没有“%(value)s”这种公示。") % {"value": texts["kind"]}, _("可用的有：%(values)s。") % {"values": ", ".join(KINDS)})
    asked_for = [extra for extra in Extra if given.get(f"with_{extra.value}") == "1"]
    extras = tuple(asked_for) if asked_for or given.get("chosen") else DEFAULT_EXTRAS
    form = Form(texts["names"]) if texts["names"] in {one.value for one in Form} else Form.SURNAME
    return Wish(
        texts["kind"], texts["county"], texts["township"], texts["village"], texts["site"], extras, form, texts["contact"],
        _day(texts["begins_on"]), _whole(texts["days"]), _whole(texts["year"]),
    )  # fmt: skip


def _text(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, "").strip()
    if len(value) > asked.TEXT_LIMIT or not value.isprintable():
        raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    return value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadParameter(_("“%(value)s”不是日期。") % {"value": text}, _("请写成 2018-06-30 的样子。")) from None


def _whole(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise BadParameter(_("“%(value)s”不是 0 以上的整数。") % {"value": text}, _("请填写整数，例如 30。"))
    return int(text) if text else None
