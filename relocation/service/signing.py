"""Signing in and out: guesses counted, answers alike for known and unknown names, sessions that the office can end at once.

The store given is one that sees everything; time and random tokens are passed in.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from threading import BoundedSemaphore

from relocation.accounts.actor import Actor
from relocation.accounts.passwords import BLOCK, COST, LANES, hashed, matches
from relocation.accounts.scope import NOWHERE
from relocation.accounts.throttle import FAMILIAR, MOST, MOST_KEPT, WINDOW, free_again
from relocation.service.accounts import acceptable, named_as
from relocation.service.guesses import Whose, marks_of
from relocation.service.secret import keyed
from relocation.store import accounts, log
from relocation.store.accounts import Account, SignIn
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

__all__ = ["IDLE", "LONGEST", "Account", "Known", "SignIn", "change_password", "end_sign_in", "known", "may_send", "sign_in", "sign_ins", "sign_out"]

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)
"""A sign-in's last use is noted so often, and not with every picture of a page."""

AT_ONCE = 4
_HASHING = BoundedSemaphore(AT_ONCE)
"""So many passwords are hashed at a time: each takes 32 MiB and a tenth of a second, and a flood of them would take all there is."""

_NOBODY = Actor("nobody", "", frozenset(), NOWHERE)
_NO_PASSWORD = f"scrypt:{COST}:{BLOCK}:{LANES}${'0' * 32}${'0' * 128}"
"""What a name that nobody has is compared with, so that it takes as long; no password is that."""


@dataclass(frozen=True, slots=True)
class Known:
    """A signed-in account and its sign-in."""

    account: Account
    sign_in: SignIn


def sign_in(
    store: Store, name: str, password: str, *, address: str, browser: str, now: datetime, token: str, key: bytes, wait: Callable[[], None] | None = None
) -> Account:
    """Open a sign-in under `token` and return its account. Trouble: "sign-in-wrong", or "sign-in-throttled" after too many wrong ones.

    key  : keeps names that were tried from being read back out of the database
    wait : called while a password is being compared; for tests of how many are at once
    """
    wanted = named_as(name)
    whose = marks_of(key, wanted, address)
    with store.reading() as connection:
        found = accounts.named(connection, wanted)
        familiar = found is not None and accounts.signed_in_from(connection, found.id, address, now - FAMILIAR)
    noted = _counted(store, whose, now, familiar=familiar)
    right = _compare(password, found.password if found else _NO_PASSWORD, wait)
    if found is None or found.disabled or not right:
        _refused(store, found, now)
        raise _wrong(store, *whose[0], now)
    with store.writing() as connection:
        accounts.forget_tries(connection, *whose[0])
        for number in noted:
            accounts.forget_try(connection, number)
        made = accounts.open_sign_in(connection, found.id, _digest(token), _digest(browser), address, now)
        log.append(connection, by=found.actor, at=now, action="account.signed-in", kind="account", subject=found.name, new={"sign_in": made})
    return found


def _compare(password: str, kept: str, wait: Callable[[], None] | None) -> bool:
    with _HASHING:
        if wait:
            wait()
        return matches(password, kept)


def _counted(store: Store, whose: Whose, now: datetime, *, familiar: bool) -> list[int]:
    """Count a try before it is heard, so that many at one moment are not more than many one after the other; Trouble for one too many.

    familiar : the account has signed in from this address lately, so that guesses from elsewhere do not shut it out here
    """
    with store.writing() as connection:
        heard = [(what, one) for what, one in whose if not (familiar and what == "name")]
        times = [free_again(what, accounts.tries(connection, what, one, now - WINDOW), now) for what, one in heard]
        until = max((at for at in times if at), default=None)
        if until is None:
            return [accounts.note_try(connection, what, one, now, keep=WINDOW, most=MOST_KEPT) for what, one in whose]
    raise Trouble("sign-in-throttled", minutes=_minutes(until, now))


def _wrong(store: Store, what: str, whose: str, now: datetime) -> Trouble:
    """Return what is said after a wrong try, the same for names that nobody has: how many are left once they are few."""
    with store.reading() as connection:
        left = MOST[what] - len(accounts.tries(connection, what, whose, now - WINDOW))
    if left > FEW:
        return Trouble("sign-in-wrong")
    return Trouble("sign-in-wrong-few", left=left) if left > 0 else Trouble("sign-in-wrong-last")


FEW = 3
"""From so many tries left on it is said how many there are."""


def _forget(store: Store, noted: list[int]) -> None:
    with store.writing() as connection:
        for number in noted:
            accounts.forget_try(connection, number)


def _minutes(until: datetime, now: datetime) -> int:
    return max(1, ceil((until - now) / timedelta(minutes=1)))


def _refused(store: Store, found: Account | None, now: datetime) -> None:
    with store.writing() as connection:
        by = found.actor if found else _NOBODY  # what was typed may be a password: an unknown name is not kept
        log.append(connection, by=by, at=now, action="account.refused", kind="account", subject=found.name if found else "")


def known(store: Store, token: str, *, browser: str, now: datetime) -> Known | None:
    """Return who is signed in under a token; None when it has ended, was idle too long, or another browser shows it."""
    with store.reading() as connection:
        one = accounts.sign_in_of(connection, _digest(token))
        account = accounts.of_id(connection, one.account_id) if one and one.ended_at is None else None
    if one is None or account is None or account.disabled:
        return None
    stolen = not hmac.compare_digest(one.browser, _digest(browser))
    if stolen or now - one.seen_at > IDLE or now - one.created_at > LONGEST:
        _end(store, account, one.id, now, "account.session-stolen" if stolen else "account.session-ended")
        return None
    if now - one.seen_at > SEEN_EVERY:
        _touch(store, one.id, now)
    return Known(account, one)


def _touch(store: Store, id: int, now: datetime) -> None:
    try:
        with store.writing() as connection:
            accounts.touch(connection, id, now)
    except Trouble:  # a full or read-only disk, or an import that holds the lock: reading goes on
        return


def _end(store: Store, account: Account, id: int, now: datetime, action: str) -> None:
    try:
        with store.writing() as connection:
            accounts.end(connection, account.id, now, only=id)
            log.append(connection, by=account.actor, at=now, action=action, kind="account", subject=account.name)
    except Trouble:  # it is refused all the same, now and the next time
        return


def sign_out(store: Store, who: Known, now: datetime) -> None:
    """End a sign-in."""
    with store.writing() as connection:
        accounts.end(connection, who.account.id, now, only=who.sign_in.id)
        log.append(connection, by=who.account.actor, at=now, action="account.signed-out", kind="account", subject=who.account.name)


def sign_ins(store: Store, who: Known, now: datetime) -> list[SignIn]:
    """Return where somebody is signed in, the latest first."""
    with store.reading() as connection:
        every = accounts.open_of(connection, who.account.id)
    return [one for one in every if now - one.seen_at <= IDLE and now - one.created_at <= LONGEST]


def end_sign_in(store: Store, who: Known, id: int, now: datetime) -> None:
    """End one of somebody's own sign-ins. Trouble (404) for one that is not theirs or has ended."""
    with store.writing() as connection:
        if not accounts.end(connection, who.account.id, now, only=id):
            raise Trouble("unknown-sign-in")
        log.append(connection, by=who.account.actor, at=now, action="account.session-ended", kind="account", subject=who.account.name)


def change_password(
    store: Store, who: Known, old: str, new: str, again: str, *, now: datetime, salt: bytes, token: str, browser: str, address: str, key: bytes
) -> None:
    """Keep another password of one's own, end every sign-in and open one under a new token. Trouble for a wrong old one or a weak new one."""
    noted = _counted(store, marks_of(key, who.account.name, address), now, familiar=True)
    if not _compare(old, who.account.password, None):
        _refused(store, who.account, now)
        raise Trouble("password-wrong")
    _forget(store, noted)
    if new != again:
        raise Trouble("password-differs")
    if new == old:
        raise Trouble("password-same")
    with store.reading() as connection:
        acceptable(connection, new, who.account.name, who.account.shown)
    with _HASHING:
        kept = hashed(new, salt)
    with store.writing() as connection:
        accounts.set_password(connection, who.account.id, kept, must_change=False)
        accounts.end(connection, who.account.id, now)
        made = accounts.open_sign_in(connection, who.account.id, _digest(token), _digest(browser), address, now)
        said = {"sign_in": made, **accounts.stands(connection, who.account.name)}
        log.append(connection, by=who.account.actor, at=now, action="account.password-changed", kind="account", subject=who.account.name, new=said)


def may_send(store: Store, who: str, now: datetime, key: bytes) -> None:
    """Count a file that somebody sends. Trouble ("too-many-files") when it is one too many in an hour."""
    whose = keyed(key, who)
    with store.reading() as connection:
        until = free_again("upload", accounts.tries(connection, "upload", whose, now - WINDOW), now)
    if until is not None:
        raise Trouble("too-many-files", minutes=_minutes(until, now))
    with store.writing() as connection:
        accounts.note_try(connection, "upload", whose, now, keep=WINDOW, most=MOST_KEPT)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
