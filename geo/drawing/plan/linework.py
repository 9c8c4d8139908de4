"""Linework: straight edges that meet at whole millimetres, the faces that they enclose, their ends."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, MultiPolygon, Polygon

from geo.drawing.model import Floats, Ints
from geo.drawing.plan.plumb import GRID_M

Shape = Polygon | MultiPolygon
Shapes = NDArray[np.object_]


def straight(xy: Floats) -> Shapes:
    """Return lines (n × 4) as shapes."""
    made: Shapes = np.atleast_1d(np.asarray(shapely.linestrings(xy.reshape(-1, 2, 2)), np.object_))
    return made


def crossed(xy: Floats) -> Floats:
    """Return the lines cut wherever they meet or cross, once each and as long as they run straight, on the millimetre grid."""
    xy = xy[(xy[:, :2] != xy[:, 2:]).any(axis=1)]
    if not len(xy):
        return np.empty((0, 4))
    noded = shapely.union_all(straight(xy), grid_size=GRID_M)
    chains = shapely.simplify(shapely.get_parts(shapely.line_merge(noded)), GRID_M * 0.7)
    coords, chain = shapely.get_coordinates(chains, return_index=True)
    inside = chain[1:] == chain[:-1]
    edges: Floats = np.hstack([coords[:-1], coords[1:]])[inside]
    return np.round(edges, 3)


def faces_of(edges: Floats) -> Shapes:
    """Return the faces that the edges enclose, each once; loose ends enclose nothing."""
    if not len(edges):
        return np.empty(0, np.object_)
    faces: Shapes = shapely.get_parts(shapely.polygonize(list(straight(edges))))
    return faces


def footprints(edges: Floats) -> Shape:
    """Return everything that the edges enclose."""
    return united(faces_of(edges))


def united(shapes: Shapes | Sequence[Polygon]) -> Shape:
    """Return the union of polygons on the millimetre grid."""
    made = shapely.union_all(list(shapes), grid_size=GRID_M) if len(shapes) else Polygon()
    return made if isinstance(made, Polygon | MultiPolygon) else Polygon()


def polygons(shape: Geometry) -> list[Polygon]:
    """Return the polygons of a shape, largest first."""
    parts = [part for part in shapely.get_parts(shape).tolist() if isinstance(part, Polygon) and not part.is_empty]
    return sorted(parts, key=lambda part: (-part.area, part.bounds))


def ends_of(edges: Floats) -> tuple[Floats, Ints, Ints]:
    """Return the nodes (k × 2) of edges, which node each edge begins and ends at (m × 2), and how many edges meet at each node."""
    points, at = np.unique(np.round(edges.reshape(-1, 2) * 1000).astype(np.int64), axis=0, return_inverse=True)
    joined = at.reshape(-1, 2)
    return points / 1000.0, joined, np.bincount(joined.ravel(), minlength=len(points))
