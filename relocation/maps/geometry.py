"""What Folium is given: positions and whole numbers, packed. Not one text of a record or a layer is here."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from relocation.maps.data import MapData, MapLayer, Places, Reach
from relocation.maps.packing import Packed, packed

POINT_UNITS = 1_000_000  # a millionth of a degree, about 0.1 m
OUTLINE_UNITS = 100_000  # about 1 m; outlines are known to metres at best


def geometry(data: MapData) -> list[Any]:
    """Return the map's geometry as lists of packed columns: [layers, sites, households or 0]. Coordinates are WGS-84 degrees in the units above."""
    layers = {layer.id: number for number, layer in enumerate(data.layers)}
    anchors = [_anchors(layer.shapes) for layer in data.layers]
    drawn = [[*map(_points, at.T), *_outlines(layer)] for layer, at in zip(data.layers, anchors, strict=True)]
    groups = [_places(group, layers, anchors) if group is not None else 0 for group in (data.sites, data.households)]
    return [drawn, *groups]


def bounds(data: MapData) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of the placed sites (of the layers where no site is placed), None when nothing is placed."""
    lon, lat = data.sites.lon, data.sites.lat
    placed = np.isfinite(lon) & np.isfinite(lat)
    if placed.any():
        return float(lon[placed].min()), float(lat[placed].min()), float(lon[placed].max()), float(lat[placed].max())
    shapes = [shape for layer in data.layers for shape in layer.shapes if shape is not None]
    box = shapely.total_bounds(shapes) if shapes else np.array([np.nan])
    return None if np.isnan(box).any() else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def _points(degrees: npt.NDArray[np.float64]) -> Packed:
    return packed(degrees * POINT_UNITS)


def _anchors(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    """Return a point for every shape to put its symbol and name at, shape (n, 2), NaN where there is no shape."""
    column = np.array(shapes, dtype=object)
    column[shapely.is_empty(column)] = None  # an empty point has no x to ask for
    at = shapely.point_on_surface(column)
    return np.column_stack([shapely.get_x(at), shapely.get_y(at)])


def _outlines(layer: MapLayer) -> list[Packed]:
    """Return the lines and rings of a layer: per ring its shape, whether it is closed, its number of points, its first point; then all steps."""
    column = np.asarray(layer.shapes, dtype=object)
    drawn = np.flatnonzero(shapely.get_dimensions(column) > 0)  # points are symbols
    parts, of_drawn = shapely.get_parts(column[drawn], return_index=True)
    of_part, kinds = drawn[of_drawn], shapely.get_type_id(parts)
    areas, lines = kinds == shapely.GeometryType.POLYGON, (kinds == shapely.GeometryType.LINESTRING) | (kinds == shapely.GeometryType.LINEARRING)
    rings, of_area = shapely.get_rings(parts[areas], return_index=True)
    paths = np.concatenate([rings, parts[lines]])
    shape = np.concatenate([of_part[areas][of_area], of_part[lines]])
    closed = np.arange(len(paths)) < len(rings)
    at, of_path = shapely.get_coordinates(paths, return_index=True)
    at = np.rint(at * OUTLINE_UNITS)
    size = np.bincount(of_path, minlength=len(paths))
    first = np.concatenate([[0], np.cumsum(size)])[:-1]
    steps = np.delete(np.diff(at, axis=0, prepend=at[:1]), first, axis=0)
    return [packed(shape), packed(closed), packed(size), packed(at[first, 0]), packed(at[first, 1]), packed(steps[:, 0]), packed(steps[:, 1])]


def _places(places: Places, layers: dict[str, int], anchors: list[npt.NDArray[np.float64]]) -> list[Any]:
    reaches = [
        [layers[reach.layer], packed(np.where(reach.which < 0, np.nan, reach.which)), *_ends(reach, anchors[layers[reach.layer]])] for reach in places.reaches
    ]
    return [_points(places.lon), _points(places.lat), packed(places.uncertainty_m), reaches]


def _ends(reach: Reach, anchors: npt.NDArray[np.float64]) -> list[Packed]:
    """Return where the lines end; nothing when each ends at its target's own point, which the page knows already."""
    found = reach.which >= 0
    ends = np.column_stack([reach.at_lon, reach.at_lat])
    if np.allclose(ends[found], anchors[reach.which[found]], rtol=0, atol=0.5 / POINT_UNITS):
        return []
    return [_points(np.where(found, reach.at_lon, np.nan)), _points(np.where(found, reach.at_lat, np.nan))]
