"""The law as it stands in this office: the shipped sheets, and what counties have published for themselves, version by version.

A county's text is read, its effect shown (`preview`), and published with a reason. Nothing is overwritten: a verdict keeps
the value it was judged by, a run notes the versions in force.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from checks.check import Check
from checks.instruments import Instrument, Instruments, instruments_of
from checks.registry import checks
from checks.sheet import Overlay, overlay_of
from checks.vocabulary import SITE
from relocation.accounts.roles import Right
from relocation.service import reference
from relocation.service.comparing import CheckChange, Law, changed_json, compare
from relocation.service.lawjudging import LawText, is_county, read_law
from relocation.service.lawtext import LONGEST_TEXT, LawRefusal, LawRefused, dumped
from relocation.service.numberless import numberless
from relocation.store import digests, files, law, ledgers, log, runs
from relocation.store.law import LawVersion
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

__all__ = ["LawRefusal", "LawRefused", "LawText", "LawVersion", "Preview"]

MOST_EXAMPLES = 10
SHORTEST_REASON, LONGEST_REASON = 2, 500


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a text would alter: an entry for every check whose law it changes, and the version it would take over from."""

    place: str
    name: str
    text: str
    changed: tuple[CheckChange, ...]
    previous: int  # 0: none

    @property
    def total(self) -> int:
        """How many outcomes change."""
        return sum(one.total for one in self.changed)

    def register(self, store: Store) -> Instruments:
        """Return the documents its sentences may name: those registered, and those the text itself registers."""
        return {**_documents(self.text), **instruments(store)}

    def json(self, store: Store, lang: str) -> dict[str, Any]:
        """Return the preview for other programs."""
        register = self.register(store)
        return {"place": self.place, "total": self.total, "changed": [changed_json(one, lang, register) for one in self.changed]}


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is in force, computed once for each state of the versions."""

    latest: int
    overlays: tuple[Overlay, ...]
    instruments: Instruments
    registered: Mapping[str, str]  # id of a county's own document → the county


def overlays(store: Store) -> tuple[Overlay, ...]:
    """Return the values of every place that has published some, in their latest version."""
    return _standing(store).overlays


def amount_on(store: Store, check: str, parameter: str, place: str, day: date) -> float | None:
    """Return the amount of a check's parameter in force on a day in a county; None where there is no rule that day."""
    known = checks()[check].parameters_in(overlays(store))[parameter]
    held = [known.values[number] for number in known.in_place(place) if known.values[number].since <= day]
    return held[-1].amount if held else None


def judged_by(store: Store) -> tuple[Overlay, ...]:
    """Return the places' values by which the latest run judged, whatever was published since; those in force before any run."""
    with store.reading() as connection:
        run, current = runs.last_run(connection), {str(one.id) for one in law.current(connection)}
        noted = set(str(run["law"]).split()) if run else current
        every = law.history(connection) if noted != current else []
    if noted == current:
        return overlays(store)
    return tuple(_overlay(one.yaml) for one in sorted(every, key=lambda one: one.place) if str(one.id) in noted)


def instruments(store: Store) -> Instruments:
    """Return every document: the shipped register, and what counties have registered in any version, for old verdicts name them still."""
    return _standing(store).instruments


def _standing(store: Store) -> _Standing:
    with store.reading() as connection:
        latest = law.latest_id(connection)
        kept: _Standing | None = store.kept.get("law")
        if kept is not None and kept.latest == latest:
            return kept
        current, every = law.current(connection), law.history(connection)
    documents: dict[str, Instrument] = {}
    registered: dict[str, str] = {}
    for version in reversed(every):
        own = _documents(version.yaml)
        documents.update(own)
        registered.update(dict.fromkeys(own, version.place))
    made = _Standing(latest, tuple(_overlay(version.yaml) for version in current), {**documents, **reference.instruments()}, registered)
    store.kept["law"] = made
    return made


def _overlay(text: str) -> Overlay:
    """Return what a published text sets. A check or parameter that this version of the program no longer has is passed over; the page names it."""
    read = overlay_of({"checks": {}, **yaml.safe_load(text)}, "YAML")
    known = checks()
    kept = {
        id: {name: values for name, values in parameters.items() if name in known[id].own_parameters} for id, parameters in read.values.items() if id in known
    }
    return Overlay(read.place, kept)


def _documents(text: str) -> dict[str, Instrument]:
    raw = yaml.safe_load(text).get("instruments") or {}
    return instruments_of({id: {**body, "number": body.get("number") or "", "issued_on": body.get("issued_on") or ""} for id, body in raw.items()}, "YAML")


def read(store: Store, text: str) -> LawText:
    """Read a county's text. LawRefused, with the address and mend of everything in it that cannot be law."""

    def sites(county: str) -> list[str]:
        with store.reading() as connection:
            return ledgers.codes(connection, SITE.id, county)

    return read_law(text, checks(), reference.instruments(), _standing(store.whole).registered, sites)


def preview(store: Store, yaml_text: str, as_of: date) -> Preview:
    """Judge the county's records by the law in force and by the law as it would be; nothing is stored. LawRefused as in `read`."""
    wanted = read(store, yaml_text)
    store.require(Right.LAW, wanted.place)
    now = overlays(store.whole)
    others = tuple(one for one in now if one.place != wanted.place)
    touched = [check for check in checks().values() if _differs(check, wanted.place, now, (*others, wanted.overlay))]
    changed = compare(store, Law(touched, now), Law(touched, (*others, wanted.overlay)), as_of=as_of, county=wanted.place, most=MOST_EXAMPLES)
    with store.reading() as connection:
        name = files.county_names(connection).get(wanted.place, "")
    return Preview(wanted.place, name, yaml_text, changed, _previous(store, wanted.place))


def _differs(check: Check, place: str, now: Sequence[Overlay], then: Sequence[Overlay]) -> bool:
    concerned = (check.id, *(one.lent_by for one in check.parameters.values() if one.lent_by))
    own_now, own_then = ([one.values.get(id, {}) for one in overlays if one.place == place for id in concerned] for overlays in (now, then))
    return [dict(values) for values in own_now if values] != [dict(values) for values in own_then if values]


def _previous(store: Store, place: str) -> int:
    found = history(store, place)
    return found[0].id if found else 0


def publish(store: Store, yaml_text: str, reason: str, now: datetime, *, based_on: int | None = None) -> LawVersion:
    """Publish a county's text as its new version and return that.

    LawRefused as in `read`. Trouble for a missing reason, for a text that is in force already, and, where `based_on` names
    the version the text was made from (0: there was none), for another version published since.
    """
    said = numberless(" ".join(reason.split()))
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise Trouble("law-reason", most=LONGEST_REASON)
    wanted = read(store, yaml_text)
    store.require(Right.LAW, wanted.place)
    digest = hashlib.sha256(yaml_text.encode()).hexdigest()
    with store.writing() as connection:
        before = law.history(connection, wanted.place)
        previous = before[0] if before else None
        if based_on is not None and based_on != (previous.id if previous else 0):
            raise Trouble("law-moved", place=wanted.place)
        if previous and previous.sha256 == digest:
            raise Trouble("law-unchanged", place=wanted.place, id=previous.id)
        revision = files.advance(connection, "records")  # every verdict of the county may be another one now
        id = law.add_version(connection, wanted.place, yaml_text, said, files.in_utc(now), digest, previous.id if previous else None, revision)
        rows = digests.digests(connection, ("law_version", {"id": id}))
        new = {"version": id, "took_over_from": previous.id if previous else None, **digests.told(rows)}
        about = {"kind": "law", "county": wanted.place, "subject": str(id)}
        log.append(connection, by=store.actor, at=now, action="law.published", **about, new=new, why=said)
        return law.history(connection, wanted.place)[0]


def history(store: Store, place: str | None = None) -> tuple[LawVersion, ...]:
    """Return the published versions (of one county), the latest first."""
    with store.reading() as connection:
        return tuple(law.history(connection, place))


def version(store: Store, id: int) -> LawVersion:
    """Return one version. Trouble (404) when there is none of that number."""
    for one in history(store):
        if one.id == id:
            return one
    raise Trouble("unknown-version", id=id)


def text_of(store: Store, place: str) -> str:
    """Return a county's text in force, or an empty one to begin with. Trouble for a code that is not a county's."""
    if not is_county(place):
        raise Trouble("unknown-county", county=place)
    found = history(store, place)
    return found[0].yaml if found else dumped({"place": place, "instruments": {}, "checks": {}})


def decoded(raw: bytes) -> str:
    """Return a file's text: UTF-8, or what Windows in China writes."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LawRefused((LawRefusal("not-yaml", "", 0, {"problem": "UTF-8 / GB18030"}),))


def text_at(path: Path) -> str:
    """Return the text of a file. Trouble when there is none, LawRefused when it is no text."""
    if not path.is_file():
        raise Trouble("file-missing", path=path)
    return decoded(path.read_bytes()[: 4 * LONGEST_TEXT + 4])


def lost(store: Store) -> tuple[tuple[str, str], ...]:
    """Return (county, check or check.parameter) of published values that this version of the program has no use for."""
    known = checks()
    with store.reading() as connection:
        current = law.current(connection)
    gone = []
    for version in current:
        for id, parameters in (yaml.safe_load(version.yaml).get("checks") or {}).items():
            if id not in known:
                gone.append((version.place, str(id)))
            else:
                gone.extend((version.place, f"{id}.{name}") for name in parameters or {} if name not in known[id].own_parameters)
    return tuple(gone)


def with_value(text: str, check: str, parameter: str, value: Mapping[str, Any], document: tuple[str, Mapping[str, Any]] | None = None) -> str:
    """Return a county's text with one more value, and the document it rests on where that is new. What cannot be law shows when it is read."""
    said: dict[str, Any] = dict(yaml.safe_load(text))
    said["instruments"] = dict(said.get("instruments") or {})
    said["checks"] = {id: dict(parameters or {}) for id, parameters in (said.get("checks") or {}).items()}
    if document is not None:
        said["instruments"][document[0]] = dict(document[1])
    values = said["checks"].setdefault(check, {}).setdefault(parameter, [])
    said["checks"][check][parameter] = [*(values or []), dict(value)]
    return dumped(said)
