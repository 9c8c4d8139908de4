"""The made-up problem lists: one county's problems as nation, province and city each write them down, and which of them are the same.

42 + 173 + 130 items are 241 problems; 24 stand in all three lists. The truth is known, so what a search for likenesses finds can be counted.
"""

from dataclasses import dataclass
from itertools import combinations
from random import Random

from tests.data.demo_county.problem_words import AMOUNTS, CATEGORIES, OWN_CATEGORY, UNITS, WORDINGS
from tests.data.demo_county.sites import DISPERSED, SITES

TIERS = ("national", "provincial", "municipal")
SHARED = {
    TIERS: 24,
    ("national", "provincial"): 14,
    ("national", "municipal"): 2,
    ("national",): 2,
    ("provincial", "municipal"): 40,
    ("provincial",): 95,
    ("municipal",): 64,
}
"""In which lists how many problems stand."""

_HAN = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and how much of it."""

    topic: str
    township: str
    village: str
    site: str
    number: int


@dataclass(frozen=True, slots=True)
class Said:
    """One item of one list: the problem as that list puts it."""

    tier: str
    number: int  # in its list
    problem: Problem
    category: str
    text: str
    township: str
    village: str
    site: str
    unit: str


def lists(seed: int) -> dict[str, list[Said]]:
    """Return the three lists."""
    chance = Random(seed)  # noqa: S311 - a list is no secret
    made = _problems(chance, sum(SHARED.values()))
    said: dict[str, list[tuple[Problem, str, bool]]] = {tier: [] for tier in TIERS}
    for tiers, count in SHARED.items():
        for _ in range(count):
            problem = made.pop()
            wordings = chance.sample(WORDINGS[problem.topic], len(tiers))
            for tier, wording in zip(tiers, wordings, strict=True):
                said[tier].append((problem, wording, chance.random() < 0.25))
    for tier in TIERS:
        chance.shuffle(said[tier])
    return {tier: [_item(chance, tier, number, *one) for number, one in enumerate(said[tier], 1)] for tier in TIERS}


def truth(made: dict[str, list[Said]]) -> set[tuple[tuple[str, int], tuple[str, int]]]:
    """Return the pairs of items that are one problem, each item as (tier, number)."""
    every = [one for tier in TIERS for one in made[tier]]
    return {((a.tier, a.number), (b.tier, b.number)) for a, b in combinations(every, 2) if a.tier != b.tier and a.problem is b.problem}


def _problems(chance: Random, count: int) -> list[Problem]:
    """Draw problems. A topic met twice in one township is met at two places that are both named, so that a reader can tell them apart."""
    found: dict[tuple[str, str], list[Problem]] = {}
    while sum(map(len, found.values())) < count:
        one = _drawn(chance)
        others = found.setdefault((one.topic, one.township), [])
        if not others or (
            len(others) == 1 and all(each.village or each.site for each in (one, *others)) and one.number != others[0].number and _apart(one, others[0])
        ):
            others.append(one)
    made = [one for others in found.values() for one in others]
    chance.shuffle(made)
    return made


def _apart(one: Problem, other: Problem) -> bool:
    return one.site != other.site if one.site and other.site else one.village != other.village if one.village and other.village else False


def _drawn(chance: Random) -> Problem:
    topic, township = chance.choice(sorted(WORDINGS)), chance.choice(sorted(DISPERSED))
    sites = [site for site in SITES if site.township == township]
    where = chance.choice(sites) if sites else None
    of = chance.choice(("site", "village", "township")) if where else "township"
    number = chance.randint(15, 90) * 10 if topic == "retained" else chance.randint(14, 28) * 100 if topic == "cost" else chance.randint(2, 26)
    village = where.village if where and of == "village" and topic != "siting" else ""
    return Problem(topic, township, village, where.name if where and not village and (of == "site" or topic == "siting") else "", number)


def _item(chance: Random, tier: str, number: int, problem: Problem, wording: str, short: bool) -> Said:
    """Say a problem as a list does; `short` leaves the number out, as summaries do."""
    unit = AMOUNTS[problem.topic]
    vague = {"户": "部分户", "套": "部分", "份": "部分档案", "处": "多处", "亩": "部分", "元": "过高", "万元": "部分资金"}
    amount = vague[unit] if short and unit else _amount(chance, problem.number) + unit
    text = wording.format(p=problem.township + (problem.site or problem.village), n=amount)
    wide = next(wide for wide, topics in CATEGORIES.items() if problem.topic in topics)
    category = wide if tier == "national" else OWN_CATEGORY[problem.topic]
    own = f"{problem.township}人民政府" if not problem.township.endswith("街道") else f"{problem.township}办事处"
    return Said(tier, number, problem, category, text, problem.township, problem.village, problem.site, UNITS[problem.topic] or own)


def _amount(chance: Random, number: int) -> str:
    if number < 100 and chance.random() < 0.35:
        tens, ones = divmod(number, 10)
        return (("" if tens == 1 else _HAN[tens]) + "十" if tens else "") + (_HAN[ones] if ones else "" if tens else "零")
    return str(number)
