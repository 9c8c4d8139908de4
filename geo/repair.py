"""Shapes made valid, and the list of what was mended: nothing is ever changed without saying so."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely

Shapes = npt.NDArray[np.object_]
What = Literal["crossing", "unclosed-or-flat", "not-finite"]


@dataclass(frozen=True, slots=True)
class Mend:
    """What was done to the shape at `index`.

    `what` is "crossing" (an outline crossed or touched itself: the same ground is now held by proper rings), "unclosed-or-flat" (an outline
    without area: what is left of it is a line or a point, or nothing) or "not-finite" (a coordinate was NaN or infinite: the position is
    now unknown, None). `reason` is the geometry library's English sentence with the place; `area_kept` is the area after over the area before,
    NaN where there was none to compare.
    """

    index: int
    what: What
    reason: str
    area_kept: float


def valid(shapes: Shapes) -> tuple[Shapes, list[Mend]]:
    """Return the shapes, each one valid, and what was mended to make them so; valid shapes and None come back as they are."""
    mended, mends = np.array(shapes, dtype=object), []
    finite = _finite(mended)
    for index in np.flatnonzero(~(finite & (shapely.is_valid(mended) | shapely.is_missing(mended)))):
        shape = mended[index]
        if not finite[index]:
            mended[index] = None
            mends.append(Mend(int(index), "not-finite", "a coordinate is not a finite number", float("nan")))
            continue
        whole = shapely.make_valid(shape, method="structure", keep_collapsed=False)
        before, after = float(shapely.area(shape)), float(shapely.area(whole))
        flat = after == 0 and shapely.get_dimensions(shape) == 2
        # an outline crossing itself as an 8 has parts of opposite turn, whose signed areas cancel: a ratio would then mislead
        mended[index] = shapely.make_valid(shape) if flat else whole
        kept = after / before if before > 0 else float("nan")
        mends.append(Mend(int(index), "unclosed-or-flat" if flat else "crossing", shapely.is_valid_reason(shape), kept))
    return mended, mends


def _finite(shapes: Shapes) -> npt.NDArray[np.bool_]:
    places, owner = shapely.get_coordinates(shapes, return_index=True)
    finite = np.ones(len(shapes), np.bool_)
    finite[owner[~np.isfinite(places).all(axis=1)]] = False
    return finite
