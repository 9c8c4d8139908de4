"""What of the ledger's texts somebody reads: without the right to reveal, every number of a person in them is masked.

What was typed holds none; a list that came in may name somebody's number in any of its columns, and it stays as it came.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from checks.free_text import without_numbers
from relocation.accounts.roles import Right
from relocation.ledger.entry import Entry
from relocation.store.opening import Store
from relocation.store.rectification import Moved

TEXTS = ("text", "measure", "reason", "asked_why", "approver", "unit", "person", "category", "source")
"""What of an entry people wrote."""

Kept = TypeVar("Kept")


def readable(store: Store, one: Entry) -> Entry:
    """Return an entry as the actor may read it."""
    if store.actor.may(Right.REVEAL):
        return one
    masked: dict[str, Any] = {name: without_numbers(getattr(one, name)) for name in TEXTS}
    return replace(one, **masked)


def readable_move(store: Store, one: Moved) -> Moved:
    """Return a move as the actor may read it."""
    return replace(one, reason=readable_text(store, one.reason), fields=readable_fields(store, one.fields))


def readable_fields(store: Store, told: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Return columns with their old and new value as the actor may read them."""
    return {name: (readable_text(store, old), readable_text(store, new)) if name in TEXTS else (old, new) for name, (old, new) in told.items()}


def readable_text(store: Store, said: Any) -> Any:
    """Return a text as the actor may read it; anything else as it is."""
    return without_numbers(said) if isinstance(said, str) and not store.actor.may(Right.REVEAL) else said


def readable_texts(store: Store, one: Kept, *but: str) -> Kept:
    """Return a dataclass of plain texts as the actor may read it; the fields named `but` are no text of people's."""
    if store.actor.may(Right.REVEAL):
        return one
    names = [field.name for field in fields(one) if field.name not in but]  # type: ignore[arg-type]
    masked = {name: without_numbers(getattr(one, name)) for name in names if isinstance(getattr(one, name), str)}
    return replace(one, **masked)  # type: ignore[type-var]
