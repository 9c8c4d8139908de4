"""One line of the torture's table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was tried how often, what came of it, what was wanted, and whether that held."""

    what: str
    tried: int
    found: str
    wanted: str
    held: bool
