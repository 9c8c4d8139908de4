"""Whether the ledger's entries stand as the log says they were moved: a state set past this program shows here."""

from collections.abc import Iterator, Sequence
from typing import Any

from relocation.evidence.chain import Event, Problem
from relocation.ledger.entry import numbered
from relocation.service.rectification.logging import KIND
from relocation.store.opening import Connection
from relocation.store.rectification import columns_of_all

HELD = ("state", "due_on", "severity", "accepted_until", "root", "repeats")
"""The columns whose every change the log tells."""


def differing(connection: Connection, events: Sequence[Event]) -> Iterator[Problem]:
    """Give every entry that is not as its logged moves left it, that was never logged, or that is gone."""
    told: dict[str, dict[str, Any]] = {}
    last: dict[str, int] = {}
    for event in events:
        if event.kind == KIND and isinstance(event.new, dict):
            told.setdefault(event.subject, dict.fromkeys(HELD)).update({name: event.new[name] for name in HELD if name in event.new})
            last[event.subject] = event.seq
    stands = {numbered(county, number): said for (county, number), said in columns_of_all(connection, HELD).items()}
    for subject in sorted({*told, *stands}):
        here, said = stands.get(subject), told.get(subject)
        if here is None or said is None:
            yield Problem("entry-unvouched" if said is None else "entry-gone", last.get(subject, 0), subject)
            continue
        for name in HELD:
            if here[name] != said[name]:
                yield Problem("state-altered", last[subject], subject, {"field": name, "then": said[name], "now": here[name]})
