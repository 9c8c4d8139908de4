"""Findings written to a file: JSON, CSV, Excel, GeoJSON. Same findings, same bytes."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from checks.finding import Finding
from checks.instruments import Instruments
from checks.sentence import standing_words
from checks.vocabulary import UNITS
from relocation.service.anchoring import anchor_line
from relocation.service.findings import counts, finding_json, law_json, sentence, wanted_findings
from relocation.service.judging import known
from relocation.service.lawbook import instruments
from relocation.service.outside import every_outside
from relocation.service.showing import kind_word
from relocation.store import queries
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

FORMATS = ("json", "csv", "xlsx", "geojson")
HEADINGS = {
    "zh": ("核查项", "对象", "编码", "名称", "县代码", "乡镇", "结果", "实测", "限值", "单位", "依据", "效力", "说明"),
    "en": ("Check", "Kind", "Code", "Name", "County", "Township", "Outcome", "Measured", "Limit", "Unit", "Law", "Standing", "Sentence"),
}
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "'")
DECIMALS = 6
"""A table for people to read: of metres, square metres and shares a millionth is noise of the arithmetic."""
_SHEET_ROWS = 1_048_575


def export(store: Store, form: str, out: Path, lang: str, **filters: Any) -> int:
    """Write the findings that fit the filters of `findings.findings` and return how many there were.

    The file appears whole or not at all. Trouble when it cannot be written.
    """
    wanted = wanted_findings(**filters)
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            written = write(store, form, file, lang, wanted)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble("out-unwritable", path=out, why=error.strerror or type(error).__name__) from error
    return written


def exported(store: Store, form: str, lang: str, **filters: Any) -> bytes:
    """Return the findings that fit the filters as the bytes of a file."""
    made = io.BytesIO()
    write(store, form, made, lang, wanted_findings(**filters))
    return made.getvalue()


def write(store: Store, form: str, file: BinaryIO, lang: str, wanted: queries.FindingFilter) -> int:
    """Write findings to an open file and return how many there were."""
    writers: dict[str, Callable[[Store, BinaryIO, str, Iterator[Finding]], int]] = {"json": _json, "csv": _csv, "xlsx": _xlsx, "geojson": _geojson}
    with store.reading() as connection:
        return writers[form](store, file, lang, chain(queries.every_finding(connection, wanted), every_outside(store, wanted)))


def _json(store: Store, file: BinaryIO, lang: str, found: Iterator[Finding]) -> int:
    run, register = counts(store), instruments(store)
    head = {"as_of": run.as_of.isoformat() if run.as_of else None, "counts": run.counts}
    file.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "findings": [')
    written = 0
    for written, finding in enumerate(found, 1):
        file.write((b",\n" if written > 1 else b"\n") + json.dumps(finding_json(finding, lang, register), ensure_ascii=False).encode())
    file.write(b"\n]}\n")
    return written


def _row(finding: Finding, lang: str, register: Instruments) -> list[str | float | None]:
    law = law_json(finding.law, lang, register)
    outcome = finding.outcome.zh if lang == "zh" else finding.outcome.en
    return [
        known(finding.check).title(lang), kind_word(finding.subject_kind, lang), finding.subject, finding.name, finding.county,
        finding.township, outcome, finding.measured, finding.limit, UNITS.get(finding.unit, {}).get(lang, finding.unit),
        f"{law['instrument']} {law['clause']}".strip() if law else "", standing_words(finding.law.standing, lang) if finding.law else "", sentence(finding, lang, register),
    ]  # fmt: skip


def _csv(store: Store, file: BinaryIO, lang: str, found: Iterator[Finding]) -> int:
    """Write UTF-8 with a byte-order mark, which Excel needs to read Chinese, and no cell that Excel would run."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(HEADINGS[lang])
    register = instruments(store)
    written = 0
    for finding in found:
        written += 1
        table.writerow(
            [harmless(cell) if isinstance(cell, str) else "" if cell is None else repr(round(cell, DECIMALS)) for cell in _row(finding, lang, register)]
        )
    text.detach()
    return written


def harmless(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before a risky first character, taken off again on import.

    A text that itself begins with an apostrophe gets one more, so that taking one off always gives the text back.
    """
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _xlsx(store: Store, file: BinaryIO, lang: str, found: Iterator[Finding]) -> int:
    import xlsxwriter  # late: only who exports to Excel waits for it

    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2016, 9, 22)})  # noqa: DTZ001 - a fixed day: same findings, same bytes
    sheet = book.add_worksheet("核查结果" if lang == "zh" else "Findings")
    bold, wrapped = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if line := anchor_line(store):  # whoever keeps the print can prove later that the log still holds what was done till then
        sheet.set_footer(f"&L&7{'日志链头' if lang == 'zh' else 'Log'} {line}&R&P / &N")
    for column, width in enumerate((16, 8, 14, 18, 9, 12, 9, 11, 11, 11, 34, 10, 80)):
        sheet.set_column(column, column, width, wrapped)
    for column, title in enumerate(HEADINGS[lang]):
        sheet.write_string(0, column, title, bold)
    register = instruments(store)
    written = 0
    for written, finding in enumerate(found, 1):
        if written > _SHEET_ROWS:
            break
        for column, cell in enumerate(_row(finding, lang, register)):
            if isinstance(cell, str):
                sheet.write_string(written, column, cell, wrapped)
            elif cell is not None:
                sheet.write_number(written, column, cell, wrapped)
    sheet.autofilter(0, 0, written, len(HEADINGS[lang]) - 1)
    book.close()
    return written


def _geojson(store: Store, file: BinaryIO, lang: str, found: Iterator[Finding]) -> int:
    """Write a point a finding; one without a position has a null geometry, as the format provides."""
    import geopandas  # late: it takes a second to import, and only who exports to a map program waits for it
    import numpy as np
    import shapely

    with store.reading() as connection:
        positions = queries.positions(connection)
    register = instruments(store)
    rows, places = [], []
    for finding in found:
        at = positions.get((finding.subject_kind, finding.county, finding.subject))
        rows.append(finding_json(finding, lang, register))
        places.append(shapely.Point(at) if at else None)
    frame = geopandas.GeoDataFrame(
        {name: [row[name] for row in rows] for name in rows[0]} if rows else {}, geometry=np.array(places, dtype=object), crs="EPSG:4326"
    )
    file.write(frame.to_json(ensure_ascii=False, drop_id=True).encode() + b"\n")
    return len(rows)
