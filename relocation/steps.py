"""How far a long piece of work has come: told to whoever listens in this thread, who may stop it by raising an error there.

What works says its steps and knows nobody who listens; a terminal draws a bar of them, a page asks for them, and a test hears nothing.
An error from the listener ends the work as any other does: what was not finished in its transaction is not stored.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Listener = Callable[[str, int, int], None]
"""Called with (stage, done, total); a total of 0 is not known."""
Item = TypeVar("Item")

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def told(stage: str, done: int = 0, total: int = 0) -> None:
    """Say that so many steps of a stage are done."""
    if listener := _listener.get():
        listener(stage, done, total)


def each(stage: str, items: Sequence[Item]) -> Iterator[Item]:
    """Give the items of a stage one by one, saying before each how many are done, and at last that all are."""
    for number, item in enumerate(items):
        told(stage, number, len(items))
        yield item
    told(stage, len(items), len(items))


def listener() -> Listener | None:
    """Return who listens now."""
    return _listener.get()


@contextmanager
def heard_by(one: Listener | None) -> Iterator[None]:
    """Let somebody listen for the length of a block."""
    before = _listener.set(one)
    try:
        yield
    finally:
        _listener.reset(before)
