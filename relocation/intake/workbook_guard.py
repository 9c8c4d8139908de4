"""The part of the guard that looks inside a workbook's XML: how many cells, how far they reach, how much text they make, which failed.

The parser allocates the whole rectangle up to the farthest cell and copies a shared string at each use, so both are bounded
here first. Nearly all programs write a cell as `<c r="B7"`; those are counted without looking at each one. Cells written in
another way are looked at one by one, and one without an address counts as the next in its row.
"""

import re
import zipfile
from functools import cache

from relocation.intake.error_cells import LIMIT, TEXTS, UNREAD, Errors, Inside, by_sheet
from relocation.intake.guard import MIB, Guard
from relocation.intake.refusal import Unusable
from relocation.intake.sheet import letter

_ODD_CELL = re.compile(rb'<c r="(?![A-H]?[A-Z][0-9]{1,6}")([^"]{0,40})')
_LATE_COLUMN = re.compile(rb'<c r="([A-H][A-Z])')
_LATE_ROW = re.compile(rb'<c r="[A-H]?[A-Z]([0-9]{6})"')
_OTHER_CELL = re.compile(rb'<c(?! r=")(?=[\s/>])|<[\w.-]+:c(?=[\s/>])')
_PREFIXED_CELL = re.compile(rb"<[\w.-]+:c(?=[\s/>])")
_TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])([^>]*)>")
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_PLAIN_ADDRESS = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
_SHARED_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")
_SHARED_USE = re.compile(rb"t=[\"']s[\"'][^>]*>\s*<(?:[\w.-]+:)?v>([0-9]{1,9})<")
_FAILED = re.compile(rb"t\s*=\s*[\"']e[\"']")
_FORMULA = rb"\s*(?:<(?:[\w.-]+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:[\w.-]+:)?f\s*>))?\s*"
_SHOWN = re.compile(_FORMULA + rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>\s*([^<\s]{1,40})")
_FAILED_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?=\s)[^>]*\st="e"[^>]*>')
_CORNER = re.compile(rb'<c r="([A-Z]{1,4})([0-9]{1,7})"')
_SECOND_LOOK = 16 * MIB
_WINDOW = 128 * 1024
_PROLOGUE = 64 * 1024  # a DTD can stand only before the root element


def column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for code in letters:
        number = number * 26 + code - 64
    return number


@cache
def _beyond(columns: int, digits: int) -> re.Pattern[bytes]:
    """Return what finds a cell right of that many columns, or in a row of more digits, or with a malformed address, or written another way."""
    first, last = divmod(min(columns, 702) - 1, 26)  # 702 is ZZ, farther ones are always looked at; "AD" is column 30: first letter 1, second letter 3
    letters = "[A-Z]"
    if first > 0:
        letters += f"|{chr(64 + first)}[A-{chr(65 + last)}]"
    if first > 1:
        letters += f"|[A-{chr(63 + first)}][A-Z]"
    return re.compile(rf'<c(?! r="(?:{letters})[0-9]{{1,{digits}}}")(?=[\s/>])'.encode())


class _UsedArea(Exception):
    """The used area is too large; how large, a second look tells."""


class SheetScan:
    """Counts the cells of one worksheet's XML and finds its far corner, block by block."""

    def __init__(self, guard: Guard) -> None:
        """Start at an empty sheet; 26 columns and 99,999 rows are not looked at closely."""
        self.guard = guard
        self.cells = 0
        self.rows, self.columns = 99_999, 26
        self._each = False
        self._tail = b""
        self._row = self._in_row = 0
        self.errors: dict[tuple[int, int], str] = {}

    def feed(self, block: bytes, *, last: bool = False) -> None:
        """Look at the next block, or at what is left of the `last` one; raises Unusable as soon as a limit is passed."""
        block = self._tail + block
        cut = max(block.rfind(b"<c "), 0) or max(block.rfind(b"<", 0, max(block.rfind(b":c "), 0)), 0) or block.rfind(b"<")  # a cell is seen with its value
        self._tail, block = (block[cut:], block[:cut]) if cut > 0 and not last else (b"", block)
        self.cells += block.count(b"<c")  # and a few that are no cells: <cols>, <conditionalFormatting>
        self.cells += len(_PREFIXED_CELL.findall(block)) if b":c" in block else 0
        if not self._each and (b":c" in block or _beyond(self.columns, 5).search(block)):
            self._each = _OTHER_CELL.search(block) is not None
            if not self._each:
                self._by_exception(block)
        if self._each:
            self._one_by_one(block)
        elif b't="e"' in block:
            self._errors(block)
        if self.cells > self.guard.limits.cells:
            raise self.guard.refuse("too-many-cells", limit=self.guard.limits.cells)

    def _by_exception(self, block: bytes) -> None:
        """Look closer at a block with a cell beyond what was met so far; nearly every block takes one pass and does not get here."""
        self._cover(int(max(_LATE_ROW.findall(block), default=b"0")), 1)
        if not _beyond(self.columns, 6).search(block):
            return
        self._cover(1, column_number(max(_LATE_COLUMN.findall(block), default=b"A")))
        for address in _ODD_CELL.findall(block):
            self._reach(address)

    def _errors(self, block: bytes) -> None:
        for match in _FAILED_CELL.finditer(block):
            plain = _PLAIN_ADDRESS.fullmatch(match[1])
            if plain:
                self._failed(int(plain[2]), column_number(plain[1]), block, match.end())

    def _failed(self, row: int, column: int, block: bytes, after: int) -> None:
        if block.startswith(b"/>", after - 2):
            return  # nothing in it
        shown = _SHOWN.match(block, after)
        text = shown[1].decode("latin-1") if shown else ""
        self.errors[row - 1, column - 1] = text if text in TEXTS else UNREAD
        if len(self.errors) > LIMIT:
            raise self.guard.refuse("too-many-errors", limit=LIMIT)

    def _one_by_one(self, block: bytes) -> None:
        for match in _TAG.finditer(block):
            address = _ADDRESS.search(match[2])
            if match[1] == b"row":
                numbered = address is not None and address[1].isdigit() and len(address[1]) < 9
                self._row = int(address[1]) if numbered and address else self._row + 1
                self._in_row = 0
            elif address:
                self._in_row = self._reach(address[1])
            else:
                self._in_row += 1
                self._cover(self._row, self._in_row)
            if match[1] == b"c" and _FAILED.search(match[2]):
                at = _PLAIN_ADDRESS.fullmatch(address[1]) if address else None
                self._failed(int(at[2]) if at else self._row, self._in_row, block, match.end())

    def _reach(self, address: bytes) -> int:
        plain = _PLAIN_ADDRESS.fullmatch(address)
        if plain is None:
            raise self.guard.refuse("workbook-malformed", what=address.decode("latin-1"))
        column = column_number(plain[1])
        self._cover(int(plain[2]), column)
        return column

    def _cover(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.rows * self.columns > self.guard.limits.box:
            raise _UsedArea


def _feed(scan: SheetScan, block: bytes, guard: Guard, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, last: bool = False) -> None:
    try:
        scan.feed(block, last=last)
    except _UsedArea:
        raise _too_wide(guard, archive, entry, scan) from None


def _too_wide(guard: Guard, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, scan: SheetScan) -> Unusable:
    """Return the refusal of a sheet whose used area is too large, naming its true corner.

    The scan takes rows and columns in plenty as given, which would be told as numbers nobody finds in the sheet. What lies beyond
    the first megabytes is told by the scan's own numbers.
    """
    rows = columns = taken = 0
    for block in guard.unpacked(archive, entry, [guard.limits.unpacked_bytes]):
        for letters, number in _CORNER.findall(block):
            rows, columns = max(rows, int(number)), max(columns, column_number(letters))
        taken += len(block)
        if taken >= _SECOND_LOOK:
            rows, columns = max(rows, scan.rows), max(columns, scan.columns)
            break
    if not rows:  # cells without addresses
        rows, columns = scan.rows, scan.columns
    return guard.refuse("used-area", rows=rows, columns=columns, corner=f"{letter(columns - 1)}{rows}")


def _check_prologue(guard: Guard, head: bytes) -> None:
    if b"<!DOCTYPE" in head[:_PROLOGUE] or b"<!ENTITY" in head[:_PROLOGUE] or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise guard.refuse("xml-dtd")


def _check_runs(guard: Guard, block: bytes) -> None:
    """Refuse a text longer than any cell can hold: every window must meet at least one tag."""
    for start in range(0, len(block) - _WINDOW, _WINDOW):
        if block.find(b"<", start, start + _WINDOW) < 0:
            raise guard.refuse("text-too-long", limit_kib=_WINDOW // 1024)


def check_workbook(guard: Guard) -> Inside:
    """Raise Unusable unless the workbook is safe to parse; return what its reader will not tell."""
    entries = {entry.filename: entry for entry in guard.archive()}
    if "xl/workbook.xml" not in {name.lower().lstrip("/") for name in entries}:
        raise guard.refuse("not-a-workbook")
    budget, shared_lengths, uses, since_1904 = [guard.limits.unpacked_bytes], [0], 0, False
    failed: dict[str, Errors] = {}
    with zipfile.ZipFile(guard.path) as archive:
        for name, entry in sorted(entries.items(), key=lambda item: "sharedstrings" not in item[0].lower()):
            scan = SheetScan(guard) if "sheet" in name.lower() and "sharedstrings" not in name.lower() and name.lower().endswith(".xml") else None
            tail, first = b"", True
            for block in guard.unpacked(archive, entry, budget):
                if name.lower().endswith((".xml", ".rels")):
                    if first:
                        _check_prologue(guard, block)
                        since_1904 = since_1904 or (name.lower().endswith("workbook.xml") and re.search(rb"date1904\s*=\s*[\"'](1|true|on)", block) is not None)
                    _check_runs(guard, block)
                first = False
                if scan is not None:
                    _feed(scan, block, guard, archive, entry)
                elif "sharedstrings" in name.lower():
                    items = _SHARED_ITEM.split(tail + block)
                    shared_lengths.extend(map(len, items[:-1]))
                    tail = items[-1]
            shared_lengths.append(len(tail))
            if scan is not None:
                _feed(scan, b"", guard, archive, entry, last=True)
                uses += scan.cells
                failed |= {name: scan.errors} if scan.errors else {}
        if uses * max(shared_lengths) > guard.limits.text_bytes:
            _check_expansion(guard, archive, entries, shared_lengths)
        return Inside(since_1904, by_sheet(guard, archive, failed))


def _check_expansion(guard: Guard, archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], lengths: list[int]) -> None:
    """Add up each use of each shared string; the first two of `lengths` stand before the first string."""
    text, budget = 0, [guard.limits.unpacked_bytes]
    for name, entry in entries.items():
        if "sheet" not in name.lower() or "sharedstrings" in name.lower():
            continue
        tail = b""
        for block in guard.unpacked(archive, entry, budget):
            block = tail + block
            cut = block.rfind(b"<c")
            tail, block = (block[cut:], block[:cut]) if cut > 0 else (b"", block)
            for number in _SHARED_USE.findall(block):
                index = int(number) + 2
                text += lengths[index] if index < len(lengths) else 0
        if text > guard.limits.text_bytes:
            raise guard.refuse("text-expands", limit_mib=guard.limits.text_bytes // MIB)
