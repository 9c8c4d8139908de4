"""The photos of sites that a page shows: of the place, not of papers, not withdrawn, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from checks.sentence import day
from checks.vocabulary import SITE
from relocation.evidence.kinds import EvidenceKind
from relocation.service.evidence.judging import PAPERS, Weighed, weigh
from relocation.service.evidence.wording import kind_word, say
from relocation.store import evidence
from relocation.store.evidence import EvidenceFilter, EvidenceRow
from relocation.store.opening import Store

_NO_PLACE = PAPERS | {EvidenceKind.WORK_LOG}
"""A photo shown as one of these may show a list of people; it stays on the site's page."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of a page: the row of evidence, the file's name in the page's data, what is said below it."""

    id: int
    file: str
    said: str


def photos_of(store: Store, county: str, lang: str, most: int) -> dict[str, tuple[list[Photo], int]]:
    """Return site → (its newest photos, how many more there are); sites without one are left out."""
    with store.reading() as connection:
        rows = evidence.listed(connection, EvidenceFilter(county=county, about_kind=SITE.id))
    of: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        if "photo" in row.facts and EvidenceKind.by_id(row.kind) not in _NO_PLACE:
            of.setdefault(row.about, []).append(row)
    shown = {one.row.id: one for one in weigh(store, [row for found in of.values() for row in found[:most]])}
    return {code: (_photos(found[:most], shown, lang), max(len(found) - most, 0)) for code, found in of.items()}


def _photos(rows: Sequence[EvidenceRow], weighed: dict[int, Weighed], lang: str) -> list[Photo]:
    return [Photo(row.id, f"{row.sha256[:40]}.jpg", _said(weighed[row.id], lang)) for row in rows]


def _said(one: Weighed, lang: str) -> str:
    """Say what a photo is shown as, of which day, and what it is worth."""
    parts = (kind_word(one.kind, lang), day(one.row.since, lang) if one.row.since else "", say(one, lang).headline)
    return ("，" if lang == "zh" else ", ").join(filter(None, parts))
