"""Photos of the demonstration's rectification: drawn, with the place and time a telephone writes; the second is of another township."""

from datetime import UTC, datetime
from pathlib import Path

from tests.evidence.photos import exif, gps, photo
from tests.evidence.scenes import scene

FOLDER = "photos"
_TAKEN = (  # a telephone writes its own clock's time and no zone
    ("紫水街道旧房复垦.jpg", datetime(2019, 11, 20, 10, 12, 31, tzinfo=UTC), 114.94126, 31.99918, 22),
    ("殷棚乡北冲入住.jpg", datetime(2019, 11, 21, 15, 40, 8, tzinfo=UTC), 114.89764, 32.04752, 13),
)


def write_photos(out: Path) -> None:
    """Write them into a folder of their own."""
    (out / FOLDER).mkdir(exist_ok=True)
    for name, taken, lon, lat, seed in _TAKEN:
        said = exif(taken, gps(lon, lat, HPositioningError=8.0))
        (out / FOLDER / name).write_bytes(photo(form="JPEG", said=said, picture=scene(seed, size=(640, 480)), quality=70))
