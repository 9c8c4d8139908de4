"""The lists that hung against the register, counted by hand."""

from datetime import date

from relocation.notices.matching import Noticed, Registered, Village, matched

EAST, WEST = ("甲乡", "东村"), ("甲乡", "西村")
FROM, TO = date(2018, 3, 1), date(2018, 3, 7)


def noticed(code: str, identity: str, place: tuple[str, str] = EAST, persons: int | None = 3, since: date | None = FROM, until: date | None = TO) -> Noticed:
    return Noticed(code, place, identity, persons, since, until)


def test_who_is_missing_on_either_side_is_named_in_the_village_of_the_household() -> None:
    register = [Registered("H1", EAST, "a", 3), Registered("H2", EAST, "b", 4), Registered("H3", WEST, "c", 2), Registered("H4", WEST, "", 1)]
    lists = [noticed("N1", "a"), noticed("N2", "b", persons=5), noticed("N3", "x"), noticed("N4", "gone"), noticed("N5", "", WEST), noticed("N6", "a", WEST)]
    east, west = matched(register, ["gone"], lists)
    assert (east.registered, east.noticed, east.both) == (2, 5, 2)  # N6 is H1 again, and H1 lives in the east
    assert (east.missing, east.unknown, east.unlike, east.uncompared) == ([], ["N3"], ["H2"], [])
    assert (west.registered, west.noticed, west.both) == (2, 1, 0)
    assert (west.missing, west.unknown, west.unlike, west.uncompared) == (["H3"], [], [], ["N5", "H4"])
    assert not east.agrees
    assert not west.agrees


def test_a_village_without_a_list_misses_everybody() -> None:
    (only,) = matched([Registered("H1", EAST, "a", 3)], [], [])
    assert (only.missing, only.since, only.agrees) == (["H1"], None, False)


def test_days_count_the_first_and_the_last_and_a_missing_or_turned_day_is_not_known() -> None:
    assert noticed("N", "a").days == 7
    assert noticed("N", "a", until=FROM).days == 1
    assert noticed("N", "a", until=None).days is None
    assert noticed("N", "a", since=TO, until=FROM).days is None
    village = Village(EAST, entries=[noticed("1", "a"), noticed("2", "b", until=date(2018, 3, 6)), noticed("3", "c", until=None)])
    assert (village.short(7), village.undated, village.since, village.until) == (1, 1, FROM, TO)
