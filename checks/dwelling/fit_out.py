"""Is the home fit to move into, and was money for basics spent on finish?

Counted: concentrated households of the registered poor that are recorded as moved in: quality up to standard, ready to
live in (water, electricity, doors, windows), key handed over. Sites recorded as moved in: water, electricity, doors and
windows. Sites with a finish beyond the standard: what is missing beside it (water, electricity, road, sewage, doors and
windows).

Not counted: dispersed households. For them the standard is another: that they actually live there, which the check of
moving in asks. Homes nobody has moved into yet, and sites still being built, owe nothing so far. A basic about which
nothing is recorded is not taken to be there. Households that move at their own cost are left out.

Why: tiled kitchens at one site and no water at the next come out of the same purse. The list of basics is the
recognition form's: formal in Guangxi in 2017, from which day was not found, so that year is only asked about and a
missing basic is a violation there from 2018 to 2020. Elsewhere the list is good practice and a missing basic a question.
"""

import numpy as np

from checks.check import rule
from checks.choices import Mode, Stage
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Numbers, Outcome, Verdict, When, at_most, first, instead, lacking, strictest
from checks.vocabulary import HOUSEHOLD, SITE

HOME, SITE_HOMES = ("quality_ok", "ready_to_live", "key_handed"), ("has_water", "has_power", "has_doors_windows")
BESIDE_FINISH = (*SITE_HOMES, "has_road", "has_sewage")


@rule(about=HOUSEHOLD, dated_by="moved_in_on", needs=("registered_poor",), reads=("moved_in", *HOME), applies=lambda home: home.registered_poor)
def fit_out(home: Records, law: Terms) -> Verdict:
    """Judge whether a home that counts as moved into has what the standard for concentrated homes asks for."""
    today = np.datetime64(law.as_of, "D")
    key = np.where((home.stored("key_handed") < 0) & (home.handed_over_on <= today), 1, home.stored("key_handed"))
    basics = {**{name: home.stored(name) for name in HOME}, "key_handed": key}
    verdict = at_most(_lost(basics), law.most_basics_missing, within="fit", over="unfit")
    not_moved = (home.stored("moved_in") == 0) | (home.moved_in_on > today)
    unanswered = np.minimum.reduce(list(basics.values())) < 0
    return first(
        When(home.mode == Mode.DISPERSED, Outcome.NOT_APPLICABLE, "dispersed"),
        When(not_moved, Outcome.NOT_APPLICABLE, "not-moved"),
        When(lacking(home, "mode"), Outcome.NO_DATA, "missing", ("mode",)),
        When(lacking(home, "moved_in") & np.isnat(home.moved_in_on), Outcome.NO_DATA, "missing", ("moved_in",)),
        When((verdict.outcome == Outcome.PASS) & unanswered, Outcome.NO_DATA, "missing"),
        otherwise=verdict,
    ).having(**_states(basics))


@rule(about=SITE, dated_by="progress_on", reads=("stage", *SITE_HOMES))
def site_fit_out(site: Records, law: Terms) -> Verdict:
    """Judge what is missing where people have moved in, and what is missing beside a finish beyond the standard."""
    law = Terms(law.parameters, np.where(np.isnat(site.progress_on), site.approved_on, site.progress_on), law.places, law.as_of)
    basics = {name: site.stored(name) for name in BESIDE_FINISH}
    homes = {name: basics[name] for name in SITE_HOMES}
    lived_in, dear = site.stage == Stage.MOVED_IN, site.dear_finish
    standard = at_most(np.where(lived_in, _lost(homes), 0.0), law.most_basics_missing, within="fit", over="unfit")
    finish = at_most(np.where(dear, _lost(basics), 0.0), law.most_missing_beside_finish, within="fit", over="finish-before-basics")
    both = (standard.outcome == Outcome.REVIEW) & (finish.outcome == Outcome.REVIEW)
    verdict = instead(strictest(standard, finish), finish, both)
    passing = verdict.outcome == Outcome.PASS
    return first(
        When(passing & dear, Outcome.REVIEW, "dear-finish"),
        When(passing & ~lived_in & ~lacking(site, "stage"), Outcome.NOT_APPLICABLE, "still-building"),
        When(passing & lacking(site, "stage"), Outcome.NO_DATA, "missing", ("stage",)),
        When(passing & lacking(site, *SITE_HOMES), Outcome.NO_DATA, "missing"),
        otherwise=verdict,
    ).having(finish_note=site.finish_note, **_states(basics))


def _lost(basics: dict[str, Array]) -> Numbers:
    """Count the basics that are recorded as not there."""
    return np.asarray(np.add.reduce([stored == 0 for stored in basics.values()], dtype=np.float64))


def _states(basics: dict[str, Array]) -> dict[str, Array]:
    return {f"basics.{name}.state": np.array(["no", "yes", "unknown"], dtype=object)[stored] for name, stored in basics.items()}
