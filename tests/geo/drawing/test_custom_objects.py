"""Objects that no reader decodes (天正's walls, AEC's, stand-ins without a picture) are counted and named, and nothing passes on them."""

import pytest

from geo.drawing.read.reading import read
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import C
from tests.drawings.writing import Form, dxf

SOUND = {version: dxf(sheet((C,)), Form(version)) for version in ("R2000", "R2018")}


def with_class(sound: bytes, *classes: tuple[str, str]) -> bytes:
    """Announce classes: their names, and how many the file says it holds ("" where it does not say)."""
    body = ""
    for name, instances in classes:
        counted = f" 91\r\n{instances}\r\n" if instances else ""
        body += f"  0\r\nCLASS\r\n  1\r\n{name}\r\n  2\r\n{name}\r\n  3\r\nTCH_KERNAL\r\n 90\r\n0\r\n{counted}280\r\n1\r\n281\r\n1\r\n"
    at = sound.index(b"CLASSES\r\n") + len(b"CLASSES\r\n")
    return sound[:at] + body.encode() + sound[at:]


def with_entities(sound: bytes, name: str, count: int, more: str = "") -> bytes:
    """Add custom objects to the model."""
    body = "".join(f"  0\r\n{name}\r\n  5\r\n{0xFA000 + at:X}\r\n100\r\nAcDbEntity\r\n  8\r\nWALL\r\n100\r\n{name}\r\n{more}" for at in range(count))
    at = sound.index(b"  0\r\nENDSEC", sound.index(b"  2\r\nENTITIES\r\n"))
    return sound[:at] + body.encode() + sound[at:]


@pytest.mark.parametrize("version", SOUND)
@pytest.mark.parametrize("name", ["TCH_WALL", "TCH_OPENING", "TCH_SPACE", "TDbWall", "AEC_WALL", "AECC_PARCEL", "SOMEBODYS_DOOR"])
def test_custom_objects_are_counted_by_the_name_the_file_gives_them(name: str, version: str) -> None:
    drawing = read(with_entities(with_class(SOUND[version], (name, "")), name, 7), "plan.dxf")
    assert dict(drawing.unreadable) == {name: 7}
    assert not drawing.read_whole
    assert len(drawing.lines.xy) > 100  # what can be read is read all the same


def test_a_stand_in_without_a_picture_is_named_by_the_class_it_stands_for() -> None:
    data = with_class(SOUND["R2018"], ("TCH_TEXT", ""), ("TCH_WALL", ""))
    data = with_entities(data, "ACAD_PROXY_ENTITY", 2, " 90\r\n498\r\n 91\r\n500\r\n")
    data = with_entities(data, "ACAD_PROXY_ENTITY", 3, " 90\r\n498\r\n 91\r\n501\r\n")
    assert dict(read(data, "plan.dxf").unreadable) == {"TCH_TEXT": 2, "TCH_WALL": 3}


def test_a_stand_in_for_a_class_that_is_not_announced_is_called_a_stand_in() -> None:
    data = with_entities(SOUND["R2018"], "ACAD_PROXY_ENTITY", 2, " 90\r\n498\r\n 91\r\n900\r\n")
    assert dict(read(data, "plan.dxf").unreadable) == {"ACAD_PROXY_ENTITY": 2}


def test_objects_that_the_file_counts_and_does_not_hold_were_lost_on_the_way() -> None:
    drawing = read(with_class(SOUND["R2018"], ("TCH_WALL", "12"), ("TCH_OPENING", "0")), "plan.dxf")
    assert dict(drawing.unreadable) == {"TCH_WALL": 12}
    assert not drawing.read_whole


def test_objects_that_are_counted_and_met_are_not_counted_twice() -> None:
    data = with_entities(with_class(SOUND["R2018"], ("TCH_WALL", "7")), "TCH_WALL", 7)
    assert dict(read(data, "plan.dxf").unreadable) == {"TCH_WALL": 7}


def test_a_class_that_is_announced_and_not_used_takes_nothing_from_a_drawing() -> None:
    drawing = read(with_class(SOUND["R2018"], ("AEC_WALL", "0"), ("TCH_WALL", ""), ("WIPEOUT", "3")), "plan.dxf")
    assert drawing.read_whole


def test_a_custom_object_in_a_block_counts_once_however_often_the_block_is_put() -> None:
    data = SOUND["R2018"]
    at = data.index(b"  0\r\nENDBLK", data.index(b"  2\r\nM1000\r\n", data.index(b"  2\r\nBLOCKS\r\n")))
    drawing = read(data[:at] + b"  0\r\nTCH_WALL\r\n  5\r\nFC000\r\n100\r\nAcDbEntity\r\n  8\r\nWALL\r\n100\r\nTCH_WALL\r\n" + data[at:], "plan.dxf")
    assert dict(drawing.unreadable) == {"TCH_WALL": 1}
    assert sum(insert.name == "M1000" for insert in drawing.inserts) > 1
