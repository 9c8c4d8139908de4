"""Vetting the nation's sites: the nearest of four layers for each, against a bare tree and against GeoPandas.

Run as `python -m benchmarks.vetting`. 35,000 sites; 57,000 facilities (2,850 seats, 38,650 townships, 3,500 parks, 12,000 scenic areas), made up
from a fixed seed and strewn as settlements are: townships around seats, sites around townships. Every way gets the
same points in degrees and builds its trees inside the clock, except where its name says that something was ready before. The bare trees get ready
coordinates; their answers are not yet metres, names or verdicts: they are the floor, not a rival.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from benchmarks.measure import Contest
from geo.ellipsoid import surface
from geo.layer import Layer
from geo.proximity import Nearest, forget_positions, nearest

Floats = npt.NDArray[np.float64]
SITES = 35_000
FACILITIES = {"county_seats": 2_850, "townships": 38_650, "industrial_parks": 3_500, "scenic_areas": 12_000}
ZONE = "EPSG:4544"  # CGCS2000, central meridian 105°E: the middle of the country, as an office would take one zone for everything
CANDIDATES, BRUTE_SITES = 12, 40


@dataclass(frozen=True, slots=True)
class Given:
    """The same places as degrees, as layers with their trees built, as earth-centred metres and as metres of one zone."""

    lon: Floats
    lat: Floats
    degrees: Mapping[str, Floats]
    shapes: Mapping[str, npt.NDArray[np.object_]]
    ready: Mapping[str, Layer]
    site_xyz_m: Floats
    xyz_m: Mapping[str, Floats]
    site_shapes: npt.NDArray[np.object_]
    site_zone: npt.NDArray[np.object_]
    zone: Mapping[str, npt.NDArray[np.object_]]
    site_zone_m: Floats
    zone_m: Mapping[str, Floats]


def prepare(scale: float) -> Given:
    """Make the places up; the seed is fixed."""
    from geo.crs import Crs, from_wgs84

    rng = np.random.default_rng(2026)
    size = {name: max(int(count * scale), 2) for name, count in FACILITIES.items()}
    hubs = rng.uniform((98, 22), (123, 42), (60, 2))
    seats = around(rng, hubs, size["county_seats"], 1.6)
    towns = around(rng, seats, size["townships"], 0.22)
    degrees = {"county_seats": seats, "townships": towns, "industrial_parks": around(rng, seats, size["industrial_parks"], 0.1)}
    degrees["scenic_areas"] = around(rng, seats, size["scenic_areas"], 0.3)
    lon, lat = around(rng, towns, max(int(SITES * scale), 2), 0.03).T.copy()
    shapes = {name: points_of(places) for name, places in degrees.items()}
    ready = {name: layer_of(name, column) for name, column in shapes.items()}
    for layer in ready.values():
        nearest(lon[:1], lat[:1], layer)
    zone_m = {name: np.column_stack(from_wgs84(places[:, 0], places[:, 1], Crs(ZONE))) for name, places in degrees.items()}
    site_zone_m = np.column_stack(from_wgs84(lon, lat, Crs(ZONE)))
    xyz_m = {name: surface(*places.T).xyz_m for name, places in degrees.items()}
    zone = {name: points_of(places) for name, places in zone_m.items()}
    site_shapes, site_zone = points_of(np.column_stack([lon, lat])), points_of(site_zone_m)
    return Given(lon, lat, degrees, shapes, ready, surface(lon, lat).xyz_m, xyz_m, site_shapes, site_zone, zone, site_zone_m, zone_m)


def points_of(places: Floats) -> npt.NDArray[np.object_]:
    """Return places as shapely points."""
    return np.asarray(shapely.points(places), dtype=object)


def around(rng: np.random.Generator, places: Floats, count: int, spread_deg: float) -> Floats:
    """Return that many places strewn around the given ones."""
    strewn = places[rng.integers(0, len(places), count)] + rng.normal(0, spread_deg, (count, 2))
    return np.clip(strewn, (74, 18.5), (134, 53))


def layer_of(name: str, shapes: npt.NDArray[np.object_]) -> Layer:
    """Return the places as a layer without trees."""
    count = len(shapes)
    return Layer(name, ("",) * count, shapes, np.full(count, "", object), np.zeros(count), "WGS84", "made up", "2026")


def ours(given: Given) -> dict[str, Nearest]:
    """Layers made, trees built, nearest targets, metres, uncertainties, target positions."""
    forget_positions()
    return {name: nearest(given.lon, given.lat, layer_of(name, shapes)) for name, shapes in given.shapes.items()}


def ours_ready(given: Given) -> dict[str, Nearest]:
    """The same in a server that has its trees."""
    forget_positions()
    return {name: nearest(given.lon, given.lat, layer) for name, layer in given.ready.items()}


def bare_chords(given: Given) -> dict[str, Any]:
    """SciPy's tree on ready earth-centred coordinates, built and asked with its defaults."""
    return {name: cKDTree(places).query(given.site_xyz_m) for name, places in given.xyz_m.items()}


def bare_zone(given: Given) -> dict[str, Any]:
    """SciPy's tree on ready metres of one zone (two coordinates instead of three, and distorted)."""
    return {name: cKDTree(places).query(given.site_zone_m) for name, places in given.zone_m.items()}


def geopandas_zone(given: Given) -> dict[str, Any]:
    """GeoPandas `sjoin_nearest` in one zone, from frames in degrees as every way but the bare trees gets them."""
    import geopandas as gpd

    sites = gpd.GeoSeries(given.site_shapes, crs="EPSG:4490").to_crs(ZONE)
    layers = {name: gpd.GeoSeries(shapes, crs="EPSG:4490").to_crs(ZONE) for name, shapes in given.shapes.items()}
    return joined(sites, layers)


def geopandas_projected(given: Given) -> dict[str, Any]:
    """GeoPandas `sjoin_nearest` on frames that somebody has already projected into that zone."""
    import geopandas as gpd

    return joined(gpd.GeoSeries(given.site_zone, crs=ZONE), {name: gpd.GeoSeries(shapes, crs=ZONE) for name, shapes in given.zone.items()})


def joined(sites: Any, layers: Mapping[str, Any]) -> dict[str, Any]:
    """Return distances and rows of the nearest targets, one a site."""
    import geopandas as gpd

    answers = {}
    for name, targets in layers.items():
        pairs = gpd.sjoin_nearest(gpd.GeoDataFrame(geometry=sites), gpd.GeoDataFrame(geometry=targets), distance_col="distance_m")
        pairs = pairs[~pairs.index.duplicated()].sort_index()
        answers[name] = (pairs["distance_m"].to_numpy(), pairs["index_right"].to_numpy())
    return answers


def facts(given: Given, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Count wrong nearest targets and the worst error in metres, and time one site alone."""
    picked = {way: {name: (a.which, a.distance_m) for name, a in answers[way].items()} for way in answers if way.startswith("relocation")}
    picked |= {way: {name: (a[1], a[0]) for name, a in answers[way].items()} for way in answers if not way.startswith("relocation")}
    told: dict[str, Any] = {"sites": len(given.lon), "facilities": sum(map(len, given.degrees.values()))}
    wrong, worst = dict.fromkeys(picked, 0), dict.fromkeys(picked, 0.0)
    for name in given.degrees:
        best = oracle_m(given, name)
        for way, answer in picked.items():
            which, metres = answer[name]
            own = geodesics_m(given, name, np.arange(len(given.lon)), which)
            wrong[way] += int((own > best + 1e-3).sum())
            worst[way] = max(worst[way], float(np.abs(metres - best).max()))
    for way in picked:
        told[f"{way}: wrong nearest of {4 * len(given.lon):,}"] = wrong[way]
        told[f"{way}: worst error in m"] = f"{worst[way]:.3g}"
    return told | {"one site, four ready layers, ms": round(one_site_ms(given), 3)}


def geodesics_m(given: Given, name: str, site: npt.NDArray[np.intp], target: npt.NDArray[np.intp]) -> Floats:
    """Return exact geodesics between pairs, solved by pyproj."""
    from pyproj import Geod

    places = given.degrees[name][target]
    return np.asarray(Geod(ellps="WGS84").inv(given.lon[site], given.lat[site], places[:, 0], places[:, 1])[2])


def oracle_m(given: Given, name: str) -> Floats:
    """Return the least exact geodesic of each site: over candidates shown to hold it, and for some sites over every target there is."""
    count = min(CANDIDATES, len(given.degrees[name]))
    chord_m, target = cKDTree(given.xyz_m[name]).query(given.site_xyz_m, k=count)
    site = np.repeat(np.arange(len(given.lon)), count)
    metres = geodesics_m(given, name, site, target.ravel()).reshape(-1, count)
    best = metres.min(axis=1)
    # a chord is never longer than its geodesic, and these are at most a few parts in a thousand shorter up to 1,000 km
    doubtful = np.flatnonzero((chord_m[:, -1] < best) & (count < len(given.degrees[name])))
    for row in np.concatenate([np.arange(0, len(given.lon), max(len(given.lon) // BRUTE_SITES, 1)), doubtful[:200]]):
        every = np.arange(len(given.degrees[name]))
        least = float(geodesics_m(given, name, np.full(len(every), row), every).min())
        assert least >= best[row] - 1e-6, "the candidates missed the nearest"
    return np.asarray(best)


def one_site_ms(given: Given) -> float:
    """Return the median time of one site against four layers whose trees are ready."""
    lon, lat = given.lon[:1], given.lat[:1]
    spent = []
    for _ in range(300):
        begin = time.perf_counter()
        for layer in given.ready.values():
            nearest(lon, lat, layer)
        spent.append(time.perf_counter() - begin)
    return float(np.median(spent)) * 1e3


CONTEST = Contest(
    "nearest of four layers: 35,000 sites, 57,000 facilities",
    prepare=prepare,
    ways={
        "bare cKDTree on chords": bare_chords,
        "bare cKDTree in one zone": bare_zone,
        "relocation": ours,
        "relocation, trees ready": ours_ready,
        "geopandas sjoin_nearest in one zone": geopandas_zone,
        "geopandas sjoin_nearest, projected before": geopandas_projected,
    },
    reference="bare cKDTree on chords",
    facts=facts,
    targets={"relocation": "ratio <= 1.25, 0 wrong, error <= 0.001 m", "geopandas sjoin_nearest in one zone": "ratio >= 5 x relocation's"},
)

if __name__ == "__main__":
    CONTEST.main("benchmarks.vetting")
