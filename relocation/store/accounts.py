"""Accounts and sign-ins as they are stored. Whoever calls decides; connections are of a store that sees everything."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.store import digests
from relocation.store.account_tables import account, account_place, attempt, sign_in
from relocation.store.files import as_utc, in_utc


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `password` is the hash."""

    id: int
    name: str
    shown: str
    password: str
    roles: frozenset[Role]
    scope: Scope
    disabled: bool
    must_change: bool
    created_at: datetime

    @property
    def actor(self) -> Actor:
        """Who acts when this account is signed in."""
        return Actor(self.name, self.shown, self.roles, self.scope)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of an account, open while `ended_at` is None."""

    id: int
    account_id: int
    browser: str
    address: str
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None


def listed(connection: Connection) -> list[Account]:
    """Return every account in the order of names."""
    places = _places(connection)
    return [_account(row, places.get(row["id"], set())) for row in connection.execute(select(account).order_by(account.c.name)).mappings()]


def named(connection: Connection, name: str) -> Account | None:
    """Return the account of a name; None for none."""
    return _one(connection, connection.execute(select(account).where(account.c.name == name)).mappings().first())


def of_id(connection: Connection, id: int) -> Account | None:
    """Return the account of a number; None for none."""
    return _one(connection, connection.execute(select(account).where(account.c.id == id)).mappings().first())


def any_at_all(connection: Connection) -> bool:
    """Tell whether there is an account."""
    return connection.execute(select(account.c.id).limit(1)).first() is not None


def add(connection: Connection, *, name: str, shown: str, password: str, roles: Iterable[Role], scope: Scope, at: datetime) -> int:
    """Add an account whose password somebody else has given, and return its number."""
    values = {"name": name, "shown": shown, "password": password, "roles": _ids(roles), "everywhere": int(scope.everywhere)}
    made = insert(account).values(**values, disabled=0, must_change=1, created_at=in_utc(at)).returning(account.c.id)
    id = int(connection.execute(made).scalar_one())
    _keep_places(connection, id, scope)
    return id


def stands(connection: Connection, name: str) -> dict[str, Any]:
    """Return how an account and its places stand, as an entry of the log says it."""
    return digests.stands(connection, ("account", {"name": name}), ("account_place", {"account.name": name}))


def signed_in(connection: Connection, of: Mapping[str, Any] | None = None) -> list[tuple[str, str, str]]:
    """Return (account's name, moment as the log writes it, hash over all of it that never changes) of every sign-in, or of those that hold some values."""
    kept = [sign_in.c[name] for name in ("id", "token_hash", "account_id", "browser", "address", "created_at")]
    wanted = select(account.c.name.label("name"), *kept).outerjoin_from(sign_in, account).order_by(sign_in.c.id)
    for name, value in (of or {}).items():
        wanted = wanted.where(sign_in.c[name] == value)
    found = []
    for row in connection.execute(wanted).mappings():
        made = {name: value for name, value in row.items() if name != "name"}
        found.append((row["name"] or "", str(digests.plain(row["created_at"])), hashlib.sha256(digests.as_line(made).encode()).hexdigest()))
    return found


def set_password(connection: Connection, id: int, password: str, *, must_change: bool) -> None:
    """Keep another password's hash."""
    connection.execute(update(account).where(account.c.id == id).values(password=password, must_change=int(must_change)))


def set_disabled(connection: Connection, id: int, disabled: bool) -> None:
    """Shut an account out, or let it in again."""
    connection.execute(update(account).where(account.c.id == id).values(disabled=int(disabled)))


def set_roles(connection: Connection, id: int, roles: Iterable[Role]) -> None:
    """Give an account other roles."""
    connection.execute(update(account).where(account.c.id == id).values(roles=_ids(roles)))


def set_scope(connection: Connection, id: int, scope: Scope) -> None:
    """Bind an account to other places."""
    connection.execute(update(account).where(account.c.id == id).values(everywhere=int(scope.everywhere)))
    connection.execute(delete(account_place).where(account_place.c.account_id == id))
    _keep_places(connection, id, scope)


def open_sign_in(connection: Connection, id: int, token_hash: str, browser: str, address: str, at: datetime) -> str:
    """Note a new sign-in of an account and return the hash over it."""
    moment = in_utc(at)
    values = {"token_hash": token_hash, "account_id": id, "browser": browser, "address": address}
    connection.execute(insert(sign_in).values(**values, created_at=moment, seen_at=moment))
    return signed_in(connection, {"token_hash": token_hash})[0][2]


def sign_in_of(connection: Connection, token_hash: str) -> SignIn | None:
    """Return the sign-in of a token's hash; None for none."""
    row = connection.execute(select(sign_in).where(sign_in.c.token_hash == token_hash)).mappings().first()
    return _sign_in(row) if row else None


def open_of(connection: Connection, id: int) -> list[SignIn]:
    """Return an account's sign-ins that have not ended, the latest first."""
    wanted = select(sign_in).where(sign_in.c.account_id == id, sign_in.c.ended_at.is_(None)).order_by(sign_in.c.id.desc())
    return [_sign_in(row) for row in connection.execute(wanted).mappings()]


def touch(connection: Connection, sign_in_id: int, at: datetime) -> None:
    """Note that a sign-in was just used."""
    connection.execute(update(sign_in).where(sign_in.c.id == sign_in_id).values(seen_at=in_utc(at)))


def end(connection: Connection, id: int, at: datetime, *, only: int | None = None, but: int | None = None) -> int:
    """End an account's sign-ins (one, or all but one) and return how many."""
    which = [sign_in.c.account_id == id, sign_in.c.ended_at.is_(None)]
    which += [sign_in.c.id == only] if only is not None else []
    which += [sign_in.c.id != but] if but is not None else []
    return int(connection.execute(update(sign_in).where(*which).values(ended_at=in_utc(at))).rowcount)


def tries(connection: Connection, what: str, whose: str, after: datetime) -> list[datetime]:
    """Return when something was tried since a moment, the oldest first."""
    wanted = select(attempt.c.at).where(attempt.c.what == what, attempt.c.whose == whose, attempt.c.at > in_utc(after)).order_by(attempt.c.at)
    return [as_utc(at) for at in connection.execute(wanted).scalars()]


def note_try(connection: Connection, what: str, whose: str, at: datetime, *, keep: timedelta, most: int) -> int:
    """Note a try, forget those older than `keep` and all but the newest `most`, and return its number."""
    connection.execute(delete(attempt).where(attempt.c.at <= in_utc(at - keep)))
    number = int(connection.execute(insert(attempt).values(what=what, whose=whose, at=in_utc(at)).returning(attempt.c.id)).scalar_one())
    connection.execute(delete(attempt).where(attempt.c.id <= number - most))
    return number


def signed_in_from(connection: Connection, id: int, address: str, since: datetime) -> bool:
    """Tell whether an account has signed in from an address since a moment."""
    here = (sign_in.c.account_id == id, sign_in.c.address == address, sign_in.c.created_at > in_utc(since))
    return connection.execute(select(sign_in.c.id).where(*here).limit(1)).first() is not None


def forget_try(connection: Connection, number: int) -> None:
    """Forget one try: it was none."""
    connection.execute(delete(attempt).where(attempt.c.id == number))


def forget_tries(connection: Connection, what: str, whose: str, *, begun: bool = False) -> None:
    """Forget what was tried by one mark; with `begun` by every mark that begins so."""
    named = attempt.c.whose.startswith(whose, autoescape=True) if begun else attempt.c.whose == whose
    connection.execute(delete(attempt).where(attempt.c.what == what, named))


def administrators(connection: Connection) -> int:
    """Return how many accounts that are let in hold the administrator's role."""
    rows = connection.execute(select(account.c.roles).where(account.c.disabled == 0)).scalars()
    return sum(Role.ADMINISTRATOR.id in roles.split() for roles in rows)


def number(connection: Connection) -> int:
    """Return how many accounts there are."""
    return int(connection.execute(select(func.count()).select_from(account)).scalar_one())


def _one(connection: Connection, row: RowMapping | None) -> Account | None:
    return _account(row, _places(connection, row["id"]).get(row["id"], set())) if row else None


def _places(connection: Connection, id: int | None = None) -> dict[int, set[tuple[str, str]]]:
    wanted = select(account_place) if id is None else select(account_place).where(account_place.c.account_id == id)
    found: dict[int, set[tuple[str, str]]] = {}
    for row in connection.execute(wanted):
        found.setdefault(row.account_id, set()).add((row.county, row.township))
    return found


def _keep_places(connection: Connection, id: int, scope: Scope) -> None:
    places: list[dict[str, Any]] = [] if scope.everywhere else [{"account_id": id, "county": county, "township": town} for county, town in scope.places]
    if places:
        connection.execute(insert(account_place), places)


def _account(row: RowMapping, places: set[tuple[str, str]]) -> Account:
    whole = frozenset(county for county, township in places if not township)
    scope = Scope() if row["everywhere"] else Scope(whole, frozenset(place for place in places if place[1]))
    known = {role.id: role for role in Role}
    roles = frozenset(known[id] for id in row["roles"].split() if id in known)  # a role that this version has no more gives nothing
    flags = bool(row["disabled"]), bool(row["must_change"])
    return Account(row["id"], row["name"], row["shown"], row["password"], roles, scope, *flags, as_utc(row["created_at"]))


def _sign_in(row: RowMapping) -> SignIn:
    ended = as_utc(row["ended_at"]) if row["ended_at"] else None
    return SignIn(row["id"], row["account_id"], row["browser"], row["address"], as_utc(row["created_at"]), as_utc(row["seen_at"]), ended)


def _ids(roles: Iterable[Role]) -> str:
    return " ".join(sorted(role.id for role in roles))
