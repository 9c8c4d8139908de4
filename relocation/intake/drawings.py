"""Drawings (DWG, DXF, vector PDF, or one of them in a zip): guards first, then the readers in a process of their own."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from geo.drawing.model import Drawing, Repair
from geo.drawing.read.packing import Damaged, unpack
from geo.drawing.read.sniff import sniff
from geo.drawing.read.unreadable import Unreadable
from relocation.intake import jail
from relocation.intake.guard import MIB, Guard, Limits
from relocation.intake.refusal import Fact, Note, Unusable, Words

SUFFIXES = (".dwg", ".dxf", ".pdf")
LIMITS = Limits(file_bytes=100 * MIB, unpacked_bytes=200 * MIB)
READER = "geo.drawing.read.reading:read_packed"

_CODES = {
    "empty": "drawing-empty", "no-drawing": "drawing-unknown", "other-format": "drawing-disguised", "truncated": "drawing-truncated",
    "damaged": "drawing-damaged", "encrypted": "drawing-encrypted", "version": "drawing-version", "too-large-inside": "drawing-large-inside",
    "too-many-entities": "drawing-too-many", "block-in-itself": "drawing-circle", "blocks-too-deep": "drawing-deep", "not-finite": "drawing-not-finite",
    "out-of-bounds": "drawing-far", "scanned": "drawing-scanned", "no-lines": "drawing-no-lines",
}  # fmt: skip
_ENDED = {"time": "drawing-long", "memory": "drawing-memory", "died": "drawing-died"}


_REPAIRS = {
    "encoding": "drawing-encoding", "picture": "drawing-picture", "reader-warning": "drawing-warning", "line-ends": "drawing-line-ends", "after-end": "drawing-after-end",
    "stray-lines": "drawing-stray-lines", "decimal-commas": "drawing-decimal-commas", "fortran-numbers": "drawing-fortran-numbers",
    "print-scale": "drawing-print-scale", "print-no-scale": "drawing-print-no-scale", "print-pages": "drawing-print-pages", "print-scans": "drawing-print-scans",
}  # fmt: skip
_EVIDENCE = {
    "title": Words("图上注明的比例", "the scale written on the sheet"),
    "dimensions": Words("尺寸数字与线长之比", "the written dimensions against the lines they stand at"),
    "both": Words("图上注明的比例和尺寸数字（两者一致）", "the scale written on the sheet and its dimensions, which agree"),
}


def read_drawing(path: Path, name: str, *, references: Sequence[tuple[str, Path]] = (), limits: jail.Limits | None = None) -> Drawing:
    """Return the drawing in the file at `path`, called `name`; `references` are external drawings (name, path) to be bound.

    Raises Unusable with the one refusal that says what is wrong with the file and what to do.
    """
    guard = Guard(path, name, LIMITS)
    shown, data = _content(guard)
    others = [(other, _bytes(Guard(at, other, LIMITS))) for other, at in references]
    heading = json.dumps([shown, *(other for other, _ in others)]).encode("utf-8")
    limits = limits or jail.Limits()
    try:
        _as_named(guard, shown, data)
        return unpack(jail.call(READER, [heading, data, *(content for _, content in others)], limits))
    except (Unreadable, jail.Refused) as refused:
        code = _CODES.get(refused.key)
        raise guard.refuse(code, **refused.facts) if code else guard.refuse("drawing-damaged") from None
    except jail.Ended as ended:
        raise guard.refuse(_ENDED[ended.why], seconds=round(limits.seconds, 2), memory_mib=limits.memory_bytes // MIB) from None
    except Damaged:
        raise guard.refuse("drawing-died", seconds=0, memory_mib=0) from None


def _bytes(guard: Guard) -> bytes:
    guard.size()
    return guard.path.read_bytes()


def _content(guard: Guard) -> tuple[str, bytes]:
    """Return the drawing's name and bytes; a zip may hold one drawing."""
    guard.size()
    suffix = Path(guard.file).suffix.lower()
    if suffix != ".zip":
        if suffix not in SUFFIXES:
            raise guard.refuse("drawing-suffix", suffix=suffix or "—")
        return guard.file, _bytes(guard)
    entries = [entry for entry in guard.archive() if PurePosixPath(entry.filename).suffix.lower() in SUFFIXES]
    if len(entries) != 1:
        raise guard.refuse("drawing-zip", count=len(entries))
    with zipfile.ZipFile(guard.path) as archive:
        data = b"".join(guard.unpacked(archive, entries[0], [guard.limits.unpacked_bytes]))
    return PurePosixPath(entries[0].filename).name, data


def _as_named(guard: Guard, name: str, data: bytes) -> None:
    """Refuse what is no drawing, or another kind of drawing than its name says, before any process is started."""
    found = sniff(data)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix != f".{found.format}":
        raise guard.refuse("drawing-other-kind", suffix=suffix, content=found.format.upper())


def notes_of(drawing: Drawing) -> list[Note]:
    """Return what the reader of the report should know of the reading: repairs, what was not read, what two readers see differently."""
    notes: list[tuple[str, dict[str, Fact]]] = [(_REPAIRS[repair.what], _said(repair)) for repair in drawing.repairs]
    notes += [("drawing-unreadable", {"what": what, "count": count}) for what, count in drawing.unreadable.items()]
    notes += [("drawing-reference", {"reference": reference}) for reference in drawing.missing_references]
    if drawing.disagreements:
        notes.append(("drawing-disagree", {"what": "；".join(drawing.disagreements[:5]), "count": len(drawing.disagreements)}))
    if drawing.left_out:
        notes.append(("drawing-left-out", {"what": ", ".join(f"{kind} × {count}" for kind, count in drawing.left_out.items())}))
    return [Note(code, drawing.name, facts=facts) for code, facts in notes]


def _said(repair: Repair) -> dict[str, Fact]:
    """Return a repair's facts in words."""
    facts: dict[str, Fact] = dict(repair.facts)
    if repair.what == "print-scale":
        stated = int(repair.facts["stated"])
        facts["evidence"] = _EVIDENCE[str(facts["evidence"])]
        facts["stated"] = f"1:{stated}" if stated else Words("未注明", "nothing")
    return facts


__all__ = ["LIMITS", "SUFFIXES", "Unusable", "notes_of", "read_drawing"]
