"""Makes the files the intake tests read: workbooks written by another library, zips, vector files."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from relocation.intake import LayerFile, Ledger, Refusal, Unusable
from relocation.intake.reading import read_file as read_all

SITE_HEADINGS = ["安置点编码", "安置点名称", "乡镇"]
CODED = ["安置点编码", "安置点名称"]
HOME_HEADINGS = ["户编号", "户主姓名", "乡镇", "行政村"]


def workbook(path: Path, rows: Sequence[Sequence[Any]], *, merges: Sequence[tuple[int, int, int, int, Any]] = (), sheet: str = "台账", **options: Any) -> Path:
    """Write rows to an .xlsx; None leaves a cell out, a tuple ("day", n) is a day number in date format."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, **options})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, tuple):
                page.write_number(at, place, cell[1], day)
            elif cell is not None and cell != "":
                page.write(at, place, cell)
    for top, left, bottom, right, text in merges:
        page.merge_range(top, left, bottom, right, text)
    book.close()
    return path


def sites(folder: Path, headings: Sequence[str], *rows: Sequence[Any], name: str = "安置点.xlsx", **told: Any) -> Ledger:
    """Read a workbook of sites A1, A2, … with further columns."""
    lines = [[f"A{at}", f"点{at}", "文殊乡", *row] for at, row in enumerate(rows, 1)]
    return ledger(workbook(folder / name, [[*SITE_HEADINGS, *headings], *lines]), **told)


def homes(folder: Path, headings: Sequence[str], *rows: Sequence[Any], name: str = "搬迁户.xlsx", **told: Any) -> Ledger:
    """Read a workbook of households H1, H2, … with further columns."""
    lines = [[f"H{at:03}", f"户{at}", "文殊乡", "陈岗村", *row] for at, row in enumerate(rows, 1)]
    return ledger(workbook(folder / name, [[*HOME_HEADINGS, *headings], *lines]), **told)


def ledger(path: Path, **told: Any) -> Ledger:
    """Read the first ledger of a file."""
    found = read_all(path, **told)[0]
    assert isinstance(found, Ledger)
    return found


def layer(path: Path, **told: Any) -> LayerFile:
    """Read the first layer of a file."""
    found = read_all(path, **told)[0]
    assert isinstance(found, LayerFile)
    return found


def refusals(path: Path, **told: Any) -> list[Refusal]:
    """Return all refusals of a file, whether of rows or of the whole file."""
    try:
        return [refusal for one in read_all(path, **told) for refusal in one.refusals]
    except Unusable as unusable:
        return [unusable.refusal]


def zipped(path: Path, members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip with those members."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def bare_workbook(path: Path, sheet: bytes, *, shared: bytes = b"", head: bytes = b"", more: Mapping[str, bytes] = {}) -> Path:
    """Write the least that is a workbook, with hand-made sheet XML."""
    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    book.add_worksheet().write(0, 0, "x")
    book.close()
    with zipfile.ZipFile(plain) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xmlns = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    members["xl/worksheets/sheet1.xml"] = (
        b'<?xml version="1.0" encoding="UTF-8"?>' + head + b"<worksheet " + xmlns + b"><sheetData>" + sheet + b"</sheetData></worksheet>"
    )
    if shared:
        members["xl/sharedStrings.xml"] = b'<?xml version="1.0" encoding="UTF-8"?><sst ' + xmlns + b">" + shared + b"</sst>"
    return zipped(path, {**members, **more})


def geojson(path: Path, features: Sequence[tuple[Any, Mapping[str, Any]]], **members: Any) -> Path:
    """Write a GeoJSON file of (geometry, properties)."""
    import json

    listed = [{"type": "Feature", "geometry": geometry, "properties": dict(properties)} for geometry, properties in features]
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": listed}, ensure_ascii=False), "utf-8")
    return path


def point(x: float, y: float) -> dict[str, Any]:
    """Return a GeoJSON point."""
    return {"type": "Point", "coordinates": [x, y]}
