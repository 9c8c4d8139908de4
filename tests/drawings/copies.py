"""The same drawing put down differently: nothing that a person would call a change."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.drawings.sheets import Sheet
from tests.drawings.strokes import Arc, Fill, Line, Measure, Point, Poly, Put, Stroke, Words, flattened


def shuffled(sheet: Sheet, chance: Random) -> Sheet:
    """Draw in another order."""
    strokes = list(sheet.strokes)
    chance.shuffle(strokes)
    return replace(sheet, strokes=tuple(strokes))


def reversed_lines(sheet: Sheet, chance: Random) -> Sheet:
    """Draw about half of the lines from their other end."""
    return replace(sheet, strokes=tuple(replace(one, a=one.b, b=one.a) if isinstance(one, Line) and chance.random() < 0.5 else one for one in sheet.strokes))


def split_lines(sheet: Sheet, chance: Random) -> Sheet:
    """Draw about half of the lines in two or three pieces."""
    made: list[Stroke] = []
    for one in sheet.strokes:
        if not isinstance(one, Line) or chance.random() < 0.5:
            made.append(one)
            continue
        shares = [0.0, *sorted(chance.uniform(0.2, 0.8) for _ in range(chance.choice((1, 2)))), 1.0]
        made += [Line(one.role, _between(one, low), _between(one, high)) for low, high in pairwise(shares)]
    return replace(sheet, strokes=tuple(made))


def overlapped(sheet: Sheet, chance: Random) -> Sheet:
    """Draw a third of the lines in two pieces that overlap, and some of them twice."""
    made: list[Stroke] = []
    for one in sheet.strokes:
        if not isinstance(one, Line) or chance.random() < 0.67:
            made.append(one)
        elif chance.random() < 0.3:
            made += [one, one]
        else:
            made += [Line(one.role, one.a, _between(one, 0.7)), Line(one.role, _between(one, 0.4), one.b)]
    return replace(sheet, strokes=tuple(made))


def exploded(sheet: Sheet) -> Sheet:
    """Take every block and every polyline apart; a title block with fields stays one."""
    made: list[Stroke] = []
    for one in flattened(sheet.strokes, sheet.blocks):
        if isinstance(one, Poly):
            ends = one.points[1:] + one.points[:1] if one.closed else one.points[1:]
            made += [Line(one.role, a, b) for a, b in zip(one.points, ends, strict=False)]
        else:
            made.append(one)
    return replace(sheet, strokes=tuple(made))


def rounded(sheet: Sheet, to_mm: float) -> Sheet:
    """Round every coordinate."""
    step = to_mm * 0.001 / sheet.unit_m
    return _shaken(sheet, lambda at: (round(at[0] / step) * step, round(at[1] / step) * step))


def jittered(sheet: Sheet, chance: Random, sigma_mm: float) -> Sheet:
    """Shake every end point by a little, in a normal distribution cut at three sigmas."""
    sigma = sigma_mm * 0.001 / sheet.unit_m

    def shake(at: Point) -> Point:
        return at[0] + max(-3.0, min(3.0, chance.gauss())) * sigma, at[1] + max(-3.0, min(3.0, chance.gauss())) * sigma

    return _shaken(sheet, shake)


def _shaken(sheet: Sheet, shake: Callable[[Point], Point]) -> Sheet:
    return replace(sheet, strokes=tuple(_shake(one, shake) for one in sheet.strokes))


def _shake(one: Stroke, shake: Callable[[Point], Point]) -> Stroke:
    match one:
        case Line():
            return replace(one, a=shake(one.a), b=shake(one.b))
        case Arc():
            return replace(one, centre=shake(one.centre))
        case Poly():
            return replace(one, points=tuple(map(shake, one.points)))
        case Words() | Put():
            return replace(one, at=shake(one.at))
        case Fill():
            return replace(one, ring=tuple(map(shake, one.ring)))
        case Measure():
            return one  # a shaken dimension would state another length


def _between(line: Line, share: float) -> Point:
    return line.a[0] + (line.b[0] - line.a[0]) * share, line.a[1] + (line.b[1] - line.a[1]) * share
