"""Why a file could not be read as a drawing: a key of the wording and its facts, never a sentence."""

from collections.abc import Mapping


class Unreadable(Exception):
    """A drawing that is refused whole; nothing of it is used."""

    def __init__(self, key: str, **facts: str | int | float) -> None:
        """Carry the key of the wording and what it needs to be said."""
        super().__init__(key)
        self.key = key
        self.facts: Mapping[str, str | int | float] = facts
