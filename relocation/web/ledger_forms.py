"""The ledger's forms read: a move with its words and fields, and which entries a bulk action means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import request

from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.moving import EDITABLE
from relocation.service.rectification.moving import Wish, worded
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _

MARK_LIMIT = 200_000
"""So many signs the list of entries of a bulk action has at most."""
_LINES = dict.fromkeys(map(ord, "\r\n\t"))
TAKES = {
    Move.ASSIGN: ("unit", "person", "measure"),
    Move.EDIT: tuple(sorted(EDITABLE)),
    Move.SUBMIT: ("measure",),
    Move.START: ("measure",),
}
"""The fields that a move's form may set."""


def wish(*, filled_only: bool = False) -> Wish:
    """Return what the form asks for; a field marked "keep theirs" is left as it is. With `filled_only` (bulk) so is an empty one."""
    move = worded(Move, request.form.get("move", ""))
    fields = {name: text(name) for name in TAKES.get(move, ()) if name in request.form and request.form.get(f"keep-{name}") != "theirs"}
    if filled_only:
        fields = {name: value for name, value in fields.items() if value}
    granted = {"yes": True, "no": False}.get(request.form.get("granted", ""))
    return Wish(move, text("reason"), text("approver"), asked.posted_day("until"), granted, fields, text("proof")[:16])


def text(name: str) -> str:
    """Return a form's text without blanks at its ends; how long it may be the verbs say. BadParameter for signs nobody sees."""
    given = request.form.get(name, "").strip()
    if not given.translate(_LINES).isprintable():
        raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    return given


def version() -> int | None:
    """Return the version of the entry that the form was made for. BadParameter for anything but a number."""
    given = text("version")
    if given and not (given.isascii() and given.isdigit() and len(given) < 10):
        raise BadParameter(_("版本号“%(value)s”不是数字。") % {"value": given[:20]}, _("请刷新页面，再操作一次。"))
    return int(given) if given else None


def version_read() -> int:
    """Return the version of the entry that was read. BadParameter for none: what was not read is not decided on."""
    given = version()
    if given is None:
        raise BadParameter(_("没有写明您看到的是这一条的第几版。"), _("请打开这一条，看过现在的内容，再操作一次。"))
    return given


def as_marks(entries: Sequence[Entry]) -> str:
    """Return entries with the versions they have, as one hidden field."""
    return " ".join(f"{one.id}@{one.version}" for one in entries)


def marked() -> Mapping[str, int]:
    """Return the entries a form carries with the versions they had. BadParameter for what cannot be read."""
    given = request.form.get("marks", "")
    found: dict[str, int] = {}
    for one in given.split() if len(given) <= MARK_LIMIT else ["?"]:
        id, _at, seen = one.partition("@")
        if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
            raise BadParameter(_("要办理的条目看不懂。"), _("请回到台账重新选择。"))
        found[id] = int(seen)
    return found


def as_seen(entries: Sequence[Entry], seen: Mapping[str, int]) -> list[Entry]:
    """Return entries with the version they had when they were picked, so that one changed since is left out."""
    return [replace(one, version=seen[one.id]) for one in entries]


def yours(posted: Wish) -> dict[str, Any]:
    """Return what somebody wrote beside the fields, to be shown again."""
    until = posted.until if isinstance(posted.until, date) else None
    return {"reason": posted.reason, "approver": posted.approver, "until": until.isoformat() if until else "", "granted": request.form.get("granted", "")}
