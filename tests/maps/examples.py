"""Maps to try things on: the real reference layers, made-up sites."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml
from pyproj import Geod

from checks.sentence import distance
from checks.verdict import Outcome
from relocation.maps.data import CheckColumn, Link, MapData, MapLayer, Places, Reach

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
FOUR = ("county_seats", "townships", "industrial_parks", "scenic_areas")
_SHIPPED = {one["id"]: one for one in yaml.safe_load((REFERENCE / "layers.yaml").read_text("utf-8"))["layers"]}
_DRAWN = ("functional_zones", "county_boundaries", "rivers", "industrial_parks", "scenic_areas", "townships", "county_seats")
_GEOD = Geod(ellps="WGS84")


def layer(name: str, lang: str = "zh") -> MapLayer:
    """Return one shipped reference layer as a map draws it."""
    about = _SHIPPED[name]
    features = json.loads((REFERENCE / about["file"]).read_text("utf-8"))["features"]
    shapes = np.array([shapely.geometry.shape(one["geometry"]) if one["geometry"] else None for one in features], dtype=object)
    facts: list[dict[str, Any]] = [one["properties"] for one in features]
    uncertainty = np.array([one.get("uncertainty_m") or np.nan for one in facts], dtype=float)
    classes = [str(one["category"]) for one in facts] if name == "functional_zones" else []
    details = [f"{one['category']}（{'确定' if one.get('confidence') == 'high' else '推断'}）" for one in facts] if classes else []
    names = [str(one.get("name") or one.get("county") or "") for one in facts]
    return MapLayer(
        name, about["title"][lang], names, shapes, uncertainty, about["source"][lang], about["dated"], about["licence"], about["approval_number"],
        about["uncertainty"][lang], details, about["attribution"], classes, shown=name != "functional_zones",
    )  # fmt: skip


def places(layers: tuple[MapLayer, ...], lang: str, count: int, seed: int, *, house: bool = False, names: list[str] | None = None) -> Places:
    """Return made-up places within Guangshan with lines to the four nearest targets and sentences of two checks."""
    draw = np.random.default_rng(seed)
    lon, lat = draw.uniform(114.62, 115.12, count), draw.uniform(31.62, 32.15, count)
    lon[0] = lat[0] = np.nan
    codes = [f"411522{'H' if house else 'S'}{number:04d}" for number in range(1, count + 1)]
    called = names or ([""] * count if house else [f"{'东西南北'[n % 4]}湾{n}号安置点" for n in range(count)])
    townships = [["凉亭乡", "砖桥镇", "白雀园镇", "泼陂河镇"][n % 4] for n in range(count)]
    reaches = tuple(_reach(one, lon, lat) for one in layers if one.id in FOUR)
    outcomes = draw.choice(5, count, p=[0.4, 0.15, 0.25, 0.15, 0.05]).astype(np.int8)
    said = [_sentence(codes[n], called[n], townships[n], reaches, layers, n, lang, Outcome(int(outcomes[n]))) for n in range(count)]
    costs = draw.uniform(1050, 1800, count)
    cost = [f"{townships[n]} {called[n] or codes[n]}：每平方米 {costs[n]:,.2f} 元，折合 {costs[n] * 25:,.0f} 元/人。" for n in range(count)]
    checks = (
        CheckColumn("four-proximities", "四靠" if lang == "zh" else "Four proximities", outcomes, said),
        CheckColumn("unit-cost", "单位造价" if lang == "zh" else "Unit cost", np.where(costs > 1700, 1, 0).astype(np.int8), cost),
    )
    return Places(codes, called, townships, lon, lat, np.full(count, 30.0), checks[: 1 if house else 2], reaches, "/households/" if house else "/sites/")


def _reach(layer: MapLayer, lon: Any, lat: Any) -> Reach:
    x, y = (get(shapely.point_on_surface(layer.shapes)) for get in (shapely.get_x, shapely.get_y))
    far = np.stack(
        [_GEOD.inv(lon, lat, np.full_like(lon, a), np.full_like(lat, b))[2] if a == a else np.full(len(lon), np.inf) for a, b in zip(x, y, strict=True)]
    )
    far = np.where(np.isnan(far), np.inf, far)
    which = np.where(np.isfinite(far.min(axis=0)), far.argmin(axis=0), -1)
    return Reach(layer.id, which, far.min(axis=0), np.where(which < 0, np.nan, x[which]), np.where(which < 0, np.nan, y[which]))


def _sentence(code: str, name: str, township: str, reaches: tuple[Reach, ...], layers: tuple[MapLayer, ...], row: int, lang: str, outcome: Outcome) -> str:
    known = {one.id: one for one in layers}
    parts = [f"{known[r.layer].title} {known[r.layer].names[r.which[row]]} {distance(float(r.distance_m[row]), lang)}" for r in reaches if r.which[row] >= 0]
    if lang == "zh":
        return f"{township} {name or code}：{'；'.join(parts) or '没有坐标'}，{outcome.zh}。依据：县定做法，2018年3月5日起，5,000 米（做法）。"
    return f"{township} {name or code}: {'; '.join(parts) or 'no coordinates'}: {outcome.en}. By local practice, since 5 March 2018: 5,000 m (practice)."


def example(lang: str = "zh", *, count: int = 24, houses: int = 40, names: list[str] | None = None) -> MapData:
    """Return a whole map of a made-up county on the real layers."""
    layers = tuple(layer(name, lang) for name in _DRAWN)
    sites = places(layers, lang, count, 7, names=names)
    links = (Link("返回首页" if lang == "zh" else "Home", "/"), Link("English" if lang == "zh" else "中文", "/map?lang=other"))
    title = "光山县易地搬迁安置点核查图" if lang == "zh" else "Guangshan County: resettlement sites checked"
    return MapData(title, lang, date(2026, 11, 24), sites, layers, places(layers, lang, houses, 8, house=True) if houses else None, "", links)
