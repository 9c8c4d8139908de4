"""The checks: what each counts, by which dated values, with which examples, and who fails now."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from relocation.service import explaining, findings
from relocation.web import asked
from relocation.web.language import lang
from relocation.web.needing import Right, needs
from relocation.web.paragraphs import paragraphs
from relocation.web.showing import check_rows, office, store, worst_first

pages = Blueprint("checks", __name__)


@pages.get("/checks")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List the checks with their counts."""
    run = findings.counts(store())
    return render_template("checks.html", checks=worst_first(check_rows(), run.counts), run=run)


@pages.get("/checks/<id>")
@needs(Right.READ)
def one(id: str) -> ResponseReturnValue:
    """Show one check's page and the worst of what it found."""
    shown = explaining.explain(store(), id.split(":")[0], lang(), office().today)
    found = findings.findings(store(), check=shown.check, outcome=("fail", "review"), limit=5)
    return render_template("check.html", about=shown, parts=paragraphs(shown.page), found=found, run=findings.counts(store()))


@pages.get("/checks/<id>/of/<path:subject>")
@needs(Right.READ)
def traced(id: str, subject: str) -> ResponseReturnValue:
    """Trace one verdict to the values, the law and the cells it rests on."""
    return render_template("trace.html", about=explaining.explain(store(), f"{id}:{subject}", lang(), office().today))


@pages.get("/findings/<id>/<kind>/<path:subject>/why")
@needs(Right.READ)
def why(id: str, kind: str, subject: str) -> ResponseReturnValue:
    """Trace one verdict on one kind of subject, where several have the same code."""
    county = asked.filters("county").get("county")
    return render_template("trace.html", about=explaining.explain(store(), f"{id}:{subject}", lang(), office().today, kind=kind, county=county))
