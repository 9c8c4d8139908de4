"""Where a drawing belongs: its site, by whose law it is judged, and what staff's ledgers say of the unit types there."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from checks.vocabulary import HOUSEHOLD, SITE, UNIT_TYPE
from relocation.service.drawings.facts import Row
from relocation.service.drawings.judging import Bench
from relocation.service.drawings.staff import staff_rows
from relocation.service.judging import near
from relocation.service.lawbook import instruments, overlays
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


@dataclass(frozen=True)
class Place:
    """Where a drawing belongs: the site's columns, and the day by which the design was approved, where that is known."""

    columns: Row
    approved_on: date | None

    @property
    def county(self) -> str:
        """The county's code."""
        return str(self.columns["county"])

    @property
    def site(self) -> str:
        """The site's code."""
        return str(self.columns["site_code"])


def placed(store: Store, site: str, county: str | None, approved_on: date | None = None) -> Place:
    """Return where a drawing belongs, from the ledger of sites. Trouble for a site that is not there, or is there in two counties."""
    with store.reading() as connection:
        sites = read_records(connection, SITE, county, columns=("code", "name", "county", "township", "village", "approved_on"))
    rows = [row for row, code in enumerate(sites.code.tolist()) if code == site]
    if not rows:
        raise Trouble("drawing-site", site=site or "—", near=near(site, sites.code.tolist()))
    if len(rows) > 1:
        raise Trouble("county-needed")
    one = sites.take(np.array(rows))
    columns = {"county": one.county[0], "township": one.township[0], "village": one.village[0], "site_code": site, "site_name": one.name[0]}
    return Place(columns, approved_on or one.approved_on[0].tolist())


def bench_at(store: Store, place: Place, as_of: date) -> Bench:
    """Return by what the drawings of a site are judged: its county's law, its ledger of unit types, the households assigned to them."""
    with store.reading() as connection:
        ledger = read_records(connection, UNIT_TYPE, place.county)
        homes = read_records(connection, HOUSEHOLD, place.county, columns=("county", "code", "site_code", "unit_type", "registered_poor", "approved_persons"))
    given = {**place.columns, **({"approved_on": place.approved_on} if place.approved_on else {})}
    beside = {"households": homes} if len(homes) else {}
    return Bench(as_of, instruments(store), overlays(store), beside, staff_rows(ledger, place.site), given)
