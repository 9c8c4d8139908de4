"""The findings: the list with its filters, and the same as a file."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from checks.vocabulary import LEDGERS
from relocation.service import exporting, findings, registers
from relocation.service.rectification import listing
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import check_rows, store
from relocation.web.taking_out import note_export

pages = Blueprint("findings", __name__)

FILTERS = ("outcome", "check", "county", "kind", "township", "subject", "text", "reason", "missing")
SUBJECT_KINDS = (*(kind.id for kind in LEDGERS.values()), "county", "township")
MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
}


def wanted() -> dict[str, Any]:
    """Return the conditions on findings in the address; `all=1` asks for the households that pass too."""
    return {**asked.filters(*FILTERS), "every": asked.plain("all") == "1"}


@pages.get("/findings")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List the findings, worst first."""
    page = findings.findings(store(), **wanted(), **asked.paging())
    run, townships = findings.counts(store()), registers.townships(store())
    entries = listing.of_findings(store(), page.findings)
    return render_template("findings.html", page=page, run=run, checks=check_rows(), townships=townships, subject_kinds=SUBJECT_KINDS, entries=entries)


@pages.get("/findings.<form>")
@needs(Right.READ)
def exported(form: str) -> ResponseReturnValue:
    """Give the findings that fit the filters as a file."""
    if form not in MIME:
        raise BadParameter(_("没有“%(value)s”这种导出格式。") % {"value": form}, _("可用的有：%(values)s。") % {"values": ", ".join(MIME)})
    with TemporaryDirectory() as made:
        out = Path(made) / f"findings.{form}"
        rows = exporting.export(store(), form, out, lang(), **wanted())
        note_export(f"findings.{form}", rows, wanted())
        return send_file(BytesIO(out.read_bytes()), MIME[form], as_attachment=True, download_name=f"{_('核查结果')}.{form}")
