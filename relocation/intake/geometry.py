"""The shapes of a vector file: from WKB in the file's or the declared system to valid WGS-84 geometry, row by row."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from checks.records import Array
from geo.crs import Crs, to_wgs84
from geo.repair import valid
from relocation.intake.assemble import Assembly, Told
from relocation.intake.axes import Positions
from relocation.intake.guard import Guard
from relocation.intake.placing import Place, named_or_refused, place_rows
from relocation.intake.refusal import Note, Words

if TYPE_CHECKING:
    from relocation.intake.vector import Opened

_SAME = {"WGS84", "CGCS2000"}
_OFFSET = {"GCJ02", "BD09"}  # no file format can name these; such files say WGS-84
VERTICES = 2_000_000
MENDED = {
    "crossing": Words("边界自相交或自相接", "its outline crossed or touched itself"),
    "unclosed-or-flat": Words("边界没有围成面积，只留下线或点", "its outline held no area; a line or a point is left"),
    "not-finite": Words("坐标不是有效数值，位置视为不详", "a coordinate was no number; its position counts as unknown"),
}


class Shapes:
    """Geometry of one layer, and the system it is taken to be in (`crs`)."""

    def __init__(self, opened: "Opened", suffix: str, guard: Guard, told: Told) -> None:
        """Parse the geometry and settle the system; raises Unusable when there is none or the declared one contradicts the file's."""
        self.told, self.guard, self.said = told, guard, opened.said
        self.notes = list(opened.notes)
        self.damaged = np.zeros(len(opened.wkb), np.bool_)
        parsed = shapely.from_wkb(opened.wkb, on_invalid="ignore")
        self.damaged = np.array([one is None and raw is not None for one, raw in zip(parsed, opened.wkb, strict=True)], np.bool_)
        self.raw = shapely.force_2d(parsed)
        if shapely.is_missing(self.raw).all() and not self.damaged.any():
            raise guard.refuse("no-geometry")
        self.crs = self._settled(opened.crs, suffix)

    def _settled(self, written: str | None, suffix: str) -> str:
        """Return the system's name: the declared one where the file names none or cannot; both must agree otherwise."""
        place = Place(self.told.file, "")
        declared = str(named_or_refused(self.told.crs, place)) if self.told.crs else ""
        own = _own(written, place) if written else ""
        if not own and suffix in (".geojson", ".json", ".kml", ".kmz"):
            if not declared:
                self.notes.append(Note("crs-by-format", self.told.file, facts={"suffix": suffix}))
            return declared or "WGS84"
        if not own and not declared:
            raise place.unusable("layer-no-crs")
        if not declared or declared == own or {declared, own} <= _SAME:
            return own or declared
        if own and not (declared in _OFFSET and own in _SAME) and suffix not in (".kml", ".kmz"):
            raise place.unusable("crs-mismatch", crs=declared, own=own)
        if own:
            self.notes.append(Note("crs-overrides", self.told.file, facts={"crs": declared, "own": own}))
        return declared

    def attach(self, one: Assembly) -> None:
        """Give an assembly its shapes; refuses empty, damaged, misplaced ones, mends crossing ones and says so.

        A ledger gets `outline` (areas) and a point on it, or the point itself; a layer gets "shape".
        """
        rows = one.typed.indexes - 1
        raw, damaged = self.raw[rows], self.damaged[rows]
        one.typed.notes += self.notes
        none = shapely.is_missing(raw)
        if unplaced := int((none & ~damaged).sum()):
            one.note("unplaced", count=unplaced)
        one.refuse(np.flatnonzero(damaged), "", "geometry-damaged", {})
        one.refuse(np.flatnonzero(~none & shapely.is_empty(raw)), "", "geometry-empty", {})
        one.refuse(np.flatnonzero(~none & (shapely.get_num_coordinates(raw) > VERTICES)), "", "geometry-too-large", {"limit": VERTICES})
        finite = _finite(raw)
        one.refuse(np.flatnonzero(~none & ~shapely.is_empty(raw) & ~finite), "", "geometry-not-finite", {})
        usable = ~none & finite & ~shapely.is_empty(raw)
        x, y = _centres(raw, usable)
        place = Place(self.told.file, one.sheet.name)
        is_layer = one.kind.id == "layer"
        boundary = None if is_layer else self.told.boundary
        placed = place_rows(x, y, None, self.crs, boundary, place, lambda at, code, facts: one.refuse(at, "", code, facts))
        usable &= ~np.isnan(placed.lon)
        usable[sorted(one.typed.refused)] = False
        shapes = np.full(len(raw), None, object)
        shapes[usable] = _moved(raw[usable], self.crs)
        shapes = self._mended(shapes, one)
        if is_layer:
            one.columns["shape"] = shapes
            return
        areas = np.isin(shapely.get_type_id(shapes), (3, 6))
        one.columns["outline"] = _only(shapes, areas)
        lon, lat = _inside_points(shapes, ~shapely.is_missing(shapes))
        written = np.array([f"{a!r}, {b!r}" if a == a else "" for a, b in zip(x.tolist(), y.tolist(), strict=True)], object)
        one.columns |= {"lon": lon, "lat": lat, "declared_position": written, "declared_crs": np.where(np.isnan(lon), "", self.crs).astype(object)}
        one.typed.positions = Positions(lon, lat, written)
        one.note_crs([self.crs], int((~np.isnan(lon)).sum()))
        if areas.any():
            one.note("outlines", count=int(areas.sum()))

    def _mended(self, shapes: Array, one: Assembly) -> Array:
        mended, mends = valid(shapes)
        for mend in mends:
            number = int(one.typed.numbers[mend.index])
            one.typed.notes.append(Note("geometry-mended", self.told.file, one.sheet.name, number, {"what": MENDED[mend.what]}))
        return mended


def _own(written: str, place: Place) -> str:
    """Return the name of the system a file states, as EPSG code or as WKT."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        given = CRS.from_user_input(written)
    except CRSError:
        raise place.unusable("crs-unknown", crs=written[:60]) from None
    number = given.to_epsg(min_confidence=20)
    if number is None and given.is_geographic and "WGS" in given.name.upper().replace("_", ""):
        number = 4326
    if number is None:
        raise place.unusable("crs-unknown", crs=given.name)
    return str(named_or_refused(f"EPSG:{number}", place))


def _only(shapes: Array, wanted: Any) -> Array:
    kept: Array = shapes.copy()
    kept[~wanted] = None
    return kept


def _finite(shapes: Array) -> Any:
    finite = np.ones(len(shapes), np.bool_)
    points, owners = shapely.get_coordinates(shapes, return_index=True)
    finite[owners[~np.isfinite(points).all(axis=1)]] = False
    return finite


def _inside_points(shapes: Array, usable: Any) -> tuple[Array, Array]:
    """Return x and y of points, of a point inside areas and on lines; NaN where not usable."""
    x, y = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    within = shapely.point_on_surface(shapes[usable])
    x[usable], y[usable] = shapely.get_x(within), shapely.get_y(within)
    return x, y


def _centres(shapes: Array, usable: Any) -> tuple[Array, Array]:
    """Return the middle of each shape's extent: good enough to test a system by, and defined for outlines that cross themselves."""
    bounds = shapely.bounds(shapes)
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    return np.where(usable, middle[:, 0], np.nan), np.where(usable, middle[:, 1], np.nan)


def _moved(shapes: Array, crs: str) -> Array:
    def move(points: Any) -> Any:
        lon, lat = to_wgs84(points[:, 0], points[:, 1], Crs(crs))
        return np.column_stack([lon, lat])

    moved: Array = shapely.transform(shapes, move)
    return moved
