"""Lay one drawing over another without a click: unit, scale, turn, mirror and shift found from labels, lengths and directions.

Guesses come from `candidates`; each is judged by the share of end points that meet, the best is fitted to the points that do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from geo.drawing.compare.candidates import UNIT_RATIOS, from_labels, from_lines, label_pairs, length_ratios, longest
from geo.drawing.compare.marks import Marks
from geo.drawing.compare.placing import Similarity
from geo.drawing.compare.scoring import Ground, ground, refined, residual_m, settled, shares

LEAST_INLIER = 0.5  # below it two drawings are not compared as one; see `views` for views that were re-arranged
_SURE = 0.985  # of both drawings' points meeting: no other guess is looked at where labels agree
_GOOD = 0.7  # of the better drawing's points meeting: no other unit is looked at
_CLOSE = 0.004  # guesses nearer than this are taken for equally good, and the plainer one wins
_CHANCE = 0.02  # share of points that meets by chance
_FEWEST = 8  # points that must meet


@dataclass(frozen=True)
class Laying:
    """How the new drawing lies on the old one, in metres. share_old, share_new: of points that meet within twice the tolerance."""

    by: Similarity
    share_old: float
    share_new: float
    labels: float  # share of rare labels that meet, 0 where there are none
    residual_m: float
    met: int

    @property
    def inlier(self) -> float:
        """The share of the drawing that has less beside the other: what was added to the other one does not lower it."""
        return max(self.share_old, self.share_new)

    @property
    def rank(self) -> float:
        """What candidates are compared by."""
        return self.share_old + self.share_new + 0.5 * self.labels

    @property
    def sure(self) -> bool:
        """Whether the drawings may be compared under it."""
        return self.inlier >= LEAST_INLIER and self.met >= _FEWEST


def align(old: Marks, new: Marks, tolerance_m: float) -> Laying | None:
    """Return how `new` lies best on `old` (both in metres, as far as their units are known), None where nothing fits at all.

    Whether it is good enough is `Laying.sure`; the caller refuses. Equal inputs give equal answers.
    """
    on = ground(old.points, new.points, tolerance_m)
    if not on.enough:
        return None
    labels = label_pairs(old, new)
    best: Laying | None = None
    for guesses in _rounds(old, new):
        for guess, reach in guesses:
            for tried in _tries(on, guess, reach, best):
                judged = _judged(on, tried, labels)
                if judged is not None and (best is None or _better(judged, best)):
                    best = judged
            if best is not None and _certain(best):
                break
        if best is not None and best.inlier >= _GOOD:
            break
    if best is None or best.inlier < _CHANCE:
        return best
    return _judged(on, settled(on, best.by), labels, every=True) or best


def _rounds(old: Marks, new: Marks) -> Iterator[Iterator[tuple[Similarity, float]]]:
    """Yield rounds of guesses with how far off each may be, in metres; the next round is asked for only where the last explained too little."""
    by_labels = from_labels(old, new)
    stated = [1.0, *sorted({_round_ratio(by.scale) for by in by_labels} - {1.0})]
    yield chain([(Similarity(), 0.05)], ((by, 0.5) for by in by_labels), _by_lines(old, new, stated))
    if len(old.lines) and len(new.lines):
        _, old_length, _ = longest(old.lines)
        _, new_length, _ = longest(new.lines)
        likely = [ratio for ratio in length_ratios(old_length, new_length) if min(abs(ratio / one - 1) for one in stated) > 0.01]
        yield _by_lines(old, new, likely[:6])
        yield _by_lines(old, new, [one for one in UNIT_RATIOS if one not in stated])
    yield ((by, 0.1) for by in _between_arcs(old, new))


def _by_lines(old: Marks, new: Marks, scales: Sequence[float]) -> Iterator[tuple[Similarity, float]]:
    return ((by, 0.1) for by in from_lines(old.lines, new.lines, scales))


def _round_ratio(scale: float) -> float:
    nice = min(UNIT_RATIOS, key=lambda value: abs(scale / value - 1))
    return nice if abs(scale / nice - 1) < 0.03 else scale


def _between_arcs(old: Marks, new: Marks) -> Iterator[Similarity]:
    """Yield the shift between the arcs of most uncommon radius, for drawings with hardly a straight line."""
    if not len(old.arcs) or not len(new.arcs):
        return
    rarest_old, rarest_new = (marks.arcs[int(np.argmax(marks.arcs[:, 2]))] for marks in (old, new))
    scale = float(rarest_old[2] / rarest_new[2])
    for mirrored in (False, True):
        turned = Similarity(scale, 0, mirrored).of(rarest_new[None, :2])[0]
        yield Similarity(scale, complex(*(rarest_old[:2] - turned)), mirrored)


def _tries(on: Ground, guess: Similarity, reach_m: float, found: Laying | None) -> Iterator[Similarity]:
    """Yield a guess fitted to what is very near, then to what is near: the wide reach mends a rough guess and can spoil a good one."""
    if found is not None and guess.mirrored == found.by.mirrored:
        corners = np.vstack([on.old.min(axis=0), on.old.max(axis=0)])
        if np.abs(guess.of(found.by.inverse().of(corners)) - corners).max() < 2 * on.tolerance_m:
            return
    yield refined(on, guess, 4 * on.tolerance_m)
    yield refined(on, guess, reach_m)


def _judged(on: Ground, by: Similarity, labels: tuple[np.ndarray, np.ndarray], *, every: bool = False) -> Laying | None:
    if not 1e-6 < by.scale < 1e6 or not np.isfinite(by.shift):
        return None
    most = 20_000 if every else 1500
    share_old, share_new = shares(on, by, most)
    here, there = labels
    met = float((np.abs(by.of_complex(here) - there) < 0.6).sum() / max(1, min(len(set(here.tolist())), len(set(there.tolist()))))) if len(here) else 0.0
    count = int(min(share_old * len(on.old), share_new * len(on.new)))
    return Laying(by, share_old, share_new, min(met, 1.0), residual_m(on, by) if every else 0.0, count)


def _certain(found: Laying) -> bool:
    return min(found.share_old, found.share_new) >= _SURE and (found.labels >= 0.8 or (found.labels == 0 and found.rank >= 2 - 1e-9))


def _better(one: Laying, than: Laying) -> bool:
    """Return whether a candidate beats another: more points meet, or as many and it is plainer (not mirrored, not scaled, not turned)."""
    if abs(one.rank - than.rank) > _CLOSE:
        return one.rank > than.rank
    return _plainness(one.by) < _plainness(than.by)


def _plainness(by: Similarity) -> tuple[bool, bool, bool, float]:
    return by.mirrored, abs(by.scale - 1) > 1e-3, abs(by.turn) > 1e-3, round(abs(by.shift), 3)
