"""A drawing understood: unit of measure, views, title blocks, unit types with outline, rooms and openings, and what is odd about it."""

from geo.drawing.dwelling import Corrections, Plans, UnitOfMeasure
from geo.drawing.model import Drawing
from geo.drawing.naming import Naming


def understand(drawing: Drawing, naming: Naming, corrections: Corrections | None = None) -> Plans:
    """Return everything understood of one drawing.

    naming: the words by which layers, blocks and texts are known. corrections: what an engineer set right, replayed.
    """
    _ = drawing, naming, corrections
    return Plans(UnitOfMeasure(None, ()))
