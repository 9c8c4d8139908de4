"""How one drawing might lie on another: guesses from labels, from lengths and from directions, best first; nothing is decided here."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.compare.marks import Marks
from geo.drawing.compare.placing import Complexes, Similarity, fitted
from geo.drawing.model import Floats
from geo.drawing.text import comparable

UNIT_RATIOS = (1.0, 10.0, 100.0, 1000.0, 25.4, 304.8, 0.1, 0.01, 0.001, 1 / 25.4, 1 / 304.8)
_LONGEST = 2000  # segments that vote
_NEIGHBOURS = 12  # segments of like length and direction that one segment votes for
_CELL_M = 0.1  # cell of the vote on the shift
_BINS = 3600  # of directions, half a turn
_TRIALS = 400  # pairs of labels tried


def label_pairs(old: Marks, new: Marks, most: int = 200) -> tuple[Complexes, Complexes]:
    """Return positions of labels that say the same and are rare (at most three times) in both drawings: new and old, pair by pair."""
    places: tuple[dict[str, list[complex]], dict[str, list[complex]]] = (defaultdict(list), defaultdict(list))
    for at, marks in zip(places, (old, new), strict=True):
        for text in marks.texts:
            at[comparable(text.value)].append(complex(text.x, text.y))
    rare = sorted((len(places[0][value]) * len(places[1][value]), value) for value in places[0].keys() & places[1].keys())
    pairs = [(b, a) for n, value in rare if n <= 9 for a in places[0][value] for b in places[1][value]][:most]
    return np.array([b for b, _ in pairs], complex), np.array([a for _, a in pairs], complex)


def from_labels(old: Marks, new: Marks) -> list[Similarity]:
    """Return similarities that carry many labels onto their like, most labels first; at most four of each handedness."""
    here, there = label_pairs(old, new)
    if len(here) < 2:
        return []
    rng = np.random.default_rng(20_161)  # which pairs are tried must not change from run to run
    first, second = rng.integers(0, len(here), (2, _TRIALS))
    span = float(np.ptp(there.real) + np.ptp(there.imag)) or 1.0
    far = (np.abs(there[first] - there[second]) > 0.05 * span) & (here[first] != here[second])
    found: list[tuple[float, Similarity]] = []
    for mirrored in (False, True):
        seen = -np.conj(here) if mirrored else here
        factor = (there[first[far]] - there[second[far]]) / (seen[first[far]] - seen[second[far]])
        shift = there[first[far]] - factor * seen[first[far]]
        off = np.abs(factor[:, None] * seen[None, :] + shift[:, None] - there[None, :])
        near = off < np.maximum(0.3, 0.01 * span)
        order = np.argsort(-near.sum(axis=1), kind="stable")[:40]
        found += [(float(near[row].sum()), fitted(here[near[row]], there[near[row]], mirrored=mirrored)) for row in _distinct(factor, shift, order, span)]
    found.sort(key=lambda one: -one[0])
    return [by for votes, by in found if votes >= 2]


def _distinct(factor: Complexes, shift: Complexes, order: Sequence[int] | np.ndarray, span: float) -> list[int]:
    kept: list[int] = []
    for row in order:
        if all(abs(factor[row] / factor[other] - 1) > 0.02 or abs(shift[row] - shift[other]) > 0.1 * span for other in kept):
            kept.append(int(row))
        if len(kept) == 4:
            break
    return kept


def longest(lines: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the longest lines, with length and direction in [0, π); touching pieces of one straight line were joined before."""
    joined = np.vstack([lines, joined_straight(lines)])
    length = np.hypot(joined[:, 2] - joined[:, 0], joined[:, 3] - joined[:, 1])
    top = np.argsort(-length, kind="stable")[:_LONGEST]
    direction = np.mod(np.arctan2(joined[top, 3] - joined[top, 1], joined[top, 2] - joined[top, 0]), np.pi)
    return joined[top], length[top], direction


def joined_straight(lines: Floats) -> Floats:
    """Return the straight runs of at least two pieces that lie on one line and overlap or touch; a split line comes out whole."""
    if len(lines) < 2:
        return np.empty((0, 4))
    direction = np.mod(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]), np.pi)
    along = np.round(np.mod(direction + 0.0005, np.pi) / 0.001).astype(np.int64) * 0.001  # one direction a bucket, and its exact normal
    ux, uy = np.cos(along), np.sin(along)
    offset = np.round((-uy * (lines[:, 0] + lines[:, 2]) + ux * (lines[:, 1] + lines[:, 3])) / 2 / 0.004).astype(np.int64)
    one, two = ux * lines[:, 0] + uy * lines[:, 1], ux * lines[:, 2] + uy * lines[:, 3]
    low, high = np.minimum(one, two), np.maximum(one, two)
    order = np.lexsort((low, offset, along))
    key = np.column_stack([along, offset])[order]
    new_line = np.r_[True, (key[1:] != key[:-1]).any(axis=1)]
    far = 4 * (float(np.ptp(low)) + float(high.max() - low.min()) + 1)
    lift = np.cumsum(new_line) * far  # runs on different lines are kept apart by lifting each above the last
    reach = np.maximum.accumulate(high[order] + lift)
    begins = np.r_[True, low[order][1:] + lift[1:] > reach[:-1] + 0.002]
    at = np.flatnonzero(begins)
    many = np.diff(np.r_[at, len(order)]) > 1
    row = order[at[many]]
    last = np.r_[at[1:], len(order)][many] - 1
    start, end = low[row], reach[last] - lift[last]
    across = -uy[row] * lines[row, 0] + ux[row] * lines[row, 1]
    return np.column_stack(
        [ux[row] * start - uy[row] * across, uy[row] * start + ux[row] * across, ux[row] * end - uy[row] * across, uy[row] * end + ux[row] * across]
    )


def turns(old: Floats, old_length: Floats, new: Floats, new_length: Floats) -> list[float]:
    """Return how far directions of `new` must be turned (radians, in [0, π)) to agree with those of `old`, best first."""
    hist = [
        _smooth(np.bincount((one / np.pi * _BINS).astype(np.intp) % _BINS, length, _BINS).astype(np.float64))
        for one, length in ((old, old_length), (new, new_length))
    ]
    match = np.fft.irfft(np.fft.rfft(hist[0]) * np.conj(np.fft.rfft(hist[1])), _BINS)
    found: list[float] = []
    for _ in range(4):
        peak = int(np.argmax(match))
        if match[peak] <= 0.1 * float(np.dot(hist[0], hist[0]) * np.dot(hist[1], hist[1])) ** 0.5:
            break
        found.append(_precise(old, old_length, new, new_length, peak * np.pi / _BINS))
        match[np.arange(peak - 20, peak + 21) % _BINS] = 0
    return found


def _smooth(counts: Floats) -> Floats:
    smooth: Floats = np.zeros(len(counts))
    for step, weight in ((-2, 0.25), (-1, 0.7), (0, 1.0), (1, 0.7), (2, 0.25)):
        smooth += np.roll(counts, step) * weight
    return smooth


def _precise(old: Floats, old_length: Floats, new: Floats, new_length: Floats, turn: float) -> float:
    """Return the turn made better than its bin: each long new direction against the nearest old one."""
    top = np.argsort(-new_length, kind="stable")[:300]
    ordered = np.sort(old[np.argsort(-old_length, kind="stable")[:300]])
    ring = np.r_[ordered[-1] - np.pi, ordered, ordered[0] + np.pi]
    wanted = np.mod(new[top] + turn, np.pi)
    at = np.clip(np.searchsorted(ring, wanted), 1, len(ring) - 1)
    off = np.where(ring[at] - wanted < wanted - ring[at - 1], ring[at] - wanted, ring[at - 1] - wanted)
    near = np.abs(off) < 2 * np.pi / _BINS
    return turn + float(np.median(off[near])) if near.any() else turn


def length_ratios(old_length: Floats, new_length: Floats) -> list[float]:
    """Return scales under which the lengths of `new` look like those of `old`, best first; any scale, not only those of units."""
    step = 0.004
    logs = [np.log2(length[length > 0]) for length in (old_length, new_length)]
    low, high = min(one.min() for one in logs), max(one.max() for one in logs)
    bins = int((high - low) / step) + 2
    hist = [_smooth(np.minimum(np.bincount(((one - low) / step).astype(np.intp), minlength=bins), 8.0)) for one in logs]
    match = np.correlate(hist[0], hist[1], "full") if bins < 4000 else _correlated(hist[0], hist[1])
    return [float(2 ** ((int(at) - bins + 1) * step)) for at in np.argsort(-match, kind="stable")[:40]]


def _correlated(old: Floats, new: Floats) -> Floats:
    size = 2 * len(old)
    match: Floats = np.fft.irfft(np.fft.rfft(old, size) * np.conj(np.fft.rfft(new, size)), size)
    shifted: Floats = np.r_[match[-(len(old) - 1) :], match[: len(old)]]
    return shifted


def from_lines(old: Floats, new: Floats, scales: Sequence[float]) -> Iterator[Similarity]:
    """Yield for each scale, handedness and turn the similarity that most lines of like length and direction vote for."""
    if len(old) < 2 or len(new) < 2:
        return
    old_lines, old_length, old_turn = longest(old)
    new_lines, new_length, new_turn = longest(new)
    asked = cKDTree(_described(old_length, old_turn))
    for scale in scales:
        for mirrored in (False, True):
            directions = np.mod(np.pi - new_turn, np.pi) if mirrored else new_turn
            for turn in turns(old_turn, old_length, directions, new_length * scale):
                like = _alike(asked, new_length * scale, np.mod(directions + turn, np.pi))
                for half in (0.0, np.pi):
                    start = Similarity(complex(scale * np.exp(1j * (turn + half))), 0, mirrored)
                    yield from _voted(old_lines, new_lines, like, start)


def _described(length: Floats, direction: Floats) -> Floats:
    """Return lines as points that lie near each other where length (to 4 mm in 1 m) and direction agree."""
    return np.column_stack([np.log(length), np.cos(2 * direction) / 4, np.sin(2 * direction) / 4])


def _alike(asked: cKDTree, length: Floats, direction: Floats) -> tuple[np.ndarray, np.ndarray, Floats]:
    distance, row = asked.query(_described(length, direction), k=_NEIGHBOURS, distance_upper_bound=0.006)
    new, place = np.nonzero(np.isfinite(distance))
    return new, row[new, place], 1.0 / np.isfinite(distance).sum(axis=1)[new]


def _voted(old: Floats, new: Floats, like: tuple[np.ndarray, np.ndarray, Floats], start: Similarity) -> Iterator[Similarity]:
    mine, theirs, weight = like
    if len(mine) < 2:
        return
    from_ = ((new[mine, 0] + new[mine, 2]) + 1j * (new[mine, 1] + new[mine, 3])) / 2
    to = ((old[theirs, 0] + old[theirs, 2]) + 1j * (old[theirs, 1] + old[theirs, 3])) / 2
    vote = to - start.of_complex(from_)
    best: tuple[float, complex] = (0.0, 0j)
    for nudge in (0.0, 0.5):
        cell = np.floor(np.column_stack([vote.real, vote.imag]) / _CELL_M + nudge).astype(np.int64)
        _, which = np.unique(cell, axis=0, return_inverse=True)
        sums = np.bincount(which.ravel(), weight)
        top = int(np.argmax(sums))
        if sums[top] > best[0]:
            members = which.ravel() == top
            best = (float(sums[top]), complex(np.median(vote[members].real), np.median(vote[members].imag)))
    near = np.abs(vote - best[1]) < _CELL_M
    if near.sum() >= 3:
        spread = float(np.abs(to[near] - to[near].mean()).max())
        yield fitted(from_[near], to[near], mirrored=start.mirrored) if spread > 1.0 else Similarity(start.factor, best[1], start.mirrored)
