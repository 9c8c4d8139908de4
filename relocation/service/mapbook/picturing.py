"""The picture of a site from what is stored: position, the targets the check found, the layers around it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from checks.finding import Finding
from checks.sentence import distance
from checks.vocabulary import SITE
from geo.layer import Layer
from relocation.reports.sitemap.drawn import site_map
from relocation.reports.sitemap.picture import Ground, Picture, Target
from relocation.service.mapbook.words import short
from relocation.service.reference import around
from relocation.store import queries
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

GROUNDS = {
    "permanent_farmland": "zone", "ecological_red_line": "zone", "flood_zones": "zone", "geological_hazards": "zone",
    "scenic_areas": "scenic", "industrial_parks": "park", "rivers": "river", "county_boundaries": "county",
}  # fmt: skip
"""Layers drawn beneath, lowest first, and how each is drawn."""
FOUR = {"county-seat": "county_seats", "township": "townships", "industrial-park": "industrial_parks", "scenic-area": "scenic_areas"}
CHECK = "four-proximities"
MARGIN_DEG, SHARE, LABEL = 0.02, 1.2, 24
WIDTH_MM, HEIGHT_MM = 140.0, 92.0
NARROW_MM, NARROW_HIGH_MM = 84.0, 104.0
"""For the width of a telephone, whose letters would else be too small to read."""


class Backdrop:
    """The layers of an office with the boxes of their shapes, looked at once for many pictures."""

    def __init__(self, store: Store) -> None:
        """Read the layers."""
        self.layers: Mapping[str, Layer] = around(store)
        self._bounds = {id: np.asarray(shapely.bounds(self.layers[id].shapes)) for id in GROUNDS if id in self.layers}

    def beneath(self, points: Sequence[tuple[float, float]]) -> list[Ground]:
        """Return the shapes in and around the box of some points."""
        at = np.asarray(points)
        reach = float(max(np.ptp(at[:, 0]), np.ptp(at[:, 1]))) * SHARE + MARGIN_DEG
        (west, south), (east, north) = at.min(axis=0) - reach, at.max(axis=0) + reach
        made = []
        for id, kind in GROUNDS.items():
            if id in self.layers:
                box, layer = self._bounds[id], self.layers[id]
                near = np.flatnonzero((box[:, 0] <= east) & (box[:, 2] >= west) & (box[:, 1] <= north) & (box[:, 3] >= south))
                made.append(Ground(kind, [layer.shapes[row] for row in near], [layer.names[row] for row in near]))
        return made


def targets(findings: Sequence[Finding], lang: str) -> list[Target]:
    """Return the four as the check kept them: nothing is measured again. Classes without a placed facility are left out."""
    near = near_of(findings)
    found = [(kind, near[kind]) for kind in FOUR if near.get(kind, {}).get("lon") is not None and near[kind].get("m") is not None]
    return [
        Target(kind, short(str(one["name"]), LABEL), distance_said(one, lang), str(one["state"]), one["lon"], one["lat"], one.get("uncertainty_m"))
        for kind, one in found
    ]


def near_of(findings: Sequence[Finding]) -> Mapping[str, Mapping[str, Any]]:
    """Return class → what the check found nearest; {} before it was run."""
    facts = next((one.facts for one in findings if one.check == CHECK), {})
    near: Any = facts.get("near", {})
    return near if isinstance(near, Mapping) else {}


def distance_said(one: Mapping[str, Any], lang: str) -> str:
    """Return a distance with how well the target's position is known."""
    unsure = one.get("uncertainty_m")
    return distance(float(one["m"]), lang) + (f" ± {distance(float(unsure), lang)}" if unsure else "")


def picture(backdrop: Backdrop, record: Mapping[str, Any], findings: Sequence[Finding], lang: str) -> Picture | None:
    """Return what to draw of a site's record; None where it has no position."""
    if record["lon"] is None or record["lat"] is None:
        return None
    four = targets(findings, lang)
    points = [(record["lon"], record["lat"]), *((one.lon, one.lat) for one in four)]
    outline = record.get("outline")
    return Picture(
        short(str(record["name"] or record["code"]), LABEL), record["lon"], record["lat"], record["uncertainty_m"],
        shapely.from_wkb(bytes(outline)) if outline is not None else None, four, backdrop.beneath(points),
    )  # fmt: skip


def site_svg(store: Store, code: str, county: str | None, lang: str, *, narrow: bool = False) -> str:
    """Return the picture of one site as an SVG document, `narrow` for a telephone. Trouble (404) for an unknown one and for one without a position."""
    with store.reading() as connection:
        found = queries.records_of_code(connection, SITE, code, county)
        if not found:
            raise Trouble("unknown-subject", subject=code, near=", ".join(queries.codes_near(connection, SITE, code)))
        findings = queries.findings_of(connection, SITE.id, found[0]["county"], code)
    drawn = picture(Backdrop(store), found[0], findings, lang)
    if drawn is None:
        raise Trouble("mapbook-unplaced", site=code)
    return site_map(drawn, lang, NARROW_MM if narrow else WIDTH_MM, NARROW_HIGH_MM if narrow else HEIGHT_MM)
