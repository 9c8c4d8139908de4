"""A large file brought while others go on writing: compared, written where nobody sees it, then seen at once."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from relocation.intake import LayerFile, Ledger
from relocation.service.bringing import Brought, Compared, Sitting, bring, compared, sheet_digests
from relocation.store import files, staging
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

Parts = Sequence[Ledger | LayerFile]
_ALSO_DRAWN = (UNIT_TYPE, DRAWING, DRAWING_PAIR)
"""Kinds of record that drawings write as well, at any moment; their ledgers are small and go in in one transaction."""


def large(parts: Parts, at_once: int) -> bool:
    """Tell whether a file is to be brought so: more rows than go in at once, and no record in two of its sheets."""
    ledgers = [part for part in parts if isinstance(part, Ledger)]
    if sum(len(part.records) for part in ledgers) <= at_once or any(part.kind in _ALSO_DRAWN for part in ledgers):
        return False
    codes = [(part.kind.id, str(code)) for part in ledgers for code in part.records.stored("code")]
    return len({part.kind for part in ledgers}) == len(ledgers) or len(set(codes)) == len(codes)


def bring_staged(store: Store, parts: Parts, sitting_on: Callable[[Connection], Sitting], most: int) -> list[Brought]:
    """Bring a file's parts, at most so many rows in a transaction, and return what each did. The caller holds the gate: nobody else writes records meanwhile."""
    with store.whole.reading() as connection:
        sitting = sitting_on(connection)
        held = {at: compared(sitting, part) for at, part in enumerate(parts) if isinstance(part, Ledger)}
    moving = {at: found for at, found in held.items() if found.moves}
    if not moving:
        return _seen(store, parts, held, {}, sitting, sitting_on, None)
    brought = staging.begin(store, sitting.sha256, sitting.name, sitting.options, files.in_utc(sitting.now), most)
    try:
        sheets = {at: _written(brought, found, sitting) for at, found in moving.items()}
        done = _seen(store, parts, held, sheets, sitting, sitting_on, brought)
    except BaseException:
        with suppress(Trouble):  # of a full disk, say, which stopped the import already; the next start puts back the rest
            staging.tidy(store)
        raise
    staging.tidy(store)
    return done


def _written(brought: staging.Staging, found: Compared, sitting: Sitting) -> int:
    ledger = found.ledger
    sheet_id = brought.sheet(ledger.sheet, ledger.kind.ledger, found.county, dict(ledger.letters), found.counts)
    brought.write(ledger.kind, found.difference, ledger.row_numbers.tolist(), sheet_id, files.in_utc(sitting.now), sitting.told)
    return sheet_id


def _seen(
    store: Store,
    parts: Parts,
    held: dict[int, Compared],
    sheets: dict[int, int],
    sitting: Sitting,
    sitting_on: Callable[[Connection], Sitting],
    brought: staging.Staging | None,
) -> list[Brought]:
    """Let everybody see what was written, log it, and bring the layers of the file, in one small transaction."""
    with store.whole.reading() as connection:
        digests = {at: sheet_digests(connection, sheet_id) for at, sheet_id in sheets.items()}
    told = {at: found.brought(sitting.lang) for at, found in held.items()}
    with store.writing() as connection:
        now = sitting_on(connection)
        if brought:
            brought.switch(connection)
            now.file_id = brought.file_id
        for at, sheet_id in sheets.items():
            now.named(held[at], sheet_id, digests[at])
        layers = {at: bring(now, part) for at, part in enumerate(parts) if at not in held}
    return [(told | layers)[at] for at in range(len(parts))]
