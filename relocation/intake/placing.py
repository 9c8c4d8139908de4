"""Positions as written to WGS-84, by the declared system only, and the test whether they lie in the county they should."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from checks.records import Array
from geo.crs import Crs, UnknownCrs, UnsafeDatum, guess, named, to_wgs84
from relocation.intake.coordinates import TOLERANCE_M, outside
from relocation.intake.refusal import Fact, Refusal, Unusable

NEARLY_ALL, MOST = 0.8, 0.51
_AXIS_WORDS = re.compile(r"经纬度|经度|纬度|[东北横纵]?坐标系?|位置|[XY]")
_REFUSED = "?"  # a row whose own declaration could not be understood, already refused
FaultAt = Callable[[Array, str, Mapping[str, Fact]], None]  # rows (indexes), code, facts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file's positions are refused: its names, for whole-file refusals."""

    file: str
    sheet: str

    def unusable(self, code: str, **facts: Fact) -> Unusable:
        """Return the exception for a whole-file refusal."""
        return Unusable(Refusal(code, self.file, self.sheet, facts=facts))


@dataclass(frozen=True, slots=True)
class Placed:
    """Positions in WGS-84 degrees (NaN where none) and each row's declared system by name ("" where none)."""

    lon: Array
    lat: Array
    crs: Array


def named_or_refused(text: str, place: Place) -> Crs:
    """Return the system a person declared for the whole file; Unusable when it cannot be named or converted."""
    try:
        return named(text)
    except UnsafeDatum as fault:
        raise place.unusable("crs-unsafe", crs=text, datum=fault.datum) from None
    except UnknownCrs:
        raise place.unusable("crs-unknown", crs=text) from None


def in_headings(headings: Sequence[str], told: str | None, place: Place) -> str | None:
    """Return the system that the headings of positions name, in brackets or beside the axis ("坐标(GCJ-02)"); None when they name none.

    Unusable when two headings, or a heading and what the caller `told`, name different systems.
    """
    found = list(dict.fromkeys(name for heading in headings if (name := _in_heading(heading))))
    spoken = [*found, *([str(named_or_refused(told, place))] if told and found else [])]
    differing = [name for name in spoken if {name, spoken[0]} - {"WGS84", "CGCS2000"} and name != spoken[0]]
    if differing:
        raise place.unusable("crs-mismatch", crs=differing[0], own=found[0])
    return found[0] if found else None


def _in_heading(heading: str) -> str | None:
    text = unicodedata.normalize("NFKC", heading)
    bracketed: list[str] = re.findall(r"[(\[【]([^()\[\]【】]*)[)\]】]", text)
    for said in (*bracketed, _AXIS_WORDS.sub(" ", text).strip()):
        if said.strip().isdigit():
            continue  # a year or a count, not the number of a system
        try:
            return str(named(said))
        except UnsafeDatum:
            return said  # refused by that name when the positions are placed
        except UnknownCrs:
            continue
    return None


def place_rows(x: Array, y: Array, by_row: Array | None, declared: str | None, boundary: Any, place: Place, fault: FaultAt) -> Placed:
    """Convert positions to WGS-84.

    Parameters
    ----------
    x, y : longitude/easting and latitude/northing as written, NaN where none
    by_row : each row's own declaration (object array of str) or None
    declared : the declaration for rows without one
    boundary : the county's outline in WGS-84 degrees, or None
    fault : called with rows, code and facts for rows to refuse

    Raises
    ------
    Unusable : no system is declared, or nearly all positions contradict the declared one
    """
    placed = ~(np.isnan(x) | np.isnan(y))
    empty = np.full(len(x), np.nan)
    if not placed.any():
        return Placed(empty, empty.copy(), np.full(len(x), "", object))
    names = _declared(by_row, declared, placed, place, fault)
    missing = placed & (names == "")
    if missing[placed].all():
        if by_row is None or not any(by_row):
            raise place.unusable("crs-undeclared", hint=_hint(x[placed], y[placed], boundary))
    elif missing.any():
        fault(np.flatnonzero(missing), "crs-missing", {})
    names[names == _REFUSED] = ""
    lon, lat = empty, empty.copy()
    for crs in sorted({name for name in names[placed] if name}):
        rows = np.flatnonzero(placed & (names == crs))
        whole = 2 * len(rows) >= placed.sum()  # a few rows of another system say nothing about the file
        rows = _sized(x, y, rows, crs, boundary, place, fault, whole=whole)
        lon[rows], lat[rows] = to_wgs84(x[rows], y[rows], Crs(crs))
        lost = rows[np.isnan(lon[rows]) | np.isnan(lat[rows])]
        if len(lost):
            fault(lost, "position-impossible", {"crs": crs})
        _contained(x, y, lon, lat, rows, crs, boundary, place, fault, whole=whole)
    return Placed(lon, lat, names)


def _declared(by_row: Array | None, declared: str | None, placed: Array, place: Place, fault: FaultAt) -> Array:
    default = str(named_or_refused(declared, place)) if declared else ""
    names = np.full(len(placed), default, object)
    if by_row is None:
        return names
    for text in sorted(set(by_row[placed]) - {"", None}):
        rows = by_row == text
        try:
            names[rows] = str(named(text))
        except (UnsafeDatum, UnknownCrs) as wrong:
            names[rows] = _REFUSED
            unsafe = isinstance(wrong, UnsafeDatum)
            fault(
                np.flatnonzero(rows & placed),
                "crs-unsafe" if unsafe else "crs-unknown",
                {"crs": text, "datum": wrong.datum if isinstance(wrong, UnsafeDatum) else ""},
            )
    return names


def _sized(x: Array, y: Array, rows: Array, crs: str, boundary: Any, place: Place, fault: FaultAt, *, whole: bool) -> Array:
    """Refuse positions that cannot be in that system by their size alone; return the rest."""
    zero = (np.abs(x[rows]) < 1e-9) & (np.abs(y[rows]) < 1e-9)
    if zero.any():
        fault(rows[zero], "position-zero", {})
    rows = rows[~zero]
    metres = crs.startswith("EPSG:") and _projected(crs)
    degrees = (np.abs(x[rows]) <= 360) & (np.abs(y[rows]) <= 360)
    wrong = degrees if metres else (np.abs(x[rows]) > 180) | (np.abs(y[rows]) > 90)
    if whole and len(rows) and wrong.mean() >= NEARLY_ALL:
        raise place.unusable("crs-contradicted", crs=crs, count=int(wrong.sum()), of=len(rows), hint=_hint(x[rows], y[rows], boundary))
    if wrong.any():
        fault(rows[wrong], "position-impossible", {"crs": crs})
    return rows[~wrong]


def _projected(crs: str) -> bool:
    number = int(crs.removeprefix("EPSG:"))
    return not 4000 <= number < 4491


def _contained(x: Array, y: Array, lon: Array, lat: Array, rows: Array, crs: str, boundary: Any, place: Place, fault: FaultAt, *, whole: bool) -> None:
    if boundary is None or not len(rows):
        return
    out = outside(lon[rows], lat[rows], boundary)
    if whole and out.mean() >= NEARLY_ALL:
        raise place.unusable("crs-contradicted", crs=crs, count=int(out.sum()), of=len(rows), hint=_hint(x[rows], y[rows], boundary))
    if out.any():
        fault(rows[out & ~np.isnan(lon[rows])], "position-outside", {"crs": crs, "tolerance_km": TOLERANCE_M // 1000})


def _hint(x: Array, y: Array, boundary: Any) -> Any:
    """Return words on which systems would put the positions into the county."""
    from relocation.intake.refusal import Words

    if boundary is None:
        return Words("未给出县界，无法提示可能的坐标系", "no county outline was given, so no system can be suggested")
    area = shapely.make_valid(boundary)
    found, zh, en = guess(x, y, area, NEARLY_ALL), "", "they"
    if not found:
        found, zh, en = guess(x, y, area, MOST), "多数点", "most of them"
    if not found:
        return Words("换用其他常见坐标系或对调经纬度后也不在本县范围内", "no common system, nor exchanging the two columns, puts them into the county")
    straight = list(found[: found.index("swapped")] if "swapped" in found else found)
    if straight:
        return Words(f"按 {'、'.join(straight)} 则{zh}落在本县范围内", f"read as {', '.join(straight)} {en} fall into the county")
    return Words(
        f"经度与纬度对调后则{zh}落在本县范围内，疑为两列写反",
        f"with longitude and latitude exchanged {en} fall into the county: the two columns seem to be swapped",
    )
