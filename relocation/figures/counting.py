"""Counts the figures of a place from its records, as of a day.

What a record does not say is never taken for no and never for yes: it is left out and the number of such records stands beside the figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from checks.choices import Mode
from checks.records import Records
from checks.tally import Item, counted, item_called, moving, open_records
from checks.verdict import Flags, Numbers, lacking
from relocation.figures.figure import meanings


@dataclass(frozen=True, slots=True)
class Count:
    """A count: the value (None where there is nothing to divide by), the denominator, how many records could not be counted."""

    value: float | None
    lacking: int = 0
    of: float | None = None
    missing: str = ""


def of_items(records: Records, ledger: str, day: date) -> dict[str, Count]:
    """Return the figures that returns report too, counted as the check of reported figures counts them."""
    here, at = np.ones(len(records), dtype=np.bool_), np.datetime64(day, "D")
    found: dict[str, Count] = {}
    for one in meanings().values():
        item: Item | None = item_called(one.item) if one.item else None
        if item is not None and item.ledger == ledger:
            found[one.id] = Count(counted(item, records, here, at)[0], open_records(item, records, here, at))
    return found


def of_homes(home: Records, day: date) -> dict[str, Count]:
    """Return every figure that is counted from households alone."""
    at = np.datetime64(day, "D")
    poor, unsaid = home.registered_poor, lacking(home, "registered_poor")
    own = ~poor & ~unsaid
    approved, undated = home.approved_on <= at, np.isnat(home.approved_on)
    found = of_items(home, "households", day)
    open_ways = int((unsaid & ~(home.approved_on > at) | undated & ~unsaid).sum())
    for name, which in (("own", own), ("all", own | poor)):
        here = which & approved
        open_here = unsaid & ~(home.approved_on > at) | which & undated
        found[f"{name}-households"] = Count(float(here.sum()), int(open_here.sum()))
        found[f"{name}-persons"] = Count(_sum(home.approved_persons, here), int((open_here | here & np.isnan(home.approved_persons)).sum()))
    found |= _shares(home, poor & approved, open_ways)
    found["mean-area"] = _mean_area(home, poor & approved)
    found["mean-area-all"] = _mean_area(home, (poor | own) & approved)
    found |= _moved(home, at) | _work(home, at) | _subsidy(home, at)
    moved, down = found["moved-in-households"].value, found["demolished"].value
    found["demolition-rate-all"] = _percent(down, moved, 0)  # the wrong denominator has no need of care
    return found


def _sum(column: Numbers, here: Flags) -> float:
    return float(np.nansum(column[here]))


MOST_OPEN_PERCENT = 5.0
"""Where more of the households than this are open, a share or a mean would say more than is known: it is missing. As the check of the ratio has it."""


def _percent(part: float | None, of: float | None, left_out: int, known: float | None = None) -> Count:
    """Return a share of `of`; `known` is how many households that is, where `of` counts persons."""
    if not of or part is None:
        return Count(None, left_out, of, "nobody")
    if _too_open(left_out, of if known is None else known):
        return Count(None, left_out, of, "too-open")
    return Count(100 * part / of, left_out, of)


def _too_open(left_out: int, known: float) -> bool:
    return 100 * left_out > MOST_OPEN_PERCENT * (known + left_out)


def _shares(home: Records, here: Flags, left_out: int) -> dict[str, Count]:
    concentrated, dispersed = here & (home.mode == Mode.CONCENTRATED), here & (home.mode == Mode.DISPERSED)
    unsorted, uncounted = int((here & lacking(home, "mode")).sum()), int(((concentrated | dispersed) & np.isnan(home.approved_persons)).sum())
    by = {"households": (float(concentrated.sum()), float(dispersed.sum()), left_out + unsorted)}
    by["persons"] = (_sum(home.approved_persons, concentrated), _sum(home.approved_persons, dispersed), left_out + unsorted + uncounted)
    known = float((concentrated | dispersed).sum())
    found = {f"share-by-{base}": _percent(one, one + other, out, known) for base, (one, other, out) in by.items()}
    return found | {f"dispersed-share-by-{base}": _percent(other, one + other, out, known) for base, (one, other, out) in by.items()}


def _mean_area(home: Records, here: Flags) -> Count:
    """Return the mean of building area over approved persons, in m² a person, of households that have both."""
    known = here & ~np.isnan(home.floor_area_m2) & (home.approved_persons >= 1)
    persons, left_out = _sum(home.approved_persons, known), int((here & ~known).sum())
    if not persons:
        return Count(None, left_out, 0.0, "nobody")
    if _too_open(left_out, float(known.sum())):
        return Count(None, left_out, persons, "too-open")
    return Count(_sum(home.floor_area_m2, known) / persons, left_out, persons)


def _moved(home: Records, at: np.datetime64) -> dict[str, Count]:
    """Return keys handed over, and who is recorded as not moved in; neither has to do with the other."""
    sure, perhaps = moving(home)
    handed = home.key_handed | ~np.isnat(home.handed_over_on)
    in_time = home.handed_over_on <= at
    silent = lacking(home, "key_handed") & np.isnat(home.handed_over_on)
    open_keys = perhaps & (handed & np.isnat(home.handed_over_on) | silent) | perhaps & ~sure & in_time
    not_in = ~home.moved_in & ~lacking(home, "moved_in")
    return {
        "key-handed": Count(float((sure & in_time).sum()), int(open_keys.sum())),
        "unmoved-households": Count(float((sure & not_in).sum()), int((perhaps & lacking(home, "moved_in") & np.isnat(home.moved_in_on)).sum())),
    }


def _work(home: Records, at: np.datetime64) -> dict[str, Count]:
    """Return of the moved-in registered poor how many have somebody able to work, and in how many of those somebody works."""
    moved = home.registered_poor & home.moved_in & ~(home.moved_in_on > at)
    able, unsaid = moved & (home.labour_count > 0), moved & np.isnan(home.labour_count)
    works, silent = able & (home.employed_count >= 1), able & np.isnan(home.employed_count)
    known = float((able & ~silent).sum())
    return {
        "labour-households": Count(float(able.sum()), int(unsaid.sum())),
        "employed-households": Count(float(works.sum()), int((unsaid | silent).sum()), float(able.sum())),
        "employed-share": _percent(float(works.sum()), known, int((unsaid | silent).sum())),
    }


def _subsidy(home: Records, at: np.datetime64) -> dict[str, Count]:
    """Return the subsidy registered as due and what was paid by a day, in yuan; a payment without a day or an amount is left out and its household counted."""
    poor, paid, open_homes = home.registered_poor, 0.0, np.zeros(len(home), dtype=np.bool_)
    for name in ("first", "second"):
        amount, on = home.stored(f"{name}_paid_yuan"), home.stored(f"{name}_paid_on")
        paid += _sum(amount, poor & (on <= at))
        open_homes |= poor & ((amount > 0) & np.isnat(on) | np.isnan(amount) & (on <= at))
    unsaid = poor & np.isnan(home.first_paid_yuan) & np.isnat(home.first_paid_on)
    due = poor & ~np.isnan(home.subsidy_due_yuan)
    return {
        "subsidy-due": Count(_sum(home.subsidy_due_yuan, due), int((poor & ~due).sum())),
        "subsidy-paid": Count(paid, int((open_homes | unsaid).sum())),
    }


def of_funds(fund: Records, day: date) -> dict[str, Count]:
    """Return what was received, paid out and lies still, in yuan, of the batches received by a day; a sum in fen is the same in any order."""
    here = ~(fund.received_on > np.datetime64(day, "D"))
    amount, paid = fund.amount_yuan, fund.paid_out_yuan
    idle = np.fmax(np.rint(100 * (amount - paid)), 0.0) / 100
    return {
        "funds-received": Count(_fen(amount, here), int((here & np.isnan(amount)).sum())),
        "funds-paid-out": Count(_fen(paid, here), int((here & np.isnan(paid)).sum())),
        "funds-idle": Count(_fen(np.where(np.isnan(amount - paid), np.nan, idle), here), int((here & np.isnan(amount - paid)).sum())),
    }


def _fen(yuan: Numbers, here: Flags) -> float:
    return float(np.nansum(np.rint(100 * yuan[here]))) / 100


def of_entries(by_state: Mapping[str, int], by_timing: Mapping[str, int]) -> dict[str, Count]:
    """Return the ledger's figures from its own counts by state and by deadline."""
    closed = by_state.get("verified-closed", 0)
    settled = closed + by_state.get("not-a-problem", 0)
    every = sum(by_state.values())
    numbers = {"ledger-open": every - settled, "ledger-closed": closed, "ledger-overdue": by_timing.get("overdue", 0), "ledger-all": every}
    return {id: Count(float(number)) for id, number in numbers.items()}
