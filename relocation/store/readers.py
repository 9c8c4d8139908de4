"""The connections of readers, those bound to some places apart from those who see everything."""

from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine

from relocation.accounts.scope import EVERYWHERE, Scope
from relocation.store import scoping

KEPT = 16
"""So many scopes keep their connections; the one unused longest gives way."""

Seen = tuple[Engine, dict[str, Any]]
"""An engine, and what its readers computed from a revision."""


class Queue:
    """Counts those who wait for their turn to write."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.length = 0
        self._counting = Lock()

    def __enter__(self) -> None:
        with self._counting:
            self.length += 1

    def __exit__(self, *_: object) -> None:
        with self._counting:
            self.length -= 1


class Readers:
    """An engine of the whole database, and by scope the engines whose connections see only that."""

    def __init__(self, whole: Engine) -> None:
        """Hold the engine that sees everything."""
        self.whole: Seen = (whole, {})
        self._bound: dict[Scope, Seen] = {}
        self._choosing = Lock()
        self._held = _held(whole)
        self.queue = Queue()

    def of(self, scope: Scope) -> Seen:
        """Return the engine for readers bound to a scope."""
        if scope == EVERYWHERE:
            return self.whole
        with self._choosing:
            seen = self._bound.pop(scope, None) or (scoping.bound(self.whole[0], scope), {})
            self._bound[scope] = seen  # the newest stands last
            if len(self._bound) > KEPT:
                engine, _ = self._bound.pop(next(iter(self._bound)))
                engine.dispose()
        return seen

    def close(self) -> None:
        """Close every connection."""
        if self._held is not None:
            self._held.close()
        for engine, _ in (*self._bound.values(), self.whole):
            engine.dispose()
        self._bound.clear()


def _held(engine: Engine) -> Connection | None:
    """Hold one connection for as long as the office is open: the index of the log beside the file is then there, so a full disk can still be read."""
    if engine.dialect.name != "sqlite":
        return None
    connection = engine.connect()
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").close()
    connection.rollback()
    return connection
