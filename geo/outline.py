"""Measuring from a shape's own outline: the shortest way between two outlines starts or ends at a corner of one of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from geo.ellipsoid import Surface, surface
from geo.index import Index, Pieces, between_m, edges
from geo.layer import Layer, Shapes

if TYPE_CHECKING:
    from geo.proximity import Nearest

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


class Between(NamedTuple):
    """For each asked shape: the feature's row, the distance, the feature's nearest point and the shape's, in degrees."""

    row: Rows
    distance_m: Floats
    lon: Floats
    lat: Floats
    from_lon: Floats
    from_lat: Floats


def from_outlines(shapes: Shapes, layer: Layer, nearest: "Callable[[Floats, Floats, Layer], Nearest]") -> Between:
    """Return the nearest feature of each line or polygon; the layer must have a placed feature."""
    index, asked = layer.index, np.arange(len(shapes))
    parts, owner = index.simple(shapes, asked)
    spots = shapely.get_type_id(parts) == 0  # a collection may hold points besides
    ends, edge_of = edges(parts[~spots], owner[~spots])
    own = Pieces(ends, edge_of) if len(ends) else None
    corners, corner_of = shapely.get_coordinates(parts[spots]), owner[spots]
    if own:
        corners, corner_of = np.concatenate([own.begin, own.end, corners]), np.concatenate([own.row, own.row, corner_of])
    found = nearest(corners[:, 0], corners[:, 1], layer)
    best = _least(corner_of, found.distance_m, len(shapes))
    answer = Between(found.which[best].astype(np.intp), found.distance_m[best], found.at_lon[best], found.at_lat[best], corners[best, 0], corners[best, 1])
    if own and index.points:
        _towards(own, index.points.tree, index.points.on, index.points.lon, index.points.lat, index.points.row, answer)
    if own and index.pieces:
        begin = index.pieces.begin
        _towards(own, index.pieces.corners, surface(*begin.T), begin[:, 0], begin[:, 1], index.pieces.row, answer)
    _touching(shapes, index, answer)
    return answer


def _towards(own: Pieces, tree: cKDTree, there: Surface, lon: Floats, lat: Floats, row: Rows, answer: Between) -> None:
    """Improve `answer` by the targets' corners that lie nearer to an inner point of some piece than any corner of it."""
    reach_m = answer.distance_m[own.row] + own.half_m
    lists = tree.query_ball_point(own.start_m + own.span_m / 2, reach_m)
    count = np.fromiter(map(len, lists), np.intp, len(lists))
    if not count.sum():
        return
    piece, target = np.repeat(np.arange(len(lists)), count), np.concatenate([np.asarray(near, np.intp) for near in lists])
    along, chord_m = own.along(there.xyz_m[target], piece)
    shape, closest = own.row[piece], _least(own.row[piece], chord_m, len(answer.row))
    rows = np.unique(shape)
    closest = closest[rows]
    from_lon, from_lat = own.at(along[closest], piece[closest])
    picked = target[closest]
    metres = between_m(surface(from_lon, from_lat), from_lon, from_lat, there.take(picked), lon[picked], lat[picked])
    better = metres < answer.distance_m[rows]
    made = Between(row[picked], metres, lon[picked], lat[picked], from_lon, from_lat)
    for column, value in zip(answer, made, strict=True):
        column[rows[better]] = value[better]


def _touching(shapes: Shapes, index: Index, answer: Between) -> None:
    """Set to 0 whatever shares a point, naming the first such feature and one point they share."""
    asked, part = index.everything.query(shapes, predicate="intersects")
    if not len(asked):
        return
    first = _least(asked, index.part_rows[part].astype(np.float64), len(shapes))
    rows = np.unique(asked)
    pair = first[rows]
    shared = shapely.point_on_surface(shapely.intersection(shapes[rows], index.parts[part[pair]]))
    lon, lat = shapely.get_x(shared), shapely.get_y(shared)
    made = Between(index.part_rows[part[pair]], np.zeros(len(rows)), lon, lat, lon, lat)
    for column, value in zip(answer, made, strict=True):
        column[rows] = value


def _least(group: Rows, value: Floats, groups: int) -> Rows:
    """Return for each group the position of its least value (the first of equals); 0 for a group with none."""
    order = np.lexsort((value, group))
    first = np.zeros(groups, np.intp)
    named, at = np.unique(group[order], return_index=True)
    first[named] = order[at]
    return first
