"""Proposed sites kept: the whole answer frozen as it was that day, and reasons against parts of it, which never change it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from relocation.accounts.roles import Right
from relocation.service.bench.asking import Answer, register_of
from relocation.service.numberless import numberless
from relocation.store import digests, log, proposals
from relocation.store.opening import Connection, Store
from relocation.store.proposals import Contest, Kept
from relocation.store.trouble import Trouble

__all__ = ["Contest", "Kept"]

KIND = "proposal"
LISTED = 200
SHORTEST_REASON, LONGEST_REASON, LONGEST_REMARK = 2, 500, 500
_LISTS = ("applies", "clear", "unchecked")


def keep(store: Store, answer: Answer, *, now: datetime, remark: str = "", contested: Mapping[str, str] | None = None) -> Kept:
    """Keep a proposal with its whole answer in both languages, and the reasons against items of it ("check/key" → reason).

    Trouble for a place in no known county, one outside the actor's places, an item that is not in the answer, no reason.
    """
    one = answer.proposal
    if not one.county:
        raise Trouble("bench-no-county", name=one.name)
    store.require(Right.IMPORT, one.county)
    numberless(remark)
    register = register_of(store)
    said = {lang: answer.json(lang, register) for lang in ("zh", "en")}
    against = [_contest(said["zh"], item, reason, store, now) for item, reason in (contested or {}).items()]
    made = Kept(
        one.county, 0, one.name, one.lon, one.lat, one.told.uncertainty_m, answer.as_of, answer.outcome.id, said,
        " ".join(remark.split())[:LONGEST_REMARK], now, store.actor.name, one.outline,
    )  # fmt: skip
    with store.writing() as connection:
        number = proposals.add(connection, made)
        rows = [proposals.contest(connection, one.county, number, each) for each in against]
        new = {"outcome": answer.outcome.id, "contested": [each.item for each in against]}
        _logged(connection, store, now, (one.county, number), "proposal.kept", {"proposed_site": {"county": one.county, "number": number}, **_rows(rows)}, new)
    return kept(store, one.county, number)


def contest(store: Store, county: str, number: int, item: str, reason: str, *, now: datetime) -> Kept:
    """Add a reason against an item of a kept answer; the answer stays as it is. Trouble as for `keep`."""
    known = kept(store, county, number)
    store.require(Right.IMPORT, county)
    against = _contest(known.answer["zh"], item, reason, store, now)
    with store.writing() as connection:
        row = proposals.contest(connection, county, number, against)
        _logged(connection, store, now, (county, number), "proposal.contested", _rows([row]), {"item": item, "state": against.state}, against.reason)
    return kept(store, county, number)


def kept(store: Store, county: str, number: int) -> Kept:
    """Return a proposed site. Trouble (404) for one that is not there, or not within the actor's places."""
    with store.reading() as connection:
        found = proposals.one_of(connection, county, number)
    if found is None:
        raise Trouble("unknown-proposal", id=f"{county}-{number}")
    return found


def listed(store: Store, county: str | None = None) -> list[Kept]:
    """Return the proposed sites kept last, the newest first."""
    with store.reading() as connection:
        return proposals.newest(connection, LISTED, county)


def _contest(answer: Mapping[str, Any], item: str, reason: str, store: Store, now: datetime) -> Contest:
    found = next((one for name in _LISTS for one in answer[name] if one["id"] == item), None)
    if found is None:
        raise Trouble("bench-item", item=item[:100])
    said = numberless(" ".join(reason.split()))
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise Trouble("bench-reason")
    return Contest(item, found["state"], said, now, store.actor.name)


def _rows(contests: Sequence[int]) -> dict[str, dict[str, Any]]:
    return {"proposed_contest": {"id": list(contests)}} if contests else {}


def _logged(
    connection: Connection, store: Store, now: datetime, of: tuple[str, int], action: str, rows: Mapping[str, Any], new: Mapping[str, Any], why: str = ""
) -> None:
    """Append what was done, with digests over just the rows it wrote: later reasons must not make an earlier entry wrong."""
    made = digests.digests(connection, *rows.items())
    about = {"kind": KIND, "county": of[0], "subject": f"{of[0]}-{of[1]}"}
    log.append(connection, by=store.actor, at=now, action=action, **about, new={**new, **digests.told(made)}, why=why)
