"""A comparison told in lines of words, for a terminal: what was read, how it was laid together, unit types, changes, clues, and what was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely import Point, Polygon

from geo.drawing.difference import ChangeSet, Difference
from geo.drawing.model import Drawing
from relocation.reports.comparison_sheet import ComparisonSheet, Judged, Said, UnitSide, UnitTypePair
from relocation.reports.describing import described
from relocation.reports.notices import notices
from relocation.reports.tables import alignment_said, decided
from relocation.reports.wording import counted, outcome_word, reason_word, version_word, word

SETS_TOLD, MEMBERS_TOLD = 20, 6
"""So many sets, and of each so many differences, are told; the written report has all."""
WALL_M = 0.5
"""A change this near to a unit type's outline is a change of that unit type: its outer wall is."""

_WORDS = {
    "whole": ("读全，{readers} 两次读取一致", "read whole, {readers} agree"),
    "one_reader": ("只有 {readers} 读得一致的部分，不作合规结论", "{readers} do not agree, so nothing passes on it"),
    "print": ("打印件：只有线条和文字，不作合规结论", "a print: lines and text only, so nothing passes on it"),
    "unreadable": ("有 {n} 个“{what}”对象谁也读不出", "{n} objects of the kind “{what}” that nothing can read"),
    "reference": ("缺少外部参照“{what}”", "its external reference “{what}” is missing"),
    "unit": ("图形单位：1 单位 = {metres} 米（{votes}）", "unit of measure: 1 unit = {metres} m ({votes})"),
    "no_unit": ("图形单位没有两类证据印证，不作合规结论", "no two kinds of evidence settle its unit of measure, so nothing passes on it"),
    "side": ("{which} {area} ㎡ ÷ {persons} 人 = {each} ㎡/人　{verdict}", "{which}: {area} m² ÷ {persons} persons = {each} m² each, {verdict}"),
    "side_open": ("{which} 量不出人均面积　{verdict}", "{which}: no area per person can be told, {verdict}"),
    "side_absent": ("{which} 没有这个户型", "{which}: has no such unit type"),
    "renamed": (
        "户型换了：设计图上是“{old}”，施工图上是“{new}”；各按自己的名称判断，请核实是改名还是换图",
        "the unit type is another: “{old}” in the design, “{new}” in the construction drawing; each is judged under its own name. Make sure which it is",
    ),
    "effect": ("从设计图到施工图：{parts}", "from design to construction: {parts}"),
    "area_by": ("面积 {area} ㎡", "area {area} m²"),
    "persons_by": ("人数由 {old} 人变为 {new} 人", "persons {old} → {new}"),
    "each_by": ("人均 {each} ㎡", "per person {each} m²"),
    "no_effect": ("不改变建筑面积和人均面积", "building area and area per person stay as they are"),
    "same": ("从设计图到施工图：面积不变", "from design to construction: the area stays the same"),
    "inside": ("第 {n} 组（{label}）：{what}", "Set {n} ({label}): {what}"),
    "outside": ("第 {n} 组：{what}", "Set {n}: {what}"),
    "more": ("另有 {n} 处，用 -o 写成文件可以看全部", "{n} more; write a file with -o to see all"),
    "decided": ("处理：{what}", "Decision: {what}"),
    "form": ("：{form}", ": {form}"),
    "gap": ("　", ": "),
    "as_above": ("依据同上", "By the same rule"),
    "in_short": ("{label}：{sides}", "{label}: {sides}"),
    "short": ("{which}每人 {each} ㎡ {verdict}", "{which} {each} m² a person, {verdict}"),
    "short_open": ("{which}量不出人均面积 {verdict}", "{which} no area per person, {verdict}"),
    "more_types": ("另有 {n} 个户型，见下", "{n} more unit types, see below"),
    "differ": ("{sets} 组差异，共 {n} 处", "differences: {n} in {sets} sets"),
    "not_laid_look": (
        "先核对：两份文件是不是同一户型的同一种图（平面对平面）；有没有缺外部参照；上面“图纸识读”的图形单位对不对。",
        "First make sure that both show the same unit type in the same view, that no external reference is missing, and that the unit of measure above is right.",
    ),
    "not_laid_click": (
        "确是同一户型的，用两次点击对位：运行 relocation serve，打开“图纸”页，在“比对两张图”里选这两个文件；在结果页点“人工对位”，按提示在两张图上各点两个相同的墙角。",
        "If they do, align them by two clicks: run relocation serve, open Drawings, choose both files, press “Align by hand”, click two wall corners in either.",
    ),
    "more_sets": ("另有 {n} 组，用 -o 写成文件可以看全部", "{n} more sets; write a file with -o to see all"),
    "no_types": ("两张图上都没有识出户型", "no unit type was found in either drawing"),
    "nothing_left": ("全部图元都参加了比对", "every entity was compared"),
    "understood": ("图纸识读", "The drawings"),
}
_VOTES = {
    "doors": ("门", "doors"), "walls": ("墙厚", "walls"), "dimensions": ("尺寸", "dimensions"), "areas": ("面积", "areas"),
    "header": ("文件头", "header"), "paper": ("图幅", "paper"), "by-hand": ("人工指定", "set by hand"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One heading with its lines; a line's depth says under which it belongs, its outcome's id what it was judged, "" for what is no verdict."""

    title: str
    lines: tuple[tuple[int, str, str], ...]  # depth, text, outcome


def told(sheet: ComparisonSheet, lang: str) -> list[Told]:
    """Return the whole comparison as headings with lines of words, in one language: in short, and then one thing after the other."""
    laws: set[str] = set()  # whose rules were named already
    types = tuple(_types(sheet, laws, lang))
    return [
        Told(word("summary", lang), tuple(in_short(sheet, lang))),
        Told(_say("understood", lang), tuple(_understood(sheet, lang))),
        Told(word("alignment", lang), ((0, alignment_said(sheet, lang), ""),)),
        Told(word("unit_types", lang), types),
        Told(word("differences", lang), tuple(_sets(sheet, lang))),
        Told(word("checks", lang), tuple(_judged(one, laws, lang) for one in sheet.verdicts)),
        Told(word("lineage", lang), tuple(_judged(one, laws, lang) for one in sheet.lineage)),
        Told(word("not_compared", lang), tuple(_left_out(sheet, lang))),
    ]


def in_short(sheet: ComparisonSheet, lang: str) -> Iterator[tuple[int, str, str]]:
    """Say what matters in a few lines: what is odd about the files, each unit type by either drawing, how much differs."""
    yield from ((0, line, "review") for line in notices(sheet, lang))
    gap = "；" if lang == "zh" else "; "
    for one in sheet.unit_types[:TYPES_IN_SHORT]:
        sides = gap.join(_side_in_short(word(which, lang), side, lang) for which, side in (("old", one.old), ("new", one.new)))
        yield 0, _say("in_short", lang, label=one.label, sides=sides), ""
    if len(sheet.unit_types) > TYPES_IN_SHORT:
        yield 0, _say("more_types", lang, n=len(sheet.unit_types) - TYPES_IN_SHORT), ""
    found = sheet.comparison
    if sheet.refused:
        yield 0, word("not_laid", lang), "no-data"
    else:
        yield 0, _say("differ", lang, sets=len(found.change_sets), n=len(found.differences)) if found.differences else word("no_differences", lang), ""


TYPES_IN_SHORT = 8
"""So many unit types are told in short."""


def _side_in_short(which: str, side: UnitSide | None, lang: str) -> str:
    if side is None:
        return _say("side_absent", lang, which=which)
    verdict = outcome_word(side.outcome, lang)
    if side.m2_a_person is None:
        return _say("short_open", lang, which=which, verdict=verdict)
    return _say("short", lang, which=which, each=f"{side.m2_a_person:.2f}", verdict=verdict)


def _judged(one: Judged, laws: set[str], lang: str) -> tuple[int, str, str]:
    """Return a verdict with its word before its sentence."""
    return 0, f"{outcome_word(one.outcome, lang)}{_say('gap', lang)}{_once(one.sentence, one.by, laws, lang)}", one.outcome


def _once(sentence: Said, by: Said, laws: set[str], lang: str) -> str:
    """Return a sentence; whose rule it is, where that was said before, in a word only."""
    text, law = sentence.get(lang, ""), by.get(lang, "")
    if law in laws:
        return text.replace(law, _say("as_above", lang)) if law else text
    laws.add(law)
    return text


def _say(key: str, lang: str, **facts: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**facts)


def _understood(sheet: ComparisonSheet, lang: str) -> Iterator[tuple[int, str, str]]:
    for which, drawing, plans in (("old", sheet.old, sheet.plans_old), ("new", sheet.new, sheet.plans_new)):
        yield 0, f"{word(which, lang)} {drawing.name}{_say('form', lang, form=version_word(drawing, lang))}", ""
        for line in _readability(drawing, lang):
            yield 1, line, ""
        if plans is None:
            continue
        unit = plans.unit
        votes = ("、" if lang == "zh" else ", ").join(_VOTES.get(one.evidence, (one.evidence,) * 2)[0 if lang == "zh" else 1] for one in unit.votes)
        yield 1, _say("no_unit", lang) if unit.metres is None else _say("unit", lang, metres=f"{unit.metres:g}", votes=votes), ""


def _readability(drawing: Drawing, lang: str) -> Iterator[str]:
    if drawing.format == "pdf":
        yield _say("print", lang)
    else:
        yield _say("whole" if drawing.agreed else "one_reader", lang, readers=("、" if lang == "zh" else ", ").join(drawing.readers))
    for what, n in drawing.unreadable.items():
        yield _say("unreadable", lang, n=n, what=what)
    for what in drawing.missing_references:
        yield _say("reference", lang, what=what)


def _types(sheet: ComparisonSheet, laws: set[str], lang: str) -> Iterator[tuple[int, str, str]]:
    if not sheet.unit_types:
        yield 0, _say("no_types", lang), ""
    for one in sheet.unit_types:
        yield 0, one.label, ""
        if one.renamed:
            yield 1, _say("renamed", lang, old=one.called("old"), new=one.called("new")), "review"
        for which, side in (("old", one.old), ("new", one.new)):
            yield 1, _side(word(which, lang), side, lang), side.outcome if side else ""
            if side and side.sentence:
                yield 2, _once(side.sentence, side.by, laws, lang), ""
        effect = _effect(one, lang)
        if effect:
            yield 1, effect, ""


def _side(which: str, side: UnitSide | None, lang: str) -> str:
    if side is None:
        return _say("side_absent", lang, which=which)
    each, verdict = side.m2_a_person, outcome_word(side.outcome, lang)
    if each is None or not side.persons:
        return _say("side_open", lang, which=which, verdict=verdict)
    return _say("side", lang, which=which, area=f"{each * side.persons:.2f}", persons=side.persons, each=f"{each:.2f}", verdict=verdict)


def _effect(one: UnitTypePair, lang: str) -> str:
    """Say what the changes do to a unit type's area, its persons, and the area per person: no more decimals than the measuring bears."""
    if one.old is None or one.new is None or one.old.m2_a_person is None or one.new.m2_a_person is None:
        return ""
    areas = [side.gross_m2 if side.counted_m2 is None else side.counted_m2 for side in (one.old, one.new)]
    if areas[0] is None or areas[1] is None:
        return ""
    parts = []
    if abs(areas[1] - areas[0]) >= LEAST_M2:
        parts.append(_say("area_by", lang, area=f"{areas[1] - areas[0]:+.2f}"))
    if one.old.persons != one.new.persons:
        parts.append(_say("persons_by", lang, old=one.old.persons, new=one.new.persons))
    if abs(one.new.m2_a_person - one.old.m2_a_person) >= LEAST_M2:
        parts.append(_say("each_by", lang, each=f"{one.new.m2_a_person - one.old.m2_a_person:+.2f}"))
    return _say("effect", lang, parts=("，" if lang == "zh" else ", ").join(parts)) if parts else _say("same", lang)


LEAST_M2 = 0.005
"""Below this an area is written as the same."""


def _sets(sheet: ComparisonSheet, lang: str) -> Iterator[tuple[int, str, str]]:
    """Tell the sets by their numbers; of many the weightiest."""
    found = sheet.comparison
    if sheet.refused:
        yield from ((0, text, "") for text in (word("not_laid", lang), _say("not_laid_look", lang), _say("not_laid_click", lang)))
        return
    by_id = {one.id: one for one in found.differences}
    if not found.change_sets:
        yield 0, word("no_differences", lang), ""
    weight = {one.number: max((by_id[id].weight for id in one.members), default=0) for one in found.change_sets}
    weightiest = sorted(found.change_sets, key=lambda one: (-weight[one.number], one.number))[:SETS_TOLD]
    for one in sorted(weightiest, key=lambda one: one.number):
        yield from _set(sheet, one, [by_id[id] for id in one.members], lang)
    if len(found.change_sets) > SETS_TOLD:
        yield 0, _say("more_sets", lang, n=len(found.change_sets) - SETS_TOLD), ""


def _set(sheet: ComparisonSheet, one: ChangeSet, members: list[Difference], lang: str) -> Iterator[tuple[int, str, str]]:
    label, metres, whole = within(sheet, one), sheet.comparison.unit_m is not None, sheet.decision_on(one)
    yield 0, _say("inside" if label else "outside", lang, n=one.number, label=label, what=counted(one, lang)), ""
    if whole:
        yield 1, _say("decided", lang, what=decided(whole, lang)), ""
    members.sort(key=telling)
    for member in members[:MEMBERS_TOLD]:
        own = None if whole else sheet.decisions.get(member.id)
        yield 1, described(member, lang, metres=metres) + (f"{_say('gap', lang)}{_say('decided', lang, what=decided(own, lang))}" if own else ""), ""
    if len(members) > MEMBERS_TOLD:
        yield 1, _say("more", lang, n=len(members) - MEMBERS_TOLD), ""
    yield from ((1, line, "") for line in _set_effect(sheet, label, members, lang))


_FIRST = ("wall", "opening", "area", "room", "override", "block", "line", "arc", "hatch", "written", "dimension", "text")


def telling(one: Difference) -> tuple[int, int, str]:
    """Return what orders the differences of a set: what moved, walls before all; what follows of it, areas and rooms; what is written."""
    written = one.what in ("area", "room") and bool(one.shape_before or one.shape_after)
    what = "written" if written else one.what
    return _FIRST.index(what) if what in _FIRST else len(_FIRST), -one.weight, one.id


def _set_effect(sheet: ComparisonSheet, label: str, members: Sequence[Difference], lang: str) -> Iterator[str]:
    """Say what a set of changes to walls does to its unit type's area, and to the area per person."""
    pair = next((one for one in sheet.unit_types if one.called("old") == label), None)
    if pair is None:
        return
    if any(one.what == "area" and isinstance(one.before, float) and isinstance(one.after, float) for one in members):
        effect = _effect(pair, lang)
        if effect:
            yield effect
    elif any(one.what in ("wall", "opening", "room") for one in members) and _effect(pair, lang) == _say("same", lang):
        yield _say("no_effect", lang)


def within(sheet: ComparisonSheet, one: ChangeSet) -> str:
    """Return the label of the unit type of the old drawing that a change set lies in or along, "" where it is none."""
    if sheet.plans_old is None or sheet.comparison.unit_m is None:
        return ""
    west, south, east, north = one.box
    middle = Point((west + east) / 2, (south + north) / 2)
    box = Polygon([(west, south), (east, south), (east, north), (west, north)])
    near = [(plan.outline.distance(middle), plan.label) for plan in sheet.plans_old.unit_plans if plan.outline and plan.outline.distance(box) <= WALL_M]
    return min(near)[1] if near else ""


def _left_out(sheet: ComparisonSheet, lang: str) -> Iterator[tuple[int, str, str]]:
    counts = sheet.comparison.not_compared
    if not counts:
        yield 0, _say("nothing_left", lang), ""
    for reason, n in counts.items():
        yield 0, f"{reason_word(reason, lang)} × {n}", ""
    if sheet.comparison.folded:
        yield 0, word("folded", lang), ""
        for reason, n in sheet.comparison.folded.items():
            yield 1, f"{reason_word(reason, lang)} × {n}", ""
