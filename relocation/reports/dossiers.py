"""The dossiers of a plan of visits on paper: one A4 page a household, set by Typst with the font that comes with the program's packages."""

from collections.abc import Mapping
from typing import Any

from relocation.reports.setting import pdf_of


def dossiers_pdf(data: Mapping[str, Any]) -> bytes:
    """Return the dossiers as one PDF. Same data, same bytes; what comes from ledgers reaches Typst as data and is never taken for markup."""
    return pdf_of("visits/dossier.typ", data)
