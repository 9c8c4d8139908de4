"""The layers and documents shipped with the program: read from its own `data/`, kept in every office's store."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml
from shapely.geometry.base import BaseGeometry

from checks.instruments import Instrument, read_instruments
from geo.layer import Layer
from relocation.resources import folder
from relocation.store import files, layers
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return the shipped register of documents; what counties register themselves is added by `lawbook.instruments`."""
    return read_instruments(folder("data") / "instruments" / "instruments.yaml")


@cache
def described() -> Mapping[str, Mapping[str, Any]]:
    """Return the shipped layers' own description: layer id → title, source, how exact, in both languages."""
    path = shipped_file("reference", "layers.yaml")
    return {one["id"]: one for one in yaml.safe_load(path.read_text("utf-8"))["layers"]}


def keep_reference(store: Store) -> None:
    """Bring the stored reference layers up to the shipped ones; nothing is written when they are the same already."""
    shipped = {id: shipped_hash(about) for id, about in described().items()}
    with store.reading() as connection:
        known = layers.hashes(connection)
    if all(known.get((id, layers.REFERENCE)) == sha256 for id, sha256 in shipped.items()):
        return
    with store.writing() as connection:
        for id, about in described().items():
            if known.get((id, layers.REFERENCE)) == shipped[id]:
                continue
            layer = shipped_layer("reference", about)
            layers.keep_layer(connection, layer, layers.REFERENCE, shipped[id])
            if id == "county_boundaries":
                for name, code in zip(layer.names, layer.counties, strict=True):
                    files.name_county(connection, str(code), name)
        files.advance(connection, "layers")


def shipped_hash(about: Mapping[str, Any]) -> str:
    """Return the hash over a shipped layer and what is said of it."""
    return hashlib.sha256(shipped_file("reference", about["file"]).read_bytes() + repr(about).encode()).hexdigest()


def shipped_file(part: str, name: str) -> Path:
    """Return the path of a shipped file under `data/`; Trouble when the installation lacks it."""
    path = folder("data") / part / name
    if not path.is_file():
        raise Trouble("data-missing", what=f"{part}/{name}")
    return path


def shipped_layer(part: str, about: Mapping[str, Any]) -> Layer:
    """Read one shipped file. It is our own GeoJSON, so the drivers that open other people's files are not needed."""
    features = json.loads(shipped_file(part, about["file"]).read_text("utf-8"))["features"]
    said = [feature["properties"] for feature in features]
    fields = about["fields"]
    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [None if feature["geometry"] is None else shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    own = [one.get(fields.get("uncertainty_m")) for one in said]
    general = float(about["uncertainty_m"])
    return Layer(
        id=str(about["id"]),
        names=tuple(str(one.get(fields["name"]) or "") for one in said),
        shapes=shapes,
        counties=np.array([str(one.get(fields.get("county")) or "") for one in said], dtype=object),
        uncertainty_m=np.array([general if value is None else float(value) for value in own], dtype=np.float64),
        declared_crs=str(about["crs"]),
        source=str(about["attribution"] or about["source"]["zh"]),
        dated=str(about["dated"]),
        licence=str(about["licence"]),
        attributes={name: _column([one.get(name) for one in said]) for name in dict.fromkeys(name for one in said for name in one)},
    )


def _column(values: list[Any]) -> np.ndarray[Any, Any]:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def around(store: Store) -> Mapping[str, Layer]:
    """Return the layers the checks look at, with their trees kept from one call to the next."""
    with store.reading() as connection:
        revision = files.revision(connection, "layers")
        if store.kept.get("layers-revision") != revision:
            store.kept["layers"] = layers.read_layers(connection)
            store.kept["layers-revision"] = revision
    kept: Mapping[str, Layer] = store.kept["layers"]
    return kept


def boundary(store: Store, county: str | None) -> BaseGeometry | None:
    """Return a county's outline, or that of all known counties together; None where none is known."""
    outlines = around(store).get("county_boundaries")
    if outlines is None:
        return None
    mine = ~outlines.unplaced & ((outlines.counties == county) if county else True)
    joined: BaseGeometry | None = shapely.union_all(outlines.shapes[mine]) if mine.any() else None
    return joined
