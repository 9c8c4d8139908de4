"""Look-alikes."""

from checks.cases import some_records
from checks.likeness import most_alike
from checks.vocabulary import HOUSEHOLD

HOMES = some_records(
    HOUSEHOLD,
    [
        {"township": "甲镇", "unit_type": "丙三", "filled_by": "演甲"},
        {"township": "甲镇", "unit_type": "甲一", "filled_by": "演乙"},
        {"township": "甲镇", "unit_type": "丙三", "filled_by": "演乙"},
        {"township": "甲镇", "unit_type": "甲一", "filled_by": "演甲"},
        {"township": "甲镇", "unit_type": "甲一", "filled_by": "演丙"},
        {"township": "甲镇", "filled_by": "演丙"},
    ],
)


def test_sharing_what_few_share_comes_first_and_says_why() -> None:
    first, second = most_alike(HOMES, 0)[:2]
    assert (first.row, first.shared) == (2, ("unit_type", "township"))
    assert (second.row, second.shared) == (3, ("filled_by", "township"))


def test_what_all_share_makes_nobody_alike() -> None:
    assert [other.row for other in most_alike(HOMES, 5)] == [4]


def test_what_the_record_itself_misses_makes_nobody_alike() -> None:
    assert all("unit_type" not in other.shared for other in most_alike(HOMES, 5))


def test_the_answer_can_be_kept_to_some_records() -> None:
    rows = HOMES.grouped("filled_by")[1] == HOMES.grouped("filled_by")[1][0]
    assert [other.row for other in most_alike(HOMES, 0, among=rows)] == [3]


def test_villages_of_one_name_in_two_townships_are_two_villages() -> None:
    homes = some_records(
        HOUSEHOLD,
        [{"township": township, "village": "王村", "natural_village": "一组"} for township in ("甲镇", "甲镇", "乙镇", "丙镇")],
    )
    assert [(other.row, other.shared) for other in most_alike(homes, 0)] == [(1, ("township", "village", "natural_village"))]
