"""What drawings said, settled with what the ledgers and the law say since: before every run of the checks.

Staff's ledger of unit types may come after the drawings: what those said moves to staff's line. Whether a design exceeds the rule
where the construction drawing keeps it depends on persons, households and law, which change without a drawing being touched.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import numpy as np

from checks.choices import LineageClue
from checks.drawn import SIDES, type_key
from checks.records import RecordKind
from checks.registry import check_by_id
from checks.sheet import Overlay
from checks.verdict import Flags, Outcome, Verdict
from checks.vocabulary import DRAWING, DRAWING_PAIR, HOUSEHOLD, UNIT_TYPE
from relocation.accounts.actor import Actor
from relocation.service.drawings.bringing import made_by_drawings
from relocation.service.drawings.facts import SIDE_COLUMNS, Row, as_records
from relocation.service.drawings.judging import KEPT, OVER
from relocation.service.drawings.rows import Batch, as_rows, drop_rows, keep_rows
from relocation.service.lawbook import overlays
from relocation.store import ledgers
from relocation.store.frames import read_records
from relocation.store.opening import Connection, Store

CLUE = LineageClue.FAILS_WHERE_BUILT_PASSES.id
_ASSIGNED = ("county", "code", "site_code", "unit_type", "registered_poor", "approved_persons")


def settle(store: Store, *, as_of: date, now: datetime, county: str | None = None) -> int:
    """Bring unit types and pairs of drawings up to the ledgers and the law; returns how many records changed."""
    store = store.whole
    with store.reading() as connection:
        if not ledgers.count(connection, DRAWING.id, county):
            return 0
    published = overlays(store)
    with store.writing() as connection:
        places = sorted({str(row["county"]) for row in _rows(connection, DRAWING, county)})
        by = store.actor
        return sum(_moved(connection, place, now, by) + _clues(connection, place, as_of, now, published, by) for place in places)


def _rows(connection: Connection, kind: RecordKind, county: str | None) -> list[Row]:
    return as_rows(read_records(connection, kind, county))


def _moved(connection: Connection, county: str, now: datetime, by: Actor) -> int:
    """Give staff's lines what drawings said of the same types before those lines came, and forget the lines the drawings made."""
    types = _rows(connection, UNIT_TYPE, county)
    own = [row for row in types if made_by_drawings(row)]
    staff = {(row["site_code"] or "", type_key(str(row["name"]))): row for row in types if row not in own}
    moving = [(row, staff[key]) for row in own if (key := (row["site_code"] or "", type_key(str(row["name"])))) in staff]
    for row, line in moving:
        for side in SIDES:
            if row[f"{side}_drawing"] and not line[f"{side}_drawing"]:
                columns = [f"{side}_{name}" for name in SIDE_COLUMNS]
                batch = Batch(UNIT_TYPE, [{"county": county, "code": line["code"], **{name: row[name] for name in columns}}], columns)
                keep_rows(connection, [batch], county, _file(connection, county, str(row[f"{side}_drawing"])), now, "zh", by=by, keep=True)
    drop_rows(connection, UNIT_TYPE, county, [str(row["code"]) for row, _ in moving], now, by=by)
    return len(moving)


def _clues(connection: Connection, county: str, as_of: date, now: datetime, published: Sequence[Overlay], by: Actor) -> int:
    """Set or take back the clue that a design fails where the construction drawing passes."""
    types = [row for row in _rows(connection, UNIT_TYPE, county) if row["design_drawing"] and row["construction_drawing"]]
    found = _failing_where_built_passes(connection, county, types, as_of, published)
    changed = 0
    for pair in _rows(connection, DRAWING_PAIR, county):
        both = (pair["design_drawing"], pair["construction_drawing"])
        told = [row for row in types if (row["design_drawing"], row["construction_drawing"]) == both]
        if not told:
            continue  # a later drawing speaks for these types: what was found when the pair was compared stands
        clues = str(pair["clues"] or "").split()
        fails = any(row["code"] in found for row in told)
        if fails == (CLUE in clues):
            continue
        wanted = [CLUE, *clues] if fails else [clue for clue in clues if clue != CLUE]
        batch = Batch(DRAWING_PAIR, [{"county": county, "code": pair["code"], "clues": " ".join(wanted)}], ["clues"])
        keep_rows(connection, [batch], county, _file(connection, county, str(pair["construction_drawing"])), now, "zh", by=by, keep=True)
        changed += 1
    return changed


def _failing_where_built_passes(connection: Connection, county: str, types: Sequence[Row], as_of: date, published: Sequence[Overlay]) -> set[str]:
    """Return the codes of unit types whose design exceeds the rule, as far as is known for whom, and whose construction drawing keeps it."""
    if not types:
        return set()
    homes = read_records(connection, HOUSEHOLD, county, columns=_ASSIGNED)
    check, beside = check_by_id("unit-type-area"), {"households": homes} if len(homes) else {}
    design, built = (check.run(as_records(UNIT_TYPE, list(_alone(types, side))), as_of, overlays=published, beside=beside) for side in SIDES)
    both = _says(design, Outcome.FAIL, OVER) & _says(built, Outcome.PASS, KEPT)
    return {str(row["code"]) for row, fails in zip(types, both.tolist(), strict=True) if fails}


def _says(verdict: Verdict, outcome: Outcome, reasons: Sequence[str]) -> Flags:
    """Tell which have that outcome, or a review for one of those reasons."""
    said = np.asarray(verdict.outcome == outcome, dtype=np.bool_)
    for reason in reasons:
        said = said | verdict.saying(reason)
    return said


def _alone(types: Sequence[Row], side: str) -> Iterator[Mapping[str, object]]:
    """Yield unit types as one of the two drawings has them."""
    other = SIDES[1 - SIDES.index(side)]
    for row in types:
        yield {**row, **dict.fromkeys(f"{other}_{name}" for name in SIDE_COLUMNS)}


def _file(connection: Connection, county: str, code: str) -> tuple[str, str, str]:
    """Return hash, name and way of reading of a drawing's file: what a settled value is traced to."""
    row = next(row for row in _rows(connection, DRAWING, county) if row["code"] == code)
    return str(row["sha256"]), str(row["name"]), "settled"
