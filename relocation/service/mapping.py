"""The county drawn: what the map needs, filled from the records, the findings and the layers; and the finished file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from checks.choices import Mode, Proximity
from checks.finding import Finding
from checks.instruments import Instruments
from checks.records import Records
from checks.registry import checks
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import DRAWING, DRAWING_PAIR, HOUSEHOLD, LAYERS, SITE, UNIT_TYPE
from geo.layer import Layer
from relocation.maps.data import NOT_RUN, CheckColumn, Link, MapData, MapLayer, Places, Reach
from relocation.service.checking import judged_now
from relocation.service.findings import counts, sentence
from relocation.service.judging import Judged
from relocation.service.lawbook import instruments
from relocation.service.reference import around, described
from relocation.store import files, queries, standings
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter
from relocation.store.trouble import Trouble

TARGETS = {
    Proximity.COUNTY_SEAT: "county_seats",
    Proximity.TOWNSHIP: "townships",
    Proximity.INDUSTRIAL_PARK: "industrial_parks",
    Proximity.SCENIC_AREA: "scenic_areas",
}
_NOTE = {"zh": "示意位置", "en": "demonstration positions"}


def map_data(
    store: Store, lang: str, *, county: str | None = None, approval: str = "", page_prefix: str = "", home_prefix: str = "", today: date | None = None
) -> MapData:
    """Return sites, dispersed houses, lines to what they are near, layers and texts for a map. Trouble when there is no site to draw.

    `page_prefix` and `home_prefix` are where a site's and a house's page are, for a served map; `today` stands in for the day
    of a run before the first run.
    """
    run = counts(store, county)
    with store.reading() as connection:
        sites = read_records(connection, SITE, county)
        if not len(sites):
            raise Trouble("map-empty")
        placed = read_records(connection, HOUSEHOLD, county, columns=_DRAWN, placed=True)
        names = files.county_names(connection)
    homes = placed.take(placed.mode == Mode.DISPERSED)
    layers = around(store)
    place = names.get(county or str(sites.stored("county")[0]), "") if len(set(sites.stored("county"))) == 1 else ""
    title = f"{place}安置点核查图" if lang == "zh" else f"Resettlement sites{' of ' + place if place else ''}"
    drawn, houses = (_places(store, of, _found(store, of, county, run.as_of), layers, lang, link) for of, link in ((sites, page_prefix), (homes, home_prefix)))
    as_of = run.as_of or today or date.min
    return MapData(title, lang, as_of, drawn, tuple(_layers(layers, lang)), houses if len(homes) else None, own_approval_no=approval)


_DRAWN = ("code", "county", "township", "mode", "lon", "lat", "uncertainty_m")
"""What a map shows of a house; its people's names are never read."""


def _found(store: Store, records: Records, county: str | None, as_of: date | None) -> list[Finding]:
    """Return the findings kept about records, and those of the four proximities even where a house passes: the lines are in them."""
    kind = records.kind
    if not len(records) or as_of is None:
        return []
    codes = records.stored("code").tolist()
    if kind is SITE:
        with store.reading() as connection:
            return list(queries.every_finding(connection, FindingFilter(county=county, kind=kind.id)))
    with store.reading() as connection:
        kept = [one for start in range(0, len(codes), 400) for one in queries.findings_about(connection, kind.id, county, codes[start : start + 400])]
    judged = _judged_by_county(store, records, as_of) if len(codes) <= MOST_HOUSES else []
    near = [finding for one in judged if one.records.kind is kind for finding in one.findings(every=True)]
    return [*(one for one in kept if not near or one.check != "four-proximities"), *near]


def _judged_by_county(store: Store, records: Records, as_of: date) -> list[Judged]:
    """Judge the proximities of records, each in the county it stands in: whoever is bound to places may ask of those alone."""
    codes_in: dict[str, list[str]] = {}
    for place, code in zip(records.stored("county"), records.stored("code"), strict=True):
        codes_in.setdefault(str(place), []).append(str(code))
    return [one for place, codes in sorted(codes_in.items()) for one in judged_now(store, as_of=as_of, county=place, only=["four-proximities"], codes=codes)]


MOST_HOUSES = 20_000
"""Of so many dispersed houses the lines are drawn; of more only the marks."""


def _places(store: Store, records: Records, found: Sequence[Finding], layers: Mapping[str, Layer], lang: str, page_prefix: str) -> Places:
    row = {key: at for at, key in enumerate(zip(records.stored("county"), records.stored("code"), strict=True))}
    by_check: dict[str, dict[int, Finding]] = {}
    for finding in found:
        at = row.get((finding.county, finding.subject))
        if at is not None:
            by_check.setdefault(finding.check, {})[at] = finding
    stands, register = _standings(store, records), instruments(store)
    judged = tuple(
        _column(id, by_check.get(id, {}), stands.get(id, {}), len(records), lang, register) for id, check in checks().items() if records.kind in check.about
    )
    drawn = _of_drawings(store, row, len(records), lang, register) if records.kind is SITE else ()
    return Places(
        codes=[str(code) for code in records.stored("code")],
        names=[str(name or "") for name in records.stored("name")] if records.kind is SITE else [""] * len(records),
        townships=[str(name or "") for name in records.stored("township")],
        lon=records.lon,
        lat=records.lat,
        uncertainty_m=records.uncertainty_m,
        checks=(*judged, *drawn),
        reaches=_reaches(by_check.get("four-proximities", {}), len(records), layers),
        page_prefix=page_prefix,
    )


def _of_drawings(store: Store, row: Mapping[tuple[str, str], int], rows: int, lang: str, register: Instruments) -> tuple[CheckColumn, ...]:
    """Return what the drawings of each site were found to be, the worst of its unit types, drawings and pairs; of a check that judged none, nothing."""
    by_check: dict[str, dict[int, Finding]] = {}
    with store.reading() as connection:
        for kind in (UNIT_TYPE, DRAWING, DRAWING_PAIR):
            kept = read_records(connection, kind, columns=("county", "code", "site_code"))
            sites = {(county, code): (county, site) for county, code, site in zip(kept.county, kept.code, kept.site_code, strict=True)}
            for finding in queries.every_finding(connection, FindingFilter(kind=kind.id)) if sites else ():
                at = row.get(sites.get((finding.county, finding.subject), ("", "")))
                if at is None:
                    continue
                known = by_check.setdefault(finding.check, {}).get(at)
                if known is None or WORST_FIRST.index(finding.outcome) < WORST_FIRST.index(known.outcome):
                    by_check[finding.check][at] = finding
    return tuple(_column(id, by_check[id], {}, rows, lang, register) for id in checks() if id in by_check)


def _standings(store: Store, records: Records) -> dict[str, dict[int, Outcome]]:
    """Return check → row → outcome: what passes is no finding of the record's own. What was not supplied is left out: it is said once a county."""
    places, of = records.grouped("county")
    stands: dict[str, dict[int, Outcome]] = {}
    with store.reading() as connection:
        for number, place in enumerate(places):
            rows = np.flatnonzero(of == number).tolist()
            known = standings.outcomes_of(connection, records.kind.id, place, [records.stored("code")[row] for row in rows])
            for row in rows:
                for check, severity in known.get(records.stored("code")[row], {}).items():
                    stands.setdefault(check, {})[row] = WORST_FIRST[severity]
    return stands


def _column(id: str, found: Mapping[int, Finding], stands: Mapping[int, Outcome], rows: int, lang: str, register: Instruments) -> CheckColumn:
    outcomes = np.full(rows, NOT_RUN, dtype=np.int8)
    sentences = [""] * rows
    for at, outcome in stands.items():
        outcomes[at] = outcome
    for at, finding in found.items():
        outcomes[at], sentences[at] = finding.outcome, sentence(finding, lang, register)
    return CheckColumn(id, checks()[id].title(lang), outcomes, sentences)


def _reaches(found: Mapping[int, Finding], rows: int, layers: Mapping[str, Layer]) -> tuple[Reach, ...]:
    """Return the lines from the facts the check kept: the map shows what was judged, and measures nothing itself."""
    made = []
    for kind, id in TARGETS.items():
        if id not in layers:
            continue
        which = np.full(rows, -1, dtype=np.int64)
        metres, lon, lat = (np.full(rows, np.nan) for _ in range(3))
        at_name = _by_name(layers[id])
        for at, finding in found.items():
            near: Any = finding.facts.get("near", {})
            target: Mapping[str, Any] = near.get(kind.id, {}) if isinstance(near, Mapping) else {}
            if target.get("name") in at_name and target.get("m") is not None:
                which[at] = _nearest_of(layers[id], at_name[target["name"]], target)
                metres[at], lon[at], lat[at] = target["m"], target["lon"], target["lat"]
        made.append(Reach(id, which, metres, lon, lat))
    return tuple(made)


def _by_name(layer: Layer) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for at, name in enumerate(layer.names):
        if not layer.unplaced[at]:
            named.setdefault(name, []).append(at)
    return named


def _nearest_of(layer: Layer, rows: Sequence[int], target: Mapping[str, Any]) -> int:
    """Return the row meant among features of one name: the one the line ends at."""
    if len(rows) == 1:
        return rows[0]
    import shapely

    end = shapely.Point(target["lon"], target["lat"])
    return min(rows, key=lambda at: float(shapely.distance(layer.shapes[at], end)))


def _layers(layers: Mapping[str, Layer], lang: str) -> list[MapLayer]:
    known = [id for id in LAYERS if id in layers] + [id for id in layers if id not in LAYERS]
    return [_layer(layers[id], lang) for id in known]


def _layer(layer: Layer, lang: str) -> MapLayer:
    about: Mapping[str, Any] = described().get(layer.id, {})
    uses_shipped = about and str(about.get("attribution") or about["source"]["zh"]) in layer.source
    return MapLayer(
        id=layer.id,
        title=about["title"][lang] if about else layer.id,
        names=layer.names,
        shapes=layer.shapes,
        uncertainty_m=layer.uncertainty_m,
        source=about["source"][lang] if uses_shipped and lang == "en" and layer.source == str(about.get("attribution")) else layer.source,
        dated=layer.dated,
        licence=layer.licence,
        approval_no=str(about.get("approval_number") or "") if uses_shipped else "",
        note=_NOTE[lang] if about.get("demonstration") and uses_shipped else "",
        details=_details(layer, lang),
        attribution=str(about.get("attribution") or "") if uses_shipped else "",
        classes=_column_of(layer, "zone_zh") if lang == "zh" else [f"{zone} development zone" for zone in _column_of(layer, "zone")],
        shown=layer.id != "functional_zones",
    )


def _details(layer: Layer, lang: str) -> list[str]:
    """Return what is said of each feature beside its name: the zone's category with how sure it is, or the facility's class."""
    said = _column_of(layer, "category_en") if lang == "en" and "category_en" in layer.attributes else _column_of(layer, "category", "class")
    sure = _column_of(layer, "confidence")
    words = {"low": "推断", "medium": "较可靠"} if lang == "zh" else {"low": "inferred", "medium": "fairly sure"}
    return [" · ".join(filter(None, (text, words.get(sure[at], "") if sure else ""))) for at, text in enumerate(said)]


def _column_of(layer: Layer, *names: str) -> list[str]:
    for name in names:
        if name in layer.attributes:
            return [str(value or "") for value in layer.attributes[name]]
    return []


def map_asset(name: str) -> tuple[Path, str]:
    """Return file and media type of one of the map's own scripts, styles or pictures. Trouble (404) for any other name."""
    from relocation.maps.assets import UnknownAsset, served_asset

    try:
        return served_asset(name)
    except UnknownAsset:
        raise Trouble("unknown-asset", name=name) from None


def export_map(store: Store, out: Path, lang: str, *, county: str | None = None, approval: str = "", today: date | None = None) -> None:
    """Write one self-contained map that opens with no network. Trouble when it cannot be written."""
    from relocation.maps.page import folium_map  # late: Folium takes its time to import

    page = folium_map(map_data(store, lang, county=county, approval=approval, today=today), "inline")
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_text(page, "utf-8")
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble("out-unwritable", path=out, why=error.strerror or type(error).__name__) from error


def map_page(
    store: Store,
    lang: str,
    *,
    county: str | None = None,
    nonce: str,
    links: Sequence[tuple[str, str]] = (),
    page_prefix: str = "/sites/",
    home_prefix: str = "/households/",
    asset_prefix: str = "/assets/",
    today: date | None = None,
) -> str:
    """Return the map as a page to be served: its scripts come from under `asset_prefix` and carry the `nonce`.

    `links` (text, address) stand in the bar above the map; the first is the way back.
    """
    from relocation.maps.page import folium_map

    data = map_data(store, lang, county=county, page_prefix=page_prefix, home_prefix=home_prefix, today=today)
    data = replace(data, links=tuple(Link(text, address) for text, address in links))
    return folium_map(data, "served", nonce=nonce, asset_prefix=asset_prefix)
