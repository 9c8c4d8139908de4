"""The county drawn: what the map needs, and the self-contained file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from relocation.store.opening import Store

if TYPE_CHECKING:
    from relocation.maps.data import MapData


def map_data(
    store: Store,
    lang: str,
    *,
    county: str | None = None,
    as_of: date | None = None,
    approval: str = "",
) -> "MapData":
    """Return sites, lines to what they are near, layers and texts for a map."""
    raise NotImplementedError


def export_map(store: Store, out: Path, lang: str, *, county: str | None = None, approval: str = "") -> None:
    """Write one self-contained map that opens with no network."""
    raise NotImplementedError
