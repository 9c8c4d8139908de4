"""Names of files on the disk: a file that was synced is there after a power cut only if its folder was synced too, and the folder's own name likewise."""

import os
from contextlib import suppress
from pathlib import Path


def settle_names(*folders: Path) -> None:
    """Have the names in these folders on the disk; systems that cannot open a folder settle it by themselves."""
    for one in folders:
        with suppress(OSError):
            handle = os.open(one, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
