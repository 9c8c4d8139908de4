"""A reading is confirmed only where two readers found the same counts, lengths and texts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from geo.drawing.read.agree import COUNTED, Tally, disagreements, tally_of_tags
from geo.drawing.read.reading import read
from geo.drawing.read.tags import tags_of
from tests.drawings.dwg import dwg
from tests.drawings.sheets import sheet
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import C, D
from tests.drawings.writing import Form, dxf

PLAN = sheet((C, D), Manner(furniture=True, hatched=True))


def tally(form: Form) -> Tally:
    data = dxf(PLAN, form)
    return tally_of_tags(tags_of(data, "gb18030" if form.version < "R2007" else "utf-8"), mended=False)


@pytest.mark.parametrize(
    "form", [Form("R2000"), Form("R2004", binary=True), Form("R2018", binary=True), Form(escape="unicode"), Form("R2000", escape="multibyte")]
)
def test_the_second_reader_finds_the_same_in_every_form(form: Form) -> None:
    one, other = tally(Form("R2018")), tally(form)
    assert disagreements(one, other) == ()
    assert sum(one.counts[kind] for kind in COUNTED) > 300
    assert sum(one.texts.values()) > 60


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: replace(one, counts=one.counts + Counter(LINE=1)), "LINE "),
        (lambda one: replace(one, length=one.length * 1.001), "LINE Σ"),
        (lambda one: replace(one, radii=one.radii + 1), "ARC Σ"),
        (lambda one: replace(one, texts=one.texts + Counter(["多余"])), "TEXT 多余 ×1"),
        (lambda one: replace(one, texts=one.texts - Counter(["客厅"])), "TEXT 客厅"),
        (lambda one: replace(one, halved=2), "x ≠ y ×2"),
    ],
)
def test_whatever_one_of_them_lacks_is_told(change: Callable[[Tally], Tally], said: str) -> None:
    one = tally(Form("R2018"))
    told = disagreements(one, change(one))
    assert any(line.startswith(said) for line in told)


def test_a_difference_of_rounding_is_none() -> None:
    one = tally(Form("R2018"))
    assert disagreements(one, replace(one, length=one.length * (1 + 1e-9))) == ()


def test_a_dwg_that_only_one_reader_can_read_is_not_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("LATE_S", "LATER_S"):
        monkeypatch.setattr(f"geo.drawing.read.sources.{limit}", 0.0)  # no time for the second
    drawing = read(dwg(PLAN, Form("R2010")), "plan.dwg")
    assert drawing.readers == ("cadkit",)
    assert not drawing.agreed
    assert drawing.disagreements == ("second reader: nothing read",)
    assert len(drawing.dimensions) > 10


def test_the_second_reader_of_a_dwg_hands_over_what_its_dimension_styles_say() -> None:
    drawing = read(dwg(PLAN, Form("R2010")), "plan.dwg")
    assert {(one.factor, one.decimals) for one in drawing.dimensions} == {(1.0, 0)}
