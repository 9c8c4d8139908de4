"""The kinds of record: what staff keep of sites, homes, households, money, returns and notices, what is counted from them, and drawings."""

from checks.vocabulary.area import AREA
from checks.vocabulary.beside import FUND, FUNDING, NOTICE, RENOVATION, REPORTED
from checks.vocabulary.drawing import DRAWING, DRAWING_PAIR, UNIT_TYPE
from checks.vocabulary.household import HOUSEHOLD
from checks.vocabulary.site import SITE
from checks.vocabulary.words import LAYERS, OFFICES, UNITS

KINDS = {kind.id: kind for kind in (SITE, HOUSEHOLD, AREA, RENOVATION, FUND, FUNDING, REPORTED, NOTICE, UNIT_TYPE, DRAWING, DRAWING_PAIR)}
"""Every kind of record by its id."""

LEDGERS = {kind.ledger: kind for kind in KINDS.values() if kind is not AREA}
"""The kinds that are kept, by the name of their ledger."""

WORKBOOKS = {kind.ledger: kind for kind in LEDGERS.values() if any(column.asked and not column.made for column in kind if column.name == "code")}
"""The kinds whose ledgers staff keep as workbooks, by the name of their ledger."""

__all__ = [
    "AREA",
    "DRAWING",
    "DRAWING_PAIR",
    "FUND",
    "FUNDING",
    "HOUSEHOLD",
    "KINDS",
    "LAYERS",
    "LEDGERS",
    "NOTICE",
    "OFFICES",
    "RENOVATION",
    "REPORTED",
    "SITE",
    "UNITS",
    "UNIT_TYPE",
    "WORKBOOKS",
]
