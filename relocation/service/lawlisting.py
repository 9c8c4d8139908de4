"""The law to read through: every parameter of every check with its values by day and place, and every document with what it says."""

from dataclasses import dataclass
from datetime import date

from checks.registry import checks
from relocation.service.explaining import InstrumentShown, ParameterShown, ValueShown, instrument_shown, parameter_shown
from relocation.service.judging import near
from relocation.service.lawbook import instruments, overlays
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class CheckLaw:
    """One check's parameters."""

    check: str
    family: str
    title: str
    parameters: tuple[ParameterShown, ...]

    @property
    def stale(self) -> bool:
        """Whether any value is due for review."""
        return any(parameter.stale for parameter in self.parameters)


@dataclass(frozen=True, slots=True)
class Cited:
    """One value that rests on a document."""

    check: str
    check_title: str
    parameter: str
    title: str
    unit: str
    value: ValueShown


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    """A document, where it holds, and the values that rest on it."""

    document: InstrumentShown
    place: str
    is_document: bool
    cited: tuple[Cited, ...]


def law(store: Store, lang: str, today: date | None = None) -> tuple[CheckLaw, ...]:
    """Return the parameters of every check that has any, with what counties have published; `today` marks what is due for review."""
    places, register = overlays(store), instruments(store)
    every = []
    for check in checks().values():
        shown = tuple(parameter_shown(parameter, lang, register, today) for parameter in check.parameters_in(places).values() if not parameter.lent_by)
        if shown:
            every.append(CheckLaw(check.id, check.family, check.title(lang), shown))
    return tuple(every)


def instrument(store: Store, id: str, lang: str, today: date | None = None) -> InstrumentPage:
    """Return one document. Trouble (404), with near ids, when none of that id is registered."""
    register = instruments(store)
    if id not in register:
        raise Trouble("unknown-instrument", id=id[:80], near=near(id, list(register)))
    cited = tuple(
        Cited(one.check, one.title, parameter.name, parameter.title, parameter.unit, value)
        for one in law(store, lang, today)
        for parameter in one.parameters
        for value in parameter.values
        if value.instrument.id == id
    )
    own = register[id]
    return InstrumentPage(instrument_shown(id, lang, register), own.place, own.is_document, cited)
