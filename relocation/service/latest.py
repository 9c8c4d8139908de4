"""Rows that the program writes over: of each the log's newest word counts. And rows of which it has to have a word: accounts, sign-ins, layers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from relocation.evidence.chain import Event, Problem
from relocation.service.reference import described, shipped_hash, shipped_layer
from relocation.store import accounts, digests, files, layers
from relocation.store.opening import Connection

SIGNED_IN = frozenset({"account.signed-in", "account.password-changed"})


def differing(connection: Connection, events: Sequence[Event]) -> Iterator[Problem | None]:
    """Give for every newest word about rows None, or what is wrong with them; then the rows of which there should be a word and is none."""
    said = _newest(events)
    for seq, then in said.values():
        yield _held(connection, seq, then)
    yield from _unvouched(connection, events, {json.dumps(one["where"], sort_keys=True) for _, one in said.values()})
    yield from _sign_ins(connection, events)
    yield from _shipped(connection, said)


def _newest(events: Sequence[Event]) -> dict[str, tuple[int, Mapping[str, Any]]]:
    found: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for event in events:
        said = event.new.get(digests.STANDS) if isinstance(event.new, dict) else None
        for one in said if isinstance(said, list) else ():
            if isinstance(one, dict) and isinstance(one.get("where"), dict):
                found[f"{one.get('table')} {json.dumps(one['where'], sort_keys=True)}"] = event.seq, one
    return found


def _held(connection: Connection, seq: int, then: Mapping[str, Any]) -> Problem | None:
    try:
        now = digests.digest(connection, then["table"], then["where"])
        if now == then:
            return None
        where = f"{then['table']} {' '.join(f'{name}={value}' for name, value in then['where'].items())}"
        return Problem("rows-altered", seq, where, {"table": then["table"], "then": then["rows"], "now": now["rows"]})
    except (AttributeError, KeyError, TypeError):  # no entry of this program's: somebody wrote it
        return Problem("entry-altered", seq)


def _unvouched(connection: Connection, events: Sequence[Event], known: set[str]) -> Iterator[Problem]:
    """Give accounts and counties' layers without any word; those that an earlier version of the program noted without a digest are left alone."""
    named = {event.subject for event in events if event.kind == "account" and event.action == "account.added"}
    for one in accounts.listed(connection):
        if json.dumps({"name": one.name}) not in known and one.name not in named:
            yield Problem("row-unvouched", 0, f"account {one.name}")
    imported = {(event.county, event.new.get("ledger")) for event in events if isinstance(event.new, dict)}
    imported |= {(event.county, f"layer:{id}") for event in events if isinstance(event.new, list) for id in event.new}
    for id, county in layers.hashes(connection):
        if county and json.dumps({"county": county, "layer": id}, sort_keys=True) not in known and (county, f"layer:{id}") not in imported:
            yield Problem("row-unvouched", 0, f"layer {id} {county}")


def _sign_ins(connection: Connection, events: Sequence[Event]) -> Iterator[Problem]:
    """Give sign-ins that the log does not know: whoever can write the database would be somebody else by one."""
    made, earlier = set(), set()
    for event in events:
        if event.action in SIGNED_IN:
            said = event.new.get("sign_in") if isinstance(event.new, dict) else None
            made.add((event.subject, said)) if said else earlier.add((event.subject, event.at))
    for name, at, digest in accounts.signed_in(connection):
        if (name, digest) not in made and (name, at) not in earlier:
            yield Problem("row-unvouched", 0, f"sign_in {name} {at}".replace("  ", " "))


def _shipped(connection: Connection, said: Mapping[str, Any]) -> Iterator[Problem]:
    """Give the program's own layers and counties' names that are not as they are shipped."""
    stored = layers.hashes(connection)
    for id, about in described().items():
        if stored.get((id, layers.REFERENCE)) == shipped_hash(about):  # another is replaced at the next start
            layer = shipped_layer("reference", about)
            if not layers.holds(connection, layer, layers.REFERENCE):
                yield Problem("row-unvouched", 0, f"layer {id}")
            if id == "county_boundaries":
                shipped = dict(zip(map(str, layer.counties), layer.names, strict=True))
                for code, name in files.county_names(connection).items():
                    if name not in ("", shipped.get(code)) and f"county {json.dumps({'code': code})}" not in said:
                        yield Problem("row-unvouched", 0, f"county {code}")
