"""Files that a page needs again later, sealed beside the folder in which they lay open. A file is named by its own name and its folder's."""

from collections.abc import Iterator
from pathlib import Path

from relocation.store.opening import Store
from relocation.store.sealed_files import SUFFIX, opened_file, seal_file


def keep(store: Store, path: Path) -> None:
    """Seal a file into the folder above the one it lies in; it stays where it is."""
    folder = path.parent.parent
    seal_file(store, path, folder / f"{path.name}{SUFFIX}", _place(folder, path.name))


def there(folder: Path, name: str) -> bool:
    """Tell whether a folder has a sealed file of that name."""
    return Path(name).name == name and (folder / f"{name}{SUFFIX}").is_file()


def read(store: Store, folder: Path, name: str) -> Iterator[bytes]:
    """Give what a sealed file holds. Trouble where it does not open."""
    yield from opened_file(store, folder / f"{name}{SUFFIX}", _place(folder, name))


def forget(folder: Path, name: str) -> None:
    """Delete a sealed file."""
    (folder / f"{name}{SUFFIX}").unlink(missing_ok=True)


def _place(folder: Path, name: str) -> str:
    return f"{folder.parent.name}/{folder.name}/{name}"
