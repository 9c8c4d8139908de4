"""The stored records as lists and as pages of one record. Names and ID numbers come masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from checks.finding import Finding
from relocation.store.opening import Store


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. `values` are the columns as shown, by name; `worst` the worst outcome's id, "" before a check."""

    kind: str
    county: str
    code: str
    name: str
    township: str
    values: Mapping[str, str]
    worst: str


@dataclass(frozen=True, slots=True)
class RowPage:
    """Lines in the order of their codes. `after` asks the next page, "" when this is the last; `total` counts all that fit the filters."""

    rows: tuple[Row, ...]
    after: str
    total: int


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one record: heading, value as shown, unit, and the cell it came from."""

    name: str
    heading: str
    value: str
    unit: str
    file: str
    sheet: str
    cell: str
    imported_at: datetime | None


@dataclass(frozen=True, slots=True)
class PastChange:
    """A field that a later file changed."""

    heading: str
    old: str
    new: str
    file: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record whole."""

    kind: str
    county: str
    code: str
    name: str
    worst: str
    fields: tuple[Field, ...]
    findings: tuple[Finding, ...]
    changes: tuple[PastChange, ...]
    households: int  # of a site: how many stored households name it
    position: tuple[float, float] | None  # lon, lat in WGS-84


@dataclass(frozen=True, slots=True)
class CountyRow:
    """A county with anything stored, and how it stands."""

    code: str
    name: str
    sites: int
    households: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A reference or imported layer: what it holds, since when, from whom, how exact."""

    id: str
    county: str
    features: int
    unplaced: int
    source: str
    dated: str
    licence: str
    declared_crs: str
    uncertainty_m: tuple[float, float] | None  # least and most of the features that state one


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check in the list of checks."""

    id: str
    family: str
    about: tuple[str, ...]
    title: str
    question: str
    law: tuple[str, ...]  # titles of the instruments its values come from

    def json(self) -> dict[str, object]:
        """Return the check as the contract of `checks` writes it."""
        return {
            "id": self.id,
            "family": self.family,
            "about": list(self.about),
            "title": self.title,
            "law": list(self.law),
        }


def sites(
    store: Store,
    lang: str,
    *,
    county: str | None = None,
    township: str | None = None,
    text: str | None = None,
    outcome: str | None = None,
    after: str = "",
    limit: int = 50,
) -> RowPage:
    """Return a page of the sites."""
    raise NotImplementedError


def households(
    store: Store,
    lang: str,
    *,
    county: str | None = None,
    township: str | None = None,
    site: str | None = None,
    text: str | None = None,
    outcome: str | None = None,
    after: str = "",
    limit: int = 50,
) -> RowPage:
    """Return a page of the households; `site` keeps those that name a site's code."""
    raise NotImplementedError


def site(store: Store, code: str, lang: str, county: str | None = None) -> RecordPage:
    """Return one site; Trouble (404) with near codes when there is none."""
    raise NotImplementedError


def household(store: Store, code: str, lang: str, county: str | None = None) -> RecordPage:
    """Return one household; Trouble (404) with near codes when there is none."""
    raise NotImplementedError


def counties(store: Store) -> tuple[CountyRow, ...]:
    """Return the counties that have records."""
    raise NotImplementedError


def townships(store: Store, county: str | None = None) -> tuple[str, ...]:
    """Return the names of townships met in the records, for the lists' filters."""
    raise NotImplementedError


def layers(store: Store) -> tuple[LayerRow, ...]:
    """Return the layers the checks look at, with source and date."""
    raise NotImplementedError


def check_list(lang: str) -> tuple[CheckRow, ...]:
    """Return every check."""
    raise NotImplementedError


def last_import_at(store: Store) -> datetime | None:
    """Return when something was last stored from a file."""
    raise NotImplementedError


def as_of_default(store: Store, today: date) -> date:
    """Return the day of the latest run, or today before the first."""
    raise NotImplementedError
