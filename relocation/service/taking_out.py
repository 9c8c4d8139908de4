"""What leaves the office as a file is noted: which export, with which filters, how many rows, by whom.

An export is reading, and reading goes on where nothing can be written. A file that shows people as they are does not leave unnoted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from checks.free_text import without_numbers
from relocation.store import log
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

UNWRITABLE = frozenset({"home-unwritable", "disk-full", "disk-failing", "database-readonly"})
_FREE = frozenset({"text", "subject", "site", "township"})
"""Filters in which people type what they look for, names too: that one was set is noted, not what it said."""


def note_export(store: Store, what: str, rows: int, filters: Mapping[str, Any], *, now: datetime) -> bool:
    """Note an export of something without personal data in full ("findings.csv") and return whether that could be written down."""
    said = {name: "…" if name in _FREE else _plain(value) for name, value in sorted(filters.items()) if value}
    try:
        asked = str(filters.get("county") or "")
        place = asked if store.actor.scope.touches(asked) else ""  # nobody writes into the log of a place that is not theirs
        _append(store, "export.made", now, county=place, kind="export", subject=what, new={"filters": said, "rows": rows})
    except Trouble as trouble:
        if trouble.code not in UNWRITABLE:
            raise
        return False
    return True


def note_notice(store: Store, what: str, rows: int, sha256: str, county: str, township: str, *, now: datetime) -> None:
    """Note that a public notice is made: what, of how many, and the hash of the file. Trouble, and there is none, where that cannot be written down."""
    try:
        _append(store, "export.made", now, county=county, township=township, kind="export", subject=what, new={"filters": {}, "rows": rows, "sha256": sha256})
    except Trouble as trouble:
        if trouble.code not in UNWRITABLE:
            raise
        raise Trouble("notice-unnoted") from trouble


def note_original(store: Store, county: str, township: str, evidence: int, sha256: str, *, now: datetime) -> None:
    """Note that the original of a piece of evidence leaves the office. Trouble, and it does not leave, where that cannot be written down."""
    try:
        _append(store, "evidence.taken-out", now, county=county, township=township, kind="evidence", subject=str(evidence), files=[sha256])
    except Trouble as trouble:
        if trouble.code not in UNWRITABLE:
            raise
        raise Trouble("original-unnoted") from trouble


def _append(store: Store, action: str, now: datetime, *, county: str, **about: Any) -> None:
    with store.writing() as connection:
        log.append(connection, by=store.actor, at=now, action=action, county=county or _only_county(store), **about)


def _only_county(store: Store) -> str:
    """Return the county an actor is bound to, so that those who read its log see the entry; "" for several and for everywhere."""
    places = () if store.actor.scope.everywhere else store.actor.scope.places
    counties: Sequence[str] = sorted({county for county, _ in places})
    return counties[0] if len(counties) == 1 else ""


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return without_numbers(str(value))[:100]
