"""Coordinate systems met in Chinese county files, by name, and the way from each to WGS-84 and back.

A position is shifted only from the system someone declared. A system that cannot be named, or cannot be brought to WGS-84 within a metre,
is refused. CGCS2000 and WGS-84 differ by less than a metre and are taken as equal, each keeping its own name.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NewType

import numpy as np
import numpy.typing as npt
import shapely

from geo.chinese_offset import bd09_from_gcj02, gcj02_from_wgs84, inverse_of

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

Crs = NewType("Crs", str)  # "WGS84", "CGCS2000", "GCJ02", "BD09" or "EPSG:nnnn"
Floats = npt.NDArray[np.float64]
Move = Callable[[Floats, Floats], tuple[Floats, Floats]]

WGS84, CGCS2000, GCJ02, BD09 = Crs("WGS84"), Crs("CGCS2000"), Crs("GCJ02"), Crs("BD09")
WORST_ACCURACY_M = 1.0


class UnknownCrs(ValueError):
    """Nobody can tell which coordinate system `text` names."""

    def __init__(self, text: str) -> None:
        super().__init__(f"unknown coordinate system: {text}")
        self.text = text


class UnsafeDatum(ValueError):
    """The system's datum has no published way to WGS-84 within a metre; local parameters are needed (Beijing 54, Xi'an 80, …)."""

    def __init__(self, text: str, datum: str) -> None:
        super().__init__(f"{text} rests on {datum}, which cannot be converted within a metre without local parameters")
        self.text, self.datum = text, datum


_SPELLINGS: tuple[tuple[str, Crs], ...] = (
    (r"(?:EPSG)?4326|(?:GPS)?WGS(?:19)?84(?:坐标系?|经纬度)?|GPS(?:坐标系?)?|84坐标系?|世界大地坐标系(?:1984)?", WGS84),
    (
        r"(?:EPSG)?4490|CGCS(?:20)?00(?:坐标系?|国家大地坐标系|经纬度)?|(?:中国)?2000(?:中国)?(?:国家)?(?:大地)?坐标系?|国家(?:大地)?2000(?:大地)?(?:坐标系?)?|大地2000(?:坐标系?)?",
        CGCS2000,
    ),
    (r"GCJ(?:20)?02(?:坐标系?)?|(?:国测局|火星|高德(?:地图)?|腾讯(?:地图)?|AMAP|TENCENT|国测局加密)(?:坐标系?)?(?:GCJ02)?", GCJ02),
    (r"BD(?:20)?09(?:LL)?(?:坐标系?)?|(?:百度(?:地图)?|BAIDU)(?:坐标系?)?(?:BD09)?", BD09),
)
_UNSAFE = (
    (r"北京(?:19)?54|BEIJING(?:19)?54|BJ(?:19)?54|54(?:北京)?坐标系", "Beijing 1954"),
    (r"西安(?:19)?80|XI'?AN(?:19)?80|80(?:西安)?坐标系|国家80", "Xian 1980"),
)


def named(text: str) -> Crs:
    """Return the system that people mean by `text`, in whatever spelling, Chinese or English.

    UnknownCrs when it cannot be told (or is ambiguous), UnsafeDatum when it can but its positions could not be brought to WGS-84.
    """
    written = unicodedata.normalize("NFKC", text).upper()
    plain = _joined(written)
    # "GCJ-02(高德)" names one system twice; two different ones name none
    parts = {_spelt(_joined(part)) for part in re.split(r"[()]", written) if _joined(part)}
    if (spelt := _spelt(plain) or (parts.pop() if len(parts) == 1 else None)) is not None:
        return spelt
    for pattern, datum in _UNSAFE:
        if re.search(pattern, plain):
            raise UnsafeDatum(text, datum)
    if found := re.fullmatch(r"(?:EPSG)?(\d{4,5})", plain):
        return _checked(Crs(f"EPSG:{found[1]}"))
    if found := re.fullmatch(r"(?:WGS(?:19)?84)?UTM(?:ZONE)?(\d{1,2})N", plain):
        return _checked(Crs(f"EPSG:{32600 + int(found[1])}"))
    return _gauss_krueger(plain, text)


def _joined(written: str) -> str:
    return re.sub(r"[\s\-_:()/、,.。°]+", "", written)


def _spelt(plain: str) -> Crs | None:
    return next((crs for pattern, crs in _SPELLINGS if re.fullmatch(pattern, plain)), None)


def _gauss_krueger(plain: str, text: str) -> Crs:
    if not re.search(r"高斯|GAUSS|GK|度带|DEGREE|子午线|CGCS2000|国家2000", plain):
        raise UnknownCrs(text)
    six = re.search(r"六度|6度|6DEGREE", plain) is not None
    rest = re.sub(r"CGCS2000|国家大地2000|国家2000|2000国家大地坐标系|2000|[36]度带?|[36]DEGREE", " ", plain)
    if found := re.search(r"(?:中央(?:子午线|经线)|CM|子午线)为?(\d{2,3})", rest) or re.search(r"(?<!\d)(\d{2,3})E", rest):
        return _by_meridian(int(found[1]), six, text)
    if found := re.search(r"(?:第|带号|ZONE)?(\d{2})(?:号)?带|(?:带号|ZONE)(\d{2})", rest):
        return _by_zone(int(found[1] or found[2]), six, text)
    raise UnknownCrs(text)


def _by_meridian(degrees_east: int, six: bool, text: str) -> Crs:
    """Return the zone without prefix in its eastings, as EPSG numbers them: 4534 is 75°E in 3-degree zones, 4502 in 6-degree zones."""
    first, step = (4502, 6) if six else (4534, 3)
    if not 75 <= degrees_east <= 135 or (degrees_east - 75) % step:
        raise UnknownCrs(text)
    return Crs(f"EPSG:{first + (degrees_east - 75) // step}")


def _by_zone(zone: int, six: bool, text: str) -> Crs:
    """Return the zone whose eastings begin with its number: 4513 is 3-degree zone 25, 4491 is 6-degree zone 13."""
    if six and 13 <= zone <= 23:
        return Crs(f"EPSG:{4491 + zone - 13}")
    if not six and 25 <= zone <= 45:
        return Crs(f"EPSG:{4513 + zone - 25}")
    raise UnknownCrs(text)


def to_wgs84(x: Floats, y: Floats, crs: Crs) -> tuple[Floats, Floats]:
    """Return WGS-84 longitude and latitude in degrees of positions given in `crs`.

    `x` is longitude or easting, `y` latitude or northing (surveyors call the northing X: exchange them first). Where no position can be
    found the answer is NaN. UnknownCrs or UnsafeDatum as for `named`.
    """
    return _way(crs, inverse=False)(*_finite(x, y))


def from_wgs84(lon: Floats, lat: Floats, crs: Crs) -> tuple[Floats, Floats]:
    """Return WGS-84 positions in `crs`: x is longitude or easting, y latitude or northing."""
    return _way(crs, inverse=True)(*_finite(lon, lat))


def _finite(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the two with NaN in both where either is not finite."""
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    finite = np.isfinite(x) & np.isfinite(y)
    return np.where(finite, x, np.nan), np.where(finite, y, np.nan)


@lru_cache(maxsize=64)
def _way(crs: Crs, inverse: bool) -> Move:
    if crs in (WGS84, CGCS2000):
        return lambda x, y: (x.copy(), y.copy())
    if crs in (GCJ02, BD09):
        forward = gcj02_from_wgs84 if crs == GCJ02 else _bd09_from_wgs84
        return forward if inverse else inverse_of(forward)
    _checked(crs)
    step = _transformer(crs)

    def move(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        moved_x, moved_y = step.transform(x, y, direction="INVERSE" if inverse else "FORWARD")
        lost = ~(np.isfinite(moved_x) & np.isfinite(moved_y))
        return np.where(lost, np.nan, moved_x), np.where(lost, np.nan, moved_y)

    return move


def _bd09_from_wgs84(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    return bd09_from_gcj02(*gcj02_from_wgs84(lon, lat))


@lru_cache(maxsize=64)
def _checked(crs: Crs) -> Crs:
    number = int(crs.removeprefix("EPSG:")) if re.fullmatch(r"EPSG:\d+", crs) else 0
    if 4491 <= number <= 4554:  # CGCS2000 zones, known to be there: spares loading PROJ to recognise a name
        return crs
    _transformer(crs)
    return crs


@lru_cache(maxsize=64)
def _transformer(crs: Crs) -> "Transformer":
    from pyproj import CRS, Transformer  # loads PROJ's database
    from pyproj.exceptions import CRSError, ProjError

    try:
        given = CRS.from_user_input(crs)
    except CRSError:
        raise UnknownCrs(crs) from None
    earth = given.geodetic_crs
    if earth is None or not (given.is_geographic or given.is_projected) or len(given.axis_info) != 2:
        raise UnknownCrs(crs)
    datum = earth.datum.name if earth.datum else "an unknown datum"
    try:
        # between the two systems taken as equal PROJ knows no exact step, so each is left on its own ellipsoid
        step = Transformer.from_crs(given, _target(earth), always_xy=True, allow_ballpark=False)
    except ProjError:
        raise UnsafeDatum(crs, datum) from None
    if earth.to_epsg() not in (4326, 4490) and not 0 <= step.accuracy <= WORST_ACCURACY_M:
        raise UnsafeDatum(crs, datum)
    return step


def _target(earth: "CRS") -> str:
    return "EPSG:4490" if earth.to_epsg() == 4490 else "EPSG:4326"


def guess(x: Floats, y: Floats, within: shapely.Geometry | Iterable[shapely.Geometry], share: float = 0.8) -> list[Crs | Literal["swapped"]]:
    """Return the systems in which at least that share of the positions falls into the WGS-84 polygon(s), likeliest first.

    Systems named after "swapped" fit once the two columns are exchanged. Containment cannot tell WGS-84 from GCJ-02 (some 600 m apart): both
    are then named, and someone has to say which. Positions that are not finite are left out; nothing finite gives an empty list.
    """
    area = within if isinstance(within, shapely.Geometry) else shapely.union_all(list(within))
    finite = np.isfinite(x) & np.isfinite(y)
    given_x, given_y = np.asarray(x, np.float64)[finite], np.asarray(y, np.float64)[finite]
    if not len(given_x) or shapely.is_empty(area):
        return []
    shapely.prepare(area)
    straight, swapped = _fitting(given_x, given_y, area, share), _fitting(given_y, given_x, area, share)
    return [*straight, "swapped", *swapped] if swapped else [*straight]


def _fitting(x: Floats, y: Floats, area: shapely.Geometry, share: float) -> list[Crs]:
    fits = []
    for crs in _candidates(x, y, area):
        lon, lat = to_wgs84(x, y, crs)
        inside = float(np.mean(shapely.intersects_xy(area, lon, lat)))
        if inside >= share:
            fits.append((inside, crs))
    return [crs for _, crs in sorted(fits, key=lambda fit: -fit[0])]


def _candidates(x: Floats, y: Floats, area: shapely.Geometry) -> list[Crs]:
    if np.median(np.abs(x)) <= 360 and np.median(np.abs(y)) <= 90:
        return [WGS84, GCJ02, BD09]
    west, _, east, _ = shapely.bounds(area)
    near = [meridian for meridian in range(75, 136, 3) if west - 4.5 <= meridian <= east + 4.5]
    three = [Crs(f"EPSG:{first + (meridian - 75) // 3}") for first in (4534, 4513) for meridian in near]
    six = [Crs(f"EPSG:{4491 + (meridian - 75) // 6}") for meridian in near if (meridian - 75) % 6 == 0]
    utm = [Crs(f"EPSG:{32601 + (meridian + 177) // 6}") for meridian in near if (meridian - 75) % 6 == 0]
    return [*three, *six, *utm, Crs("EPSG:3857")]
