"""The ledger's closed lists by their ids, refused in words where there is none."""

from relocation.ledger.moves import Move
from relocation.ledger.states import Severity, Tier
from relocation.service.rectification.moving import worded


def move_of(id: str) -> Move:
    """Return a move. Trouble for none."""
    return worded(Move, id)


def tier_of(id: str) -> Tier:
    """Return who found something. Trouble for none."""
    return worded(Tier, id)


def severity_of(id: str) -> Severity:
    """Return how grave something is. Trouble for none."""
    return worded(Severity, id)
