"""A drawing understood: unit of measure, views, title blocks, unit types with outline, rooms and openings, and what is odd about it."""

from dataclasses import replace

from geo.drawing.assembling import Reading, plans_of, rooms_written
from geo.drawing.dwelling import Corrections, Plans, UnitOfMeasure, UnitPlan, UnitVote, View
from geo.drawing.model import Drawing
from geo.drawing.naming import Naming
from geo.drawing.roles import roles_of
from geo.drawing.units import area_vote, provisional, same, voted, votes_of
from geo.drawing.views import split


def understand(drawing: Drawing, naming: Naming, corrections: Corrections | None = None) -> Plans:
    """Return everything understood of one drawing.

    naming: the words by which layers, blocks and texts are known. corrections: what an engineer set right, replayed.
    """
    corrections = corrections or Corrections()
    roles = roles_of(drawing, naming, corrections.wall_layers)
    votes = votes_of(drawing, roles)
    supposed = corrections.unit_m or provisional(votes)
    if supposed is None:
        return Plans(voted(votes, drawing.header_unit))
    reading = Reading(drawing, naming, roles, supposed, corrections)
    views, plans = _measured(reading)
    unit = _unit(reading, votes, plans)
    if unit.metres is not None and not same(unit.metres, supposed):
        views, plans = _measured(replace(reading, metres=unit.metres))
    if unit.metres is None:
        plans = tuple(_unmeasured(plan) for plan in plans)
    return Plans(unit, views, (), plans)


def _measured(reading: Reading) -> tuple[tuple[View, ...], tuple[UnitPlan, ...]]:
    views = split(reading.drawing, reading.naming, reading.roles, reading.metres)
    return views, tuple(plan for number, view in enumerate(views) for plan in plans_of(reading, view, number))


def _unit(reading: Reading, votes: tuple[UnitVote, ...], plans: tuple[UnitPlan, ...]) -> UnitOfMeasure:
    """Return the unit by all votes: those cast before, and that of the areas written on the plans."""
    pairs = [pair for plan in plans for pair in rooms_written(plan.rooms)]
    pairs += [(plan.annotated_m2, plan.gross_m2) for plan in plans if plan.annotated_m2 is not None and plan.gross_m2 is not None]
    areas = area_vote(pairs, reading.metres)
    return voted((*votes, *([areas] if areas else ())), reading.drawing.header_unit, reading.corrections.unit_m)


def _unmeasured(plan: UnitPlan) -> UnitPlan:
    """Return a plan without what depends on the unit of measure, which is not known."""
    return replace(plan, outline=None, gross_m2=None, balcony_m2=0.0, rooms=(), openings=(), open_because=(*plan.open_because, "unit"))
