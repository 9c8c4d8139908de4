"""What was read as bytes and back: for the border between the reading process and the program. Nothing in it can run.

Layout: eight bytes of name and version, the length of a JSON text (8 bytes, little-endian), that text, then the arrays' bytes one after the
other. The program trusts none of it: kinds, columns, numbers of choices, lengths and codes of sentences are all compared with what it knows.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from checks.records import Column, Kind, Records
from checks.vocabulary import WORKBOOKS
from geo.layer import Layer
from relocation.intake.columns import Blobs, Damaged, put, take
from relocation.intake.ledger import LayerFile, Ledger
from relocation.intake.refusal import Fact, Note, Refusal, Unusable, Words, refusals, wording

MAGIC, REFUSED = b"RECORDS1", b"REFUSED1"
MOST_ROWS, MOST_PARTS, MOST_ATTRIBUTES = 300_000, 2_000, 256
Part = Ledger | LayerFile
_HELD = {Kind.NUMBER: "f", Kind.COUNT: "f", Kind.FLAG: "b", Kind.CHOICE: "b", Kind.DAY: "d", Kind.TEXT: "t", Kind.SHAPE: "w"}


def pack(parts: Sequence[Part]) -> bytes:
    """Return what was read as bytes."""
    blobs: list[bytes] = []
    plain = [_ledger(part, blobs) if isinstance(part, Ledger) else _layer_file(part, blobs) for part in parts]
    return _joined(plain, blobs)


def pack_refused(refusal: Refusal) -> bytes:
    """Return why a whole file cannot be used as bytes."""
    return REFUSED + json.dumps(pack_refusals([refusal]), ensure_ascii=False, default=plain_number).encode("utf-8")


def _joined(plain: Any, blobs: Sequence[bytes]) -> bytes:
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=plain_number).encode("utf-8")
    return b"".join([MAGIC, len(text).to_bytes(8, "little"), text, *blobs])


def plain_number(value: Any) -> Any:
    """Return one of NumPy's numbers as a plain one, for JSON; TypeError for anything else."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(type(value).__name__)


def _ledger(part: Ledger, blobs: list[bytes]) -> dict[str, Any]:
    columns = {name: put(part.records.stored(name), blobs, shapes=part.kind.column(name).kind is Kind.SHAPE) for name in part.records.held()}
    return {"kind": part.kind.ledger, "columns": columns, "rows": len(part.records), "letters": dict(part.letters), "crs": part.crs, **_told(part, blobs)}


def _layer_file(part: LayerFile, blobs: list[bytes]) -> dict[str, Any]:
    layer = part.layer
    arrays = {name: put(getattr(layer, name), blobs, shapes=name == "shapes") for name in ("shapes", "counties", "uncertainty_m")}
    names = put(np.array([*layer.names, None], dtype=object)[:-1], blobs)
    texts = {name: getattr(layer, name) for name in ("id", "declared_crs", "source", "dated", "licence")}
    attributes = [[name, put(np.asarray(values), blobs)] for name, values in layer.attributes.items()]
    return {"layer": texts, "arrays": arrays, "names": names, "attributes": attributes, "rows": len(layer), **_told(part, blobs)}


def _told(part: Part, blobs: list[bytes]) -> dict[str, Any]:
    return {
        "file": part.file, "sheet": part.sheet, "numbers": put(part.row_numbers, blobs), "read": part.read,
        "refusals": pack_refusals(part.refusals), "notes": pack_notes(part.notes),
    }  # fmt: skip


def pack_refusals(refusals: Sequence[Refusal]) -> list[list[Any]]:
    """Return refusals as JSON can write them."""
    return [[one.code, one.file, one.sheet, one.cell, one.value, _facts(one.facts), one.row] for one in refusals]


def pack_notes(notes: Sequence[Note]) -> list[list[Any]]:
    """Return notes as JSON can write them."""
    return [[note.code, note.file, note.sheet, note.row, _facts(note.facts)] for note in notes]


def _facts(facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {name: [fact.zh, fact.en] if isinstance(fact, Words) else fact for name, fact in facts.items()}


def unpack(packed: bytes) -> list[Part]:
    """Return what `packed` holds; Unusable for a file that was refused; Damaged for what no reader of ours can have written."""
    try:
        if packed[:8] == REFUSED:
            (refusal,) = unpack_refusals(json.loads(packed[8:].decode("utf-8")))
            raise Unusable(refusal)
        if packed[:8] != MAGIC:
            raise Damaged("not packed records")
        end = 16 + int.from_bytes(packed[8:16], "little")
        plain = json.loads(packed[16:end].decode("utf-8"))
        if not isinstance(plain, list) or not 0 < len(plain) <= MOST_PARTS:
            raise Damaged("parts")
        blobs = Blobs(packed, end)
        parts = [_as_ledger(one, blobs) if "kind" in one else _as_layer_file(one, blobs) for one in plain]
        blobs.end()
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError, MemoryError) as error:
        raise Damaged("damaged") from error
    return parts


def _as_ledger(said: Mapping[str, Any], blobs: Blobs) -> Ledger:
    kind, rows = WORKBOOKS[said["kind"]], _rows(said)
    columns = {name: _checked(kind.column(name), take(how, blobs, rows)) for name, how in said["columns"].items()}
    letters = {_text(name): _text(letter) for name, letter in said["letters"].items()}
    if not letters.keys() <= {column.name for column in kind}:
        raise Damaged("letters")
    return Ledger(kind=kind, records=Records(kind, columns, rows), letters=letters, crs=_text(said["crs"]), **_as_told(said, blobs, rows))


def _checked(column: Column, values: Any) -> Any:
    """Return a column whose every value is one its kind can have."""
    choices = len(column.choices) if column.choices else 2
    wanted = _HELD[column.kind]
    found, array = values
    if found != wanted and not (wanted == "t" and found == "j" and all(value is None or isinstance(value, str) for value in array)):
        raise Damaged(f"{column.name} is {found}")
    if wanted == "b" and len(array) and not (array.min() >= -1 and array.max() < choices):
        raise Damaged(f"{column.name} beyond its choices")
    if wanted == "f" and np.isinf(array).any():
        raise Damaged(f"{column.name} without end")
    return array


def _as_layer_file(said: Mapping[str, Any], blobs: Blobs) -> LayerFile:
    rows = _rows(said)
    arrays = {name: take(said["arrays"][name], blobs, rows) for name in ("shapes", "counties", "uncertainty_m")}
    if [arrays[name][0] for name in arrays] != ["w", "t", "f"] or len(said["attributes"]) > MOST_ATTRIBUTES:
        raise Damaged("layer")
    _, names = take(said["names"], blobs, rows)
    attributes = {_text(name): take(how, blobs, rows)[1] for name, how in said["attributes"]}
    texts: dict[str, Any] = {name: _text(said["layer"][name]) for name in ("id", "declared_crs", "source", "dated", "licence")}
    columns: dict[str, Any] = {name: array for name, (_, array) in arrays.items()}
    layer = Layer(**texts, **columns, names=tuple(names), attributes=attributes)
    return LayerFile(layer=layer, **_as_told(said, blobs, rows))


def _rows(said: Mapping[str, Any]) -> int:
    rows = said["rows"]
    if not isinstance(rows, int) or not 0 <= rows <= MOST_ROWS:
        raise Damaged("rows")
    return rows


def _as_told(said: Mapping[str, Any], blobs: Blobs, rows: int) -> dict[str, Any]:
    kind, numbers = take(said["numbers"], blobs, rows)
    if kind != "i" or not isinstance(said["read"], int) or said["read"] < rows:
        raise Damaged("numbers")
    return {
        "file": _text(said["file"]), "sheet": _text(said["sheet"]), "row_numbers": numbers, "read": said["read"],
        "refusals": unpack_refusals(said["refusals"]), "notes": unpack_notes(said["notes"]),
    }  # fmt: skip


def unpack_refusals(said: Sequence[Sequence[Any]]) -> tuple[Refusal, ...]:
    """Return refusals from what `pack_refusals` made; ValueError, KeyError or TypeError for anything else."""
    return tuple(
        Refusal(_known(code, refusals()), _text(file), _text(sheet), _text(cell), _text(value), _as_facts(facts), _row(row))
        for code, file, sheet, cell, value, facts, row in said
    )


def unpack_notes(said: Sequence[Sequence[Any]]) -> tuple[Note, ...]:
    """Return notes from what `pack_notes` made; ValueError, KeyError or TypeError for anything else."""
    return tuple(Note(_known(code, wording("notes.yaml")), _text(file), _text(sheet), _row(row), _as_facts(facts)) for code, file, sheet, row, facts in said)


def _known(code: Any, sentences: Mapping[str, Any]) -> str:
    if code not in sentences:
        raise Damaged("a sentence nobody wrote")
    return str(code)


def _as_facts(said: Mapping[str, Any]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for name, fact in said.items():
        if isinstance(fact, list):
            facts[name] = Words(*map(_text, fact))
        elif isinstance(fact, str | int | float):
            facts[name] = fact
        else:
            raise Damaged("facts")
    return facts


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Damaged("no text")
    return value


def _row(value: Any) -> int | None:
    if value is not None and not isinstance(value, int):
        raise Damaged("no row")
    return value
