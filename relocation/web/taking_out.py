"""The note that a file leaves the office, made when it is really sent: asking only for its headers notes nothing."""

from collections.abc import Mapping
from typing import Any

from flask import flash, request

from relocation.service import taking_out
from relocation.web.language import _
from relocation.web.showing import office, store


def note_export(what: str, rows: int, filters: Mapping[str, Any]) -> None:
    """Note an export; where nothing can be written the file is given all the same, and the next page says that it was not noted."""
    if request.method == "HEAD":
        return
    if not taking_out.note_export(store(), what, rows, filters, now=office().now()):
        flash(_("磁盘现在不能写入：文件已导出，但这次导出没有记入日志。"))


def note_original(county: str, township: str, evidence: int, sha256: str) -> None:
    """Note the download of an original. Trouble where it cannot be noted."""
    if request.method != "HEAD":
        taking_out.note_original(store(), county, township, evidence, sha256, now=office().now())
