"""Whether the ledger's entries stand as their noted moves left them, and whether the log vouches for every note: what was set past this program shows.

The log holds a digest over each note of a move, singly or with those of its batch. The note of an opening holds every value that
was given there; one made by an earlier version of the program holds none, and of its entry only what was changed since is held.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from relocation.evidence.chain import Event, Problem
from relocation.ledger.entry import numbered
from relocation.service.rectification.logging import SAID
from relocation.store.opening import Connection
from relocation.store.rectification import COLUMNS, columns_of_all, notes_of_all

HELD = tuple(name for name in COLUMNS if name != "presence")
"""The columns that are held to what the moves say: all but what the checks' latest run says of an entry, which is no move."""

NOTES = "ledger_move"


def differing(connection: Connection, events: Sequence[Event]) -> Iterator[Problem]:
    """Give every entry that is not as its moves left it, that has none the log knows, or that is gone."""
    known, told, last = _vouched_for(events), dict[str, dict[str, Any]](), dict[str, int]()
    for note in notes_of_all(connection):
        subject = numbered(note["county"], note["number"])
        entry = known.get(("one", note["county"], note["number"], note["version"])) or known.get(("batch", note["county"], note["batch"]))
        if entry is None:
            yield Problem("entry-unvouched", 0, subject)
            continue
        told.setdefault(subject, {}).update({**_changed(note["fields"]), "state": note["to"], "version": note["version"]})
        last[subject] = entry
    stands = {numbered(county, number): said for (county, number), said in columns_of_all(connection, HELD).items()}
    for subject in sorted({*told, *stands}):
        here, said = stands.get(subject), told.get(subject)
        if here is None or said is None:
            yield Problem("entry-unvouched" if said is None else "entry-gone", last.get(subject, 0), subject)
            continue
        for name in HELD:
            if name in said and here[name] != said[name]:
                yield Problem("state-altered", last[subject], subject, {"field": name, **_told(name, said[name], here[name])})


def _told(name: str, then: Any, now: Any) -> dict[str, Any]:
    return {"then": then, "now": now} if name in SAID else {"then": "…", "now": "…"}  # people's own words are not repeated


def _changed(fields: str) -> dict[str, Any]:
    """Return the columns a move changed, as it left them; of a note that cannot be read nothing: its digest tells."""
    try:
        said = {name: new for name, (_, new) in json.loads(fields).items()}
    except (ValueError, TypeError, AttributeError):
        return {}
    if "earlier" in said:
        said["earlier"] = json.dumps(said["earlier"], ensure_ascii=False)  # as it is kept
    return said


def _vouched_for(events: Sequence[Event]) -> dict[tuple[Any, ...], int]:
    """Return which notes the log has a digest over, each alone or with its batch, and the number of the entry that says so."""
    found: dict[tuple[Any, ...], int] = {}
    for event in events:
        said = event.new.get("digests") if isinstance(event.new, dict) else None
        for one in said if isinstance(said, list) else ():
            where = one.get("where") if isinstance(one, dict) and one.get("table") == NOTES else None
            if isinstance(where, dict):
                county = where.get("county")
                found["one", county, where.get("number"), where.get("version")] = event.seq
                if "batch" in where:
                    found["batch", county, where["batch"]] = event.seq
    return found
