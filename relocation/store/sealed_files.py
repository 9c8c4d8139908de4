"""Files of the home that hold people's data in plain cells, such as an uploaded ledger: sealed as a whole, opened where they are read."""

from pathlib import Path

from relocation.store.keys import ID_BYTES
from relocation.store.opening import Store
from relocation.store.sealing import known_ids, ring_of
from relocation.store.trouble import Trouble

SUFFIX = ".sealed"


def keep(store: Store, folder: Path, name: str, data: bytes) -> None:
    """Seal a file under a name; it is there whole or not at all. Trouble when the folder cannot be written."""
    keys = ring_of(store.engine)
    with store.whole.reading() as connection:
        key = keys.key(known_ids(connection)[0])
    part = folder / f"{name}{SUFFIX}.part"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        part.write_bytes(key.seal_bytes(data, _place(folder, name), keys.nonces(1)[0]))
        part.replace(folder / f"{name}{SUFFIX}")
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble("out-unwritable", path=folder / name, why=error.strerror or type(error).__name__) from error


def opened(store: Store, folder: Path, name: str) -> bytes | None:
    """Return a sealed file's bytes; None when there is none. Trouble when it was altered or moved."""
    path = folder / f"{name}{SUFFIX}"
    if path.parent != folder or not path.is_file():
        return None
    kept = path.read_bytes()
    return ring_of(store.engine).key(kept[:ID_BYTES]).open_bytes(kept, _place(folder, name))


def drop(folder: Path, name: str) -> None:
    """Delete a sealed file, if it is there."""
    (folder / f"{name}{SUFFIX}").unlink(missing_ok=True)


def _place(folder: Path, name: str) -> str:
    return f"file.{folder.name}:{name}"
