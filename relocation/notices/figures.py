"""Figures as a notice prints them: decimals from a column of numbers, never a text; money to the cent."""

import re
from decimal import ROUND_CEILING, Decimal
from typing import ClassVar

from relocation.notices.plain import Unpublishable

CENT = Decimal("0.01")
_FIGURE = re.compile(r"(?:[0-9,]{1,9}\.[0-9]{2}|[0-9]{1,4}–[0-9]{1,4})?")


class Figure(str):
    """A figure with two decimals and its thousands apart, a band of figures, or none. It is made of numbers within bounds only."""

    __slots__ = ()
    NONE: ClassVar["Figure"]

    def __new__(cls, text: str) -> "Figure":
        """Take a figure's text. Unpublishable for anything else."""
        if not _FIGURE.fullmatch(text):
            raise Unpublishable("figure", "number")
        return super().__new__(cls, text)

    @classmethod
    def of(cls, value: Decimal | None, most: int, field: str) -> "Figure":
        """Return a figure; NONE for none. Unpublishable for one that is negative or greater than anything of its kind."""
        if value is None:
            return cls.NONE
        if not 0 <= value <= most:
            raise Unpublishable(field, "number")
        return cls(f"{value:,.2f}")

    def band(self, step: int) -> "Figure":
        """Return the band of that width this figure lies in; its upper end belongs to it."""
        upper = max((Decimal(self.replace(",", "")) / step).to_integral_value(ROUND_CEILING), Decimal(1)) * step
        return Figure(f"{upper - step:.0f}–{upper:.0f}")


Figure.NONE = Figure("")


def yuan(value: float) -> Decimal:
    """Return a stored amount as what was written: yuan to the cent. ValueError for one that has parts of a cent or is no number."""
    exact = Decimal(repr(float(value)))
    if not exact.is_finite() or exact != exact.quantize(CENT):
        raise ValueError(value)
    return exact.quantize(CENT)


def in_wan(value: Decimal) -> str:
    """Return an amount in 万元 (10,000 yuan) with all its places, so that nothing of it is lost: 1234567.89 → 123.456789."""
    return f"{value / 10_000:,.6f}".rstrip("0").rstrip(".")


def said(value: Decimal) -> str:
    """Return an amount in yuan as a notice prints it."""
    return f"{value:,.2f}"
