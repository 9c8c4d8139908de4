"""Writes a drawing as DWG: DXF handed to ACadSharp's writer, which knows R14 to 2018 but not R2007.

What it loses is not to be expected in these files: values of attributes (title blocks are cells here), and of the editing time all but
whole days. In R14 it breaks the chain of entities, so that its own reader sees one of them and another reader all but a dimension's
block: a fixture of two readers that disagree. It takes the Julian day to begin at noon, so moments are handed to it half a day late; a DWG from R2000 on keeps them in UTC.
"""

import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from acadsharp import native

from tests.drawings.sheets import Sheet
from tests.drawings.writing import Form, dxf

VERSIONS = {"R14": "AC1014", "R2000": "AC1015", "R2004": "AC1018", "R2010": "AC1024", "R2013": "AC1027", "R2018": "AC1032"}
_NOON = timedelta(hours=12)


@cache
def _runtime() -> native.NativeRuntime:
    return native.load()


def dwg(sheet: Sheet, form: Form | None = None) -> bytes:
    """Return the sheet as the bytes of a DWG file of `form.version`, the same every time."""
    form = form or Form()
    late = timedelta() if form.version == "R14" else -timedelta(hours=8)
    past = replace(form.past, created_at=form.past.created_at + _NOON + late, updated_at=form.past.updated_at + _NOON + late)
    return converted(dxf(sheet, replace(form, version="R2018", binary=False, codepage="ANSI_936", past=past)), form.version)


def converted(data: bytes, version: str) -> bytes:
    """Return a DXF's bytes as DWG."""
    runtime = _runtime()
    with tempfile.TemporaryDirectory(prefix="relocation-dwg-") as folder:
        source, target = Path(folder) / "drawing.dxf", Path(folder) / "drawing.dwg"
        source.write_bytes(data)
        document = runtime.read(source)
        header, summary = document.Header, document.SummaryInfo
        header.Version = runtime.type("ACadSharp.ACadVersion").get(VERSIONS[version])
        summary.CreatedDate, summary.ModifiedDate, summary.LastSavedBy = header.CreateDateTime, header.UpdateDateTime, header.LastSavedBy
        runtime.write(document, target)
        return target.read_bytes()
