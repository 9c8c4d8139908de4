"""How many guesses somebody has: past failures counted by name and by address, whatever the name."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(hours=1)
MOST: Mapping[str, int] = {"name": 10, "address": 50, "upload": 120}
"""So many in an hour: failures of one name, failures from one address (an office may share one), files sent by one account."""


def free_again(what: str, past: Sequence[datetime], now: datetime) -> datetime | None:
    """Return when another try is heard, from the moments of those counted, the oldest first; None: at once."""
    within = [at for at in past if at > now - WINDOW]
    return within[-MOST[what]] + WINDOW if len(within) >= MOST[what] else None
