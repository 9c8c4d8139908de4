"""Dossiers: one page a household, of what the register says (masked for everybody), what the checks found, and what to look at on the spot."""

from collections.abc import Mapping
from typing import Any

from checks.sentence import day, number
from relocation.reports.dossiers import dossiers_pdf
from relocation.service import lawbook, registers
from relocation.service.findings import sentence
from relocation.service.visiting.homes import Home, homes
from relocation.service.visiting.planning import Plan, Stop, plan
from relocation.store import files, runs
from relocation.store.opening import Store

MOST_FINDINGS, LONGEST = 4, 260
FACTS = (
    "head_name", "id_number", "township", "village", "registered_poor", "approved_persons", "family_persons", "mode", "site_name", "new_township",
    "unit_type", "moved_in", "moved_in_on", "old_house", "demolished_on", "signed_by",
)  # fmt: skip

_WORDS: Mapping[str, tuple[str, str]] = {
    "facts": ("登记内容（姓名、证件号已遮盖）", "In the register (names and ID numbers masked)"),
    "areas": ("面积（平方米）", "Areas (m²)"),
    "findings": ("核查发现", "What the checks found"),
    "as-of": ("{said}（以 {day} 为准）", "{said} (as of {day})"),
    "checklist": ("现场核对", "On the spot"),
    "remark": ("备注（旧房现状、新房现状、其他）", "Remarks (old house, new house, anything else)"),
    "signatures": (
        "走访人：____________　户主或家人：____________　日期：________年____月____日",
        "Visited by: ____________   Household: ____________   Date: ____________",
    ),
}
_CHECKLIST: tuple[tuple[str, str, str, str], ...] = (
    ("实测面积", "Area measured", "________ 平方米；怎样量的：________", "________ m²; how: ________"),
    ("见到的人", "People met", "________ 人；户主在 □ 不在 □", "________; head at home □ away □"),
    ("四见面", "Four-meet", "是 □　否 □", "done □   not done □"),
    ("实际居住", "Lived in", "是 □　否 □；水电门窗：________", "yes □   no □; water, power, doors, windows: ________"),
    ("本人签字", "Signed in person", "是 □　代签 □　没有签 □", "yes □   by another □   no □"),
    ("旧房（前）", "Old house (before)", "已拆 □　未拆 □　有人住 □；照片编号：________", "demolished □   standing □   lived in □; photo no. ________"),
    ("新房（后）", "New house (after)", "已入住 □　空置 □；照片编号：________", "moved in □   empty □; photo no. ________"),
    ("核实结果", "Result", "属实 □　不属实 □；不符之处：________", "as registered □   not □; what differs: ________"),
)
_NONE = ("缺资料", "no data")


def data(store: Store, county: str, number_: int, lang: str, code: str | None = None) -> dict[str, Any]:
    """Return what stands on the dossiers of a plan (or of one of its households), in the order of visits. Trouble as for `plan`."""
    one, at = plan(store, county, number_), int(lang != "zh")
    stops = [stop for stop in one.stops if code in (None, stop.code)]
    known = homes(store, county, [stop.code for stop in stops])
    with store.reading() as connection:
        as_of, name = runs.judged_as_of(connection, county), files.county_names(connection).get(county) or county
    words = {which: said[at] for which, said in _WORDS.items()}
    if as_of is not None:
        words["findings"] = words["as-of"].format(said=words["findings"], day=day(as_of, lang))
    return {
        "lang": lang,
        "title": f"{one.name} {one.id}",
        "foot": ("走访计划 {id}，{day} 抽取；内部使用，用后按规定保管。", "Plan of visits {id}, drawn {day}; for internal use.")[at].format(
            id=one.id, day=one.at.date()
        ),
        "words": words,
        "checklist": [[line[at], line[2 + at]] for line in _CHECKLIST],
        "homes": [_home(store, (one, name), stop, known.get(stop.code), lang) for stop in stops],
    }


def pdf(store: Store, county: str, number_: int, lang: str) -> bytes:
    """Return the dossiers of a plan as one PDF, a page a household. Trouble as for `plan`."""
    return dossiers_pdf(data(store, county, number_, lang))


def _home(store: Store, of: tuple[Plan, str], stop: Stop, home: Home | None, lang: str) -> dict[str, Any]:
    at, (one, county) = int(lang != "zh"), of
    record = registers.household(store, stop.code, lang, one.county)
    fields = {field.name: field for field in record.fields}
    register = lawbook.instruments(store)
    wrong = [finding for finding in record.findings if finding.outcome.id in ("fail", "review", "no-data")]
    result = (one.results or {}).get(stop.code)
    areas = (
        (("设计图", "design"), home.design_m2 if home else None), (("施工图", "construction drawing"), home.construction_m2 if home else None),
        (("登记", "register"), home.register_m2 if home else None), (("实测", "measured"), result.measured_area_m2 if result else None),
    )  # fmt: skip
    more = len(wrong) - MOST_FINDINGS
    return {
        "code": stop.code,
        "title": f"{record.name}　{stop.code}",
        "place": ("第 {day} 天 · 第 {place} 户", "day {day} · no. {place}")[at].format(day=stop.day, place=stop.place),
        "below": " · ".join(filter(None, (county, stop.township, home.village if home else "", home.site if home else "", _asked_before(stop, lang)))),
        "facts": [
            [fields[name].heading, " ".join(filter(None, (fields[name].value, fields[name].unit))) if fields[name].value else _NONE[at]] for name in FACTS
        ],
        "areas": [[words[at], _NONE[at] if value is None else number(value)] for words, value in areas],
        "findings": [_short(sentence(finding, lang, register), lang) for finding in wrong[:MOST_FINDINGS]],
        "none": ("核查没有发现问题。" if record.worst else "还没有核查过。", "The checks found nothing." if record.worst else "Not checked yet.")[at],
        "more": ("另有 {n} 项，见户的页面。", "{n} more on the household's page.")[at].format(n=more) if more > 0 else "",
    }


def _asked_before(stop: Stop, lang: str) -> str:
    """Return when and by whom a household had been asked already: whoever stands at its door should know."""
    on, _blank, by = stop.earlier.partition(" ")
    if not on:
        return ""
    plan = {"zh": "走访计划 {id}", "en": "plan of visits {id}"}[lang].format(id=by[1:])
    return {"zh": "近期走访过：{on}，{by}", "en": "visited lately: {on}, {by}"}[lang].format(on=on, by=plan if by.startswith("#") else by)


def _short(said: str, lang: str) -> str:
    """Return a sentence that leaves room for the others; the household's page has it whole."""
    most = LONGEST if lang == "zh" else 2 * LONGEST
    return said if len(said) <= most else f"{said[:most]}…"
