"""What the workbench draws below its answers: the layers around a county, thinned for the screen. Nothing is measured on them."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from checks.vocabulary import LAYERS
from geo.layer import Layer
from relocation.service.bench.wayfinding import ROADS
from relocation.service.reference import around, boundary
from relocation.store import ledgers
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MARGIN_DEG = 0.15
"""So far beyond the county's box is drawn: about 15 km, farther than any distance that counts as near."""
THINNED_DEG = 0.0001
"""Corners less than about 10 m off a line are left out on the screen; checks go by the layers as they were brought."""
MOST_FEATURES = 20_000


def backdrop(store: Store, county: str) -> dict[str, Any]:
    """Return the box of a county (west, south, east, north) and the layers in and around it. Trouble where the county has no outline."""
    border = boundary(store, county)
    if border is None:
        raise Trouble("bench-no-border", county=county, near="—")
    box = shapely.bounds(border)
    window = shapely.box(box[0] - MARGIN_DEG, box[1] - MARGIN_DEG, box[2] + MARGIN_DEG, box[3] + MARGIN_DEG)
    layers = around(store)
    known = [id for id in (*LAYERS, ROADS) if id in layers]
    return {"box": [float(edge) for edge in box], "layers": [_drawn(layers[id], window) for id in known]}


def counties(store: Store) -> list[tuple[str, str]]:
    """Return code and name of the counties whose outline is known and which lie within the actor's places, those with records first."""
    borders = around(store).get("county_boundaries")
    if borders is None:
        return []
    with store.reading() as connection:
        recorded = set(ledgers.counties_with_records(connection))
    known = {str(code): name for code, name, lost in zip(borders.counties, borders.names, borders.unplaced, strict=True) if not lost}
    mine = [code for code in known if store.actor.scope.touches(code)]
    return [(code, known[code] or code) for code in sorted(mine, key=lambda code: (code not in recorded, code))]


def _drawn(layer: Layer, window: shapely.Geometry) -> dict[str, Any]:
    shapes = layer.covered.shapes
    rows = np.flatnonzero(~layer.covered.unplaced)
    rows = rows[shapely.intersects(shapes[rows], window)][:MOST_FEATURES]
    features = list(_features(layer.covered, rows, window))
    return {"id": layer.id, "source": layer.source, "dated": layer.dated, "features": features}


def _features(layer: Layer, rows: Any, window: shapely.Geometry) -> Iterator[dict[str, Any]]:
    thinned = shapely.simplify(layer.shapes[rows], THINNED_DEG)
    for row, shape in zip(rows.tolist(), thinned, strict=True):
        part = shape if shapely.get_dimensions(shape) == 0 else shapely.intersection(shapely.make_valid(shape), window)
        if not shapely.is_empty(part):
            yield {"name": layer.names[row], "geometry": json.loads(shapely.to_geojson(shapely.set_precision(part, 1e-6, mode="pointwise")))}
