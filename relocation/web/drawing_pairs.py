"""Two drawings compared: the page of a pair with its decisions, two files looked at without being kept, and either as a file."""

import math
from io import BytesIO
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.service import registers
from relocation.service.drawings import deciding, viewing
from relocation.service.drawings.pairing import ComparisonReport
from relocation.service.drawings.viewing import Clicks, Loose
from relocation.web import asked
from relocation.web.drawings import check_again
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store
from relocation.web.taking_out import note_export
from relocation.web.uploads import kept_as, receive

pages = Blueprint("drawing_pairs", __name__, url_prefix="/drawings")

MIME = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "dxf": "image/vnd.dxf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
KEPT_IN_ADDRESS = ("one", "two", "name_one", "name_two", "institute", "approved_on", "persons", "old_1", "new_1", "old_2", "new_2", "mirrored")


@pages.get("/pairs/<code>")
@needs(Right.READ)
def pair(code: str) -> ResponseReturnValue:
    """Show a pair of a site: the viewer, what the checks say, the clues, the files."""
    shown = viewing.pair_shown(store(), code, as_of=_day())
    return render_template(
        "drawing_pair.html",
        row=shown.row,
        report=shown.report,
        said=viewing.sentences(shown.report, lang()),
        source=url_for("drawing_pairs.pair_picture", code=code, apart="1" if _apart() else None),
        downloads=[(form, url_for("drawing_pairs.pair_file", code=code, form=form)) for form in MIME],
    )


@pages.get("/pairs/<code>/picture.json")
@needs(Right.READ)
def pair_picture(code: str) -> ResponseReturnValue:
    """Give what the viewer shows of a pair."""
    return jsonify(viewing.picture_of(viewing.pair_shown(store(), code, as_of=_day()).report, lang(), apart=_apart()))


@pages.get("/pairs/<code>/comparison.<form>")
@needs(Right.READ)
def pair_file(code: str, form: str) -> ResponseReturnValue:
    """Give the comparison of a pair as a file."""
    return _file(viewing.pair_shown(store(), code, as_of=_day()).report, form)


@pages.post("/decide")
@needs(Right.DRAW)
def decide() -> ResponseReturnValue:
    """Keep what was decided on the differences of one set, and go back to it."""
    form, code, kind = request.form, request.args.get("pair", ""), request.form.get("kind", "")
    said = {"document" if kind == "approved" else "reason": form.get("said", "")[: asked.TEXT_LIMIT]}
    deciding.decide(store(), code, form.get("differences", "").split(), kind=kind, now=office().now(), **said)
    number = form.get("set", "")
    return redirect(url_for("drawing_pairs.pair", code=code, _anchor=f"set-{number}" if number.isdigit() else None))


@pages.post("/align")
@needs(Right.DRAW)
def align() -> ResponseReturnValue:
    """Keep how two drawings lie on each other by two clicks in either, compare them so, and check everything again."""
    code = request.args.get("pair", "")
    deciding.align(store(), code, _clicks(request.form).said(), reason=_("在比对页上点选的两点"), now=office().now(), lang=lang())
    check_again()
    return redirect(url_for("drawing_pairs.pair", code=code))


@pages.post("/compare")
@needs(Right.DRAW)
def compare() -> ResponseReturnValue:
    """Take two files for a look; they are compared by the address this leads to, and nothing of them is stored as a record."""
    one, two = (receive(store(), request.files.get(name)) for name in ("design", "construction"))
    kept = {name: request.form.get(name, "").strip()[: asked.TEXT_LIMIT] for name in ("institute", "approved_on", "persons")}
    stored: dict[str, Any] = {"one": one.path.name, "two": two.path.name, "name_one": _short(one.name), "name_two": _short(two.name)}
    stored |= {name: value for name, value in kept.items() if value}
    return redirect(url_for("drawing_pairs.compared", **stored))


@pages.get("/compared")
@needs(Right.DRAW)
def compared() -> ResponseReturnValue:
    """Show two files compared."""
    loose = _loose()
    report = viewing.looked_at(store(), loose, as_of=_day())
    kept: dict[str, Any] = {name: request.args[name] for name in KEPT_IN_ADDRESS if request.args.get(name)}
    return render_template(
        "drawing_compared.html",
        report=report,
        said=viewing.sentences(report, lang()),
        kept=kept,
        source=url_for("drawing_pairs.compared_picture", apart="1" if _apart() else None, **kept),
        downloads=[(form, url_for("drawing_pairs.compared_file", form=form, **kept)) for form in MIME],
    )


@pages.get("/compared/picture.json")
@needs(Right.DRAW)
def compared_picture() -> ResponseReturnValue:
    """Give what the viewer shows of two files."""
    return jsonify(viewing.picture_of(viewing.looked_at(store(), _loose(), as_of=_day()), lang(), apart=_apart()))


@pages.get("/compared/comparison.<form>")
@needs(Right.DRAW)
def compared_file(form: str) -> ResponseReturnValue:
    """Give the comparison of two files as a file."""
    return _file(viewing.looked_at(store(), _loose(), as_of=_day()), form)


@pages.post("/compared/align")
@needs(Right.DRAW)
def compared_align() -> ResponseReturnValue:
    """Compare two files anew by two clicks in either."""
    _clicks(request.form)
    named = {name: request.args[name] for name in KEPT_IN_ADDRESS if request.args.get(name)}
    points: dict[str, Any] = {name: request.form.get(name, "") for name in ("old_1", "new_1", "old_2", "new_2")}
    mirrored = {"mirrored": "1"} if request.form.get("mirrored") else {}
    named.pop("mirrored", None)
    return redirect(url_for("drawing_pairs.compared", **{**named, **points, **mirrored}))


def _short(name: str) -> str:
    """Return a file's name as an address can carry it: its end, without what cannot be printed."""
    return "".join(letter for letter in name if letter.isprintable())[-NAME_LONGEST:]


NAME_LONGEST = 120


def _loose() -> Loose:
    """Return the two files that the address names."""
    one, two = (kept_as(store(), asked.plain(at), asked.plain(f"name_{at}")) for at in ("one", "two"))
    clicks = _clicks(request.args) if request.args.get("old_1") else None
    return Loose(one.path, two.path, (one.name, two.name), asked.plain("institute"), asked.day_of("approved_on"), _persons(asked.plain("persons")), clicks)


def _persons(text: str) -> tuple[tuple[str, int], ...]:
    """Return "A=1，B=2" as labels with numbers. BadParameter for anything else."""
    pairs = [part.partition("=") for part in text.replace("，", ",").replace("＝", "=").split(",") if part.strip()]
    if any(not label.strip() or not number.strip().isdecimal() or not 1 <= int(number) <= MOST_PERSONS for label, _sep, number in pairs):
        raise BadParameter(_("人数“%(value)s”读不出来。") % {"value": text}, _("请写成 A=1，B=2 的样子，人数为 1 到 30。"))
    return tuple((label.strip(), int(number)) for label, _sep, number in pairs)


MOST_PERSONS = 30


def _clicks(given: Any) -> Clicks:
    """Return two clicks in either drawing. BadParameter where they are not there."""
    points = [tuple(_point(given.get(f"{side}_{n}", "")) for n in (1, 2)) for side in ("old", "new")]
    return Clicks(points[0], points[1], bool(given.get("mirrored")))


def _point(text: str) -> tuple[float, float]:
    try:
        x, y = (float(part) for part in text.split())
    except ValueError:
        x = y = math.nan
    if not (math.isfinite(x) and math.isfinite(y)):
        raise BadParameter(_("对位的点读不出来。"), _("请在两张图上按提示各点两个位置。"))
    return x, y


def _file(report: ComparisonReport, form: str) -> ResponseReturnValue:
    made = viewing.as_file(report, f".{form}", lang())
    note_export(f"comparison.{form}", len(report.sheet.comparison.differences), {"pair": report.sheet.title})
    return send_file(BytesIO(made), MIME[form], as_attachment=True, download_name=f"{_('图纸比对')}.{form}")


def _apart() -> bool:
    return asked.plain("apart") == "1"


def _day() -> Any:
    return registers.as_of_default(store(), office().today)
