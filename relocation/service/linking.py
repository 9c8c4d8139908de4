"""What some records have to be judged beside, and on whom an edit bears: by the links the rules declare, never a whole ledger where a link says which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checks.check import Check
from checks.links import Key, Link, holding
from checks.records import RecordKind, Records, joined
from checks.vocabulary import AREA, LEDGERS
from relocation.store import ledgers
from relocation.store.frames import read_first, read_holding, read_records
from relocation.store.opening import Connection

MOST_TEXTS = 2_000
"""So many texts are looked for one by one; for more the whole ledger is read, which is quicker then."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Records as an edit left them; `texts` holds of every TEXT column what they say now and said before, `changed` the columns that differ."""

    records: Records
    texts: Mapping[str, frozenset[str]]
    changed: frozenset[str]


class Surroundings:
    """The stored ledgers as one transaction sees them. `here` are those of one county, read before; the rest is read when asked for."""

    def __init__(self, connection: Connection, county: str = "", here: Mapping[str, Records] | None = None) -> None:
        self.connection, self.county, self.here = connection, county, dict(here or {})
        self._read: dict[tuple[str, tuple[Key, ...]], Records] = {}
        self._first: dict[tuple[str, str], Records] = {}
        self._whole: dict[str, Records] = {}

    def beside(self, check: Check, records: Records) -> dict[str, Records]:
        """Return the ledgers a check needs to judge just these records: what bears on them, and that their counties have the ledger at all."""
        kind, counties = records.kind, records.grouped("county")[0]
        found = {}
        for ledger in check.looks_into(kind):
            links = check.links(kind, ledger)
            keys = [(link, link.to_theirs(records)) for link in links]
            parts = [self._bearing(ledger, link, key, counties) for link, key in keys if key is not None]
            if not links:
                parts = [self.whole(ledger)]
            elif ledger != kind.ledger:
                met = {county for part in parts for county in part.grouped("county")[0]}
                parts += [self._any(ledger, county) for county in counties if county not in met]
            found[ledger] = joined(parts) if parts else Records(LEDGERS[ledger], {}, 0)
        return {ledger: one for ledger, one in found.items() if len(one)}

    def whole_beside(self, check: Check, kind: RecordKind) -> dict[str, Records]:
        """Return all that a check may look into when it judges records of a kind, of every county."""
        return {ledger: records for ledger in check.looks_into(kind) if len(records := self.whole(ledger))}

    def bears_on(self, check: Check, kind: RecordKind, edit: Edit) -> Records:
        """Return the records of a kind whose verdict an edit can have changed by being looked at beside them."""
        ledger = edit.records.kind.ledger
        if ledger not in check.looks_into(kind):
            return Records(kind, {}, 0)
        links = check.links(kind, ledger)
        if kind is AREA:
            return self.here.get(AREA.ledger, Records(AREA, {}, 0))
        if not links:
            return self.whole(kind.ledger)
        keys = [(link, link.to_own(edit.texts)) for link in links if link.looked_at(edit.changed)]
        parts = [self._bearing(kind.ledger, link, key, [self.county]) for link, key in keys if key is not None]
        return joined(parts) if parts else Records(kind, {}, 0)

    def whole(self, ledger: str) -> Records:
        """Return a ledger of every county: that of the one county where it is all there is."""
        if ledger not in self._whole:
            kind = LEDGERS[ledger]
            known = self.here.get(ledger, Records(kind, {}, 0))
            self._whole[ledger] = known if ledgers.count(self.connection, kind.id) == len(known) else read_records(self.connection, kind)
        return self._whole[ledger]

    def of_county(self, kind: RecordKind, county: str) -> Records:
        """Return the records of a kind in a county."""
        if county == self.county and self.here:
            return self.here.get(kind.ledger, Records(kind, {}, 0))
        return read_records(self.connection, kind, county)

    def _bearing(self, ledger: str, link: Link, key: Key, counties: Sequence[str]) -> Records:
        if (ledger, (key,)) not in self._read:
            self._read[ledger, (key,)] = self._look_up(ledger, link, key, counties)
        return self._read[ledger, (key,)]

    def _look_up(self, ledger: str, link: Link, key: Key, counties: Iterable[str]) -> Records:
        own = self.here and link.within({*counties, self.county})
        if not own and sum(len(texts) for _, texts in key) <= MOST_TEXTS:
            return read_holding(self.connection, LEDGERS[ledger], [key])
        known = self.of_county(LEDGERS[ledger], self.county) if own else self.whole(ledger)
        if own:  # the county is theirs anyhow: what is left to look at may be nothing
            key = tuple((name, texts) for name, texts in key if name != "county")
        rows = holding(known, key)
        return known if rows.all() else known.take(rows)

    def _any(self, ledger: str, county: str) -> Records:
        if (ledger, county) not in self._first:
            known = self.here.get(ledger) if county == self.county and self.here else None
            if county == self.county and self.here:
                found = Records(LEDGERS[ledger], {}, 0) if known is None else known.take(np.array([0]))
            else:
                found = read_first(self.connection, LEDGERS[ledger], county)
            self._first[ledger, county] = found
        return self._first[ledger, county]
