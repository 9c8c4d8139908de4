"""Files made to do harm, or to be two things at once, each by hand: what they must be refused as stands beside them in `CASES`."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import numpy as np
import pypdfium2
from PIL import Image

from tests.evidence.photos import photo

MACRO_TYPES = b'<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
PLAIN_TYPES = b'<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a PNG's chunk with its sum right."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, pixels: bytes | None = None, *extra: bytes, depth: int = 8, colour: int = 0) -> bytes:
    """Return a grey PNG that says it is that large; `pixels` are its packed rows, made right where none are given."""
    rows = zlib.compress(b"\x00" * (height * (width + 1)), 9) if pixels is None else pixels
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def office(types: bytes = PLAIN_TYPES, **parts: bytes) -> bytes:
    """Return a workbook's archive with those further parts (__ stands for a slash)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".bin", content)
    return out.getvalue()


def locked_office() -> bytes:
    """Return an archive whose entries say they are encrypted."""
    data = bytearray(office())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


@cache
def pdf(pages: int = 1) -> bytes:
    """Return a PDF of blank pages."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def circle() -> bytes:
    """Return a JPEG whose Exif pointers lead back to the directory they stand in."""
    entries = [(0x8769, 4, 1, 8), (0x8825, 4, 1, 8)]
    tiff = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *one) for one in entries) + struct.pack("<I", 8)
    return photo(exif=b"Exif\x00\x00" + tiff)


def swelling() -> bytes:
    """Return a PNG of four pixels with 30 MB of zeros packed into its text."""
    return png(2, 2, None, chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"\x00" * 30_000_000, 9)))


def noisy(side: int) -> bytes:
    """Return a PNG that decodes to some hundred MB."""
    return photo(form="PNG", picture=Image.fromarray(np.zeros((side, side, 3), np.uint8)), compress_level=1)


CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an ending that is not taken": ("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "evidence-suffix"),
    "a web page": ("a.html", lambda: b"<html></html>", "evidence-suffix"),
    "a workbook with macros by its ending": ("a.xlsm", lambda: office(MACRO_TYPES), "evidence-suffix"),
    "a web page called a photo": ("a.jpg", lambda: b"<html><script>1</script></html>" + bytes(100), "evidence-content"),
    "an SVG called a PNG": ("a.png", lambda: b"<svg xmlns='x'></svg>" + bytes(100), "evidence-content"),
    "a program called a PDF": ("a.pdf", lambda: b"MZ" + bytes(2000), "evidence-content"),
    "an archive called a workbook": ("a.xlsx", lambda: zip_of({"[Content_Types].xml": b"<Types/>", "a.exe": b"MZ"}), "evidence-content"),
    "a PNG called a JPEG": ("a.jpg", lambda: photo(form="PNG"), "evidence-other-kind"),
    "a photo called a PDF": ("a.pdf", photo, "evidence-other-kind"),
    "a workbook called a document": ("a.docx", office, "evidence-other-kind"),
    "a photo with an archive behind it": ("a.jpg", lambda: photo() + zip_of({"a.txt": b"x"}), "evidence-two-in-one"),
    "a photo with a page behind it": ("a.png", lambda: photo(form="PNG") + b"<html><script>1</script>", "evidence-two-in-one"),
    "a photo that begins a PDF in its remark": ("a.jpg", lambda: photo(comment=b"%PDF-1.4 1 0 obj"), "evidence-two-in-one"),
    "a photo whose remark is a script": ("a.jpg", lambda: photo(comment=b"<ScRiPt>alert(1)</script>"), "evidence-two-in-one"),
    "a PDF with an archive behind it": ("a.pdf", lambda: pdf() + zip_of({"a.txt": b"x"}), "evidence-two-in-one"),
    "a flood of pixels": ("a.png", lambda: png(13_000, 13_000), "photo-large"),
    "a side beyond all bounds": ("a.png", lambda: png(30_000, 2), "photo-large"),
    "a size that is a lie": ("a.png", lambda: png(60_000, 60_000, zlib.compress(b"\x00" * 9)), "photo-large"),
    "fewer pixels than it says": ("a.png", lambda: png(900, 900, zlib.compress(b"\x00" * 9)), "photo-damaged"),
    "text that swells": ("a.png", swelling, "photo-swells"),
    "a photo cut short": ("a.jpg", lambda: photo()[:4000], "photo-damaged"),
    "a HEIC cut short": ("a.heic", lambda: photo(form="HEIF")[:2000], "photo-damaged"),
    "a PNG with one bit turned": ("a.png", lambda: turned(photo(form="PNG")), "photo-damaged"),
    "Exif that points to itself": ("a.jpg", circle, "photo-circle"),
    "macros under a plain ending": ("a.xlsx", lambda: office(MACRO_TYPES), "evidence-macros"),
    "a macro part under a plain list": ("a.xlsx", lambda: office(xl__vbaProject=b"x"), "evidence-macros"),
    "a locked workbook": ("a.xlsx", locked_office, "evidence-locked"),
    "an archive cut short": ("a.xlsx", lambda: office()[:-30], "evidence-damaged"),
    "a PDF that is none inside": ("a.pdf", lambda: b"%PDF-1.7\n" + b"nothing " * 100, "evidence-damaged"),
    "a PDF without end": ("a.pdf", lambda: pdf(5_001), "evidence-pages"),
}
"""What it is → its name, its bytes, the refusal's code."""


def zip_of(parts: dict[str, bytes]) -> bytes:
    """Return an archive of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def turned(data: bytes) -> bytes:
    """Return bytes with one bit in the middle turned."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :]
