"""A village of six households, small enough to count by hand."""

import numpy as np

from checks.choices import Mode, OldHouse
from checks.records import Records
from checks.vocabulary import FUND, HOUSEHOLD, SITE

NAN, NAT = np.nan, "NaT"
Y, N, UNSAID = 1, 0, -1


DAYS = {
    "approved_on": ["2017-01-10", "2017-01-10", *["2017-02-10"] * 4],
    "moved_in_on": ["2018-03-01", "2018-09-01", NAT, NAT, "2018-03-01", "2018-03-01"],
    "handed_over_on": ["2018-02-01", "2018-02-01", "2018-05-01", NAT, "2018-02-01", NAT],
    "demolished_on": ["2018-06-01", *[NAT] * 5],
    "first_paid_on": ["2018-03-10", "2018-09-10", NAT, NAT, NAT, NAT],
    "second_paid_on": ["2018-07-01", *[NAT] * 5],
}


def homes() -> Records:
    """Return six households.

    ==  ======  =======  ==========  ===  ============  ====  ==========  ==========  ===========
    no  poor    persons  approved    way  area m2       in    moved in    key         old house
    ==  ======  =======  ==========  ===  ============  ====  ==========  ==========  ===========
    1   yes     4        2017-01-10  con  100           yes   2018-03-01  2018-02-01  down 2018-06
    2   yes     2        2017-01-10  con  50            yes   2018-09-01  2018-02-01  standing
    3   yes     3        2017-02-10  dis  90            no               2018-05-01  standing
    4   yes     (none)   2017-02-10  ?    80            ?                            not said
    5   no      5        2017-02-10  con  160           yes   2018-03-01  2018-02-01  standing
    6   (none)  6        2017-02-10  con  120           yes   2018-03-01              standing
    ==  ======  =======  ==========  ===  ============  ====  ==========  ==========  ===========
    """
    numbers = {
        "approved_persons": [4, 2, 3, NAN, 5, 6],
        "floor_area_m2": [100, 50, 90, 80, 160, 120],
        "subsidy_due_yuan": [120_000, 60_000, 90_000, NAN, NAN, NAN],
        "first_paid_yuan": [80_000, 40_000, 60_000, NAN, NAN, NAN],  # the third has no day: paid or not, nobody knows
        "second_paid_yuan": [40_000, *[NAN] * 5],
        "labour_count": [2, 1, 0, NAN, 2, 2],
        "employed_count": [1, 0, NAN, NAN, 2, 2],
    }
    flags = {
        "registered_poor": [Y, Y, Y, Y, N, UNSAID],
        "moved_in": [Y, Y, N, UNSAID, Y, Y],
        "key_handed": [Y, Y, Y, UNSAID, Y, UNSAID],
        "no_old_house": [N] * 6,
        "kept_confirmed": [UNSAID] * 6,
    }
    choices = {
        "mode": [Mode.CONCENTRATED, Mode.CONCENTRATED, Mode.DISPERSED, UNSAID, Mode.CONCENTRATED, Mode.CONCENTRATED],
        "old_house": [OldHouse.DEMOLISHED, OldHouse.STANDING, OldHouse.STANDING, UNSAID, OldHouse.STANDING, OldHouse.STANDING],
        "kept_reason": [UNSAID] * 6,
    }
    columns = {name: np.array(said, dtype="datetime64[D]") for name, said in DAYS.items()}
    columns |= {name: np.array(said, dtype=np.float64) for name, said in numbers.items()}
    columns |= {name: np.array(said, dtype=np.int8) for name, said in (flags | choices).items()}
    columns["code"] = np.array([f"H{n}" for n in range(1, 7)], dtype=object)
    return Records(HOUSEHOLD, columns)


def sites() -> Records:
    """Return three sites: one finished in 2018, one begun, one approved in 2019."""
    return Records(
        SITE,
        {
            "code": np.array(["A", "B", "C"], dtype=object),
            "approved_on": np.array(["2017-01-01", "2017-01-01", "2019-01-01"], dtype="datetime64[D]"),
            "started_on": np.array(["2017-03-01", "2018-03-01", NAT], dtype="datetime64[D]"),
            "finished_on": np.array(["2018-03-01", NAT, NAT], dtype="datetime64[D]"),
            "stage": np.array([3, 1, 0], dtype=np.int8),
            "mode": np.array([Mode.CONCENTRATED] * 3, dtype=np.int8),
        },
    )


def funds() -> Records:
    """Return four batches: one spent, one of which 30 lie still, one overspent by 20, one of which nobody said what was paid."""
    return Records(
        FUND,
        {
            "code": np.array(list("ABCD"), dtype=object),
            "amount_yuan": np.array([100.0, 100.0, 50.0, 40.0]),
            "paid_out_yuan": np.array([100.0, 70.0, 70.0, NAN]),
            "received_on": np.array(["2017-01-01"] * 4, dtype="datetime64[D]"),
        },
    )
