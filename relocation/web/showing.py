"""How values look on a page: numbers, days, outcomes, bars. No view and no rule here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, g, request, url_for

from checks.choices import Proximity
from checks.finding import Finding
from checks.policy import NATIONAL, specificity
from checks.records import Column, RecordKind
from checks.sentence import day, distance, number, standing_words
from checks.sheet import Case
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import KINDS as RECORD_KINDS
from checks.vocabulary import LAYERS, LEDGERS
from checks.vocabulary import UNITS as SPOKEN_UNITS
from relocation.service import Store, findings, lawbook, registers
from relocation.service.drawings import lists
from relocation.web.gate import acting_store
from relocation.web.language import _, lang, plural
from relocation.web.sketch import sketch
from relocation.web.wording import on_page
from relocation.words import N_

SEEN_LEAST_PERCENT = 1.2
"""A share of a bar that holds anything is never drawn narrower than this, or one case in a thousand would not be seen."""

NEAR_STATES = {
    "within": N_("靠近"),
    "too-close": N_("误差内，难判定"),
    "beyond": N_("不靠近"),
    "unplaced": N_("有设施没有位置"),
    "absent": N_("没有图层"),
}
AREAS = {"county": N_("县"), "township": N_("乡镇")}
UNITS: dict[tuple[str, ...], Callable[[int], str]] = {
    ("site",): lambda n: plural("个安置点", "个安置点", n),
    ("household",): lambda n: plural("户", "户", n),
    ("area",): lambda n: plural("个县、乡镇", "个县、乡镇", n),
    ("area", "site"): lambda n: plural("个县、乡镇和安置点", "个县、乡镇和安置点", n),
    ("unit_type",): lambda n: plural("个户型", "个户型", n),
    ("drawing",): lambda n: plural("张图纸", "张图纸", n),
    ("drawing_pair",): lambda n: plural("对图纸", "对图纸", n),
    ("site", "household"): lambda n: plural("处安置点和分散户", "处安置点和分散户", n),
}
PLACES = (N_("全国"), N_("本省"), N_("本市"), N_("本县"), N_("单个安置点"))
PAGES = {
    "site": "records.site",
    "household": "records.household",
    "unit_type": "drawings.type_shown",
    "drawing": "drawings.one",
    "drawing_pair": "drawing_pairs.pair",
}
"""The page of each kind of record that has one."""
FAMILIES = {
    "siting": N_("选址"), "dwelling": N_("住房"), "money": N_("资金"), "people": N_("人"),
    "schedule": N_("进度"), "files": N_("档案"), "county": N_("全县"), "drawing": N_("图纸"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """What every view needs: the store, the clock, and whether the data are made up, so that nobody signs in."""

    store: Store
    now: Callable[[], datetime]
    demo: bool

    @property
    def today(self) -> date:
        """The day it is where this office stands."""
        return self.now().astimezone().date()


def office() -> Office:
    """Return the office this application serves."""
    opened: Office = current_app.extensions["relocation"]
    return opened


def store() -> Store:
    """Return the store as whoever asks sees it: their places, their name in the log."""
    return acting_store(office().store)


@dataclass(frozen=True, slots=True)
class Share:
    """One outcome's part of a bar: how many, and where it is drawn in percent of the width."""

    outcome: Outcome
    count: int
    start: float
    width: float


def shares(counts: Mapping[str, int]) -> list[Share]:
    """Return a bar's parts, worst first, all five; together they fill it exactly."""
    total = sum(counts.values()) or 1
    raw = [(outcome, counts.get(outcome.id, 0)) for outcome in WORST_FIRST]
    widths = [max(100 * count / total, SEEN_LEAST_PERCENT) if count else 0.0 for _outcome, count in raw]
    scale = 100 / (sum(widths) or 1)
    parts, start = [], 0.0
    for (outcome, count), width in zip(raw, widths, strict=True):
        parts.append(Share(outcome, count, round(start, 3), round(width * scale, 3)))
        start += width * scale
    return parts


def outcome_word(id: str) -> str:
    """Return an outcome in the reader's language; empty where nothing was checked yet."""
    if not id:
        return _("未检查")
    outcome = Outcome.by_id(id)
    return outcome.zh if lang() == "zh" else outcome.en


def shown_day(value: date | None) -> str:
    """Return a day as people write it."""
    return day(value, lang()) if value else ""


def shown_moment(value: datetime | None) -> str:
    """Return a moment to the minute, on the clock of where this office stands."""
    if value is None:
        return ""
    here = value.astimezone()
    return f"{shown_day(here.date())} {here:%H:%M}"


def subject_page(finding: Finding) -> str:
    """Return the address of the page of what a finding is about; areas have no page of their own, their findings do."""
    if finding.subject_kind in PAGES:
        return url_for(PAGES[finding.subject_kind], code=finding.subject, county=finding.county)
    return url_for("findings.listed", check=finding.check, kind=finding.subject_kind, county=finding.county, subject=finding.subject)


def same_page(**changed: str) -> str:
    """Return this page's address with some conditions changed; paging starts again unless it is what changes."""
    kept = {name: value for name, value in request.args.items() if name not in ("after", "lang") and value}
    values: dict[str, Any] = {**(request.view_args or {}), **kept, **changed}
    return url_for(str(request.endpoint), **values)


def export_page(form: str) -> str:
    """Return the address of the same findings as a file."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name not in ("after", "limit", "lang") and value}
    return url_for("findings.exported", form=form, **kept)


def unit_of(about: tuple[str, ...], n: int) -> str:
    """Return what a check counts, to stand behind the number `n`."""
    return UNITS[about](n) if about in UNITS else plural("项", "项", n)


def kind_word(kind: str) -> str:
    """Return what a subject is."""
    if kind in RECORD_KINDS:
        return RECORD_KINDS[kind].zh if lang() == "zh" else RECORD_KINDS[kind].en
    return _(AREAS.get(kind, kind)).lower()


def near_word(id: str) -> str:
    """Return the class of a target: county seat, township, park, scenic area."""
    try:
        choice = Proximity.by_id(id)
    except KeyError:
        return layer_word(id)
    return choice.zh if lang() == "zh" else choice.en


def near_state(state: str) -> str:
    """Return whether a target counts as near."""
    return _(NEAR_STATES[state]) if state in NEAR_STATES else ""


def layer_word(id: str) -> str:
    """Return what a layer is called; a county's own layer is called as the county called it."""
    return LAYERS[id][lang()] if id in LAYERS else id


def layer_title(id: str) -> str:
    """Return a layer's name as it stands in a table: without the article and noun a sentence needs."""
    name = layer_word(id).removeprefix("the layer of ")
    return name[:1].upper() + name[1:]


def worst_first(rows: Sequence[registers.CheckRow], counts: Mapping[str, Mapping[str, int]]) -> list[registers.CheckRow]:
    """Return checks family by family: the family with most that fails, then most in doubt, first; within it likewise."""

    def worst(of: Sequence[registers.CheckRow]) -> tuple[int, ...]:
        return tuple(-sum(counts.get(row.id, {}).get(outcome, 0) for row in of) for outcome in ("fail", "review"))

    families: dict[str, list[registers.CheckRow]] = {}
    for row in rows:
        families.setdefault(row.family, []).append(row)
    return [row for family in sorted(families, key=lambda name: worst(families[name])) for row in sorted(families[family], key=lambda row: worst([row]))]


def place_word(place: str) -> str:
    """Return how far a value reaches, with the code of the place."""
    return _(PLACES[specificity(place)]) + ("" if place == NATIONAL else f" {place}")


def ledger_word(kind: str) -> str:
    """Return what a file was recognised as."""
    if kind.startswith("layer:"):
        return _("图层：%(name)s") % {"name": layer_word(kind.removeprefix("layer:"))}
    known = LEDGERS.get(kind)
    return kind if known is None else known.zh if lang() == "zh" else known.ledger.capitalize()


def case_text(case: Case) -> str:
    """Return the facts of a worked example as one line."""
    kind = RECORD_KINDS.get(case.about)
    said = [_fact(kind, name, value) for name, value in case.given.items()]
    return ("；" if lang() == "zh" else "; ").join(said)


def _fact(kind: RecordKind | None, name: str, value: object) -> str:
    try:
        column = kind.column(name) if kind else None
    except KeyError:
        column = None
    if column is None:
        return f"{name} {value}"
    heading = column.zh if lang() == "zh" else column.en
    return f"{heading}{_('：')}{_said(column, value)}"


def _said(column: Column, value: object) -> str:
    if value is None:
        return _("（未填）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date):
        return shown_day(value)
    if column.choices and not column.several:
        choice = column.choices.by_id(str(value))
        return choice.zh if lang() == "zh" else choice.en
    told = number(float(value)) if isinstance(value, int | float) else value
    return f"{told} {SPOKEN_UNITS.get(column.unit, {}).get(lang(), column.unit)}".strip()


def show(app: Flask) -> None:
    """Give the templates these functions and what every page's frame says."""
    app.template_filter("day")(shown_day)
    app.template_filter("on_page")(on_page)
    app.template_filter("moment")(shown_moment)
    app.template_filter("number")(lambda value, beside=None: "" if value is None else number(float(value), beside))
    app.template_filter("distance")(lambda value: distance(float(value), lang()))
    app.template_global("standing_word")(lambda standing: standing_words(standing, lang()))
    app.template_global("kind_word")(kind_word)
    app.template_global("family_word")(lambda family: _(FAMILIES.get(family, family)))
    app.template_global("sentence")(lambda finding: findings.sentence(finding, lang(), lawbook.instruments(store())))
    app.template_global("sentence_by")(lambda finding, register: findings.sentence(finding, lang(), register))
    app.template_global("unit_word")(lambda unit: SPOKEN_UNITS[unit][lang()])
    app.template_global("check_title")(lambda id: titles().get(id, id))
    app.template_global("layer_word")(layer_word)
    for function in (
        shares,
        outcome_word,
        subject_page,
        made_code,
        called,
        same_page,
        export_page,
        near_word,
        place_word,
        ledger_word,
        case_text,
        unit_of,
        near_state,
        layer_title,
        sketch,
    ):
        app.template_global()(function)
    app.jinja_env.globals["OUTCOMES"] = [outcome.id for outcome in WORST_FIRST]
    app.context_processor(
        lambda: {
            "demo": office().demo,
            "reads_only": office().store.reads_only,
            "here": request.blueprint,
            "layer_words": [(id, layer_title(id)) for id in LAYERS],
        }
    )


def check_rows() -> list[registers.CheckRow]:
    """Return the checks in the order of an inspection: where, what is built, who, money, when, files, county, drawings."""
    order = list(FAMILIES)
    return sorted(registers.check_list(lang()), key=lambda row: order.index(row.family) if row.family in order else len(order))


def made_code(code: str) -> bool:
    """Tell whether a code was made here for a drawing, a pair or a unit type, and so tells a reader nothing."""
    return lists.MADE.fullmatch(code) is not None


def called(code: str) -> str:
    """Return the name of what a code was made for; any other text as it is."""
    if not made_code(code):
        return code
    if "names_made" not in g:
        g.names_made = lists.names_made(store())
    return str(g.names_made.get(code, code))


def titles() -> dict[str, str]:
    """Return the checks' titles by id."""
    if "titles" not in g:
        g.titles = {row.id: row.title for row in check_rows()}
    found: dict[str, str] = g.titles
    return found
