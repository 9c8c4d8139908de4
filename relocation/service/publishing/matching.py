"""The imported lists of notices against the register, and the photos that show a village's notice hung. Only codes and counts come out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.records import Records
from checks.registry import checks
from checks.vocabulary import HOUSEHOLD, NOTICE
from relocation.evidence.displayed import Displayed, displayed
from relocation.evidence.kinds import EvidenceKind
from relocation.notices.matching import Noticed, Place, Registered, Village, matched
from relocation.service.evidence.judging import Weighed, weigh
from relocation.service.evidence.wording import say, say_displayed
from relocation.service.lawbook import overlays
from relocation.service.publishing.asking import Wish, known_place
from relocation.store import evidence
from relocation.store.evidence import EvidenceFilter
from relocation.store.frames import read_records
from relocation.store.opening import Store

_HOME = ("county", "code", "id_number", "township", "village", "registered_poor", "approved_persons", "gave_up_on")
_ENTRY = ("county", "code", "id_number", "township", "village", "persons", "noticed_on", "taken_down_on")


@dataclass(frozen=True, slots=True)
class VillageShown:
    """A village, and how well its notice is shown to have hung: photos with their days, and whether they speak for it."""

    village: Village
    shown: Displayed
    photos: tuple[tuple[int, date | None, str], ...]  # number of the evidence, day claimed, what place and time of the photo say
    short: int

    @property
    def in_order(self) -> bool:
        """Whether nothing is left to ask: both lists agree, the days are long enough and known, a dated photo shows it. What is missing never passes."""
        return self.village.agrees and self.village.noticed > 0 and not self.short and not self.village.undated and self.shown is Displayed.DISPLAYED

    def json(self, lang: str) -> dict[str, Any]:
        """Return it as programs read it."""
        one = self.village
        days = {"since": one.since.isoformat() if one.since else None, "until": one.until.isoformat() if one.until else None}
        return {
            "township": one.place[0], "village": one.place[1], "registered": one.registered, "noticed": one.noticed, "both": one.both, "missing": one.missing,
            "unknown": one.unknown, "persons_differ": one.unlike, "not_compared": one.uncompared, **days, "short": self.short, "undated": one.undated,
            "displayed": self.shown.value, "said": say_displayed(self.shown, lang), "photos": [photo[0] for photo in self.photos], "in_order": self.in_order,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A county or township, village by village. `elsewhere`: photos of notices attached to sites or entries, which are of no single village."""

    county: str
    name: str
    villages: tuple[VillageShown, ...]
    imported: int  # entries of the imported lists
    elsewhere: int
    least_days: float

    def json(self, lang: str) -> dict[str, Any]:
        """Return it as programs read it."""
        own = [one.village for one in self.villages]
        totals = {name: sum(len(getattr(one, name)) for one in own) for name in ("missing", "unknown", "unlike", "uncompared")}
        head = {"county": self.county, "name": self.name, "imported": self.imported, "photos_elsewhere": self.elsewhere, "least_days": self.least_days}
        return {**head, "totals": totals, "villages": [one.json(lang) for one in self.villages]}


def match(store: Store, county: str, township: str = "", lang: str = "zh") -> Match:
    """Return how the imported lists of notices and the register agree, both ways. Trouble as for a notice of that place."""
    name = known_place(store, Wish("wall", county, township))
    with store.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, county, columns=_HOME)
        entries = read_records(connection, NOTICE, county, columns=_ENTRY)
        proof = evidence.listed(connection, EvidenceFilter(county=county, kind=EvidenceKind.NOTICE.id))
    rows = _rows(homes, _HOME)
    due = [row for row in rows if row["registered_poor"] == 1 and row["gave_up_on"] is None]
    others = [str(row["id_number"] or "") for row in rows if row["registered_poor"] != 1 or row["gave_up_on"] is not None]
    noticed = [_noticed(row) for row in _rows(entries, _ENTRY)]
    villages = matched((Registered(row["code"], _place(row), str(row["id_number"] or ""), _whole(row["approved_persons"])) for row in due), others, noticed)
    photos = _photos(weigh(store, proof), villages, {row["code"]: _place(row) for row in rows})
    least = _least_days(store, county)
    made = [_shown(one, photos.get(one.place, []), least, lang) for one in villages if not township or one.place[0] == township]
    elsewhere = len(proof) - sum(map(len, photos.values()))
    return Match(county, name, tuple(made), sum(one.village.noticed for one in made), elsewhere, least)


def _shown(village: Village, photos: list[Weighed], least: float, lang: str) -> VillageShown:
    seen = [(one.row.since, one.against) for one in photos if one.photo]
    dated = next((one.row.since for one in photos if one.row.since and not one.photo), None) or village.since
    numbers = tuple((one.row.id, one.row.since, say(one, lang).headline) for one in photos if one.photo)
    return VillageShown(village, displayed(seen, dated), numbers, village.short(least))


def _photos(weighed: Iterable[Weighed], villages: Iterable[Village], homes: dict[str, Place]) -> dict[Place, list[Weighed]]:
    """Return the evidence of notices by village: through the household it is about, or the entry of a list."""
    entries = {entry.code: village.place for village in villages for entry in village.entries}
    found: dict[Place, list[Weighed]] = {}
    for one in weighed:
        of = {HOUSEHOLD.id: homes, NOTICE.id: entries}.get(one.row.about_kind, {})
        if one.row.about in of:
            found.setdefault(of[one.row.about], []).append(one)
    return found


def _least_days(store: Store, county: str) -> float:
    parameter = checks()["public-notice"].parameters_in(overlays(store))["least_days_displayed"]
    return next((parameter.values[at].amount or 0.0 for at in reversed(parameter.in_place(county))), 0.0)


def _rows(records: Records, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in zip(*(records.stored(name).tolist() for name in names), strict=True)]


def _noticed(row: dict[str, Any]) -> Noticed:
    return Noticed(row["code"], _place(row), str(row["id_number"] or ""), _whole(row["persons"]), row["noticed_on"], row["taken_down_on"])


def _place(row: dict[str, Any]) -> Place:
    return str(row["township"] or ""), str(row["village"] or "")


def _whole(value: float) -> int | None:
    return None if value != value else round(value)  # not a number is not itself
