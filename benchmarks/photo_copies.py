"""How surely an altered copy of a photo is known again, and how often an honest photo is called a copy. Run as `python -m benchmarks.photo_copies [PLACES]`.

The photos are made up from seeds (`tests/evidence/scenes`): their spectra, objects, noise are photograph-like, and no claim is made for real ones. Every
altered copy is looked for among all the places' photos at once, so each search compares one copy with its original and with all unlike photos.
Near-alike pairs are the hard ones: the same place seen again, after a step aside, or from the very same stand with other light and people.
"""

import sys
import time
from collections.abc import Iterator

import numpy as np
from PIL import Image

from relocation.evidence.alike import copies
from relocation.evidence.fingerprint import Fingerprint, fingerprint
from tests.evidence.alterations import ALTERATIONS, saved
from tests.evidence.scenes import Moment, another_moment, same_stand, scene

PLACES, COPIED, VISITS = 250, 50, 4
FAR = 100_000
"""Where the seeds of photos begin that are nobody's copy."""


def of(picture: Image.Image) -> Fingerprint:
    """Return a picture's fingerprint."""
    return fingerprint(np.asarray(picture.convert("L")))


class Kept:
    """The photos of all places, as the store keeps them."""

    def __init__(self, places: int) -> None:
        """Make them."""
        self.pictures = [saved(scene(seed), quality=90) for seed in range(places)]
        self.prints = [of(picture) for picture in self.pictures]
        self.hashes = np.stack([one.hashes for one in self.prints])

    def copies_of(self, new: Fingerprint) -> set[int]:
        """Return which of them are the same picture as a new one."""
        return {one.at for one in copies(new, self.hashes, lambda at: self.prints[at].sketch)}


def altered(kept: Kept, copied: int) -> Iterator[str]:
    """Give a line for each alteration: how many of the copies were known again, how many others were called alike."""
    false = searches = 0
    for what, alter in ALTERATIONS.items():
        found = 0
        for seed in range(copied):
            alike = kept.copies_of(of(alter(kept.pictures[seed], np.random.default_rng((seed, 1)))))
            found += seed in alike
            false += len(alike - {seed})
            searches += 1
        yield f"  {what:40} {found:4} of {copied} known again ({found / copied:6.1%})"
    pairs = searches * (len(kept.pictures) - 1)
    yield f"  false alarms among the unlike pairs of these searches: {false} of {pairs:,}"


def unlike(kept: Kept, strangers: int) -> str:
    """Tell how many photos of other places were called copies."""
    false = sum(len(kept.copies_of(of(saved(scene(FAR + seed), quality=90)))) for seed in range(strangers))
    return f"  photos of other places: {false} of {strangers * len(kept.pictures):,} pairs called alike"


def near_alike(kept: Kept, places: int) -> Iterator[str]:
    """Tell how many photos of the same place at another moment were called copies."""
    for what, moment in (("the same place after a step aside", another_moment), ("the same place from the very same stand", same_stand)):
        false = sum(
            place in kept.copies_of(of(saved(scene(place, moment_of(moment, place, visit)), quality=90))) for place in range(places) for visit in range(VISITS)
        )
        yield f"  {what + ', another moment':60} {false} of {places * VISITS:,} called alike"


def moment_of(kind: object, place: int, visit: int) -> Moment:
    """Return another visit of that kind."""
    made = kind(place, visit) if callable(kind) else Moment()
    assert isinstance(made, Moment)
    return made


def cost(kept: Kept, many: int = 10_000) -> Iterator[str]:
    """Tell what a search costs among many pictures; the places' own, over and over with other bits turned, stand for them."""
    rng = np.random.default_rng(5)
    times = -(-many // len(kept.hashes))
    hashes = np.concatenate(
        [
            kept.hashes ^ rng.integers(0, 1 << 62, kept.hashes.shape, dtype=np.uint64) & rng.integers(0, 1 << 62, kept.hashes.shape, dtype=np.uint64)
            for _ in range(times)
        ]
    )
    new = of(scene(FAR))
    started = time.perf_counter()
    copies(new, hashes[:many], lambda at: kept.prints[at % len(kept.prints)].sketch)
    yield f"  one search among {many:,} pictures: {time.perf_counter() - started:.2f} s"
    started = time.perf_counter()
    for picture in kept.pictures[:20]:
        of(picture)
    yield f"  one fingerprint: {(time.perf_counter() - started) / 20 * 1000:.0f} ms, {len(new.packed()):,} bytes"


def report(places: int = PLACES, copied: int = COPIED) -> Iterator[str]:
    """Give the report line by line."""
    kept = Kept(places)
    yield f"altered copies, each looked for among {places} photos"
    yield from altered(kept, min(copied, places))
    yield ""
    yield "honest photos"
    yield unlike(kept, places)
    yield from near_alike(kept, min(2 * copied, places))
    yield ""
    yield "cost"
    yield from cost(kept)


def main() -> None:
    """Print the report."""
    for line in report(*(int(number) for number in sys.argv[1:3])):
        print(line, flush=True)


if __name__ == "__main__":
    main()
