"""Workbooks: far corners, lying archives, declarations that should not be there, cells no program writes."""

import io
import struct
import zipfile
from collections.abc import Mapping

import xlsxwriter

from tests.intake.corpus import Case, Make, put
from tests.intake.ledgers import CODED, HOME_HEADINGS, bare_workbook, workbook, zipped

HEADING = b'<row r="1">' + b"".join(f'<c r="{letter}1" t="str"><v>{text}</v></c>'.encode() for letter, text in zip("AB", CODED, strict=True)) + b"</row>"
GOOD = b'<row r="2"><c r="A2" t="str"><v>A1</v></c><c r="B2" t="str"><v>x</v></c></row>'
DTD = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'

SHEETS: dict[str, bytes] = {
    "plain": HEADING + GOOD,
    "both far corners": HEADING + GOOD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "a far column": HEADING + GOOD + b'<row r="3"><c r="XFD3"><v>1</v></c></row>',
    "a far row": HEADING + GOOD + b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    "far corners without addresses": b"<row>" + b"<c><v>1</v></c>" * 300 + b'</row><row r="900000"><c><v>1</v></c></row>',
    "a row number of ten digits": HEADING + b'<row r="4294967297"><c r="A4294967297"><v>1</v></c></row>',
    "a column past the last": HEADING + b'<row r="2"><c r="ZZZ2"><v>1</v></c></row>',
    "a column of four letters": HEADING + b'<row r="2"><c r="AAAA2"><v>1</v></c></row>',
    "an address in small letters": HEADING + b'<row r="2"><c r="a2"><v>1</v></c></row>',
    "an address without row": HEADING + b'<row r="2"><c r="A"><v>1</v></c></row>',
    "an address with a sign": HEADING + b'<row r="2"><c r="A-2"><v>1</v></c></row>',
    "an absolute address": HEADING + b'<row r="2"><c r="$A$2"><v>1</v></c></row>',
    "an empty address": HEADING + b'<row r="2"><c r=""><v>1</v></c></row>',
    "an address in other digits": HEADING + '<row r="2"><c r="A２"><v>1</v></c></row>'.encode(),
    "a cell twice": HEADING + GOOD + b'<row r="3"><c r="A3" t="str"><v>A2</v></c><c r="A3" t="str"><v>A3</v></c><c r="B3" t="str"><v>y</v></c></row>',
    "a code twice": HEADING + GOOD + GOOD.replace(b"2", b"3"),
    "a shared string that is not there": HEADING + b'<row r="2"><c r="A2" t="s"><v>999999</v></c><c r="B2" t="str"><v>x</v></c></row>',
    "a number that is text": HEADING + GOOD + b'<row r="3"><c r="A3"><v>abc</v></c><c r="B3" t="str"><v>x</v></c></row>',
    "failed formulas": HEADING + GOOD + b'<row r="3"><c r="A3" t="str"><v>A2</v></c><c r="B3" t="e"><v>#REF!</v></c></row>',
    "a failed formula no Excel has": HEADING + GOOD + b'<row r="3"><c r="A3" t="str"><v>A2</v></c><c r="B3" t="e"><v>#ODD!</v></c></row>',
    "sheet cut in a tag": HEADING + GOOD + b'<row r="3"><c r="A3"',
    "tags in each other": HEADING + GOOD + b"<row><c></row></c>",
    "no rows at all": b"",
    "heading alone": HEADING,
    "rows of blanks": b'<row r="1"/>' * 2_000,
    "elements in elements": HEADING + GOOD + b"<x>" * 20_000 + b"</x>" * 20_000,
    "a text of half a megabyte": HEADING + b'<row r="2"><c r="A2" t="inlineStr"><is><t>' + b"x" * 500_000 + b"</t></is></c></row>",
    "blanks that pack well": HEADING + GOOD + b" \n" * 2_500_000,
}  # fmt: skip


def handmade(sheet: bytes) -> Make:
    """Return what writes a workbook with that sheet."""
    return lambda folder: bare_workbook(folder / "a.xlsx", sheet)


def parts() -> dict[str, bytes]:
    """Return the parts of a small good workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("户")
    for at, row in enumerate([HOME_HEADINGS, *[[f"H{number}", f"户{number}", "甲", "乙"] for number in range(40)]]):
        sheet.write_row(at, 0, row)
    book.close()
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = parts()
SHEET, STRINGS, BOOK, LINKS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def changed(changes: Mapping[str, bytes | None]) -> Make:
    """Return what writes the good workbook with some parts replaced, added or (None) left out."""
    members = {name: content for name, content in {**PARTS, **changes}.items() if content is not None}
    return lambda folder: zipped(folder / "a.xlsx", members)


def behind_declaration(name: str) -> bytes:
    return PARTS[name].replace(b"?>", b"?>" + DTD, 1)


ARCHIVES: dict[str, Make] = {
    **{f"a DTD in {name}": changed({name: behind_declaration(name)}) for name in (SHEET, STRINGS, BOOK, LINKS, "xl/styles.xml", "docProps/core.xml")},
    "a sheet in UTF-16": changed({SHEET: PARTS[SHEET].decode().encode("utf-16")}),
    "no shared strings": changed({STRINGS: None}),
    "no links": changed({LINKS: None}),
    "no list of sheets": changed({BOOK: None}),
    "no styles": changed({"xl/styles.xml": None}),
    "no sheet": changed({SHEET: None}),
    "a list of sheets that is no XML": changed({BOOK: b"\x00\x01\x02"}),
    "an empty list of sheets": changed({BOOK: b""}),
    "a picture of zeros beside": changed({"xl/media/image1.png": bytes(3_000_000)}),
    "a part that climbs out": changed({"../../../../tmp/evil.txt": b"x"}),
    "an absolute part": changed({"/etc/evil": b"x"}),
    "a part with a name of control characters": changed({"xl/\u202egpj.exe": b"x"}),
    "parts that differ in case": changed({"XL/WORKSHEETS/SHEET1.XML": PARTS[SHEET]}),
    "three thousand parts": changed({f"xl/x{at}.bin": b"" for at in range(3_000)}),
    "a Word document": lambda folder: zipped(folder / "a.xlsx", {"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
    "an OpenDocument table": lambda folder: zipped(folder / "a.xlsx", {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    "an archive in an archive": lambda folder: zipped(folder / "a.xlsx", {"a.xlsx": b"PK\x03\x04"}),
    "an empty archive": put("a.xlsx", b"PK\x05\x06" + bytes(18)),
    "an archive and nothing more": put("a.xlsx", b"PK\x03\x04"),
    "stored, not packed": lambda folder: zipped(folder / "a.xlsx", PARTS, zipfile.ZIP_STORED),
    "packed by bzip2": lambda folder: zipped(folder / "a.xlsx", PARTS, zipfile.ZIP_BZIP2),
}


def whole() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name, (2018, 9, 5, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


WHOLE = whole()


def patched(part: str, at: int, value: bytes) -> bytes:
    """Change bytes of a part's entry in the archive's directory."""
    content = bytearray(WHOLE)
    start = content.rindex(part.encode()) - 46
    content[start + at : start + at + len(value)] = value
    return bytes(content)


BYTES: dict[str, bytes] = {
    **{f"cut at {percent} %": WHOLE[: len(WHOLE) * percent // 100] for percent in (1, 10, 30, 60, 90, 99)},
    "junk before": b"junk" * 50 + WHOLE,
    "junk behind": WHOLE + b"junk" * 50,
    "a size that lies small": patched(SHEET, 24, struct.pack("<I", 10)),
    "a size that lies large": patched(SHEET, 24, struct.pack("<I", 0x7FFFFFFF)),
    "a wrong checksum": patched(SHEET, 16, b"\0\0\0\0"),
    "marked as encrypted": patched(SHEET, 8, b"\x01\x00"),
    "an unknown way of packing": patched(SHEET, 10, b"\x63\x00"),
    "a header past the end": patched(SHEET, 42, struct.pack("<I", 0x7FFFFFFF)),
    "two parts in one place": patched(SHEET, 42, bytes(4)),
}
NAUGHTY = ["=1+1", "+1", "@SUM(A1)", "-2+3", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "'; drop table site;--", "𠮷田", "㛃", "a\u202eb", "zero\u200bwidth", "0x1F", "1e5户", "NULL户", "True户", "%s%n", "../../etc/passwd", "\U0001f600", "é" * 300]  # fmt: skip


def named(text: str) -> Make:
    """Return what writes a ledger whose one head of household bears that name."""
    return lambda folder: workbook(folder / "a.xlsx", [HOME_HEADINGS, ["H1", text, "甲", "乙"]])


CASES: dict[str, Case] = {
    **{f"xlsx: {name}": Case(handmade(sheet)) for name, sheet in SHEETS.items()},
    **{f"xlsx: {name}": Case(make) for name, make in ARCHIVES.items()},
    **{f"xlsx: {name}": Case(put("a.xlsx", content)) for name, content in BYTES.items()},
    **{f"xlsx: a name like {text[:14]!a}": Case(named(text)) for text in NAUGHTY},
}
