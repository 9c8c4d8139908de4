"""Finds which of many kept pictures a new one is a copy of, or was copied into: hashes propose, laying one on the other decides."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from relocation.evidence.fingerprint import Fingerprint, Grey, Hashes, Span, distance, spans, window_hashes, windows
from relocation.evidence.matching import COPY, match

PROPOSED_BITS = 10
"""Hashes that differ in more of their 63 bits propose nothing. Unlike pictures are seldom nearer, copies seldom farther."""
TURNED_BITS = 6
"""The same, for a picture turned by a quarter or mirrored: seven more tries must not propose seven times as many strangers."""
SAME_WINDOW_BITS = 4
"""The same, where the same window of both is compared: then nothing was cropped, and something may have been written on the rest."""
_NUDGED: tuple[Span, ...] = tuple((start, end) for start in (0.0, 0.03, 0.07) for end in (1.0, 0.97, 0.93))
"""The new picture is hashed with its edges moved by little too, for a crop seldom falls on the kept ones' steps of 10 %."""
_AT_ONCE = 512
_WHOLE: tuple[Span, Span] = ((0.0, 1.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Proposed:
    """Where a copy may lie: which kept picture, in which window, and whether the kept one is the part."""

    at: int
    window: tuple[Span, Span]
    kept_is_part: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """A kept picture that is the same one. `agreeing` is the share of blocks that show the same, 1 for all."""

    at: int
    agreeing: float


def copies(new: Fingerprint, kept: Hashes, sketch_of: Callable[[int], Grey]) -> list[Alike]:
    """Return which of the kept pictures are the same as the new one, resized, saved anew, lighter, cropped, turned or mirrored; the likest first.

    kept      : (picture, window) their hashes
    sketch_of : gives the sketch of one of them; asked for the few that the hashes propose

    Nothing is said of a picture too plain to be known again.
    """
    if new.plain or not len(kept):
        return []
    best = dict[int, float]()
    for turned in _turned(new.sketch):
        for proposed in _proposed(turned, kept, whole_only=turned is not new.sketch):
            if best.get(proposed.at, 0.0) >= COPY:
                continue
            other = sketch_of(proposed.at)
            sketches = (other, turned) if proposed.kept_is_part else (turned, other)
            best[proposed.at] = max(best.get(proposed.at, 0.0), match(*sketches, proposed.window).agreeing)
    found = [Alike(at, agreeing) for at, agreeing in best.items() if agreeing >= COPY]
    return sorted(found, key=lambda one: (-one.agreeing, one.at))


def _turned(sketch: Grey) -> list[Grey]:
    """Return a sketch as it is, then turned by quarters and mirrored: what a gallery's button does."""
    mirrored = sketch[:, ::-1]
    others = [(sketch, turn) for turn in (1, 2, 3)] + [(mirrored, turn) for turn in (0, 1, 2, 3)]
    return [sketch, *(np.ascontiguousarray(np.rot90(one, turn)) for one, turn in others)]


def _proposed(sketch: Grey, kept: Hashes, *, whole_only: bool) -> list[Proposed]:
    """Return where the hashes say to look: at most one window a way for each kept picture."""
    if whole_only:
        return _of(_nearest(kept, window_hashes(sketch, *(_WHOLE[:1],) * 2)), TURNED_BITS, kept_is_part=False)
    own = window_hashes(sketch, spans(), spans())
    found = _of(_nearest(kept, window_hashes(sketch, _NUDGED, _NUDGED)), PROPOSED_BITS, kept_is_part=False)
    alike = distance(kept, own[None, :]).min(axis=1)
    found += [Proposed(int(at), _WHOLE, kept_is_part=False) for at in np.flatnonzero(alike <= SAME_WINDOW_BITS)]
    return found + _of(_nearest(own[None, :].repeat(len(kept), axis=0), kept[:, :1]), PROPOSED_BITS, kept_is_part=True)


def _nearest(large: Hashes, small: Hashes) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.intp]]:
    """Return for each row of `large` (row, window) its least distance to any of `small` (hash, or row and hash), and the window."""
    least, where = np.full(len(large), 255, np.uint8), np.zeros(len(large), np.intp)
    for start in range(0, len(large), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        for column in range(small.shape[-1]):
            beside = small[rows, column, None] if small.ndim == 2 else small[column]
            apart = distance(large[rows], beside)
            window = apart.argmin(axis=1)
            value = apart[np.arange(len(window)), window]
            nearer = value < least[rows]
            least[rows][nearer], where[rows][nearer] = value[nearer], window[nearer]
    return least, where


def _of(nearest: tuple[npt.NDArray[np.uint8], npt.NDArray[np.intp]], bits: int, *, kept_is_part: bool) -> list[Proposed]:
    least, where = nearest
    every = windows()
    return [Proposed(int(at), every[int(where[at])], kept_is_part) for at in np.flatnonzero(least <= bits)]
