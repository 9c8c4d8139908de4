"""The county's score by the visits: what was found, weighed up to every household that could be drawn, with its interval."""

from dataclasses import dataclass

from relocation.service.visiting.homes import Home
from relocation.service.visiting.planning import Plan
from relocation.visits.estimating import Answer, Estimate, ratio, share
from relocation.visits.sizing import Key


@dataclass(frozen=True, slots=True)
class Score:
    """One figure: its id, whether it is a share (else a ratio in its own unit), the estimate, None where nothing was said yet."""

    id: str
    is_share: bool
    estimate: Estimate | None


SHARES = ("in_order", "lived_in", "four_meet", "signed")


def scores(plan: Plan, homes: dict[str, Home]) -> tuple[Score, ...]:
    """Return the shares found in order, lived in, met and signed; measured m² an approved person, and measured to registered area."""
    populations: dict[Key, int] = {(stop.stratum,): stop.population for stop in plan.stops}
    found = plan.results or {}
    seen = [((stop.stratum,), found[stop.code], homes.get(stop.code)) for stop in plan.stops if stop.code in found]
    made = []
    for name in SHARES:
        answers = [Answer(key, float(said)) for key, result, _ in seen if (said := getattr(result, name)) is not None]
        made.append(Score(name, True, share(answers, populations) if answers else None))
    measured = [(key, result.measured_area_m2, home) for key, result, home in seen if result.measured_area_m2 is not None and home is not None]
    per_person = [Answer(key, area, home.persons) for key, area, home in measured if home.persons]
    against = [Answer(key, area, home.register_m2) for key, area, home in measured if home.register_m2]
    for name, answers in (("area-a-person", per_person), ("measured-to-register", against)):
        made.append(Score(name, False, ratio(answers, populations) if answers else None))
    return tuple(made)
