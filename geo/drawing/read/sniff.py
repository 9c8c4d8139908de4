"""What a file is, by its content: DWG, DXF (text or binary) or PDF, whole or cut short. No parser is started here."""

import re
from dataclasses import dataclass

from geo.drawing.read.unreadable import Unreadable

BINARY_DXF = b"AutoCAD Binary DXF\r\n\x1a\x00"
RELEASES = {
    "AC1009": "R12", "AC1012": "R13", "AC1014": "R14", "AC1015": "2000", "AC1018": "2004",
    "AC1021": "2007", "AC1024": "2010", "AC1027": "2013", "AC1032": "2018",
}  # fmt: skip
"""Release names of the versions that are read; DWG is read from R14."""
_DWG = frozenset(RELEASES) - {"AC1009"}
_OTHERS = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"), (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"), (b"\x1f\x8b", "GZIP"), (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"<!DOCTYPE", "HTML"), (b"<html", "HTML"), (b"<?xml", "XML"), (b"%!PS", "PostScript"), (b"SQLite format 3", "SQLite"), (b"MZ", "EXE"), (b"\x7fELF", "ELF"),
)  # fmt: skip
_VERSION = re.compile(rb"\$ACADVER\s+1\s+(AC\d{4})")
_CODEPAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+([^\r\n]{1,40})")
_END = re.compile(rb"(?:^|[\r\n])[ \t]*0[ \t]*\r?\n[ \t]*EOF[ \t\r\n\x00\x1a]*\Z")


_PAGED, _HEADER_BYTES = ("AC1018", "AC1024", "AC1027", "AC1032"), 0x6C


@dataclass(frozen=True)
class Found:
    """What the content is. version: AC1015, … or PDF 1.7; codepage: as a DXF names it, "" elsewhere."""

    format: str  # dwg, dxf, pdf
    version: str
    binary: bool = False
    codepage: str = ""


def sniff(data: bytes) -> Found:
    """Say what the bytes are; raises Unreadable for anything else, for other versions and for a file that was cut short."""
    if not data.strip(b"\x00\r\n\t "):
        raise Unreadable("empty")
    if re.match(rb"AC\d{4}|AC[12]\.\d|MC0\.0", data):
        return _dwg(data)
    if data.startswith(BINARY_DXF):
        return _binary_dxf(data)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Found("pdf", "PDF " + data[data.index(b"%PDF-") + 5 :][:3].decode("ascii", "replace"))
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, content in _OTHERS:
        if head.startswith(signature):
            raise Unreadable("other-format", content=content)
    return _text_dxf(data)


def _dwg(data: bytes) -> Found:
    version = data[:6].decode("ascii", "replace")
    if version not in _DWG:
        raise Unreadable("version", version=version)
    if len(data) < 0x100:
        raise Unreadable("truncated")
    if version in _PAGED and int.from_bytes(data[0x18:0x1C], "little") & 1:
        raise Unreadable("encrypted")
    if version in _PAGED and 0 <= len(data) - _second_header(data) < _HEADER_BYTES:
        raise Unreadable("truncated")
    return Found("dwg", version)


def _second_header(data: bytes) -> int:
    """Return where a paged DWG says that its header stands once more: its last bytes, which both readers do without.

    The header is hidden behind the running numbers of a generator that every reader knows (Open Design Specification, 4.1).
    """
    hidden, seed = bytearray(), 1
    for byte in data[0x80 : 0x80 + 0x3C]:
        seed = (seed * 0x343FD + 0x269EC3) & 0xFFFFFFFF
        hidden.append(byte ^ (seed >> 16 & 0xFF))
    return int.from_bytes(hidden[0x34:0x3C], "little") if hidden.startswith(b"AcFssFcAJMB") else 0


def _binary_dxf(data: bytes) -> Found:
    if not data.rstrip(b"\x00\x1a").endswith(b"EOF"):
        raise Unreadable("truncated")
    found = re.search(rb"\$ACADVER\x00.{1,3}?(AC\d{4})\x00", data[:4096], re.DOTALL)
    page = re.search(rb"\$DWGCODEPAGE\x00.{1,3}?([\w.-]{1,40})\x00", data[:65536], re.DOTALL)
    return Found("dxf", _known(found[1] if found else b"AC1009"), True, page[1].decode("ascii") if page else "")


def _text_dxf(data: bytes) -> Found:
    if b"\n" not in data:  # line ends of the first Macintosh
        data = data.replace(b"\r", b"\n")
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    comment = re.match(rb"(?:999[ \t]*\r?\n[^\r\n]*\r?\n\s*)*0[ \t]*\r?\n[ \t]*SECTION\b", body)
    if comment is None:
        raise Unreadable("no-drawing")
    if not _END.search(data[-256:]):
        raise Unreadable("truncated")
    head = data[:200_000]
    found, page = _VERSION.search(head), _CODEPAGE.search(head)
    return Found("dxf", _known(found[1] if found else b"AC1009"), False, page[1].strip().decode("ascii", "replace") if page else "")


def _known(version: bytes) -> str:
    name = version.decode("ascii")
    if name < "AC1009":
        raise Unreadable("version", version=name)
    return name
