"""Files in: choose, see what would change, confirm; blank workbooks and refused rows out."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from checks.vocabulary import WORKBOOKS
from relocation.service import Trouble, checking, importing
from relocation.web.findings import MIME
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.running import STOPPED
from relocation.web.showing import office, store
from relocation.web.uploads import Upload, kept, receive, refused_file, refused_folder

pages = Blueprint("importing", __name__)

OPTIONS = ("as_kind", "county", "crs")


@pages.get("/import")
@needs(Right.IMPORT)
def choose() -> ResponseReturnValue:
    """Show the form."""
    return render_template("import.html", ledgers=WORKBOOKS)


@pages.post("/import/preview")
@needs(Right.IMPORT)
def preview() -> ResponseReturnValue:
    """Read the file and show what it would change; nothing is stored."""
    upload = receive(store(), request.files.get("file"))
    return render_template("preview.html", reports=_read(upload, dry_run=True), upload=upload, options=_options())


@pages.post("/import/store")
@needs(Right.IMPORT)
def keep() -> ResponseReturnValue:
    """Store the previewed file and check everything again, by the day of the last run."""
    now, upload = office().now(), kept(store())
    reports = _read(upload, dry_run=False)
    upload.path.unlink(missing_ok=True)  # what is stored is sealed; the ledger it came from lies open
    try:
        run = checking.check(store(), as_of=None, now=now)
    except Trouble as trouble:
        raise Trouble("stopped-check") if trouble.code == STOPPED else trouble from None
    return render_template("stored.html", reports=reports, run=run, upload=upload)


@pages.get("/import/refused/<name>")
@needs(Right.IMPORT)
def refused(name: str) -> ResponseReturnValue:
    """Give the workbook of a file's refused rows."""
    workbook = refused_file(store(), name)
    if workbook is None:
        abort(404)
    return send_file(BytesIO(workbook), MIME["xlsx"], as_attachment=True, download_name=name)


@pages.get("/import/template/<ledger>.xlsx")
@needs(Right.READ)
def blank(ledger: str) -> ResponseReturnValue:
    """Give a blank workbook."""
    if ledger not in WORKBOOKS:
        abort(404)
    with TemporaryDirectory() as made:
        out = Path(made) / f"{ledger}.xlsx"
        importing.template(ledger, out, lang())
        name = WORKBOOKS[ledger].zh if lang() == "zh" else ledger
        return send_file(BytesIO(out.read_bytes()), MIME["xlsx"], as_attachment=True, download_name=_("%(name)s空白表.xlsx") % {"name": name})


def _options() -> dict[str, Any]:
    return {name: value for name in OPTIONS if (value := request.form.get(name, "").strip()[:100])}


def _read(upload: Upload, *, dry_run: bool) -> list[importing.ImportReport]:
    return importing.import_files(
        store(), [upload.path], now=office().now(), dry_run=dry_run, lang=lang(), names=[upload.name], refused_beside=refused_folder(store()), **_options()
    )
