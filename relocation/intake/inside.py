"""What the reading process does: reads one file and packs what it found, or writes the workbook of its refused rows."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import shapely

from relocation.intake import packing
from relocation.intake.refusal import Unusable

PROGRESS = "progress"


def read(options: bytes, boundary: bytes) -> bytes:
    """Read the file that `options` name, or say why it cannot be used; `boundary` is WKB, empty for none."""
    from relocation.intake.reading import read_file

    told = json.loads(options)
    outline = shapely.from_wkb(boundary) if boundary else None
    try:
        return packing.pack(read_file(Path(told.pop("path")), boundary=outline, progress=_tell(), **told))
    except Unusable as unusable:
        return packing.pack_refused(unusable.refusal)


def _tell() -> Callable[[int, int], None]:
    """Return what writes the progress down in the job's folder, where the program looks now and then."""

    def tell(done: int, total: int) -> None:
        Path(PROGRESS).write_text(f"{done} {total}", "ascii")

    return tell


def refused(options: bytes) -> bytes:
    """Write the workbook of refused rows and return its bytes."""
    from relocation.intake.refused import write

    told = json.loads(options)
    out = Path("refused.xlsx")
    write(out, Path(told["path"]), packing.unpack_refusals(told["refusals"]), told["lang"])
    return out.read_bytes()


def standing(asked: bytes) -> bytes:
    """Try the walls from within: what can still be read, reached and used; `asked` names a file that must be out of reach and the program's network."""
    from relocation.intake.drivers import DriversNotLimited, assert_drivers

    told = json.loads(asked)
    try:
        assert_drivers()
        drivers = True
    except DriversNotLimited:
        drivers = False
    status = Path("/proc/self/status")
    found = {
        "landlock": not _opens(Path(told["canary"])),
        "namespace": network() not in ("", told["network"]),
        "limits": _limited(),
        "no-new-privileges": status.exists() and "NoNewPrivs:\t1" in status.read_text("ascii", "replace"),
        "single": not _forks(),
        "drivers": drivers,
    }
    return json.dumps(found).encode("ascii")


def _forks() -> bool:
    if not hasattr(os, "fork"):
        return True
    try:
        child = os.fork()
    except OSError:
        return False
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _opens(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


def network() -> str:
    """Return which network this process is in, "" where the system does not tell."""
    try:
        return os.readlink("/proc/self/ns/net")  # noqa: PTH115 - no path, a name
    except OSError:
        return ""


def _limited() -> bool:
    try:
        import resource
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY
