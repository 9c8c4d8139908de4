"""An administrator of one county rules over that county's accounts only, and gives nothing beyond it."""

from datetime import UTC, datetime

import pytest

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import EVERYWHERE, Scope
from relocation.service import Store, Trouble, accounts
from relocation.store.log import count

NOW = datetime(2019, 6, 1, 8, tzinfo=UTC)
HERE, THERE = Scope(frozenset({"411522"})), Scope(frozenset({"411523"}))


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    for name, scope in (("here", HERE), ("there", THERE), ("both", Scope(frozenset({"411522", "411523"}))), ("all", EVERYWHERE)):
        accounts.add(store, name, name, [Role.KEEPER], scope, now=NOW, random=name.encode().ljust(32, b"."))


def bound(store: Store, scope: Scope = HERE) -> Store:
    return store.acting(Actor("county-admin", "county-admin", frozenset({Role.ADMINISTRATOR}), scope)).whole


def test_only_accounts_that_lie_within_the_administrators_places_are_listed(store: Store) -> None:
    assert [one.name for one in accounts.listed(bound(store))] == ["here"]
    assert {"here", "there", "both", "all"} <= {one.name for one in accounts.listed(bound(store, EVERYWHERE))}


@pytest.mark.parametrize("name", ["there", "both", "all"])
def test_an_account_with_a_place_beyond_is_as_unknown_as_none(store: Store, name: str) -> None:
    mine = bound(store)
    for change in (
        lambda: accounts.reset(mine, name, now=NOW, random=bytes(32)),
        lambda: accounts.disable(mine, name, now=NOW),
        lambda: accounts.enable(mine, name, now=NOW),
        lambda: accounts.set_roles(mine, name, [Role.VIEWER], now=NOW),
        lambda: accounts.set_places(mine, name, HERE, now=NOW),
        lambda: accounts.set_rights(mine, name, [Role.VIEWER], HERE, now=NOW),
    ):
        with pytest.raises(Trouble) as refused:
            change()
        assert refused.value.code == "unknown-account"


@pytest.mark.parametrize("scope", [THERE, EVERYWHERE, Scope(frozenset({"411522", "411523"})), Scope(frozenset(), frozenset({("411523", "甲乡")}))])
def test_nobody_gives_a_place_that_is_not_his(store: Store, scope: Scope) -> None:
    for give in (
        lambda: accounts.add(bound(store), "new-one", "", [Role.VIEWER], scope, now=NOW, random=bytes(32)),
        lambda: accounts.set_places(bound(store), "here", scope, now=NOW),
        lambda: accounts.set_rights(bound(store), "here", [Role.VIEWER], scope, now=NOW),
    ):
        with pytest.raises(Trouble) as refused:
            give()
        assert refused.value.code == "account-place-beyond"


def test_within_his_places_an_administrator_gives_roles_and_townships(store: Store) -> None:
    accounts.set_rights(bound(store), "here", [Role.REVIEWER], Scope(frozenset(), frozenset({("411522", "甲乡")})), now=NOW)
    (one,) = accounts.listed(bound(store))
    assert (one.roles, one.scope.places) == (frozenset({Role.REVIEWER}), (("411522", "甲乡"),))


def test_rights_are_given_both_or_neither(store: Store) -> None:
    with store.reading() as connection:
        before = count(connection)
    with pytest.raises(Trouble):
        accounts.set_rights(bound(store), "here", [Role.VIEWER], THERE, now=NOW)
    with store.reading() as connection:
        assert count(connection) == before
    assert [one.roles for one in accounts.listed(bound(store))] == [frozenset({Role.KEEPER})]


@pytest.mark.parametrize("name", ["аdmin", "аdmin-2", "王五", "ａdmiń"])
def test_a_name_of_look_alike_letters_is_refused(store: Store, name: str) -> None:
    with pytest.raises(Trouble) as refused:
        accounts.add(store, name, "", [Role.VIEWER], HERE, now=NOW, random=bytes(32))
    assert refused.value.code == "account-name"
