"""Two drawings compared: one laid over the other, what is left of either gathered into differences, what was not compared counted."""

from collections import Counter
from dataclasses import dataclass, replace

from geo.drawing.aligning import Laying, align
from geo.drawing.clouds import clouded
from geo.drawing.difference import Alignment, Comparison, Tolerances
from geo.drawing.differing import differing
from geo.drawing.dwelling import Plans
from geo.drawing.footing import Footing, footing
from geo.drawing.items import as_differences
from geo.drawing.kinds import kinds_of
from geo.drawing.marks import laid
from geo.drawing.model import Drawing
from geo.drawing.placing import Similarity, similarity_of, told
from geo.drawing.scoring import ground, refined, residual_m, shares

_CLICK_M = 0.3  # how far off two clicks may be


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
    each other nothing is compared: the alignment says `refused` and why. Same drawings, same answer, to the byte.
    """
    given = tolerances or Tolerances()
    pair = _Pair(footing(old, old_plans), footing(new, new_plans), (old_plans, new_plans), given)
    laying = _by_hand(pair, by_hand) if by_hand is not None else align(pair.old.marks, pair.new.marks, given.match_m)
    if not pair.old.known and pair.new.known and laying is not None and laying.sure:
        return compare(
            old,
            new,
            replace(old_plans, unit=replace(old_plans.unit, metres=pair.new.unit_m * _ratio(pair, laying))),
            new_plans,
            by_hand=by_hand,
            tolerances=given,
        )
    if laying is None or not (laying.sure or by_hand is not None):
        return _refused(pair, laying)
    return _compared(pair, laying, "by-hand" if by_hand is not None else "aligned")


def _ratio(pair: _Pair, laying: Laying) -> float:
    """Return how many units of the new drawing one unit of the old is, rounded to what units are to each other."""
    return pair.old.unit_m / (laying.by.scale * pair.new.unit_m)


def _by_hand(pair: _Pair, given: Alignment) -> Laying:
    """Return the laying by two clicks, made better by the points that nearly meet where that makes more of them meet."""
    by = pair.old.to_m.after(similarity_of(given).after(pair.new.to_m.inverse()))
    on = ground(pair.old.marks.points, pair.new.marks.points, pair.tolerances.match_m)
    if on.enough:
        tried = [by, *(refined(on, by, reach) for reach in (0.05, _CLICK_M))]
        by = max(tried, key=lambda one: sum(shares(on, one)))
        one, other = shares(on, by)
        return Laying(by, one, other, 0.0, residual_m(on, by), int(one * len(on.old)))
    return Laying(by, 0.0, 0.0, 0.0, 0.0, 0)


def _alignment(pair: _Pair, laying: Laying, status: str, reason: str = "") -> Alignment:
    """Return a laying in the units of both drawings."""
    by = pair.old.to_m.inverse().after(laying.by.after(pair.new.to_m))
    residual = laying.residual_m if pair.old.known else laying.residual_m / pair.old.unit_m
    return told(by, round(laying.inlier, 4), round(residual, 7), status, reason)


def _refused(pair: _Pair, laying: Laying | None) -> Comparison:
    best = laying or Laying(Similarity(), 0.0, 0.0, 0.0, 0.0, 0)
    reason = "too-little" if laying is None or min(len(pair.old.marks.points), len(pair.new.marks.points)) < 16 else "unrelated"
    whole = Counter({"refused": len(pair.old.drawing.entities) + len(pair.new.drawing.entities)})
    unit = pair.old.unit_m if pair.old.known else None
    return Comparison(unit, (_alignment(pair, best, "refused", reason),), (), (), {}, dict(whole + _left_out(pair, spaces=False)), 0, pair.tolerances)


def _compared(pair: _Pair, laying: Laying, status: str) -> Comparison:
    metres = pair.old.known
    over = laid(pair.new.marks, laying.by)
    kinds = kinds_of(pair.plans[0]), kinds_of(pair.plans[1])
    units = pair.old.unit_m, pair.new.unit_m * laying.by.scale
    items, folded = differing(pair.old.marks, over, kinds, units, pair.tolerances)
    telling = pair.old.telling(metres=metres)
    differences = as_differences(items, pair.old.drawing, pair.new.drawing, telling, 0)
    gap = pair.tolerances.cloud_gap_m * telling.factor
    told_, sets = clouded(differences, gap)
    return Comparison(
        pair.old.unit_m if metres else None,
        (_alignment(pair, laying, status),),
        told_,
        sets,
        dict(sorted(folded.items())),
        dict(sorted(_left_out(pair).items())),
        len(pair.old.marks) + len(over),
        pair.tolerances,
    )


def _left_out(pair: _Pair, *, spaces: bool = True) -> Counter[str]:
    """Count what is in either drawing and was not compared, by reason."""
    found: Counter[str] = Counter()
    for one in (pair.old, pair.new):
        if spaces:
            found.update({"hidden-layer": one.hidden, "paper-space": one.paper})
        found.update(one.drawing.left_out)
        found.update(one.drawing.unreadable)
        found.update({"missing-reference": len(one.drawing.missing_references)})
    return Counter({reason: count for reason, count in found.items() if count})
