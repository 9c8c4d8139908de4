"""Made-up photos, from a seed: sky, hills, fields, houses, trees and people, lit and noisy as a telephone sees them; and the same place another moment."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Moment:
    """How a place is seen: the camera's shift (shares of the picture), its zoom, the light, who walks by, the noise."""

    shift_x: float = 0.0
    shift_y: float = 0.0
    zoom: float = 1.0
    light: float = 1.0
    warmth: float = 0.0
    people: int = 0
    clouds: int = 0
    noise: int = 0


def texture(rng: np.random.Generator, high: int, wide: int, slope: float) -> Floats:
    """Return a texture whose spectrum falls as photographs' do, mean 0, deviation 1."""
    spectrum = np.fft.rfft2(rng.standard_normal((high, wide)))
    frequency = np.hypot(np.fft.fftfreq(high)[:, None], np.fft.rfftfreq(wide)[None, :])
    frequency[0, 0] = 1.0
    made = np.fft.irfft2(spectrum / frequency**slope, s=(high, wide))
    return np.asarray((made - made.mean()) / made.std())


def scene(seed: int, moment: Moment | None = None, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Return the place of that seed at that moment. Near things shift more than far ones, as when somebody stands a step aside."""
    moment = moment or Moment()
    place, wide, high = np.random.default_rng(seed), *size
    picture = _ground(place, moment, wide, high)
    draw = ImageDraw.Draw(picture)
    for depth in sorted(place.uniform(0.25, 1.0, int(place.integers(3, 9)))):
        _thing(draw, place, moment, float(depth), wide, high)
    _people(draw, moment, seed, wide, high)
    return _as_seen(picture, place, moment, seed)


def another_moment(seed: int, number: int) -> Moment:
    """Return another visit to the place of that seed: a step aside, another light, other people and clouds."""
    rng = np.random.default_rng((seed, number, 77))
    shift_x, shift_y = rng.uniform(0.02, 0.08, 2) * rng.choice([-1, 1], 2)
    return Moment(
        float(shift_x),
        float(shift_y) / 2,
        float(rng.uniform(0.93, 1.08)),
        float(rng.uniform(0.75, 1.25)),
        float(rng.uniform(-12, 12)),
        number + 1,
        number + 1,
        number + 1,
    )


def same_stand(seed: int, number: int) -> Moment:
    """Return another moment from the very same stand: only light, people, clouds and noise differ."""
    return replace(another_moment(seed, number), shift_x=0.0, shift_y=0.0, zoom=1.0)


def _ground(place: np.random.Generator, moment: Moment, wide: int, high: int) -> Image.Image:
    horizon = place.uniform(0.25, 0.55)
    sky, earth = place.uniform([120, 150, 180], [210, 225, 250]), place.uniform([70, 60, 30], [170, 150, 110])
    clouds = texture(np.random.default_rng((int(place.integers(1 << 30)), moment.clouds)), high, wide, 1.4)
    ground = texture(place, high, wide, place.uniform(0.9, 1.3))
    hills = np.interp(np.arange(wide), np.linspace(0, wide, 9), place.uniform(-0.10, 0.10, 9)) + horizon + moment.shift_y * 0.2
    hills = np.roll(hills, int(moment.shift_x * 0.2 * wide))
    rows = np.arange(high)[:, None] / high
    above = (rows < hills[None, :])[..., None]
    near = np.roll(ground, (int(moment.shift_y * high * 0.7), int(moment.shift_x * wide * 0.7)), (0, 1))
    mixed = np.where(above, sky + 14 * clouds[..., None] + 40 * rows[..., None], earth * (0.7 + 0.5 * rows[..., None]) + 22 * near[..., None])
    return Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8), "RGB")


def _thing(draw: ImageDraw.ImageDraw, place: np.random.Generator, moment: Moment, depth: float, wide: int, high: int) -> None:
    x, width, height = place.uniform(0, 1), place.uniform(0.1, 0.34) * depth, place.uniform(0.1, 0.34) * depth
    foot = 0.5 + 0.45 * depth + place.uniform(-0.05, 0.05)
    tint, kind, panes = place.uniform(40, 235, 3), place.uniform(), place.integers(1, 5, 2)
    left, top = (x + moment.shift_x * depth - 0.5) * moment.zoom + 0.5 - width / 2, (foot + moment.shift_y * depth - height - 0.5) * moment.zoom + 0.5
    box = (left * wide, top * high, (left + width * moment.zoom) * wide, (top + height * moment.zoom) * high)
    colour = tuple(int(part) for part in tint)
    if kind < 0.3:
        dark = tuple(int(part * 0.5) for part in (60, tint[1], 50))
        for _ in range(14):
            dx, dy, r = place.uniform(0, 1), place.uniform(0, 0.8), place.uniform(0.12, 0.3)
            cx, cy, rad = box[0] + dx * (box[2] - box[0]), box[1] + dy * (box[3] - box[1]), r * (box[3] - box[1])
            shade = tuple(int(part * place.uniform(0.7, 1.4)) for part in dark)
            draw.ellipse((cx - rad, cy - rad, cx + rad, cy + rad), fill=shade)
        return
    draw.rectangle(box, fill=colour)
    roof = tuple(int(part) for part in place.uniform(40, 160, 3))
    ridge = (box[0] + box[2]) / 2
    draw.polygon([(box[0] - 8, box[1]), (ridge, box[1] - (box[3] - box[1]) * 0.35), (box[2] + 8, box[1])], fill=roof)
    for column in range(panes[0]):
        for row in range(panes[1]):
            px, py = box[0] + (column + 0.3) * (box[2] - box[0]) / panes[0], box[1] + (row + 0.3) * (box[3] - box[1]) / panes[1]
            draw.rectangle(
                (px, py, px + 0.4 * (box[2] - box[0]) / panes[0], py + 0.4 * (box[3] - box[1]) / panes[1]), fill=tuple(int(part * 0.35) for part in tint)
            )


def _people(draw: ImageDraw.ImageDraw, moment: Moment, seed: int, wide: int, high: int) -> None:
    rng = np.random.default_rng((seed, moment.people, 5))
    for _ in range(int(rng.integers(1, 5))):
        x, foot, tall = rng.uniform(0.05, 0.95) * wide, rng.uniform(0.75, 0.98) * high, rng.uniform(0.12, 0.3) * high
        coat = tuple(int(part) for part in rng.uniform(20, 230, 3))
        draw.rectangle((x - tall * 0.14, foot - tall * 0.8, x + tall * 0.14, foot), fill=coat)
        draw.ellipse((x - tall * 0.1, foot - tall, x + tall * 0.1, foot - tall * 0.78), fill=(214, 176, 140))


def _as_seen(picture: Image.Image, place: np.random.Generator, moment: Moment, seed: int) -> Image.Image:
    blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float64)
    noise = np.random.default_rng((seed, moment.noise, 9)).standard_normal(blurred.shape) * 5
    shade = texture(place, picture.height, picture.width, 1.8)[..., None] * 12
    lit = (blurred + shade) * moment.light + np.array([moment.warmth, 0, -moment.warmth]) + noise
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8), "RGB")
