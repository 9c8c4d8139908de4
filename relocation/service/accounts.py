"""Accounts, as administrators and the terminal keep them. A change of rights ends every sign-in of the account at once.

The store given is one that sees everything; who acts is its actor. Salts and one-time passwords come of random bytes passed in.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime

from relocation.accounts.passwords import hashed, one_time, weakness
from relocation.accounts.roles import Right, Role
from relocation.accounts.scope import EVERYWHERE, Scope
from relocation.service.guesses import forget_guesses
from relocation.service.secret import secret_key
from relocation.store import accounts, files, ledgers, log, queries
from relocation.store.accounts import Account
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

__all__ = [
    "FIRST", "Account", "Role", "Scope", "Store", "add", "county_names", "disable", "enable", "first", "known_places", "listed", "place_text", "places_of",
    "reset", "roles_of", "set_places", "set_rights", "set_roles",
]  # fmt: skip

FIRST = "admin"
LONGEST_SHOWN, LONGEST_TOWNSHIP, MOST_PLACES = 40, 60, 200
States = Mapping[str, Sequence[str]] | None
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{1,39}")
"""Plain letters only: "аdmin" with a Cyrillic letter reads in every list and in the log as somebody else."""


def named_as(name: str) -> str:
    """Return a name as accounts are named: full-width signs and capitals are the same as plain small ones."""
    return unicodedata.normalize("NFKC", name).strip().lower()[:100]


def acceptable(connection: Connection, password: str, *own: str) -> None:
    """Refuse, as Trouble, a password that is too easy."""
    places = [word for code, name in files.county_names(connection).items() for word in (code, name)]
    why = weakness(password, (*own, *places))
    if why:
        raise Trouble(f"password-{why}")


def listed(store: Store) -> list[Account]:
    """Return the accounts whose places all lie within the actor's, in the order of names."""
    with store.reading() as connection:
        return [one for one in accounts.listed(connection) if store.actor.scope.contains(one.scope)]


def first(store: Store, *, now: datetime, random: bytes) -> str:
    """Make the first administrator where there is no account yet, and return the one-time password; "" where there is one."""
    with store.writing() as connection:
        if accounts.any_at_all(connection):
            return ""
        return _added(store, connection, FIRST, FIRST, (Role.ADMINISTRATOR,), EVERYWHERE, now, random)


def add(store: Store, name: str, shown: str, roles: Sequence[Role], scope: Scope, *, now: datetime, random: bytes) -> str:
    """Add an account and return its one-time password. Trouble for a name that cannot be one or is taken, and for no role or place."""
    _administers(store)
    wanted = named_as(name)
    if not _NAME.fullmatch(wanted):
        raise Trouble("account-name", name=name.strip()[:40])
    _some(roles, scope)
    _own_places(store, scope)
    with store.writing() as connection:
        if accounts.named(connection, wanted):
            raise Trouble("account-taken", name=wanted)
        return _added(store, connection, wanted, " ".join(shown.split())[:LONGEST_SHOWN] or wanted, roles, scope, now, random)


def _added(store: Store, connection: Connection, name: str, shown: str, roles: Sequence[Role], scope: Scope, now: datetime, random: bytes) -> str:
    password = one_time(random[16:])
    accounts.add(connection, name=name, shown=shown, password=hashed(password, random[:16]), roles=roles, scope=scope, at=now)
    _note(store, connection, name, "account.added", now, new={"roles": _ids(roles), "places": places_of(scope)})
    return password


def reset(store: Store, name: str, *, now: datetime, random: bytes) -> str:
    """Give an account a new one-time password, end its sign-ins, forget the wrong tries under its name, and return the password."""
    _administers(store)
    password = one_time(random[16:])
    kept = hashed(password, random[:16])
    with store.writing() as connection:
        one = _named(store, connection, name)
        accounts.set_password(connection, one.id, kept, must_change=True)
        forget_guesses(connection, secret_key(store.home), one.name)
        _ended(store, connection, one, "account.reset", now)
    return password


def disable(store: Store, name: str, *, now: datetime) -> None:
    """Shut an account out at once. Trouble for one's own, and for the last administrator."""
    _administers(store)
    with store.writing() as connection:
        one = _others(store, connection, name)
        accounts.set_disabled(connection, one.id, True)
        _one_is_left(connection, one)
        _ended(store, connection, one, "account.disabled", now)


def enable(store: Store, name: str, *, now: datetime) -> None:
    """Let an account in again."""
    _administers(store)
    with store.writing() as connection:
        one = _named(store, connection, name)
        accounts.set_disabled(connection, one.id, False)
        _note(store, connection, one.name, "account.enabled", now)


def set_roles(store: Store, name: str, roles: Sequence[Role], *, now: datetime) -> None:
    """Give an account other roles. Trouble for one's own, and when no administrator would be left."""
    _administers(store)
    with store.writing() as connection:
        one = _others(store, connection, name)
        _some(roles, one.scope)
        _roles_set(store, connection, one, roles, now)


def set_places(store: Store, name: str, scope: Scope, *, now: datetime) -> None:
    """Bind an account to other places. Trouble for one's own, for none, and for one that is not the actor's."""
    _administers(store)
    with store.writing() as connection:
        one = _others(store, connection, name)
        _some(one.roles, scope)
        _places_set(store, connection, one, scope, now)


def set_rights(store: Store, name: str, roles: Sequence[Role], scope: Scope, *, now: datetime) -> None:
    """Give an account other roles and other places, both or neither. Trouble as for either."""
    _administers(store)
    _some(roles, scope)
    with store.writing() as connection:
        one = _others(store, connection, name)
        _roles_set(store, connection, one, roles, now)
        _places_set(store, connection, one, scope, now)


def _roles_set(store: Store, connection: Connection, one: Account, roles: Sequence[Role], now: datetime) -> None:
    if frozenset(roles) == one.roles:
        return
    accounts.set_roles(connection, one.id, roles)
    _one_is_left(connection, one)
    _ended(store, connection, one, "account.roles-changed", now, old={"roles": _ids(one.roles)}, new={"roles": _ids(roles)})


def _places_set(store: Store, connection: Connection, one: Account, scope: Scope, now: datetime) -> None:
    _own_places(store, scope)
    if scope == one.scope:
        return
    accounts.set_scope(connection, one.id, scope)
    _ended(store, connection, one, "account.places-changed", now, old={"places": places_of(one.scope)}, new={"places": places_of(scope)})


def county_names(store: Store) -> dict[str, str]:
    """Return code → name of every county known."""
    with store.reading() as connection:
        return files.county_names(connection)


CHOSEN_FROM = 400
"""So many counties and townships are offered to choose from; where there are more, counties alone, and the others are typed."""


def known_places(store: Store) -> list[tuple[str, str, list[str]]]:
    """Return the places there are records of and the actor may give: a county's code, its name ("" where it has none), its townships."""
    scope = store.actor.scope
    with store.reading() as connection:
        names = files.county_names(connection)
        found = {code: queries.townships(connection, code) for code in ledgers.counties_with_records(connection) if scope.touches(code)}
    few = len(found) + sum(len(townships) for townships in found.values()) <= CHOSEN_FROM
    return [(code, names.get(code) or "", [one for one in townships if few and scope.holds(code, one)]) for code, townships in sorted(found.items())]


def roles_of(ids: Sequence[str]) -> list[Role]:
    """Return the roles of stable ids. Trouble for one that does not exist."""
    known = {role.id: role for role in Role}
    for id in ids:
        if id not in known:
            raise Trouble("unknown-role", role=id[:40], near=", ".join(known))
    return sorted({known[id] for id in ids}, key=list(Role).index)


def place_text(texts: Sequence[str], *, everywhere: bool = False) -> Scope:
    """Return the places that texts like "411522" or "411522/甲乡" name. Trouble for a text that names none."""
    if everywhere:
        return EVERYWHERE
    counties, townships = set(), set()
    for text in [text.strip() for text in texts if text.strip()][:MOST_PLACES]:
        code, _, township = (part.strip() for part in unicodedata.normalize("NFKC", text).partition("/"))
        if not re.fullmatch(r"[1-8][0-9]{5}", code) or len(township) > LONGEST_TOWNSHIP or not township.isprintable():
            raise Trouble("account-place", place=text[:60])
        if township:
            townships.add((code, township))
        else:
            counties.add(code)
    return Scope(frozenset(counties), frozenset(townships))


def places_of(scope: Scope) -> list[str]:
    """Return places as `place_text` reads them; everywhere as "*"."""
    return ["*"] if scope.everywhere else [f"{county}/{township}" if township else county for county, township in scope.places]


def _some(roles: Sequence[Role] | frozenset[Role], scope: Scope) -> None:
    if not roles:
        raise Trouble("account-no-role")
    if not scope.everywhere and not scope.places:
        raise Trouble("account-no-place")


def _administers(store: Store) -> None:
    store.require(Right.ADMINISTER)


def _own_places(store: Store, scope: Scope) -> None:
    """Refuse, as Trouble, places that are not the actor's to give."""
    if not store.actor.scope.contains(scope):
        raise Trouble("account-place-beyond", places=", ".join(places_of(scope))[:80])


def _named(store: Store, connection: Connection, name: str) -> Account:
    """Return an account; one with a place beyond the actor's is as unknown as one that does not exist."""
    found = accounts.named(connection, named_as(name))
    if found is None or not store.actor.scope.contains(found.scope):
        raise Trouble("unknown-account", name=name[:40])
    return found


def _others(store: Store, connection: Connection, name: str) -> Account:
    found = _named(store, connection, name)
    if found.name == store.actor.name:
        raise Trouble("own-account")
    return found


def _one_is_left(connection: Connection, changed: Account) -> None:
    if Role.ADMINISTRATOR in changed.roles and not accounts.administrators(connection):
        raise Trouble("last-administrator")


def _ended(store: Store, connection: Connection, one: Account, action: str, now: datetime, old: States = None, new: States = None) -> None:
    accounts.end(connection, one.id, now)
    _note(store, connection, one.name, action, now, old, new)


def _note(store: Store, connection: Connection, name: str, action: str, now: datetime, old: States = None, new: States = None) -> None:
    stand = accounts.stands(connection, name)
    log.append(connection, by=store.actor, at=now, action=action, kind="account", subject=name, old=old, new={**(new or {}), **stand})


def _ids(roles: Sequence[Role] | frozenset[Role]) -> list[str]:
    return sorted(role.id for role in roles)
