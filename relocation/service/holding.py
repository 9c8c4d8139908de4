"""What a person sent in and may still confirm, and the rows that were refused: both name people, so they lie sealed in the home."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from relocation.store import sealed_files
from relocation.store.opening import Store

UPLOADS, REFUSED = "uploads", "refused"
KEPT_SECONDS = 24 * 3600


def hold(store: Store, folder: str, path: Path, name: str) -> None:
    """Seal a file of this moment under a name, in one of the two folders; it stays for a day."""
    kept = store.home / folder
    sealed_files.keep(store, kept, name, path.read_bytes())
    for old in kept.glob(f"*{sealed_files.SUFFIX}"):
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)


def held(store: Store, folder: str, name: str) -> bytes | None:
    """Return a held file's bytes; None when it is not there (any more)."""
    return sealed_files.opened(store, store.home / folder, name)


@contextmanager
def laid_open(store: Store, folder: str, name: str) -> Iterator[Path | None]:
    """Give a held file in plain, outside the home, for as long as it is read; None when it is not there."""
    data = held(store, folder, name)
    if data is None:
        yield None
        return
    with TemporaryDirectory(prefix="relocation-") as made:
        path = Path(made) / name
        path.write_bytes(data)
        yield path


def let_go(store: Store, folder: str, name: str) -> None:
    """Delete a held file."""
    sealed_files.drop(store.home / folder, name)
