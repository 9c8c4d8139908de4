"""A comparison as a file; what kind of file, its suffix says."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from relocation.reports.comparison_sheet import ComparisonSheet, Decision, Judged, Said, UnitSide, UnitTypePair
from relocation.reports.contract import as_json

__all__ = ["FORMATS", "ComparisonSheet", "Decision", "Judged", "Said", "UnitSide", "UnitTypePair", "as_json", "rendered", "write"]


def _html(sheet: ComparisonSheet, lang: str) -> bytes:
    from relocation.reports.viewer import html

    return html(sheet, lang)


def _svg(sheet: ComparisonSheet, lang: str) -> bytes:
    from relocation.reports.svg import svg

    return svg(sheet, lang)


def _pdf(sheet: ComparisonSheet, lang: str) -> bytes:
    from relocation.reports.pdf import pdf

    return pdf(sheet, lang)


def _dxf(sheet: ComparisonSheet, lang: str) -> bytes:
    from relocation.reports.dxf import dxf

    return dxf(sheet, lang)


def _xlsx(sheet: ComparisonSheet, lang: str) -> bytes:
    from relocation.reports.workbook import workbook

    return workbook(sheet, lang)


def _json(sheet: ComparisonSheet, lang: str) -> bytes:
    return (json.dumps(as_json(sheet, lang), ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="backslashreplace")


_WRITERS: Mapping[str, Callable[[ComparisonSheet, str], bytes]] = {".html": _html, ".svg": _svg, ".pdf": _pdf, ".dxf": _dxf, ".xlsx": _xlsx, ".json": _json}
FORMATS = tuple(_WRITERS)


def rendered(sheet: ComparisonSheet, suffix: str, lang: str) -> bytes:
    """Return a comparison as the bytes of a file of one of FORMATS, in one language; same sheet, same bytes. KeyError for another suffix."""
    return _WRITERS[suffix](sheet, lang)


def write(sheet: ComparisonSheet, path: Path, lang: str) -> None:
    """Write a comparison to `path`, whole or not at all, as its suffix says. KeyError for a suffix not in FORMATS, OSError where it cannot be written."""
    made = rendered(sheet, path.suffix.lower(), lang)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(made)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
