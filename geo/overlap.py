"""Which area a position lies in, and how much of a shape lies in the areas of a layer."""

import numpy as np
import numpy.typing as npt
import shapely

from geo.layer import Layer

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_GRID_FROM = 20_000  # positions from which sorting them into cells first pays
_CELLS_ACROSS = 768


def inside(lon: Floats, lat: Floats, layer: Layer) -> Ints:
    """Return for each WGS-84 position the row of the first polygon that holds it, borders included, or -1.

    Points and lines hold nothing; an unknown position (NaN) lies nowhere.
    """
    lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if not len(layer.index.polygons) or not len(lon):
        return np.full(len(lon), -1, np.int64)
    if len(lon) < _GRID_FROM:
        return _exact(lon, lat, layer)
    return _by_cells(lon, lat, layer)


def _exact(lon: Floats, lat: Floats, layer: Layer) -> Ints:
    index = layer.index
    first = np.full(len(lon), len(layer), np.int64)
    finite = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    asked, polygon = index.areas.query(shapely.points(lon[finite], lat[finite]))
    held = shapely.intersects_xy(index.polygons[polygon], lon[finite][asked], lat[finite][asked])
    np.minimum.at(first, finite[asked[held]], index.polygon_rows[polygon[held]])
    return np.where(first == len(layer), -1, first)


def _by_cells(lon: Floats, lat: Floats, layer: Layer) -> Ints:
    """Answer once a cell for the cells no border crosses, and point by point for the rest."""
    west, south, east, north = shapely.total_bounds(layer.index.polygons)
    wide, high = max(east - west, 1e-9) / _CELLS_ACROSS, max(north - south, 1e-9) / _CELLS_ACROSS
    answer = np.full(len(lon), -1, np.int64)
    within = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    across = np.minimum((lon[within] - west) / wide, _CELLS_ACROSS - 1).astype(np.int64)
    up = np.minimum((lat[within] - south) / high, _CELLS_ACROSS - 1).astype(np.int64)
    crossed = _crossed_cells(layer, west, south, wide, high)
    border = crossed[across, up]
    single = within[border]
    answer[single] = _exact(lon[single], lat[single], layer)
    cell = across[~border] * _CELLS_ACROSS + up[~border]
    seen = np.zeros(_CELLS_ACROSS**2, np.bool_)
    seen[cell] = True
    asked = np.flatnonzero(seen)
    middle_lon, middle_lat = west + (asked // _CELLS_ACROSS + 0.5) * wide, south + (asked % _CELLS_ACROSS + 0.5) * high
    of_cell = np.full(_CELLS_ACROSS**2, -1, np.int64)
    of_cell[asked] = _exact(middle_lon, middle_lat, layer)
    answer[within[~border]] = of_cell[cell]
    return answer


def _crossed_cells(layer: Layer, west: float, south: float, wide: float, high: float) -> npt.NDArray[np.bool_]:
    """Return which cells a border may cross: every cell within one of any border's point, points set closer than a cell."""
    from geo.index import edges

    ends, _ = edges(layer.index.polygons, layer.index.polygon_rows)
    ends = (ends - (west, south, west, south)) / (wide, high, wide, high)
    cuts = np.maximum(np.ceil(np.abs(ends[:, 2:] - ends[:, :2]).max(axis=1)), 1).astype(np.intp)
    edge = np.repeat(np.arange(len(ends)), cuts)
    step = (np.arange(len(edge)) - np.repeat(np.cumsum(cuts) - cuts, cuts) + 0.5) / cuts[edge]
    middle = ends[edge, :2] + step[:, None] * (ends[edge, 2:] - ends[edge, :2])
    crossed = np.zeros((_CELLS_ACROSS + 2, _CELLS_ACROSS + 2), np.bool_)
    # a piece is at most one cell long, so it stays within half a cell of its middle
    for right in (-0.501, 0.501):
        for above in (-0.501, 0.501):
            column, row = (np.clip(np.floor(middle + np.array([right, above])), -1, _CELLS_ACROSS).astype(np.intp) + 1).T
            crossed[column, row] = True
    return crossed[1:-1, 1:-1]


def share(shape: shapely.Geometry, layer: Layer) -> Floats:
    """Return for each feature of the layer the share (0 to 1) of the WGS-84 shape that lies in it.

    An area counts by its square metres, a line by its length, a point by being held: 1 or 0. Only polygons hold anything.
    """
    shares = np.zeros(len(layer))
    if shapely.is_empty(shape) or not len(layer.index.polygons):
        return shares
    rows = np.unique(layer.index.polygon_rows[layer.index.areas.query(shape, predicate="intersects")])
    whole = _size(shape, shape)
    for row in rows:
        shares[row] = min(1.0, _size(shapely.intersection(shape, layer.shapes[row]), shape) / whole) if whole else 1.0
    return shares


def _size(part: shapely.Geometry, whole: shapely.Geometry) -> float:
    """Return the part's area or length, as `whole` is an area or a line, in a unit of no meaning; 0 for a point."""
    if shapely.get_dimensions(whole) == 2:
        # the cylinder that keeps areas: a degree of longitude is as wide everywhere, so the sine of the latitude must carry the rest
        return float(shapely.area(shapely.transform(part, lambda place: np.column_stack([np.radians(place[:, 0]), np.sin(np.radians(place[:, 1]))]))))
    narrow = np.cos(np.radians(np.mean(shapely.bounds(whole)[[1, 3]])))
    return float(shapely.length(shapely.transform(part, lambda place: place * (narrow, 1.0))))
