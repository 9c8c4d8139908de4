"""Reads one file of evidence; runs in a process of its own (see `jail`) and answers with facts and, for a picture, with pictures made anew.

Nothing of the stranger's bytes goes into what is shown: thumbnail and display picture are decoded pixels, encoded again, without any metadata.
"""

import io
import json
import math
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from geo.drawing.read.pages import page_count
from geo.drawing.read.unreadable import Unreadable
from relocation.evidence.exif import facts_of
from relocation.evidence.fingerprint import SIDE, fingerprint
from relocation.intake.evidence_kinds import MEDIA, Unfit, as_named

MOST_PIXELS = 50_000_000
MOST_SIDE = 20_000
THUMBNAIL_SIDE, PICTURE_SIDE = 320, 1600
_TEXT_BYTES = 64 << 10
_EXIF_POINTERS = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.Interop)
_WANTED = ("Make", "Model", "DateTimeOriginal", "DateTimeDigitized", "OffsetTimeOriginal")


def read(heading: bytes, data: bytes) -> bytes:
    """Return the answer for one file: lengths and facts as JSON on the first line, then thumbnail, display picture, fingerprint.

    `heading` is JSON: {"suffix"}. Raises Unfit with the key of the refusal.
    """
    kind = as_named(data, str(json.loads(heading)["suffix"]))
    told: dict[str, Any] = {"media_type": MEDIA[kind], "kind": kind}
    parts: tuple[bytes, ...] = ()
    if kind in ("jpeg", "png", "heif"):
        told, parts = _picture(kind, data, told)
    elif kind == "pdf":
        told["pages"] = _pages(data)
    first = json.dumps({**told, "lengths": [len(part) for part in parts]}, allow_nan=False)
    return first.encode("utf-8") + b"\n" + b"".join(parts)


def _pages(data: bytes) -> int:
    try:
        return page_count(data)
    except Unreadable as unreadable:
        raise Unfit(
            {"encrypted": "evidence-locked", "too-large-inside": "evidence-pages"}.get(unreadable.key, "evidence-damaged"), **unreadable.facts
        ) from None


def _picture(kind: str, data: bytes, told: dict[str, Any]) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    _guarded()
    try:
        with Image.open(io.BytesIO(data), formats=(kind.upper(),)) as image:
            if max(image.size) > MOST_SIDE or image.width * image.height > MOST_PIXELS:
                raise Unfit("photo-large", width=image.width, height=image.height, most_mp=MOST_PIXELS // 1_000_000, most_side=MOST_SIDE)
            facts = _facts(image)
            told |= {"width": image.width, "height": image.height, "photo": facts}
            shown = _pixels(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit("photo-large", width=0, height=0, most_mp=MOST_PIXELS // 1_000_000, most_side=MOST_SIDE) from None
    except MemoryError:
        raise
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError, ZeroDivisionError, OverflowError, Warning) as error:
        raise Unfit("photo-swells" if "too large" in str(error).lower() or "exceeded" in str(error).lower() else "photo-damaged") from None
    grey = np.asarray(shown.convert("L").resize(_within(shown, 4 * SIDE), Image.Resampling.BOX))
    thumbnail = _encoded(shown.resize(_within(shown, THUMBNAIL_SIDE), Image.Resampling.LANCZOS), 80)
    return told, (thumbnail, _encoded(shown, 85), fingerprint(np.ascontiguousarray(grey)).packed())


def _guarded() -> None:
    """Set the limits of the decoders: what merely warns elsewhere is an error here."""
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    PngImagePlugin.MAX_TEXT_CHUNK = _TEXT_BYTES
    PngImagePlugin.MAX_TEXT_MEMORY = 4 * _TEXT_BYTES
    from pillow_heif import register_heif_opener

    register_heif_opener()


def _pixels(image: Image.Image) -> Image.Image:
    """Return the picture upright, in plain colours, no larger than it is shown, and free of everything that came with it."""
    image.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))  # a large JPEG is decoded at a half or a quarter of its size
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.LANCZOS)
    if upright.mode.startswith("I;16") or upright.mode in ("I", "F"):
        upright = Image.fromarray(_to_bytes(np.asarray(upright, dtype=np.float64)))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return Image.fromarray(np.asarray(upright.convert("RGB")))


def _to_bytes(values: "np.ndarray[Any, np.dtype[np.float64]]") -> "np.ndarray[Any, np.dtype[np.uint8]]":
    most = float(values.max()) or 1.0
    return np.clip(values / most * 255, 0, 255).astype(np.uint8)


def _within(image: Image.Image, side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(image.size))
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _encoded(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _facts(image: Image.Image) -> dict[str, Any]:
    """Return what the photo's tags say, as JSON; raises Unfit where they point in a circle."""
    exif = image.getexif()
    if not len(exif):
        return facts_of(None, {}).json()
    _no_circle(image, exif)
    inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    named = {ExifTags.TAGS.get(tag, ""): value for tags in (exif, inner) for tag, value in tags.items()}
    found = facts_of({name: str(named[name])[:200] for name in _WANTED if name in named} or {"Exif": 1}, _plain(gps))
    return found.json()


def _no_circle(image: Image.Image, exif: Image.Exif) -> None:
    raw = image.info.get("exif", b"")
    tiff = raw[6:] if raw[:6] == b"Exif\x00\x00" else raw
    first = int.from_bytes(tiff[4:8], "little" if tiff[:2] == b"II" else "big")
    pointers = [value for tag in _EXIF_POINTERS if isinstance(value := exif.get(tag), int)]
    pointers += [value for value in exif.get_ifd(ExifTags.IFD.Exif).values() if isinstance(value, int) and value == first and value > 8]
    if len(set(pointers)) != len(pointers) or first in pointers:
        raise Unfit("photo-circle")


def _plain(gps: Mapping[int, Any]) -> dict[str, Any]:
    """Return the GPS tags by name, numbers as floats (0/0 as not a number), texts as texts."""
    return {ExifTags.GPSTAGS.get(tag, str(tag)): _value(value) for tag, value in gps.items()}


def _value(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.split(b"\x00")[0].decode("ascii", "replace")
    if isinstance(value, str):
        return value[:200]
    if isinstance(value, tuple | list):
        return [_value(part) for part in value[:8]]
    try:
        return float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return math.nan
