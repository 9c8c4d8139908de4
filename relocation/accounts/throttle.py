"""How many guesses somebody has: past failures counted by name and address together, by name alone, and by address, whatever the name.

Ten wrong guesses shut a name for whoever guesses, and not for its owner elsewhere: else anybody who knows a name could shut its owner out.
The limit of the name alone is wider, for guesses that come from many addresses, and shuts no address from which the owner has signed in lately.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

WINDOW = timedelta(hours=1)
MOST: Mapping[str, int] = {"pair": 10, "name": 60, "address": 50, "upload": 120}
"""So many in an hour: failures of one name from one address, of one name from anywhere, from one address (an office may share one); files sent by one account."""

FAMILIAR = timedelta(days=30)
"""For so long an address from which an account has signed in is one of its own."""

MOST_KEPT = 20_000
"""So many tries are remembered in all: the oldest go first, so that a flood from many addresses takes no more room."""


def free_again(what: str, past: Sequence[datetime], now: datetime) -> datetime | None:
    """Return when another try is heard, from the moments of those counted, the oldest first; None: at once."""
    within = [at for at in past if at > now - WINDOW]
    return within[-MOST[what]] + WINDOW if len(within) >= MOST[what] else None


def network_of(address: str) -> str:
    """Return what is counted as one address: of IPv6 the network, for each of its hosts has as many addresses as it likes."""
    try:
        return str(ip_network((address, 64), strict=False)) if ip_address(address).version == 6 else address
    except ValueError:
        return address  # a socket without an address, as tests and proxies have
