"""Plans of visits: drawn from the register, kept as drawn, bound to places, refused in words."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from relocation.service import Store, Trouble
from relocation.service.visiting import planning
from relocation.service.visiting.picking import Wish, pick
from relocation.store import log
from tests.service.rectifying import DAY, ELSEWHERE, HEADING, KEEPER, NOW, VIEWER, actor, bring, home, judged

COUNTY = "411522"
Write = Callable[..., Path]


@pytest.fixture
def moved(store: Store, ledger: Write) -> Store:
    """Return an office with forty households of two townships, every fifth too large, checked."""
    bring(store, ledger, [home(f"H{n:02}", "150" if n % 5 == 0 else "90", "十里镇" if n % 2 else "马畈镇") for n in range(40)])
    judged(store)
    return store


def test_a_sample_is_the_same_bytes_twice_and_stores_nothing(moved: Store) -> None:
    one, other = (pick(moved, Wish("7", size=10, county=COUNTY), DAY).json() for _ in range(2))
    assert one == other
    assert len(one["households"]) == 10 and sum(each["weight"] for each in one["households"]) == pytest.approx(40)
    assert not planning.listed(moved)


def test_the_worst_by_the_last_checks_is_drawn_for_sure(moved: Store) -> None:
    sure = [one for one in pick(moved, Wish("7", size=10, county=COUNTY), DAY).json()["households"] if one["certain"]]
    assert [(one["risk"], one["probability"]) for one in sure] == [("fail", 1.0)]


def test_a_plan_is_kept_as_it_was_drawn_and_logged(moved: Store) -> None:
    keeper = moved.acting(KEEPER)
    made = planning.make(keeper, Wish("7", size=10, county=COUNTY), name="六月抽查", a_day=4, now=NOW)
    kept = planning.plan(keeper, COUNTY, made.number)
    drawn = pick(moved, Wish("7", size=10, county=COUNTY, again=True), NOW.date())
    assert {one.code for one in kept.stops} == {one.unit.code for one in drawn.sample.drawn}
    assert {one.day for one in kept.stops} == {1, 2, 3} and max(one.place for one in kept.stops) == 4
    assert kept.design["order"]["unplaced"] == 10  # the ledger gives no positions, and that is said
    with moved.reading() as connection:
        assert [one.action for one in log.timeline(connection, "visit-plan", COUNTY, made.id)] == ["visits.planned"]


def test_whoever_is_in_a_plan_is_left_alone_by_the_next_and_asked_again_only_with_a_note(moved: Store) -> None:
    keeper = moved.acting(KEEPER)
    first = planning.make(keeper, Wish("7", size=10, county=COUNTY), name="一", a_day=5, now=NOW)
    second = planning.make(keeper, Wish("8", size=10, county=COUNTY), name="二", a_day=5, now=NOW)
    assert not {one.code for one in first.stops} & {one.code for one in second.stops}
    assert second.frame == 30 and second.design["left_out_count"] == 10
    again = planning.make(keeper, Wish("7", size=40, county=COUNTY, again=True), name="三", a_day=5, now=NOW)
    assert sum(bool(one.earlier) for one in again.stops) == 20
    later = NOW + timedelta(days=200)
    assert planning.make(keeper, Wish("7", size=40, county=COUNTY), name="四", a_day=5, now=later).frame == 40


def test_a_household_with_a_position_is_ordered_by_it(store: Store, ledger: Write) -> None:
    lines = [f"{home(f'H{n}')},{114.9 + n / 100:.2f},32.0" for n in (3, 1, 4, 0, 2)]
    from relocation.service.importing import import_files

    import_files(store, [ledger(lines, heading=HEADING + ",经度,纬度")], now=NOW, county=COUNTY, as_kind="households", crs="WGS84")
    made = planning.make(store, Wish("7", size=5, county=COUNTY), name="一", a_day=5, now=NOW)
    codes = [one.code for one in made.stops]
    assert codes in (["H0", "H1", "H2", "H3", "H4"], ["H4", "H3", "H2", "H1", "H0"])
    legs = [one.leg_m for one in made.stops]
    assert legs[0] is None and all(leg == pytest.approx(945, abs=2) for leg in legs[1:] if leg is not None)  # 0.01° of longitude at 32° N
    assert not made.design["order"]["roads"] and made.design["order"]["straight"] == 4


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish("7", size=41, county=COUNTY), "visits-too-large"),
        (Wish("7", size=0, county=COUNTY), "visits-too-small"),
        (Wish("7", size=5, county="411599"), "visits-empty"),
        (Wish("7", size=5, county=COUNTY, township="没有这个镇"), "visits-empty"),
        (Wish(" ", size=5, county=COUNTY), "visits-seed"),
        (Wish("7", county=COUNTY), "visits-size-or-precision"),
        (Wish("7", precision=0.9, county=COUNTY), "visits-precision"),
        (Wish("7", size=5, county=COUNTY, certain=6), "visits-certain"),
        (Wish("7", size=5, county=COUNTY, respected_days=-1), "visits-days"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_both_languages(moved: Store, wish: Wish, code: str) -> None:
    with pytest.raises(Trouble) as refused:
        pick(moved, wish, DAY)
    assert refused.value.code == code
    assert all(refused.value.reason(lang) and refused.value.mend(lang) for lang in ("zh", "en"))


def test_one_household_is_visited_and_not_sampled(store: Store, ledger: Write) -> None:
    bring(store, ledger, [home("H1")])
    with pytest.raises(Trouble, match="visits-one") as refused:
        pick(store, Wish("7", size=1, county=COUNTY), DAY)
    assert "H1" in refused.value.reason("zh")


def test_nobody_plans_in_another_county_or_without_the_right(moved: Store) -> None:
    for who, code in ((VIEWER, "not-allowed"), (ELSEWHERE, "not-your-place")):
        with pytest.raises(Trouble, match=code):
            planning.make(moved.acting(who), Wish("7", size=5, county=COUNTY), name="一", a_day=5, now=NOW)
    made = planning.make(moved.acting(KEEPER), Wish("7", size=5, county=COUNTY), name="一", a_day=5, now=NOW)
    with pytest.raises(Trouble, match="visits-unknown"):
        planning.plan(moved.acting(ELSEWHERE), COUNTY, made.number)


def test_a_township_plans_its_own_households_only(moved: Store) -> None:
    from relocation.accounts.roles import Role

    own = moved.acting(actor("ma", Role.KEEPER, township="马畈镇"))
    with pytest.raises(Trouble, match="not-your-place"):
        planning.make(own, Wish("7", size=5, county=COUNTY), name="一", a_day=5, now=NOW)
    made = planning.make(own, Wish("7", size=5, county=COUNTY, township="马畈镇"), name="一", a_day=5, now=NOW)
    assert {one.township for one in planning.plan(own, COUNTY, made.number).stops} == {"马畈镇"}
