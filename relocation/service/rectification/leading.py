"""An entry that stands for others takes them along: what is done with it is done with each of them, noted in each one's own past."""

from datetime import datetime

from relocation.ledger.entry import Entry
from relocation.ledger.merging import following
from relocation.ledger.moves import Move
from relocation.service.rectification.conflict import Conflict
from relocation.service.rectification.logging import logged
from relocation.store import rectification as ledger
from relocation.store.opening import Connection, Store


def lead(connection: Connection, store: Store, root: Entry, now: datetime) -> None:
    """Bring the entries for which one stands to where it stands now."""
    for before in ledger.of_root(connection, root.county, root.number):
        keep(connection, store, before, following(before, root), Move.FOLLOW, now, root.id)


def keep(connection: Connection, store: Store, before: Entry, after: Entry, move: Move, now: datetime, why: str) -> None:
    """Keep an entry that was merged, parted or taken along; nothing for one that did not change. Conflict when somebody was faster."""
    if after is before:
        return
    if not ledger.save(connection, before, after):
        raise Conflict(before, move, {}, before.version)
    ledger.add_move(connection, before, after, move, store.actor.name, now, reason=why)
    logged(connection, store.actor, now, move, before, after, why)
