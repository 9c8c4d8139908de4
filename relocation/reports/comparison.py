"""A comparison as a file; what kind of file, its suffix says."""

from pathlib import Path

from relocation.reports.comparison_sheet import ComparisonSheet, Decision, Judged, Said, UnitSide, UnitTypePair

__all__ = ["FORMATS", "ComparisonSheet", "Decision", "Judged", "Said", "UnitSide", "UnitTypePair", "as_json", "rendered", "write"]

FORMATS = (".html", ".svg", ".pdf", ".dxf", ".xlsx", ".json")


def rendered(sheet: ComparisonSheet, suffix: str, lang: str) -> bytes:
    """Return a comparison as the bytes of a file of one of FORMATS, in one language; same sheet, same bytes. KeyError for another suffix."""
    raise NotImplementedError(suffix, lang, sheet.title)


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


def as_json(sheet: ComparisonSheet, lang: str) -> dict[str, object]:
    """Return the JSON contract of `relocation compare`: aligned, unit_types, differences, lineage, not_compared."""
    raise NotImplementedError(sheet.title, lang)
