"""Acceptances that have run out: lists show them as open by themselves; here that is kept and logged, once a day or whenever somebody asks."""

from datetime import datetime

from relocation.accounts.roles import Right
from relocation.ledger.states import State
from relocation.service.rectification.moving import ran_out
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store.opening import Store


def expire(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Open again what was accepted until a day that has passed, within the actor's places; returns the numbers."""
    store.require(Right.LEDGER)
    with store.reading() as connection:
        accepted = lists.every(connection, lists.anything(states=[State.ACCEPTED_UNTIL]))
    done = []
    with store.writing() as connection:
        for one in accepted:
            before = ledger.get(connection, one.county, one.number)
            if before is not None and before.state is State.ACCEPTED_UNTIL and ran_out(connection, store, before, now) is not before:
                done.append(before.id)
    return tuple(done)
