"""The places somebody is bound to: whole counties, single townships, or everywhere."""

from dataclasses import dataclass

Township = tuple[str, str]
"""A county's code and the township's name as its ledgers write it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Places. `counties` None means every county; a township stands beside them with its county's code."""

    counties: frozenset[str] | None = None
    townships: frozenset[Township] = frozenset()

    @property
    def everywhere(self) -> bool:
        """Whether no place is left out."""
        return self.counties is None

    @property
    def places(self) -> tuple[Township, ...]:
        """The places in order, a whole county as (code, ""). Not for everywhere."""
        return tuple(sorted({(county, "") for county in self.counties or ()} | self.townships))

    def holds(self, county: str, township: str = "") -> bool:
        """Tell whether a place lies within; a whole county does not lie within one of its townships."""
        return self.counties is None or county in self.counties or (bool(township) and (county, township) in self.townships)

    def contains(self, other: "Scope") -> bool:
        """Tell whether every place of another scope lies within; only everywhere contains everywhere."""
        return self.everywhere or (not other.everywhere and all(self.holds(*place) for place in other.places))

    def touches(self, county: str) -> bool:
        """Tell whether any part of a county lies within."""
        return self.holds(county) or any(of == county for of, _ in self.townships)


EVERYWHERE = Scope()
NOWHERE = Scope(frozenset())
