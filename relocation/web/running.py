"""How far a request that takes long has come, for the page that waits for it; and how it is told to stop.

A page that sends something long names it in its address (`?work=` and 32 hexadecimal signs of its own making). While the request runs, the
page asks here how far it is, and may ask that it stops: the next step it tells then ends it, as an error would, and nothing of that step stays.
Kept in memory only, and shown to nobody but whoever began it.
"""

import re
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass

from flask import Blueprint, Flask, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from relocation import steps
from relocation.service import Trouble
from relocation.web import gate
from relocation.web.language import _
from relocation.web.needing import Right, needs
from relocation.words import N_

pages = Blueprint("running", __name__, url_prefix="/running")

MOST = 200
"""So many pieces of work are followed at once; those beyond are done unseen."""
STAGES = {
    "": N_("正在处理"), "reading": N_("读取文件"), "waiting": N_("等待另一项导入结束"), "storing": N_("保存"), "judging": N_("逐项核查"),
    "keeping": N_("存核查结果"), "counties": N_("逐县核查"), "ground": N_("判断网格"), "drawings": N_("读取图纸"), "comparing": N_("比对图纸"),
}  # fmt: skip
_NAME = re.compile(r"[0-9a-f]{32}")
STOPPED = "stopped"


@dataclass(slots=True)
class Work:
    """One request that takes long: whose it is, where it stands, and whether it is to stop."""

    who: str
    stage: str = ""
    done: int = 0
    total: int = 0
    stop: bool = False

    def told(self, stage: str, done: int, total: int) -> None:
        """Note a step. Trouble where it is to be the last."""
        self.stage, self.done, self.total = stage, done, total
        if self.stop:
            raise Trouble(STOPPED)


@dataclass(frozen=True, slots=True)
class _Board:
    works: dict[str, Work]
    lock: threading.Lock


def follow(app: Flask) -> None:
    """Let every request of this application be followed that asks for it."""
    app.extensions["running"] = _Board({}, threading.Lock())
    app.before_request(_begin)
    app.teardown_request(_end)


def _board() -> _Board:
    board: _Board = current_app.extensions["running"]
    return board


def _begin() -> None:
    name, board = request.args.get("work", ""), _board()
    if not _NAME.fullmatch(name):
        return
    work = Work(gate.actor().name)
    with board.lock:
        if name in board.works or len(board.works) >= MOST:
            return
        board.works[name] = work
    g.work, g.hearing = name, steps.heard_by(work.told)
    g.hearing.__enter__()


def _end(_error: BaseException | None) -> None:
    hearing: AbstractContextManager[None] | None = g.pop("hearing", None)
    if hearing is None:
        return
    hearing.__exit__(None, None, None)
    with _board().lock:
        _board().works.pop(g.pop("work"), None)


@pages.get("/<name>")
@needs(Right.READ)
def look(name: str) -> ResponseReturnValue:
    """Tell how far a piece of work is; of one that has ended, or that somebody else began, that it is over."""
    work = _mine(name)
    return jsonify({"over": True} if work is None else {"over": False, "done": work.done, "total": work.total, "stopping": work.stop, "said": said(work)})


@pages.post("/<name>/stop")
@needs(Right.READ)
def stop(name: str) -> ResponseReturnValue:
    """Ask a piece of work to stop at its next step."""
    work = _mine(name)
    if work is not None:
        work.stop = True
    return jsonify({"stopping": work is not None})


def _mine(name: str) -> Work | None:
    work = _board().works.get(name)
    return work if work is not None and work.who == gate.actor().name else None


def said(work: Work) -> str:
    """Return where a piece of work stands, in words."""
    if work.stop:
        return _("正在停下：做完这一步就停")
    word = _(STAGES.get(work.stage, STAGES[""]))
    return f"{word} {work.done:,} / {work.total:,}" if work.total else word
