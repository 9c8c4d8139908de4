"""A made-up county of households for the draw."""

from datetime import date

from relocation.visits.unit import Unit

EARLIER_ON = date(2018, 5, 1)


def county(code: str = "411522", households: int = 300) -> list[Unit]:
    """Return households in five townships: every seventh in doubt, every nineteenth with something that fails."""
    return [
        Unit(
            code, f"H{n:04}", f"T{n % 5}", "concentrated" if n % 3 else "dispersed", n % 4 != 0, fails=int(n % 19 == 0), reviews=int(n % 7 == 0)
        )
        for n in range(households)
    ]  # fmt: skip
