"""A rule's page, or one verdict traced to value, law and source."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.finding import Finding
from checks.sheet import Case
from relocation.service.registers import Field
from relocation.store.opening import Store


@dataclass(frozen=True, slots=True)
class InstrumentShown:
    """A document of the register, in one language."""

    id: str
    title: str
    number: str
    issuer: str
    issued_on: str
    basis: str


@dataclass(frozen=True, slots=True)
class ValueShown:
    """One dated value of a parameter with its source. `amount` None: no rule from that day on."""

    since: date
    amount: float | None
    place: str
    standing: str  # the id
    standing_text: str
    clause: str
    instrument: InstrumentShown


@dataclass(frozen=True, slots=True)
class ParameterShown:
    """A parameter and its history, oldest first, overlays of places included."""

    name: str
    title: str
    unit: str
    values: tuple[ValueShown, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """One verdict traced: the finding, its sentence, the fields it rests on and where each came from."""

    finding: Finding
    sentence: str
    fields: tuple[Field, ...]
    law: InstrumentShown | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about a check; `traces` are filled when a subject was named."""

    check: str
    family: str
    about: tuple[str, ...]
    title: str
    question: str
    unit: str
    page: str
    parameters: tuple[ParameterShown, ...]
    cases: tuple[Case, ...]
    traces: tuple[Trace, ...] = ()

    def json(self, lang: str) -> dict[str, Any]:
        """Return the explanation for other programs."""
        raise NotImplementedError


def explain(store: Store, what: str, lang: str) -> Explanation:
    """Explain "living-area", or "living-area:CODE". Trouble for an unknown check (near ids named) or subject."""
    raise NotImplementedError
