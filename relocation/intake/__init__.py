"""Files in, records and refusals out: workbooks, text tables, vector files. Guards run before any parser."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from relocation.intake import (
    drivers as drivers,  # first: limits GDAL's drivers before anything can import GDAL
)
from relocation.intake.ledger import LayerFile, Ledger
from relocation.intake.refusal import Note, Refusal, Unusable, Words

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from checks.records import RecordKind

__all__ = ["LayerFile", "Ledger", "Note", "Refusal", "Unusable", "Words", "read", "read_all", "template", "write_refused"]


def read_all(
    path: Path,
    *,
    as_kind: str | None = None,
    county: str | None = None,
    crs: str | None = None,
    boundary: "BaseGeometry | None" = None,
    file_name: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    steep_over: float | None = None,
) -> list[Ledger | LayerFile]:
    """Read a file in a process of its own: every sheet or layer in it that can be recognised, in the file's order.

    Parameters
    ----------
    as_kind : the name of a ledger ("sites", "households", "funds" …) or "layer:NAME"; None recognises the kind by the headings
    county : six-digit code the file is about; fills rows that name none, refuses rows that name another
    crs : the system positions are given in, as people write it; a 坐标系 column in the file goes first
    boundary : outline of that county (WGS-84 degrees) against which positions are tested
    file_name : the name to show (uploads are stored under another)
    progress : called with (rows done, rows in all) now and then
    steep_over : the degrees above which cells of a grid of slopes become zones

    Raises
    ------
    Unusable : the whole file cannot be used; carries the one refusal that says why
    """
    from relocation.intake import apart

    return apart.read_all(
        path, as_kind=as_kind, county=county, crs=crs, boundary=boundary, file_name=file_name or path.name, progress=progress, steep_over=steep_over
    )


def read(
    path: Path,
    *,
    as_kind: str | None = None,
    county: str | None = None,
    crs: str | None = None,
    boundary: "BaseGeometry | None" = None,
    file_name: str | None = None,
) -> Ledger | LayerFile:
    """Read the first sheet or layer of a file that can be recognised; see `read_all`."""
    return read_all(path, as_kind=as_kind, county=county, crs=crs, boundary=boundary, file_name=file_name)[0]


def write_refused(out: Path, source: Path, refusals: Sequence[Refusal], lang: str) -> None:
    """Write the refused rows of `source` to an xlsx: their cells as they were, then reason and mend in the last two columns."""
    from relocation.intake import apart

    apart.write_refused(out, source, refusals, lang)


def template(kind: "RecordKind", out: Path, lang: str) -> None:
    """Write a blank workbook for that kind of record: headings with units, drop-downs, a sheet of notes."""
    from relocation.intake.blank import write  # not named like this function: importing it would put the module in its place

    write(kind, out, lang)
