"""What a county adds to the list tells nobody apart whom the needed columns leave alike, and a village of a few shows the needed columns only."""

from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from relocation.notices.alike import LEAST, guarded
from relocation.notices.naming import MaskedName
from relocation.notices.rows import Entry, Extra, rows

EVERY = tuple(Extra)


def entry(
    number: int, name: str = "张三", village: str = "甲村", persons: int | None = 3, site: str = "河湾", area: str = "75", subsidy: str = "90000"
) -> Entry:
    return Entry(f"H{number:04}", name, "甲乡", village, "东组", persons, "集中安置", site, Decimal(area), Decimal(subsidy))


def test_alike_ones_whose_areas_differ_get_a_band_and_those_alone_keep_their_figures() -> None:
    made, _ = rows([entry(1, area="70"), entry(2, area="75"), entry(3, "李四", area="60.5"), entry(4, "王五", area="61"), entry(5, "赵六", area="62")], EVERY)
    kept, found = guarded(made)
    assert [(row.number, row.name, row.area, row.subsidy, row.site) for row in kept] == [
        (1, "张**", "50–75", "", "河湾"),
        (2, "张**", "50–75", "", "河湾"),
        (3, "李**", "60.50", "90,000.00", "河湾"),
        (4, "王**", "61.00", "90,000.00", "河湾"),
        (5, "赵**", "62.00", "90,000.00", "河湾"),
    ]
    assert (found.lines, found.alone, found.least, found.bands, found.hidden, found.small) == (5, 3, 1, 2, 0, ())


def test_alike_ones_at_different_sites_show_no_site() -> None:
    kept, found = guarded(rows([entry(at, site=f"点{at % 2}") for at in range(6)], EVERY)[0])
    assert {row.extras for row in kept} == {("", "", "")}
    assert found.hidden == 6


def test_a_village_of_fewer_than_five_shows_what_a_notice_needs_and_no_more() -> None:
    kept, found = guarded(rows([entry(1, village="小村")], EVERY)[0])
    assert [(row.name, row.persons, row.extras) for row in kept] == [("张**", 3, ("", "", ""))]
    assert found.small == (("甲乡", "小村", 1),)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(entry, st.integers(0, 9999), st.sampled_from(["张三", "张四", "李五"]), st.sampled_from(["甲村", "乙村"]), st.sampled_from([1, 2, None]),
                          st.sampled_from(["河湾", "山前"]), st.sampled_from(["25", "24.5", "50"]), st.sampled_from(["30000", "60000"])), max_size=30))  # fmt: skip
def test_whoever_knows_the_needed_columns_learns_from_the_others_nothing_that_narrows(entries: list[Entry]) -> None:
    kept, _ = guarded(rows(entries, EVERY)[0])
    needed = Counter(row.needed for row in kept)
    both = Counter((row.needed, row.extras) for row in kept)
    assert all(number >= min(needed[one], LEAST) for (one, _extras), number in both.items())
    assert len({(row.township, row.village, row.number) for row in kept}) == len(entries)  # the number tells alike ones apart


def test_a_row_has_no_place_for_anything_else() -> None:
    (row,), _ = rows([entry(1)], ())
    assert not hasattr(row, "__dict__")
    assert set(type(row).__slots__) == {"number", "name", "township", "village", "group", "persons", "kind", "site", "area", "subsidy", "coarse"}
    assert isinstance(row.name, MaskedName)


def test_every_value_that_must_not_be_published_is_named_by_its_record_and_never_by_itself() -> None:
    bad = [entry(1, "990101197001010019"), entry(2), entry(3, village="甲村13812345678"), entry(4, persons=4115)]
    _, against = rows(bad, ())
    assert [(one.row, one.field, one.why) for one in against] == [
        ("H0001", "head_name", "number"),
        ("H0004", "approved_persons", "number"),
        ("H0003", "village", "number"),
    ]
    assert not any(number in str(one) for one in against for number in ("9901", "1381", "4115"))
