"""How far it is by road to what a proposed place is near: along the layer of roads, where there is one, with both ends joined to it in a straight line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from checks.sentence import distance
from relocation.service.bench.items import Item
from relocation.service.bench.proposing import Proposal
from relocation.service.bench.words import ROAD_FAR, ROAD_HERE, ROAD_NONE, ROAD_THERE, ROAD_WAY
from relocation.service.reference import around
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

if TYPE_CHECKING:
    from geo.roads import Network

ROADS = "roads"
MOST_OFF_M = 500.0
"""How far a place may lie from a road and still be joined to it, where nothing else is asked."""
FARTHEST_OFF_M = 5_000.0
_FACILITIES = ("county-seat", "township", "industrial-park", "scenic-area")


@dataclass(frozen=True, slots=True)
class Road:
    """The way by road to one target. `whole_m` None: there is none, or an end lies too far from any road (`far`: which, and how far)."""

    whole_m: float | None
    to_road_m: float
    from_road_m: float
    most_off_m: float
    far: str = ""

    def json(self, lang: str) -> dict[str, Any]:
        """Return the way with its words."""
        return {"whole_m": self.whole_m, "to_road_m": self.to_road_m, "from_road_m": self.from_road_m, "said": self.said(lang)}

    def said(self, lang: str) -> str:
        """Say the way, or why there is none."""
        if self.far:
            what, off_m = (ROAD_HERE, self.to_road_m) if self.far == "here" else (ROAD_THERE, self.from_road_m)
            return ROAD_FAR[lang].format(what=what[lang], m=distance(off_m, lang), most=distance(self.most_off_m, lang))
        if self.whole_m is None:
            return ROAD_NONE[lang]
        return ROAD_WAY[lang].format(m=distance(self.whole_m, lang), to=distance(self.to_road_m, lang), off=distance(self.from_road_m, lang))


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
    """Return the way to the facility of each class that is nearest by air. Trouble for a limit that is none."""
    if not 0 < most_off_m <= FARTHEST_OFF_M:
        raise Trouble("bench-snap", value=f"{most_off_m:g}", most=f"{FARTHEST_OFF_M:,.0f}")
    roads = network(store)
    to = [item for item in items if item.key in _FACILITIES and item.lon is not None]
    if roads is None or not to:
        return {}
    lon, lat = (np.array([getattr(item, axis) for item in to], dtype=np.float64) for axis in ("lon", "lat"))
    ways = roads.ways(one.lon, one.lat, lon, lat, most_off_m)
    return {
        item.id: _road(ways.to_road_m, off, whole, most_off_m) for item, off, whole in zip(to, ways.from_road_m.tolist(), ways.whole_m.tolist(), strict=True)
    }


def _road(to_road_m: float, off_m: float, whole_m: float, most_off_m: float) -> Road:
    far = "here" if to_road_m > most_off_m else "there" if off_m > most_off_m else ""
    return Road(whole_m if np.isfinite(whole_m) else None, to_road_m, off_m, most_off_m, far)
