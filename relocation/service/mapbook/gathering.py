"""What stands on each page of a map book, gathered for many sites at once: verdicts, the four, photos, drawings, open ledger entries."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.finding import Finding
from checks.free_text import without_numbers
from checks.sentence import day as day_said
from checks.sentence import distance, number
from checks.verdict import WORST_FIRST
from checks.vocabulary import LAYERS, SITE
from relocation.ledger.states import Timing
from relocation.reports.mapbook import TEMPLATE, scaled
from relocation.reports.setting import template_bytes
from relocation.reports.sitemap.drawn import site_map
from relocation.reports.sitemap.signs import CLASSES, STATES
from relocation.service import lawbook
from relocation.service.drawings.lists import SiteDrawings, by_site
from relocation.service.evidence.showing import picture as published
from relocation.service.findings import counts, sentence
from relocation.service.judging import known
from relocation.service.mapbook.drawn import drawing_lines
from relocation.service.mapbook.photos import Photo, photos_of
from relocation.service.mapbook.picking import Row
from relocation.service.mapbook.picturing import FOUR, GROUNDS, HEIGHT_MM, WIDTH_MM, Backdrop, near_of, picture
from relocation.service.mapbook.words import short, word
from relocation.service.rectification.listing import EntryRow, every
from relocation.service.showing import shown
from relocation.store import files, ledgers, queries, standings
from relocation.store.opening import Store

MOST_PHOTOS, AT_ONCE = 3, 400
TITLE = 40
"""Signs of a name that a page has room for."""
SENTENCE = {"zh": 600, "en": 1300}
"""Twice the longest sentence of a check; one that quotes a whole page from a ledger leaves room for the others."""
LONGEST = {"zh": 62, "en": 120}
"""Signs of a ledger entry's text that stand on the page; its own page has the rest."""
SOURCED = tuple(dict.fromkeys(("county_boundaries", *FOUR.values(), "rivers", *GROUNDS)))
"""Layers whose source and date a page names."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as data. `key` is a hash of all that makes the page what it is; the day it is printed on is not part of it."""

    county: str
    code: str
    name: str
    data: Mapping[str, Any]
    photos: tuple[Photo, ...]
    key: str


def head(lang: str, made_on: date) -> dict[str, Any]:
    """Return what every page of a book says."""
    four = [word(f"four_{name}", lang) for name in ("class", "name", "distance", "uncertainty", "state")]
    said = {name: word(name, lang) for name in ("verdicts", "more", "drawings")}
    return {
        "lang": lang,
        "title": word("title", lang),
        "made": word("made", lang, day=day_said(made_on, lang)),
        "words": {**said, "four": four, "colon": " ｜ " if lang == "zh" else " | "},
    }


def images(store: Store, pages: Sequence[Page]) -> dict[str, bytes]:
    """Return the photos of pages, scaled, by the name their data give them."""
    wanted = {photo.file: photo.id for page in pages for photo in page.photos}
    return {name: scaled(published(store, id, "picture")) for name, id in wanted.items()}


class Gathering:
    """Everything that many pages share, read once."""

    def __init__(self, store: Store, lang: str, today: date) -> None:
        """Read the layers, the office's documents, the latest run; `today` is the day the ledger's deadlines are looked at from."""
        self.store, self.lang, self.today = store, lang, today
        self.backdrop, self.register, self.run = Backdrop(store), lawbook.instruments(store), counts(store)
        self._counties: dict[str, _County] = {}
        self._template = hashlib.sha256(template_bytes(TEMPLATE)).hexdigest()
        with store.reading() as connection:
            self.names = files.county_names(connection)
        self.layers = _layers_said(self.backdrop, lang)

    def pages(self, rows: Sequence[Row]) -> Iterator[Page]:
        """Give the page of each site's record, in their order."""
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            found, worst, sources = self._read(part)
            for row in part:
                yield self._page(row, found.get((row["county"], row["code"]), []), worst.get((row["county"], row["code"]), ""), sources[row["sheet_id"]])

    def _read(self, rows: Sequence[Row]) -> tuple[dict[tuple[str, str], list[Finding]], dict[tuple[str, str], str], dict[int, Mapping[str, Any]]]:
        keys, found = [(row["county"], row["code"]) for row in rows], dict[tuple[str, str], list[Finding]]()
        with self.store.reading() as connection:
            for finding in queries.findings_about(connection, SITE.id, None, sorted({code for _county, code in keys})):
                found.setdefault((finding.county, finding.subject), []).append(finding)
            worst = {key: WORST_FIRST[at].id for key, at in standings.worst_of(connection, SITE.id, keys).items()}
            sources = queries.sources(connection, {row["sheet_id"] for row in rows})
        return {key: sorted(some, key=queries.key_of) for key, some in found.items()}, worst, sources

    def _county(self, code: str) -> "_County":
        if code not in self._counties:
            self._counties[code] = _County(self.store, code, self.lang, self.today)
        return self._counties[code]

    def _page(self, row: Row, findings: Sequence[Finding], worst: str, source: Mapping[str, Any]) -> Page:
        lang, county = self.lang, self._county(row["county"])
        drawn = picture(self.backdrop, row, findings, lang)
        name = str(row["name"] or "") or word("unnamed", lang)
        photos, more = county.photos.get(row["code"], ([], 0))
        entries = county.entries.get(row["code"], [])
        data = {
            "title": short(name, TITLE),
            "standing": word("worst", lang, word=_outcome(worst, lang)) if worst else word("unchecked", lang),
            "below": short(" · ".join(self._below(row)), 3 * TITLE),
            "map": site_map(drawn, lang, WIDTH_MM, HEIGHT_MM) if drawn else "",
            "map_said": word("map_said", lang, name=short(name, TITLE)),
            "unplaced": word("unplaced", lang),
            "four": _four(findings, lang) if drawn else [],
            "photos": [{"file": photo.file, "said": photo.said} for photo in photos],
            "no_photos": word("no_photos", lang),
            "more_photos": word("more_photos", lang, n=more) if more else "",
            "verdicts": [self._verdict(one) for one in findings],
            "unjudged": word("unjudged", lang),
            "drawings": drawing_lines(county.drawings.get(row["code"]), lang),
            "no_drawings": word("no_drawings", lang),
            "entries": [_entry(one, lang) for one in entries],
            "ledger": word("ledger", lang, n=len(entries)) if entries else word("no_ledger", lang),
            "no_entries": word("no_entries", lang),
            "foot": self._foot(source),
        }
        told = json.dumps([self._template, lang, data], ensure_ascii=False, sort_keys=True)
        return Page(row["county"], row["code"], str(row["name"] or ""), data, tuple(photos), hashlib.sha256(told.encode()).hexdigest())

    def _verdict(self, one: Finding) -> dict[str, str]:
        said = short(sentence(one, self.lang, self.register), SENTENCE[self.lang])
        return {"outcome": one.outcome.id, "word": _outcome(one.outcome.id, self.lang), "check": known(one.check).title(self.lang), "said": said}

    def _below(self, row: Row) -> Iterator[str]:
        lang, county = self.lang, str(row["county"])
        yield str(row["code"])
        yield " ".join(filter(None, (self.names.get(county, county), str(row["township"] or ""), str(row["village"] or ""))))
        column = SITE.column("mode")
        if mode := shown(column, ledgers.plain(column.kind, row["mode"]), lang):
            yield mode
        size = [word(name, lang, n=number(float(row[name]))) for name in ("households", "persons") if row[name] is not None]
        if size:
            yield (" " if lang == "zh" else ", ").join(size)
        if row["lon"] is not None and row["lat"] is not None:
            sure = row["uncertainty_m"]
            exact = word("inexact", lang) if sure is None else word("exact", lang, m=distance(sure, lang))
            yield word("position", lang, lon=f"{row['lon']:.5f}", lat=f"{row['lat']:.5f}", exact=exact)

    def _foot(self, source: Mapping[str, Any]) -> str:
        lang = self.lang
        checked = word("checked", lang, day=day_said(self.run.as_of, lang)) if self.run.as_of else word("unchecked", lang)
        read = word("ledger_file", lang, file=source["name"], day=day_said(files.as_utc(source["imported_at"]).date(), lang))
        return ("；" if lang == "zh" else "; ").join(
            (checked, read, word("layers", lang, layers=self.layers), word("drawn_beyond", lang), word("inside", lang))
        )


class _County:
    """What a county's pages share."""

    def __init__(self, store: Store, county: str, lang: str, today: date) -> None:
        self.photos = photos_of(store, county, lang, MOST_PHOTOS)
        self.drawings: dict[str, SiteDrawings] = {one.code: one for one in by_site(store, county)}
        self.entries: dict[str, list[EntryRow]] = {}
        for one in every(store, lang, day=today, kind=SITE.id, county=county):
            if not one.state.closed:
                self.entries.setdefault(one.entry.subject, []).append(one)
        for found in self.entries.values():
            found.sort(key=lambda one: (one.timing is not Timing.OVERDUE, one.entry.due_on, one.entry.number))


def _layers_said(backdrop: Backdrop, lang: str) -> str:
    said = []
    for id in SOURCED:
        if id in backdrop.layers:
            layer = backdrop.layers[id]
            named = LAYERS[id][lang].removeprefix("the layer of ") if id in LAYERS else id
            about = ", ".join(filter(None, (layer.source, layer.dated)))
            said.append(f"{named}（{about}）" if lang == "zh" else f"{named} ({about})")
    return ("、" if lang == "zh" else ", ").join(said)


def _four(findings: Sequence[Finding], lang: str) -> list[list[str]]:
    """Return the four as a table: class, nearest, metres, how well it is placed, whether it is near."""
    near, at = near_of(findings), int(lang != "zh")
    made = []
    for kind in FOUR:
        one = near.get(kind)
        if one is None:
            continue
        known = one.get("m") is not None and one.get("name")
        sure = one.get("uncertainty_m")
        state = STATES[str(one["state"])][at] if one.get("state") in STATES else word("unplaced_four" if known else "absent_four", lang)
        unsure = "" if not known else word("unstated", lang) if sure is None else f"± {distance(float(sure), lang)}"
        made.append([CLASSES[kind][at], short(str(one["name"]), TITLE) if known else "—", distance(float(one["m"]), lang) if known else "—", unsure, state])
    return made


def _outcome(id: str, lang: str) -> str:
    one = next(outcome for outcome in WORST_FIRST if outcome.id == id)
    return one.zh if lang == "zh" else one.en


def _entry(one: EntryRow, lang: str) -> str:
    """Return an entry as one line: number, state, day, who found it, what is wrong; numbers of people are masked whoever prints."""
    at = int(lang != "zh")
    entry = one.entry
    text = short(without_numbers(" ".join(one.brief.split())), LONGEST[lang])
    due = word("due", lang, day=entry.due_on.isoformat()) + (f"（{word('overdue', lang)}）" if one.timing is Timing.OVERDUE else "")
    parts = (entry.id, (one.state.zh, one.state.en)[at], due, (entry.tier.zh, entry.tier.en)[at], text)
    return " · ".join(parts)
