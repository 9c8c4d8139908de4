"""A layer: named shapes of one class, where they come from, and how well their positions are known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from geo.index import Index

Shapes = npt.NDArray[np.object_]

UNCOVERED = "uncovered"
"""The attribute that marks ground of which the source of a layer says nothing: a place there is neither in a zone nor clear of one."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Named shapes in WGS-84 longitude and latitude (degrees), one row a feature.

    `shapes` holds points, lines or polygons; None (or an empty shape) says that the feature exists but its position is not known: it is never
    left out of the layer, and never taken for "far away". `counties` holds each feature's adcode or "". `uncertainty_m` says how far the
    true position may lie from the given one; NaN says that nobody knows, which counts as 0 in a distance and is reported as unknown.
    `declared_crs` is the system in which the positions were given before they were converted; `dated` is the date of the data as its source states it.

    ValueError when the columns are not of one length, when an uncertainty is negative, or when a shape leaves latitude ±90.
    """

    id: str
    names: tuple[str, ...]
    shapes: Shapes
    counties: npt.NDArray[np.object_]
    uncertainty_m: npt.NDArray[np.float64]
    declared_crs: str
    source: str
    dated: str
    licence: str = ""
    attributes: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = {"shapes": self.shapes, "counties": self.counties, "uncertainty_m": self.uncertainty_m, **self.attributes}
        for name, column in columns.items():
            if len(column) != len(self.names):
                raise ValueError(f"layer {self.id}: {len(self.names)} names but {len(column)} {name}")
        if (self.uncertainty_m < 0).any():
            raise ValueError(f"layer {self.id}: an uncertainty is negative")
        if (np.abs(self._bounds_deg[:, 1::2]) > 90).any():
            raise ValueError(f"layer {self.id}: a latitude lies outside ±90; are longitude and latitude swapped, or the values metres?")

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def _bounds_deg(self) -> npt.NDArray[np.float64]:
        return np.asarray(shapely.bounds(self.shapes))

    @cached_property
    def unplaced(self) -> npt.NDArray[np.bool_]:
        """Which features have no known position."""
        # bounds are NaN for None, for an empty shape, and for a point at NaN, which GEOS does not always call empty
        return np.isnan(self._bounds_deg[:, 0] + self._bounds_deg[:, 1])

    @cached_property
    def index(self) -> "Index":
        """The search trees over the placed features, built when first asked for and kept."""
        from geo.index import Index  # SciPy takes half a second to import; a page without distances need not wait for it

        return Index(self.shapes, self.unplaced)

    @cached_property
    def by_uncertainty(self) -> "tuple[tuple[npt.NDArray[np.intp], Layer], ...]":
        """The placed features as layers of one uncertainty each, with the rows they have here; an unknown uncertainty stands with 0."""
        worth = np.where(np.isnan(self.uncertainty_m), 0.0, self.uncertainty_m)
        placed = ~self.unplaced
        groups = [np.flatnonzero(placed & (worth == value)) for value in np.unique(worth[placed])]
        return tuple((rows, self.take(rows)) for rows in groups)

    @cached_property
    def borders(self) -> "Layer":
        """The same features, their polygons by their borders only: how deep a position lies inside one is its distance from these."""
        return replace(self, shapes=np.asarray(shapely.boundary(self.shapes), dtype=object))

    @cached_property
    def _blank(self) -> npt.NDArray[np.bool_]:
        marks = self.attributes.get(UNCOVERED)
        return np.zeros(len(self), dtype=np.bool_) if marks is None else np.array([mark is True for mark in marks.tolist()], dtype=np.bool_)

    @cached_property
    def covered(self) -> "Layer":
        """The features without the ground of which the source says nothing; the layer itself where there is none such."""
        return self.take(np.flatnonzero(~self._blank)) if self._blank.any() else self

    @cached_property
    def uncovered(self) -> "Layer":
        """The ground of which the source says nothing, of each county that brought such a layer."""
        return self.take(np.flatnonzero(self._blank))

    def take(self, rows: npt.NDArray[np.intp]) -> "Layer":
        """Return a layer of the named features only."""
        columns = {name: column[rows] for name, column in self.attributes.items()}
        names, shapes = tuple(self.names[row] for row in rows), self.shapes[rows]
        return replace(self, names=names, shapes=shapes, counties=self.counties[rows], uncertainty_m=self.uncertainty_m[rows], attributes=columns)
