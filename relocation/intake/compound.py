"""Reads one stream out of a compound file, the container of old Office documents: chains of sectors and a directory.

Only what finding the workbook's stream needs. Chains that leave the file or run in circles count as damage.
"""

import struct
from collections.abc import Collection

_HEADER = 512
_ENTRY = 128  # bytes of a directory entry
_END = 0xFFFFFFFA  # from here on numbers are marks (end of chain, free sector), not sectors
_FIRST_TABLES = 109  # numbers of allocation tables kept in the header itself


class Damaged(ValueError):
    """The container contradicts itself or is cut short."""


class Compound:
    """One compound file's bytes, and the sectors that belong together."""

    def __init__(self, content: bytes) -> None:
        """Read the header and the allocation table; raises Damaged."""
        if len(content) < _HEADER:
            raise Damaged
        self.content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift > shift:
            raise Damaged
        self.size, self.small_size = 1 << shift, 1 << small_shift
        self.directory_start, _, self.cutoff, self.small_table_start = struct.unpack_from("<IIII", content, 48)
        self.table = self._allocation()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.content):
            raise Damaged
        return self.content[start : start + self.size]

    def _numbers(self, sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))

    def _allocation(self) -> list[int]:
        tables = list(struct.unpack_from(f"<{_FIRST_TABLES}I", self.content, 76))
        following, turns = struct.unpack_from("<I", self.content, 68)[0], 0
        while following < _END:
            *more, following = self._numbers(self._sector(following))
            tables += more
            turns += 1
            if turns > len(self.content) // self.size:
                raise Damaged
        return [number for table in tables if table < _END for number in self._numbers(self._sector(table))]

    def _chain(self, first: int, table: list[int]) -> list[int]:
        numbers: list[int] = []
        while first < _END:
            if first >= len(table) or len(numbers) > len(table):
                raise Damaged
            numbers.append(first)
            first = table[first]
        return numbers

    def _joined(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self.table)))

    def stream(self, names: Collection[str]) -> bytes | None:
        """Return the first stream with one of those names, None when there is none; raises Damaged."""
        directory = self._joined(self.directory_start)
        entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
        root = next((entry for entry in entries if entry[66] == 5), None)
        for entry in entries:
            name = entry[: max(int.from_bytes(entry[64:66], "little") - 2, 0)].decode("utf-16-le", "replace")
            if entry[66] == 2 and name in names:
                return self._content_of(entry, root)
        return None

    def _content_of(self, entry: bytes, root: bytes | None) -> bytes:
        first, length = struct.unpack_from("<II", entry, 116)
        if length >= self.cutoff:
            whole = self._joined(first)
        else:
            if root is None:
                raise Damaged
            small = self._joined(struct.unpack_from("<I", root, 116)[0])
            table = self._numbers(self._joined(self.small_table_start))
            whole = b"".join(small[number * self.small_size : (number + 1) * self.small_size] for number in self._chain(first, table))
        if len(whole) < length:
            raise Damaged
        return whole[:length]
