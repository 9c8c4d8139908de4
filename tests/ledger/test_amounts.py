"""Numbers of problem lists mean the same however they are written."""

from decimal import Decimal

import pytest

from relocation.ledger.amounts import Amount, amounts


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3户旧房未拆", 3, "户"),
        ("有三户没有拆除", 3, "户"),
        ("十二户", 12, "户"),
        ("一百零五名", 105, "人"),
        ("两户", 2, "户"),
        ("滞留800万元", 8_000_000, "元"),
        ("滞留八百万元", 8_000_000, "元"),
        ("滞留8,000,000元", 8_000_000, "元"),
        ("1.5亿元", 150_000_000, "元"),
        ("户均126.5平方米", Decimal("126.5"), "㎡"),
        ("涉及126.50㎡", Decimal("126.5"), "㎡"),
        ("仅完成45%", 45, "%"),
        ("20余户", 20, "户"),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, number: object, unit: str) -> None:
    assert amounts(text) == {Amount(unit, Decimal(str(number)))}


@pytest.mark.parametrize("text", ["人均25平方米", "不得超过25㎡", "二〇一七年", "第三批", "", "未做到一户一档"])
def test_a_limit_a_year_and_an_ordinal_are_no_amounts_of_a_case(text: str) -> None:
    assert not amounts(text)


def test_amounts_are_written_as_people_write_them() -> None:
    assert [str(one) for one in sorted(amounts("3户、8000000元、25.50㎡、500元"))] == ["25.5㎡", "500元", "800万元", "3户"]
