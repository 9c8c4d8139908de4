"""Where the keys come from: the environment, a file named there, or a file of the home that is made at the first start."""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from relocation.store.keys import KEY_BYTES, Keys
from relocation.store.trouble import Trouble

IN_HOME = Path("keys") / "personal.key"
_HEAD = (
    "# 个人信息加密密钥，最新的在最前面。丢失即无法读出个人信息；请与数据库备份分开保管。\n"
    "# Keys of the personal data, the newest first. Without them it cannot be read again; keep a copy apart from the backups.\n"
)


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where an office's keys lie. `path` is None where they come from the environment itself."""

    path: Path | None
    given: str = ""

    @classmethod
    def of(cls, home: Path, environment: Mapping[str, str]) -> "KeySource":
        """Return what RELOCATION_KEY or RELOCATION_KEY_FILE name, else the file of the home."""
        if given := environment.get("RELOCATION_KEY", "").strip():
            return cls(None, given)
        return cls(Path(named) if (named := environment.get("RELOCATION_KEY_FILE", "").strip()) else home / IN_HOME)

    def masters(self) -> list[bytes]:
        """Return the keys' bytes, the newest first; none where the file is not there. Trouble (key-unreadable) for what is no key."""
        if self.path is None:
            return [_decoded(word, "RELOCATION_KEY") for word in self.given.replace(",", " ").split()]
        try:
            lines = self.path.read_text("ascii", "replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Trouble("key-unreadable", where=self.path, why=error.strerror or type(error).__name__) from error
        return [_decoded(line.strip(), self.path) for line in lines if line.strip() and not line.startswith("#")]

    def make(self) -> list[bytes]:
        """Write a first key where there is none and return what lies there. Trouble when it cannot be written."""
        if self.path is not None and not (known := self.masters()):
            self._write([secrets.token_bytes(KEY_BYTES)], first=True)
            known = self.masters()  # of two that start at one moment one has written it
        return known if self.path is not None else self.masters()

    def add(self) -> list[bytes]:
        """Put a new key before the others and return all. Trouble (key-elsewhere) where they come from the environment."""
        if self.path is None:
            raise Trouble("key-elsewhere")
        self._write([secrets.token_bytes(KEY_BYTES), *self.masters()])
        return self.masters()

    def ring(self, *, may_make: bool) -> Keys:
        """Return the keys, which are read again when a value names one of them that is not known. Trouble (key-absent) without any."""
        masters = self.make() if may_make else self.masters()
        if not masters:
            raise Trouble("key-absent", where=self.path or "RELOCATION_KEY")
        return Keys(masters, self.masters)

    def _write(self, masters: Sequence[bytes], *, first: bool = False) -> None:
        """Write the file whole or not at all, readable by its owner alone."""
        assert self.path is not None
        part = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.part")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(_HEAD + "".join(base64.b64encode(one).decode() + "\n" for one in masters))
                file.flush()
                os.fsync(file.fileno())
            _moved(part, self.path, over=not first)
        except OSError as error:
            raise Trouble("key-unwritable", where=self.path, why=error.strerror or type(error).__name__) from error
        finally:
            part.unlink(missing_ok=True)


def _moved(part: Path, path: Path, *, over: bool) -> None:
    """Give the file its name; unless `over`, one that stands there stays."""
    if over:
        part.replace(path)
    else:
        try:
            path.hardlink_to(part)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            if not path.exists():
                part.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name, too, has to outlive a power cut: what is sealed from now on hangs on it
        finally:
            os.close(folder)


def _decoded(word: str, where: object) -> bytes:
    try:
        master = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        master = b""
    if len(master) != KEY_BYTES:
        raise Trouble("key-unreadable", where=where, why="base64, 32 bytes")
    return master
