"""How often honest counties are named, and how often rounding clerks are found: simulated with a fixed seed."""

from datetime import date

import numpy as np

from checks.chance import at_least_so_many, corrected
from checks.records import Records
from checks.registry import checks
from checks.verdict import Outcome
from checks.vocabulary import AREA, HOUSEHOLD

AS_OF = date(2018, 6, 30)
COUNTIES, TOWNSHIPS, CLERKS, FIGURES = 200, 15, 3, 30


def words(values: object) -> np.ndarray:
    return np.array(values, dtype=object)


def incomes(chance: np.random.Generator, rows: int, round_by_nature: float) -> np.ndarray:
    """Incomes as households have them: most worked out to the yuan, some a round wage or pension by nature."""
    exact = np.round(chance.lognormal(8.1, 0.35, rows)) + 1
    return np.where(chance.random(rows) < round_by_nature, np.ceil(exact / 100) * 100, exact)


def share_of_counties_named(income: np.ndarray, only: np.ndarray | None = None) -> float:
    """Return in what share of counties (of townships, with `only` the planted ones) somebody is named."""
    rows = len(income)
    county = words([f"99{i:04d}" for i in range(COUNTIES)])[np.arange(rows) // (TOWNSHIPS * CLERKS * FIGURES)]
    township = words([f"乡{i}" for i in range(TOWNSHIPS)])[np.arange(rows) // (CLERKS * FIGURES) % TOWNSHIPS]
    clerk = words([f"演{i}" for i in range(CLERKS)])[np.arange(rows) // FIGURES % CLERKS]
    homes = Records(HOUSEHOLD, {"county": county, "township": township, "filled_by": clerk, "income_yuan": income})
    first = slice(None, None, CLERKS * FIGURES)
    columns = {"county": county[first], "name": township[first], "code": county[first] + "/" + township[first]}
    areas = Records(AREA, {**columns, "level": words(["township"] * (COUNTIES * TOWNSHIPS))})
    named = checks()["rounded-figures"].run(areas, AS_OF, beside={"households": homes}).outcome == Outcome.REVIEW
    return float(named.reshape(COUNTIES, TOWNSHIPS).any(axis=1).mean() if only is None else named[only].mean())


def test_of_a_hundred_honest_counties_five_at_most_are_named() -> None:
    chance = np.random.default_rng(1)
    rows = COUNTIES * TOWNSHIPS * CLERKS * FIGURES
    assert share_of_counties_named(incomes(chance, rows, 0.05)) == 0
    # The hardest honest case: as many round incomes as the rule allows for.
    assert share_of_counties_named(incomes(chance, rows, 0.10)) <= 0.05


def test_a_clerk_who_rounds_half_of_thirty_figures_is_found_nearly_always() -> None:
    chance = np.random.default_rng(2)
    rows = COUNTIES * TOWNSHIPS * CLERKS * FIGURES
    income = incomes(chance, rows, 0.05).reshape(COUNTIES * TOWNSHIPS, CLERKS, FIGURES)
    planted = np.arange(COUNTIES) * TOWNSHIPS  # one clerk in one township of each county
    guessed = chance.random((COUNTIES, FIGURES)) < 0.5
    income[planted, 0] = np.where(guessed, np.ceil(income[planted, 0] / 100) * 100, income[planted, 0])
    assert share_of_counties_named(income.ravel(), planted) >= 0.95


def test_the_tail_is_the_binomial_one() -> None:
    found, of, probability = (np.array(column, dtype=np.float64) for column in ([0, 1, 3, 5], [5, 5, 5, 5], [0.1] * 4))
    exact = [1.0, 1 - 0.9**5, 10 * 0.1**3 * 0.9**2 + 5 * 0.1**4 * 0.9 + 0.1**5, 0.1**5]
    assert np.allclose(at_least_so_many(found, of, probability), exact, rtol=1e-12)


def test_holms_correction_is_made_family_by_family() -> None:
    chance = np.array([0.01, 0.04, 0.03, 0.02, 0.5])
    family = np.array([0, 0, 0, 1, 1])
    assert np.allclose(corrected(chance, family), [0.03, 0.06, 0.06, 0.04, 0.5])
