"""What the log's actions are called, and an entry's old and new state in a few words."""

from collections.abc import Mapping
from typing import Any

from relocation.evidence.chain import Event, canonical
from relocation.service.actions import ACTIONS
from relocation.web.language import _


def action_word(action: str) -> str:
    """Return what an action is called; one without a word by its own name."""
    return _(ACTIONS[action]) if action in ACTIONS else action


def moved(event: Event) -> list[tuple[str, str, str]]:
    """Return (what, from, to) of an entry whose states are told by name; digests are for the verifier and left out."""
    old, new = (_named(state) for state in (event.old, event.new))
    return [(name, _short(old.get(name)), _short(new.get(name))) for name in dict.fromkeys([*old, *new]) if name not in FOR_THE_VERIFIER]


FOR_THE_VERIFIER = frozenset({"digests", "stands", "sums", "sign_in"})


def _named(state: Any) -> Mapping[str, Any]:
    return state if isinstance(state, dict) else {} if state is None else {"": state}


def _short(value: Any) -> str:
    said = "" if value is None else value if isinstance(value, str) else canonical(value)
    return said if len(said) <= MOST else f"{said[:MOST]}…"


MOST = 200
"""So many characters of a state are shown; the export has all of it."""
