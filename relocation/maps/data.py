"""What a map shows, as plain columns. The service fills it; `page.folium_map` draws it. No Folium here, and no text is changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from checks.verdict import WORST_FIRST

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Outcomes = npt.NDArray[np.int8]
Shapes = npt.NDArray[np.object_]

NOT_RUN = -1
"""Stands in an outcome column for a record the check was not run on."""


@dataclass(frozen=True, slots=True)
class CheckColumn:
    """One check's answer for every place: outcomes as numbers of `Outcome` (NOT_RUN where there is none) and the finished sentences ("" = none)."""

    id: str
    title: str
    outcomes: Outcomes
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reach:
    """The nearest feature of one layer for every place; `layer` is the id of a MapLayer of the same map.

    which      : row of that layer, -1 where none was found
    distance_m : metres as the check measured them (inf or NaN where none)
    at_lon/lat : WGS-84 point on the feature where the line ends (the target itself, or the nearest point of its outline)
    """

    layer: str
    which: Indices
    distance_m: Numbers
    at_lon: Numbers
    at_lat: Numbers


@dataclass(frozen=True, slots=True)
class Places:
    """Sites, or dispersed houses, in columns of one length. Places without a position have NaN in lon/lat: they are counted and listed, not drawn.

    lon, lat      : WGS-84 degrees
    uncertainty_m : of the place's own position, NaN = not stated
    names         : shown as they are; for houses leave them empty (""): no personal name belongs on a map
    page_prefix   : a place's page is page_prefix + the URL-quoted code; "" = no links (an exported file)
    """

    codes: Sequence[str]
    names: Sequence[str]
    townships: Sequence[str]
    lon: Numbers
    lat: Numbers
    uncertainty_m: Numbers
    checks: tuple[CheckColumn, ...] = ()
    reaches: tuple[Reach, ...] = ()
    page_prefix: str = ""

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def worst(self) -> Outcomes:
        """The outcome that stands for each place, by the order people want to see them; NOT_RUN where no check was run."""
        worst = np.full(len(self), NOT_RUN, dtype=np.int8)
        for outcome in reversed(WORST_FIRST):
            for check in self.checks:
                worst[check.outcomes == outcome] = outcome
        return worst


@dataclass(frozen=True, slots=True)
class MapLayer:
    """One reference layer as drawn. `id` chooses the symbol (county_boundaries, county_seats, townships, industrial_parks, scenic_areas, rivers, functional_zones).

    shapes        : shapely geometries, WGS-84 lon/lat; None where no position is known (counted in the legend, not drawn)
    names         : one a shape
    details       : one a shape or empty: category, class or level with its confidence, ready to show
    uncertainty_m : one a shape, NaN = not stated
    dated         : the day or year of the data, as its source states it
    approval_no   : map approval number of the base data (审图号), "" = none
    note          : a caution to show with the layer ("demonstration positions")
    attribution   : the line its owner asks for, "" = none
    classes       : one a shape or empty: its class in the legend (functional zones are drawn by it)
    shown         : switched on when the map opens
    """

    id: str
    title: str
    names: Sequence[str]
    shapes: Shapes
    uncertainty_m: Numbers
    source: str
    dated: str
    licence: str = ""
    approval_no: str = ""
    note: str = ""
    details: Sequence[str] = ()
    attribution: str = ""
    classes: Sequence[str] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the bar above a served map."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class MapData:
    """Everything one map says, in one language; every text is already in that language.

    as_of           : the day the verdicts speak of
    own_approval_no : the county's own map approval number; "" leaves a blank to write it on
    links           : for the bar of a served map; the first is the way back
    """

    title: str
    lang: str  # "zh" or "en"
    as_of: date
    sites: Places
    layers: tuple[MapLayer, ...] = ()
    households: Places | None = None
    own_approval_no: str = ""
    links: tuple[Link, ...] = field(default=())
