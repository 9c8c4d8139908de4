"""Refusals: a cell, row or file that could not be read, with its address, the reason and the mend.

The wording lives in `refusals.yaml`, `list_refusals.yaml` and `visit_refusals.yaml` beside this file, one entry a code, in both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml


class Words(NamedTuple):
    """One term in both languages: a column's heading, a unit, a kind of record."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """Return the term in `lang` ("zh" or "en")."""
        return self.en if lang == "en" else self.zh


Fact = str | int | float | Words


@cache
def wording(name: str) -> Mapping[str, Any]:
    """Return the sentences of `refusals.yaml` or `notes.yaml`, by code."""
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
    return loaded


@cache
def refusals() -> Mapping[str, Any]:
    """Return the wording of every refusal, by code."""
    return {**wording("refusals.yaml"), **wording("list_refusals.yaml"), **wording("visit_refusals.yaml")}


def _say(template: Mapping[str, str], facts: Mapping[str, Fact], lang: str) -> str:
    said = {name: fact.in_language(lang) if isinstance(fact, Words) else fact for name, fact in facts.items()}
    return template["en" if lang == "en" else "zh"].format(**said)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not be read, where it stands, and by which rule.

    `cell` is the address people see in Excel ("F12"; "A12" when the whole row is meant; "" for a whole file or sheet);
    `row` its row number from 1 (for vector files the feature's number), None for a whole file or sheet;
    `value` what stood there (personal values come masked); `facts` what the wording needs.
    """

    code: str
    file: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    row: int | None = None

    def reason(self, lang: str) -> str:
        """Return the sentence that says why."""
        return _say(refusals()[self.code]["reason"], self._named(), lang)

    def mend(self, lang: str) -> str:
        """Return the sentence that says what to do."""
        return _say(refusals()[self.code]["mend"], self._named(), lang)

    def json(self, lang: str) -> dict[str, str]:
        """Return the refusal as the import contract writes it."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "value": self.value,
            "reason": self.reason(lang),
            "mend": self.mend(lang),
        }

    def _named(self) -> dict[str, Fact]:
        return {"file": self.file, "sheet": self.sheet, "cell": self.cell, "value": self.value, **self.facts}


class Unusable(Exception):
    """A whole file that cannot be read; nothing of it is stored (exit code 2)."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry the one refusal that says why."""
        super().__init__(refusal.reason("en"))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader should know though nothing is wrong: rows or columns left out, what was recognised, mended.

    `row` is the row number from 1 where there is one. The wording lives in `notes.yaml`.
    """

    code: str
    file: str
    sheet: str = ""
    row: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Return the note as one sentence."""
        named: dict[str, Fact] = {"file": self.file, "sheet": self.sheet, "row": self.row or 0, **self.facts}
        return _say(wording("notes.yaml")[self.code], named, lang)

    def json(self, lang: str) -> dict[str, str | int | None]:
        """Return the note for JSON output."""
        return {"file": self.file, "sheet": self.sheet, "row": self.row, "note": self.text(lang)}
