"""The leader's brief: one page, the same as a file, and its small picture."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.service import registers
from relocation.service.briefing import building, drawing, files, telling, tracing
from relocation.service.briefing.contract import Brief
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.openapi import asks
from relocation.web.showing import office, store

pages = Blueprint("brief", __name__)

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


@pages.get("/brief")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the brief of a county, of the only one where none is named."""
    counties = registers.counties(store())
    county = asked.filters("county").get("county")
    if not county:
        if not counties:
            return redirect(url_for("overview.county"))
        county = counties[0].code
    made = _brief(county)
    return render_template("brief.html", counties=counties, county=county, sheet=telling.told(made), linked=True, forms=files.FORMS)


@pages.get("/brief/figure/<county>")
@needs(Right.READ)
def figure(county: str) -> ResponseReturnValue:
    """Count one figure again and list what it counts."""
    made = tracing.traced(store(), county, asked.plain("figure"), lang(), now=office().now(), as_of=asked.day_of("as_of"))
    return render_template("brief_figure.html", made=made, county=county)


@pages.get("/brief.svg")
@needs(Right.READ)
def picture() -> ResponseReturnValue:
    """Give the picture of the county."""
    return Response(drawing.picture(_brief(_county())), mimetype="image/svg+xml")


@pages.get("/brief.<form>")
@needs(Right.READ)
def exported(form: str) -> ResponseReturnValue:
    """Give the brief as a file; that it was made is kept, so that the next one says what changed since."""
    if form not in files.FORMS:
        raise BadParameter(_("没有“%(value)s”这种导出格式。") % {"value": form}, _("可用的有：%(values)s。") % {"values": ", ".join(files.FORMS)})
    made = _brief(_county())
    content = files.written(made, form)
    if request.method != "HEAD" and not files.note(store(), made, form, now=office().now()):
        flash(_("磁盘现在不能写入：文件已导出，但这次导出没有记入日志。"))
    called = f"{_('简报')}-{made.county}-{made.made_on}.{form}"
    return send_file(BytesIO(content), MIME[form], as_attachment=True, download_name=called)


@pages.get("/api/v1/brief")
@needs(Right.READ)
@asks("county", "as_of", "since")
def told() -> ResponseReturnValue:
    """Give the brief of a county: questions with figures, the worst cases, what changed, what to decide, what it rests on."""
    return jsonify(_brief(_county()).json())


@pages.app_template_global()
def served(endpoint: str) -> bool:
    """Tell whether there is such a page."""
    return endpoint in current_app.view_functions


def _county() -> str:
    county = asked.filters("county").get("county")
    if not county:
        raise BadParameter(_("没有写明哪个县。"), _("请在地址里写 county=六位县代码。"))
    return str(county)


def _brief(county: str) -> Brief:
    days: dict[str, Any] = {"as_of": asked.day_of("as_of"), "since": asked.day_of("since")}
    return building.brief(store(), county, lang(), now=office().now(), **days)
