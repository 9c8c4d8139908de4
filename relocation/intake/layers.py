"""Layers of facilities and zones, from sheets with positions and from vector files."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from checks.records import Column, Kind, RecordKind
from checks.vocabulary import LAYERS
from relocation.intake.assemble import Assembly, Told, in_order
from relocation.intake.headings import LAYER_NAME, Heading
from relocation.intake.ledger import LayerFile
from relocation.intake.refusal import Words
from relocation.intake.rows import Typed
from relocation.intake.sheet import Sheet

LAYER = RecordKind(
    "layer",
    "layers",
    "图层",
    "layer",
    (
        LAYER_NAME,
        Column("adcode", Kind.TEXT, "县代码", "County code", also=("行政区划代码", "县(市、区)代码", "区县代码", "县区划代码", "county_code")),
        Column("lon", Kind.NUMBER, "经度", "Longitude", "deg", also=("东经", "longitude", "lng")),
        Column("lat", Kind.NUMBER, "纬度", "Latitude", "deg", also=("北纬", "latitude")),
        Column("declared_crs", Kind.TEXT, "坐标系", "Coordinate system", also=("坐标系统", "坐标类型", "crs")),
        Column("declared_position", Kind.TEXT, "原始坐标", "Position as recorded", asked=False),
        Column("uncertainty_m", Kind.NUMBER, "位置误差(米)", "Position uncertainty", "m", also=("定位误差", "定位精度", "坐标误差", "坐标精度")),
        Column("source", Kind.TEXT, "来源", "Source", also=("数据来源", "资料来源")),
        Column("dated", Kind.TEXT, "数据日期", "Date of the data", also=("date", "日期", "更新日期", "数据时间")),
        Column("licence", Kind.TEXT, "许可", "Licence", also=("license",)),
    ),
)

KNOWN = Words("、".join(LAYERS), ", ".join(LAYERS))
"""The layers the checks look at, as a list in a sentence."""

_BY_NAME = {
    "县城": "county_seats", "县政府": "county_seats", "乡镇": "townships", "集镇": "townships", "产业园区": "industrial_parks", "园区": "industrial_parks",
    "景区": "scenic_areas", "功能区": "functional_zones", "县界": "county_boundaries", "河流": "rivers", "水系": "rivers",
}  # fmt: skip


def layer_id(as_kind: str, file: str) -> str:
    """Return the id a layer is kept under: what the user said, or what the file's name says."""
    if as_kind.startswith("layer:"):
        return as_kind.removeprefix("layer:").strip()
    stem = Path(file).stem
    named = next((known for word, known in _BY_NAME.items() if word in stem), None)
    return named or re.sub(r"[\s\-]+", "_", stem).lower()


def layer_file(sheet: Sheet, heading: Heading, typed: Typed, told: Told, as_kind: str, shapes: Any) -> LayerFile:
    """Return the layer of a recognised sheet; `shapes` (vector files) already hold WGS-84 geometry, row by row."""
    from geo.layer import Layer

    one = Assembly(sheet, heading, typed, Told(told.file, None, told.crs))
    declared = shapes.crs if shapes is not None else one.positions()
    if shapes is not None:
        shapes.attach(one)
        found = one.columns.pop("shape")
    else:
        found = _points(one)
    keep = np.ones(one.rows, np.bool_)
    keep[sorted(typed.refused)] = False
    told_once = {name: _once(one, name) for name in ("source", "dated", "licence")}
    if shapes is not None:
        told_once = {name: text or shapes.said.get(name, "") for name, text in told_once.items()}
    nan = np.full(one.rows, np.nan)
    layer = Layer(
        layer_id(as_kind, told.file), tuple(one.columns["name"][keep]), found[keep], _texts(one, "adcode")[keep],
        one.columns.get("uncertainty_m", nan)[keep], declared, told_once["source"] or told.file, told_once["dated"], told_once["licence"],
        {name: values[keep] for name, values in typed.others.items()},
    )  # fmt: skip
    if layer.id not in LAYERS:
        one.note("layer-own", layer=layer.id, known=KNOWN)
    return LayerFile(layer, told.file, sheet.name, typed.numbers[keep], one.rows, in_order(typed.refusals), tuple(typed.notes))


def _points(one: Assembly) -> Any:
    empty = np.full(one.rows, None, object)
    if "lon" not in one.columns:
        return empty
    lon, lat = one.columns["lon"], one.columns["lat"]
    known = ~np.isnan(lon)
    empty[known] = shapely.points(lon[known], lat[known])
    return empty


def _texts(one: Assembly, name: str) -> Any:
    return one.columns.get(name, np.full(one.rows, "", object))


def _once(one: Assembly, name: str) -> str:
    """Return the distinct texts of a column, joined: a layer has one source line."""
    return "; ".join(sorted({text for text in _texts(one, name) if text}))
