"""A progress bar for whatever takes longer than a second, on the error stream, and only where somebody looks.

A command says `with working():` around what may take long; the steps that are told meanwhile (relocation.steps) are drawn, and where none
are, the bar says that work goes on. A line that the command prints takes the bar away.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from relocation import steps
from relocation.cli import speaking
from relocation.cli.speaking import _
from relocation.words import N_

STAGES = {
    "": N_("正在处理"), "reading": N_("读取"), "waiting": N_("等待另一项导入结束"), "storing": N_("保存"), "judging": N_("逐项核查"), "keeping": N_("存核查结果"),
    "counties": N_("逐县核查"), "verifying": N_("核对日志"), "hashing": N_("核对文件"), "copying": N_("备份表"), "packing": N_("备份文件"), "holding": N_("核对备份"),
    "unpacking": N_("取出文件"), "filling": N_("写回表"), "sealing": N_("重新加密"), "comparing": N_("比对图纸"), "drawings": N_("读取图纸"), "ground": N_("判断网格"),
    "mapbook-gathering": N_("收集各页内容"), "mapbook-setting": N_("排版"), "mapbook-pages": N_("写各页"),
}  # fmt: skip
PATIENCE_S = 1.0


class _Shown:
    """The bar of one command, drawn once a second has passed."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._started, self._over = time.monotonic(), False
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._timer = threading.Timer(PATIENCE_S, self.told, ("", 0, 0))
        self._timer.daemon = True
        self._timer.start()

    def told(self, stage: str, done: int, total: int) -> None:
        """Draw how far a stage has come."""
        with self._lock:
            if self._over or time.monotonic() - self._started < PATIENCE_S * 0.99:
                return
            if self._bar is None:
                self._bar = _bar()
                self._bar.start()
            if stage and "" in self._tasks:
                self._bar.remove_task(self._tasks.pop(""))
            if stage not in self._tasks:
                self._tasks[stage] = self._bar.add_task(_(STAGES.get(stage, stage)), total=total or None)
            self._bar.update(self._tasks[stage], completed=done, total=total or None)

    def rest(self) -> None:
        """Take the bar away for a line that is printed; the next step that is told a second later draws it again."""
        self._timer.cancel()
        with self._lock:
            self._started = time.monotonic()
            if self._bar is not None:
                self._bar.stop()
                self._bar, self._tasks = None, {}

    def end(self) -> None:
        """Take the bar away for good."""
        self.rest()
        self._over = True


@contextmanager
def progress(shown: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give a function (stage, done, total) that draws a bar once a second has passed, and let it hear the steps; None when nobody looks."""
    if not shown or not sys.stderr.isatty() or steps.listener() is not None:
        yield steps.listener()
        return
    bar = _Shown()
    speaking.before_speaking.append(bar.rest)
    try:
        with steps.heard_by(bar.told):
            yield bar.told
    finally:
        speaking.before_speaking.remove(bar.rest)
        bar.end()


@contextmanager
def working() -> Iterator[None]:
    """Draw a bar for the length of a block, where it takes longer than a second and somebody looks."""
    with progress(shown=True):
        yield


def _bar() -> Any:
    from rich.console import Console  # late: a tenth of a second that only a long command spends
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    drawn = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*drawn, console=Console(stderr=True), transient=True)
