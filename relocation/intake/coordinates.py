"""Positions as people write them, and the way to WGS-84 from the system that was declared.

Nothing is shifted that was not declared, and longitude is never exchanged for latitude: where the order is not said by the
heading (X and Y, a joined "坐标"), the two cannot be confused in China (longitude 73–136, latitude 3–54; eastings and northings
differ in size), and a note says what was taken for what.
"""

import re
import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from relocation.intake.days import Unreadable

Floats = npt.NDArray[np.float64]

TOLERANCE_M = 3_000
"""How far outside the county's outline a position may lie: outlines here are generalised by several hundred metres."""

_PRIMES = str.maketrans({"″": '"', "“": '"', "”": '"', "＂": '"', "′": "'", "‘": "'", "’": "'", "＇": "'", "º": "°", "˚": "°"})
_DMS = re.compile(r"(?P<deg>[+-]?\d{1,3}(?:\.\d+)?)(?:°|度|d|:)(?:(?P<min>\d{1,2}(?:\.\d+)?)(?:'|分|m|:|$)(?:(?P<sec>\d{1,2}(?:\.\d+)?)(?:\"|''|秒|s|$))?)?")
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_SIDES = {"n": "lat", "s": "lat", "e": "lon", "w": "lon", "北纬": "lat", "南纬": "lat", "东经": "lon", "西经": "lon"}
_SIDE = re.compile(r"北纬|南纬|东经|西经|[nsew]")


def angle(text: str, axis: str) -> float:
    """Return degrees (or metres) from a text: decimal, degrees-minutes-seconds, with or without its side of the world.

    `axis` is "lon", "lat" or "" for either; a side that belongs to the other axis raises Unreadable("wrong-side").
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_PRIMES))).translate(_PRIMES).lower().replace(",", "")
    plain = re.sub(r"^(?:经度|纬度|lon|lat)[:=]?", "", plain)
    sides = _SIDE.findall(plain)
    if axis and any(_SIDES[side] != axis for side in sides):
        raise Unreadable("wrong-side")
    sign = -1.0 if any(side in ("s", "w", "南纬", "西经") for side in sides) else 1.0
    number = _SIDE.sub("", plain)
    if _DECIMAL.fullmatch(number.removesuffix("°").removesuffix("度").removesuffix("米")):
        return sign * float(number.removesuffix("°").removesuffix("度").removesuffix("米"))
    found = _DMS.fullmatch(number)
    if found is None or "." in found["deg"] or (found["sec"] and "." in found["min"]):
        raise Unreadable("not-a-position")
    minutes, seconds = float(found["min"] or 0), float(found["sec"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise Unreadable("not-a-position")
    degrees = float(found["deg"])
    return sign * float(np.copysign(abs(degrees) + minutes / 60 + seconds / 3600, degrees))


def parse_axis(cell: Any, axis: str) -> float:
    """Return one cell's degrees or metres, NaN when blank; raises Unreadable."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        raise Unreadable("not-a-position")
    if isinstance(cell, str):
        return angle(cell, axis)
    return float(cell)


def split_pair(text: str) -> tuple[str, str]:
    """Split "114.9, 32.0" or "东经114°53′北纬32°1′" into its two halves, in the order written."""
    plain = unicodedata.normalize("NFKC", text.translate(_PRIMES)).translate(_PRIMES).strip().strip("()[]")
    halves = [half for half in re.split(r"[,;、，；|\t]+", plain) if half.strip()]
    if len(halves) != 2:
        halves = [half for half in re.split(r"(?<=[\d\"'秒分度°EWNSewns])\s+(?=[\dEWNSewns东北西南])", plain) if half.strip()]
    if len(halves) != 2:
        halves = [half for half in re.split(r"(?=东经|北纬)|(?<=[EWNSewns])(?=\d)", plain) if half.strip()]
    if len(halves) != 2:
        raise Unreadable("not-a-position")
    return halves[0], halves[1]


def parse_pair(cell: Any) -> tuple[float, float, bool]:
    """Return (first, second, said) of a joined position; `said` is True when letters said which is longitude (then first is)."""
    if not isinstance(cell, str):
        raise Unreadable("not-a-position")
    one, two = split_pair(cell)
    sides = (_axis_of(one), _axis_of(two))
    if sides[0] == sides[1] != "":
        raise Unreadable("not-a-position")
    if sides[0] == "lat" or sides[1] == "lon":
        one, two = two, one
    return angle(one, "lon"), angle(two, "lat"), sides != ("", "")


def _axis_of(text: str) -> str:
    sides = _SIDE.findall(text.lower())
    return _SIDES[sides[0]] if sides else "lon" if "经度" in text else "lat" if "纬度" in text else ""


def first_is_north(first: Floats, second: Floats) -> npt.NDArray[np.bool_]:
    """Say, pair by pair, whether the first number is the northern one (latitude or northing), by size alone.

    Degrees: in China latitude stays under 60, longitude above 70. Metres: an easting without zone prefix has six digits, one with prefix
    eight; a northing has seven.
    """
    a, b = np.abs(first), np.abs(second)
    degrees = (a <= 180) & (b <= 180)
    northern = (a >= 1.5e6) & (a < 6.5e6) & ((b < 1e6) | (b > 1.2e7))
    flags: npt.NDArray[np.bool_] = np.where(degrees, (a < 60) & (b > 70), northern).astype(np.bool_)
    return flags


def outside(lon: Floats, lat: Floats, boundary: shapely.Geometry, tolerance_m: float = TOLERANCE_M) -> npt.NDArray[np.bool_]:
    """Say which positions lie farther than the tolerance outside the outline (WGS-84 degrees); NaN counts as outside."""
    middle = np.cos(np.radians(shapely.bounds(boundary)[[1, 3]].mean()))
    flat = shapely.transform(boundary, lambda xy: xy * [middle, 1.0])
    near = shapely.buffer(flat, tolerance_m / 111_195)
    shapely.prepare(near)
    found: npt.NDArray[np.bool_] = ~shapely.contains_xy(near, lon * middle, lat)
    return found
