"""What this is, what its figures rest on, and whether it is well."""

from flask import Blueprint, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from relocation.service import findings, registers
from relocation.web.language import lang
from relocation.web.needing import Door, Right, needs
from relocation.web.showing import store

pages = Blueprint("about", __name__)


@pages.get("/about")
@needs(Right.READ)
def sources() -> ResponseReturnValue:
    """Show the layers with their sources, dates and exactness."""
    return render_template("about.html", layers=registers.layers(store(), lang()))


@pages.get("/favicon.ico")
@needs(Door.ANYONE)
def icon() -> ResponseReturnValue:
    """Give the mark that browsers ask for by this name, whatever page they are on."""
    return current_app.send_static_file("icon.svg")


@pages.get("/health")
@needs(Door.ANYONE)
def health() -> ResponseReturnValue:
    """Say that the server answers and its database can be read."""
    run = findings.counts(store())
    return jsonify({"ok": True, "run_id": run.run_id, "as_of": run.as_of.isoformat() if run.as_of else None})
