"""Two drawings compared: one laid over the other, what is left of either gathered into differences, what was not compared counted."""

from collections import Counter
from dataclasses import dataclass, replace

from geo.drawing.compare.aligning import Laying
from geo.drawing.compare.clouds import clouded
from geo.drawing.compare.differing import differing
from geo.drawing.compare.footing import Footing, footing
from geo.drawing.compare.items import as_differences
from geo.drawing.compare.kinds import kinds_of, room_names
from geo.drawing.compare.marks import laid
from geo.drawing.compare.meaning import Placing, differing_dwellings, placed
from geo.drawing.compare.placing import Similarity, similarity_of, told
from geo.drawing.compare.scoring import ground, refined, residual_m, shares
from geo.drawing.compare.situated import situated
from geo.drawing.compare.viewwise import Laid, Over, overlaid
from geo.drawing.difference import Alignment, Comparison, Difference, Tolerances
from geo.drawing.dwelling import Plans
from geo.drawing.model import Drawing

_CLICK_M = 0.3  # how far off two clicks may be
_LITTLE = 16  # points below which there is too little to be laid by


@dataclass(frozen=True)
class _Pair:
    old: Footing
    new: Footing
    plans: tuple[Plans, Plans]
    tolerances: Tolerances


def compare(
    old: Drawing, new: Drawing, old_plans: Plans, new_plans: Plans, *, by_hand: Alignment | None = None, tolerances: Tolerances | None = None
) -> Comparison:
    """Return what two drawings differ by, in metres and axes of the old drawing (in its units where no unit of measure is settled).

    by_hand: how the new drawing lies on the old one by two clicks; then nothing is searched. Where the drawings cannot be laid over
    each other nothing is compared: the alignment says `refused` and why (`too-little`, `unrelated`). Same drawings, same answer.
    """
    pair = _Pair(footing(old, old_plans), footing(new, new_plans), (old_plans, new_plans), tolerances or Tolerances())
    if by_hand is not None:
        laying = _by_hand(pair, by_hand)
        return _compared(pair, Laid((Over(pair.old.marks, laid(pair.new.marks, laying.by), laying),)), "by-hand")
    found, whole = overlaid(pair.old, pair.new, pair.plans, pair.tolerances.match_m)
    if not found.overs:
        return _refused(pair, whole)
    if pair.new.known and not pair.old.known:
        pair = replace(pair, old=footing(old, old_plans, pair.old.unit_m / found.overs[0].laying.by.scale))
        found, _ = overlaid(pair.old, pair.new, pair.plans, pair.tolerances.match_m)
    return _compared(pair, found, "aligned")


def _by_hand(pair: _Pair, given: Alignment) -> Laying:
    """Return the laying by two clicks, made better by the points that nearly meet where that makes more of them meet."""
    by = pair.old.to_m.after(similarity_of(given).after(pair.new.to_m.inverse()))
    on = ground(pair.old.marks.points, pair.new.marks.points, pair.tolerances.match_m)
    if not on.enough:
        return Laying(by, 0.0, 0.0, 0.0, 0.0, 0)
    by = max([by, *(refined(on, by, reach) for reach in (0.05, _CLICK_M))], key=lambda one: sum(shares(on, one)))
    one, other = shares(on, by)
    return Laying(by, one, other, 0.0, residual_m(on, by), int(one * len(on.old)))


def _alignment(pair: _Pair, laying: Laying, status: str, reason: str = "") -> Alignment:
    """Return a laying in the units of both drawings."""
    by = pair.old.to_m.inverse().after(laying.by.after(pair.new.to_m))
    residual = laying.residual_m if pair.old.known else laying.residual_m / pair.old.unit_m
    return told(by, round(laying.inlier, 4), round(residual, 7), status, reason)


def _refused(pair: _Pair, laying: Laying | None) -> Comparison:
    best = laying or Laying(Similarity(), 0.0, 0.0, 0.0, 0.0, 0)
    little = laying is None or min(len(pair.old.marks.points), len(pair.new.marks.points)) < _LITTLE
    whole = Counter({"refused": len(pair.old.drawing.entities) + len(pair.new.drawing.entities)})
    unit = pair.old.unit_m if pair.old.known else None
    alignment = _alignment(pair, best, "refused", "too-little" if little else "unrelated")
    return Comparison(unit, (alignment,), (), (), {}, dict(sorted((whole + _left_out(pair)).items())), 0, pair.tolerances)


def _compared(pair: _Pair, found: Laid, status: str) -> Comparison:
    metres = pair.old.known
    telling = pair.old.telling(metres=metres)
    kinds = kinds_of(pair.plans[0]), kinds_of(pair.plans[1])
    folded: Counter[str] = Counter({"view-moved": found.rearranged})
    rooms = room_names(pair.plans)
    differences: list[Difference] = []
    alignments = []
    for number, over in enumerate(found.overs):
        units = pair.old.unit_m, pair.new.unit_m * over.laying.by.scale
        items, small = differing(over.old, over.new, kinds, units, pair.tolerances, rooms=rooms, coarse=over.coarse, mirrored=over.laying.by.mirrored)
        if pair.new.known and pair.old.known and not over.coarse:
            before, after = (placed(one, placing) for one, placing in zip(pair.plans, _placings(pair, over.laying), strict=True))
            items = situated(items, before, after)
            items += differing_dwellings(before, after, items)
        folded += small
        differences += as_differences(items, pair.old.drawing, pair.new.drawing, telling, number)
        alignments.append(_alignment(pair, over.laying, status, "frame" if over.coarse else "view" if found.rearranged and number else ""))
    told_, sets = clouded(differences, pair.tolerances.cloud_gap_m * telling.factor)
    hidden = Counter({"hidden-layer": pair.old.hidden + pair.new.hidden, "paper-space": pair.old.paper + pair.new.paper, "view-alone": found.lonely})
    return Comparison(
        pair.old.unit_m if metres else None,
        tuple(alignments),
        told_,
        sets,
        _counts(folded),
        _counts(_left_out(pair) + hidden),
        sum(len(over.old) + len(over.new) for over in found.overs),
        pair.tolerances,
    )


def _placings(pair: _Pair, laying: Laying) -> tuple[Placing, Placing]:
    """Return what takes the plans of both drawings, metres in their own axes, to the axes that are compared."""
    ones, others = (Similarity(1.0, one.to_m.shift) for one in (pair.old, pair.new))
    return ones.of, laying.by.after(others).of


def _counts(found: Counter[str]) -> dict[str, int]:
    return {reason: count for reason, count in sorted(found.items()) if count}


def _left_out(pair: _Pair) -> Counter[str]:
    """Count what is in either drawing and no comparison looks at, by reason."""
    found: Counter[str] = Counter()
    for one in (pair.old, pair.new):
        found.update(one.drawing.left_out)
        found.update(one.drawing.unreadable)
        found.update({"missing-reference": len(one.drawing.missing_references)})
    return found
