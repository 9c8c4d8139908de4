"""How far it is by road to what a proposed place is near: along the layer of roads, where there is one, with both ends joined to it in a straight line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from checks.sentence import distance
from relocation.service.bench.items import Item
from relocation.service.bench.proposing import Proposal
from relocation.service.bench.words import ROAD_FAR, ROAD_HERE, ROAD_NONE, ROAD_THERE, ROAD_UNNAMED, ROAD_WAY
from relocation.service.reference import around
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

if TYPE_CHECKING:
    from geo.layer import Layer
    from geo.roads import Network

ROADS = "roads"
MOST_OFF_M = 500.0
"""How far a place may lie from a road and still be joined to it, where nothing else is asked."""
FARTHEST_OFF_M = 5_000.0
AT_A_TIME = 8
"""So many facilities are asked for at once, the nearest by air first: one search of the roads answers for all of them."""
SAME_M = 0.01  # a way counts as shorter by more than rounding
Floats = npt.NDArray[np.float64]
_FACILITIES = ("county-seat", "township", "industrial-park", "scenic-area")


@dataclass(frozen=True, slots=True)
class Road:
    """The way by road to one target. `whole_m` None: there is none, or an end lies too far from any road (`far`: which, and how far).

    `name` is the target's: by road another may be nearer than by air.
    """

    whole_m: float | None
    to_road_m: float
    from_road_m: float
    most_off_m: float
    far: str = ""
    name: str = ""

    def json(self, lang: str) -> dict[str, Any]:
        """Return the way with its words."""
        return {"whole_m": self.whole_m, "to_road_m": self.to_road_m, "from_road_m": self.from_road_m, "name": self.name, "said": self.said(lang)}

    def said(self, lang: str) -> str:
        """Say the way, or why there is none."""
        if self.far:
            what, off_m = (ROAD_HERE, self.to_road_m) if self.far == "here" else (ROAD_THERE, self.from_road_m)
            return ROAD_FAR[lang].format(what=what[lang], m=distance(off_m, lang), most=distance(self.most_off_m, lang))
        if self.whole_m is None:
            return ROAD_NONE[lang]
        return ROAD_WAY[lang].format(
            name=self.name or ROAD_UNNAMED[lang], m=distance(self.whole_m, lang), to=distance(self.to_road_m, lang), off=distance(self.from_road_m, lang)
        )


def network(store: Store) -> "Network | None":
    """Return the roads as a graph, kept until the layers change; None where no lines of that name were imported."""
    layer = around(store).get(ROADS)
    if layer is None:
        return None
    if store.kept.get("roads-of") is not layer:
        from geo.roads import Network

        try:
            made: Network | None = Network(layer)
        except ValueError:
            made = None
        store.kept["roads"], store.kept["roads-of"] = made, layer
    kept: Network | None = store.kept["roads"]
    return kept


def by_road(store: Store, one: Proposal, items: Sequence[Item], most_off_m: float) -> dict[str, Road]:
    """Return the way to the facility of each class that is nearest by road. Trouble for a limit that is none.

    Where no road leads to any of a class, the way to the one nearest by air is told, which says why there is none.
    """
    if not 0 < most_off_m <= FARTHEST_OFF_M:
        raise Trouble("bench-snap", value=f"{most_off_m:g}", most=f"{FARTHEST_OFF_M:,.0f}")
    roads = network(store)
    if roads is None:
        return {}
    layers = around(store)
    return {item.id: _nearest(roads, one, item, layers.get(item.layer), most_off_m) for item in items if item.key in _FACILITIES and item.lon is not None}


def _nearest(roads: "Network", one: Proposal, item: Item, layer: "Layer | None", most_off_m: float) -> Road:
    """Ask the facilities in the order of their distance by air, a few at a time, until the next lies farther by air than the best by road.

    No way by road is shorter than the straight line, so none that was not asked can be nearer.
    """
    lon, lat = (np.array([getattr(item, axis)], dtype=np.float64) for axis in ("lon", "lat"))
    first = roads.ways(one.lon, one.lat, lon, lat, most_off_m)
    told = _road(first.to_road_m, float(first.from_road_m[0]), float(first.whole_m[0]), most_off_m, item.name)
    if layer is None or told.far == "here":
        return told
    best, best_m = told, told.whole_m if told.whole_m is not None else np.inf
    straight, to_lon, to_lat, row = _by_air(one, layer)
    for begun in range(0, len(row), AT_A_TIME):
        if straight[begun] >= best_m:
            break
        part = slice(begun, begun + AT_A_TIME)
        ways = roads.ways(one.lon, one.lat, to_lon[part], to_lat[part], most_off_m)
        at = int(np.argmin(np.where(np.isfinite(ways.whole_m), ways.whole_m, np.inf)))
        if ways.whole_m[at] < best_m - SAME_M:
            best = _road(ways.to_road_m, float(ways.from_road_m[at]), float(ways.whole_m[at]), most_off_m, layer.names[int(row[begun + at])])
            best_m = float(ways.whole_m[at])
    return best


def _by_air(one: Proposal, layer: "Layer") -> tuple[Floats, Floats, Floats, npt.NDArray[np.int64]]:
    """Return metres by air, position and row of a layer's placed features, the nearest first; an outline counts by its point nearest to the place."""
    from geo.ellipsoid import surface
    from geo.index import between_m

    row = np.flatnonzero(~layer.unplaced)
    here = shapely.Point(one.lon, one.lat)
    touched = shapely.get_point(shapely.shortest_line(layer.shapes[row], here), 0)
    lon, lat = shapely.get_x(touched), shapely.get_y(touched)
    ones = np.ones(len(row))
    metres = between_m(surface(one.lon * ones, one.lat * ones), one.lon * ones, one.lat * ones, surface(lon, lat), lon, lat)
    order = np.argsort(metres, kind="stable")
    return metres[order], lon[order], lat[order], row[order]


def _road(to_road_m: float, off_m: float, whole_m: float, most_off_m: float, name: str) -> Road:
    far = "here" if to_road_m > most_off_m else "there" if off_m > most_off_m else ""
    return Road(whole_m if np.isfinite(whole_m) else None, to_road_m, off_m, most_off_m, far, name)
