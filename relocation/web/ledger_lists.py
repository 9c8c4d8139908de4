"""Around the ledger: lists from above brought in, what may be one problem, frozen months, a county's working days."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.ledger.months import GROUPED_BY, last_day, month_of
from relocation.ledger.states import Tier
from relocation.service import Trouble, registers, workdays
from relocation.service.rectification import lists, merging, months
from relocation.web import asked
from relocation.web.language import _
from relocation.web.likenesswords import flow_word, reason_said
from relocation.web.needing import Right, needs
from relocation.web.rectification_words import word
from relocation.web.showing import office, store
from relocation.web.uploads import Upload, kept, receive

pages = Blueprint("ledger_lists", __name__)

PAIRS_SHOWN = 20


def county() -> str:
    """Return the county asked for, or the only one (the first) that the reader sees. Trouble where there is none."""
    given = request.form.get("county", "").strip()[:6] or asked.filters("county").get("county", "")
    known = [one.code for one in registers.counties(store())]
    if given or known:
        return str(given or known[0])
    raise Trouble("county-empty", county="—", counties="", near="")


def _nothing_yet(current: str) -> str:
    """Return the page of an office without any records, which has no lists either; "" where there is a county to show."""
    if asked.plain("county") or registers.counties(store()):
        return ""
    return render_template("ledger_none.html", current=current)


def _told(**facts: Any) -> dict[str, Any]:
    return {"Tier": Tier, "word": word, "county": county(), "counties": registers.counties(store()), **facts}


@pages.get("/ledger/lists")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the lists that came, how they add up, and the form to bring another."""
    if nothing := _nothing_yet("lists"):
        return nothing
    return render_template(
        "ledger_lists.html", **_told(sums=merging.reconciliation(store(), county()), brought=lists.brought(store(), county()), tiers=lists.TIERS)
    )


@pages.post("/ledger/lists/preview")
@needs(Right.LEDGER)
def preview() -> ResponseReturnValue:
    """Read a list and show what it would bring; nothing is stored."""
    upload = receive(store(), request.files.get("file"))
    return render_template("ledger_list_preview.html", **_told(report=_bring(upload, dry_run=True), upload=upload))


@pages.post("/ledger/lists/keep")
@needs(Right.LEDGER)
def keep() -> ResponseReturnValue:
    """Bring the previewed list into the ledger."""
    upload = kept(store())
    return render_template("ledger_list_preview.html", **_told(report=_bring(upload, dry_run=False), upload=upload))


def _bring(upload: Upload, *, dry_run: bool) -> lists.ListReport:
    name = request.form.get("list", "").strip()[:100]
    return lists.bring_list(
        store(), upload.path, county=county(), tier=request.form.get("tier", "")[:20], now=office().now(), name=name, file_name=upload.name, dry_run=dry_run
    )


@pages.get("/ledger/same")
@needs(Right.READ)
def same() -> ResponseReturnValue:
    """Show pairs that may be one problem side by side, the likeliest first."""
    if nothing := _nothing_yet("same"):
        return nothing
    found = merging.pairs(store(), county(), answered=True)
    waiting = [pair for pair in found if pair.answer is None and not pair.together]
    done = [pair for pair in found if pair.answer is not None]
    facts = {"pairs": waiting[:PAIRS_SHOWN], "waiting": len(waiting), "done": done, "sums": merging.reconciliation(store(), county())}
    return render_template("ledger_same.html", **_told(**facts, reason_said=reason_said))


@pages.post("/ledger/same")
@needs(Right.LEDGER)
def answer() -> ResponseReturnValue:
    """Take a person's answer about two entries."""
    said = {name: request.form.get(name, "").strip()[:200] for name in ("one", "other", "answer", "why")}
    root = merging.answer(store(), said["one"], said["other"], said["answer"], now=office().now(), why=said["why"])
    if said["answer"] == "same":
        flash(_("已归并：%(one)s 与 %(other)s，由 %(root)s 代表办理。") % {"one": said["one"], "other": said["other"], "root": root.id})
    else:
        flash(_("已记下：%(one)s 与 %(other)s 不是同一问题。") % {"one": said["one"], "other": said["other"]})
    return redirect(url_for("ledger_lists.same", county=root.county))


@pages.get("/ledger/months")
@needs(Right.READ)
def by_month() -> ResponseReturnValue:
    """Show the frozen months, each beside the one before."""
    if nothing := _nothing_yet("months"):
        return nothing
    by = asked.plain("by") or GROUPED_BY[0]
    tables = list(months.tables(store(), county(), by))
    last = month_of(office().today.replace(day=1))
    return render_template("ledger_months.html", **_told(tables=tables, by=by, groupings=GROUPED_BY, last=_month_before(last), group_word=flow_word))


def _month_before(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    return month_of(last_day(f"{year if number > 1 else year - 1:04d}-{number - 1 or 12:02d}"))


@pages.post("/ledger/months")
@needs(Right.LEDGER)
def freeze() -> ResponseReturnValue:
    """Freeze a month."""
    made = months.freeze(store(), county(), request.form.get("month", "").strip()[:10], now=office().now())
    flash(_("%(month)s 已定格：%(n)s 条，按 %(day)s 的状态。") % {"month": made.month, "n": made.entries, "day": made.as_of.isoformat()})
    return redirect(url_for("ledger_lists.by_month", county=made.county))


@pages.get("/ledger/workdays")
@needs(Right.READ)
def working_days() -> ResponseReturnValue:
    """Show the years whose holidays are known, and the county's own table."""
    if nothing := _nothing_yet("days"):
        return nothing
    calendar = workdays.county_calendar(store(), county())
    return render_template("ledger_workdays.html", **_told(calendar=calendar, own=workdays.tables(store(), county()), head=workdays.HEAD))


@pages.post("/ledger/workdays")
@needs(Right.LAW)
def publish_days() -> ResponseReturnValue:
    """Let a county's own table go before the notices."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    workdays.publish(store(), county(), text, request.form.get("reason", "")[:500], now=office().now())
    flash(_("已公布本县的节假日表，以后的期限按它计算。"))
    return redirect(url_for("ledger_lists.working_days", county=county()))
