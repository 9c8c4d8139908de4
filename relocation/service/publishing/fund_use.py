"""The use of money to the cent: by source from the funds ledger, by place from what was paid to households; refused where the figures do not agree."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from checks.choices import FundSource
from checks.vocabulary import FUND, FUNDING
from relocation.notices import suppressing
from relocation.notices.document import Part
from relocation.notices.figures import in_wan, said, yuan
from relocation.notices.funds import ZERO, Against, Batch, SourceLine, Total, against, by_source
from relocation.notices.plain import Words
from relocation.notices.suppressing import LEAST, Table, TooSmall
from relocation.service.publishing.asking import Wish
from relocation.service.publishing.listing import Home, Listed
from relocation.service.publishing.words import word
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

TOLD = 8
_PARTS = ("central_budget", "central_special", "provincial", "city_county", "other")
_SOURCES = tuple(source.id for source in FundSource)


def parts(store: Store, wish: Wish, listed: Listed | None, lang: str) -> tuple[tuple[Part, ...], tuple[str, ...], int]:
    """Return the tables, the lines that say what they were compared with, and how many batches or households they are of.

    Trouble (notice-funds) with each place where the figures do not agree: then nothing is published.
    """
    paid, reasons = _paid(listed.homes if listed else (), wish)
    sources: list[SourceLine] = []
    notes: list[str] = []
    batches: list[Batch] = []
    if not wish.township and not wish.village and not wish.site:
        batches = _batches(store, wish)
        totals, years = _totals(store, wish), sorted({one.year for one in batches if one.year is not None})
        reasons = [*against(batches, totals, years), *reasons]
        sources = by_source(batches, _SOURCES) if not reasons else []
        notes = _notes(batches, totals, years, lang)
    out = sum((line.paid for line in sources), ZERO)
    spent = sum(_instalments(paid), ZERO)
    whole = bool(sources) and wish.year is None
    if whole and spent > out:
        reasons = [*reasons, Against("use-above-paid", "", spent, out)]
    if reasons:
        raise _refused(reasons, lang)
    if not batches and not paid:
        raise Trouble("notice-empty", place=wish.county)
    made = [_by_source(sources, lang)] if sources else []
    made += [_by_place(paid, lang)] if paid else []
    made += [_by_use(paid, out, lang)] if whole and paid else []
    return _counted(made, lang), tuple(notes or [word("paid-only", lang)]), len(batches) or sum(n for _place, n, _first, _second in paid)


def _counted(made: Sequence[Part], lang: str) -> tuple[Part, ...]:
    """Return tables whose titles are counted through, where there is more than one to count."""
    if len(made) < 2:
        return tuple(made)
    return tuple(replace(one, title=f"{'一二三'[at]}、{one.title}" if lang == "zh" else f"{at + 1}. {one.title}") for at, one in enumerate(made))


def _batches(store: Store, wish: Wish) -> list[Batch]:
    with store.reading() as connection:
        found = read_records(connection, FUND, wish.county)
    names = ("code", "source", "amount_yuan", "paid_out_yuan", "received_on")
    made = []
    for code, source, received, paid, day in zip(*(found.stored(name).tolist() for name in names), strict=True):
        year = day.year if day is not None else None
        if wish.year is not None and year not in (wish.year, None):
            continue
        amounts, cents = [], True
        for value in (received, paid):
            amount, whole = _exact(value)
            amounts.append(amount)
            cents = cents and whole
        made.append(Batch(str(code), FundSource(source).id if source >= 0 else None, amounts[0], amounts[1], year, cents))
    return made


def _exact(value: float) -> tuple[Decimal | None, bool]:
    if value != value:  # not a number is not itself
        return None, True
    try:
        return yuan(value), True
    except ValueError:
        return Decimal(repr(value)), False


def _totals(store: Store, wish: Wish) -> list[Total]:
    """Return the lines of the table of totals that are of one year ("2016", "2016年"); drafts and sums over years are another matter."""
    with store.reading() as connection:
        found = read_records(connection, FUNDING, wish.county)
    made = []
    columns = [found.stored(name).tolist() for name in ("code", "total_yuan", *(f"{name}_yuan" for name in _PARTS))]
    for code, total, *amounts in zip(*columns, strict=True):
        bare = str(code).strip().removesuffix("年")
        if len(bare) == 4 and bare.isascii() and bare.isdigit():
            given = {source: _exact(value)[0] for source, value in zip(_SOURCES, amounts, strict=True)}
            made.append(Total(str(code), int(bare), given, _exact(total)[0]))
    return made


def _notes(batches: Sequence[Batch], totals: Sequence[Total], years: Sequence[int], lang: str) -> list[str]:
    known = {total.year for total in totals}
    notes = [word("whole", lang, n=len(batches))]
    for name, own in (("agreed", [year for year in years if year in known]), ("unagreed", [year for year in years if year not in known])):
        if own:
            notes.append(word(name, lang, years="、".join(map(str, own)) if lang == "zh" else ", ".join(map(str, own))))
    return notes


Paid = tuple[str, int, Decimal, Decimal]


def _paid(homes: Sequence[Home], wish: Wish) -> tuple[list[Paid], list[Against]]:
    """Return (township, or village within one; households paid; first instalments; second) in the order of places."""
    found: dict[str, list[tuple[Decimal, Decimal]]] = {}
    undated, broken = 0, []
    for home in homes:
        amounts = []
        for value, year in home.paid:
            amount, whole = (ZERO, True) if value is None else _exact(value)
            broken += [] if whole else [Against("below-a-cent", home.entry.code)]
            undated += bool(wish.year is not None and amount and year is None)
            amounts.append(amount if amount is not None and (wish.year is None or year == wish.year) else ZERO)
        if any(amounts):
            place = (home.entry.village if wish.township else home.entry.township) or "—"
            found.setdefault(Words(place, "township"), []).append((amounts[0], amounts[1]))
    paid = [(place, len(own), sum((one[0] for one in own), ZERO), sum((one[1] for one in own), ZERO)) for place, own in sorted(found.items())]
    return paid, [*broken, *([Against("undated", str(undated))] if undated else [])]


def _refused(reasons: Sequence[Against], lang: str) -> Trouble:
    told = []
    for one in reasons[:TOLD]:
        figures = {name: said(value) if value is not None else "" for name, value in (("found", one.found), ("expected", one.expected))}
        where = one.where
        for source in FundSource:
            where = where.replace(f" {source.id}", f" {source.en if lang == 'en' else source.zh}")
        told.append(word(f"against-{one.why}", lang, where=where, **figures))
    return Trouble("notice-funds", count=len(reasons), where="；".join(told) if lang == "zh" else "; ".join(told))


def _by_source(lines: Sequence[SourceLine], lang: str) -> Part:
    words = {source.id: source.en if lang == "en" else source.zh for source in FundSource}
    total = SourceLine("", sum((line.received for line in lines), ZERO), sum((line.paid for line in lines), ZERO))
    rows = [(words.get(line.source, word("total", lang)), *_amounts(line)) for line in (*lines, total)]
    headings = tuple(word(name, lang) for name in ("source", "received", "received-wan", "paid", "paid-wan", "left"))
    return Part(word("funds-source", lang), headings, tuple(rows), (22.0, 20.0, 16.0, 20.0, 16.0, 20.0), frozenset(range(1, 6)), total=True)


def _amounts(line: SourceLine) -> tuple[str, ...]:
    return said(line.received), in_wan(line.received), said(line.paid), in_wan(line.paid), said(line.left)


def _by_place(paid: Sequence[Paid], lang: str) -> Part:
    """Return what was paid by place; places with few households are hidden, and others with them, so that no total gives them away."""
    said_small = True
    try:
        covered = hidden_places([n for _place, n, _first, _second in paid])
    except TooSmall:
        covered, said_small = frozenset(range(len(paid))), False  # of two places with four each, “<5” beside the total would tell both
        if sum(n for _place, n, _first, _second in paid) < LEAST:
            raise Trouble("notice-too-small", least=LEAST) from None
    rows: list[tuple[str, ...]] = []
    for at, (place, n, first, second) in enumerate(paid):
        small = f"<{LEAST}" if n < LEAST and said_small else "＊"
        rows.append((place, small, "＊", "＊", "＊", "＊") if at in covered else (place, str(n), *_sums(first, second)))
    first, second = _instalments(paid)
    rows.append((word("total", lang), str(sum(line[1] for line in paid)), *_sums(first, second)))
    headings = tuple(word(name, lang) for name in ("place", "households-paid", "first", "second", "sum", "sum-wan"))
    note = word("suppressed" if said_small else "suppressed-all", lang, least=LEAST) if covered else ""
    return Part(word("funds-paid", lang), headings, tuple(rows), (22.0, 10.0, 20.0, 20.0, 20.0, 16.0), frozenset(range(1, 6)), total=True, note=note)


def _instalments(paid: Sequence[Paid]) -> tuple[Decimal, Decimal]:
    return sum((first for _place, _n, first, _second in paid), ZERO), sum((second for _place, _n, _first, second in paid), ZERO)


def _sums(first: Decimal, second: Decimal) -> tuple[str, ...]:
    return said(first), said(second), said(first + second), in_wan(first + second)


def hidden_places(households: Sequence[int]) -> frozenset[int]:
    """Return which places of a list with its total are hidden whole. TooSmall where nothing but all of them would do."""
    table = Table(tuple((n,) for n in households))
    totals = frozenset((len(households), column) for column in (0, 1))
    first = suppressing.small(table)
    held = suppressing.hidden({"households": (table, suppressing.bounds_of_counts)}, first, keep=totals)
    return frozenset(row for row, _column in held)


def _by_use(paid: Sequence[Paid], out: Decimal, lang: str) -> Part:
    first, second = _instalments(paid)
    lines = (("use-first", first), ("use-second", second), ("use-rest", out - first - second), ("total", out))
    rows = tuple((word(name, lang), said(amount), in_wan(amount)) for name, amount in lines)
    headings = tuple(word(name, lang) for name in ("use", "paid", "paid-wan"))
    return Part(word("funds-use", lang), headings, rows, (54.0, 24.0, 20.0), frozenset((1, 2)), total=True)
