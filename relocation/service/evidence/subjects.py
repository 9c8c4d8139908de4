"""What evidence is attached to: where it lies, whose township it is in, and the record it is about in the end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checks.vocabulary import HOUSEHOLD, SITE
from relocation.evidence.kinds import EvidenceKind, SubjectKind
from relocation.evidence.place import Spot, subject_spot
from relocation.ledger.entry import parted
from relocation.store import queries, rectification
from relocation.store.opening import Connection, Store
from relocation.store.queries import FindingFilter
from relocation.store.trouble import Trouble

_RECORDS = {SubjectKind.SITE.value: SITE, SubjectKind.HOUSEHOLD.value: HOUSEHOLD}


@dataclass(frozen=True, slots=True)
class Subject:
    """Something evidence can be attached to. `about_kind`, `about`: the record it is about; of a site or household, itself."""

    kind: str
    county: str
    code: str
    township: str
    about_kind: str
    about: str
    spot: Spot | None = None
    old_spot: Spot | None = None  # of the old house of a household
    demolished_on: date | None = None

    def spot_for(self, kind: EvidenceKind) -> Spot | None:
        """Return the place a photo shown as that kind must have been taken at."""
        return self.old_spot if kind.of_old_house else self.spot


def subject_of(store: Store, kind: str, code: str, county: str | None = None) -> Subject:
    """Return what evidence is to be attached to, as the actor sees it. Trouble (404) for what is not there, or not theirs to see."""
    found = None
    if f"{kind}{county or ''}{code}".isprintable():  # a server's database takes no character 0
        with store.reading() as connection:
            found = find(connection, kind, county, code)
    if found is None:
        raise Trouble("evidence-subject", kind=kind[:40], subject=code[:80])
    return found


def find(connection: Connection, kind: str, county: str | None, code: str) -> Subject | None:
    """Return a subject, None where there is none (or several counties have one and none was named)."""
    if kind in _RECORDS:
        return _record(connection, kind, county, code)
    if kind == SubjectKind.FINDING.value:
        return _finding(connection, county, code)
    if kind == SubjectKind.ENTRY.value:
        return _entry(connection, code)
    return None


def _record(connection: Connection, kind: str, county: str | None, code: str) -> Subject | None:
    found = queries.records_of_code(connection, _RECORDS[kind], code, county)
    if len(found) != 1:
        return None
    row = found[0]
    own = subject_spot(row["lon"], row["lat"], row["uncertainty_m"])
    if kind == SubjectKind.SITE.value:
        return Subject(kind, row["county"], code, row["township"] or "", kind, code, own)
    old = subject_spot(row["old_lon"], row["old_lat"], None)
    return Subject(kind, row["county"], code, row["township"] or "", kind, code, own or _site_spot(connection, row), old, row["demolished_on"])


def _site_spot(connection: Connection, home: Mapping[str, Any]) -> Spot | None:
    """Return where a household without a position of its own lives: at its site."""
    sites = queries.records_of_code(connection, SITE, home["site_code"], home["county"]) if home["site_code"] else []
    return subject_spot(sites[0]["lon"], sites[0]["lat"], sites[0]["uncertainty_m"]) if len(sites) == 1 else None


def _finding(connection: Connection, county: str | None, code: str) -> Subject | None:
    """Return a finding, named CHECK:KIND:SUBJECT."""
    parts = code.split(":", 2)
    if len(parts) != 3:
        return None
    check, kind, subject = parts
    found = queries.page_of_findings(connection, FindingFilter(checks=[check], county=county, kind=kind, subject=subject), (), 2)
    if len(found) != 1:
        return None
    of = _record(connection, kind, found[0].county, subject) if kind in _RECORDS else None
    township = of.township if of else found[0].township
    return _placed(Subject(SubjectKind.FINDING.value, found[0].county, code, township, kind, subject), of)


def _entry(connection: Connection, code: str) -> Subject | None:
    """Return an entry of the rectification ledger by its number, 411522-0007; its photos are judged by the record that was found wanting."""
    try:
        county, number = parted(code)
    except ValueError:
        return None
    entry = rectification.get(connection, county, number)
    if entry is None:
        return None
    of = _record(connection, entry.subject_kind, county, entry.subject) if entry.subject_kind in _RECORDS else None
    about_kind, about = (entry.subject_kind, entry.subject) if entry.subject else (SubjectKind.ENTRY.value, entry.id)
    return _placed(Subject(SubjectKind.ENTRY.value, county, entry.id, entry.township, about_kind, about), of)


def _placed(subject: Subject, of: Subject | None) -> Subject:
    """Return a finding or an entry with the places and days of the record it is about."""
    return replace(subject, spot=of.spot, old_spot=of.old_spot, demolished_on=of.demolished_on) if of else subject
