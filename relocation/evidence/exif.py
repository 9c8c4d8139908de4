"""What a photo says of itself: when and where it was taken, which way it looked, how well it knew its place.

The tags are those of the Exif standard 3.0, read elsewhere into plain numbers and texts. A photo that says nothing, one that names no place
and one whose place is no number are three different answers; none of them is "elsewhere".
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from geo.chinese_offset import gcj02_from_wgs84, inverse_of

ASSUMED_UNCERTAINTY_M = 50.0
"""Taken where a photo states neither its error nor its dilution: a telephone under trees or between houses, not a surveyor's receiver."""
RANGE_ERROR_M = 10.0
"""Error of a civil receiver's ranges, doubled: times the dilution of precision (Exif GPSDOP) it bounds the place about 19 times in 20."""
BEIJING = timedelta(hours=8)
"""The clock of a camera that names no zone: China keeps one time."""
CLOCK_APART = timedelta(hours=26)
"""Beyond any pair of zones: then clock and satellites do not speak of the same day."""

GIVEN, NO_EXIF, NO_GPS, HALF_GPS, NOT_A_NUMBER, OUT_OF_RANGE, OTHER_DATUM = (
    "given",
    "no-exif",
    "no-gps",
    "half-gps",
    "not-a-number",
    "out-of-range",
    "other-datum",
)
NO_TIME, BAD_TIME, CLOCK_DOUBTFUL = "none", "unreadable", "clock-doubtful"

_MOMENT = re.compile(r"(\d{4})[:\-/](\d{2})[:\-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_DAY = re.compile(r"(\d{4})[:\-](\d{2})[:\-](\d{2})")
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a photo says. Degrees in WGS-84; `taken_at` is the camera's own clock, without a zone.

    `place` and `time` say how far that can be used: "given", or why not. `uncertainty_from`: error, dilution or assumed.
    """

    place: str
    time: str
    lon: float | None = None
    lat: float | None = None
    uncertainty_m: float | None = None
    uncertainty_from: str = ""
    bearing_deg: float | None = None
    taken_at: datetime | None = None
    camera: str = ""

    @property
    def taken_on(self) -> date | None:
        """The day on the camera's clock."""
        return self.taken_at.date() if self.taken_at else None

    def json(self) -> dict[str, Any]:
        """Return them as plain values."""
        taken = self.taken_at.isoformat() if self.taken_at else None
        return {name: getattr(self, name) for name in _PLAIN} | {"taken_at": taken}


_PLAIN = ("place", "time", "lon", "lat", "uncertainty_m", "uncertainty_from", "bearing_deg", "camera")


def from_json(said: Mapping[str, Any]) -> PhotoFacts:
    """Return the facts that `PhotoFacts.json` wrote; ValueError or TypeError for what is none."""
    lon, lat, uncertainty_m, bearing_deg = (None if said.get(name) is None else float(said[name]) for name in ("lon", "lat", "uncertainty_m", "bearing_deg"))
    if any(value is not None and not math.isfinite(value) for value in (lon, lat, uncertainty_m, bearing_deg)):
        raise ValueError("not finite")
    place, time, told_by, camera = (str(said.get(name) or "")[:120] for name in ("place", "time", "uncertainty_from", "camera"))
    taken_at = datetime.fromisoformat(said["taken_at"]) if said.get("taken_at") else None
    return PhotoFacts(place, time, lon, lat, uncertainty_m, told_by, bearing_deg, taken_at, camera)


def facts_of(tags: Mapping[str, Any] | None, gps: Mapping[str, Any]) -> PhotoFacts:
    """Return what the Exif tags (by their standard names, None where the photo has no Exif) and the GPS tags say."""
    if not tags and not gps:
        return PhotoFacts(NO_EXIF, NO_TIME)
    place, lon, lat = _place(gps)
    uncertainty, told_by = _uncertainty(gps) if place == GIVEN else (None, "")
    taken = _taken(tags or {})
    camera = " ".join(str((tags or {}).get(name, "")).strip("\x00 ") for name in ("Make", "Model")).strip()[:80]
    return PhotoFacts(place, _clock(tags or {}, gps, taken), lon, lat, uncertainty, told_by, _bearing(gps), taken, camera)


def _place(gps: Mapping[str, Any]) -> tuple[str, float | None, float | None]:
    if not any(name in gps for name in ("GPSLatitude", "GPSLongitude")):
        return NO_GPS, None, None
    if not all(name in gps for name in ("GPSLatitude", "GPSLongitude")):
        return HALF_GPS, None, None
    lat, lon = _degrees(gps["GPSLatitude"], gps.get("GPSLatitudeRef"), "S"), _degrees(gps["GPSLongitude"], gps.get("GPSLongitudeRef"), "W")
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return NOT_A_NUMBER, None, None
    if abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):  # receivers without a fix write zeros
        return OUT_OF_RANGE, None, None
    return _in_wgs84(str(gps.get("GPSMapDatum", "")), lon, lat)


def _in_wgs84(datum: str, lon: float, lat: float) -> tuple[str, float | None, float | None]:
    named = re.sub(r"[^A-Z0-9]", "", datum.upper())
    if named.startswith("GCJ"):
        east, north = inverse_of(gcj02_from_wgs84)(np.array([lon]), np.array([lat]))
        return GIVEN, float(east[0]), float(north[0])
    if named and not named.startswith(("WGS84", "CGCS2000", "WGS1984", "2000")):
        return OTHER_DATUM, None, None
    return GIVEN, lon, lat


def _degrees(parts: Any, ref: Any, negative: str) -> float:
    numbers = [_number(part) for part in parts] if isinstance(parts, Sequence) and not isinstance(parts, str) else [_number(parts)]
    if not 1 <= len(numbers) <= 3:
        return math.nan
    degrees = math.fsum(number / 60.0**place for place, number in enumerate(numbers))
    return -degrees if str(ref or "").strip("\x00 ").upper() == negative else degrees


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return math.nan


def _uncertainty(gps: Mapping[str, Any]) -> tuple[float, str]:
    error, dilution = _number(gps.get("GPSHPositioningError")), _number(gps.get("GPSDOP"))
    if math.isfinite(error) and 0 < error < 100_000:
        return error, "error"
    if math.isfinite(dilution) and 0 < dilution < 1_000:
        return dilution * RANGE_ERROR_M, "dilution"
    return ASSUMED_UNCERTAINTY_M, "assumed"


def _bearing(gps: Mapping[str, Any]) -> float | None:
    bearing = _number(gps.get("GPSImgDirection"))
    return bearing if 0 <= bearing <= 360 else None


def _taken(tags: Mapping[str, Any]) -> datetime | None:
    for name in ("DateTimeOriginal", "DateTimeDigitized"):  # DateTime is of the last save, which proves nothing
        found = _MOMENT.match(str(tags.get(name, "")))
        if found:
            try:
                return datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - a camera's clock has no zone
            except ValueError:
                continue
    return None


def _clock(tags: Mapping[str, Any], gps: Mapping[str, Any], taken: datetime | None) -> str:
    if taken is None:
        said = any(str(tags.get(name, "")).strip("\x00 :0") for name in ("DateTimeOriginal", "DateTimeDigitized"))
        return BAD_TIME if said else NO_TIME
    fixed = _fixed_at(gps)
    if fixed is not None and abs(taken - _offset(tags) - fixed) > CLOCK_APART:
        return CLOCK_DOUBTFUL
    return GIVEN


def _offset(tags: Mapping[str, Any]) -> timedelta:
    found = _OFFSET.match(str(tags.get("OffsetTimeOriginal", "")))
    if not found:
        return BEIJING
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -offset if found[1] == "-" else offset


def _fixed_at(gps: Mapping[str, Any]) -> datetime | None:
    """Return the satellites' own moment (UTC, written without a zone), None where it is not whole."""
    day, clock = _DAY.match(str(gps.get("GPSDateStamp", ""))), gps.get("GPSTimeStamp")
    if not day or not isinstance(clock, Sequence) or len(clock) != 3:
        return None
    hours, minutes, seconds = (_number(part) for part in clock)
    try:
        at = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC) + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except (ValueError, OverflowError):
        return None
    return at.replace(tzinfo=None)
