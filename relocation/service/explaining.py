"""A rule's page, or one verdict traced to value, law and source."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from checks.check import Check
from checks.finding import Finding
from checks.instruments import Instruments
from checks.policy import Parameter, Value
from checks.sentence import standing_words
from checks.sheet import Case
from relocation.service.checking import judged_now
from relocation.service.findings import counts, finding_json, sentence
from relocation.service.fixing import FixShown, smallest
from relocation.service.judging import known
from relocation.service.lawbook import instruments, overlays
from relocation.service.registers import Field, fields_of, household, places_of, site
from relocation.service.showing import unit
from relocation.service.tracing import Node, rests_on, tree
from relocation.store import queries
from relocation.store.foreign import seen_from
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter
from relocation.store.trouble import Trouble


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
    review_by: date | None = None
    stale: bool = False  # its day of review has passed
    first_day_assumed: bool = False  # its source was found without its first day


@dataclass(frozen=True, slots=True)
class ParameterShown:
    """A parameter and its history, oldest first, overlays of places included."""

    name: str
    title: str
    unit: str
    values: tuple[ValueShown, ...]

    @property
    def stale(self) -> bool:
        """Whether any of its values is due for review."""
        return any(value.stale for value in self.values)


@dataclass(frozen=True, slots=True)
class Trace:
    """One verdict traced: the finding, its sentence, the fields it rests on and where each came from, and the whole as a tree.

    `fix` is the smallest change of a number that would settle it, where the check computes one.
    """

    finding: Finding
    sentence: str
    fields: tuple[Field, ...]
    law: InstrumentShown | None
    tree: Node
    fix: FixShown | None = None


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
    remedy: str = ""
    office: str = ""

    def json(self, lang: str, register: Instruments) -> dict[str, Any]:
        """Return the explanation for other programs."""
        return {
            "id": self.check,
            "family": self.family,
            "about": list(self.about),
            "title": self.title,
            "question": self.question,
            "unit": self.unit,
            "page": self.page,
            "parameters": [parameter_json(parameter) for parameter in self.parameters],
            "cases": [_case_json(case, lang) for case in self.cases],
            "traces": [_trace_json(trace, lang, register) for trace in self.traces],
        }


def parameter_json(parameter: ParameterShown) -> dict[str, Any]:
    """Return a parameter for other programs."""
    values = [
        {
            "since": value.since.isoformat(),
            "amount": value.amount,
            "place": value.place,
            "standing": value.standing,
            "clause": value.clause,
            "instrument": asdict(value.instrument),
            "review_by": value.review_by.isoformat() if value.review_by else None,
            "stale": value.stale,
            "first_day_assumed": value.first_day_assumed,
        }
        for value in parameter.values
    ]
    return {"name": parameter.name, "title": parameter.title, "unit": parameter.unit, "values": values}


def _case_json(case: Case, lang: str) -> dict[str, Any]:
    given = {name: value.isoformat() if isinstance(value, date) else value for name, value in case.given.items()}
    return {"title": case.title[lang], "about": case.about, "given": given, "expect": dict(case.expect), "as_of": case.as_of.isoformat(), "source": case.source}


def _trace_json(trace: Trace, lang: str, register: Instruments) -> dict[str, Any]:
    fields = [
        {"name": field.name, "heading": field.heading, "value": field.value, "unit": field.unit, "file": field.file, "sheet": field.sheet, "cell": field.cell}
        for field in trace.fields
    ]
    law = asdict(trace.law) if trace.law else None
    finding = finding_json(trace.finding, lang, register)
    return {
        "finding": finding,
        "sentence": trace.sentence,
        "fields": fields,
        "instrument": law,
        "tree": trace.tree.json(),
        "fix": trace.fix.json() if trace.fix else None,
    }


OF_DRAWINGS = ("unit_type", "drawing", "drawing_pair")
"""Kinds of record whose verdicts are traced on into drawings."""


def explain(store: Store, what: str, lang: str, today: date | None = None, *, kind: str = "", county: str | None = None) -> Explanation:
    """Explain "living-area", or "living-area:CODE". Trouble for an unknown check (near ids named) or subject.

    `today` marks the values whose day of review has passed; `kind` and `county` tell subjects of one code apart.
    """
    id, _, subject = what.partition(":")
    check, register = known(id), instruments(store)
    parameters = tuple(parameter_shown(parameter, lang, register, today) for parameter in check.parameters_in(overlays(store)).values())
    about = tuple(dict.fromkeys(kind.id for kind in check.about))
    found = [one for one in _found(store, check, subject, lang) if kind in ("", one.subject_kind) and county in (None, one.county)] if subject else []
    if subject and not found:
        raise Trouble("not-checked", check=check.id, subject=subject)
    traces = tuple(_trace(store, check, finding, lang, today) for finding in found)
    told = (check.title(lang), check.question(lang), check.unit(lang), check.page(lang))
    return Explanation(check.id, check.family, about, *told, parameters, check.cases, traces, check.remedy(lang), check.office(lang))


def parameter_shown(parameter: Parameter, lang: str, register: Instruments, today: date | None) -> ParameterShown:
    """Return a parameter with its values, oldest first."""
    values = tuple(value_shown(value, lang, register, today) for value in sorted(parameter.values, key=lambda value: (value.since, value.place)))
    return ParameterShown(parameter.name, parameter.zh if lang == "zh" else parameter.en, unit(parameter.unit, lang), values)


def value_shown(value: Value, lang: str, register: Instruments, today: date | None) -> ValueShown:
    """Return a value with its document and whether somebody should have looked at it again by now."""
    words = standing_words(value.standing.value, lang)
    document = instrument_shown(value.instrument, lang, register)
    stale = today is not None and value.is_stale(today)
    clause, assumed = value.clause[lang], value.first_day_assumed
    return ValueShown(value.since, value.amount, value.place, value.standing.value, words, clause, document, value.review_by, stale, assumed)


def instrument_shown(id: str, lang: str, register: Instruments) -> InstrumentShown:
    """Return a document in one language; one that nobody registered by its id alone."""
    one = register.get(id)
    if one is None:
        return InstrumentShown(id, id, "", "", "", "U")
    return InstrumentShown(id, one.title[lang], one.number, one.issuer[lang], one.issued_on, one.basis)


def _found(store: Store, check: Check, subject: str, lang: str) -> list[Finding]:
    with store.reading() as connection:
        found = queries.page_of_findings(connection, FindingFilter(checks=[check.id], subject=subject), (), 20)
    return found or _passing(store, check, subject, lang)


def _passing(store: Store, check: Check, subject: str, lang: str) -> list[Finding]:
    """Judge a record again whose pass was only counted. Trouble when there is no such record, or nothing was checked yet."""
    kinds = [kind.id for kind in check.about]
    places = dict.fromkeys(place for kind in kinds for place in places_of(store, kind, subject))
    as_of = counts(store).as_of
    if not places:
        for kind, read in (("household", household), ("site", site)):
            if kind in kinds:
                read(store, subject, lang)  # names the codes that are near
    if not places or as_of is None:
        raise Trouble("not-checked", check=check.id, subject=subject)
    judged = [one for place in places for one in judged_now(store, as_of=as_of, county=place, only=[check.id], codes=[subject])]
    with store.reading() as connection:
        return seen_from(connection, (finding for one in judged for finding in one.findings(every=True) if finding.subject == subject))


def _trace(store: Store, check: Check, finding: Finding, lang: str, today: date | None) -> Trace:
    register = instruments(store)
    law = instrument_shown(finding.law.instrument, lang, register) if finding.law else None
    wanted = rests_on(check, finding)
    fields = tuple(field for field in fields_of(store, finding.subject_kind, finding.county, finding.subject, lang) if field.name in wanted)
    whole = tree(store, check, finding, fields, lang, today)
    if finding.subject_kind in OF_DRAWINGS:
        from relocation.service.drawings.tracing import branch  # late: other verdicts need not wait for the geometry of drawings

        more = branch(store, finding, lang)
        whole = replace(whole, children=(*whole.children, more)) if more else whole
    return Trace(finding, sentence(finding, lang, register), fields, law, whole, smallest(store, finding, lang))
