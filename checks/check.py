"""A check: a rule on columns, its sheet, and the frame every rule runs in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from inspect import cleandoc
from typing import Any

import numpy as np
import numpy.typing as npt

from checks.finding import Finding
from checks.findings import finding_of, findings_of
from checks.instruments import Instruments
from checks.links import Link, link_of
from checks.places import places_of, project_column
from checks.policy import Parameter, Standing, Terms, Value
from checks.records import Kind, RecordKind, Records
from checks.sentence import sentence
from checks.sheet import Case, Overlay, Sheet, SheetError
from checks.verdict import MISSING, OUTSIDE, Flags, Outcome, Verdict, confined, settled, spread
from checks.vocabulary import OFFICES, UNITS
from geo.layer import Layer

Around = Mapping[str, Layer]
Beside = Mapping[str, Records]
"""Other ledgers a rule looks into, by the name of the ledger ("renovations", "sites"); one that was not imported is not there."""
Judge = Callable[..., Verdict]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a stem declares: how to judge, whom, by which day's law, from which facts."""

    judge: Judge
    about: tuple[RecordKind, ...]
    dated_by: str
    needs: tuple[str, ...]
    applies: Callable[[Records], Flags] | None
    reads: tuple[str, ...]
    layers: tuple[str, ...]
    beside: tuple[str, ...]
    linked: Mapping[str, tuple[Link, ...]]


_EVERYWHERE = Value(date(1949, 10, 1), 0.0, "supposition", {"zh": "假设", "en": "supposed"}, Standing.FORMAL)


def rule(
    *,
    about: RecordKind | tuple[RecordKind, ...],
    dated_by: str,
    needs: tuple[str, ...] = (),
    reads: tuple[str, ...] = (),
    applies: Callable[[Records], Flags] | None = None,
    layers: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
    linked: Mapping[str, tuple[str, ...]] | None = None,
) -> Callable[[Judge], Rule]:
    """Declare a function of (records, law) as a rule; with `layers` it also takes around=, with `beside` also beside=.

    A row that misses a needed fact is no-data. `applies` is asked of the flags and choices among them: whether a rule
    applies is itself a fact, so a row that misses such a flag is no-data too, whatever `applies` makes of it.
    It judges a record by that record alone and by what it looks into `beside`, which may be the records' own ledger. `linked`
    says of such a ledger by which columns its records bear on a judged one (`checks.links`): nothing else in it changes the
    verdict, but for whether the record's county has the ledger at all. A ledger without links bears on every record.
    Facts that only some rows need are named in `reads`: where the rule could not measure, those missing are named.
    """
    kinds = about if isinstance(about, tuple) else (about,)
    links = {ledger: tuple(link_of(text) for text in texts) for ledger, texts in (linked or {}).items()}
    return lambda judge: Rule(judge, kinds, dated_by, needs, applies, reads, layers, beside, links)


@dataclass(frozen=True)
class Check:
    """One check, found by `checks.registry`."""

    id: str
    family: str
    sheet: Sheet
    rules: tuple[Rule, ...]
    page_en: str
    supposed: frozenset[str] = frozenset()

    @property
    def about(self) -> tuple[RecordKind, ...]:
        """The kinds of record it judges."""
        return tuple(kind for one in self.rules for kind in one.about)

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers it looks at, each once."""
        return tuple(dict.fromkeys(layer for one in self.rules for layer in one.layers))

    @property
    def beside(self) -> tuple[str, ...]:
        """The ledgers it looks into beside the records it judges, each once."""
        return tuple(dict.fromkeys(ledger for one in self.rules for ledger in one.beside))

    def links(self, kind: RecordKind, ledger: str) -> tuple[Link, ...]:
        """By what a ledger's records bear on records of that kind; none: any may. KeyError for a kind it is not about."""
        return self.rule_about(kind).linked.get(ledger, ())

    def looks_into(self, kind: RecordKind) -> tuple[str, ...]:
        """The ledgers it looks into when it judges records of that kind. KeyError for a kind it is not about."""
        return self.rule_about(kind).beside

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Its parameters with their national and provincial values."""
        return self.sheet.parameters

    @property
    def own_parameters(self) -> Mapping[str, Parameter]:
        """Those a place sets here: what another check lends is set there."""
        return {name: one for name, one in self.sheet.parameters.items() if not one.lent_by}

    @property
    def judges_projects(self) -> bool:
        """Whether any record it judges belongs to a site, so that a value for one site alone means something."""
        return any(project_column(kind) for kind in self.about)

    @property
    def cases(self) -> tuple[Case, ...]:
        """Its worked examples."""
        return self.sheet.cases

    def title(self, lang: str) -> str:
        """Its name."""
        return self.sheet.title[lang]

    def question(self, lang: str) -> str:
        """The question it answers, as people ask it."""
        return self.sheet.question[lang]

    def unit(self, lang: str) -> str:
        """The unit of what it measures."""
        return UNITS[self.sheet.unit][lang]

    def page(self, lang: str) -> str:
        """The page people read: what is counted, what is not, and why. Plain text, a heading ends with a colon."""
        return self.sheet.page_zh if lang == "zh" else self.page_en

    def remedy(self, lang: str) -> str:
        """What to do about what it finds, where the reason says nothing of its own."""
        return self.sheet.remedy[lang]

    def office(self, lang: str) -> str:
        """Who does it, where the reason names nobody else."""
        return OFFICES[self.sheet.office][lang]

    def parameters_in(self, overlays: Iterable[Overlay]) -> dict[str, Parameter]:
        """Return the parameters with what places have set for themselves. SheetError for a parameter it does not have."""
        merged = dict(self.sheet.parameters)
        for overlay in overlays:
            own = overlay.values.get(self.id, {})
            if unknown := next((name for name in own if name not in merged or merged[name].lent_by), None):
                raise SheetError(overlay.place, f"{self.id}.{unknown}", f"one of {', '.join(self.own_parameters) or 'no parameter at all'}")
            lent = {name: overlay.values.get(one.lent_by, {}).get(name, ()) for name, one in merged.items() if one.lent_by}
            for name, values in {**own, **lent}.items():
                if values and name not in self.supposed:
                    merged[name] = replace(merged[name], values=(*merged[name].values, *values))
        return merged

    def supposing(self, amounts: Mapping[str, float]) -> "Check":
        """Return the check as it would be with other amounts: the same days, places and standing, and nothing a place has set.

        A parameter that has no value of its own is supposed formal and in force everywhere since ever. KeyError for a
        parameter the check does not have.
        """
        parameters = dict(self.sheet.parameters)
        for name, amount in amounts.items():
            known = parameters[name].values or (_EVERYWHERE,)
            parameters[name] = replace(
                parameters[name], values=tuple(replace(value, amount=value.amount if value.amount is None else amount) for value in known)
            )
        return replace(self, sheet=replace(self.sheet, parameters=parameters), supposed=frozenset(amounts))

    def run(self, records: Records, as_of: date, around: Around | None = None, overlays: Iterable[Overlay] = (), beside: Beside | None = None) -> Verdict:
        """Judge every record by the law of its own day and county; `around` and `beside` are what else there is to look at.

        Raises KeyError for a kind of record the check is not about.
        """
        one = self.rule_about(records.kind)
        rows = None if one.applies is None else one.applies(records)
        if rows is None or rows.all():
            return _framed(one, records, rows, self._judged(one, records, as_of, overlays, around, beside))
        if 2 * int(rows.sum()) > len(records):
            judged = self._judged(one, records, as_of, overlays, around, beside)
            return _framed(one, records, rows, confined(judged, rows, Outcome.NOT_APPLICABLE, OUTSIDE))
        if not rows.any():
            return _framed(one, records, rows, settled(len(records), Outcome.NOT_APPLICABLE, OUTSIDE))
        # Where it speaks of few rows only those are judged: few households have a position to measure from.
        few = self._judged(one, records.take(rows), as_of, overlays, around, beside)
        return _framed(one, records, rows, spread(few, rows, Outcome.NOT_APPLICABLE, OUTSIDE))

    def findings(self, records: Records, verdict: Verdict, rows: npt.NDArray[np.intp] | None = None) -> list[Finding]:
        """Return the verdicts of the named rows (all, when None) as findings. Names of people come masked.

        What a whole layer or ledger that was not supplied leaves open is said once a county, with how many it leaves open.
        """
        return findings_of(self.id, self.sheet.unit, records, verdict, np.arange(len(records)) if rows is None else rows)

    def finding(self, records: Records, verdict: Verdict, row: int) -> Finding:
        """Return the verdict of one record, said of that record even where a whole layer was not supplied."""
        return finding_of(self.id, self.sheet.unit, records, verdict, row)

    def sentence(self, finding: Finding, lang: str, instruments: Instruments) -> str:
        """Say a finding: who, what was found, what the rule is and by whose word, what to do. The only wording."""
        return sentence(self.sheet, finding, lang, instruments)

    def _judged(self, one: Rule, records: Records, as_of: date, overlays: Iterable[Overlay], around: Around | None, beside: Beside | None) -> Verdict:
        parameters = self.parameters_in(overlays)
        law = Terms(parameters, records.stored(one.dated_by), places_of(records, parameters.values()), as_of)
        more: dict[str, Any] = {}
        if one.layers:
            more["around"] = around or {}
        if one.beside:
            more["beside"] = beside or {}
        with np.errstate(divide="ignore", invalid="ignore"):
            return one.judge(records, law, **more)

    def rule_about(self, kind: RecordKind) -> Rule:
        """Return the rule for a kind of record; KeyError for a kind the check is not about."""
        for one in self.rules:
            if kind in one.about:
                return one
        raise KeyError(f"{self.id} is not about {kind.ledger}")


def _framed(one: Rule, records: Records, applies: Flags | None, verdict: Verdict) -> Verdict:
    """Add what is the same for every rule: missing facts, the missing governing day, rows the rule is not about."""
    first_new = len(verdict.words)
    outcome, reason = verdict.outcome.copy(), verdict.reason.copy()
    missing = _named(one, records, verdict)
    unsure = np.zeros(len(outcome), dtype=np.bool_)
    for name in one.needs:
        gone = records.missing(name)
        if gone is not None:
            missing[name] = missing[name] | gone if name in missing else gone
            outcome[gone], reason[gone] = Outcome.NO_DATA, first_new
            if records.kind.column(name).kind in (Kind.FLAG, Kind.CHOICE):
                unsure |= gone
    if applies is not None:
        out = ~applies & ~unsure
        outcome[out], reason[out] = Outcome.NOT_APPLICABLE, first_new + 1
        missing = {name: lost & ~out for name, lost in missing.items()}
    return replace(verdict, outcome=outcome, reason=reason, words=(*verdict.words, MISSING, OUTSIDE), missing=missing)


def _named(one: Rule, records: Records, verdict: Verdict) -> dict[str, Flags]:
    """Name what is missing where the rule could not measure and did not say why: the governing day, or a fact it reads."""
    missing = dict(verdict.missing)
    nameless = (verdict.outcome == Outcome.NO_DATA) & verdict.saying(MISSING)
    for lost in missing.values():
        nameless &= ~lost
    if not nameless.any():
        return missing
    for name in dict.fromkeys((one.dated_by, *one.reads)):
        gone = records.missing(name)
        if gone is not None and (nameless & gone).any():
            here = nameless & gone
            missing[name] = missing[name] | here if name in missing else here
    return missing


def page_of(docstring: str | None) -> str:
    """Return a stem's docstring as its English page."""
    return cleandoc(docstring or "")
