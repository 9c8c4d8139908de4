"""应知应会: the card of a place's figures as page, print and workbook, and five questions about them."""

from io import BytesIO
from secrets import randbelow

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.figures.figure import meanings
from relocation.service import Trouble
from relocation.service.figures import printing, scores
from relocation.service.figures.card import Card, card
from relocation.service.figures.places import Place, Places, places
from relocation.service.figures.selftest import Test, test
from relocation.service.figures.sheet import sheet
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.findings import MIME
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store
from relocation.web.taking_out import note_export

pages = Blueprint("facts", __name__)


@pages.get("/facts")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the card of a county or a township."""
    chosen = wanted()
    if chosen is None:
        return render_template("facts.html", places=None)
    return render_template("facts.html", places=chosen, sheet=sheet(_card(chosen.chosen), lang()), source_page=source_page, seed=office().today.isoformat())


@pages.get("/facts.pdf")
@needs(Right.READ)
def printed() -> ResponseReturnValue:
    """Give the card as one printable side."""
    one = _card(_place())
    made = printing.pdf(one, lang())
    note_export("facts.pdf", len(one.shown), _told(one.place))
    return send_file(BytesIO(made), "application/pdf", as_attachment=True, download_name=f"{_called(one.place)}.pdf")


@pages.get("/facts.xlsx")
@needs(Right.READ)
def workbook() -> ResponseReturnValue:
    """Give the card as a workbook."""
    one = _card(_place())
    made = printing.workbook(one, lang())
    note_export("facts.xlsx", len(one.shown), _told(one.place))
    return send_file(BytesIO(made), MIME["xlsx"], as_attachment=True, download_name=f"{_called(one.place)}.xlsx")


@pages.get("/facts/test")
@needs(Right.READ)
def tested() -> ResponseReturnValue:
    """Ask the five questions of a place; without a seed one is drawn, and the address then has it."""
    place = _place()
    seed = asked.plain("seed")
    if not seed:
        return redirect(url_for("facts.tested", county=place.county, township=place.township or None, seed=1000 + randbelow(9000)))
    return _test_page(test(store(), place, seed, lang(), today=office().today), None)


@pages.post("/facts/test")
@needs(Right.READ)
def answered() -> ResponseReturnValue:
    """Tell how the answers were; the score is kept only where the person ticked so."""
    place = places(store(), _text("county") or None, _text("township"))
    if place is None:
        raise Trouble("county-empty", county="", near="")
    made = test(store(), place.chosen, _text("seed"), lang(), today=office().today)
    if made.fingerprint != _text("print"):
        flash(_("作答期间数据有变动，题目已更新，请重新作答。"))
        return redirect(url_for("facts.tested", county=place.chosen.county, township=place.chosen.township or None, seed=made.seed))
    chosen = [_choice(f"q{number}") for number in range(len(made.asked))]
    if request.form.get("keep") == "1":
        scores.keep(store(), made, made.score(chosen), now=office().now())
        flash(_("成绩已留存，只有您自己看得到。"))
    return _test_page(made, chosen)


@pages.post("/facts/test/forget")
@needs(Right.READ)
def forgotten() -> ResponseReturnValue:
    """Delete the person's own scores."""
    number = scores.forget(store(), now=office().now())
    flash(_("已删除 %(n)s 次成绩。") % {"n": number})
    return redirect(url_for("facts.shown"))


def _test_page(made: Test, chosen: list[int | None] | None) -> str:
    correct = None if chosen is None else made.score(chosen)
    return render_template("facts_test.html", test=made, chosen=chosen, correct=correct, scores=scores.mine(store()), again=1000 + randbelow(9000))


def _text(name: str) -> str:
    value = request.form.get(name, "").strip()
    if len(value) > asked.TEXT_LIMIT or not value.isprintable():
        raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    return value


def _choice(name: str) -> int | None:
    value = request.form.get(name, "")
    return int(value) if value in ("0", "1", "2", "3") else None


def wanted() -> Places | None:
    """Return the place the address asks for, with those to choose from; None where nothing was imported yet."""
    told = asked.filters("county", "township")
    return places(store(), told.get("county"), told.get("township", ""))


def _place() -> Place:
    chosen = wanted()
    if chosen is None:
        raise Trouble("county-empty", county="", near="")
    return chosen.chosen


def _card(place: Place) -> Card:
    return card(store(), place, lang(), today=office().today)


def _told(place: Place) -> dict[str, str]:
    return {"county": place.county, "township": place.township}


def _called(place: Place) -> str:
    return f"{_('应知应会')}-{place.county}{'-' if place.township else ''}{place.township}"


def source_page(id: str, place: Place) -> str:
    """Return the page on which what a figure counts is listed, "" for none."""
    where = {"county": place.county, **({"township": place.township} if place.township else {})}
    pages_of = {
        "households": ("records.households", where),
        "sites": ("records.sites", where),
        "living-area": ("findings.listed", {**where, "check": "living-area", "outcome": "fail"}),
        "demolition-rate": ("findings.listed", {"county": place.county, "check": "demolition-rate"}),
        "funds": ("findings.listed", {"county": place.county, "check": "retained-funds"}),
        "entries": ("ledger.listed", where),
    }
    page, told = pages_of[meanings()[id].source]
    return url_for(page, **told)  # type: ignore[arg-type]
