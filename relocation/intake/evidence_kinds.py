"""What a file that is shown as proof really is, by its content, and whether it hides a second file. Pure bytes; no parser is started here."""

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise

from geo.drawing.read.sniff import sniff
from geo.drawing.read.unreadable import Unreadable

MEDIA = {
    "jpeg": "image/jpeg", "png": "image/png", "heif": "image/heic", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "dwg": "image/vnd.dwg", "dxf": "image/vnd.dxf",
}  # fmt: skip
"""The media type of each kind of content."""

BY_SUFFIX = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".heic": "heif", ".heif": "heif", ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".dwg": "dwg", ".dxf": "dxf",
}  # fmt: skip

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx")
_SECOND = (
    (b"%PDF-", "PDF"), (b"PK\x05\x06", "zip"), (b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"<html", "HTML"), (b"<!doctype", "HTML"),
    (b"<script", "HTML"), (b"<svg", "SVG"), (b"<?php", "PHP"), (b"\x7fELF", "ELF"),
)  # fmt: skip
_ENTRIES, _TYPES_BYTES = 2_000, 1 << 20
_OTHERS = (
    (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "GZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"), (b"SQLite format 3", "SQLite"), (b"MZ", "EXE"), (b"\x7fELF", "ELF"), (b"%!PS", "PostScript"), (b"RIFF", "RIFF"),
    (b"<!DOCTYPE", "HTML"), (b"<html", "HTML"), (b"<svg", "SVG"), (b"<?xml", "XML"),
)  # fmt: skip


class Unfit(Exception):
    """A file that is not taken as evidence: a key of the wording and its facts."""

    def __init__(self, key: str, **facts: str | int | float) -> None:
        """Carry why."""
        super().__init__(key)
        self.key, self.facts = key, facts


def content_of(data: bytes) -> str:
    """Return what the bytes are: one of `MEDIA`'s kinds. Raises Unfit for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "heif"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(data)
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, content in _OTHERS:
        if head.startswith(signature):
            raise Unfit("evidence-content", content=content)
    try:
        return sniff(data).format
    except Unreadable:
        raise Unfit("evidence-content", content="?") from None


def as_named(data: bytes, suffix: str) -> str:
    """Return the kind of content of a file called so; raises Unfit where name and content differ, or where a second file hides in it."""
    wanted = BY_SUFFIX.get(suffix)
    if wanted is None:
        raise Unfit("evidence-suffix", suffix=suffix or "—")
    found = content_of(data)
    if found != wanted:
        raise Unfit("evidence-other-kind", suffix=suffix, content=found.upper())
    second = hidden(data, found)
    if second:
        raise Unfit("evidence-two-in-one", content=second)
    return found


def hidden(data: bytes, kind: str) -> str:
    """Return what else a picture or print is: a file that another program would open as something else; "" where it is one thing."""
    if kind not in ("jpeg", "png", "pdf"):
        return ""
    after = {"jpeg": _after_jpeg, "png": _after_png, "pdf": _after_pdf}[kind](data)
    head = data[:1024] if kind != "pdf" else b""
    for signature, content in _SECOND:
        if kind == "pdf" and content == "PDF":
            continue
        if signature in after.lower() or signature in after or signature in head.lower() or signature in head:
            return content
    return ""


def _after_jpeg(data: bytes) -> bytes:
    """Return what follows the picture: telephones put a second picture or a short film there, others an archive."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return b""  # damaged; the decoder says so
        marker = data[at + 1]
        if marker == 0xD9:
            return data[at + 2 :]
        if marker == 0xFF:
            at += 1
        elif marker in (0x01, *range(0xD0, 0xD9)):
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if marker == 0xDA:
                at = _next_marker(data, at)
    return data[at + 2 :] if data[at : at + 2] == b"\xff\xd9" else b""


def _next_marker(data: bytes, at: int) -> int:
    """Return where the entropy-coded stretch that begins at `at` ends."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _after_png(data: bytes) -> bytes:
    end = data.find(b"IEND")
    return data[end + 8 :] if end >= 0 else b""


def _after_pdf(data: bytes) -> bytes:
    return data[data.rfind(b"%%EOF") + 5 :] if b"%%EOF" in data else b""


def _office(data: bytes) -> str:
    """Return docx or xlsx, read off the archive's directory and its list of parts; raises Unfit for another archive, and for one with macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _sound(entries)
            listed = _part(archive, "[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, KeyError, RuntimeError):
        raise Unfit("evidence-damaged") from None
    names = {entry.filename.lower() for entry in entries}
    if any("vbaproject" in name or "macrosheets/" in name or "activex/" in name for name in names) or b"macroEnabled" in listed:
        raise Unfit("evidence-macros")
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if part in names:
            return kind
    raise Unfit("evidence-content", content="ZIP")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part's beginning, whatever it says of its own size."""
    with archive.open(name) as part:
        return part.read(_TYPES_BYTES)


def _sound(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that no office program writes: locked, with names twice, with entries over one another, with far too many."""
    if len(entries) > _ENTRIES:
        raise Unfit("evidence-damaged")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit("evidence-locked")
    spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    overlap = any(start + 30 + size > after for (start, size), (after, _) in pairwise(spans))
    if overlap or len({entry.filename.lower() for entry in entries}) != len(entries):
        raise Unfit("evidence-damaged")


Facts = Mapping[str, str | int | float]
