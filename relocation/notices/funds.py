"""Money as it is published: what came from which source, what was paid out, what was paid to households; and every reason not to publish it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch of the funds ledger, in yuan; None where the ledger says nothing. `cents`: whether its amounts are whole cents."""

    code: str
    source: str | None
    received: Decimal | None
    paid: Decimal | None
    year: int | None
    cents: bool = True


@dataclass(frozen=True, slots=True)
class Total:
    """A year's line of the table of funding totals, in yuan: by source, and the total it gives."""

    code: str
    year: int
    parts: Mapping[str, Decimal | None]
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Against:
    """Why a figure is not published: a code, where it stands, and the two figures that should be one."""

    why: str
    where: str
    found: Decimal | None = None
    expected: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What came from one source."""

    source: str
    received: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """What is not paid out."""
        return self.received - self.paid


def by_source(batches: Sequence[Batch], sources: Sequence[str]) -> list[SourceLine]:
    """Return a line for each source that has money, in the given order. For batches that nothing speaks against."""
    made = []
    for source in sources:
        own = [one for one in batches if one.source == source]
        if own:
            made.append(SourceLine(source, sum((one.received or ZERO for one in own), ZERO), sum((one.paid or ZERO for one in own), ZERO)))
    return made


def against(batches: Iterable[Batch], totals: Iterable[Total], years: Iterable[int]) -> list[Against]:
    """Return every reason not to publish: batches with gaps or contradictions, and years in which the table of totals says otherwise."""
    found = list(batches)
    made = [reason for batch in found for reason in _in_batch(batch)]
    by_year: dict[int, list[Total]] = {}
    for total in totals:
        by_year.setdefault(total.year, []).append(total)
    for year in years:
        of_year = [one for one in found if one.year == year]
        for total in by_year.get(year, []):
            made += _in_total(total, of_year)
    return made


def _in_batch(batch: Batch) -> list[Against]:
    gaps = (("source-missing", batch.source), ("received-missing", batch.received), ("paid-missing", batch.paid), ("day-missing", batch.year))
    made = [Against(why, batch.code) for why, value in gaps if value is None]
    if not batch.cents:
        made.append(Against("below-a-cent", batch.code))
    if batch.received is not None and batch.paid is not None and batch.paid > batch.received:
        made.append(Against("paid-above-received", batch.code, batch.paid, batch.received))
    return made


def _in_total(total: Total, batches: Sequence[Batch]) -> list[Against]:
    made = []
    summed = ZERO
    for source, said in total.parts.items():
        own = sum((one.received or ZERO for one in batches if one.source == source), ZERO)
        if said is None:
            made.append(Against("total-blank", f"{total.code} {source}"))
        elif said != own:
            made.append(Against("total-differs", f"{total.code} {source}", own, said))
        summed += said or ZERO
    if total.total is None:
        made.append(Against("total-blank", total.code))
    elif total.total != summed:
        made.append(Against("total-unsummed", total.code, summed, total.total))
    return made
