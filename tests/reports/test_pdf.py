"""The print: the right paper, to scale, with its own font, in two languages."""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pytest
from pypdfium2 import raw

from relocation.reports.comparison import rendered
from tests.reports.examples import example
from tests.reports.hostile import hostile

MM = 72 / 25.4


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def said(document: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_first_sheet_is_a3_and_the_lists_are_a4(lang: str):
    document = pypdfium2.PdfDocument(rendered(example(), ".pdf", lang))
    sizes = [tuple(round(side / MM) for side in page.get_size()) for page in document]
    assert sizes[0] == (420, 297)
    assert set(sizes[1:]) == {(297, 210)}


def test_a_wall_of_eight_metres_is_160_mm_at_one_to_fifty():
    document = pypdfium2.PdfDocument(rendered(example(), ".pdf", "zh"))
    assert 160.0 in {round(length, 2) for length in lengths_mm(document[0])}
    assert "1:50" in said(document)


def lengths_mm(page: pypdfium2.PdfPage) -> Iterator[float]:
    """Yield the length of every straight piece on the page, in millimetres of paper."""
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        scale, points = one.get_matrix().a, []
        for at in range(raw.FPDFPath_CountSegments(one)):
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(one, at), x, y)
            points.append((x.value, y.value))
        yield from (math.dist(a, b) * scale / MM for a, b in pairwise(points))


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "zh",
            ["图例", "户型与每人面积", "墙移动 600 mm", "建字〔2017〕8号", "设计图在施工图之后保存", "没有比对的", "第 2 页，共 2 页", "按 2018-07-01 判断"],
        ),
        (
            "en",
            [
                "Legend",
                "Unit types and area a person",
                "wall moved 600 mm",
                "the design was saved after".capitalize(),
                "Not compared",
                "Sheet 2 of",
                "Judged as of 2018-07-01",
            ],
        ),
    ],
)
def test_the_print_says_it_all_in_words(lang: str, wanted: list[str]):
    text = said(pypdfium2.PdfDocument(rendered(example(), ".pdf", lang))).replace("\r\n", "\n")
    flat = text.replace("\n", "").replace(" ", "")
    for one in wanted:
        assert one.replace(" ", "") in flat, one


def test_the_chinese_font_travels_in_the_file():
    made = rendered(example(), ".pdf", "zh")
    assert b"NotoSansSC" in made
    assert b"FontFile3" in made


def test_hostile_texts_are_printed_as_they_are():
    text = said(pypdfium2.PdfDocument(rendered(hostile(), ".pdf", "zh")))
    assert "{{7*191}}" in text
    assert "#panic()" in text
    assert "1337" not in text
