"""Custom objects that were saved with their picture are drawn from it, whole or not at all."""

import struct
from math import pi

import pytest
from ezdxf.proxygraphic import ProxyGraphic

from geo.drawing.model import Drawing
from geo.drawing.read.reading import read
from geo.drawing.read.unreadable import Unreadable
from tests.geo.drawing.test_custom_objects import SOUND, with_class, with_entities

UP = (0.0, 0.0, 1.0)


def chunk(kind: int, content: bytes) -> bytes:
    content += bytes(-len(content) % 4)
    return struct.pack("<2L", len(content) + 8, kind) + content


def picture(*chunks: bytes) -> bytes:
    body = b"".join(chunks)
    return struct.pack("<2L", len(body) + 8, len(chunks)) + body


def run(*points: tuple[float, float]) -> bytes:
    return struct.pack("<L", len(points)) + b"".join(struct.pack("<3d", x, y, 0.0) for x, y in points)


def circle(x: float, y: float, radius: float, normal: tuple[float, float, float] = UP) -> bytes:
    return chunk(2, struct.pack("<7d", x, y, 0.0, radius, *normal))


def arc(x: float, y: float, radius: float, sweep: float) -> bytes:
    return chunk(4, struct.pack("<11d", x, y, 0.0, radius, *UP, 1.0, 0.0, 0.0, sweep) + struct.pack("<L", 0))


def words(value: str, x: float, y: float) -> bytes:
    return chunk(36, struct.pack("<12d", x, y, 0.0, *UP, 1.0, 0.0, 0.0, 300.0, 1.0, 0.0) + value.encode("utf-16-le") + b"\x00\x00")


WALL = picture(
    chunk(1, bytes(48)), chunk(14, struct.pack("<L", 7)), chunk(6, run((0, 0), (3600, 0))), chunk(7, run((0, 0), (3600, 0), (3600, 240), (0, 240))),
    circle(100, 200, 50), arc(0, 0, 900, pi / 2), words("卧室", 1800, 1500),
)  # fmt: skip


def codes(data: bytes) -> str:
    lines = [data[at : at + 127].hex().upper() for at in range(0, len(data), 127)]
    return f"160\r\n{len(data)}\r\n" + "".join(f"310\r\n{line}\r\n" for line in lines)


def drawn(data: bytes, name: str = "TCH_WALL", count: int = 1) -> Drawing:
    return read(with_entities(with_class(SOUND["R2018"], (name, "")), name, count, codes(data)), "plan.dxf")


def pictured(drawing: Drawing) -> dict[object, object]:
    return {repair.facts["what"]: repair.facts["count"] for repair in drawing.repairs if repair.what == "picture"}


def test_a_wall_with_its_picture_is_drawn_from_it_and_told() -> None:
    plain = read(SOUND["R2018"], "plan.dxf")
    drawing = drawn(WALL, count=2)
    assert dict(drawing.unreadable) == {}
    assert pictured(drawing) == {"TCH_WALL": 2}
    assert not drawing.agreed  # one reader alone drew it
    assert len(drawing.lines.xy) == len(plain.lines.xy) + 10
    walls = {tuple(row) for row in drawing.lines.xy.tolist()}
    assert {(0, 0, 3600, 0), (3600, 0, 3600, 240), (3600, 240, 0, 240), (0, 240, 0, 0)} <= walls
    assert [100, 200, 50, 0, pytest.approx(2 * pi)] in drawing.arcs.xyr.tolist()
    assert [0, 0, 900, 0, pytest.approx(pi / 2)] in drawing.arcs.xyr.tolist()
    assert [(text.value, text.height) for text in drawing.texts if (text.x, text.y) == (1800, 1500)] == [("卧室", 300)] * 2
    of = int(next(of for row, of in zip(drawing.lines.xy.tolist(), drawing.lines.of.tolist(), strict=True) if row == [3600, 240, 0, 240]))
    assert (drawing.entities.kind[of], drawing.layer_of(of)) == ("TCH_WALL", "WALL")


def test_another_program_reads_the_same_picture() -> None:
    kinds = [entity.dxftype() for entity in ProxyGraphic(WALL).virtual_entities()]
    assert kinds == ["POLYLINE", "POLYLINE", "CIRCLE", "ARC", "TEXT"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        picture(),
        picture(chunk(14, struct.pack("<L", 7))),
        picture(chunk(6, run((0, 0), (1, 0))), chunk(9, bytes(64))),  # a shell
        picture(chunk(6, run((0, 0), (1, 0))), chunk(29, bytes(128))),  # a transformation
        picture(circle(0, 0, 5, (0.0, 1.0, 0.0))),
        picture(chunk(6, struct.pack("<L", 4_000_000_000))),
        picture(chunk(6, run((0, 0), (1, 0))))[:-9],
        picture(struct.pack("<2L", 4, 6)),
        picture(chunk(36, bytes(96) + "无尾".encode("utf-16-le"))),
    ],
)
def test_a_picture_that_is_not_understood_whole_leaves_the_object_unreadable(data: bytes) -> None:
    drawing = drawn(data) if data else read(with_entities(SOUND["R2018"], "TCH_WALL", 1), "plan.dxf")
    assert dict(drawing.unreadable) == {"TCH_WALL": 1}
    assert len(drawing.lines.xy) == len(read(SOUND["R2018"], "plan.dxf").lines.xy)


def test_a_stand_in_with_its_picture_is_named_by_its_class() -> None:
    data = with_class(SOUND["R2018"], ("TCH_OPENING", ""))
    drawing = read(with_entities(data, "ACAD_PROXY_ENTITY", 1, " 90\r\n498\r\n 91\r\n500\r\n" + codes(WALL)), "plan.dxf")
    assert pictured(drawing) == {"TCH_OPENING": 1}
    assert dict(drawing.unreadable) == {}


def test_what_follows_the_picture_is_no_part_of_it() -> None:
    own = " 93\r\n3\r\n310\r\nFFFFFF\r\n"
    drawing = read(with_entities(SOUND["R2018"], "ACAD_PROXY_ENTITY", 1, codes(WALL).replace("160\r\n", " 92\r\n", 1) + own), "plan.dxf")
    assert pictured(drawing) == {"ACAD_PROXY_ENTITY": 1}


def test_a_coordinate_in_a_picture_that_is_no_number_refuses_the_drawing() -> None:
    with pytest.raises(Unreadable) as refused:
        drawn(picture(chunk(6, run((0, 0), (float("nan"), 0)))))
    assert refused.value.key in ("not-finite", "out-of-bounds")
