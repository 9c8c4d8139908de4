"""The county at a glance: what was asked, how it stands, what moved, what it rests on."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from checks.finding import Finding
from relocation.service import checking, findings, registers
from relocation.web import asked
from relocation.web.language import _
from relocation.web.needing import Right, needs
from relocation.web.showing import check_rows, office, store, worst_first

pages = Blueprint("overview", __name__)

WORST_SHOWN = 2
OPEN = ("fail", "review", "no-data")


@dataclass(frozen=True, slots=True)
class Question:
    """One check as a question: its counts, and the worst of what it found."""

    row: registers.CheckRow
    counts: dict[str, int]
    worst: tuple[Finding, ...]


@pages.get("/")
@needs(Right.READ)
def county() -> ResponseReturnValue:
    """Show the county, or the first steps when nothing was imported yet."""
    counties = registers.counties(store())
    if not counties:
        return render_template("start.html")
    chosen = asked.filters("county").get("county") or (counties[0].code if len(counties) == 1 else None)
    if chosen and chosen not in {row.code for row in counties}:
        checking.has_records(store(), chosen)  # which says so
    run = findings.counts(store(), chosen)
    questions, day = _questions(run, chosen), run.as_of or office().today
    return render_template(
        "overview.html", counties=counties, chosen=chosen, run=run, questions=questions, imported_at=registers.last_import_at(store()), day=day
    )


@pages.post("/check")
@needs(Right.CHECK)
def check() -> ResponseReturnValue:
    """Run every check on what is stored now, by the day given, else that of the last run: whoever presses a button changes no day unawares."""
    now = office().now()
    run = checking.check(store(), as_of=asked.posted_day("as_of"), now=now)
    flash(
        _("已重新检查。新增 %(new)s 条，仍在 %(still)s 条，消失 %(gone)s 条，再现 %(back)s 条。")
        % {"new": run.new, "still": run.still, "gone": run.gone, "back": run.back}
    )
    return redirect(url_for("overview.county"))


def _questions(run: findings.Counts, chosen: str | None) -> list[Question]:
    """Return a question a check, by family, the worst family and question first; the costs are a few short pages of findings."""
    return [Question(row, dict(run.counts.get(row.id, {})), _worst(row, chosen)) for row in worst_first(check_rows(), run.counts)]


def _worst(row: registers.CheckRow, chosen: str | None) -> tuple[Finding, ...]:
    """Return the worst of what a check found; of sites and single houses the sites first, for they hold many."""
    for kind in ("site", None) if row.about[0] == "site" and len(row.about) > 1 else (None,):
        found = findings.findings(store(), check=row.id, outcome=OPEN, county=chosen, kind=kind, limit=WORST_SHOWN).findings
        if found:
            return found
    return ()
