"""For each refusal of a drawing a file that provokes it, through the jail as the program reads it."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from relocation.intake import Refusal, Unusable, jail
from relocation.intake.drawings import read_drawing
from tests.drawings.dwg import dwg
from tests.drawings.hostile import array_bomb, own_tail, scanned_pdf
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import A
from tests.drawings.writing import Form, dxf
from tests.intake.ledgers import zipped

Provoke = Callable[[Path], list[Refusal]]
LINE = b"0\nLINE\n8\n0\n10\n0\n20\n0\n11\n1\n21\n1\n"


def refused(path: Path, limits: jail.Limits | None = None) -> list[Refusal]:
    """Return the refusal of a drawing."""
    with pytest.raises(Unusable) as unusable:
        read_drawing(path, path.name, limits=limits)
    return [unusable.value.refusal]


def drawing(name: str, data: bytes | Callable[[], bytes], limits: jail.Limits | None = None) -> Provoke:
    """Provoke by a drawing's bytes."""

    def provoke(folder: Path) -> list[Refusal]:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data())
        return refused(path, limits)

    return provoke


def entities(body: bytes) -> bytes:
    """Return a DXF of nothing but those entities."""
    return b"0\nSECTION\n2\nENTITIES\n" + body + b"0\nENDSEC\n0\nEOF\n"


def nested(levels: int) -> bytes:
    """Return a DXF of blocks in blocks."""
    block = "0\nBLOCK\n8\n0\n2\nB{0}\n70\n0\n10\n0\n20\n0\n{1}0\nENDBLK\n8\n0\n"
    put = "0\nINSERT\n8\n0\n2\nB{0}\n10\n0\n20\n0\n"
    blocks = block.format(0, LINE.decode()) + "".join(block.format(at, put.format(at - 1)) for at in range(1, levels))
    return f"0\nSECTION\n2\nBLOCKS\n{blocks}0\nENDSEC\n".encode() + entities(put.format(levels - 1).encode())


@cache
def sound() -> bytes:
    """Return a plan as DXF."""
    return dxf(sheet((A,)))


@cache
def sound_dwg() -> bytes:
    """Return a plan as DWG."""
    return dwg(sheet((A,)), Form("R2010"))


def locked() -> bytes:
    """Return a DWG whose header says that its content is encrypted."""
    return sound_dwg()[:0x18] + b"\x01\x00\x00\x00" + sound_dwg()[0x1C:]


DRAWINGS: Mapping[str, Provoke] = {
    "drawing-suffix": drawing("a.dwf", b"(DWF V06.00)PK"),
    "drawing-zip": lambda folder: refused(zipped(folder / "a.zip", {"a.dxf": sound(), "b.dxf": sound()})),
    "drawing-other-kind": drawing("a.dwg", sound),
    "drawing-disguised": drawing("a.dxf", b"PK\x03\x04" + bytes(500)),
    "drawing-unknown": drawing("a.dxf", b"once upon a time " * 100),
    "drawing-empty": drawing("a.dxf", b" \r\n\r\n"),
    "drawing-truncated": drawing("a.dxf", lambda: sound()[:-400]),
    "drawing-damaged": drawing("a.dwg", lambda: sound_dwg()[: len(sound_dwg()) // 2]),
    "drawing-encrypted": drawing("a.dwg", locked),
    "drawing-version": drawing("a.dwg", lambda: b"AC1006" + sound_dwg()[6:]),
    "drawing-large-inside": drawing("a.dxf", lambda: entities(b"0\nX\n" * 2_000_100)),
    "drawing-too-many": drawing("a.dxf", array_bomb),
    "drawing-circle": drawing("a.dxf", own_tail),
    "drawing-deep": drawing("a.dxf", lambda: nested(40)),
    "drawing-not-finite": drawing("a.dxf", entities(LINE.replace(b"11\n1\n", b"11\nnan\n"))),
    "drawing-far": drawing("a.dxf", entities(LINE.replace(b"11\n1\n", b"11\n1e308\n"))),
    "drawing-scanned": drawing("a.pdf", scanned_pdf),
    "drawing-no-lines": drawing("a.dxf", entities(b"")),
    "drawing-long": drawing("a.dxf", sound, jail.Limits(seconds=0.01)),
    "drawing-memory": drawing("a.dxf", lambda: entities(LINE * 100_000), jail.Limits(memory_bytes=300 << 20)),
    "drawing-died": drawing("a.dxf", sound, jail.Limits(file_bytes=10)),
}
