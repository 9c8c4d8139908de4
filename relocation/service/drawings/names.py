"""Which layers, blocks and texts mean what: the shipped words, and an institute's own laid over them, kept as versions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import yaml

from checks.vocabulary import DRAWING
from geo.drawing.plan.naming import Naming, UnknownRole
from relocation.accounts.roles import Right
from relocation.service.drawings.rows import rows_of
from relocation.service.numberless import numberless
from relocation.service.reference import shipped_file
from relocation.store import digests, drawings, ledgers, log
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


@cache
def shipped() -> Naming:
    """Return the words shipped with the program."""
    return Naming.made(yaml.safe_load(shipped_file("reference", "drawing_names.yaml").read_text("utf-8")))


def naming(store: Store, institute: str = "") -> Naming:
    """Return the words by which an institute's drawings are understood: the shipped ones where it has none of its own."""
    found = institutes(store).get(institute.strip())
    return shipped().with_(found[0].said) if found else shipped()


def institutes(store: Store) -> Mapping[str, list[drawings.Version]]:
    """Return every institute's own words, newest version first."""
    with store.reading() as connection:
        return drawings.namings(connection)


def known_institutes(store: Store, own: Iterable[str]) -> list[str]:
    """Return the names of institutes met on drawings or with words of their own."""
    return sorted({str(row["institute"]) for row in rows_of(store, DRAWING) if row["institute"]} | set(own))


def may_alter(store: Store) -> bool:
    """Tell whether the actor may alter an institute's words: they hold for its drawings in every county, so for whoever has all counties with records."""
    scope = store.actor.scope
    return store.actor.may(Right.DRAW) and (scope.everywhere or all(scope.holds(county) for county in _counties(store)))


def _counties(store: Store) -> list[str]:
    with store.whole.reading() as connection:
        return ledgers.counties_with_records(connection)


def keep_naming(store: Store, institute: str, mapping: Mapping[str, Any], *, reason: str, now: datetime) -> int:
    """Keep an institute's words as a new version and return its number.

    Trouble for an institute without a name, no reason, a part, role or word that cannot be used, or an actor who has not all counties.
    """
    store.require(Right.DRAW)
    if not may_alter(store):
        raise Trouble("drawing-naming-shared")
    if not institute.strip() or not reason.strip():
        raise Trouble("drawing-reason")
    numberless(reason)
    try:
        shipped().with_(mapping)
    except (UnknownRole, AttributeError, TypeError) as error:
        where, found, expected = (error.where, error.found, error.expected) if isinstance(error, UnknownRole) else ("naming", type(mapping).__name__, ())
        raise Trouble("drawing-naming", where=where, found=found[:60], expected=", ".join(expected)) from None
    counties = _counties(store)
    with store.writing() as connection:
        made = drawings.add_naming(connection, institute.strip(), mapping, reason.strip(), now)
        new = {"version": made, **digests.told(digests.digests(connection, ("drawing_naming", {"id": made})))}
        about = {"kind": "drawing-names", "county": counties[0] if len(counties) == 1 else "", "subject": institute.strip(), "why": reason.strip()}
        log.append(connection, by=store.actor, at=now, action="drawing-names.kept", **about, new=new)
        return made
