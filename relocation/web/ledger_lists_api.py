"""Lists, likenesses, months and the ledger's workbook for programs."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from relocation.service.rectification import lists, merging, months, workbook
from relocation.web import asked
from relocation.web.language import lang
from relocation.web.ledger_lists import county
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store
from relocation.web.uploads import receive

pages = Blueprint("ledger_lists_api", __name__, url_prefix="/api/v1/ledger-lists")


@pages.get("/reconciliation")
@needs(Right.READ)
def reconciliation() -> ResponseReturnValue:
    """Give how the lists add up."""
    return jsonify(merging.reconciliation(store(), county()).json())


@pages.get("/same")
@needs(Right.READ)
def same() -> ResponseReturnValue:
    """Give the pairs that may be one problem and that nobody has answered, the likeliest first."""
    return jsonify([pair.json() for pair in merging.pairs(store(), county())])


@pages.post("/same")
@needs(Right.LEDGER)
def answer() -> ResponseReturnValue:
    """Take an answer about two entries and give the one that now stands for the first."""
    said = {name: request.form.get(name, "").strip()[:200] for name in ("one", "other", "answer", "why")}
    root = merging.answer(store(), said["one"], said["other"], said["answer"], now=office().now(), why=said["why"])
    return jsonify({"entry": root.id})


@pages.get("/months")
@needs(Right.READ)
def frozen() -> ResponseReturnValue:
    """Give the frozen months with what came and went."""
    return jsonify([table.json() for table in months.tables(store(), county(), asked.plain("by") or "tier")])


@pages.post("/import")
@needs(Right.LEDGER)
def bring() -> ResponseReturnValue:
    """Bring a list in; with dry_run=1 tell what it would bring."""
    upload, form = receive(store(), request.files.get("file")), request.form
    report = lists.bring_list(
        store(), upload.path, county=county(), tier=form.get("tier", "")[:20], now=office().now(), name=form.get("list", "").strip()[:100],
        file_name=upload.name, dry_run=form.get("dry_run") == "1",
    )  # fmt: skip
    return jsonify(report.json(lang()))


@pages.post("/workbook")
@needs(Right.LEDGER)
def look() -> ResponseReturnValue:
    """Tell what a workbook that came back would do; nothing is changed."""
    upload = receive(store(), request.files.get("file"))
    return jsonify(workbook.look(store(), upload.path, now=office().now(), file_name=upload.name).json(lang()))
