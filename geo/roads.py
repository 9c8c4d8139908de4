"""Ways along a layer of roads: a graph joined at shared corners, shortest ways by Dijkstra, places joined to the road nearest to them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.ellipsoid import surface
from geo.index import Asked, Index, Pieces, between_m, edges
from geo.layer import Layer

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

SAME_PLACE_DEG = 1e-7
"""Corners this near, about a centimetre, are one junction. Roads that cross without a shared corner do not meet: one may be a bridge."""


class Ways(NamedTuple):
    """The way from one place to each of several, in metres.

    `along_m` lies on roads: inf where no road leads there, NaN where either end is farther from any road than the limit.
    `to_road_m` is from the first place to its road, `from_road_m` from the road to each of the others, both straight.
    """

    along_m: Floats
    to_road_m: float
    from_road_m: Floats

    @property
    def whole_m(self) -> Floats:
        """The whole way, both ends included."""
        return self.to_road_m + self.along_m + self.from_road_m


class _Joined(NamedTuple):
    """Where places meet the roads: the edge, the metres to it, and those along the edge to its two ends."""

    edge: Rows
    off_m: Floats
    to_begin_m: Floats
    to_end_m: Floats


class Network:
    """The lines of a layer as a graph. ValueError when the layer has no line with a length."""

    def __init__(self, layer: Layer) -> None:
        lines = np.flatnonzero(shapely.get_dimensions(layer.shapes) == 1)
        parts, row = Index.simple(layer.shapes[lines], lines)
        ends, _ = edges(parts, row)
        places, which = np.unique(np.rint(ends.reshape(-1, 2) / SAME_PLACE_DEG).astype(np.int64), axis=0, return_inverse=True)
        begin, end = which.reshape(-1, 2).T
        kept = begin != end
        if not kept.any():
            raise ValueError(f"layer {layer.id}: no line that leads anywhere")
        self._begin, self._end, self._ends = begin[kept], end[kept], ends[kept]
        self._length_m = _metres(self._ends[:, :2], self._ends[:, 2:])
        self._pieces = Pieces(self._ends, np.arange(len(self._ends)))
        self._graph = _graph(self._begin, self._end, self._length_m, len(places))

    @property
    def length_m(self) -> float:
        """The length of all roads together."""
        return float(self._length_m.sum())

    def ways(self, lon: float, lat: float, to_lon: Floats, to_lat: Floats, most_off_m: float) -> Ways:
        """Return the shortest ways from a WGS-84 place to others, each joined to its nearest road if that lies within `most_off_m`."""
        start, stop = self._join(np.array([lon]), np.array([lat])), self._join(np.asarray(to_lon, np.float64), np.asarray(to_lat, np.float64))
        edge = int(start.edge[0])
        to_node = dijkstra(self._graph, directed=False, indices=[int(self._begin[edge]), int(self._end[edge])])
        first = np.minimum(start.to_begin_m[0] + to_node[0], start.to_end_m[0] + to_node[1])
        along = np.minimum(first[self._begin[stop.edge]] + stop.to_begin_m, first[self._end[stop.edge]] + stop.to_end_m)
        here = stop.edge == edge  # both on one stretch between corners: the way need not touch either
        along = np.where(here, np.minimum(along, np.abs(stop.to_begin_m - start.to_begin_m[0])), along)
        along[(stop.off_m > most_off_m) | (start.off_m[0] > most_off_m)] = np.nan
        return Ways(along, float(start.off_m[0]), stop.off_m)

    def _join(self, lon: Floats, lat: Floats) -> _Joined:
        found = self._pieces.nearest(Asked(lon, lat))
        at = np.column_stack([found.lon, found.lat])
        ends = self._ends[found.row]
        return _Joined(found.row, found.distance_m, _metres(at, ends[:, :2]), _metres(at, ends[:, 2:]))


def _metres(one: Floats, other: Floats) -> Floats:
    return between_m(surface(*one.T), one[:, 0], one[:, 1], surface(*other.T), other[:, 0], other[:, 1])


def _graph(begin: Rows, end: Rows, length_m: Floats, places: int) -> csr_array:
    """Return the graph with the shortest of parallel roads: a sparse array would add them up."""
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    order = np.lexsort((length_m, high, low))
    low, high, length_m = low[order], high[order], length_m[order]
    first = np.append(True, (low[1:] != low[:-1]) | (high[1:] != high[:-1]))
    return csr_array((length_m[first], (low[first], high[first])), shape=(places, places))
