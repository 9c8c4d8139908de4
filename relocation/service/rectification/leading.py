"""An entry that stands for others takes them along: what is done with it is done with each of them, noted in each one's own past."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from relocation.ledger.entry import Entry
from relocation.ledger.merging import following
from relocation.ledger.moves import Move
from relocation.ledger.states import State
from relocation.service.rectification.conflict import Conflict
from relocation.service.rectification.found import found_now
from relocation.service.rectification.logging import logged
from relocation.store import rectification as ledger
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble


def followers(connection: Connection, root: Entry) -> list[Entry]:
    """Return the entries for which one stands, wherever they lie as far as the connection sees."""
    return ledger.of_root(connection, root.county, root.number)


def require_group(store: Store, connection: Connection, root: Entry) -> None:
    """Trouble where an entry stands for others that lie outside the actor's places: what is done with it is done with them."""
    if not all(store.actor.scope.holds(one.county, one.township) for one in followers(connection, root)):
        raise Trouble("ledger-group-elsewhere", id=root.id)


def led_elsewhere(store: Store, connection: Connection, counties: Collection[str]) -> set[tuple[str, int]]:
    """Return the entries of some counties that stand for others outside the actor's places."""
    scope = store.actor.scope
    if all(scope.holds(county) for county in counties):
        return set()
    return {(county, root) for county in sorted(counties) for root, township in ledger.followers(connection, county) if not scope.holds(county, township)}


def lead(connection: Connection, store: Store, root: Entry, now: datetime) -> None:
    """Bring the entries for which one stands to where it stands now."""
    for before in followers(connection, root):
        after = following(before, root)
        if root.state is State.ACCEPTED_UNTIL and before.state is not root.state:  # what is found of it now is what is approved
            after = replace(after, found=found_now(connection, before) or before.found)
        keep(connection, store, before, after, Move.FOLLOW, now, root.id)


def keep(connection: Connection, store: Store, before: Entry, after: Entry, move: Move, now: datetime, why: str) -> None:
    """Keep an entry that was merged, parted or taken along; nothing for one that did not change. Conflict when somebody was faster."""
    if after is before:
        return
    if not ledger.save(connection, before, after):
        raise Conflict(before, move, {}, before.version)
    ledger.add_move(connection, before, after, move, store.actor.name, now, reason=why)
    logged(connection, store.actor, now, move, before, after, why)
