"""Search trees over the placed features of a layer: one over its points, one over the pieces of its outlines and lines."""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from geo.ellipsoid import SERIES_REACH_M, Surface, geodesic_m, longest_m, surface, widest_chord_m

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Shapes = npt.NDArray[np.object_]

CLOSE_M = 40_000.0  # the order of chords and that of geodesics cannot disagree by a millimetre up to here
_ORDER_FROM = 1_000  # positions from which putting neighbours next to one another pays: the tree's branches then stay in the cache
_SHORTEST_PIECE_M, _LONGEST_PIECE_M = 100.0, 1000.0
_PROBES = 64
_BLOCK = 1 << 19  # pairs of a position and a piece looked at together: keeps memory flat


class Found(NamedTuple):
    """For each asked position: the feature's row, the geodesic to its nearest point, and that point in degrees."""

    row: Rows
    distance_m: Floats
    lon: Floats
    lat: Floats


class Asked:
    """The asked positions in degrees and on the ellipsoid."""

    def __init__(self, lon: Floats, lat: Floats) -> None:
        self.lon, self.lat, self.on = lon, lat, surface(lon, lat)
        self.order: Rows | None = None
        self.ordered_m = self.on.xyz_m
        if len(lon) >= _ORDER_FROM:
            column, row = ((values * 8).astype(np.int32) for values in (np.remainder(lon, 360.0), lat + 90.0))
            self.order = np.argsort(column * 1440 + row)
            self.ordered_m = self.on.xyz_m[self.order]

    def take(self, rows: Rows) -> "Asked":
        """Return the named positions."""
        return Asked(self.lon[rows], self.lat[rows])


class Points:
    """Point features (a feature of several points stands in several rows of `row`)."""

    def __init__(self, lon: Floats, lat: Floats, row: Rows) -> None:
        self.lon, self.lat, self.row = lon, lat, row
        self.on = surface(lon, lat)
        self.tree = cKDTree(self.on.xyz_m)

    def nearest(self, asked: Asked) -> Found:
        """Return the nearest point by geodesic."""
        chord, pick, beyond = self._by_chord(asked)
        if chord.max(initial=0.0) > CLOSE_M and len(self.row) > 1:
            unsure = chord > CLOSE_M
            if beyond is not None:
                unsure &= beyond <= _window_m(chord)
            rows = np.flatnonzero(unsure)
            if len(rows):
                pick[rows] = self._by_geodesic(asked.take(rows))
        there, found_lon, found_lat = self.on.take(pick), self.lon[pick], self.lat[pick]
        return Found(self.row[pick], between_m(asked.on, asked.lon, asked.lat, there, found_lon, found_lat), found_lon, found_lat)

    def _by_chord(self, asked: Asked) -> tuple[Floats, Rows, Floats | None]:
        """Return chord and number of the nearest by chord; where targets are sparse also the second's chord, which then settles most doubts."""
        xyz_m, order = asked.ordered_m, asked.order
        sparse = order is not None and float(np.median(self.tree.query(xyz_m[:: len(xyz_m) // _PROBES])[0])) > CLOSE_M
        chord, pick = self.tree.query(xyz_m, k=[1, 2] if sparse else 1)
        if order is not None:
            back_chord, back_pick = np.empty_like(chord), np.empty_like(pick)
            back_chord[order], back_pick[order] = chord, pick
            chord, pick = back_chord, back_pick
        if not sparse:
            return chord, pick, None
        return chord[:, 0].copy(), pick[:, 0].copy(), chord[:, 1]

    def _by_geodesic(self, far: Asked) -> Rows:
        def exact(asked: Rows, target: Rows) -> Floats:
            return between_m(far.on.take(asked), far.lon[asked], far.lat[asked], self.on.take(target), self.lon[target], self.lat[target])

        return _surely_nearest(self.tree, far.on.xyz_m, 2, 0.0, None, exact)


class Pieces:
    """Outlines and lines, cut into pieces so short that each is straight for our purpose; `row` is the feature of each."""

    def __init__(self, ends: npt.NDArray[np.float64], row: Rows) -> None:
        """Take `ends` (n, 4): lon, lat, lon, lat of straight edges in degrees; long ones are cut, straight in degrees as their file drew them."""
        length_m = _chord_m(ends)
        limit_m = float(np.clip(length_m.mean(), _SHORTEST_PIECE_M, _LONGEST_PIECE_M))
        cuts = np.maximum(np.ceil(length_m / limit_m), 1).astype(np.intp)
        edge = np.repeat(np.arange(len(ends)), cuts)
        step = np.arange(len(edge)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
        begin, end = step / cuts[edge], (step + 1) / cuts[edge]
        across = ends[edge, 2:] - ends[edge, :2]
        self.begin, self.end = ends[edge, :2] + begin[:, None] * across, ends[edge, :2] + end[:, None] * across
        self.row = row[edge]
        self.start_m = surface(*self.begin.T).xyz_m
        self.span_m = surface(*self.end.T).xyz_m - self.start_m
        self.square_m2 = np.maximum(np.einsum("ij,ij->i", self.span_m, self.span_m), 1e-12)
        self.half_m = float(np.sqrt(self.square_m2.max()) / 2)
        self.tree = cKDTree(self.start_m + self.span_m / 2)

    @cached_property
    def corners(self) -> cKDTree:
        """A tree over the beginnings of all pieces."""
        return cKDTree(self.start_m)

    def nearest(self, asked: Asked) -> Found:
        """Return the nearest point of any piece by geodesic."""
        here, lon, lat = asked.on, asked.lon, asked.lat

        def chords(rows: Rows, target: Rows) -> Floats:
            return self.along(here.xyz_m[rows], target)[1]

        def exact(rows: Rows, target: Rows) -> Floats:
            at_lon, at_lat = self.at(self.along(here.xyz_m[rows], target)[0], target)
            return between_m(here.take(rows), lon[rows], lat[rows], surface(at_lon, at_lat), at_lon, at_lat)

        pick = _surely_nearest(self.tree, here.xyz_m, 8, self.half_m, chords, exact)
        at_lon, at_lat = self.at(self.along(here.xyz_m, pick)[0], pick)
        return Found(self.row[pick], between_m(here, lon, lat, surface(at_lon, at_lat), at_lon, at_lat), at_lon, at_lat)

    def along(self, xyz_m: Floats, piece: Rows) -> tuple[Floats, Floats]:
        """Return how far along its piece (0 to 1) each position's nearest point lies, and the straight distance to it in metres."""
        away = xyz_m - self.start_m[piece]
        span = self.span_m[piece]
        share = np.clip(np.einsum("...i,...i->...", away, span) / self.square_m2[piece], 0.0, 1.0)
        away = away - share[..., None] * span
        return share, np.sqrt(np.einsum("...i,...i->...", away, away))

    def at(self, share: Floats, piece: Rows) -> tuple[Floats, Floats]:
        """Return the place that far along its piece, in degrees."""
        place = self.begin[piece] + share[:, None] * (self.end[piece] - self.begin[piece])
        return place[:, 0], place[:, 1]


class Index:
    """The points and pieces of a layer's placed features; either is None when the layer has none."""

    def __init__(self, shapes: Shapes, unplaced: npt.NDArray[np.bool_]) -> None:
        placed = np.flatnonzero(~unplaced)
        self.parts, self.part_rows = self.simple(shapes[placed], placed)
        kind = shapely.get_type_id(self.parts)
        self.polygons, self.polygon_rows = self.parts[kind == 3], self.part_rows[kind == 3]
        self._spots, self._outlined = kind == 0, kind != 0

    @staticmethod
    def simple(shapes: Shapes, row: Rows) -> tuple[Shapes, Rows]:
        """Return points, lines and polygons, with the row each came from; collections are opened however deep they nest."""
        while (shapely.get_type_id(shapes) > 3).any():
            shapes, owner = shapely.get_parts(shapes, return_index=True)
            row = row[owner]
        filled = ~shapely.is_empty(shapes)
        return shapes[filled], row[filled]

    @cached_property
    def points(self) -> Points | None:
        """The point features."""
        lon, lat = shapely.get_coordinates(self.parts[self._spots]).T
        return Points(lon.copy(), lat.copy(), self.part_rows[self._spots]) if len(lon) else None

    @cached_property
    def pieces(self) -> Pieces | None:
        """The edges of lines and polygons, holes included."""
        if not self._outlined.any():
            return None
        ends, edge_row = edges(self.parts[self._outlined], self.part_rows[self._outlined])
        return Pieces(ends, edge_row) if len(edge_row) else None

    @cached_property
    def areas(self) -> shapely.STRtree:
        """A tree over the polygons' bounding boxes, only ever a filter before the exact question."""
        shapely.prepare(self.polygons)
        return shapely.STRtree(self.polygons)

    @cached_property
    def everything(self) -> shapely.STRtree:
        """A tree over the bounding boxes of all points, lines and polygons."""
        return shapely.STRtree(self.parts)


def edges(parts: Shapes, row: Rows) -> tuple[npt.NDArray[np.float64], Rows]:
    """Return the straight edges (lon, lat, lon, lat) of lines and of polygons' rings, and the row each came from."""
    polygon = shapely.get_type_id(parts) == 3
    rings, owner = shapely.get_rings(parts[polygon], return_index=True)
    lines = np.concatenate([parts[~polygon], rings])
    line_row = np.concatenate([row[~polygon], row[polygon][owner]])
    places, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    return np.hstack([places[:-1][same], places[1:][same]]), line_row[line[1:][same]]


def between_m(here: Surface, lon: Floats, lat: Floats, there: Surface, there_lon: Floats, there_lat: Floats) -> Floats:
    """Return the geodesic between pairs of places, each given on the ellipsoid and in degrees: by curvature when near, solved when far."""
    metres, chord = geodesic_m(here, there)
    if chord.max(initial=0.0) > SERIES_REACH_M:
        far = chord > SERIES_REACH_M
        from pyproj import Geod  # only now: loading it costs more than most questions asked here

        metres[far] = Geod(ellps="WGS84").inv(lon[far], lat[far], there_lon[far], there_lat[far])[2]
    return metres


def _window_m(chord_m: Floats) -> Floats:
    """Return the chord up to which another target may still be nearer by geodesic than the one at `chord_m`."""
    return widest_chord_m(longest_m(chord_m)) + 1e-6


def _surely_nearest(
    tree: cKDTree,
    xyz_m: Floats,
    first: int,
    half_m: float,
    chords: Callable[[Rows, Rows], Floats] | None,
    exact: Callable[[Rows, Rows], Floats],
) -> Rows:
    """Return each position's nearest target by geodesic, looking at ever more neighbours until none farther can win.

    `half_m` is how far a target may reach from the spot it has in the tree; `chords` measures to the target itself (None: the spot is the target).
    """
    pick = np.zeros(len(xyz_m), np.intp)
    waiting, looked = np.arange(len(xyz_m)), first
    while len(waiting):
        looked = min(looked, tree.n)
        undecided = []
        for begin in range(0, len(waiting), max(_BLOCK // looked, 1)):
            asked = waiting[begin : begin + max(_BLOCK // looked, 1)]
            spot_m, target = tree.query(xyz_m[asked], k=looked)
            spot_m, target = spot_m.reshape(len(asked), -1), target.reshape(len(asked), -1)
            chord = spot_m if chords is None else chords(asked[:, None], target)
            window = _window_m(chord.min(axis=1))
            sure = (spot_m[:, -1] - half_m > window) | (looked == tree.n)
            pick[asked[sure]] = _by_exact(asked[sure], target[sure], chord[sure], window[sure], exact)
            undecided.append(asked[~sure])
        waiting, looked = np.concatenate(undecided), looked * 4
    return pick


def _by_exact(asked: Rows, target: Rows, chord: Floats, window: Floats, exact: Callable[[Rows, Rows], Floats]) -> Rows:
    """Return the best target of each row: of those within the window, the one with the least geodesic."""
    best: Rows = target[np.arange(len(asked)), chord.argmin(axis=1)]
    close = chord <= window[:, None]
    several = np.flatnonzero(close.sum(axis=1) > 1)
    if len(several):
        row, column = np.nonzero(close[several])
        metres = np.full(close[several].shape, np.inf)
        metres[row, column] = exact(asked[several][row], target[several][row, column])
        best[several] = target[several, metres.argmin(axis=1)]
    return best


def _chord_m(ends: npt.NDArray[np.float64]) -> Floats:
    return np.asarray(np.linalg.norm(surface(*ends[:, 2:].T).xyz_m - surface(*ends[:, :2].T).xyz_m, axis=1))
