"""A personal value in full is given one at a time, to whoever may, with a purpose, and every time it is logged without the value."""

from collections.abc import Callable
from pathlib import Path

import pytest

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.evidence.chain import Event
from relocation.service import Store, Trouble, importing, registers, revealing
from relocation.store import log
from relocation.store.tables import event
from tests.service.conftest import HOUSEHOLDS, NOW

NUMBER, OTHER = "990101196303139033", "99010119700101001X"
HERE = "411522"


@pytest.fixture
def home(store: Store, ledger: Callable[..., Path]) -> Store:
    heading = f"{HOUSEHOLDS},身份证号"
    lines = [f"H{n},演某{n},东岭乡,是,3,2016-12-01,集中安置,75,{number}" for n, number in enumerate((NUMBER, OTHER, NUMBER, ""))]
    importing.import_files(store, [ledger(lines, heading)], now=NOW, as_kind="households", county=HERE)
    return store


def somebody(*roles: Role, county: str = HERE) -> Actor:
    return Actor("li", "李", frozenset(roles), Scope(frozenset({county}), frozenset()))


def logged(store: Store, action: str) -> list[Event]:
    with store.whole.reading() as connection:
        return [log.as_event(row) for row in connection.execute(event.select().order_by(event.c.seq)).mappings() if row["action"] == action]


@pytest.mark.parametrize("role", [Role.KEEPER, Role.VETTER, Role.REVIEWER])
def test_who_may_sees_the_value_and_the_log_says_who_what_and_why_but_not_the_value(home: Store, role: Role) -> None:
    acting = home.acting(somebody(role))
    assert revealing.reveal(acting, "household", HERE, "H0", "id_number", purpose=" 核对 重复户 ", now=NOW) == NUMBER
    (entry,) = logged(home, "personal.revealed")
    assert (entry.who, entry.kind, entry.county, entry.township, entry.subject) == ("li", "household", HERE, "东岭乡", "H0")
    assert (entry.new, entry.why) == ({"field": "id_number"}, "核对 重复户")
    assert NUMBER not in str(entry)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ENGINEER, Role.ADMINISTRATOR])
def test_who_may_not_is_refused_and_nothing_is_logged(home: Store, role: Role) -> None:
    with pytest.raises(Trouble) as refused:
        revealing.reveal(home.acting(somebody(role)), "household", HERE, "H0", "id_number", purpose="核对", now=NOW)
    assert refused.value.code == "not-allowed"
    with pytest.raises(Trouble):
        revealing.search(home.acting(somebody(role)), NUMBER, purpose="核对", now=NOW)
    assert not logged(home, "personal.revealed") + logged(home, "personal.searched")
    assert revealing.revealable(home.acting(somebody(role)), "household") == ()


def test_a_household_of_another_county_is_not_there(home: Store) -> None:
    elsewhere = home.acting(somebody(Role.KEEPER, county="411523"))
    with pytest.raises(Trouble) as refused:
        revealing.reveal(elsewhere, "household", HERE, "H0", "id_number", purpose="核对", now=NOW)
    assert refused.value.status == 404
    assert revealing.search(elsewhere, NUMBER, purpose="核对", now=NOW) == ()


@pytest.mark.parametrize("purpose", ["", " ", "a", "x" * 201, f"核对 {NUMBER}", "电话 13800001234"])
def test_a_purpose_is_needed_and_repeats_no_number(home: Store, purpose: str) -> None:
    with pytest.raises(Trouble) as refused:
        revealing.reveal(home, "household", HERE, "H0", "id_number", purpose=purpose, now=NOW)
    assert refused.value.code == "purpose-needed"


@pytest.mark.parametrize(("kind", "field"), [("household", "floor_area_m2"), ("household", "id"), ("nothing", "id_number"), ("area", "county")])
def test_only_a_personal_field_of_a_ledger_is_revealed(home: Store, kind: str, field: str) -> None:
    with pytest.raises(Trouble) as refused:
        revealing.reveal(home, kind, HERE, "H0", field, purpose="核对", now=NOW)
    assert refused.value.code == "not-personal"


@pytest.mark.parametrize("written", [NUMBER, f" {NUMBER} ", "９９０１０１１９６３０３１３９０３３", "990101 19630313 9033"])
def test_a_number_finds_its_holders_masked_and_is_logged_without_itself(home: Store, written: str) -> None:
    found = revealing.search(home, written, purpose="核对重复户", now=NOW)
    assert [(one.code, one.name) for one in found] == [("H0", "演＊＊"), ("H2", "演＊＊")]
    (entry,) = logged(home, "personal.searched")
    assert entry.new == {"field": "id_number", "found": [f"{HERE}/H0", f"{HERE}/H2"]}
    assert NUMBER not in str(entry)


def test_a_part_of_a_number_finds_nobody_and_none_is_asked_for(home: Store) -> None:
    assert revealing.search(home, NUMBER[:17], purpose="核对", now=NOW) == ()
    with pytest.raises(Trouble) as refused:
        revealing.search(home, "  ", purpose="核对", now=NOW)
    assert refused.value.code == "number-needed"


def test_a_missing_number_is_shown_as_missing(home: Store) -> None:
    assert revealing.reveal(home, "household", HERE, "H3", "id_number", purpose="核对", now=NOW) == ""


def test_everywhere_else_it_stays_masked(home: Store) -> None:
    revealing.reveal(home, "household", HERE, "H0", "id_number", purpose="核对", now=NOW)
    assert NUMBER not in str(registers.household(home, "H0", "zh")) + str(registers.households(home, "zh"))
