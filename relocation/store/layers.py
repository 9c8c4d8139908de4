"""Layers kept and given back as `Layer`: the shipped reference, and what counties bring in its place."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, delete, insert, select

from geo.layer import Layer
from relocation.store import digests
from relocation.store.bulk import insert_rows
from relocation.store.frames import shapes
from relocation.store.tables import layer, layer_feature

REFERENCE = ""
"""The county of a layer that serves every county."""
_FEATURE = ("layer_id", "name", "county", "uncertainty_m", "shape", "attributes")


def keep_layer(connection: Connection, kept: Layer, county: str, sha256: str) -> None:
    """Store a layer in place of the one of the same id and county."""
    connection.execute(delete(layer).where(layer.c.layer == kept.id, layer.c.county == county))
    about = {"declared_crs": kept.declared_crs, "source": kept.source, "dated": kept.dated, "licence": kept.licence}
    added = insert(layer).values(layer=kept.id, county=county, sha256=sha256, **about).returning(layer.c.id)
    layer_id = int(connection.execute(added).scalar_one())
    insert_rows(connection, layer_feature, _FEATURE, _features(layer_id, kept, county))


def _features(layer_id: int, kept: Layer, county: str) -> list[tuple[Any, ...]]:
    uncertain = [None if np.isnan(value) else float(value) for value in kept.uncertainty_m]
    wkb = [None if lost else shapely.to_wkb(shape) for shape, lost in zip(kept.shapes, kept.unplaced, strict=True)]
    said = [json.dumps({name: _plain(column[i]) for name, column in kept.attributes.items()}, ensure_ascii=False, sort_keys=True) for i in range(len(kept))]
    places = [str(place or county) for place in kept.counties]
    return list(zip([layer_id] * len(kept), kept.names, places, uncertain, wkb, said, strict=True))


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def holds(connection: Connection, shipped: Layer, county: str) -> bool:
    """Tell whether a stored layer is this one, feature by feature."""
    head = connection.execute(select(layer).where(layer.c.layer == shipped.id, layer.c.county == county)).mappings().first()
    if head is None:
        return False
    wanted = select(*(layer_feature.c[name] for name in _FEATURE)).where(layer_feature.c.layer_id == head["id"]).order_by(layer_feature.c.id)
    stored = [tuple(digests.plain(value) for value in row) for row in connection.execute(wanted)]
    own = [tuple(digests.plain(value) for value in row) for row in _features(head["id"], shipped, county)]
    return stored == own and all(head[name] == getattr(shipped, name) for name in ("declared_crs", "source", "dated", "licence"))


def stands(connection: Connection, id: str, county: str) -> dict[str, Any]:
    """Return how a county's layer stands, as an entry of the log says it."""
    of = {"layer.layer": id, "layer.county": county}
    return digests.stands(connection, ("layer", {"layer": id, "county": county}), ("layer_feature", of))


def hashes(connection: Connection) -> dict[tuple[str, str], str]:
    """Return (layer, county) → hash of the file it came from."""
    return {(id, county): sha256 for id, county, sha256 in connection.execute(select(layer.c.layer, layer.c.county, layer.c.sha256))}


def read_layers(connection: Connection) -> dict[str, Layer]:
    """Return the layers as the checks see them: a county's own features stand in place of the reference's features of that county."""
    heads = connection.execute(select(layer).order_by(layer.c.layer, layer.c.county)).mappings().all()
    names = list(dict.fromkeys(head["layer"] for head in heads))
    return {name: _merged(connection, [head for head in heads if head["layer"] == name]) for name in names}


def read_parts(connection: Connection) -> list[tuple[str, Layer]]:
    """Return every stored layer by itself with the county it was brought by."""
    heads = connection.execute(select(layer).order_by(layer.c.layer, layer.c.county)).mappings().all()
    return [(head["county"], _merged(connection, [head])) for head in heads]


def _merged(connection: Connection, heads: Sequence[Any]) -> Layer:
    own = {head["county"] for head in heads} - {REFERENCE}
    rows: list[Any] = []
    for head in heads:
        wanted = select(layer_feature).where(layer_feature.c.layer_id == head["id"]).order_by(layer_feature.c.id)
        found = connection.execute(wanted).mappings().all()
        rows += [row for row in found if head["county"] != REFERENCE or row["county"] not in own]
    return _layer(heads, rows)


def _layer(heads: Sequence[Any], rows: Sequence[Any]) -> Layer:
    said = [json.loads(row["attributes"]) for row in rows]
    placed = np.empty(len(rows), dtype=object)
    placed[:] = shapes(row["shape"] for row in rows)
    joined = {part: "; ".join(dict.fromkeys(head[part] for head in heads if head[part])) for part in ("declared_crs", "source", "dated", "licence")}
    return Layer(
        id=heads[0]["layer"],
        names=tuple(row["name"] for row in rows),
        shapes=placed,
        counties=np.array([row["county"] for row in rows], dtype=object),
        uncertainty_m=np.array([np.nan if row["uncertainty_m"] is None else row["uncertainty_m"] for row in rows], dtype=np.float64),
        attributes={key: _column([one.get(key) for one in said]) for key in dict.fromkeys(key for one in said for key in one)},
        **joined,
    )


def _column(values: list[Any]) -> np.ndarray[Any, Any]:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
