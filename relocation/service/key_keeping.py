"""The keys of personal data: which are in use, and changing them without a moment in which anything cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from relocation import steps
from relocation.accounts.roles import Right
from relocation.store import log
from relocation.store.opening import Store
from relocation.store.rotating import keys_in_use, seal_anew
from relocation.store.sealing import key_source, known_ids, register, ring_of


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key by its id: how many values lie under it, and whether it is the one for new values, or kept for old backups alone."""

    id: str
    values: int
    newest: bool
    in_use: bool


@dataclass(frozen=True, slots=True)
class KeyReport:
    """Where the keys come from ("" for the environment), every key at hand, and whether a change of keys is unfinished."""

    where: str
    keys: tuple[KeyShown, ...]
    unfinished: bool

    def json(self) -> dict[str, object]:
        """Return the report as the terminal writes it."""
        keys = [{"id": key.id, "values": key.values, "newest": key.newest, "in_use": key.in_use} for key in self.keys]
        return {"where": self.where, "keys": keys, "unfinished": self.unfinished}


def key_status(store: Store) -> KeyReport:
    """Return the keys at hand and what they seal. Trouble unless the actor may administer."""
    store.require(Right.ADMINISTER)
    with store.whole.reading() as connection:
        found = {one.id: one.values for one in keys_in_use(connection)}
        named = known_ids(connection)
    ring = [key.id for key in ring_of(store.engine)]
    shown = tuple(KeyShown(id.hex(), found.get(id, 0), id == named[0], id in named) for id in dict.fromkeys((*named, *ring)))
    where = key_source(store.engine).path
    return KeyReport(str(where) if where else "", shown, len(named) > 1)


def rotate_keys(store: Store, *, now: datetime, told: Callable[[str, int], None] | None = None) -> KeyReport:
    """Change the key: make a new one, unless a change is unfinished, and seal every value anew.

    May be killed at any moment and called again. Trouble unless the actor may administer, and where the keys come from the
    environment and no newer one was put there.
    """
    store.require(Right.ADMINISTER)
    with store.whole.reading() as connection:
        named = known_ids(connection)
    if len(named) == 1:
        ring_of(store.engine).hold(key_source(store.engine).add())
        _begin(store, now)
    values = seal_anew(store, told or (lambda _table, done: steps.told("sealing", done)))
    with store.writing() as connection:
        log.append(connection, by=store.actor, at=now, action="keys.changed", new={"key": known_ids(connection)[0].hex(), "values": values})
    return key_status(store)


def _begin(store: Store, now: datetime) -> None:
    with store.writing() as connection:
        newest = register(connection, ring_of(store.engine).newest)
        log.append(connection, by=store.actor, at=now, action="keys.begun", new={"key": newest.id.hex()})


def key_file(store: Store) -> Path | None:
    """Return the file of the keys, which a backup of the data must not hold; None where they come from the environment."""
    return key_source(store.engine).path
