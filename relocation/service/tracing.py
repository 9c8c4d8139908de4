"""A verdict as a tree: outcome ← measured ← fields ← file, sheet, cell; limit ← parameter ← value ← document, clause, day, place, standing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from checks.check import Check
from checks.choices import Proximity
from checks.finding import Finding, LawApplied
from checks.instruments import Instruments
from checks.plain import plain
from checks.policy import NATIONAL, PROJECT, Parameter, Standing, Value, covers, specificity
from checks.sentence import day, distance, number, since_words, standing_words
from checks.sentence import document as document_words
from checks.vocabulary import KINDS, LAYERS, LEDGERS
from relocation.service.addresses import instrument_page, layer_page, parameter_page, subject_page
from relocation.service.lawbook import instruments, overlays
from relocation.service.registers import Field, layers
from relocation.service.showing import heading, unit
from relocation.store.opening import Store

STALE = "※"
"""Stands before a value whose day of review has passed: a sign, not a colour, and one that a GBK console has."""

TARGETS = {
    Proximity.COUNTY_SEAT.id: "county_seats",
    Proximity.TOWNSHIP.id: "townships",
    Proximity.INDUSTRIAL_PARK.id: "industrial_parks",
    Proximity.SCENIC_AREA.id: "scenic_areas",
}
_WORDS = {
    "measured": ("算得", "measured"), "limit": ("标准", "limit"), "read": ("用到的登记内容", "what was read"), "cell": ("出自", "read from"),
    "row": ("第 {cell} 行", "row {cell}"), "near": ("最近的设施", "nearest facilities"), "layer": ("图层", "layer"), "dated": ("日期", "dated"),
    "uncertainty": ("位置误差", "uncertainty of position"), "missing": ("缺少", "missing"), "facts": ("中间结果", "worked out on the way"),
    "in force": ("判断时适用", "applied to this verdict"), "history": ("数值沿革", "its values"), "not found": ("没有查到", "not found"),
    "no rule": ("不再有规定", "no rule any more"), "place": ("适用范围", "holds in"), "standing": ("性质", "standing"), "clause": ("条款", "clause"),
    "issuer": ("发文", "issued by"), "document": ("依据", "by"), "governing": ("适用哪一天的规定", "day whose law applies"), "source": ("来源", "source"),
    "withdrawn": ("现行文本里已没有这条数值", "no longer in the text in force"), "unplaced": ("没有位置", "no position"), "none": ("没有", "none"),
    "households": ("由搬迁户台账统计", "counted from the ledger of households"), "stale": ("应在{day}前复核", "review was due by {day}"),
    "not imported": ("没有导入", "not imported"), "not recorded": ("台账里没有填", "not filled in"),
    "over": ("优先于上一级的数值", "goes before those of wider places"), "unknown": ("未说明", "not stated"),
}  # fmt: skip
AREAS = ("county", "township")
_PLACES = {"zh": ("全国", "省", "市", "县", "安置点"), "en": ("nation", "province", "prefecture", "county", "site")}


@cache
def worked_out() -> Mapping[str, Mapping[str, str]]:
    """Return what the facts of verdicts are called, in both languages, with their unit."""
    loaded: Mapping[str, Mapping[str, str]] = plain(Path(__file__).with_name("facts.yaml").read_text("utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a trace; `children` are what it comes from, `link` the page that shows it."""

    label: str
    value: str = ""
    unit: str = ""
    children: tuple["Node", ...] = ()
    link: str = ""

    def json(self) -> dict[str, Any]:
        """Return the tree for other programs."""
        return {"label": self.label, "value": self.value, "unit": self.unit, "children": [child.json() for child in self.children], "link": self.link}


def tree(store: Store, check: Check, finding: Finding, fields: Sequence[Field], lang: str, today: date | None) -> Node:
    """Trace a finding; `fields` are those of its record that the rule reads, `today` tells which values are due for review."""
    tracer = _Tracer(check, finding, tuple(fields), lang, today, instruments(store))
    near = tracer.near(store)
    branches = (tracer.measured(), tracer.limit(check.parameters_in(overlays(store))), near, tracer.others(), tracer.missing())
    outcome = finding.outcome.zh if lang == "zh" else finding.outcome.en
    return Node(check.title(lang), outcome, "", tuple(branch for branch in branches if branch), subject_page(finding))


@dataclass(frozen=True, slots=True)
class _Tracer:
    check: Check
    finding: Finding
    fields: tuple[Field, ...]
    lang: str
    today: date | None
    register: Instruments

    def say(self, word: str, **facts: object) -> str:
        """Return one of the trace's own words."""
        return _WORDS[word][0 if self.lang == "zh" else 1].format(**facts)

    def measured(self) -> Node | None:
        """Return what was measured, or only read, and the cells it was read from."""
        days = self._governing()
        read = tuple(self.field(field) for field in self.fields if field.value and field.name not in days and field.name not in ("code", "county"))
        if self.finding.subject_kind in AREAS:
            homes = f"/households?county={self.finding.county}"
            read = (*self._counted(), Node(self.say("households"), "", "", (), homes))
        if self.finding.measured is None:
            return Node(self.say("read"), children=read, link=subject_page(self.finding)) if read else None
        value = number(self.finding.measured, self.finding.limit)
        return Node(self.say("measured"), value, unit(self.finding.unit, self.lang), read, subject_page(self.finding))

    def field(self, field: Field) -> Node:
        """Return one field of the record with the cell it was read from."""
        where = " · ".join(part for part in (field.file, field.sheet, self._cell(field)) if part)
        link = subject_page(self.finding, field.name)
        return Node(field.heading, field.value, field.unit if field.value else "", (Node(self.say("cell"), where, "", (), link),), link)

    def _cell(self, field: Field) -> str:
        return self.say("row", cell=field.cell) if field.cell.isdigit() else field.cell

    def _governing(self) -> set[str]:
        return {one.dated_by for one in self.check.rules if any(kind.id == _kind(self.finding) for kind in one.about)}

    def _counted(self) -> tuple[Node, ...]:
        kind = KINDS["area"]
        named = {column.name: column for column in kind}
        return tuple(
            Node(heading(named[name], self.lang), number(float(value)), unit(named[name].unit, self.lang), (), subject_page(self.finding))
            for name, value in self.finding.facts.items()
            if name in named and isinstance(value, int | float) and not isinstance(value, bool)
        )

    def limit(self, parameters: Mapping[str, Parameter]) -> Node | None:
        """Return the value the verdict rests on, its history, and the day by which it was chosen."""
        law = self.finding.law
        if law is None or law.parameter not in parameters:
            return None
        parameter = parameters[law.parameter]
        link = parameter_page(self.check.id, parameter.name)
        here = self._place(law)
        values = [value for value in parameter.values if covers(value.place, here)]
        values.sort(key=lambda value: (value.since, specificity(value.place)))
        applied = next((value for value in values if _same(value, law)), None)
        past = tuple(self.value(parameter, value) for value in values if value is not applied)
        children = [self.applied(parameter, law, applied, values)]
        if past:
            children.append(Node(self.say("history"), "", "", past, link))
        children += [Node(self.say("governing"), field.value, "", self.field(field).children, subject_page(self.finding, field.name))
                     for field in self.fields if field.name in self._governing() and field.value]  # fmt: skip
        title = parameter.zh if self.lang == "zh" else parameter.en
        return Node(
            f"{self.say('limit')}：{title}" if self.lang == "zh" else f"{self.say('limit')}: {title}",
            number(law.value),
            unit(parameter.unit, self.lang),
            tuple(children),
            link,
        )

    def _place(self, law: LawApplied) -> str:
        """Return where the subject's law is looked up: in its project, where that is known, else in its county."""
        if PROJECT in law.place:
            return law.place
        return f"{self.finding.county}{PROJECT}{self.finding.subject}" if self.finding.subject_kind == "site" else self.finding.county

    def applied(self, parameter: Parameter, law: LawApplied, value: Value | None, among: Sequence[Value]) -> Node:
        """Return the value as it was applied, with document, clause, place and standing."""
        own = value or Value(law.since, law.value, law.instrument, law.clause, _standing(law), law.place, None, law.first_day_assumed)
        children = list(self.source(own))
        if any(specificity(other.place) < specificity(law.place) for other in among):
            children[-2] = Node(children[-2].label, f"{children[-2].value}{'，' if self.lang == 'zh' else ', '}{self.say('over')}", "", (), children[-2].link)
        if value is None:
            children.append(Node(self.say("withdrawn"), "", "", (), "/law"))
        label = f"{self.say('in force')}{'，' if self.lang == 'zh' else ', '}{since_words(law.since, law.first_day_assumed, self.lang)}"
        return Node(self._due(own) + label, number(law.value), unit(parameter.unit, self.lang), tuple(children), parameter_page(self.check.id, parameter.name))

    def value(self, parameter: Parameter, value: Value) -> Node:
        """Return one value of a parameter's history with its source."""
        said = self.say("no rule") if value.amount is None else number(value.amount)
        spoken = "" if value.amount is None else unit(parameter.unit, self.lang)
        label = self._due(value) + since_words(value.since, value.first_day_assumed, self.lang)
        return Node(label, said, spoken, self.source(value), parameter_page(self.check.id, parameter.name))

    def source(self, value: Value) -> tuple[Node, ...]:
        """Return by whose word a value stands: document, clause, who issued it when, place, standing."""
        link = instrument_page(value.instrument)
        known = self.register.get(value.instrument)
        title = document_words(known, self.lang) if known else value.instrument
        nodes = [Node(self.say("document"), title, "", (), link), Node(self.say("clause"), value.clause[self.lang], "", (), link)]
        if known:
            nodes.append(
                Node(self.say("issuer"), " · ".join(part for part in (known.issuer[self.lang] or self.say("not found"), known.issued_on) if part), "", (), link)
            )
        if self._is_stale(value) and value.review_by:
            nodes.append(Node(f"{STALE} {self.say('stale', day=day(value.review_by, self.lang))}", "", "", (), link))
        place = _PLACES[self.lang][specificity(value.place)] + ("" if value.place == NATIONAL else f" {value.place}")
        nodes.append(Node(self.say("place"), place, "", (), "/law"))
        nodes.append(Node(self.say("standing"), standing_words(value.standing.value, self.lang), "", (), link))
        return tuple(nodes)

    def _is_stale(self, value: Value) -> bool:
        return self.today is not None and value.is_stale(self.today)

    def _due(self, value: Value) -> str:
        return f"{STALE} " if self._is_stale(value) else ""

    def near(self, store: Store) -> Node | None:
        """Return the nearest facilities the verdict looked at, each with the layer it stands in."""
        found = self.finding.facts.get("near")
        if not isinstance(found, Mapping):
            return None
        rows = {row.id: row for row in sorted(layers(store, self.lang), key=lambda row: row.county == self.finding.county)}
        nodes = []
        for kind, target in found.items():
            id = TARGETS.get(str(kind), str(kind))
            told = [
                Node(
                    self.say("uncertainty"),
                    distance(float(target["uncertainty_m"]), self.lang) if target.get("uncertainty_m") is not None else self.say("unknown"),
                    "",
                    (),
                    layer_page(id),
                )
            ]
            if id in rows:
                row = rows[id]
                told += [Node(self.say("layer"), LAYERS[id][self.lang] if id in LAYERS else id, "", (), layer_page(id)),
                         Node(self.say("source"), row.source, "", (), layer_page(id)), Node(self.say("dated"), row.dated, "", (), layer_page(id))]  # fmt: skip
            metres = distance(float(target["m"]), self.lang) if target.get("m") is not None else self.say("unplaced")
            label = self.check.sheet.labels[kind][self.lang] if kind in self.check.sheet.labels else kind
            name = str(target.get("name") or self.say("none"))
            nodes.append(Node(f"{label} {name}", metres, "", tuple(told), layer_page(id)))
        return Node(self.say("near"), "", "", tuple(nodes), subject_page(self.finding))

    def others(self) -> Node | None:
        """Return what the rule worked out on the way."""
        told = {field.name for field in self.fields}
        if self.finding.subject_kind in AREAS:
            told |= {column.name for column in KINDS["area"]}
        nodes = tuple(
            Node(words[self.lang], number(float(value)), unit(words["unit"], self.lang), (), subject_page(self.finding))
            for name, value in self.finding.facts.items()
            if name not in told and isinstance(value, int | float) and not isinstance(value, bool) and (words := worked_out().get(name))
        )
        return Node(self.say("facts"), "", "", nodes, subject_page(self.finding)) if nodes else None

    def missing(self) -> Node | None:
        """Return what was missing: a field of the record, a ledger, a layer."""
        if not self.finding.missing:
            return None
        return Node(self.say("missing"), "", "", tuple(self._gone(name) for name in self.finding.missing), subject_page(self.finding))

    def _gone(self, name: str) -> Node:
        if name in LAYERS:
            return Node(LAYERS[name][self.lang], self.say("not imported"), "", (), "/import")
        if name in LEDGERS:
            return Node(LEDGERS[name].zh if self.lang == "zh" else LEDGERS[name].ledger, self.say("not imported"), "", (), "/import")
        named = {column.name: column for column in KINDS[_kind(self.finding)]}
        field = next((field for field in self.fields if field.name == name), None)
        where = " · ".join(part for part in (field.file, field.sheet, self._cell(field)) if part) if field else ""
        children = (Node(self.say("cell"), where, "", (), subject_page(self.finding, name)),) if where else ()
        return Node(heading(named[name], self.lang) if name in named else name, self.say("not recorded"), "", children, subject_page(self.finding, name))


def rests_on(check: Check, finding: Finding) -> set[str]:
    """Return the columns a verdict rests on: those the rule names, its governing day, and those it found missing."""
    rules = [rule for rule in check.rules if any(kind.id == _kind(finding) for kind in rule.about)]
    named = {
        name for rule in rules for name in (*rule.needs, *rule.reads, rule.dated_by, *_read_by(rule.judge), *(_read_by(rule.applies) if rule.applies else ()))
    }
    return named | set(finding.missing) | {"code", "county"}


def _read_by(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the attribute names a rule's code reads: among them are the columns."""
    return function.__code__.co_names


def _kind(finding: Finding) -> str:
    return "area" if finding.subject_kind in AREAS else finding.subject_kind


def _same(value: Value, law: LawApplied) -> bool:
    return (value.since, value.place, value.amount, value.instrument) == (law.since, law.place, law.value, law.instrument)


def _standing(law: LawApplied) -> Standing:
    return Standing(law.standing)
