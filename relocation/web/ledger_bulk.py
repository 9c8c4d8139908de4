"""The same done with many entries: first how many it would be, then done, then to be taken back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.ledger.entry import Entry
from relocation.service.rectification import bulk, opening
from relocation.web import ledger_forms
from relocation.web.findings import FILTERS as FINDING_FILTERS
from relocation.web.language import _
from relocation.web.ledger import FILTERS, SWITCHES, told
from relocation.web.needing import Right, needs
from relocation.web.rectification_words import BUTTONS, LEFT
from relocation.web.showing import office, store

pages = Blueprint("ledger_bulk", __name__)

NAMED = 20
"""So many entries are named; of the others it is said how many they are."""


def _picked() -> list[Entry]:
    """Return the entries that the form means: those ticked, or all that fit the list's conditions."""
    if request.form.get("which") == "all":
        conditions: dict[str, Any] = {name: value for name in FILTERS if (value := ledger_forms.text(f"list-{name}"))}
        conditions |= {name: True for name in SWITCHES if request.form.get(f"list-{name}") == "1"}
        return bulk.picked(store(), now=office().now(), **conditions)
    return bulk.picked(store(), now=office().now(), numbers=request.form.getlist("entry"))


@pages.post("/ledger/bulk")
@needs(Right.LEDGER, Right.DECIDE)
def preview() -> ResponseReturnValue:
    """Tell how many entries would be moved, and why not the others."""
    wish, entries = ledger_forms.wish(filled_only=True), _picked()
    would = bulk.preview(store(), wish, entries, now=office().now())
    facts = {
        "wish": wish,
        "would": would,
        "marks": ledger_forms.as_marks(entries),
        "left": _left(would),
        "button": BUTTONS[wish.move],
        "named": NAMED,
        "list": _list(),
    }
    return render_template("ledger_bulk.html", **told({**facts, "yours": ledger_forms.yours(wish)}))


@pages.post("/ledger/bulk/done")
@needs(Right.LEDGER, Right.DECIDE)
def done() -> ResponseReturnValue:
    """Do it, and show what was done with the button that takes it back."""
    seen = ledger_forms.marked()
    entries = ledger_forms.as_seen(bulk.picked(store(), now=office().now(), numbers=list(seen)), seen)
    wish = ledger_forms.wish(filled_only=True)
    made = bulk.move_all(store(), wish, entries, now=office().now())
    return render_template("ledger_bulk_done.html", **told({"made": made, "left": _left(made), "button": BUTTONS[wish.move], "named": NAMED, "list": _list()}))


@pages.post("/ledger/batches/<int:batch>/undo")
@needs(Right.LEDGER, Right.DECIDE)
def undo(batch: int) -> ResponseReturnValue:
    """Take a batch back, as far as nobody has gone on since."""
    back = bulk.undo(store(), batch, now=office().now())
    said = _("已撤回 %(n)s 条。") % {"n": len(back.done)}
    if back.left:
        shown = _("、").join(back.left[:NAMED])
        said += _("有 %(n)s 条已有人接着办，没有撤回：%(which)s") % {"n": len(back.left), "which": shown}
    flash(said)
    return redirect(url_for("ledger.listed", **_list()))


@pages.post("/ledger/open-fails")
@needs(Right.LEDGER)
def open_fails() -> ResponseReturnValue:
    """Open an entry from every fail that fits the conditions of a list of findings: first told how many, then done."""
    conditions: dict[str, Any] = {name: value for name in FINDING_FILTERS if name != "outcome" and (value := ledger_forms.text(name))}
    if request.form.get("sure") != "1":
        found = opening.fails(store(), **conditions)
        return render_template("ledger_open.html", **told({"n": len(found), "conditions": conditions}))
    made = opening.open_fails(store(), now=office().now(), **conditions)
    said = _("新登记 %(n)s 条。") % {"n": len(made.entries)}
    if made.already:
        said += _("%(n)s 条已在台账里。") % {"n": made.already}
    if made.dismissed:
        said += _("%(n)s 条以前认定不属实，没有再登记。") % {"n": made.dismissed}
    flash(said)
    return redirect(url_for("ledger.listed"))


def _list() -> dict[str, Any]:
    """Return the conditions of the list that the form was on, to go back to it."""
    return {name: value for name in (*FILTERS, *SWITCHES) if (value := ledger_forms.text(f"list-{name}"))}


def _left(of: bulk.Bulk) -> list[tuple[str, int]]:
    return [(_(LEFT.get(why, why)), n) for why, n in of.left.items()]
