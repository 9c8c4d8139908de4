"""Photos as telephones save them, with and without what they say of themselves."""

import io
from datetime import datetime
from functools import cache
from typing import Any

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from tests.evidence.scenes import scene

GPS = ExifTags.GPS


@cache
def _scene(seed: int) -> Image.Image:
    return scene(seed, size=(320, 240))


def dms(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Return degrees as Exif writes them: degrees, minutes, seconds to a thousandth."""
    whole = round(abs(degrees) * 3_600_000)
    return IFDRational(whole // 3_600_000), IFDRational(whole // 60_000 % 60), IFDRational(whole % 60_000, 1000)


def gps(lon: float, lat: float, **more: Any) -> dict[int, Any]:
    """Return GPS tags of a place; `more` by their standard names without GPS."""
    place = {GPS.GPSLatitudeRef: "N" if lat >= 0 else "S", GPS.GPSLatitude: dms(lat), GPS.GPSLongitudeRef: "E" if lon >= 0 else "W", GPS.GPSLongitude: dms(lon)}
    return {int(tag): value for tag, value in place.items()} | {int(getattr(GPS, f"GPS{name}")): value for name, value in more.items()}


def exif(taken: datetime | None = None, place: dict[int, Any] | None = None, **tags: Any) -> Image.Exif:
    """Return Exif data: when, where, and further tags by name."""
    made = Image.Exif()
    made[ExifTags.Base.Make] = "Made up"
    for name, value in tags.items():
        made[ExifTags.Base[name]] = value
    if taken:
        made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if place is not None:
        made.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    return made


def photo(seed: int = 1, *, form: str = "JPEG", said: Image.Exif | None = None, picture: Image.Image | None = None, **options: Any) -> bytes:
    """Return a photo's bytes. form: JPEG, PNG, HEIF."""
    if form == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    out = io.BytesIO()
    if said is not None:
        options["exif"] = said
    (picture or _scene(seed)).save(out, form, **options)
    return out.getvalue()


def taken_at(taken: datetime | None, lon: float | None = None, lat: float | None = None, seed: int = 1, **more: Any) -> bytes:
    """Return a JPEG taken then and there."""
    place = gps(lon, lat, **more) if lon is not None and lat is not None else None
    return photo(seed, said=exif(taken, place))
