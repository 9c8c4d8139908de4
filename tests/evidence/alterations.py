"""What becomes of a photo on its way to a second record: resized, saved anew, cropped, lighter, turned, converted. Each is made from the picture and a seed."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance

Alteration = Callable[[Image.Image, np.random.Generator], Image.Image]


def saved(picture: Image.Image, form: str = "JPEG", **options: int) -> Image.Image:
    """Return a picture after it was saved and opened again."""
    if form == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    out = io.BytesIO()
    picture.convert("RGB").save(out, form, **options)
    with Image.open(out) as opened:
        return opened.convert("RGB")


def resized(share: float) -> Alteration:
    """Return the alteration to a share of both sides."""
    return lambda picture, _: saved(picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share)))), quality=85)


def cropped(most: float) -> Alteration:
    """Return the alteration that cuts up to a share off each side, each by itself."""

    def cut(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
        left, top, right, bottom = rng.uniform(0, most, 4)
        box = (left * picture.width, top * picture.height, (1 - right) * picture.width, (1 - bottom) * picture.height)
        return saved(picture.crop(tuple(round(edge) for edge in box)), quality=80)

    return cut


def cut_off(share: float) -> Alteration:
    """Return the alteration that cuts just that share off every side."""
    return lambda picture, _: saved(
        picture.crop((round(share * picture.width), round(share * picture.height), round((1 - share) * picture.width), round((1 - share) * picture.height))),
        quality=80,
    )


def turned(degrees: float) -> Alteration:
    """Return the alteration by a slight turn, its corners left black."""
    return lambda picture, _: saved(picture.rotate(degrees, resample=Image.Resampling.BICUBIC), quality=85)


def stamped(picture: Image.Image, _: np.random.Generator) -> Image.Image:
    """Return a picture with two lines of text written into a corner, as cameras' apps do."""
    made = picture.copy()
    draw = ImageDraw.Draw(made)
    for row, line in enumerate(("2018-05-03 10:22", "village committee")):
        draw.text((0.03 * made.width, (0.86 + 0.06 * row) * made.height), line, fill="white", font_size=round(0.045 * made.height))
    return saved(made, quality=85)


def together(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return a picture cropped, made smaller, lighter and saved twice badly: what it goes through in a chat."""
    small = cropped(0.2)(picture, rng)
    small = small.resize((max(1, small.width // 2), max(1, small.height // 2)))
    return saved(saved(ImageEnhance.Brightness(small).enhance(1.15), quality=45), quality=60)


ALTERATIONS: dict[str, Alteration] = {
    "resized to 25 %": resized(0.25),
    "resized to 50 %": resized(0.5),
    "resized to 200 %": resized(2.0),
    "JPEG quality 30": lambda picture, _: saved(picture, quality=30),
    "JPEG quality 60": lambda picture, _: saved(picture, quality=60),
    "JPEG quality 95": lambda picture, _: saved(picture, quality=95),
    "saved as PNG": lambda picture, _: saved(picture, "PNG"),
    "saved as HEIC": lambda picture, _: saved(picture, "HEIF", quality=50),
    "up to 10 % off each side": cropped(0.1),
    "up to 20 % off each side": cropped(0.2),
    "up to 30 % off each side": cropped(0.3),
    "20 % off every side": cut_off(0.2),
    "30 % off every side": cut_off(0.3),
    "25 % darker": lambda picture, _: saved(ImageEnhance.Brightness(picture).enhance(0.75), quality=85),
    "25 % lighter": lambda picture, _: saved(ImageEnhance.Brightness(picture).enhance(1.25), quality=85),
    "40 % lighter, clipped": lambda picture, _: saved(ImageEnhance.Brightness(picture).enhance(1.4), quality=85),
    "more contrast": lambda picture, _: saved(ImageEnhance.Contrast(picture).enhance(1.4), quality=85),
    "made grey": lambda picture, _: saved(picture.convert("L").convert("RGB"), quality=85),
    "turned by 1°": turned(1.0),
    "turned by 3°": turned(-3.0),
    "turned by a quarter": lambda picture, _: saved(picture.rotate(90, expand=True), quality=85),
    "mirrored": lambda picture, _: saved(picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), quality=85),
    "two lines written in": stamped,
    "cropped, halved, lighter, saved twice": together,
}
"""What is done → how."""
