"""The score: held to a published example, to identities, and to its own promise by simulation."""

import random

import pytest

from relocation.visits.estimating import Answer, Summary, ratio, share, stratified_mean
from relocation.visits.sampling import draw
from relocation.visits.sizing import Key
from relocation.visits.unit import Unit
from tests.visits.places import county


def test_a_published_stratified_sample_gives_its_published_total_and_error() -> None:
    """Lohr, Sampling: Design and Analysis, example 3.2: acres of farms in 1992, 300 counties of four regions of the United States."""
    regions = [
        Summary(220, 21, 97_629.81, 7_647_472_708),
        Summary(1054, 103, 300_504.16, 29_618_183_543),
        Summary(1382, 135, 211_315.04, 53_587_487_856),
        Summary(422, 41, 662_295.51, 396_185_950_266),
    ]
    mean, error = stratified_mean(regions)
    assert error is not None
    assert mean * 3078 == pytest.approx(909_736_035, rel=1e-7)
    assert error * 3078 == pytest.approx(50_417_248, rel=1e-7)


def test_a_published_share_comes_out_of_its_answers_one_by_one() -> None:
    """Lohr, chapter 3: women among 44,000 members of seven learned societies (members, answers, women in a hundred): 0.2465 with an error of 0.0071."""
    societies = [(9100, 636, 38), (1950, 451, 27), (5500, 481, 18), (10850, 611, 19), (2100, 493, 36), (5500, 575, 13), (9000, 588, 26)]
    answers = [Answer((str(at),), float(one < round(asked * women / 100))) for at, (_, asked, women) in enumerate(societies) for one in range(asked)]
    made = share(answers, {(str(at),): members for at, (members, _, _) in enumerate(societies)})
    assert made.answered == 3835
    assert made.value == pytest.approx(0.2465, abs=3e-4)  # the percentages are printed without decimals
    assert made.error == pytest.approx(0.0071, abs=5e-5)
    assert made.value * 44_000 == pytest.approx(10_847, abs=14) and made.error is not None and made.error * 44_000 == pytest.approx(313, abs=2)


def test_a_share_is_the_weighted_share() -> None:
    answers = [*(Answer(("a",), y) for y in (1, 1, 0, 0)), *(Answer(("b",), y) for y in (1, 1))]
    made = share(answers, {("a",): 40, ("b",): 10})
    assert made.value == pytest.approx((0.5 * 40 + 1 * 10) / 50)
    assert made.low is not None and made.high is not None and 0 <= made.low < made.value < made.high <= 1


def test_everybody_asked_leaves_no_doubt() -> None:
    made = share([Answer(("a",), 1), Answer(("a",), 0)], {("a",): 2})
    assert (made.low, made.value, made.high) == (0.5, 0.5, 0.5)


def test_all_alike_in_a_sample_is_not_certain() -> None:
    made = share([Answer(("a",), 1)] * 20, {("a",): 1000})
    assert made.value == 1 and made.high == 1
    assert made.low is not None and 0.75 < made.low < 0.9  # three in a hundred of twenty is nothing: the rule of three says 0.86


def test_one_answer_tells_no_error() -> None:
    made = share([Answer(("a",), 1)], {("a",): 10})
    assert made.error is None and made.low is None


def test_a_stratum_without_an_answer_is_told_as_not_covered() -> None:
    made = share([Answer(("a",), 1), Answer(("a",), 0)], {("a",): 10, ("b",): 30})
    assert (made.covered, made.population) == (10, 40)


def test_a_ratio_does_not_change_with_the_unit_of_measure() -> None:
    answers = [Answer(("a",), 100 + n, 4 + n % 2) for n in range(6)]
    one, hundred = ratio(answers, {("a",): 60}), ratio([Answer(("a",), 100 * each.y, each.x) for each in answers], {("a",): 60})
    assert hundred.value == pytest.approx(100 * one.value)
    assert one.error is not None and hundred.error == pytest.approx(100 * one.error)


def _covers(units: list[Unit], truth: dict[str, tuple[float, float]], size: int, runs: int, *, yes_or_no: bool) -> float:
    whole = sum(y for y, _ in truth.values()) / sum(x for _, x in truth.values())
    found = 0
    for seed in range(runs):
        made = draw(units, size, str(seed))
        populations: dict[Key, int] = {one.key: one.population for one in made.strata}
        answers = [Answer(one.stratum.key, *truth[one.unit.code]) for one in made.drawn]
        estimate = (share if yes_or_no else ratio)(answers, populations)
        assert estimate.low is not None and estimate.high is not None
        found += estimate.low <= whole <= estimate.high
    return found / runs


def test_nineteen_intervals_of_twenty_hold_the_ratio_of_the_county() -> None:
    chance = random.Random(1)  # noqa: S311 - a made-up county, no secret
    units = county(households=200)
    truth = {}
    for one in units:
        persons = chance.randint(1, 6)
        truth[one.code] = (persons * chance.gauss(31 if one.fails else 24, 2), float(persons))
    assert 0.90 <= _covers(units, truth, 50, 150, yes_or_no=False) <= 0.99


@pytest.mark.parametrize("size", [30, 60])
def test_intervals_of_a_share_keep_their_promise_and_err_to_the_wide_side(size: int) -> None:
    chance = random.Random(2)  # noqa: S311 - as above
    units = county(households=200)
    truth = {one.code: (float(chance.random() < (0.3 if one.fails else 0.85)), 1.0) for one in units}
    assert _covers(units, truth, size, 150, yes_or_no=True) >= 0.92
