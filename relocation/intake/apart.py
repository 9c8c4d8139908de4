"""Reads files in a process of their own (`jail`); what comes back is checked before it is believed."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shapely

from relocation.intake import distrusted, jail, packing
from relocation.intake.columns import Damaged
from relocation.intake.guard import MIB, Guard
from relocation.intake.inside import PROGRESS
from relocation.intake.ledger import LayerFile, Ledger
from relocation.intake.refusal import Refusal

LIMITS = jail.Limits(memory_bytes=3 << 30, cpu_seconds=120, seconds=240.0, file_bytes=1 << 30, answer_bytes=512 * MIB)
"""A ledger of 300,000 rows of 30 columns takes half of the memory and a quarter of the processor's time."""
_ENDED = {"time": "reading-long", "memory": "reading-memory", "died": "reading-died", "busy": "reading-busy"}


def read_all(
    path: Path,
    *,
    boundary: Any = None,
    file_name: str,
    progress: Callable[[int, int], None] | None = None,
    limits: jail.Limits = LIMITS,
    **options: Any,
) -> list[Ledger | LayerFile]:
    """Read a file as `relocation.intake.read_all` describes; Unusable also where its reading was cut off."""
    guard = Guard(path, file_name)
    guard.size()
    outline = b"" if boundary is None else shapely.to_wkb(boundary)
    with _readable(path) as own:
        told = json.dumps({"path": str(own.resolve()), "file_name": file_name, **options}).encode("utf-8")
        try:
            return packing.unpack(_call("relocation.intake.inside:read", [told, outline], guard, own, limits, progress))
        except Damaged:
            raise guard.refuse("reading-died") from None


def write_refused(out: Path, source: Path, refusals: Sequence[Refusal], lang: str, *, limits: jail.Limits = LIMITS) -> None:
    """Write the workbook of refused rows as `relocation.intake.write_refused` describes."""
    guard = Guard(source, refusals[0].file if refusals else source.name)
    with _readable(source) as own:
        told = {"path": str(own.resolve()), "refusals": packing.pack_refusals(refusals), "lang": lang}
        out.write_bytes(_call("relocation.intake.inside:refused", [json.dumps(told, default=packing.plain_number).encode("utf-8")], guard, own, limits, None))


def answer_of(function: str, path: Path, told: Mapping[str, Any], guard: Guard, limits: jail.Limits = LIMITS) -> bytes:
    """Return what a function of the reading process answers about a file, unchecked; Unusable where its reading was cut off."""
    with _readable(path) as own:
        return _call(function, [json.dumps({**told, "path": str(own.resolve())}).encode("utf-8")], guard, own, limits, None)


def _call(name: str, parts: list[bytes], guard: Guard, path: Path, limits: jail.Limits, progress: Callable[[int, int], None] | None) -> bytes:
    tick = (lambda folder: _told(folder / PROGRESS, progress)) if progress else None
    try:
        return jail.call(name, parts, limits, reads=[path], tick=tick)
    except jail.Refused:
        raise guard.refuse("reading-died") from None
    except jail.Ended as ended:
        facts = {"seconds": round(limits.seconds), "memory_mib": limits.memory_bytes // MIB}
        raise guard.refuse(_ENDED[ended.why], **(facts if ended.why in ("time", "memory") else {})) from None


def _told(place: Path, progress: Callable[[int, int], None]) -> None:
    try:
        done, total = (int(number) for number in distrusted.read_end(place, 64).split())
    except (OSError, ValueError):
        return
    progress(done, total)


@contextmanager
def _readable(path: Path) -> Iterator[Path]:
    """Give the file, or a copy of it where it is another user's: the reading process has no rights beyond its user's."""
    if not hasattr(os, "geteuid") or path.stat().st_uid == os.geteuid():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="relocation-", ignore_cleanup_errors=True) as folder:
        yield Path(shutil.copyfile(path, Path(folder) / f"file{path.suffix}"))
