"""The ledger for programs: the list, one entry with its past, one subject's line of time, and a move, which answers with both versions where two met."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from relocation.service.rectification import listing, moving, timeline
from relocation.service.rectification.conflict import Conflict
from relocation.web import asked, ledger_forms
from relocation.web.language import lang
from relocation.web.ledger import FILTERS, SWITCHES, wanted
from relocation.web.needing import Right, needs
from relocation.web.openapi import asks, sends
from relocation.web.showing import office, store

pages = Blueprint("ledger_api", __name__, url_prefix="/api/v1/ledger")


@pages.get("")
@needs(Right.READ)
@asks(*FILTERS, *SWITCHES, "order", "desc", "after", "limit")
def listed() -> ResponseReturnValue:
    """Give a page of entries with the numbers by state and by deadline; `after` asks the next one."""
    order, descending = asked.plain("order") or "due", asked.plain("desc") == "1"
    page = listing.entries(store(), lang(), day=office().today, order=order, descending=descending, **wanted(), **asked.paging())
    return jsonify(page.json())


@pages.get("/<id>")
@needs(Right.READ)
def one(id: str) -> ResponseReturnValue:
    """Give one entry with its past and what may be done with it."""
    return jsonify(listing.one(store(), id, lang(), day=office().today).json())


@pages.get("/<id>/timeline")
@needs(Right.READ)
def past(id: str) -> ResponseReturnValue:
    """Give what happened to an entry and to what it is about, the newest first."""
    entry = moving.entry(store(), id)
    return jsonify([one.json() for one in timeline.of_entry(store(), entry, lang())])


@pages.post("/<id>/move")
@needs(Right.LEDGER, Right.DECIDE)
@sends("csrf_token", "move", "version", "reason", "approver", "until", "granted", "unit", "person", "measure", "severity", "category", "township", "text")
def move(id: str) -> ResponseReturnValue:
    """Make a move by the version that was read, which has to be given; 409 with both versions where somebody else was faster."""
    try:
        made = moving.move(store(), id, ledger_forms.wish(), now=office().now(), version=ledger_forms.version_read())
    except Conflict as met:
        said = {"error": met.reason(lang()), "mend": met.mend(lang()), "status": met.status}
        return jsonify({**said, "conflict": met.json()}), met.status
    return jsonify({**listing.one(store(), made.entry.id, lang(), day=office().today).json(), "approval_cancelled": made.cancelled})
