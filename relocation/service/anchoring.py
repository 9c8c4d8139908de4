"""The head of the log as one line for the foot of a report: whoever keeps the report can prove later that the log still holds it."""

from relocation.store import log
from relocation.store.opening import Store


def anchor_line(store: Store) -> str:
    """Return the number, the hash and the moment of the log's last entry; "" before the first. It tells nothing of what was done or where."""
    with store.whole.reading() as connection:
        now = log.head(connection)
    return now.line if now else ""
