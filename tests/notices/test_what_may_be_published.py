"""Names are masked by the rule and no further; texts and figures that could be somebody's number are refused, whatever they look like."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relocation.notices.document import Document, Part
from relocation.notices.figures import Figure, in_wan, yuan
from relocation.notices.naming import COMPOUND, Form, MaskedName
from relocation.notices.plain import Unpublishable, Words

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize(
    ("name", "surname", "last"),
    [
        ("张三", "张**", "张**"),
        ("张三丰", "张**", "张*丰"),
        ("欧阳锋", "欧阳**", "欧阳**"),
        ("欧阳小锋", "欧阳**", "欧阳*锋"),
        ("欧阳", "欧**", "欧**"),  # two characters: a surname and a given name
        ("嘎", "**", "**"),
        ("阿依古丽·买买提", "阿**", "阿**"),
        ("扎西•次仁", "扎**", "扎**"),
        ("John Smith", "J**", "J**"),
        ("maria", "M**", "M**"),
        (" 李 四 ", "李**", "李**"),
        ("𠮷田", "𠮷**", "𠮷**"),
    ],
)
def test_a_name_keeps_its_surname_as_the_rule_says(name: str, surname: str, last: str) -> None:
    assert (MaskedName(name), MaskedName(name, Form.LAST)) == (surname, last)


@given(st.text(HAN, min_size=2, max_size=6))
def test_a_masked_name_holds_the_surname_and_nothing_of_the_rest(name: str) -> None:
    kept = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    assert MaskedName(name) == name[:kept] + "**"
    assert len(MaskedName(name, Form.LAST).replace("*", "")) <= kept + 1


@given(st.text(max_size=30))
def test_whatever_stands_where_a_name_should_be_no_digit_comes_out_and_at_most_a_surname(text: str) -> None:
    try:
        masked = MaskedName(text)
    except Unpublishable:
        return
    assert not any(unicodedata.category(sign)[0] == "N" and sign != "〇" and not "\u3400" <= sign <= "\u9fff" for sign in masked)
    assert masked.endswith("**") and len(masked) <= 4


@pytest.mark.parametrize(
    "number",
    [
        "990101197001010019",
        "９９０１０１１９７００１０１００１９",
        "张三13812345678",
        "6222020200112233445",
        "张3",
        "٤١١٥٢٢",
        "三八一二三四五六",
        "",
        "张<三",
        "=张三",
    ],
)
def test_a_name_that_is_a_number_or_holds_one_is_refused_and_not_masked(number: str) -> None:
    with pytest.raises(Unpublishable):
        MaskedName(number)


@given(
    st.lists(st.sampled_from([*"0123456789", *"０１２３４５６７８９", *"零一二三四五六七八九", " ", "-", ".", "·", "\u200b", "村", "组"]), max_size=24).map(
        "".join
    )
)
def test_no_text_with_six_digits_in_a_row_can_be_published_however_they_are_written(text: str) -> None:
    plain = "".join(("零一二三四五六七八九".find(sign) >= 0 and str("零一二三四五六七八九".find(sign))) or sign for sign in unicodedata.normalize("NFKC", text))
    try:
        words = Words(text)
    except Unpublishable:
        return
    assert not re.search(r"[0-9]{6}", plain), (text, words)
    assert "\u200b" not in words


@pytest.mark.parametrize("text", ["990101 1970 0101 0019", "电话138-1234-5678", "622202 0200112233445", "甲\u202e乙", "甲\x00乙", "字" * 61])
def test_texts_with_numbers_of_people_or_hidden_signs_are_refused(text: str) -> None:
    with pytest.raises(Unpublishable):
        Words(text)


@pytest.mark.parametrize("text", ["990101197001010019", "1381234567", "一百", "12", "1234567890.00", "=1+1"])
def test_a_figure_cannot_be_made_of_a_text(text: str) -> None:
    with pytest.raises(Unpublishable):
        Figure(text)


def test_a_figure_beyond_anything_of_its_kind_is_refused_as_a_number_in_the_wrong_column() -> None:
    assert Figure.of(Decimal("1234.5"), 9_999, "floor_area_m2") == "1,234.50"
    for value in (Decimal(990101197001010019), Decimal(-1), Decimal("NaN")):
        with pytest.raises((Unpublishable, ArithmeticError)):
            Figure.of(value, 9_999, "floor_area_m2")


@pytest.mark.parametrize(
    ("area", "band"), [("0.00", "0–25"), ("25.00", "0–25"), ("25.01", "25–50"), ("100.00", "75–100"), ("100.004", "75–100"), ("1000.01", "1000–1025")]
)
def test_an_area_lies_in_the_band_whose_upper_end_it_reaches(area: str, band: str) -> None:
    assert Figure.of(Decimal(area), 9_999, "floor_area_m2").band(25) == band


@given(st.integers(0, 10**13))
def test_an_amount_keeps_each_cent_in_yuan_and_in_ten_thousands(cents: int) -> None:
    amount = yuan(cents / 100)
    assert amount * 100 == cents
    assert Decimal(in_wan(amount).replace(",", "")) * 10_000 == amount


@pytest.mark.parametrize("value", [0.005, 1.234, float("nan"), float("inf")])
def test_an_amount_with_parts_of_a_cent_is_no_amount_to_publish(value: float) -> None:
    with pytest.raises(ValueError):
        yuan(value)


def test_the_last_gate_stops_a_number_that_got_past_every_other() -> None:
    def notice(cell: str, title: str = "公示") -> Document:
        return Document("wall", "zh", "甲县", title, (), (Part("", ("户主",), ((cell,),), (10.0,)),), (), date(2026, 11, 30), 1)

    assert notice("28,740,000.00").count == 1
    for cell, title in (("990101197001010019", "公示"), ("138 1234 5678", "公示"), ("张**", "公示13812345678")):
        with pytest.raises(Unpublishable):
            notice(cell, title)
