"""What is said of evidence: one place makes the sentences, for page, terminal and API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checks.sentence import day, distance
from checks.vocabulary import KINDS
from relocation.evidence.demolition import Pair
from relocation.evidence.displayed import Displayed
from relocation.evidence.exif import BAD_TIME, GIVEN
from relocation.evidence.kinds import EvidenceKind
from relocation.evidence.place import Where
from relocation.evidence.support import photo_spot
from relocation.service.evidence.judging import SeenAgain, Weighed


@dataclass(frozen=True, slots=True)
class Said:
    """Evidence in words. `support` is the word's id, "" for what is no picture; `alike` one line for every other use of the same picture."""

    kind: str
    support: str
    headline: str
    lines: tuple[str, ...]
    alike: tuple[str, ...]


@cache
def _wording() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return loaded


def word(part: str, key: str, lang: str, **facts: object) -> str:
    """Return one text of `words.yaml`."""
    text: str = _wording()[part][key]["en" if lang == "en" else "zh"]
    return text.format(**facts)


def kind_word(kind: EvidenceKind, lang: str) -> str:
    """Return what a kind of evidence is called."""
    return kind.en if lang == "en" else kind.zh


def say(weighed: Weighed, lang: str) -> Said:
    """Put one piece of evidence into words."""
    lines = [line for line in (_taken(weighed, lang), _where(weighed, lang), _claimed(weighed, lang)) if line]
    support = weighed.judged.support.value if weighed.judged else "document" if weighed.photo else ""
    headline = word("support", support, lang) if support else ""
    alike = tuple(dict.fromkeys(_again(one, lang) for one in weighed.again))
    return Said(kind_word(weighed.kind, lang), support, headline, tuple(lines), alike)


def _taken(weighed: Weighed, lang: str) -> str:
    photo = weighed.photo
    if photo is None:
        return ""
    if photo.taken_at is None:
        return word("time", "unreadable" if photo.time == BAD_TIME else "none", lang)
    return word("time", "taken", lang, taken=f"{day(photo.taken_at.date(), lang)} {photo.taken_at:%H:%M}")


def _where(weighed: Weighed, lang: str) -> str:
    photo = weighed.photo
    if photo is None or weighed.judged is None:
        return ""
    if photo.place != GIVEN:
        return word("place", photo.place, lang)
    placed, subject = weighed.judged.place, weighed.subject.spot_for(weighed.kind) if weighed.subject else None
    own = photo_spot(photo)
    if placed.where is Where.NO_SUBJECT or placed.distance_m is None or subject is None or own is None:
        return ""
    return word(
        "distance",
        "said",
        lang,
        place=word("distance", "old-house" if weighed.kind.of_old_house else "record", lang),
        distance=distance(placed.distance_m, lang),
        uncertainty=distance(placed.uncertainty_m or 0, lang),
        photo=distance(own.uncertainty_m, lang),
        photo_by=word("distance", photo.uncertainty_from, lang),
        subject=distance(subject.uncertainty_m, lang),
        subject_by=word("distance", "register-assumed" if subject.assumed else "register", lang),
        reach=distance(placed.reach_m or 0, lang),
    )


def _claimed(weighed: Weighed, lang: str) -> str:
    row = weighed.row
    if row.since is None or row.until is None:
        return ""
    if row.since == row.until:
        return word("time", "claimed-day", lang, since=day(row.since, lang))
    return word("time", "claimed", lang, since=day(row.since, lang), until=day(row.until, lang))


def _again(seen: SeenAgain, lang: str) -> str:
    how = word("alike", "bytes", lang) if seen.same_file else word("alike", "altered", lang, percent=round(100 * seen.agreeing))
    if seen.row is None:
        said = word("alike", "other-county" if seen.other_county else "other-township", lang)
    else:
        row, known = seen.row, KINDS.get(seen.row.about_kind)
        kind = (known.en.lower() if lang == "en" else known.zh) if known else row.about_kind
        as_what = kind_word(EvidenceKind.by_id(row.kind), lang)
        said = word("alike", "seen", lang, kind=kind, subject=row.about, where=f"{row.county} {row.township}".strip(), **{"as": as_what})
    if not seen.earlier:
        how = word("alike", "both", lang, how=how, later=word("alike", "later", lang))
    return f"{said}（{how}）" if lang == "zh" else f"{said} ({how})"


def say_void(void: Sequence[Weighed], lang: str) -> str:
    """Say of each piece of evidence why it does not count."""
    return word("void", "each", lang).join(word("void", "one", lang, name=one.row.name, why=why_void(one, lang)) for one in void)


def why_void(one: Weighed, lang: str) -> str:
    """Say why a piece of evidence does not count: what speaks against it, or that it is a copy, or that nothing shows the house before."""
    if one.copied:
        return word("void", "copied", lang)
    if one.judged and one.judged.support.against:
        return word("support", one.judged.support.value, lang)
    return word("void", "after-alone", lang)


def say_pair(pair: Pair, lang: str) -> str:
    """Put a pair of photos before and after a demolition into words."""
    apart, either_way = (distance(value or 0, lang) for value in (pair.apart_m, pair.uncertainty_m))
    return word("pair", pair.says.value, lang, apart=apart, uncertainty=either_way)


def say_displayed(displayed: Displayed, lang: str) -> str:
    """Say how well a notice is shown to have hung."""
    return word("displayed", displayed.value, lang)
