"""Which area a position lies in, and how much of a shape lies in the areas of a layer."""

import numpy as np
import numpy.typing as npt
import shapely

from geo.layer import Layer

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_CELLS_FROM, _FINE_FROM = 50_000, 500_000  # positions from which sorting them into cells first pays
_COARSE, _FINE = 1024, 2048  # cells across


def inside(lon: Floats, lat: Floats, layer: Layer) -> Ints:
    """Return for each WGS-84 position the row of the first polygon that holds it, borders included, or -1.

    Points and lines hold nothing; an unknown position (NaN) lies nowhere.
    """
    lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if not len(layer.index.polygons) or not len(lon):
        return np.full(len(lon), -1, np.int64)
    if len(lon) < _CELLS_FROM:
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
    """Answer point by point only in cells that a border crosses; a stretch of uncrossed cells has one answer for all of it."""
    from scipy.ndimage import label  # SciPy is slow to import and few questions are this large

    west, south, east, north = shapely.total_bounds(layer.index.polygons)
    across = _COARSE if len(lon) < _FINE_FROM else _FINE
    wide, high = max(east - west, 1e-9) / across, max(north - south, 1e-9) / across
    answer = np.full(len(lon), -1, np.int64)
    within = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    column = np.minimum((lon[within] - west) / wide, across - 1).astype(np.intp)
    row = np.minimum((lat[within] - south) / high, across - 1).astype(np.intp)
    stretch, stretches = label(~_crossed_cells(layer, west, south, wide, high, across))
    of_stretch = np.full(stretches + 1, -1, np.int64)
    _, first = np.unique(stretch, return_index=True)
    if stretch.flat[first[0]] == 0:
        first = first[1:]
    of_stretch[1:] = _exact(west + (first // across + 0.5) * wide, south + (first % across + 0.5) * high, layer)
    number = stretch[column, row]
    answer[within] = of_stretch[number]
    single = within[number == 0]
    answer[single] = _exact(lon[single], lat[single], layer)
    return answer


def _crossed_cells(layer: Layer, west: float, south: float, wide: float, high: float, across: int) -> npt.NDArray[np.bool_]:
    """Return which cells a border may cross: every cell within reach of a piece of border no longer than a cell."""
    from geo.index import edges

    ends, _ = edges(layer.index.polygons, layer.index.polygon_rows)
    ends = (ends - (west, south, west, south)) / (wide, high, wide, high)
    cuts = np.maximum(np.ceil(np.abs(ends[:, 2:] - ends[:, :2]).max(axis=1)), 1).astype(np.intp)
    edge = np.repeat(np.arange(len(ends)), cuts)
    step = (np.arange(len(edge)) - np.repeat(np.cumsum(cuts) - cuts, cuts) + 0.5) / cuts[edge]
    span = ends[:, 2:] - ends[:, :2]
    middle = ends[edge, :2] + step[:, None] * span[edge]
    # a piece stays within half its own extent of its middle; the thousandth is for rounding
    reach = (np.abs(span) / cuts[:, None] / 2 + 0.001)[edge]
    crossed = np.zeros((across + 2, across + 2), np.bool_)
    for right in (-1, 1):
        for above in (-1, 1):
            column, row = (np.clip(np.floor(middle + reach * (right, above)), -1, across).astype(np.intp) + 1).T
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


def shared_width_m(shape: shapely.Geometry, area: shapely.Geometry) -> float:
    """Return how far two WGS-84 outlines may be shifted against each other, in metres, and surely still overlap.

    It is the width of the largest circle that lies in both, to a hundredth; 0 where they share no area.
    """
    part = shapely.intersection(shape, area)
    if shapely.area(part) == 0:
        return 0.0
    middle = np.radians(np.mean(shapely.bounds(part)[[1, 3]]))
    pieces = shapely.transform(shapely.get_parts(part), lambda place: place * (111_320 * np.cos(middle), 110_950))
    whole = pieces[shapely.get_dimensions(pieces) == 2]  # and not the lines and points where outlines only touch
    return 2 * float(shapely.length(shapely.maximum_inscribed_circle(whole)).max())


def _size(part: shapely.Geometry, whole: shapely.Geometry) -> float:
    """Return the part's area or length, as `whole` is an area or a line, in a unit of no meaning; 0 for a point."""
    if shapely.get_dimensions(whole) == 2:
        # the cylinder that keeps areas: a degree of longitude is as wide everywhere, so the sine of the latitude must carry the rest
        return float(shapely.area(shapely.transform(part, lambda place: np.column_stack([np.radians(place[:, 0]), np.sin(np.radians(place[:, 1]))]))))
    narrow = np.cos(np.radians(np.mean(shapely.bounds(whole)[[1, 3]])))
    return float(shapely.length(shapely.transform(part, lambda place: place * (narrow, 1.0))))
