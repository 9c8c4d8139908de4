"""What a file is, is told by its content before any parser is started."""

import pytest

from geo.drawing.read.sniff import RELEASES, Found, sniff
from geo.drawing.read.unreadable import Unreadable
from tests.drawings.dwg import VERSIONS, dwg
from tests.drawings.prints import print_of
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import A
from tests.drawings.writing import Form, dxf

PLAN = sheet((A,))
NAMES = {"R12": "AC1009", "R2000": "AC1015", "R2004": "AC1018", "R2007": "AC1021", "R2010": "AC1024", "R2013": "AC1027", "R2018": "AC1032"}


def refused(data: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(Unreadable) as unreadable:
        sniff(data)
    return unreadable.value.key, dict(unreadable.value.facts)


@pytest.mark.parametrize("binary", [False, True])
@pytest.mark.parametrize("version", NAMES)
def test_a_dxf_says_its_version_form_and_code_page(version: str, binary: bool) -> None:
    found = sniff(dxf(PLAN, Form(version, binary=binary)))
    assert (found.format, found.version, found.binary) == ("dxf", NAMES[version], binary)
    assert NAMES[version] in RELEASES
    assert found.codepage in ("ANSI_936", "ANSI_1252")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_dwg_says_its_version(version: str) -> None:
    assert sniff(dwg(PLAN, Form(version))) == Found("dwg", VERSIONS[version])


def test_a_print_says_its_version() -> None:
    assert sniff(print_of([PLAN])) == Found("pdf", "PDF 1.4")


@pytest.mark.parametrize(
    ("head", "content"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"), (b"PK\x03\x04", "ZIP"), (b"\xd0\xcf\x11\xe0", "OLE"), (b"Rar!", "RAR"),
        (b"<!DOCTYPE html>", "HTML"), (b"<?xml version='1.0'?>", "XML"), (b"MZ\x90", "EXE"), (b"SQLite format 3\x00", "SQLite"), (b"%!PS-Adobe", "PostScript"),
    ],
)  # fmt: skip
def test_other_files_are_named(head: bytes, content: str) -> None:
    assert refused(head + bytes(3000)) == ("other-format", {"content": content})


@pytest.mark.parametrize("version", ["AC1006", "AC1004", "AC2.10", "MC0.0x"])
def test_old_dwgs_are_refused_by_their_version(version: str) -> None:
    assert refused(version.encode() + bytes(3000))[0] == "version"


def test_a_dxf_older_than_r12_is_refused_by_its_version() -> None:
    assert refused(b"0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1006\n0\nENDSEC\n0\nEOF\n") == ("version", {"version": "AC1006"})


@pytest.mark.parametrize("end", [b"", b"0\nEO", b"0\nENDSEC\n", b"999\nEOF\n"])
def test_a_dxf_without_its_end_is_cut_short(end: bytes) -> None:
    assert refused(b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n" + end)[0] == "truncated"


@pytest.mark.parametrize("end", [b"0\nEOF", b"0\nEOF\n", b"  0\r\nEOF\r\n", b"0\nEOF\n\x1a", b"0\nEOF\n\n\n"])
def test_a_dxf_with_its_end_is_whole(end: bytes) -> None:
    assert sniff(b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n" + end).format == "dxf"


def test_comments_and_a_byte_order_mark_may_stand_before_a_dxf() -> None:
    assert sniff(b"\xef\xbb\xbf999\nmade by hand\n0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n").format == "dxf"


def test_an_encrypted_dwg_is_told_from_a_damaged_one() -> None:
    whole = dwg(PLAN, Form("R2010"))
    assert refused(whole[:0x18] + b"\x01\x00\x00\x00" + whole[0x1C:])[0] == "encrypted"
    assert refused(whole[:100])[0] == "truncated"


def test_nothing_and_anything_else_are_told_apart() -> None:
    assert refused(b" \r\n\x00")[0] == "empty"
    assert refused(b"a letter to the county\n" * 20)[0] == "no-drawing"
