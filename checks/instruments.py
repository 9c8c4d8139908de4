"""The register of documents the law stands in: every value names one of them, and people read its title."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checks.plain import plain
from checks.sheet import SheetError, Words, words


@dataclass(frozen=True, slots=True)
class Instrument:
    """A document (or an occasion) that sets or says a value.

    An occasion, or this program itself, is no document (`is_document`) and is not printed like one.
    `basis` tells how this project knows of it: "S" seen, "S2" second-hand, "D" derived, "U" unverified.
    `issuer` is empty in both languages where nobody has found out who issued it; that is said, and nobody is guessed.
    """

    id: str
    title: Words
    number: str
    issuer: Words
    issued_on: str
    place: str
    basis: str
    is_document: bool = True


Instruments = Mapping[str, Instrument]
NOBODY_FOUND: Words = {"zh": "", "en": ""}
"""The issuer of a document of which only the text, or what the press said of it, was seen."""


def read_instruments(path: Path) -> dict[str, Instrument]:
    """Read the register. SheetError for an entry without title, place or a known basis."""
    return instruments_of(plain(path.read_text("utf-8")), path.name)


def instruments_of(raw: Mapping[str, Mapping[str, object]], file: str) -> dict[str, Instrument]:
    """Return documents from what a register's YAML says; a county registers its own in the same fields."""
    return {id: _instrument(file, id, body) for id, body in raw.items()}


def _instrument(file: str, id: str, raw: Mapping[str, object]) -> Instrument:
    if raw.get("basis") not in ("S", "S2", "D", "U"):
        raise SheetError(file, f"{id}.basis", "S, S2, D or U")
    if not str(raw.get("place", "")).isdigit():
        raise SheetError(file, f"{id}.place", "an administrative code in quotes")
    return Instrument(
        id=id,
        title=words(raw.get("title"), file, f"{id}.title"),
        number=str(raw.get("number", "")),
        issuer=words(raw.get("issuer", NOBODY_FOUND), file, f"{id}.issuer", may_be_empty="issuer" not in raw),
        issued_on=str(raw.get("issued_on", "")),
        place=str(raw["place"]),
        basis=str(raw["basis"]),
        is_document=bool(raw.get("is_document", True)),
    )
