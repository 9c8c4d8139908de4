"""Looks at a file before any parser does: is it what its suffix says, is it whole, does it unpack to something bounded.

Everything here streams; no XML tree is built and nothing is extracted. The workbook parser may end the whole process on a
small hostile file (two far corners of a sheet are enough), so a file that fails here is never handed on.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

from relocation.intake.refusal import Refusal, Unusable

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold. The defaults admit 300,000 rows of 60 columns, ten times a large county."""

    file_bytes: int = 256 * MIB
    entries: int = 2_000
    unpacked_bytes: int = 600 * MIB
    ratio: int = 200
    cells: int = 12_000_000
    box: int = 24_000_000  # rows x columns of the used area, which the parser allocates whole
    string_bytes: int = 256 * 1024  # Excel itself stops at 32,767 characters
    text_bytes: int = 1 << 30  # all cells' text together, shared strings counted at each use


LIMITS = Limits()

_SIGNATURES = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"%PDF", "PDF"), (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"SQLite format 3\x00", "sqlite"), (b"AC10", "DWG"), (b"\x00\x00\x27\x0a", "shp"),
)  # fmt: skip


def sniff(path: Path) -> str:
    """Return what the content is: "zip", "ole", "sqlite", "html", "kml", "json", "text", a picture's name, or "binary"."""
    with path.open("rb") as file:
        head = file.read(8192)
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html")) or (text.startswith((b"<", b"<?xml")) and b"<table" in text):
        return "html"
    if text.startswith(b"<") and b"<kml" in text:
        return "kml"
    if text.startswith(b"<"):
        return "xml"
    if text.startswith((b"{", b"[")):
        return "json"
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "binary" if b"\x00" in head and not utf16 else "text"


_ENTRY_BYTES = 4096  # of the directory of a zip: far more than a name and its numbers take
_TAIL_BYTES = 22 + 65_535


def _directory_bytes(path: Path) -> int:
    """Return how long a zip says its directory is, 0 where it says nothing: a reader takes the whole of it into memory before anybody can count."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL_BYTES - 76))
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return 0
    long = tail[end - 76 : end - 20] if end >= 76 and tail[end - 20 : end - 16] == b"PK\x06\x07" else b""
    said = int.from_bytes(long[40:48], "little") if long.startswith(b"PK\x06\x06") else 0
    return max(said, int.from_bytes(tail[end + 12 : end + 16], "little") if said == 0 else 0)


class Guard:
    """The checks one file goes through; every failure raises Unusable with this file's name."""

    def __init__(self, path: Path, file: str, limits: Limits = LIMITS) -> None:
        """Prepare to look at `path`, shown to people as `file`."""
        self.path, self.file, self.limits = path, file, limits

    def refuse(self, code: str, **facts: str | int | float) -> Unusable:
        """Return the exception to raise for a whole-file refusal."""
        return Unusable(Refusal(code, self.file, facts=facts))

    def size(self) -> None:
        """Refuse a missing, empty or oversized file."""
        if self.path.is_dir():
            raise self.refuse("file-is-folder")
        if not self.path.is_file():
            raise self.refuse("file-missing")
        size = self.path.stat().st_size
        if size == 0:
            raise self.refuse("file-empty")
        if size > self.limits.file_bytes:
            raise self.refuse("file-too-large", size_mib=size // MIB, limit_mib=self.limits.file_bytes // MIB)

    def archive(self) -> list[zipfile.ZipInfo]:
        """Refuse a damaged or booby-trapped zip; return its entries. Reads the directory only, and none that would fill the memory."""
        if _directory_bytes(self.path) > self.limits.entries * _ENTRY_BYTES:
            raise self.refuse("zip-entries", count=f"> {self.limits.entries}", limit=self.limits.entries)
        try:
            with zipfile.ZipFile(self.path) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
            raise self.refuse("file-truncated") from None
        if len(entries) > self.limits.entries:
            raise self.refuse("zip-entries", count=len(entries), limit=self.limits.entries)
        if any(entry.flag_bits & 1 for entry in entries):
            raise self.refuse("file-protected")
        names = [entry.filename.lower() for entry in entries]
        spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
        overlap = any(start + 30 + size > after for (start, size), (after, _) in pairwise(spans))
        if len(set(names)) != len(names) or overlap:
            raise self.refuse("zip-overlap")
        declared = sum(entry.file_size for entry in entries)
        if declared > self.limits.unpacked_bytes:
            raise self.refuse("zip-bomb", size_mib=declared // MIB, limit_mib=self.limits.unpacked_bytes // MIB)
        return entries

    def unpacked(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: list[int]) -> Iterator[bytes]:
        """Yield an entry's bytes in blocks while it stays within the ratio and the `budget` of bytes left (a list of one)."""
        seen = 0
        try:
            with archive.open(entry) as stream:
                while block := stream.read(MIB):
                    seen += len(block)
                    budget[0] -= len(block)
                    if budget[0] < 0:
                        raise self.refuse("zip-bomb", size_mib=self.limits.unpacked_bytes // MIB, limit_mib=self.limits.unpacked_bytes // MIB)
                    if seen > MIB and seen > self.limits.ratio * max(entry.compress_size, 1):
                        raise self.refuse("zip-ratio", ratio=seen // max(entry.compress_size, 1), limit=self.limits.ratio)
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise self.refuse("file-truncated") from None


def tempered_copy(guard: Guard, entry: zipfile.ZipInfo, out: IO[bytes], budget: list[int]) -> None:
    """Copy one entry's bytes into `out` (a file named by us), within the limits."""
    with zipfile.ZipFile(guard.path) as archive:
        for block in guard.unpacked(archive, entry, budget):
            out.write(block)
