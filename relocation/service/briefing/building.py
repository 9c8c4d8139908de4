"""A brief put together, and one figure of it asked again."""

from datetime import date, datetime

import shapely

from checks.vocabulary import SITE
from relocation.service.briefing import answering, deciding, moving, resting
from relocation.service.briefing.contract import Brief, Figure, Point
from relocation.service.briefing.figures import made
from relocation.service.briefing.ground import Ground, lay
from relocation.service.reference import around, boundary, described
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

THINNED_DEG = 0.002
"""Corners less than about 200 m off a line are left out: the picture is a few centimetres wide."""


def brief(store: Store, county: str, lang: str, *, now: datetime, as_of: date | None = None, since: date | None = None) -> Brief:
    """Return the brief of a county, or of the reader's townships in it.

    `as_of` judges the records as they are now by another day than the last run's and keeps nothing; `since` compares with another day than
    that of the last brief. Trouble for an unknown county, one without records or never judged, and a day before the first run.
    """
    ground = lay(store, county, as_of=as_of, now=now)
    outline, source = _outline(store, ground, lang)
    return Brief(
        county, ground.name, lang, ground.today, ground.as_of, None if ground.judged_anew else ground.run.at, ground.imported_at, ground.judged_anew, ground.stale,
        ground.places, answering.answers(store, ground, lang), moving.since(store, ground, lang, chosen=since, now=now), deciding.decisions(store, ground, lang),
        resting.assumptions(ground, lang), resting.sources(store, ground, lang), outline, _sites(store, county), source, totals(ground, lang),
    )  # fmt: skip


def figures_of(store: Store, county: str, id: str, lang: str, *, now: datetime, as_of: date | None = None, since: date | None = None) -> tuple[Figure, ...]:
    """Count again the figure of an id, or all those of a question. Trouble for an id no figure has."""
    every = brief(store, county, lang, now=now, as_of=as_of, since=since).figures
    found = tuple(one for one in every if one.id == id or one.id.startswith(f"{id}."))
    if not found:
        raise Trouble("brief-figure", id=id, known=", ".join(one.id for one in every))
    return found


def totals(ground: Ground, lang: str) -> tuple[Figure, ...]:
    """Return how much the register holds: sites, households, and their approved persons."""
    zh = lang == "zh"
    persons = list(ground.persons.values())
    known = [value for value in persons if value is not None]
    lost = len(persons) - len(known)
    page = f"county={ground.county}"
    return (
        made("register.sites", "现有" if zh else "on record", float(ground.sites), "site", ground.as_of, lang, page=f"/sites?{page}"),
        made("register.households", "登记" if zh else "registered", float(len(persons)), "household", ground.as_of, lang, page=f"/households?{page}"),
        made("register.persons", "核定" if zh else "approved for the move", sum(known) if known else None, "persons", ground.as_of, lang, unknown=lost),
    )


def _sites(store: Store, county: str) -> tuple[Point, ...]:
    with store.reading() as connection:
        sites = read_records(connection, SITE, county, columns=("code", "lon", "lat"))
    return tuple((float(lon), float(lat)) for lon, lat in zip(sites.lon, sites.lat, strict=True) if lon == lon and lat == lat)


def _outline(store: Store, ground: Ground, lang: str) -> tuple[tuple[tuple[Point, ...], ...], str]:
    """Return the rings of the county's outline, thinned for a small picture, and whose map that is; () where no outline is known."""
    border = boundary(store, ground.county)
    if border is None:
        return (), ""
    thin = shapely.simplify(border, THINNED_DEG)
    parts = [part for part in shapely.get_parts(thin) if isinstance(part, shapely.Polygon)]
    rings = tuple(tuple((float(lon), float(lat)) for lon, lat in part.exterior.coords) for part in parts)
    layer = around(store)["county_boundaries"]
    about = described().get("county_boundaries", {})
    source = str(about.get("attribution") or layer.source) if str(about.get("attribution", "")) in layer.source else layer.source
    return rings, (f"县界：{source}，{layer.dated}；示意图" if lang == "zh" else f"county line: {source}, {layer.dated}; schematic")
