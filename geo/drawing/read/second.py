"""The second reader: of a DXF its group codes, read by ourselves; of a DWG ACadSharp, whose DXF copy is read the same way.

Its figures confirm or contradict the primary reader; what it knows beyond that (styles of dimensions, the last saver) is taken over.
From its copy no date is ever taken: it writes the present moment into them.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from geo.drawing.read.agree import Tally, tally_of_tags
from geo.drawing.read.announced import Announced
from geo.drawing.read.dimensions import DimensionFacts, Style
from geo.drawing.read.tags import Tags, tags_of
from geo.drawing.read.unreadable import Unreadable

_FOLDER = "drawing-"  # and the number of the process it belongs to


@dataclass(frozen=True)
class Witness:
    """What the second reader found."""

    reader: str
    tally: Tally
    dimensions: DimensionFacts
    classes: tuple[Announced, ...] = ()
    saved_by: str = ""
    copy: bytes = b""  # the DXF that a DWG was rewritten as


def witness_of_dxf(tags: Tags, mended: bool = False) -> Witness:
    """Say what the group codes of a DXF hold; raises Unreadable."""
    return Witness("group codes", tally_of_tags(tags, mended), dimension_facts(tags), classes_in(tags))


def witness_of_dwg(data: bytes, mended: bool, within_s: float) -> Witness | None:
    """Let ACadSharp read a DWG; None where it cannot, or does not come to an end within so many seconds (damaged files can make it run for ever)."""
    answers: list[Witness | None] = []
    thread = Thread(target=lambda: answers.append(_by_acadsharp(data, mended)), daemon=True)
    thread.start()
    thread.join(within_s)
    return answers[0] if answers else None


def _sweep() -> None:
    """Remove the folders of processes that were killed, or left while a reader ran for ever in a thread: nobody else will."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        owner = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if owner.isdigit() and hasattr(os, "fork") and not _runs(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another user's
    return True


def _by_acadsharp(data: bytes, mended: bool) -> Witness | None:
    from acadsharp import native

    _sweep()
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "drawing.dwg", Path(folder) / "drawing.dxf"
        source.write_bytes(data)
        try:
            with native.load() as runtime:
                document = runtime.read(source, format="dwg")
                summary = document.SummaryInfo
                saved_by = str(summary.LastSavedBy or "") if summary is not None else ""
                document.Header.Version = runtime.ACadSharp.ACadVersion.AC1032  # else Chinese is written in no code page at all
                runtime.write(document, target, format="dxf")
            copy = target.read_bytes()
            tags = tags_of(copy, "utf_8")
            return Witness("ACadSharp", tally_of_tags(tags, mended), dimension_facts(tags), classes_in(tags), saved_by, copy)
        except (native.NativeError, OSError, AttributeError, MemoryError, Unreadable):
            return None


def dimension_facts(tags: Tags) -> DimensionFacts:
    """Return factors and decimals of dimension styles, stored measurements and overrides of single dimensions."""
    styles, stored, own = dict[str, Style](), dict[str, float](), dict[str, Style]()
    for number, (name, section) in enumerate(zip(tags.names, tags.section, strict=True)):
        if name == "DIMSTYLE" and section == "TABLES":
            group = tags.group(number)
            said = {code: value for code, value in reversed(group) if code in (2, 144, 271)}
            styles[said.get(2, "").strip().casefold()] = Style(_number(said.get(144)), _whole(said.get(271)))
        elif name == "DIMENSION" and section in ("ENTITIES", "BLOCKS"):
            group = tags.group(number)
            handle = next((value.strip().upper() for code, value in group if code == 5), "")
            measured = _number(next((value for code, value in group if code == 42), None))
            if handle and measured is not None:
                stored[handle] = measured
            if handle and (override := _override(group)) is not None:
                own[handle] = override
    return DimensionFacts(styles, stored, own, _header(tags))


def _override(group: list[tuple[int, str]]) -> Style | None:
    """Return the overrides in a dimension's extended data: pairs of 1070 (the variable's code) and its value."""
    if (1000, "DSTYLE") not in group:
        return None
    said: dict[str, str] = {}
    rest = iter(group[group.index((1000, "DSTYLE")) :])
    for code, value in rest:
        if code == 1070:
            said.setdefault(value.strip(), next(rest, (0, ""))[1])
        elif code == 1001:
            break
    factor, decimals = _number(said.get("144")), _whole(said.get("271"))
    return Style(factor, decimals) if factor is not None or decimals is not None else None


def _header(tags: Tags) -> Style:
    group = tags.group(0) if len(tags.starts) else []
    said = {value: group[at + 1][1] for at, (code, value) in enumerate(group[:-1]) if code == 9 and value in ("$DIMLFAC", "$DIMDEC")}
    return Style(_number(said.get("$DIMLFAC")), _whole(said.get("$DIMDEC")))


def classes_in(tags: Tags) -> tuple[Announced, ...]:
    """Return what the CLASSES section announces, in its order: the first has the number 500."""
    out: list[Announced] = []
    for number, (name, section) in enumerate(zip(tags.names, tags.section, strict=True)):
        if name == "CLASS" and section == "CLASSES":
            said = dict(tags.group(number))
            counted = _whole(said.get(91))
            out.append(Announced(said.get(1, "").strip(), said.get(281, "").strip() == "1", -1 if counted is None else counted))
    return tuple(out)


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None


def _whole(value: str | None) -> int | None:
    try:
        return int(value) if value is not None else None
    except ValueError:
        return None
