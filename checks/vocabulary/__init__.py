"""The kinds of record: what staff keep of sites, households, money, returns and notices, and what is counted from them."""

from checks.vocabulary.area import AREA
from checks.vocabulary.beside import FUND, FUNDING, NOTICE, RENOVATION, REPORTED
from checks.vocabulary.household import HOUSEHOLD
from checks.vocabulary.site import SITE
from checks.vocabulary.words import LAYERS, OFFICES, UNITS

KINDS = {kind.id: kind for kind in (SITE, HOUSEHOLD, AREA, RENOVATION, FUND, FUNDING, REPORTED, NOTICE)}
"""Every kind of record by its id."""

LEDGERS = {kind.ledger: kind for kind in KINDS.values() if kind is not AREA}
"""The kinds that are read from files, by the name of their ledger."""

__all__ = ["AREA", "FUND", "FUNDING", "HOUSEHOLD", "KINDS", "LAYERS", "LEDGERS", "NOTICE", "OFFICES", "RENOVATION", "REPORTED", "SITE", "UNITS"]
