"""A map of the nation's 35,000 sites as one file: our export against what Folium does by itself.

Run as `python -m benchmarks.map_export`. 35,000 made-up sites with the real sentences of two checks (four proximities, unit cost) and lines to the
nearest of 57,000 made-up facilities, which the map carries too. The sites are judged and the sentences made before the clock starts: what is timed is from the
columns of a `MapData` to the text of the file. The two rivals draw the same points with the same sentences (escaped, as they must be) and no layers, lines,
legend, filter or search; they are given 1/10 and 1/50 of the sites, because they would take minutes, and their figures are extrapolated in proportion:
the line "for all sites" says so. First paint is measured in Chromium, when there is one: from navigation to the frame that shows the sites.
"""

import html
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Contest
from relocation.maps.data import CheckColumn, MapData, MapLayer, Places, Reach

AS_OF = date(2026, 11, 24)
GEOJSON_SHARE, MARKER_SHARE = 10, 50  # the rivals get one site in so many
PAINTS = 5


@dataclass(frozen=True, slots=True)
class Given:
    """The map's columns, and the same sites as plain tuples for the rivals."""

    data: MapData
    sites: list[tuple[float, float, str]]


def prepare(scale: float) -> Given:
    """Judge the sites of the vetting benchmark and make their sentences."""
    from benchmarks import vetting
    from geo.proximity import nearest

    world = vetting.prepare(scale)
    random = np.random.default_rng(2026)
    layers = {name: _named(layer, random) for name, layer in world.ready.items()}
    found = {name: nearest(world.lon, world.lat, layer) for name, layer in layers.items()}
    townships = np.array(layers["townships"].names, dtype=object)[found["townships"].which]
    columns = _sites(random, world.lon, world.lat, townships)
    judged = tuple(_judged(columns, layers))
    reaches = tuple(Reach(name, near.which, near.distance_m, near.at_lon, near.at_lat) for name, near in found.items())
    text = {name: [str(one) for one in columns[name]] for name in ("code", "name", "township")}
    places = Places(text["code"], text["name"], text["township"], world.lon, world.lat, columns["uncertainty_m"], judged, reaches)
    drawn = tuple(MapLayer(name, name, layer.names, layer.shapes, layer.uncertainty_m, layer.source, layer.dated) for name, layer in layers.items())
    data = MapData("全国安置点核查图", "zh", AS_OF, places, drawn)
    said = ["<br>".join(map(html.escape, parts)) for parts in zip(text["name"], *(column.sentences for column in judged), strict=True)]
    return Given(data, list(zip(world.lat.tolist(), world.lon.tolist(), said, strict=True)))


def _sites(random: np.random.Generator, lon: Any, lat: Any, townships: Any) -> dict[str, Any]:
    count = len(lon)
    area = np.round(random.uniform(800, 60_000, count), 1)
    return {
        "code": np.array([f"{410000 + n % 1700:06d}S{n:05d}" for n in range(count)], dtype=object),
        "county": np.array([f"{410000 + n % 1700:06d}" for n in range(count)], dtype=object),
        "name": np.array([f"{_word(random, 3)}集中安置点" for _ in range(count)], dtype=object),
        "township": townships,
        "lon": lon,
        "lat": lat,
        "uncertainty_m": random.choice([15.0, 50.0, 200.0], count),
        "approved_on": np.datetime64("2016-10-26") + random.integers(0, 700, count).astype("timedelta64[D]"),
        "building_area_m2": area,
        "building_cost_yuan": np.round(area * random.uniform(950, 1850, count), 0),
        "persons": np.round(area / 24),
    }


def _judged(columns: Mapping[str, Any], layers: Mapping[str, Any]) -> Iterator[CheckColumn]:
    from checks.instruments import read_instruments
    from checks.records import Records
    from checks.registry import checks
    from checks.vocabulary import SITE
    from relocation.resources import folder

    records = Records(SITE, columns)
    instruments = read_instruments(folder("data") / "instruments" / "instruments.yaml")
    for id in ("four-proximities", "unit-cost"):
        check = checks()[id]
        verdict = check.run(records, AS_OF, layers)
        sentences = [check.sentence(finding, "zh", instruments) for finding in check.findings(records, verdict)]
        yield CheckColumn(id, check.title("zh"), verdict.outcome, sentences)


def _named(layer: Any, random: np.random.Generator) -> Any:
    from dataclasses import replace

    ending = {"county_seats": "县城", "townships": "镇", "industrial_parks": "产业集聚区", "scenic_areas": "风景区"}[layer.id]
    return replace(layer, names=tuple(f"{_word(random, 2)}{ending}" for _ in range(len(layer))), uncertainty_m=np.full(len(layer), 100.0))


def _word(random: np.random.Generator, length: int) -> str:
    return "".join(chr(0x4E00 + int(code)) for code in random.integers(0, 4000, length))


def ours(given: Given) -> str:
    """The whole export: geometry packed, Folium, sentences coded, everything inlined."""
    from relocation.maps.page import folium_map

    return folium_map(given.data)


def one_geojson(given: Given) -> str:
    """One folium.GeoJson on canvas with a popup, of a tenth of the sites."""
    import folium

    features = [
        {"type": "Feature", "properties": {"said": said}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for lat, lon, said in given.sites[::GEOJSON_SHARE]
    ]
    drawn = folium.Map(tiles=None, prefer_canvas=True)
    marker = folium.CircleMarker(radius=4)
    folium.GeoJson({"type": "FeatureCollection", "features": features}, marker=marker, popup=folium.GeoJsonPopup(["said"], labels=False)).add_to(drawn)  # noqa: TID251 - what people do, to measure it
    return str(drawn.get_root().render())


def marker_each(given: Given) -> str:
    """A folium.CircleMarker with a popup for each site, of a fiftieth of the sites."""
    import folium

    drawn = folium.Map(tiles=None, prefer_canvas=True)
    for lat, lon, said in given.sites[::MARKER_SHARE]:
        folium.CircleMarker([lat, lon], radius=4, popup=folium.Popup(said)).add_to(drawn)  # noqa: TID251 - what people do, to measure it
    return str(drawn.get_root().render())


def facts(given: Given, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Sizes, bytes a site, first paint; the rivals extrapolated."""
    count = len(given.sites)
    found: dict[str, Any] = {}
    sizes = {way: len(page.encode("utf-8")) for way, page in answers.items()}
    sentences = sum(len(text.encode("utf-8")) for check in given.data.sites.checks for text in check.sentences)
    found["sites"], found["facilities on the map"] = count, sum(len(layer.names) for layer in given.data.layers)
    found["sentences as plain text MB"] = round(sentences / 1e6, 2)
    for way, share in (("ours", 1), ("one GeoJson, 1/10", GEOJSON_SHARE), ("CircleMarker each, 1/50", MARKER_SHARE)):
        if way in sizes:
            extrapolated = "" if share == 1 else f" (extrapolated x{share})"
            found[f"{way}: file MB for all sites"] = f"{sizes[way] * share / 1e6:.2f}{extrapolated}"
    if "ours" in answers:
        found["ours: bytes a site"] = round(sizes["ours"] / count)
        found["ours without layers, so that names stand in the sentences: file MB"] = _without_layers(given)
        found.update(_paints(answers["ours"]))
    return found


def _without_layers(given: Given) -> float:
    """Return the size when the map carries sites and sentences only."""
    from dataclasses import replace

    from relocation.maps.page import folium_map

    bare = replace(given.data, layers=(), sites=replace(given.data.sites, reaches=()))
    return round(len(folium_map(bare).encode("utf-8")) / 1e6, 2)


def _paints(page: str) -> dict[str, Any]:
    """Return the median of first paint, of a pan and of a sentence looked up, in seconds, in a headless Chromium."""
    browser_path = shutil.which("chromium")
    if not browser_path:
        return {"first paint": "not measured: no Chromium on this machine"}
    from playwright.sync_api import sync_playwright

    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
    paints, pans, heaps = [], [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        file = Path(folder) / "map.html"
        file.write_text(page, encoding="utf-8")
        browser = running.chromium.launch(executable_path=browser_path, args=flags)
        for _ in range(PAINTS):
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            tab.goto(file.as_uri())
            # the first frame after the sites were drawn: start() draws before it returns, the frame follows
            tab.wait_for_selector("html[data-ready]", state="attached")
            paints.append(tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))") / 1000)
            pans.append(
                tab.evaluate("(() => { const from = performance.now(); map_1.panBy([300, 120], {animate: false}); return performance.now() - from; })()") / 1000
            )
            heaps.append(tab.evaluate("performance.memory.usedJSHeapSize") / 1e6)
            tab.close()
        browser.close()
    return {
        "first paint s": round(statistics.median(paints), 2),
        "pan and redraw s": round(statistics.median(pans), 3),
        "page heap MB": round(statistics.median(heaps)),
    }


contest = Contest(
    "map export, 35,000 sites with sentences, lines and layers",
    prepare,
    {"ours": ours, "one GeoJson, 1/10": one_geojson, "CircleMarker each, 1/50": marker_each},
    reference="ours",
    facts=facts,
    targets={"export": "≤ 0.75 s", "file": "≤ 5 MB with sentences", "first paint": "≤ 2 s"},
)

if __name__ == "__main__":
    contest.main("benchmarks.map_export")
