"""The rectification ledger's pages: the list, one entry with its past, opening, moving; two versions side by side where two people met."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from checks.registry import checks
from checks.vocabulary import KINDS, OFFICES
from relocation.ledger.entry import Entry, numbered
from relocation.ledger.moves import Move
from relocation.ledger.states import Presence, Severity, State, Tier, Timing
from relocation.service import Trouble, acting, registers
from relocation.service.rectification import listing, moving, opening, timeline
from relocation.service.rectification.conflict import Conflict
from relocation.service.rectification.moving import Wish, worded
from relocation.service.rectification.proof import NO_PROOF, proof_mark, void_proof
from relocation.web import asked, ledger_forms
from relocation.web.language import _, lang, plural
from relocation.web.needing import Right, needs
from relocation.web.rectification_words import BUTTONS, SORTS, WAY, field_word, fields_told, happened, who_role, who_word, word
from relocation.web.showing import office, shown_day, store

pages = Blueprint("ledger", __name__)

FILTERS = ("state", "timing", "tier", "severity", "category", "county", "township", "unit", "presence", "check", "kind", "subject", "source", "text")
SWITCHES = ("asked", "unproven")
"""Conditions that are on or off."""
ORDERS = ("due", "number", "severity", "state", "township", "unit")
RUNNING = (State.OPEN, State.ASSIGNED, State.RECTIFYING, State.RETURNED, State.SUBMITTED)


def wanted() -> dict[str, Any]:
    """Return the conditions on entries in the address."""
    return {**asked.filters(*FILTERS), **{name: True for name in SWITCHES if asked.plain(name) == "1"}}


def told(form: dict[str, Any]) -> dict[str, Any]:
    """Return the words that every page of the ledger uses."""
    return {"State": State, "Timing": Timing, "Tier": Tier, "Severity": Severity, "Presence": Presence, "Move": Move, **form}


@pages.get("/ledger")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List the entries, what comes due first in front."""
    order = asked.plain("order") or "due"
    conditions = wanted()
    page = listing.entries(store(), lang(), day=office().today, order=order, descending=asked.plain("desc") == "1", **conditions, **asked.paging())
    gone = listing.entries(store(), lang(), day=office().today, presence="gone", state=[one.id for one in (*RUNNING, State.ACCEPTED_UNTIL)], limit=1).total
    unproven = listing.entries(store(), lang(), day=office().today, unproven=True, limit=1).total
    return render_template(
        "ledger.html",
        **told(
            {
                "page": page,
                "order": order,
                "gone": gone,
                "unproven": unproven,
                "choices": listing.choices(store()),
                "counties": registers.counties(store()),
                "bulk": BUTTONS,
                "narrowed": bool(conditions),
            }
        ),
    )


@pages.get("/ledger/new")
@needs(Right.LEDGER)
def new() -> ResponseReturnValue:
    """Show the form for an entry by hand."""
    return render_template("ledger_new.html", **told({"counties": registers.counties(store()), "choices": listing.choices(store())}))


@pages.post("/ledger/new")
@needs(Right.LEDGER)
def open_by_hand() -> ResponseReturnValue:
    """Open an entry by hand."""
    form = ledger_forms.text
    made = opening.open_by_hand(
        store(),
        county=form("county"),
        text=form("text"),
        now=office().now(),
        township=form("township"),
        tier=worded(Tier, form("tier") or Tier.BY_HAND.id),
        severity=worded(Severity, form("severity") or Severity.ORDINARY.id),
        category=form("category"),
        source=form("source"),
        unit=form("unit"),
        person=form("person"),
        due_on=asked.posted_day("due_on"),
    )
    flash(_("已登记为 %(id)s，期限 %(day)s。") % {"id": made.id, "day": shown_day(made.due_on)})
    return redirect(url_for("ledger.one", id=made.id))


@pages.post("/ledger/open")
@needs(Right.LEDGER)
def open_one() -> ResponseReturnValue:
    """Open an entry from one finding."""
    form = ledger_forms.text
    made = opening.open_one(store(), form("check"), form("kind"), form("county"), form("subject"), now=office().now(), reason=form("reason"))
    flash(_("已登记为 %(id)s，期限 %(day)s。") % {"id": made.id, "day": shown_day(made.due_on)})
    return redirect(url_for("ledger.one", id=made.id))


@pages.post("/ledger/<id>/again")
@needs(Right.LEDGER)
def again(id: str) -> ResponseReturnValue:
    """Open a new entry that points to a closed one."""
    made = opening.open_again(store(), id, now=office().now(), reason=ledger_forms.text("reason"))
    flash(_("已登记为 %(id)s，期限 %(day)s。") % {"id": made.id, "day": shown_day(made.due_on)})
    return redirect(url_for("ledger.one", id=made.id))


@pages.get("/ledger/<id>")
@needs(Right.READ)
def one(id: str) -> ResponseReturnValue:
    """Show one entry."""
    return _entry_page(id)


def _entry_page(id: str) -> str:
    shown = listing.one(store(), id, lang(), day=office().today)
    entry = shown.row.entry
    facts = {
        "shown_entry": shown,
        "entry": entry,
        "past": timeline.of_entry(store(), entry, lang()),
        "unit": suggested_unit(entry),
        "since_closed": listing.changed_since_closed(store(), entry),
        "merged": listing.merged_into(store(), entry),
        "way": WAY,
        "returned": _last(shown, Move.RETURN),
        "submitted": _last(shown, Move.SUBMIT),
        "void": void_proof(store(), entry, lang()),
        "proof": proof_mark(store(), entry),
        "proof_gone": shown.row.state is State.VERIFIED_CLOSED and proof_mark(store(), listing.root_of(store(), entry)) == NO_PROOF,
        "own": not entry.root and shown.row.state is State.SUBMITTED and entry.submitted_by == store().actor.name and store().actor.may(Right.DECIDE),
    }
    return render_template("ledger_entry.html", **told(facts))


def _last(shown: listing.EntryShown, move: Move) -> Any:
    return next((one for one in reversed(shown.past) if one.move is move), None)


@pages.post("/ledger/<id>/move")
@needs(Right.LEDGER, Right.DECIDE)
def move(id: str) -> ResponseReturnValue:
    """Make a move with an entry; where somebody was faster, show both versions."""
    wish = ledger_forms.wish()
    try:
        made = moving.move(store(), id, wish, now=office().now(), version=ledger_forms.version_read())
    except Conflict as met:
        return _both(met, wish), met.status
    if made.cancelled:
        flash(_("您的修改撤销了原来的提交或批准：要重新提交、重新批准。"))
    else:
        what, state = _(BUTTONS[wish.move]), word(made.entry.state)
        flash((_("%(id)s 已%(what)s。") if what == state else _("%(id)s 已%(what)s，现在是“%(state)s”。")) % {"id": id, "what": what, "state": state})
    return redirect(url_for("ledger.one", id=id))


def _both(met: Conflict, wish: Wish) -> str:
    meeting = listing.meeting(store(), met)
    return render_template(
        "ledger_conflict.html", **told({"met": met, "wish": wish, "fields": meeting.fields, "by": meeting.by, "yours": ledger_forms.yours(wish)})
    )


@pages.get("/ledger/timeline/<kind>/<county>/<path:subject>")
@needs(Right.READ)
def past(kind: str, county: str, subject: str) -> ResponseReturnValue:
    """Show the line of time of one subject."""
    every = timeline.of_subject(store(), kind, county, subject, lang()) if f"{kind}{county}{subject}".isprintable() else []
    if not every:
        raise Trouble("unknown-subject", subject=subject, near="")
    entries = listing.of_subject(store(), kind, county, subject, lang(), day=office().today)
    return render_template("ledger_timeline.html", **told({"past": every, "kind": kind, "county": county, "subject": subject, "entries": entries}))


def suggested_unit(entry: Entry) -> str:
    """Return whose work an entry most likely is: the kind of office that its finding names, in its township."""
    if entry.unit or entry.check not in checks():
        return entry.unit
    found = listing.finding_of(entry)
    id = acting.office_of(entry.check, found.reason if found else "")
    return acting.government_of(entry.township) if id == "township" and entry.township else OFFICES[id]["zh"]


@pages.app_template_global()
def entry_of(finding: Any) -> Entry | None:
    """Return the newest entry of a finding."""
    return listing.of_finding(store(), finding)


@pages.app_template_global()
def ledger_counts(county: str | None) -> dict[str, int]:
    """Return how many entries are overdue and due soon, for the overview."""
    by_state, by_timing = listing.counts(store(), office().today, county)
    return {**by_timing, "all": sum(by_state.values())}


@pages.app_context_processor
def words() -> dict[str, Any]:
    """Give the templates the ledger's words."""
    return {
        "word": word, "field_word": field_word, "happened": happened, "fields_told": fields_told, "who_word": who_word, "who_role": who_role,
        "timeline_sorts": SORTS, "numbered": numbered, "has_page": lambda kind: kind in KINDS,
        "entries_word": lambda n: "条" if lang() == "zh" else plural("条台账", "条台账", n),
    }  # fmt: skip
