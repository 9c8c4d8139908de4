"""What the office that governs a township is called."""

import pytest

from relocation.service.acting import government_of


@pytest.mark.parametrize(("township", "office"), [("甲乡", "甲乡人民政府"), ("乙镇", "乙镇人民政府"), ("丙街道", "丙街道办事处")])
def test_a_street_has_an_office_and_a_township_a_government(township: str, office: str) -> None:
    assert government_of(township) == office
