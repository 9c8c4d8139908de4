"""The texts of a drawing are what its paper shows, however they were written down, and two spellings of one thing compare as one."""

import pytest
from ezdxf.document import Drawing as Document
from ezdxf.enums import TextEntityAlignment
from hypothesis import given
from hypothesis import strategies as some

from geo.drawing.read.encoding import codec_of, looks_chinese, mixed_up, rewritten, settle, unmixed
from geo.drawing.text import areas_in, comparable, decoded, decoded_mtext
from tests.geo.drawing.made_files import drawing_of

LINES = {
    r"12.5m\U+00B2": "12.5m²",
    r"\U+5BA2\U+5385": "客厅",
    r"\M+5BFCD\M+5CCFC": "客厅",
    r"\M+18A4F": "外",  # of the Japanese page
    "%%c25": "Ø25",
    "%%P0.000": "±0.000",
    "45%%d": "45°",
    "%%uA户型%%u": "A户型",
    "%%O顶线": "顶线",
    "50%%%": "50%",
    "%%13012": "Ø12",  # the grade of steel of a big font
    "%%127": "°",
    "%%065": "A",
    r"\U+D842\U+DFB7": "𠮷",  # a surname outside the basic plane
    "plain": "plain",
    r"C:\temp": r"C:\temp",
    "": "",
}
PARAGRAPHS = {
    r"{\fSimSun|b0|i0|c134|p2;客厅}": "客厅",
    r"A户型\P建筑面积：75.00\U+33A1": "A户型\n建筑面积：75.00㎡",
    r"\pi0,l0;\H2.5x;\C1;红\C7;白": "红白",
    r"m{\H0.7x;\S2^ ;}": "m2",
    r"\S1/2;": "1/2",
    r"\S+0.02^-0.01;": "+0.02/-0.01",
    r"\A1;\LA\l户型": "A户型",
    r"a\~b": "a b",
    r"\\server\{x\}": r"\server{x}",
    r"a^Ib^Jc": "a\tb\nc",
    r"12.5m\S2^ ;": "12.5m2",
    r"\W0.8;\T1.2;\Q15;宽": "宽",
    r"\M+5BFCD\M+5CCFC\P%%c8": "客厅\nØ8",
    r"ends in \f": "ends in ",
    "{": "",
}


@pytest.mark.parametrize(("raw", "said"), LINES.items())
def test_a_line_of_text_is_read_as_printed(raw: str, said: str) -> None:
    assert decoded(raw) == said


@pytest.mark.parametrize(("raw", "said"), PARAGRAPHS.items())
def test_a_paragraph_is_read_as_printed(raw: str, said: str) -> None:
    assert decoded_mtext(raw) == said


@given(some.text())
def test_no_text_whatever_stops_the_reader(raw: str) -> None:
    assert isinstance(decoded(raw), str)
    assert isinstance(decoded_mtext(raw), str)
    assert isinstance(comparable(raw), str)


@given(some.text(alphabet=some.characters(exclude_characters="\\%{}^", exclude_categories=["Cs"])))
def test_plain_text_stays_as_it_is(raw: str) -> None:
    assert decoded(raw) == raw


@pytest.mark.parametrize("spelling", ["75.32㎡", "75.32 m²", "75.32m2", "75.32M2", "75.32平方米", "75.32平米", "７５.３２㎡", "75.32m2^", "75.32 ㎡"])
def test_square_metres_are_one_thing_however_spelt(spelling: str) -> None:
    assert areas_in(f"建筑面积：{spelling.rstrip('^')}") == (75.32,)
    assert comparable(spelling.rstrip("^")) == "75.32m2"


def test_areas_are_found_and_other_numbers_are_not() -> None:
    assert areas_in("A户型 3人 75㎡ 开间3600 层高2.8m 阳台 4.50 m²") == (75.0, 4.5)
    assert areas_in("1,250.5㎡") == (1250.5,)
    assert areas_in("M2 C1521") == ()


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("ANSI_936", "gb18030"),
        ("gb2312", "gb18030"),
        ("ansi_1252", "cp1252"),
        ("dos437", "cp437"),
        ("UTF-8", "utf-8"),
        ("ANSI_950", "cp950"),
        ("HZTXT", "cp1252"),
    ],
)
def test_a_code_page_is_known_by_the_names_that_headers_use(name: str, codec: str) -> None:
    assert codec_of(name) == codec


def test_gbk_is_told_from_western_letters() -> None:
    assert looks_chinese("建筑面积".encode("gbk"))
    assert not looks_chinese("Übergröße naïve".encode("cp1252"))
    assert settle("卧室\n客厅".encode("gbk"), "AC1015", "ANSI_1252") == "gb18030"
    assert settle("Küche, Büro, Flur: größer".encode("cp1252"), "AC1015", "ANSI_1252") == "cp1252"
    assert settle("卧室".encode(), "AC1015", "ANSI_936") == "utf_8"
    assert settle(b"plain", "AC1015", "ANSI_1252") == "cp1252"


def test_texts_rewritten_for_every_reader_say_the_same() -> None:
    before = "卧室 ㎡ 𠮷".encode("gb18030")
    assert decoded(rewritten(before, "gb18030", "AC1015").decode("ascii")) == "卧室 ㎡ 𠮷"
    assert rewritten(before, "gb18030", "AC1032") == "卧室 ㎡ 𠮷".encode()


def test_chinese_that_was_read_as_western_letters_is_put_right_and_western_letters_are_left() -> None:
    wrong = "客厅".encode("gbk").decode("latin-1")
    assert unmixed(f"A {wrong} 15") == "A 客厅 15"
    assert mixed_up(wrong)
    assert unmixed("Übergröße") == "Übergröße"
    assert not mixed_up("Übergröße, Ø25 ±0.00")


@pytest.mark.parametrize("align", list(TextEntityAlignment)[:12])
def test_a_text_is_anchored_where_it_is_aligned(align: TextEntityAlignment) -> None:
    between = align in (TextEntityAlignment.ALIGNED, TextEntityAlignment.FIT)
    drawing = drawing_of(lambda doc: doc.modelspace().add_text("卧室", height=3).set_placement((100, 50), (200, 50) if between else None, align=align))
    (text,) = drawing.texts
    assert (text.x, text.y) in (((100, 50), (200, 50)) if between else ((100, 50),))
    assert text.value == "卧室"


def test_a_mirrored_text_keeps_its_anchor_on_the_mirrored_side() -> None:
    drawing = drawing_of(lambda doc: doc.modelspace().add_text("卧室", height=3, dxfattribs={"extrusion": (0, 0, -1), "insert": (10, 5)}))
    assert (drawing.texts[0].x, drawing.texts[0].y) == (-10, 5)


def test_attributes_are_read_with_their_tags_and_shown_unless_invisible() -> None:
    def draw(doc: Document) -> None:
        doc.blocks.new("TITLE").add_attdef("图号", (0, 0))
        insert = doc.modelspace().add_blockref("TITLE", (100, 100))
        insert.add_attrib("图号", "建施-03", (110, 105))
        insert.add_attrib("密级", "内部", (110, 95)).is_invisible = True

    drawing = drawing_of(draw)
    assert dict(drawing.inserts[0].attributes) == {"图号": "建施-03", "密级": "内部"}
    (shown,) = drawing.texts
    assert (shown.value, shown.tag, shown.x, shown.y) == ("建施-03", "图号", 110, 105)
