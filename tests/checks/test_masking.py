"""What of a person is shown."""

from checks.masking import masked_id, masked_name


def test_only_the_first_character_of_a_name_is_shown() -> None:
    assert masked_name("演示丙") == "演＊＊"
    assert masked_name("演") == "演"
    assert masked_name("") == ""
    assert masked_name("一个非常长的名字") == "一＊＊＊"


def test_the_birth_date_of_a_card_is_never_shown() -> None:
    assert masked_id("990000190001010012") == "990000**********12"
    assert masked_id("12345") == "*****"
