"""Under which marks a try at the door is counted: keyed, so that neither names nor what was typed in their place are kept."""

from relocation.accounts.throttle import network_of
from relocation.service.secret import keyed
from relocation.store import accounts
from relocation.store.opening import Connection

Whose = tuple[tuple[str, str], ...]
"""What is counted, and for whom."""


def marks_of(key: bytes, name: str, address: str) -> Whose:
    """Return under what a try is counted: the name from this address, the name from anywhere, the address."""
    network = network_of(address)
    return ("pair", _begun(key, name) + keyed(key, f"{name}\n{network}")[:32]), ("name", keyed(key, name)), ("address", keyed(key, network))


def forget_guesses(connection: Connection, key: bytes, name: str) -> None:
    """Forget every wrong guess under a name, from wherever it came."""
    accounts.forget_tries(connection, "name", keyed(key, name))
    accounts.forget_tries(connection, "pair", _begun(key, name), begun=True)


def _begun(key: bytes, name: str) -> str:
    """Return how the marks of a name's tries begin, from whatever address."""
    return keyed(key, name)[:32]
