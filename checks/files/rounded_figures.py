"""Are household incomes rounder than chance and the ways of earning allow?

Counted: incomes per person, sheet by sheet: what one clerk filled in for one township, and each township as a whole. Of
a sheet's figures those in whole hundreds are counted. A tenth of all incomes may be round by nature (a wage, a pension);
of the rest, figures kept to the yuan are round by chance once in a hundred, figures kept to ten yuan once in ten.

Not counted: planning money in 万元 and land in 亩, which are rightly round. A sheet of a few figures proves nothing and
is left out; a blank income is no figure. No clerk is named: how many of a township's sheets stand out is said.

Why: a worked-out income ends in any digit; a column of 2,600, 3,100 and 10,000 looks like an estimate. For each sheet
the exact binomial probability of so many round figures is taken, and over all sheets of a county it is corrected by
Holm's method, so that of a hundred counties with honest clerks at most five see any sheet named. On simulated honest
counties none in a hundred is; of clerks who round half of thirty figures more than 95 in 100 are found. It is a
question to the township, and never a fail.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from checks.chance import at_least_so_many, corrected
from checks.check import Beside, rule
from checks.policy import Limit, Terms
from checks.records import Array, Records
from checks.verdict import NOT_SUPPLIED, Flags, Numbers, Outcome, Verdict, When, at_most, first, settled
from checks.vocabulary import AREA

ROUND_YUAN = 100
MOST_ONCE_IN = 1_000_000  # a smaller probability is no longer something to say


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Sheets of figures, clerks' own ones first, then one a township as a whole (and as many of them as townships)."""

    township: npt.NDArray[np.int64]
    of_clerk: Flags
    figures: Numbers
    rounded: Numbers


@rule(
    about=AREA,
    dated_by="counted_on",
    beside=("households",),
    linked={"households": ("county",)},
    applies=lambda area: np.asarray(area.level == "township", dtype=np.bool_),
)
def rounded_figures(area: Records, law: Terms, *, beside: Beside) -> Verdict:
    """Judge a township by its most striking sheet, with every sheet of its county in the reckoning."""
    homes, law = beside.get("households"), law.as_judged()
    if homes is None:
        everywhere = np.ones(len(area), dtype=np.bool_)
        return first(When(everywhere, Outcome.NO_DATA, NOT_SUPPLIED, ("households",)), otherwise=settled(len(area), Outcome.PASS, "plain"))
    told = _told(_sheets(homes), homes, area, law)
    verdict = at_most(100 * told["rounded"] / told["figures"], law.round_by_nature_percent, within="plain", over="heaped", fails=False)
    return first(
        When(told["all_figures"] == 0, Outcome.NO_DATA, "no-figures"),
        When(np.isnan(told["chance"]), Outcome.NOT_APPLICABLE, "too-few"),
        When(told["chance"] > law.most_false_alarms_percent.amounts / 100, Outcome.PASS, "plain", by_limit=True),
        otherwise=verdict,
    ).having(least=law.least_figures.amounts, once_in=np.floor(np.clip(1 / told["chance"], 1, MOST_ONCE_IN)), **told)


def _sheets(homes: Records) -> _Sheets:
    """Count the figures and the round ones among them, for every clerk in every township and for every township."""
    pairs, township_of = homes.paired("county", "township")
    names, clerk_of = homes.grouped("filled_by")
    known = homes.income_yuan > 0
    is_round = np.mod(homes.income_yuan[known], ROUND_YUAN) == 0
    keys, sheet_of = np.unique(township_of[known] * len(names) + clerk_of[known], return_inverse=True)
    township = keys // max(len(names), 1)
    signed = np.array([names[clerk] != "" for clerk in (keys % max(len(names), 1)).tolist()], dtype=np.bool_)
    figures, rounded = (np.bincount(sheet_of, weights, len(keys)).astype(np.float64) for weights in (None, is_round))
    whole_figures, whole_rounded = (np.bincount(township, counts, len(pairs)) for counts in (figures, rounded))
    return _Sheets(
        np.concatenate([township[signed], np.arange(len(pairs))]),
        np.arange(int(signed.sum()) + len(pairs)) < signed.sum(),
        np.concatenate([figures[signed], whole_figures]),
        np.concatenate([rounded[signed], whole_rounded]),
    )


def _told(sheets: _Sheets, homes: Records, area: Records, law: Terms) -> dict[str, Array]:
    """Return for each area its most striking sheet: figures, round ones, how likely that is; NaN where none is long enough."""
    pairs, _ = homes.paired("county", "township")
    counties = [county for county, _ in pairs]
    limits = (law.least_figures, law.round_by_nature_percent, law.kept_to_yuan, law.most_false_alarms_percent)
    least, by_nature, kept_to, alarms = (_each(limit, area, counties)[sheets.township] for limit in limits)
    by_chance = np.minimum(kept_to / ROUND_YUAN, 1)
    probability = by_nature / 100 + (1 - by_nature / 100) * by_chance
    tested = sheets.figures >= least
    county_of = np.unique(np.array(counties, dtype=str), return_inverse=True)[1].astype(np.int64)[sheets.township]
    chance = np.full(len(tested), np.nan)
    chance[tested] = corrected(at_least_so_many(sheets.rounded, sheets.figures, probability)[tested], county_of[tested])
    place = {f"{county}/{township}": number for number, (county, township) in enumerate(pairs)}
    here = np.array([place.get(code, len(pairs)) for code in area.code], dtype=np.int64)
    best = _striking(sheets, chance, len(pairs))[here]
    clerks, outstanding = (
        np.bincount(sheets.township, sheets.of_clerk & tested & (which <= alarms / 100), len(pairs) + 1)[here] for which in (0 * chance, chance)
    )
    whole = len(tested) - len(pairs)
    state = np.where(np.append(sheets.of_clerk, False)[best], "clerk", "whole").astype(object)
    columns = {"figures": sheets.figures, "rounded": sheets.rounded, "expected": sheets.figures * probability, "chance": chance}
    return {
        **{name: np.append(column, np.nan)[best] for name, column in columns.items()},
        "all_figures": np.append(sheets.figures[whole:], 0)[here],
        "clerks": clerks,
        "outstanding": outstanding,
        "sheets.most.state": state,
        "clerks_told.told.state": np.where(clerks > 0, "some", "none").astype(object),
        "clerks_told.told.clerks": clerks,
        "clerks_told.told.outstanding": outstanding,
    }


def _striking(sheets: _Sheets, chance: Numbers, townships: int) -> npt.NDArray[np.int64]:
    """Return each township's sheet least likely by chance, a clerk's own before the whole; its whole where none was tested."""
    order = np.lexsort((~sheets.of_clerk, chance, sheets.township))  # NaN comes last
    best = np.full(townships + 1, len(chance))
    at = np.unique(sheets.township[order], return_index=True)
    best[at[0]] = order[at[1]]
    return best


def _each(limit: Limit, area: Records, counties: list[str]) -> Numbers:
    """Return a limit's amount for each township's county, NaN where none of its areas is judged."""
    amounts = dict(zip(area.county, limit.amounts.tolist(), strict=True))
    return np.array([amounts.get(county, np.nan) for county in counties], dtype=np.float64)
