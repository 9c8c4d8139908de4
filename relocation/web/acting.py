"""What to do next: the list of actions by office and place, its workbook, and what a finding's card adds to it."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from checks.finding import Finding
from checks.vocabulary import OFFICES
from relocation.service import acting, fixing, registers, resembling, tasklist
from relocation.service.addresses import record_page
from relocation.service.showing import kind_word
from relocation.web import asked
from relocation.web.findings import MIME
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import store
from relocation.web.taking_out import note_export

pages = Blueprint("acting", __name__)

SHOWN = 200
"""So many actions stand on the page; the workbook has all."""

ALIKE_SHOWN = 8


def wanted() -> dict[str, Any]:
    """Return the conditions on actions that the address names."""
    return asked.filters("office", "county", "township")


@pages.get("/actions")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List what to do, by office and township, worst first."""
    tasks = acting.actions(store(), lang=lang(), **wanted(), limit=SHOWN)
    types = fixing.by_type(store(), lang(), **wanted())
    offices = [(id, words[lang()]) for id, words in OFFICES.items()]
    return render_template(
        "actions.html", tasks=tasks, types=types, offices=offices, counties=registers.counties(store()), townships=registers.townships(store())
    )


@pages.get("/actions.xlsx")
@needs(Right.READ)
def exported() -> ResponseReturnValue:
    """Give all of it as a workbook."""
    tasks = acting.actions(store(), lang=lang(), **wanted())
    made = tasklist.workbook(tasks, fixing.by_type(store(), lang(), **wanted()), lang())
    note_export("actions.xlsx", tasks.shown, wanted())
    return send_file(BytesIO(made), MIME["xlsx"], as_attachment=True, download_name=f"{_('整改清单')}.xlsx")


@pages.app_template_global()
def smallest_fix(finding: Finding) -> fixing.FixShown | None:
    """Return how little a number would have to change to settle a finding."""
    return fixing.smallest(store(), finding, lang())


@pages.app_template_global()
def likenesses(finding: Finding) -> resembling.Likenesses | None:
    """Return the records most like what a finding is about."""
    return resembling.alike(store(), finding, lang(), ALIKE_SHOWN)


@pages.app_template_global()
def record_address(kind: str, county: str, code: str) -> str:
    """Return the page of a record, "" where its kind has none."""
    return record_page(kind, county, code)


@pages.app_template_global()
def task_kind(kind: str) -> str:
    """Return what an action counts."""
    return kind_word(kind, lang())
