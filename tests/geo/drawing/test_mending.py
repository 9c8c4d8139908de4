"""A broken DXF is mended where that takes no guess, every repair is told with its line, and a repair that may hide a loss is no whole reading."""

import re
from collections.abc import Callable

import pytest

from geo.drawing.read.reading import read
from geo.drawing.read.unreadable import Unreadable
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import C
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.truth import of_drawing

SOUND = dxf(sheet((C,)), Form("R2000"))
FIRST = SOUND.index(b"  0\r\nLINE\r\n", SOUND.index(b"ENTITIES\r\n"))
TRUTH = of_drawing(read(SOUND, "plan.dxf"))
X = re.compile(rb"(\r\n 10\r\n)(\d+)\.(\d+)")
Break = Callable[[bytes], bytes]


def at_first_line(change: Break) -> bytes:
    return SOUND[:FIRST] + change(SOUND[FIRST:])


HARMLESS = {
    "decimal-commas": at_first_line(lambda rest: X.sub(rb"\1\2,\3", rest, count=3)),
    "fortran-numbers": at_first_line(lambda rest: X.sub(rb"\1\2.\g<3>D0", rest, count=2)),
    "line-ends": SOUND.replace(b"\r\n", b"\r"),
    "after-end": SOUND + b"\x1a\x00\x00",
}
DOUBTFUL = {
    "a stray word": at_first_line(lambda rest: b"some stray words\r\n" + rest),
    "an empty line": at_first_line(lambda rest: b"\r\n" + rest),
    "a letter for a digit in a code": at_first_line(lambda rest: rest.replace(b" 10\r\n", b" 1O\r\n", 1)),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_is_only_spelt_wrong_is_set_right_and_told(what: str) -> None:
    drawing = read(HARMLESS[what], "plan.dxf")
    assert of_drawing(drawing) == TRUTH
    assert drawing.read_whole
    assert [repair.what for repair in drawing.repairs] == [what]


def test_a_repair_says_how_many_and_where_the_first_is() -> None:
    drawing = read(HARMLESS["decimal-commas"], "plan.dxf")
    (repair,) = drawing.repairs
    assert repair.facts["count"] == 3
    first = next(at for at, line in enumerate(HARMLESS["decimal-commas"].split(b"\r\n"), start=1) if re.fullmatch(rb"\d+,\d+", line))
    assert repair.facts["line"] == first


@pytest.mark.parametrize("what", DOUBTFUL)
def test_lines_that_belong_to_nothing_are_left_out_told_and_never_a_whole_reading(what: str) -> None:
    drawing = read(DOUBTFUL[what], "plan.dxf")
    assert "stray-lines" in {repair.what for repair in drawing.repairs}
    assert not drawing.agreed
    assert not drawing.read_whole
    assert sum(drawing.entities.kind.count(kind) for kind in ("LINE", "ARC", "TEXT")) > 100


@pytest.mark.parametrize("word", [b"abc6000", b"6 000", b"6000.0.0", b""])
def test_a_number_that_can_only_be_guessed_is_refused(word: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(at_first_line(lambda rest: X.sub(lambda found: found[1] + word, rest, count=1)), "plan.dxf")
    assert refused.value.key == "damaged"


def test_a_file_of_stray_lines_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(at_first_line(lambda rest: b"stray\r\n" * 150 + rest), "plan.dxf")
    assert refused.value.key == "damaged"


@pytest.mark.parametrize("code", [b" 10", b" 20", b" 11", b" 21"])
def test_half_a_point_that_is_missing_is_no_whole_reading(code: bytes) -> None:
    data = at_first_line(lambda rest: re.sub(rb"\r\n" + code + rb"\r\n[^\r]*", b"", rest, count=1))
    drawing = read(data, "plan.dxf")
    assert not drawing.read_whole
    assert any("x ≠ y" in line for line in drawing.disagreements)


def test_tables_that_are_missing_take_nothing_from_the_drawing() -> None:
    start, end = SOUND.index(b"  0\r\nSECTION\r\n  2\r\nTABLES"), SOUND.index(b"  0\r\nSECTION\r\n  2\r\nBLOCKS")
    assert of_drawing(read(SOUND[:start] + SOUND[end:], "plan.dxf")).lines == TRUTH.lines
