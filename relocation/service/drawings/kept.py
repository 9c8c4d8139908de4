"""Drawings as they are kept: their records, and what was read of their files, without reading them again."""

from collections.abc import Mapping

from checks.records import RecordKind
from checks.vocabulary import DRAWING, DRAWING_PAIR
from geo.drawing.model import Drawing
from geo.drawing.read.packing import Damaged, unpack
from relocation.service.drawings.facts import Row, Understood, code_of
from relocation.service.drawings.names import naming
from relocation.service.drawings.pairing import understood
from relocation.service.drawings.rows import rows_of
from relocation.store import drawings
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


def kept_drawing(store: Store, row: Mapping[str, object]) -> Drawing:
    """Return a drawing as it was read when it was taken in. Trouble where its file is gone or damaged."""
    data = drawings.kept_bytes(store, f"{row['sha256']}.packed")
    try:
        if data is not None:
            return unpack(data)
    except Damaged:
        pass
    raise Trouble("drawing-gone", name=row["name"])


def kept_understood(store: Store, row: Mapping[str, object]) -> Understood:
    """Return a kept drawing understood by its institute's words, with what was set right on it replayed. Trouble where its file is gone."""
    return understood(store, kept_drawing(store, row), naming(store, str(row["institute"] or "")))


def drawing_record(store: Store, code: str) -> Row:
    """Return a drawing's record by its code. Trouble where there is none."""
    return _record(store, DRAWING, code)


def pair_record(store: Store, code: str) -> Row:
    """Return the record of a pair of drawings by its code. Trouble where there is none."""
    return _record(store, DRAWING_PAIR, code)


def slot_of(pair: Row, design: str, construction: str) -> str:
    """Return under what the decisions on a pair are kept: site and names of the two files, so that a later save of one keeps them."""
    return code_of("S", str(pair["county"]), str(pair["site_code"] or ""), design, construction)


def _record(store: Store, kind: RecordKind, code: str) -> Row:
    found = next((row for row in rows_of(store, kind) if row["code"] == code), None)
    if found is None:
        raise Trouble("drawing-unknown", drawing=code)
    return found
