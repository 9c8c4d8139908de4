"""A model of plain files on a disk whose power is cut: what a file holds is safe once it was synced, its name once its folder was.

The program's own way of keeping evidence is taken down as it goes: files made, written, synced, renamed, folders made and synced.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from relocation.store import evidence_bytes, settling

Operation = tuple[Any, ...]
"""("made", path), ("written", path, bytes), ("synced", path), ("renamed", from, to), ("folder", path), ("settled", folder)."""


class _System:
    """The system's own calls, told as they are made."""

    def __init__(self, root: Path, tell: Callable[[Operation], None]) -> None:
        self._root, self._tell, self._open = root, tell, dict[int, Path]()
        self._known = {root, *root.parents}

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        """Open a file, or a folder to sync it; one that is made is told, with the folders on the way that are new."""
        handle = os.open(path, flags, mode)
        self._open[handle] = Path(path)
        if flags & os.O_CREAT:
            for folder in reversed([one for one in Path(path).parents if one not in self._known]):
                self._known.add(folder)
                self._tell(("folder", folder))
            self._tell(("made", Path(path)))
        return handle

    def fsync(self, handle: int) -> None:
        """Tell what is made safe; what the file holds by then was written before."""
        os.fsync(handle)
        path = self._open[handle]
        if path.is_dir():
            self._tell(("settled", path))
        else:
            self._tell(("written", path, path.read_bytes()))
            self._tell(("synced", path))


@contextmanager
def listening(home: Path, tell: Callable[[Operation], None]) -> Iterator[None]:
    """Tell every operation on files of evidence."""
    replace = Path.replace

    def told(self: Path, target: Path) -> Path:
        made = replace(self, target)
        if evidence_bytes.ORIGINALS in self.parts or evidence_bytes.MADE in self.parts:
            tell(("renamed", self, Path(target)))
        return made

    system = _System(home, tell)
    with mock.patch.object(evidence_bytes, "os", system), mock.patch.object(settling, "os", system), mock.patch.object(Path, "replace", told):
        yield


@dataclass
class Files:
    """Files as they lie safely, and what was done since that a cut may undo: in every folder some first part of it."""

    safe: dict[Path, int] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)
    pending: dict[Path, list[Operation]] = field(default_factory=dict)
    now: dict[Path, int] = field(default_factory=dict)
    held: dict[int, bytes] = field(default_factory=dict)
    unsure: dict[int, bytes] = field(default_factory=dict)

    def take(self, one: Operation) -> None:
        """Let one operation happen."""
        what, path = one[0], one[1]
        if what == "made":
            self.now[path] = len(self.held)
            self.held[self.now[path]] = b""
            self.pending.setdefault(path.parent, []).append(("link", path, self.now[path]))
        elif what == "written":
            self.unsure[self.now[path]] = one[2]
        elif what == "synced":
            self.held[self.now[path]] = self.unsure.pop(self.now[path], b"")
        elif what == "renamed":
            self.now[one[2]] = self.now.pop(path)
            self.pending.setdefault(path.parent, []).append(("move", path, one[2], self.now[one[2]]))
        elif what == "folder":
            self.pending.setdefault(path.parent, []).append(("folder", path))
        else:
            _apply(self.pending.pop(path, []), self.safe, self.folders)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return name → bytes of the files that one of many possible cuts leaves, of those whose folders are still there."""
        names, folders = dict(self.safe), set(self.folders)
        for done in self.pending.values():
            _apply(done[: chance.randint(0, len(done))], names, folders)
        fresh = {path for done in self.pending.values() for what, path, *_ in done if what == "folder"} | self.folders
        there = {path: inode for path, inode in names.items() if all(one in folders for one in path.parents if one in fresh)}
        return {path.name: self._left(inode, chance) for path, inode in there.items()}

    def _left(self, inode: int, chance: random.Random) -> bytes:
        if inode not in self.unsure:
            return self.held[inode]
        data = self.unsure[inode]
        return chance.choice([self.held[inode], data, data[: len(data) // 2], data[: len(data) // 2] + bytes(len(data) - len(data) // 2)])


def _apply(done: list[Operation], names: dict[Path, int], folders: set[Path]) -> None:
    for what, path, *more in done:
        if what == "folder":
            folders.add(path)
        elif what == "link":
            names[path] = more[0]
        else:
            names.pop(path, None)
            names[more[0]] = more[1]


def unsynced(operations: list[Operation]) -> list[Operation]:
    """Return what would be done by a program that never synced a file or a folder."""
    return [one for one in operations if one[0] not in ("synced", "settled")]
