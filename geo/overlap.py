"""Which area a position lies in, and how much of a shape lies in the areas of a layer."""

import numpy as np
import numpy.typing as npt

from geo.layer import Layer

Floats = npt.NDArray[np.float64]


def inside(lon: Floats, lat: Floats, layer: Layer) -> npt.NDArray[np.int64]:
    """Return for each WGS-84 position the row of the first polygon that holds it, borders included, or -1."""
    raise NotImplementedError
