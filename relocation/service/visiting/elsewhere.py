"""Visits of other bodies, brought as a list: nobody is asked twice by us without saying so."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from checks.vocabulary import HOUSEHOLD
from relocation.accounts.roles import Right
from relocation.intake.listed import read_visit_sheet
from relocation.intake.refusal import Refusal, Unusable
from relocation.store import digests, log, visits
from relocation.store.frames import read_records
from relocation.store.opening import Store

LONGEST_BODY = 60


@dataclass(frozen=True, slots=True)
class ElsewhereReport:
    """How many visits of a list are new, how many were known, and the cells that were refused."""

    file: str
    sha256: str
    added: int
    same: int
    refusals: tuple[Refusal, ...]


def bring(store: Store, county: str, path: Path, *, now: datetime, file_name: str = "") -> ElsewhereReport:
    """Take in a list of visits (household code, day, body). Unusable for a file that is none; Trouble without the right in the county."""
    store.require(Right.ATTACH, county)
    read = read_visit_sheet(path, file_name or path.name)
    if "body" not in read.letters:
        raise Unusable(Refusal("visit-no-body", read.file, read.sheet))
    with store.reading() as connection:
        found = read_records(connection, HOUSEHOLD, county, columns=("code", "township"))
    townships = dict(zip(found.stored("code").tolist(), found.stored("township").tolist(), strict=True))
    sha256, today = hashlib.sha256(path.read_bytes()).hexdigest(), now.astimezone().date()
    rows: list[tuple[str, str, date, str]] = []
    refusals = list(read.refusals)
    for row, cells in read.lines:
        code, on, body = (cells.get(name, "") for name in ("code", "visited_on", "body"))
        wrong = ("visit-no-household", "code", code) if code not in townships else ("visit-no-day", "visited_on", on) if not on else None
        if wrong is None and date.fromisoformat(on) > today:
            wrong = ("visit-later", "visited_on", on)
        if wrong is None and not 0 < len(body) <= LONGEST_BODY:
            wrong = ("visit-words" if body else "visit-no-name", "body", body)
        if wrong:
            refusals.append(read.refusal(wrong[0], row, wrong[1], wrong[2]))
        else:
            rows.append((code, townships[code] or "", date.fromisoformat(on), body))
    with store.writing() as connection:
        made = visits.keep_elsewhere(connection, county, rows, file=sha256, at=now)
        told = digests.told(digests.digests(connection, ("visit_elsewhere", {"id": made}))) if made else {}
        about = {"kind": "visit-list", "county": county, "subject": read.file}
        log.append(connection, by=store.actor, at=now, action="visits.known", **about, new={"visits": len(made), **told}, files=(sha256,))
    return ElsewhereReport(read.file, sha256, len(made), len(rows) - len(made), tuple(sorted(refusals, key=lambda one: one.row or 0)))
