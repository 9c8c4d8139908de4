"""The ledger's workbook: downloaded as it is filtered, brought back, looked at row by row, and what is accepted kept."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.ledger.columns import COLUMNS
from relocation.ledger.returning import Outcome
from relocation.service.rectification import listing, workbook
from relocation.web.errors import BadParameter
from relocation.web.findings import MIME
from relocation.web.language import _, lang
from relocation.web.ledger import wanted
from relocation.web.needing import Right, needs
from relocation.web.rectification_words import word
from relocation.web.showing import office, store
from relocation.web.taking_out import note_export
from relocation.web.uploads import kept, receive

pages = Blueprint("ledger_workbook", __name__)


@pages.get("/ledger/workbook")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show what would be downloaded, and the form to bring it back."""
    conditions = wanted()
    page = listing.entries(store(), lang(), day=office().today, limit=1, **conditions)
    return render_template("ledger_workbook.html", total=page.total, conditions=conditions, columns=[one for one in COLUMNS if not one.hidden])


@pages.get("/ledger/workbook.xlsx")
@needs(Right.READ)
def downloaded() -> ResponseReturnValue:
    """Give the ledger as far as it fits the address's conditions."""
    made = workbook.export(store(), lang(), day=office().today, **wanted())
    note_export("ledger.xlsx", listing.entries(store(), lang(), day=office().today, limit=1, **wanted()).total, wanted())
    return send_file(BytesIO(made), MIME["xlsx"], as_attachment=True, download_name=f"{_('整改台账')}-{office().today.isoformat()}.xlsx")


@pages.post("/ledger/workbook/preview")
@needs(Right.LEDGER)
def preview() -> ResponseReturnValue:
    """Show what a workbook that came back would do; nothing is changed."""
    upload = receive(store(), request.files.get("file"))
    report = workbook.look(store(), upload.path, now=office().now(), file_name=upload.name)
    return render_template("ledger_workbook_preview.html", report=report, upload=upload, Outcome=Outcome, word=word, heading=_headings())


@pages.post("/ledger/workbook/keep")
@needs(Right.LEDGER)
def keep() -> ResponseReturnValue:
    """Make what the accepted rows say."""
    upload = kept(store())
    rows = request.form.getlist("row")
    if not all(row.isascii() and row.isdigit() and len(row) < 8 for row in rows):
        raise BadParameter(_("行号不对。"), _("请回到预览页重新勾选。"))
    report = workbook.bring(store(), upload.path, rows=[int(row) for row in rows], now=office().now(), file_name=upload.name)
    return render_template("ledger_workbook_done.html", report=report, upload=upload, back=url_for("ledger.listed"))


def _headings() -> dict[str, str]:
    return {column.name: column.zh if lang() == "zh" else column.en for column in COLUMNS}
