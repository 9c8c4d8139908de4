"""By what a drawing is understood, and the texts that bear on its plans."""

from dataclasses import dataclass, field

from geo.drawing.dwelling import Corrections
from geo.drawing.model import Drawing
from geo.drawing.plan.annotations import Said, said
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.roles import Mask, Roles


@dataclass(frozen=True)
class Reading:
    """By what a drawing is understood. metres: of one drawing unit; aside: rows of its texts that belong to title blocks."""

    drawing: Drawing
    naming: Naming
    roles: Roles
    metres: float
    corrections: Corrections = field(default_factory=Corrections)
    aside: frozenset[int] = frozenset()

    def texts(self, rows: Mask) -> tuple[Said, ...]:
        """Return the texts among the entities of `rows` but those of title blocks."""
        apart = self.roles.having("title", "seal")
        return said([text for row, text in enumerate(self.drawing.texts) if rows[text.of] and not text.tag and not apart[text.of] and row not in self.aside])


def loudest(one: Said) -> tuple[float, float, float, str]:
    """Order of texts: the largest letters first, then from the top."""
    return -round(one.text.height, 6), -one.y, one.x, one.flat
