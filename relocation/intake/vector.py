"""Vector files (GeoJSON, GeoPackage, zipped Shapefile, KML, KMZ) to ledgers and layers.

GDAL never sees the user's path or the user's names: the bytes are copied into a folder of our own under a name of our own, so
nothing that lies beside the file, and nothing a zip entry is called, can be opened in its stead.
"""

import codecs
import contextlib
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from relocation.intake.assemble import Told
from relocation.intake.database_guard import check_database
from relocation.intake.dbf import settle_encoding
from relocation.intake.drivers import assert_drivers
from relocation.intake.geometry import Shapes
from relocation.intake.guard import Guard, tempered_copy
from relocation.intake.headings import Heading, Recogniser, placed
from relocation.intake.layers import LAYER
from relocation.intake.ledger import LayerFile, Ledger
from relocation.intake.refusal import Note, Unusable
from relocation.intake.sheet import Row, Sheet
from relocation.intake.values import is_blank, text_of

FEATURES, FIELDS = 300_000, 256
_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_HEAD = 64 * 1024
_PLAIN = ("EPSG:4326", "OGC:CRS84", "EPSG:4979", "OGC:CRS84h")  # what GDAL says of GeoJSON that names no system; the last two with heights
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """One layer as GDAL gives it: attribute rows below their names, geometry as WKB, the file's own coordinate system."""

    name: str
    labels: list[str]
    rows: list[Row]
    wkb: Any
    crs: str | None
    said: Mapping[str, str]  # source, dated, licence of the file as a whole
    notes: tuple[Note, ...] = ()


def read_vector(path: Path, suffix: str, guard: Guard, told: Told, as_kind: str | None, progress: Progress | None) -> list[Ledger | LayerFile]:
    """Read every layer of a vector file; raises Unusable when nothing in it has geometry."""
    from relocation.intake.reading import kinds_for

    kinds_for(as_kind, guard.refuse)
    assert_drivers()
    with tempfile.TemporaryDirectory(prefix="relocation-") as folder:
        layers = [layer for copy in _copies(path, suffix, guard, Path(folder)) for layer in _open(copy, suffix, guard)]
    if suffix in (".kml", ".kmz") and len(layers) > 1:
        layers = [_stacked(layers)]
    if not layers:
        raise guard.refuse("no-geometry")
    return [_recognise(layer, suffix, guard, told, as_kind, progress) for layer in layers]


def _copies(path: Path, suffix: str, guard: Guard, folder: Path) -> list[Path]:
    """Copy what GDAL may open into `folder` under names of ours."""
    if suffix == ".zip":
        return _shapefiles(guard, folder)
    if suffix == ".kmz":
        entries = [entry for entry in guard.archive() if entry.filename.lower().endswith(".kml")]
        if not entries:
            raise guard.refuse("kmz-without-kml")
        with (folder / "layer.kml").open("wb") as out:
            tempered_copy(guard, entries[0], out, [guard.limits.unpacked_bytes])
        return [folder / "layer.kml"]
    copy = folder / f"layer{'.geojson' if suffix == '.json' else suffix}"
    shutil.copyfile(path, copy)
    return [copy]


def _shapefiles(guard: Guard, folder: Path) -> list[Path]:
    parts: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for entry in guard.archive():
        stem, dot, suffix = entry.filename.lower().rpartition(".")
        if f"{dot}{suffix}" in _SHAPEFILE and not stem.rpartition("/")[2].startswith("._"):
            parts.setdefault(stem, {})[f".{suffix}"] = entry
    found = {stem: files for stem, files in sorted(parts.items()) if ".shp" in files}
    if not found:
        raise guard.refuse("zip-without-shapefile")
    budget, copies = [guard.limits.unpacked_bytes], []
    for number, files in enumerate(found.values(), 1):
        if lacking := [suffix for suffix in (".shx", ".dbf") if suffix not in files]:
            raise guard.refuse("shapefile-incomplete", lacking="、".join(lacking))
        for suffix, entry in files.items():
            with (folder / f"{number:04}{suffix}").open("wb") as out:
                tempered_copy(guard, entry, out, budget)
        copies.append(folder / f"{number:04}.shp")
    return copies


def _open(copy: Path, suffix: str, guard: Guard) -> Iterator[Opened]:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    if suffix == ".gpkg":
        with copy.open("rb") as file:
            if file.read(72)[68:] not in (b"GPKG", b"GP10", b"GP11"):
                raise guard.refuse("suffix-differs", suffix=suffix, content="sqlite")
        check_database(copy, guard)
    try:
        for name, shape in pyogrio.list_layers(copy):
            if shape is None:
                continue
            encoding = _table_encoding(copy) if suffix == ".zip" else None  # before GDAL looks at the names
            info = pyogrio.read_info(copy, layer=name, encoding=encoding, force_feature_count=True)
            if info["features"] > FEATURES:
                raise guard.refuse("too-many-rows", rows=int(info["features"]), limit=FEATURES)
            if len(info["fields"]) > FIELDS:
                raise guard.refuse("too-many-columns", columns=len(info["fields"]), limit=FIELDS)
            yield _read(copy, str(name), suffix, guard)
    except (DataSourceError, DataLayerError, UnicodeDecodeError, RuntimeError, ValueError):
        raise guard.refuse("vector-unreadable", suffix=suffix) from None


def _read(copy: Path, name: str, suffix: str, guard: Guard) -> Opened:
    from pyogrio import raw

    notes: tuple[Note, ...] = ()
    encoding = _table_encoding(copy) if suffix == ".zip" else None
    if encoding and not (copy.with_suffix(".cpg").exists() and _told(copy) in _UTF_8):
        notes = (Note("encoding-taken", guard.file, facts={"encoding": "GBK" if encoding == "GB18030" else encoding}),)
    meta, _, wkb, columns = raw.read(copy, layer=name, encoding=encoding)
    labels = [str(label) for label in meta["fields"]]
    cells = [_cells(column) for column in columns]
    count = len(wkb) if wkb is not None else len(columns[0]) if columns else 0
    wkb = wkb if wkb is not None else np.full(count, None, object)  # a layer that announces geometry and has no such column
    rows: list[Row] = [list(labels), *(list(row) for row in zip(*cells, strict=True))] if cells else [[], *([[]] * count)]
    crs = meta["crs"]
    head = _head(copy) if copy.suffix == ".geojson" else ""
    if copy.suffix == ".geojson":
        crs = _named_system(head) if crs in _PLAIN or crs is None else crs
    layer = "" if suffix in (".geojson", ".json", ".kml", ".kmz", ".zip") else name
    return Opened(layer, labels, rows, wkb, crs, _metadata(head), notes)


def _named_system(head: str) -> str | None:
    """Return the system a GeoJSON file names, None when it names none; GDAL takes one it does not know for WGS-84."""
    if not re.search(r'"crs"\s*:\s*\{', head):
        return None
    found = re.search(r'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]+)"', head)
    return found[1] if found else "?"


def _table_encoding(copy: Path) -> str | None:
    """Return the encoding to read a Shapefile's attributes in; None leaves it to what its .cpg says, if that is an encoding."""
    if copy.with_suffix(".cpg").exists() and (told := _told(copy)) not in _UTF_8:
        for name in (told, f"cp{told}", told.replace("ANSI ", "cp").replace("OEM ", "cp")):
            with contextlib.suppress(LookupError, ValueError):
                codecs.lookup(name)
                return None
    return settle_encoding(copy.with_suffix(".dbf"))


_UTF_8 = ("UTF-8", "UTF8", "65001")


def _told(copy: Path) -> str:
    return copy.with_suffix(".cpg").read_bytes()[:64].decode("ascii", "replace").strip().upper()


def _cells(column: Any) -> list[Any]:
    if column.dtype.kind == "M":
        return ["" if cell is None else cell for cell in column.astype("datetime64[s]").astype(object).tolist()]
    if column.dtype.kind == "f":
        return ["" if cell != cell else cell for cell in column.astype(np.float64).tolist()]
    if column.dtype.kind in "iu":
        return [str(cell) if abs(cell) >= 10**15 else float(cell) for cell in column.tolist()]
    if column.dtype.kind == "b":
        return list(column.tolist())
    return ["" if cell is None else cell if isinstance(cell, (str, float, bool)) else str(cell) for cell in column.tolist()]


def _head(copy: Path) -> str:
    """Return the beginning and the end of a GeoJSON file, where its members stand that are no features."""
    content = copy.read_bytes()
    return (content[:_HEAD] + b"\n" + content[_HEAD:][-_HEAD:]).decode("utf-8", "replace")


def _metadata(head: str) -> dict[str, str]:
    """Return what a "metadata" member says of source, date and licence."""
    found = re.search(r'"metadata"\s*:\s*(?=\{)', head)
    if found is None:
        return {}
    try:
        members, _ = json.JSONDecoder().raw_decode(head, found.end())
    except ValueError:
        return {}
    wanted = {"source": "source", "dated": "date", "licence": "licence"}
    return {name: str(members[key]) for name, key in wanted.items() if members.get(key)}


def _stacked(layers: list[Opened]) -> Opened:
    """Put the folders of a KML file under one another."""
    labels = list(dict.fromkeys(label for layer in layers for label in layer.labels))
    rows: list[Row] = [list(labels)]
    for layer in layers:
        at = {label: place for place, label in enumerate(layer.labels)}
        rows += [[row[at[label]] if label in at else "" for label in labels] for row in layer.rows[1:]]
    return Opened("", labels, rows, np.concatenate([layer.wkb for layer in layers]), layers[0].crs, {}, layers[0].notes)


def _recognise(opened: Opened, suffix: str, guard: Guard, told: Told, as_kind: str | None, progress: Progress | None) -> Ledger | LayerFile:
    from relocation.intake.reading import kinds_for, read_recognised

    sheet = Sheet(opened.name, len(opened.rows), iter(()), "vector", labels=opened.labels)
    kinds = kinds_for(as_kind, guard.refuse)
    heading = Recogniser([kind for kind in kinds if placed(kind)] if as_kind is None else kinds).find(opened.rows[:1], [], 0)
    if heading is None and as_kind is None:
        heading = Recogniser([LAYER], ()).find(opened.rows[:1], [], 0) or _nameless(opened)
    elif heading is None and as_kind and as_kind.startswith("layer:"):
        heading = _nameless(opened)
    if heading is None:
        raise _unlike(guard, opened, as_kind)
    shapes = Shapes(opened, suffix, guard, told) if placed(heading.kind) else None
    return read_recognised(sheet, heading, opened.rows, told, as_kind, progress, shapes)


def _nameless(opened: Opened) -> Heading | None:
    """Return a heading for a layer known by a name alone; None when there is not even that."""
    found = Recogniser([LAYER], ())
    padded = found.find([[*opened.rows[0], "来源"]], [], 0) if opened.rows[0] else None
    if padded is None:
        return None
    fields = tuple(one for one in padded.fields if one.at < len(opened.rows[0]))
    return Heading(padded.kind, padded.first, padded.last, fields, padded.unknown, padded.serial, padded.score)


def _unlike(guard: Guard, opened: Opened, as_kind: str | None) -> Unusable:
    seen = "、".join(text_of(label) for label in opened.labels if not is_blank(label))[:120] or "—"
    return guard.refuse("not-that-kind", kind=as_kind, seen=seen) if as_kind else guard.refuse("layer-without-names", seen=seen)
