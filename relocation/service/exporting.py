"""Findings written to a file: JSON, CSV, Excel, GeoJSON. Same findings, same bytes."""

from pathlib import Path
from typing import Any

from relocation.store.opening import Store

FORMATS = ("json", "csv", "xlsx", "geojson")


def export(store: Store, form: str, out: Path, lang: str, **filters: Any) -> int:
    """Write the findings that fit the filters of `findings.findings` and return how many there were."""
    raise NotImplementedError
