"""Evidence for programs: what is attached to what, and what it is worth."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from relocation.service.evidence import showing
from relocation.web import asked
from relocation.web.evidence import NUMBER_MOST, conditions
from relocation.web.language import lang
from relocation.web.needing import Right, needs
from relocation.web.openapi import asks
from relocation.web.showing import store

pages = Blueprint("evidence_api", __name__, url_prefix="/api/v1/evidence")


@pages.get("")
@needs(Right.READ)
@asks("county", "kind", "flagged", "after", "limit", "subject_kind", "subject")
def listed() -> ResponseReturnValue:
    """Give a page of evidence; `after` asks the next one and is 0 on the last. With subject_kind, county and subject: all of that subject, withdrawn ones too."""
    kind, county, subject = (asked.plain(name) for name in ("subject_kind", "county", "subject"))
    if subject:
        of = showing.of_subject(store(), kind, asked.filters("county").get("county", county), subject, lang())
        rows = [*of.rows, *of.withdrawn]
        return jsonify({"evidence": [one.json() for one in rows], "demolition": of.demolition or None, "notice": of.notice or None, "after": 0})
    page = showing.listed(store(), lang(), **conditions())
    return jsonify({"evidence": [one.json() for one in page.rows], "after": page.after})


@pages.get("/<int:id>")
@needs(Right.READ)
def one(id: int) -> ResponseReturnValue:
    """Give one piece of evidence."""
    return jsonify(showing.one(store(), min(id, NUMBER_MOST), lang()).json())
