"""Outlines drawn in CAD: closed lines of model space, brought to WGS-84 by the system that was named and a unit that is certain.

A drawing does not say where on earth it lies, and its header often says the wrong unit. What is not clear is refused: a proposal is looked
at as it was sent, and nobody is served by an answer for another place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import Crs, UnknownCrs, UnsafeDatum, named, to_wgs84
from geo.drawing.model import Drawing, plain_layer
from geo.drawing.plan.units import HEADER_M, same
from relocation.intake.drawings import notes_of, read_drawing
from relocation.service.bench.proposing import Proposal, Told, few, outline
from relocation.service.bench.words import UNIT_FOUND, UNITS
from relocation.service.reference import around
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

POSSIBLE_M = (1.0, 0.001)
"""Units that an outline of land is drawn in: metres by surveyors, millimetres by architects."""
CHORD_OFF = 1e-3
"""How far the corners of an arc may lie off it, as a part of its radius."""
SAME_CORNER = 6  # decimals of a drawing unit
_ONE_LINE = 1  # as Shapely numbers kinds of geometry
Rings = list[tuple[str, shapely.Polygon]]


def from_drawing(store: Store, path: Path, file_name: str, told: Told) -> list[Proposal]:
    """Return the closed outlines of a drawing, read in a process of its own. Trouble for what is not clear, Unusable for a file that is no drawing."""
    crs = _on_ground(told.crs, file_name)
    drawing = read_drawing(path, file_name)
    rings = list(_rings(drawing))
    if not rings:
        raise Trouble("bench-drawing-open", file=file_name)
    few(len(rings))
    _apart(rings, file_name)
    metres, found = _unit(store, drawing, [ring for _, ring in rings], crs)
    notes = [{lang: note.text(lang) for lang in ("zh", "en")} for note in notes_of(drawing)]
    if found:
        notes.append({lang: UNIT_FOUND[lang].format(unit=UNITS[metres][lang]) for lang in ("zh", "en")})
    meant = Told("WGS84", told.uncertainty_m, told.screened, told.county)
    made = [outline(store, name, _placed(ring, metres, crs), meant) for name, ring in rings]
    return [replace(one, notes=(*one.notes, *notes)) for one in made]


def _on_ground(said: str, file_name: str) -> Crs:
    """Return the projected system a drawing is said to be drawn in. Trouble for degrees, which no drawing is drawn in, and for none."""
    try:
        crs = named(said)
    except (UnknownCrs, UnsafeDatum):
        raise Trouble("unknown-crs", crs=said) from None
    if not crs.startswith("EPSG:"):
        raise Trouble("bench-drawing-crs", file=file_name, crs=said)
    return crs


def _rings(drawing: Drawing) -> Iterator[tuple[str, shapely.Polygon]]:
    """Give (name, closed line) of model space outside blocks: each entity that closes, else what the lines of a layer enclose."""
    counted = [
        row for row in range(len(drawing.entities))
        if not drawing.spaces[int(drawing.entities.space[row])].paper
        and not drawing.entities.block[row] and drawing.layers[int(drawing.entities.layer[row])].shown
    ]  # fmt: skip
    pieces = _pieces(drawing)
    loose: dict[str, list[BaseGeometry]] = {}
    number = 0
    for row in counted:
        parts = pieces.get(row, [])
        joined = shapely.line_merge(shapely.multilinestrings(parts)) if parts else None
        if joined is not None and shapely.get_type_id(joined) == _ONE_LINE and shapely.is_closed(joined):
            number += 1
            yield f"{_layer(drawing, row)} {number}", shapely.Polygon(shapely.get_coordinates(joined))
        else:
            loose.setdefault(_layer(drawing, row), []).extend(parts)
    if number:
        return
    for layer, parts in loose.items():
        for at, face in enumerate(shapely.get_parts(shapely.polygonize(parts)), 1):
            yield f"{layer} {at}", face


def _layer(drawing: Drawing, row: int) -> str:
    """Return what an outline is called by: its layer, or the file where it lies on the layer that every drawing has."""
    name = plain_layer(drawing.layers[int(drawing.entities.layer[row])].name)
    return Path(drawing.name).stem if name == "0" else name


def _pieces(drawing: Drawing) -> dict[int, list[BaseGeometry]]:
    """Return entity → its straight pieces, and its arcs and curves as corners close to them."""
    found: dict[int, list[BaseGeometry]] = {}
    for ends, of in zip(drawing.lines.xy, drawing.lines.of, strict=True):
        if (ends[:2] != ends[2:]).any():
            found.setdefault(int(of), []).append(_line(ends.reshape(2, 2)))
    for arc, of in zip(drawing.arcs.xyr, drawing.arcs.of, strict=True):
        found.setdefault(int(of), []).append(_line(_bent(*arc)))
    for curve in drawing.curves:
        points = np.vstack([curve.points, curve.points[:1]]) if curve.closed else curve.points
        found.setdefault(curve.of, []).append(_line(points))
    return found


def _line(points: npt.NDArray[np.float64]) -> BaseGeometry:
    return shapely.LineString(np.round(points, SAME_CORNER))


def _bent(x: float, y: float, radius: float, start: float, end: float) -> npt.NDArray[np.float64]:
    steps = max(int(np.ceil((end - start) / (2 * np.arccos(1 - CHORD_OFF)))), 2)
    angle = np.linspace(start, end, steps + 1)
    return np.column_stack([x + radius * np.cos(angle), y + radius * np.sin(angle)])


def _apart(rings: Rings, file_name: str) -> None:
    """Refuse closed lines of which one holds or meets another: a frame, a house or a hole, nobody can tell which is the outline."""
    for at, (name, ring) in enumerate(rings):
        for other, one in rings[at + 1 :]:
            if shapely.is_valid(ring) and shapely.is_valid(one) and shapely.area(shapely.intersection(ring, one)) > 0:
                raise Trouble("bench-drawing-nested", file=file_name, one=name, other=other)


def _unit(store: Store, drawing: Drawing, rings: Sequence[shapely.Polygon], crs: Crs) -> tuple[float, bool]:
    """Return metres per unit, and whether it had to be found: the header's, unless the outlines then lie nowhere that is known."""
    stated = HEADER_M.get(drawing.header_unit)
    fitting = [metres for metres in {*POSSIBLE_M, *([stated] if stated else [])} if _lies_in_a_county(store, rings, metres, crs)]
    x, y = shapely.get_coordinates(rings[0])[0]
    facts = {"file": drawing.name, "position": f"{x:,.3f} {y:,.3f}", "crs": crs}
    if not fitting:
        raise Trouble("bench-drawing-nowhere", **facts)
    if stated is None:
        return fitting[0], True
    if not any(same(stated, one) for one in fitting):
        known = {f"stated_{lang}": UNITS.get(stated, {}).get(lang, f"{stated:g} m") for lang in ("zh", "en")}
        raise Trouble("bench-drawing-unit", **facts, **known, **{f"fits_{lang}": UNITS[fitting[0]][lang] for lang in ("zh", "en")})
    return stated, False


def _lies_in_a_county(store: Store, rings: Sequence[shapely.Polygon], metres: float, crs: Crs) -> bool:
    """Tell whether every corner of all outlines lies near a county that is known: half a degree, as a border is crossed by less."""
    borders = around(store).get("county_boundaries")
    corners = metres * shapely.get_coordinates(rings)
    lon, lat = to_wgs84(corners[:, 0], corners[:, 1], crs)
    if borders is None or not np.isfinite(lon).all() or not np.isfinite(lat).all():
        return False
    west, south, east, north = shapely.total_bounds(borders.shapes)
    return bool(((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)).all())


def _placed(ring: shapely.Polygon, metres: float, crs: Crs) -> shapely.Polygon:
    corners = metres * shapely.get_coordinates(ring)
    return shapely.Polygon(np.column_stack(to_wgs84(corners[:, 0], corners[:, 1], crs)))
