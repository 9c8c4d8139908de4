"""What the office's log says of a move: which entry, from which state to which, until when, which fields; of what people are called, nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from relocation.accounts.actor import Actor
from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.states import Presence
from relocation.store import log
from relocation.store.digests import digests, told
from relocation.store.opening import Connection
from relocation.store.rectification import plain

KIND = "ledger"

ACTIONS = {
    Move.OPEN: "opened", Move.ASSIGN: "assigned", Move.START: "started", Move.EDIT: "edited", Move.SUBMIT: "submitted", Move.RETURN: "returned",
    Move.VERIFY: "verified", Move.ACCEPT: "accepted", Move.DISMISS: "dismissed", Move.EXTEND_REQUEST: "extension-requested",
    Move.EXTEND_ANSWER: "extension-answered", Move.EXPIRE: "expired", Move.UNDO: "undone", Move.LAPSE: "lapsed", Move.MERGE: "merged", Move.FOLLOW: "followed", Move.CANCEL: "cancelled",
}  # fmt: skip

SAID = ("state", "due_on", "severity", "asked_due_on", "accepted_until", "presence", "root", "repeats", "version")
"""The columns whose values the log holds; of the others it names which changed."""


def logged(connection: Connection, by: Actor, at: datetime, move: Move, before: Entry | None, after: Entry, why: str = "", files: tuple[str, ...] = ()) -> None:
    """Append a move to the office's log, in the transaction that makes it."""
    old, new = plain(before) if before else {}, plain(after)
    changed = sorted(name for name in new if name not in SAID and old.get(name) != new[name] and before is not None)
    said: dict[str, Any] = {name: new[name] for name in SAID if old.get(name) != new[name]}
    rows = digests(connection, ("ledger_move", {"county": after.county, "number": after.number, "version": after.version}))
    log.append(
        connection, by=by, at=at, action=f"ledger.{ACTIONS[move]}", kind=KIND, county=after.county, township=after.township, subject=after.id,
        old={name: old[name] for name in said if name in old} or None, new={**said, **({"changed": changed} if changed else {}), **told(rows)}, why=why, files=files,
    )  # fmt: skip


def logged_together(
    connection: Connection, by: Actor, at: datetime, move: Move, entries: Sequence[Entry], batch: int, why: str = "", of: int | None = None
) -> None:
    """Append what was done with many entries in one go: one line a county, with their numbers. `of` is the batch that an undo takes back."""
    for county in sorted({one.county for one in entries}):
        mine = [one for one in entries if one.county == county]
        rows = digests(connection, ("ledger_move", {"batch": batch, "county": county}))
        new = {"entries": [one.id for one in mine], "states": sorted({one.state.id for one in mine}), **({"of": of} if of else {}), **told(rows)}
        log.append(connection, by=by, at=at, action=f"ledger.{ACTIONS[move]}", kind=KIND, county=county, subject=f"batch-{batch}", new=new, why=why)


def seen(connection: Connection, by: Actor, at: datetime, entry: Entry, presence: Presence) -> None:
    """Append to the log that a run found an entry's problem gone, or back; that it is still there is not worth a line each run."""
    if presence in (Presence.GONE, Presence.BACK):
        log.append(
            connection, by=by, at=at, action=f"ledger.{presence.id}", kind=KIND, county=entry.county, township=entry.township, subject=entry.id,
            old={"presence": entry.presence.id}, new={"presence": presence.id},
        )  # fmt: skip
