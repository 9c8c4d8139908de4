"""The nearest feature of a layer, in metres on the WGS-84 ellipsoid."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo.layer import Layer, Shapes

Floats = npt.NDArray[np.float64]


class Nearest(NamedTuple):
    """For each asked position the nearest feature, as columns.

    `which` is the feature's row in the layer, -1 when there is none. `distance_m` is the geodesic to the feature's nearest point, 0 inside
    an outline; inf when the layer has no placed feature, NaN when the asked position itself is unknown. `uncertainty_m` is the feature's
    own, 0 where `uncertainty_known` is False. `at_lon`, `at_lat` is the feature's nearest point, `from_lon`, `from_lat` the asked shape's (NaN when none).
    """

    which: npt.NDArray[np.int64]
    distance_m: Floats
    uncertainty_m: Floats
    uncertainty_known: npt.NDArray[np.bool_]
    at_lon: Floats
    at_lat: Floats
    from_lon: Floats
    from_lat: Floats


def nearest(lon: Floats, lat: Floats, layer: Layer) -> Nearest:
    """Return each WGS-84 position's nearest feature of the layer, to a millimetre for points and to half a metre for outlines."""
    raise NotImplementedError


def nearest_from(shapes: Shapes, layer: Layer) -> Nearest:
    """Return each WGS-84 shape's nearest feature of the layer, measured from its own outline; 0 where they touch, overlap or hold one another."""
    raise NotImplementedError
