"""Files that are broken, lie about what they are, or were made to hurt. None of them may pass for a drawing that was read whole."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Literal

from tests.drawings.dwg import dwg
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import C
from tests.drawings.writing import Form, dxf

Fate = Literal["refused", "not whole", "read", "read or refused"]


@dataclass(frozen=True)
class Hostile:
    """One file and what must become of it: refused with a sentence, read as a drawing that says it is not whole, or (for what is only odd) read."""

    name: str
    file: str
    data: bytes
    fate: Fate


def hostile_files() -> Iterator[Hostile]:
    """Give every hand-made hostile file."""
    sound, sound_dwg = dxf(sheet((C,))), dwg(sheet((C,)), Form(version="R2004"))
    yield Hostile("cut in the middle", "plan.dxf", sound[: len(sound) * 6 // 10], "refused")
    yield Hostile("without its end mark", "plan.dxf", sound.rstrip()[:-3].rstrip()[:-1].rstrip(), "refused")
    yield Hostile("DWG cut in the middle", "plan.dwg", sound_dwg[: len(sound_dwg) // 2], "refused")
    yield Hostile("only six bytes of DWG", "plan.dwg", sound_dwg[:6], "refused")
    yield Hostile("empty", "plan.dxf", b"", "refused")
    yield from _numbers(sound)
    yield Hostile("blocks in blocks in blocks", "plan.dxf", block_bomb(), "refused")
    yield Hostile("array of nine hundred million", "plan.dxf", array_bomb(), "refused")
    yield Hostile("block that holds itself", "plan.dxf", own_tail(), "refused")
    yield from _made_to_hurt()
    yield from _disguised(sound)
    yield from _unreadable(sound)


def _numbers(sound: bytes) -> Iterator[Hostile]:
    start = sound.index(b"AcDbLine\r\n 10\r\n") + len(b"AcDbLine\r\n 10\r\n")
    end = sound.index(b"\r\n", start)
    for name, number in (("no number", b"nan"), ("infinite", b"inf"), ("beyond measure", b"1e308"), ("a word for a number", b"ten")):
        yield Hostile(f"coordinate: {name}", "plan.dxf", sound[:start] + number + sound[end:], "refused")


def _made_to_hurt() -> Iterator[Hostile]:
    """Give files that are small and mean: numbers, counts and names that no program writes."""
    line, block = _LINE, _block("B0", _LINE)
    yield Hostile("array with a negative count", "plan.dxf", _minimal(block, line + _insert("B0", 0.0, "70\n-5\n71\n-5\n")), "read")
    yield Hostile("array with a count beyond sixteen bits", "plan.dxf", _minimal(block, _insert("B0", 0.0, "70\n2147483647\n71\n2147483647\n")), "refused")
    yield Hostile("block scaled beyond measure", "plan.dxf", _minimal(block, _insert("B0", 0.0, "41\n1e300\n42\n1e300\n")), "refused")
    yield Hostile("block scaled to nothing", "plan.dxf", _minimal(block, line + _insert("B0", 0.0, "41\n0.0\n42\n0.0\n")), "read")
    yield Hostile("block turned by no number", "plan.dxf", _minimal(block, line + _insert("B0", 0.0, "50\nnan\n")), "refused")
    yield Hostile("circle of no radius at all", "plan.dxf", _minimal("", line + "0\nCIRCLE\n8\n0\n10\n0.0\n20\n0.0\n40\nnan\n"), "refused")
    yield Hostile("circle beyond measure", "plan.dxf", _minimal("", line + "0\nCIRCLE\n8\n0\n10\n0.0\n20\n0.0\n40\n1e308\n"), "refused")
    yield Hostile("arc between no angles", "plan.dxf", _minimal("", line + "0\nARC\n8\n0\n10\n0.0\n20\n0.0\n40\n1.0\n50\nnan\n51\ninf\n"), "refused")
    yield Hostile("text as high as the sky", "plan.dxf", _minimal("", line + "0\nTEXT\n8\n0\n10\n0.0\n20\n0.0\n40\n1e300\n1\nA\n"), "refused")
    bulge = "0\nPOLYLINE\n8\n0\n66\n1\n70\n0\n" + "".join(f"0\nVERTEX\n8\n0\n10\n{x}.0\n20\n0.0\n42\n1e308\n" for x in (0, 1)) + "0\nSEQEND\n8\n0\n"
    yield Hostile("bulge beyond measure", "plan.dxf", _minimal("", line + bulge), "read or refused")
    yield Hostile(
        "text of five megabytes",
        "plan.dxf",
        _minimal("", line + "0\nTEXT\n8\n0\n10\n0.0\n20\n0.0\n40\n1.0\n1\n" + "{\\P" * 1_500_000 + "\n"),
        "read or refused",
    )
    yield Hostile("group code without end", "plan.dxf", _minimal("", line + "9" * 5000 + "\n0\n"), "not whole")
    yield Hostile("block whose name is a path", "plan.dxf", _minimal(_block("..\\..\\etc", line), _insert("..\\..\\etc", 0.0)), "read")
    yield Hostile("two million entities of no kind", "plan.dxf", _minimal("", "0\nX\n" * 2_000_100), "refused")


def _disguised(sound: bytes) -> Iterator[Hostile]:
    yield Hostile("picture called DXF", "plan.dxf", b"\x89PNG\r\n\x1a\n" + bytes(2000), "refused")
    yield Hostile("program called DWG", "plan.dwg", b"MZ\x90\x00" + bytes(4000), "refused")
    yield Hostile("page called DXF", "plan.dxf", b"<!DOCTYPE html><html><script>alert(1)</script></html>", "refused")
    yield Hostile("archive called DWG", "plan.dwg", _archive({"plan.dxf": sound}), "refused")
    yield Hostile("archive that unpacks to a gigabyte", "plan.dwg", _archive({"plan.dxf": bytes(64_000_000)}), "refused")
    yield Hostile("print that is a picture", "plan.pdf", scanned_pdf(), "refused")
    yield Hostile("DXF called DWG", "plan.dwg", sound, "refused")
    yield Hostile("photograph called DXF", "plan.dxf", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(2000), "refused")
    yield Hostile("workbook called DXF", "plan.dxf", _archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}), "refused")
    yield Hostile("archive with a password", "plan.zip", _locked_archive(sound), "refused")
    yield Hostile("archive of archives", "plan.zip", _archive({"inner.zip": _archive({"plan.dxf": sound})}), "refused")
    yield Hostile("archive of a drawing that unpacks to a gigabyte", "plan.zip", _archive({"plan.dxf": bytes(64_000_000)}), "refused")
    yield Hostile("blanks only", "plan.dxf", b" \r\n" * 1000, "refused")
    yield Hostile("noise", "plan.dwg", Random(7).randbytes(5000), "refused")  # noqa: S311 - the same noise every time
    yield Hostile("noise behind the mark of a DWG", "plan.dwg", b"AC1032" + Random(7).randbytes(50_000), "refused")  # noqa: S311
    yield Hostile("noise behind the mark of a binary DXF", "plan.dxf", b"AutoCAD Binary DXF\r\n\x1a\x00" + Random(7).randbytes(5000) + b"EOF\x00", "refused")  # noqa: S311


def _archive(files: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2017, 3, 5, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _locked_archive(sound: bytes) -> bytes:
    """Return an archive whose only entry is marked as encrypted, in its head and in its directory."""
    made = bytearray(_archive({"plan.dxf": sound}))
    made[6] |= 1
    made[made.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def _unreadable(sound: bytes) -> Iterator[Hostile]:
    for name in ("TCH_WALL", "TDbWall", "AEC_WALL"):
        yield Hostile(f"seven walls of the class {name}", "plan.dxf", with_custom_walls(sound, name), "not whole")
    proxy = b"\r\n  0\r\nACAD_PROXY_ENTITY\r\n  5\r\nFB000\r\n100\r\nAcDbEntity\r\n  8\r\nWALL\r\n100\r\nAcDbProxyEntity\r\n 90\r\n498\r\n 91\r\n500"
    yield Hostile("stand-in without a picture", "plan.dxf", _with_entities(_with_class(sound, "TCH_TEXT"), proxy), "not whole")
    yield Hostile("outside drawing that was not sent", "plan.dxf", missing_reference(), "not whole")


def with_custom_walls(sound: bytes, name: str = "TCH_WALL") -> bytes:
    """Return a sound DXF with seven walls of a class that nothing but its own program can draw."""
    wall = "\r\n  0\r\n{0}\r\n  5\r\nF{1:X}\r\n100\r\nAcDbEntity\r\n  8\r\nWALL\r\n100\r\n{0}"
    body = "".join(wall.format(name, number) for number in range(0xA000, 0xA007)).encode()
    return _with_entities(_with_class(sound, name), body)


def _with_class(sound: bytes, name: str) -> bytes:
    said = ["  0", "CLASS", "  1", name, "  2", name, "  3", "TCH_KERNAL", " 90", "0", " 91", "7", "280", "1", "281", "1"]
    at = sound.index(b"CLASSES\r\n") + len(b"CLASSES\r\n")
    return sound[:at] + ("\r\n".join(said) + "\r\n").encode() + sound[at:]


def _with_entities(sound: bytes, body: bytes) -> bytes:
    start = sound.index(b"  2\r\nENTITIES\r\n")
    at = sound.index(b"\r\n  0\r\nENDSEC", start)
    return sound[:at] + body + sound[at:]


def _minimal(blocks: str, entities: str) -> bytes:
    head = "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1009\n0\nENDSEC\n"
    return f"{head}0\nSECTION\n2\nBLOCKS\n{blocks}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{entities}0\nENDSEC\n0\nEOF\n".encode()


def _block(name: str, body: str, flags: int = 0, path: str = "") -> str:
    return f"0\nBLOCK\n8\n0\n2\n{name}\n70\n{flags}\n10\n0.0\n20\n0.0\n30\n0.0\n3\n{name}\n1\n{path}\n{body}0\nENDBLK\n8\n0\n"


def _insert(name: str, x: float, more: str = "") -> str:
    return f"0\nINSERT\n8\n0\n2\n{name}\n10\n{x}\n20\n0.0\n30\n0.0\n{more}"


_LINE = "0\nLINE\n8\n0\n10\n0.0\n20\n0.0\n30\n0.0\n11\n1.0\n21\n1.0\n31\n0.0\n"


def block_bomb(levels: int = 12, wide: int = 10) -> bytes:
    """Return a file of some kilobytes that unfolds to a trillion lines."""
    blocks = _block("B0", _LINE) + "".join(_block(f"B{n}", "".join(_insert(f"B{n - 1}", float(x)) for x in range(wide))) for n in range(1, levels + 1))
    return _minimal(blocks, _insert(f"B{levels}", 0.0))


def array_bomb() -> bytes:
    """Return a file whose one array holds 30,000 × 30,000 copies."""
    return _minimal(_block("B0", _LINE), _insert("B0", 0.0, "70\n30000\n71\n30000\n44\n1.0\n45\n1.0\n"))


def own_tail() -> bytes:
    """Return a file with a block that holds itself."""
    return _minimal(_block("B0", _LINE + _insert("B0", 5.0)), _insert("B0", 0.0))


def missing_reference() -> bytes:
    """Return a file that shows an outside drawing which is not there."""
    return _minimal(_block("GROUND", "", 4, "..\\\\ground.dwg"), _LINE + _insert("GROUND", 0.0))


def scanned_pdf() -> bytes:
    """Return a print that is one picture."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1191 842] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>",
        _stream(b"<< /Length %d >>", b"q 1191 0 0 842 0 0 cm /I Do Q"),
        _stream(b"<< /Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length %d >>", bytes(range(64)) * 64),
    ]
    return pdf(parts)


def _stream(head: bytes, body: bytes) -> bytes:
    return head % len(body) + b"\nstream\n" + body + b"\nendstream"


def pdf(parts: list[bytes]) -> bytes:
    """Return the objects as a PDF, the first one its catalogue."""
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    return made + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))


SOUND_FORMS = (
    ("plan.dxf", Form()), ("plan.dxf", Form(version="R2000")), ("plan.dxf", Form(binary=True)),
    *(("plan.dwg", Form(version=version)) for version in ("R2000", "R2004", "R2010", "R2018")),
)  # fmt: skip
"""The files that are damaged, in turn."""


def mutations(count: int, seed: int = 4) -> Iterator[tuple[str, bytes]]:
    """Give `count` damaged copies of sound files: bytes changed, pieces taken out, doubled or cut off."""
    chance = Random(seed)  # noqa: S311 - the same damage every time
    plan = sheet((C,))
    sound = [(name, (dwg if name.endswith("dwg") else dxf)(plan, form)) for name, form in SOUND_FORMS]
    for number in range(count):
        name, data = sound[number % len(sound)]
        yield name, _damaged(data, chance)


def digit_slips(count: int, seed: int = 5) -> Iterator[tuple[str, bytes]]:
    """Give `count` copies of a sound DXF, each with one digit of one coordinate of one entity changed: files that stay sound, of another drawing."""
    chance = Random(seed)  # noqa: S311 - the same slips every time
    sound = dxf(sheet((C,)))
    places = [found.span(1) for found in re.finditer(rb"\n [12][01]\r\n(-?\d[\d.]*)", sound[sound.index(b"ENTITIES\r\n") :])]
    start = sound.index(b"ENTITIES\r\n")
    for _ in range(count):
        first, last = chance.choice(places)
        at = start + chance.choice([row for row in range(first, last) if sound[start + row : start + row + 1].isdigit()])
        digit = chance.choice([one for one in b"0123456789" if one != sound[at]])
        yield "plan.dxf", sound[:at] + bytes([digit]) + sound[at + 1 :]


def _damaged(data: bytes, chance: Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.randrange(1, 400)
    match chance.randrange(4):
        case 0:
            spoilt = bytearray(data)
            for _ in range(chance.choice((1, 3, 20))):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            return bytes(spoilt)
        case 1:
            return data[:at] + data[at + length :]
        case 2:
            return data[: at + length] + data[at:]
        case _:
            return data[:at]
