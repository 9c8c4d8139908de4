"""Two people changed one entry: the second sees both versions, and nothing of either is lost."""

from collections.abc import Mapping
from typing import Any

from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.store.rectification import plain
from relocation.store.trouble import Trouble


class Conflict(Trouble):
    """What somebody wanted to change is no longer as they read it.

    `theirs` is the entry as it is now; `yours` the move, its words and the fields as they were to be; `since` the version that was read.
    """

    def __init__(self, theirs: Entry, move: Move, yours: Mapping[str, Any], since: int) -> None:
        """Carry both versions."""
        super().__init__("ledger-conflict", id=theirs.id)
        self.theirs, self.move, self.yours, self.since = theirs, move, dict(yours), since

    def json(self) -> dict[str, Any]:
        """Return both versions for other programs."""
        now = plain(self.theirs)
        return {"entry": self.theirs.id, "move": self.move.id, "read_version": self.since, "version": self.theirs.version,
                "theirs": {name: now[name] for name in self.yours if name in now}, "yours": dict(self.yours), "state": self.theirs.state.id}  # fmt: skip
