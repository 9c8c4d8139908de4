"""The charts of a place on one page, each with the same numbers as a table, and each as a file of its own."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from relocation.service import Trouble
from relocation.service.figures.charts import Chart, outcomes
from relocation.service.figures.costs import costs
from relocation.service.figures.files import chart_file
from relocation.service.figures.places import Place
from relocation.service.figures.progress import progress
from relocation.web.facts import wanted
from relocation.web.language import lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store
from relocation.web.taking_out import note_export

pages = Blueprint("charts", __name__)

CHARTS: Mapping[str, Callable[..., Chart]] = {"outcomes": outcomes, "progress": progress, "costs": costs}


@pages.get("/charts")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the charts of a county or a township."""
    chosen = wanted()
    if chosen is None:
        return render_template("charts.html", places=None)
    return render_template("charts.html", places=chosen, charts=[_chart(id, chosen.chosen) for id in CHARTS])


@pages.get("/charts/<any(outcomes, progress, costs):id>.svg")
@needs(Right.READ)
def drawn(id: str) -> ResponseReturnValue:
    """Give one chart as a picture for a report of somebody's own."""
    chosen = wanted()
    if chosen is None:
        raise Trouble("county-empty", county="", near="")
    made = _chart(id, chosen.chosen)
    note_export(f"charts/{id}.svg", len(made.rows), {"county": chosen.chosen.county, "township": chosen.chosen.township})
    return Response(chart_file(made), mimetype="image/svg+xml", headers={"Content-Disposition": f"attachment; filename={id}-{chosen.chosen.county}.svg"})


def _chart(id: str, place: Place) -> Chart:
    return CHARTS[id](store(), place, lang(), today=office().today)
