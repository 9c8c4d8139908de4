"""The log of what was done, for those who verify and those who run the office; and how the office's machine stands."""

import re

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from relocation.service import auditing
from relocation.service.anchoring import anchor_line
from relocation.service.status import status
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _
from relocation.web.logwords import ACTIONS, action_word, moved
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store

pages = Blueprint("logging", __name__)

A_PAGE = 50


@pages.get("/log")
@needs(Right.DECIDE, Right.ADMINISTER)
def listed() -> ResponseReturnValue:
    """List what was done in the places of whoever asks, the newest first."""
    given = asked.filters("subject", "who", "action", "day", "county")
    if "day" in given and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given["day"]):
        raise BadParameter(_("日期“%(value)s”不能用。") % {"value": given["day"]}, _("请写成 2026-11-24 的样子。"))
    before = asked.number_of("before", 0, 2**31 - 1)
    found = auditing.listed(store(), limit=A_PAGE + 1, before=before or None, **given)
    words = sorted({*ACTIONS}, key=action_word)
    rest = {"actions": words, "action_word": action_word, "moved": moved, "line": anchor_line(office().store)}
    return render_template("log.html", entries=found[:A_PAGE], more=found[A_PAGE - 1].seq if len(found) > A_PAGE else None, **rest)


@pages.get("/status")
@needs(Right.ADMINISTER)
def standing() -> ResponseReturnValue:
    """Show the database, its settings, the disk, the last backup and trial, what protects the reading of files."""
    return render_template("status.html", now=status(office().store), layer_words=LAYERS)


LAYERS = {
    "process": ("每个文件由单独的进程读取", "A process of its own reads each file"),
    "forked": ("读取进程预先备好，随时可用", "Reading processes stand ready"),
    "limits": ("限制内存、时间和写出的大小", "Memory, time and what is written are limited"),
    "no-new-privileges": ("读取进程不能取得更多权限", "The reading process can gain no rights"),
    "landlock": ("只能打开这一个文件，不能联网（Landlock）", "No file but the one can be opened, nothing connected to (Landlock)"),
    "namespace": ("读取进程所在的网络是空的", "The reading process's network is empty"),
    "drivers": ("GDAL 只认允许的格式", "GDAL knows the allowed formats only"),
}
"""The walls round the reading of files, in words."""
