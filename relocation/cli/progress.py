"""A progress bar for whatever takes longer than a second, on the error stream, and only where somebody looks."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from relocation.cli.speaking import _
from relocation.words import N_

STAGES = {
    "reading": N_("读取"), "waiting": N_("等待另一项导入结束"), "storing": N_("保存"),
    "mapbook-gathering": N_("收集各页内容"), "mapbook-setting": N_("排版"), "mapbook-pages": N_("写各页"),
}  # fmt: skip
PATIENCE_S = 1.0


@contextmanager
def progress(shown: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give a function (stage, done, total) that draws a bar once a second has passed; None when nobody looks."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    started, bar, tasks = time.monotonic(), None, {}

    def told(stage: str, done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            if time.monotonic() - started < PATIENCE_S:
                return
            bar = _bar()
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(_(STAGES.get(stage, stage)), total=total or None)
        bar.update(tasks[stage], completed=done, total=total or None)

    try:
        yield told
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console  # late: a tenth of a second that only a long command spends
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True)
