"""The log of what was done, for those who verify and those who run the office; and how the office's machine stands."""

import re
from datetime import UTC, datetime, timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from relocation.service import auditing
from relocation.service.actions import ACTIONS
from relocation.service.anchoring import anchor_line
from relocation.service.status import status
from relocation.service.status_words import row_word
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _
from relocation.web.logwords import action_word, moved
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store

pages = Blueprint("logging", __name__)

A_PAGE = 50


@pages.get("/log")
@needs(Right.DECIDE, Right.ADMINISTER)
def listed() -> ResponseReturnValue:
    """List what was done in the places of whoever asks, the newest first."""
    given = asked.filters("subject", "who", "action", "day", "county")
    day = given.pop("day", "")
    between = _between(day) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else None
    if day and between is None:
        raise BadParameter(_("日期“%(value)s”不能用。") % {"value": day}, _("请写成 2026-11-24 的样子。"))
    before = asked.number_of("before", 0, 2**31 - 1)
    found = auditing.listed(store(), auditing.Sought(before=before or None, between=between, **given), limit=A_PAGE + 1)
    words = sorted({*ACTIONS}, key=action_word)
    rest = {"actions": words, "action_word": action_word, "moved": moved, "clock": _clock, "zone": _zone(), "line": anchor_line(office().store)}
    return render_template("log.html", entries=found[:A_PAGE], more=found[A_PAGE - 1].seq if len(found) > A_PAGE else None, **rest)


def _clock(at: str) -> str:
    """Return an entry's moment on the clock of where this office stands, to the second."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"


def _zone() -> str:
    """Return how this office's clock stands to UTC, as UTC+08:00."""
    offset = f"{office().now().astimezone():%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"


def _between(day: str) -> tuple[str, str] | None:
    """Return when a day begins and ends where this office stands, as the log writes moments. None for what is no day."""
    try:
        begin = datetime.fromisoformat(day)
        return tuple(at.astimezone(UTC).isoformat(timespec="microseconds") for at in (begin, begin + timedelta(days=1)))  # type: ignore[return-value]
    except (ValueError, OverflowError):
        return None


@pages.get("/status")
@needs(Right.ADMINISTER)
def standing() -> ResponseReturnValue:
    """Show the database, its settings, the disk, the last backup and trial, what protects the reading of files."""
    return render_template("status.html", now=status(office().store), row_word=row_word)
