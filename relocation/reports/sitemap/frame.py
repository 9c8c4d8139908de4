"""The paper of a site's picture: a plane in metres around the site, the part of it that is drawn, and where a point stands in millimetres."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from relocation.reports.sitemap.picture import Picture

Floats = npt.NDArray[np.float64]
MAJOR_M, FLATTENING = 6_378_137.0, 1 / 298.257223563
"""The ellipsoid of WGS-84."""
LEAST_HALF_M, EDGE_SHARE, CIRCLE_SHARE = 600.0, 0.14, 0.45


def plane(lon: npt.ArrayLike, lat: npt.ArrayLike, lon0: float, lat0: float) -> Floats:
    """Return metres east and north of (lon0, lat0), shape (n, 2), by the ellipsoid's radii at the middle latitude.

    Within 60 km distances from the centre are right to 0.1 %, less than the width of a line; verdicts never measure here.
    """
    at_lon, at_lat = np.atleast_1d(np.asarray(lon, dtype=np.float64)), np.atleast_1d(np.asarray(lat, dtype=np.float64))
    middle = np.radians((at_lat + lat0) / 2)
    square = FLATTENING * (2 - FLATTENING)
    bent = 1 - square * np.sin(middle) ** 2
    across, along = MAJOR_M / np.sqrt(bent), MAJOR_M * (1 - square) / bent**1.5
    return np.column_stack([np.radians(at_lon - lon0) * across * np.cos(middle), np.radians(at_lat - lat0) * along])


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawn rectangle: millimetres a metre, and the metres at its middle."""

    lon0: float
    lat0: float
    width_mm: float
    height_mm: float
    mm_a_m: float
    middle_x: float
    middle_y: float

    def at(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
        """Return where points stand on the paper, millimetres from the left and the top, shape (n, 2)."""
        metres = plane(lon, lat, self.lon0, self.lat0)
        return np.column_stack(
            [self.width_mm / 2 + (metres[:, 0] - self.middle_x) * self.mm_a_m, self.height_mm / 2 - (metres[:, 1] - self.middle_y) * self.mm_a_m]
        )

    @property
    def window_deg(self) -> tuple[float, float, float, float]:
        """West, south, east and north of a rectangle of degrees that holds the frame, with a little beyond it."""
        half_x, half_y = self.width_mm / 2 / self.mm_a_m * 1.1, self.height_mm / 2 / self.mm_a_m * 1.1
        metres_lat = plane(self.lon0, self.lat0 + 1, self.lon0, self.lat0)[0, 1]
        metres_lon = plane(self.lon0 + 1, self.lat0, self.lon0, self.lat0)[0, 0] * 0.98  # farther north a degree is shorter
        return (
            self.lon0 + (self.middle_x - half_x) / metres_lon, self.lat0 + (self.middle_y - half_y) / metres_lat,
            self.lon0 + (self.middle_x + half_x) / metres_lon, self.lat0 + (self.middle_y + half_y) / metres_lat,
        )  # fmt: skip

    def on_paper(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return a shape in degrees as millimetres of paper, cut at the frame; what is finer than a line is left out."""
        cut = shapely.clip_by_rect(shape, *self.window_deg)
        placed = shapely.transform(cut, lambda points: self.at(points[:, 0], points[:, 1]))
        return shapely.clip_by_rect(shapely.simplify(placed, 0.08), 0, 0, self.width_mm, self.height_mm)


def frame(picture: Picture, width_mm: float, height_mm: float) -> Frame:
    """Return the frame that holds a site and its targets, and the circles of their uncertainty where they are not larger than all the rest."""
    lons, lats = [picture.lon, *(one.lon for one in picture.targets)], [picture.lat, *(one.lat for one in picture.targets)]
    at = plane(lons, lats, picture.lon, picture.lat)
    span = max(float(np.ptp(at[:, 0])), float(np.ptp(at[:, 1])), 2 * LEAST_HALF_M)
    radii = np.array([value or 0.0 for value in (picture.uncertainty_m, *(one.uncertainty_m for one in picture.targets))])
    radii[~np.isfinite(radii) | (radii > CIRCLE_SHARE * span)] = 0.0
    low, high = (at - radii[:, None]).min(axis=0), (at + radii[:, None]).max(axis=0)
    half = np.maximum((high - low) / 2, LEAST_HALF_M) * (1 + 2 * EDGE_SHARE)
    middle = (high + low) / 2
    mm_a_m = float(min(width_mm / 2 / half[0], height_mm / 2 / half[1]))
    return Frame(picture.lon, picture.lat, width_mm, height_mm, mm_a_m, float(middle[0]), float(middle[1]))


def round_length(most_m: float) -> int:
    """Return the longest of 1, 2, 5, 10, 20 … metres that is not above `most_m`."""
    step: int = 10 ** int(np.floor(np.log10(max(most_m, 1.0))))
    return max(n * step for n in (1, 2, 5) if n * step <= max(most_m, 1.0))
