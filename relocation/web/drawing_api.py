"""Drawings for programs, under /api/v1: two files compared and nothing kept, and what is on record of drawings, pairs and unit types."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from relocation.service import findings, registers
from relocation.service.drawings import deciding, kept, lists, pairing
from relocation.service.drawings.facts import Row
from relocation.service.drawings.rows import rows_of
from relocation.service.lawbook import instruments
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.gate import count_file
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.openapi import asks, sends
from relocation.web.security import csrf
from relocation.web.showing import office, store

pages = Blueprint("drawing_api", __name__, url_prefix="/api/v1")

REFERENCES_MOST = 20


csrf.exempt(pages)  # a program has no form to take a token from; nothing is kept, and pages of other origins are turned away


@pages.post("/compare")
@needs(Right.DRAW)
@sends("design", "construction", "xref", "county", "site", "approved_on", "persons", "institute")
def compare() -> ResponseReturnValue:
    """Compare two files (form fields design and construction) and give the JSON of `relocation compare`; nothing is kept."""
    county = request.form.get("county", "").strip()[: asked.TEXT_LIMIT] or None
    if county and not re.fullmatch(r"\d{6}", county):
        raise BadParameter(_("县代码“%(value)s”不是六位数字。") % {"value": county}, _("请用六位行政区划代码，例如 411522。"))
    persons = dict(_persons(one) for one in request.form.getlist("persons"))
    with _received("design", "construction") as (design, construction, *references):
        report = pairing.compare_files(
            store(),
            design,
            construction,
            as_of=office().today,
            county=county,
            site=request.form.get("site", "").strip()[: asked.TEXT_LIMIT],
            approved_on=asked.posted_day("approved_on"),
            persons=persons,
            institute=request.form.get("institute", "").strip()[: asked.TEXT_LIMIT],
            references=references,
        )
    return jsonify(report.json(lang()))


@pages.get("/drawings")
@needs(Right.READ)
@asks("county", "site")
def drawings() -> ResponseReturnValue:
    """List the drawings on record."""
    return jsonify({"drawings": _listed(DRAWING)})


@pages.get("/drawings/<code>")
@needs(Right.READ)
def drawing(code: str) -> ResponseReturnValue:
    """Give one drawing with its findings and what was set right on it."""
    row = kept.drawing_record(store(), code)
    versions = deciding.corrections(store(), code)
    said = [{"number": one.number, "said": one.said, "reason": one.reason, "at": one.made_at.isoformat()} for one in versions]
    return jsonify({**_row(row), "corrections": said, "findings": _found("drawing", row)})


@pages.get("/drawing-pairs")
@needs(Right.READ)
@asks("county", "site")
def pairs() -> ResponseReturnValue:
    """List the pairs of drawings on record."""
    return jsonify({"pairs": _listed(DRAWING_PAIR)})


@pages.get("/drawing-pairs/<code>")
@needs(Right.READ)
def pair(code: str) -> ResponseReturnValue:
    """Give one pair compared and judged as everything stands now, with its findings."""
    row = kept.pair_record(store(), code)
    report = deciding.pair_report(store(), code, as_of=registers.as_of_default(store(), office().today))
    return jsonify({**_row(row), "findings": _found("drawing_pair", row), "comparison": report.json(lang())})


@pages.get("/unit-types")
@needs(Right.READ)
@asks("county", "site")
def unit_types() -> ResponseReturnValue:
    """List the unit types on record, with what ledger and drawings say of each."""
    return jsonify({"unit_types": _listed(UNIT_TYPE)})


@pages.get("/unit-types/<path:code>")
@needs(Right.READ)
@asks("county")
def unit_type(code: str) -> ResponseReturnValue:
    """Give one unit type with its findings."""
    row = lists.unit_type(store(), code, asked.filters("county").get("county"))
    return jsonify({**_row(row), "findings": _found("unit_type", row)})


@contextmanager
def _received(*names: str) -> Iterator[list[Path]]:
    """Lay the files of a request down for as long as they are looked at, under the names they came with; more may come as `xref`."""
    files = [request.files.get(name) for name in names]
    missing = [name for name, file in zip(names, files, strict=True) if file is None or not file.filename]
    if missing:
        raise BadParameter(_("没有收到图纸“%(names)s”。") % {"names": ", ".join(missing)}, _("请用表单字段 design 和 construction 各上传一个文件。"))
    more = [file for file in request.files.getlist("xref") if file.filename][:REFERENCES_MOST]
    with TemporaryDirectory(prefix="relocation-") as folder:
        yield [_laid_down(Path(folder), number, file) for number, file in enumerate([*files, *more]) if file is not None]


def _laid_down(folder: Path, number: int, file: FileStorage) -> Path:
    name = re.sub(r"[\x00-\x1f/\\]", "", (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1])[-100:].lstrip(".") or "drawing"
    count_file()
    path = folder / str(number) / name
    path.parent.mkdir()
    file.save(path)
    return path


def _persons(text: str) -> tuple[str, int]:
    label, _sign, number = text.rpartition("=")
    if not label.strip() or not re.fullmatch(r"[0-9]{1,2}", number.strip()) or not int(number):
        raise BadParameter(_("人数“%(value)s”不能用。") % {"value": text[:40]}, _("请写成 户型=人数，例如 A户型=3。"))
    return label.strip()[: asked.TEXT_LIMIT], int(number)


def _listed(kind: Any) -> list[dict[str, Any]]:
    wanted = asked.filters("county", "site")
    rows = rows_of(store(), kind, wanted.get("county"))
    return [_row(row) for row in rows if "site" not in wanted or row["site_code"] == wanted["site"]]


def _row(row: Row) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _found(kind: str, row: Row) -> list[dict[str, Any]]:
    page = findings.findings(store(), kind=kind, subject=str(row["code"]), county=str(row["county"]))
    return [findings.finding_json(one, lang(), instruments(store())) for one in page.findings]
