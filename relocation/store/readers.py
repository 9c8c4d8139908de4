"""The connections of readers, those bound to some places apart from those who see everything."""

from threading import Lock
from typing import Any

from sqlalchemy import Engine

from relocation.accounts.scope import EVERYWHERE, Scope
from relocation.store import scoping

KEPT = 16
"""So many scopes keep their connections; the one unused longest gives way."""

Seen = tuple[Engine, dict[str, Any]]
"""An engine, and what its readers computed from a revision."""


class Readers:
    """An engine of the whole database, and by scope the engines whose connections see only that."""

    def __init__(self, whole: Engine) -> None:
        """Hold the engine that sees everything."""
        self.whole: Seen = (whole, {})
        self._bound: dict[Scope, Seen] = {}
        self._choosing = Lock()

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
        for engine, _ in (*self._bound.values(), self.whole):
            engine.dispose()
        self._bound.clear()
