"""Which places have a card, for whoever asks: whole counties and their townships, or only somebody's own townships."""

from dataclasses import dataclass

from relocation.service.checking import has_records
from relocation.store import files, ledgers, queries
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Place:
    """A county, or a township of it (`township` "" for the whole county)."""

    county: str
    county_name: str
    township: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.county_name} {self.township}".strip()


@dataclass(frozen=True, slots=True)
class Places:
    """What somebody can choose from, and the place chosen. `whole` are the counties that are theirs whole."""

    chosen: Place
    counties: tuple[tuple[str, str], ...]
    townships: tuple[str, ...]
    whole: frozenset[str]


def places(store: Store, county: str | None = None, township: str = "") -> Places | None:
    """Return the places of the actor and which of them was asked for; None where nothing was imported yet.

    Whoever names no place gets the first that is theirs. Trouble for a county without records, a township the records do not
    know, and a place that is not the actor's.
    """
    if not has_records(store, county):
        return None
    scope = store.scope
    with store.reading() as connection:
        codes, names = ledgers.counties_with_records(connection), files.county_names(connection)
        chosen = county or codes[0]
        known = tuple(queries.townships(connection, chosen))
    mine = tuple(name for name in known if scope.holds(chosen, name))
    if not scope.holds(chosen) and not township:
        if county and not mine:
            raise Trouble("not-your-place", place=county)
        township = mine[0] if mine else ""
    if township and township not in known:
        raise Trouble("figures-township", county=chosen, township=township, near="、".join(mine))
    if not scope.holds(chosen, township):
        raise Trouble("not-your-place", place=f"{chosen} {township}".strip())
    whole = frozenset(code for code in codes if scope.holds(code))
    return Places(Place(chosen, names.get(chosen) or chosen, township), tuple((code, names.get(code) or code) for code in codes), mine, whole)
