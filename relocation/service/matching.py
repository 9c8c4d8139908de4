"""Households and the sites they name: by the site's code, or without a code by a name that one site of the county alone bears."""

from collections import Counter
from collections.abc import Iterator, Sequence

from checks.choices import Mode
from checks.records import Records
from checks.vocabulary import SITE
from relocation.intake import LayerFile, Ledger
from relocation.intake.refusal import Note
from relocation.intake.tally import Tally
from relocation.store import queries
from relocation.store.opening import Connection


def sites_in(parts: Sequence[Ledger | LayerFile]) -> list[tuple[str, str, str]]:
    """Return (county, code, name) of the sites in a file's own ledgers; the county is "" where the file does not say."""
    ledgers = [part.records for part in parts if isinstance(part, Ledger) and part.kind is SITE]
    return [row for records in ledgers for row in zip(*(map(str, records.stored(name)) for name in ("county", "code", "name")), strict=True)]


def unmatched(connection: Connection, ledger: Ledger, records: Records, beside: Sequence[tuple[str, str, str]]) -> list[Note]:
    """Return notes on households whose site's code or name no stored site of their county has, nor one in the same file (`beside`).

    `records` are the ledger's with their county filled in. Households resettled dispersed live at no site: a place named there is an address.
    """
    tally = Tally()
    if {"site_code", "site_name"} & ledger.letters.keys():
        for index, code in _strangers(connection, records, beside):
            column = "site_code" if code else "site_name"
            tally.add(f"site-{'code' if code else 'name'}-unknown", column, ledger.cell(column, index))
    return tally.notes(ledger.file, ledger.sheet)


def _strangers(connection: Connection, records: Records, beside: Sequence[tuple[str, str, str]]) -> Iterator[tuple[int, str]]:
    counties = sorted({str(county) for county in records.stored("county")})
    known = {(county, code): name for county, code, name in queries.site_names(connection, counties)}
    for county, code, name in beside:
        known |= {(place, code): name for place in ([county] if county else counties)}
    named = Counter((county, name) for (county, _), name in known.items())
    rows = zip(*(records.stored(name).tolist() for name in ("county", "site_code", "site_name", "mode")), strict=True)
    for index, (county, code, name, mode) in enumerate(rows):
        lost = (county, code) not in known if code else name and mode != Mode.DISPERSED and named[county, name] != 1
        if lost:
            yield index, code or ""
