"""How every record stands: its outcome under each check that judges its kind, and the worst of them.

One row a record, one letter a check, in the order noted for its county: what passes or is outside a check is not kept as a
finding where there are as many records as people, and is still known here.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, and_, delete, func, insert, select

from checks.verdict import WORST_FIRST, Outcome
from relocation.store.bulk import insert_rows, update_rows
from relocation.store.frames import fetch
from relocation.store.tables import LEDGERS, standing, standing_order

LETTERS = b"frdpn-u"
"""Fail, review, no data, pass, not applicable: the order of WORST_FIRST; then a check that has not judged the record, and one left open
because a whole layer or ledger was not supplied: no data, counted and said once a county, and not a mark on every record."""
UNJUDGED = len(WORST_FIRST)
UNSUPPLIED = UNJUDGED + 1

Letters = npt.NDArray[np.uint8]
Severities = npt.NDArray[np.uint8]


def keep_standings(
    connection: Connection, kind: str, county: str, codes: Sequence[str], judged: Mapping[str, Severities], all_checks: Sequence[str]
) -> Counter[tuple[str, str, str]]:
    """Note the severities (places in WORST_FIRST) that checks gave to records of a county, leaving what other checks gave.

    `judged` maps check ids to one severity a code; `all_checks` are all that judge the kind, in the order the letters take.
    Returns what to add to the totals: (check, county, outcome id) → how many more stand so than before.
    """
    order = order_of(connection, kind, county)
    known = _known(connection, kind, county, codes)
    table = np.full((len(codes), len(all_checks)), UNJUDGED, dtype=np.uint8)
    old = [known.get(code) for code in codes]
    if known and order:
        before = _table([one[2] if one else "-" * len(order) for one in old], len(order))
        for place, id in enumerate(order):
            if id in all_checks:
                table[:, all_checks.index(id)] = before[:, place]
    shifts: Counter[tuple[str, str, str]] = Counter()
    for id, severities in judged.items():
        place = all_checks.index(id)
        more = np.bincount(severities, minlength=UNSUPPLIED + 1) - np.bincount(table[:, place], minlength=UNSUPPLIED + 1)
        more[WORST_FIRST.index(Outcome.NO_DATA)] += more[UNSUPPLIED]
        shifts.update({(id, county, outcome.id): int(more[number]) for number, outcome in enumerate(WORST_FIRST) if more[number]})
        table[:, place] = severities
    if list(order) != list(all_checks):
        connection.execute(delete(standing_order).where(standing_order.c.kind == kind, standing_order.c.county == county))
        connection.execute(insert(standing_order).values(kind=kind, county=county, checks=" ".join(all_checks)))
    worst, letters = _worst(table).tolist(), _written(table)
    fresh, changed = [], []
    for code, stood, least, text in zip(codes, old, worst, letters, strict=True):
        if stood is None:
            fresh.append((kind, county, code, least, text))
        elif stood[1:] != (least, text):
            changed.append((least, text, stood[0]))
    insert_rows(connection, standing, ["kind", "county", "subject", "severity", "outcomes"], fresh)
    update_rows(connection, standing, ["severity", "outcomes"], changed)
    return shifts


def outcomes_of(connection: Connection, kind: str, county: str, codes: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return code → check → severity of the records that were judged."""
    order = order_of(connection, kind, county)
    known = _known(connection, kind, county, codes)
    return {code: {id: LETTERS.index(letter.encode()) for id, letter in zip(order, row[2], strict=False) if letter not in "-u"} for code, row in known.items()}


def unsupplied(connection: Connection, kind: str, county: str, codes: Sequence[str]) -> dict[str, set[str]]:
    """Return code → the checks that a ledger or layer which was not supplied leaves open, of the records that were judged."""
    order, mark = order_of(connection, kind, county), chr(LETTERS[UNSUPPLIED])
    known = _known(connection, kind, county, codes)
    return {code: {id for id, letter in zip(order, row[2], strict=False) if letter == mark} for code, row in known.items()}


def worst_of(connection: Connection, kind: str, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return (county, code) → place in WORST_FIRST of the outcome that stands for the record; records no run has judged are absent."""
    found: dict[tuple[str, str], int] = {}
    for county in {county for county, _ in keys}:
        codes = [code for place, code in keys if place == county]
        found |= {(county, code): row[1] for code, row in _known(connection, kind, county, codes).items() if row[1] < UNJUDGED}
    return found


def worst_by(connection: Connection, kind: str, county: str, level: str, township: str = "") -> Counter[tuple[str, int]]:
    """Return (name of the `level`: "township" or "village", place in WORST_FIRST; UNJUDGED where no run judged it) → how many records of a county stand so."""
    of = LEDGERS[kind]
    judged = and_(standing.c.kind == kind, standing.c.county == of.c.county, standing.c.subject == of.c.code)
    severity = func.coalesce(standing.c.severity, UNJUDGED)
    wanted = select(of.c[level], severity, func.count()).select_from(of.outerjoin(standing, judged)).where(of.c.county == county)
    if township:
        wanted = wanted.where(of.c.township == township)
    found: Counter[tuple[str, int]] = Counter()
    for name, place, number in connection.execute(wanted.group_by(of.c[level], severity)):
        found[name or "", int(place)] += int(number)
    return found


def tally(connection: Connection, county: str) -> Counter[tuple[str, str]]:
    """Return (check, outcome id) → how many records of a county, of those that the reader of the connection sees."""
    found: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(select(standing_order).where(standing_order.c.county == county)).all():
        letters = connection.execute(select(standing.c.outcomes).where(standing.c.kind == row.kind, standing.c.county == county)).scalars().all()
        for place, check in enumerate(row.checks.split()):
            for letter, number in Counter(text[place] for text in letters).items():
                severity = LETTERS.index(letter.encode())
                if severity != UNJUDGED:
                    found[check, WORST_FIRST[severity].id if severity < UNJUDGED else Outcome.NO_DATA.id] += number
    return found


def order_of(connection: Connection, kind: str, county: str) -> tuple[str, ...]:
    """Return the checks in the order of the letters."""
    wanted = select(standing_order.c.checks).where(standing_order.c.kind == kind, standing_order.c.county == county)
    return tuple((connection.execute(wanted).scalar() or "").split())


def orders(connection: Connection, kinds: Sequence[str], county: str | None = None) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (kind, county) → the checks in the order of the letters."""
    wanted = select(standing_order).where(standing_order.c.kind.in_(list(kinds)))
    rows = connection.execute(wanted if county is None else wanted.where(standing_order.c.county == county))
    return {(row.kind, row.county): tuple(row.checks.split()) for row in rows}


def _known(connection: Connection, kind: str, county: str, codes: Sequence[str]) -> dict[str, tuple[int, int, str]]:
    wanted = select(standing.c.subject, standing.c.id, standing.c.severity, standing.c.outcomes)
    wanted = wanted.where(standing.c.kind == kind, standing.c.county == county)
    if len(codes) <= 400:
        wanted = wanted.where(standing.c.subject.in_(list(codes)))
    return {code: (id, severity, outcomes) for code, id, severity, outcomes in fetch(connection, wanted)}


def _worst(table: Letters) -> Letters:
    """Return the severity that stands for each record; what was not supplied stands for it only where nothing else does."""
    least = np.where(table == UNSUPPLIED, UNJUDGED, table).min(axis=1)
    return np.where((least == UNJUDGED) & (table == UNSUPPLIED).any(axis=1), WORST_FIRST.index(Outcome.NO_DATA), least)


def _table(letters: Sequence[str], width: int) -> Letters:
    places = np.zeros(256, dtype=np.uint8)
    places[list(LETTERS)] = np.arange(len(LETTERS))
    written = np.frombuffer("".join(letters).encode(), dtype=np.uint8).reshape(-1, width)
    return np.asarray(places[written])


def _written(table: Letters) -> list[str]:
    letters = np.frombuffer(LETTERS, dtype=np.uint8)[table].tobytes().decode()
    width = table.shape[1]
    return [letters[start : start + width] for start in range(0, len(letters), width)]
