"""The questions answered: figures, the worst cases with where they stand, and how each question stands on the whole."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from checks.finding import Finding
from checks.records import Records
from checks.registry import checks
from checks.sentence import found as told_briefly
from checks.sentence import who
from checks.vocabulary import HOUSEHOLD, KINDS, LAYERS, LEDGERS, SITE
from relocation.service.briefing.contract import Answer, Case, Point
from relocation.service.briefing.figures import figure, matching, worse_first
from relocation.service.briefing.ground import Ground
from relocation.service.briefing.questions import FAIL, NO_DATA, ONE, QUESTIONS, REVIEW, Count, Question, pick
from relocation.store.frames import read_records
from relocation.store.opening import Store

WORST_KEPT = 3
_ORDER = (FAIL, REVIEW, NO_DATA, "pass", "not-applicable")


def answers(store: Store, ground: Ground, lang: str) -> tuple[Answer, ...]:
    """Return every question answered, the worst first; what is equally bad keeps the order of an inspection."""
    told = [_answer(ground, question, lang) for question in QUESTIONS]
    ranked = sorted(told, key=lambda one: (_ORDER.index(one.outcome), -one.failing))
    return _marked(ranked, _places(store, ground, ranked))


def _marked(ranked: Sequence[Answer], places: "Places") -> tuple[Answer, ...]:
    """Number the worst place of each question that finds any, so that the picture and the list say the same."""
    made, mark = [], 0
    for one in ranked:
        cases = [replace(case, at=places.get((case.kind, case.code))) for case in one.worst]
        at = next((index for index, case in enumerate(cases) if case.at), None)
        if at is not None:
            mark += 1
            cases[at] = replace(cases[at], mark=mark)
        made.append(replace(one, worst=tuple(cases)))
    return tuple(made)


def _answer(ground: Ground, question: Question, lang: str) -> Answer:
    counts = [count for count in question.counts if not (ground.places and count.measure.startswith(ONE))]
    figures = tuple(figure(ground, question, count, lang) for count in counts)
    cases = _cases(ground, counts, question.rank)
    note = _note(ground, question, lang)
    shown = tuple(_case(one, lang) for one in cases[:WORST_KEPT])
    asked = {"county": ground.county, **({"check": question.checks[0]} if len(question.checks) == 1 else {})}
    page = "" if ground.judged_anew else "/findings?" + urlencode(asked)
    return Answer(
        question.id,
        pick(question.words, lang),
        _stands(ground, question, note),
        figures,
        shown,
        len(cases),
        sum(one.outcome.id == FAIL for one in cases),
        page,
        note,
    )


def _cases(ground: Ground, counts: Sequence[Count], rank: str) -> list[Finding]:
    """Return what fails, then what is in doubt, by the question's own counts: what an earlier one holds comes first, each finding once."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for count in counts:
        if count.outcomes:
            found = [one for one in matching(ground, count) if one.outcome.id in (FAIL, REVIEW) and one.key not in kept]
            kept |= {one.key: one for one in worse_first(found, rank)}
    return sorted(kept.values(), key=lambda one: one.outcome.id != FAIL)


_QUOTED = re.compile("“[^”]*”")


def said(one: Finding, lang: str) -> str:
    """Return what was found. Of people nothing is quoted that somebody wrote about them: a brief is handed on, and a cause may name an illness."""
    told = told_briefly(checks()[one.check].sheet, one, lang)
    return _QUOTED.sub("“…”", told) if one.subject_kind in PEOPLE else told


PEOPLE = frozenset(kind.id for kind in KINDS.values() if any(column.name == "head_name" for column in kind))


def _case(one: Finding, lang: str) -> Case:
    page = "/findings?" + urlencode({"check": one.check, "county": one.county, "kind": one.subject_kind, "subject": one.subject})
    return Case(one.subject_kind, one.subject, who(one, lang), said(one, lang), one.outcome.id, page)


def _stands(ground: Ground, question: Question, note: str) -> str:
    """Return how a question stands: as its worst finding does. What was never judged, or not whole, is no data and never a pass."""
    found = {one.outcome.id for count in question.counts for one in matching(ground, count)}
    for id in (FAIL, REVIEW, NO_DATA):
        if id in found:
            return id
    judged = {one.outcome.id for one in ground.findings if one.check in question.checks and one.subject_kind in question.kinds}
    if HOUSEHOLD.id in question.kinds:  # of the people's records those that pass are counted and not kept
        judged |= {outcome for (check, outcome), n in ground.totals.items() if n and check in question.checks}
    if note or not judged & {"pass", "not-applicable"}:
        return NO_DATA
    return "pass" if "pass" in judged else "not-applicable"


def _note(ground: Ground, question: Question, lang: str) -> str:
    """Say what was not supplied and so leaves a question open."""
    ledgers = {KIND_LEDGER.get(kind, "") for kind in question.kinds}
    lost = {name for (check, ledger), missing in ground.left_open.items() if check in question.checks and ledger in ledgers for name in missing.split()}
    words = [_word(name, lang) for name in sorted(lost)]
    if not words:
        return ""
    return f"没有导入{'、'.join(words)}，这一部分无法判断" if lang == "zh" else f"{', '.join(words)} not imported: that part cannot be judged"


KIND_LEDGER = {kind.id: ledger for ledger, kind in LEDGERS.items()}


def _word(name: str, lang: str) -> str:
    if name in LAYERS:
        return LAYERS[name][lang]
    known = LEDGERS.get(name)
    return name if known is None else known.zh if lang == "zh" else f"the ledger of {known.ledger}"


Places = dict[tuple[str, str], Point]
"""Kind and code of a record → where it stands, or where its site does."""


def _places(store: Store, ground: Ground, told: Sequence[Answer]) -> Places:
    wanted: dict[str, set[str]] = {SITE.id: set()}
    for case in (case for one in told for case in one.worst if case.kind in KINDS and case.kind not in ("county", "township")):
        wanted.setdefault(case.kind, set()).add(case.code)
    found: Places = {}
    with store.reading() as connection:
        sites = _points(read_records(connection, SITE, ground.county, columns=("code", "lon", "lat")))
        for kind, codes in wanted.items():
            columns = [column.name for column in KINDS[kind] if column.name in ("code", "lon", "lat", "site_code")]
            records = read_records(connection, KINDS[kind], ground.county, codes=sorted(codes), columns=columns)
            own = _points(records) if "lon" in columns else {}
            of = dict(zip(records.stored("code"), records.stored("site_code"), strict=True)) if "site_code" in columns else {}
            found |= {(kind, code): at for code in codes if (at := own.get(code) or sites.get(of.get(code)))}
    return found


def _points(records: Records) -> dict[Any, Point]:
    rows = zip(records.stored("code"), records.lon, records.lat, strict=True)
    return {str(code): (float(lon), float(lat)) for code, lon, lat in rows if lon == lon and lat == lat}
