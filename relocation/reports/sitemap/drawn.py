"""The picture of a site as an SVG document: outlines and rivers beneath, the four lines with circles of uncertainty, names, scale, north, signs.

What a line means is said by its dashes and its width, what a sign means by its form; colour is only added, so that a grey print says the same.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import numpy as np
import shapely

from checks.sentence import distance
from relocation.reports.overlay import FONTS
from relocation.reports.sitemap.frame import Floats, Frame, frame, round_length
from relocation.reports.sitemap.labels import LINE_EM, Box, Label, Placed, place
from relocation.reports.sitemap.picture import Ground, Picture, Target
from relocation.reports.sitemap.signs import INK, SOFT, STROKES, legend, sign

SMALL_MM, NAME_MM, SITE_MM = 2.45, 2.6, 3.0
APART_MM = 1.2
GROUNDS = {
    "county": 'fill="none" stroke="#8a9096" stroke-width="0.4" stroke-dasharray="3 0.8 0.5 0.8"',
    "river": 'fill="none" stroke="#6f9fbd" stroke-width="0.45"',
    "park": 'fill="#ece6da" stroke="#9a8f78" stroke-width="0.2"',
    "scenic": 'fill="#e2ebdc" stroke="#839878" stroke-width="0.2" stroke-dasharray="1.2 0.6"',
    "zone": 'fill="none" stroke="#a05a52" stroke-width="0.3" stroke-dasharray="0.4 0.7"',
}


def site_map(picture: Picture, lang: str, width_mm: float, height_mm: float) -> str:
    """Return the picture with its legend below as an SVG document of that size; the same picture gives the same text."""
    high = map_height_mm(picture, lang, width_mm, height_mm)
    sheet = frame(picture, width_mm, high)
    ends = sheet.at([one.lon for one in picture.targets], [one.lat for one in picture.targets]) if picture.targets else np.empty((0, 2))
    here = sheet.at(picture.lon, picture.lat)[0]
    placed = place(_labels(picture, here, ends), _sampled(here, ends), width_mm, high, _kept_free(sheet))
    beneath = {one: paths for one in picture.grounds if (paths := _beneath(one, sheet))}
    body = [
        *(f'<path class="{one.kind}" d="{paths}" {GROUNDS[one.kind]}/>' for one, paths in beneath.items()), *_county_names(picture.grounds, sheet),
        *_circles(picture, sheet, here, ends), _outline(picture, sheet), *_lines(picture.targets, here, ends),
        *(sign(one.kind, float(x), float(y)) for one, (x, y) in zip(picture.targets, ends, strict=True)), sign("site", float(here[0]), float(here[1])),
        *map(_written, placed), _corner(sheet, lang),
        f'<rect x="0.15" y="0.15" width="{n(width_mm - 0.3)}" height="{n(high - 0.3)}" fill="none" stroke="{INK}" stroke-width="0.3"/>',
        f'<g transform="translate(0 {n(high + APART_MM)})">{legend(width_mm, lang, [one.kind for one in beneath], GROUNDS)[0]}</g>',
    ]  # fmt: skip
    size = f'width="{n(width_mm)}mm" height="{n(height_mm)}mm" viewBox="0 0 {n(width_mm)} {n(height_mm)}"'
    tongue = "zh-CN" if lang == "zh" else "en"
    drawn = "\n".join(filter(None, body))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang="{tongue}" font-family="{FONTS}"><title>{escape(picture.name)}</title>'
        f'<rect width="{n(width_mm)}" height="{n(height_mm)}" fill="#fff"/>\n{drawn}\n</svg>\n'
    )


def map_height_mm(picture: Picture, lang: str, width_mm: float, height_mm: float) -> float:
    """Return how high the map itself is, above its legend."""
    return height_mm - APART_MM - legend(width_mm, lang, [one.kind for one in picture.grounds if len(one.shapes)], GROUNDS)[1]


def n(value: float) -> str:
    """Return millimetres to the hundredth, without needless zeros."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def _beneath(ground: Ground, sheet: Frame) -> str:
    """Return a layer's shapes as one path; of a county its border alone, or the frame's edge would be drawn as one."""
    shapes = [shapely.boundary(shape) if ground.kind == "county" else shape for shape in ground.shapes if shape is not None]
    return "".join(_path(sheet.on_paper(shape)) for shape in shapes)


def _path(shape: shapely.Geometry) -> str:
    """Return lines and rings as one path; points are signs and have none."""
    made = []
    for part in shapely.get_parts(shape):
        rings = shapely.get_rings(part) if shapely.get_type_id(part) == shapely.GeometryType.POLYGON else [part]
        for ring in rings:
            points = shapely.get_coordinates(ring)
            if len(points) > 1:
                made.append("M" + "L".join(f"{n(x)} {n(y)}" for x, y in points.tolist()) + ("Z" if ring is not part else ""))
    return "".join(made)


def _county_names(grounds: Sequence[Ground], sheet: Frame) -> Iterator[str]:
    """Name the counties of which enough is seen, in pale letters."""
    least = sheet.width_mm * sheet.height_mm * 0.06
    for ground in grounds:
        for name, shape in zip(ground.names, ground.shapes, strict=True) if ground.kind == "county" else ():
            seen = sheet.on_paper(shape) if shape is not None else None
            if name and seen is not None and shapely.area(seen) >= least:
                at = shapely.point_on_surface(seen)
                yield (
                    f'<text x="{n(at.x)}" y="{n(at.y)}" font-size="3.6" letter-spacing="1" fill="#a9b0b6" text-anchor="middle" stroke="#fff" '
                    f'stroke-width="0.5" paint-order="stroke">{escape(name)}</text>'
                )


def _circles(picture: Picture, sheet: Frame, here: Floats, ends: Floats) -> Iterator[str]:
    """Draw how well each position is known; a circle that leaves the frame is cut at it."""
    told = [(here, picture.uncertainty_m), *((at, one.uncertainty_m) for at, one in zip(ends, picture.targets, strict=True))]
    for at, metres in told:
        radius = (metres or 0.0) * sheet.mm_a_m
        if np.isfinite(radius) and radius > 0.5:
            ring = shapely.clip_by_rect(shapely.Point(at).buffer(radius, 24), 0, 0, sheet.width_mm, sheet.height_mm)
            yield f'<path class="uncertain" d="{_path(ring)}" fill="#000" fill-opacity="0.04" stroke="{SOFT}" stroke-width="0.2" stroke-dasharray="0.8 0.6"/>'


def _outline(picture: Picture, sheet: Frame) -> str:
    drawn = _path(sheet.on_paper(picture.outline)) if picture.outline is not None else ""
    return f'<path class="outline" d="{drawn}" fill="{INK}" fill-opacity="0.12" stroke="{INK}" stroke-width="0.3"/>' if drawn else ""


def _lines(targets: Sequence[Target], here: Floats, ends: Floats) -> Iterator[str]:
    start = f'x1="{n(here[0])}" y1="{n(here[1])}"'
    for one, (x, y) in zip(targets, ends.tolist(), strict=True):
        yield f'<line class="reach {escape(one.kind)}" {start} x2="{n(x)}" y2="{n(y)}" {STROKES.get(one.state, STROKES["beyond"])}/>'


def _sampled(here: Floats, ends: Floats) -> Floats:
    """Return points a millimetre apart on every line."""
    runs = [np.linspace(here, end, max(int(np.hypot(*(end - here))), 2)) for end in ends]
    return np.concatenate(runs) if runs else np.empty((0, 2))


def _labels(picture: Picture, here: Floats, ends: Floats) -> list[Label]:
    names = [Label(float(x), float(y), (one.name, one.said), NAME_MM) for one, (x, y) in zip(picture.targets, ends, strict=True)]
    return [Label(float(here[0]), float(here[1]), (picture.name,), SITE_MM), *names]


def _written(placed: Placed) -> str:
    """Write a label with a pale edge, so that it is read on lines too."""
    label, (left, top, right, bottom) = placed.label, placed.box
    lead = ""
    if placed.led:
        x, y = min(max(label.x, left), right), min(max(label.y, top), bottom)
        lead = f'<line x1="{n(label.x)}" y1="{n(label.y)}" x2="{n(x)}" y2="{n(y)}" stroke="{SOFT}" stroke-width="0.15"/>'
    to_left = left + label.width_mm / 2 < label.x - label.width_mm / 4
    x, anchor = (right, "end") if to_left else (left, "start")
    heavy = len(label.lines) == 1
    texts = "".join(
        f'<text x="{n(x)}" y="{n(top + (at + 0.82) * label.size_mm * LINE_EM)}" font-size="{n(label.size_mm)}" text-anchor="{anchor}" fill="{INK}"'
        f' stroke="#fff" stroke-width="0.7" stroke-linejoin="round" paint-order="stroke"{_weight(heavy)}>{escape(line)}</text>'
        for at, line in enumerate(label.lines)
    )
    return lead + texts


def _weight(heavy: bool) -> str:
    return ' font-weight="bold"' if heavy else ""


def _kept_free(sheet: Frame) -> list[Box]:
    """Return what scale and north take up."""
    return [(0, sheet.height_mm - 8, 36, sheet.height_mm), (sheet.width_mm - 9, 0, sheet.width_mm, 13)]


def _corner(sheet: Frame, lang: str) -> str:
    """Return the scale bar at the lower left and north at the upper right."""
    metres = round_length(28 / sheet.mm_a_m)
    long, y = metres * sheet.mm_a_m, sheet.height_mm - 2.6
    bar = (
        f'<rect x="1.5" y="{n(y - 4.2)}" width="{n(long + 4)}" height="5.8" fill="#fff" fill-opacity="0.85"/>'
        f'<path d="M3 {n(y - 1.4)}V{n(y)}H{n(3 + long)}V{n(y - 1.4)}" fill="none" stroke="{INK}" stroke-width="0.35"/>'
        f'<text x="{n(3 + long / 2)}" y="{n(y - 1.1)}" font-size="{SMALL_MM}" text-anchor="middle" fill="{INK}">{escape(distance(float(metres), lang))}</text>'
    )
    x = sheet.width_mm - 5
    north = (
        f'<path d="M{n(x)} 2.2L{n(x + 1.8)} 9L{n(x)} 7.6L{n(x - 1.8)} 9Z" fill="{INK}" stroke="#fff" stroke-width="0.3"/>'
        f'<text x="{n(x)}" y="12.2" font-size="{SMALL_MM}" text-anchor="middle" fill="{INK}">{"北" if lang == "zh" else "N"}</text>'
    )
    return bar + north
