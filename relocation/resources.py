"""Where the shipped read-only files are, in an installed wheel and in a checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent


def folder(name: Literal["templates", "data"]) -> Path:
    """Return the folder of templates or of shipped data; it is read, never written.

    Raises
    ------
    FileNotFoundError
        the installation is incomplete: the folder is in neither of its two places
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"This installation lacks its folder {name!r} beside {_PACKAGE}; install it again.")
