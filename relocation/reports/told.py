"""A comparison told in lines of words, for a terminal: what was read, how it was laid together, unit types, changes, clues, and what was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely import Point, Polygon

from geo.drawing.difference import ChangeSet, Difference
from geo.drawing.model import Drawing
from relocation.reports.comparison_sheet import ComparisonSheet, UnitSide, UnitTypePair
from relocation.reports.tables import alignment_said
from relocation.reports.wording import counted, described, outcome_word, reason_word, word

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
    "effect": ("从设计图到施工图：面积 {area} ㎡，人均 {each} ㎡", "from design to construction: area {area} m², per person {each} m²"),
    "no_effect": ("不改变建筑面积和人均面积", "building area and area per person stay as they are"),
    "same": ("从设计图到施工图：面积不变", "from design to construction: the area stays the same"),
    "inside": ("第 {n} 组（{label}）：{what}", "Set {n} ({label}): {what}"),
    "outside": ("第 {n} 组：{what}", "Set {n}: {what}"),
    "more": ("另有 {n} 处", "{n} more"),
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
    """Return the whole comparison as headings with lines of words, in one language."""
    return [
        Told(_say("understood", lang), tuple(_understood(sheet, lang))),
        Told(word("alignment", lang), ((0, alignment_said(sheet, lang), ""),)),
        Told(word("unit_types", lang), tuple(_types(sheet, lang))),
        Told(word("differences", lang), tuple(_sets(sheet, lang))),
        Told(word("checks", lang), tuple((0, one.sentence[lang], one.outcome) for one in sheet.verdicts)),
        Told(word("lineage", lang), tuple((0, one.sentence[lang], one.outcome) for one in sheet.lineage)),
        Told(word("not_compared", lang), tuple(_left_out(sheet, lang))),
    ]


def _say(key: str, lang: str, **facts: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**facts)


def _understood(sheet: ComparisonSheet, lang: str) -> Iterator[tuple[int, str, str]]:
    for which, drawing, plans in (("old", sheet.old, sheet.plans_old), ("new", sheet.new, sheet.plans_new)):
        yield 0, f"{word(which, lang)} {drawing.name} ({drawing.format.upper()} {drawing.version})", ""
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


def _types(sheet: ComparisonSheet, lang: str) -> Iterator[tuple[int, str, str]]:
    if not sheet.unit_types:
        yield 0, _say("no_types", lang), ""
    for one in sheet.unit_types:
        yield 0, one.label, ""
        if one.renamed:
            yield 1, _say("renamed", lang, old=one.called("old"), new=one.called("new")), "review"
        for which, side in (("old", one.old), ("new", one.new)):
            yield 1, _side(word(which, lang), side, lang), side.outcome if side else ""
            if side and side.sentence:
                yield 2, side.sentence[lang], ""
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
    """Say what the changes do to a unit type's area, and to the area per person: no more decimals than the measuring bears."""
    if one.old is None or one.new is None or one.old.m2_a_person is None or one.new.m2_a_person is None:
        return ""
    areas = [side.gross_m2 if side.counted_m2 is None else side.counted_m2 for side in (one.old, one.new)]
    if areas[0] is None or areas[1] is None:
        return ""
    if abs(areas[1] - areas[0]) < 0.005 and abs(one.new.m2_a_person - one.old.m2_a_person) < 0.005:
        return _say("same", lang)
    return _say("effect", lang, area=f"{areas[1] - areas[0]:+.2f}", each=f"{one.new.m2_a_person - one.old.m2_a_person:+.2f}")


def _sets(sheet: ComparisonSheet, lang: str) -> Iterator[tuple[int, str, str]]:
    found, metres = sheet.comparison, sheet.comparison.unit_m is not None
    by_id = {one.id: one for one in found.differences}
    if not found.change_sets and any(one.status != "refused" for one in found.alignments):
        yield 0, word("no_differences", lang), ""
    weight = {one.number: max((by_id[id].weight for id in one.members), default=0) for one in found.change_sets}
    ordered = sorted(found.change_sets, key=lambda one: (-weight[one.number], one.number))
    for one in ordered[:SETS_TOLD]:
        label = within(sheet, one)
        yield 0, _say("inside" if label else "outside", lang, n=one.number, label=label, what=counted(one, lang)), ""
        members = sorted((by_id[id] for id in one.members), key=_telling)
        for member in members[:MEMBERS_TOLD]:
            yield 1, described(member, lang, metres=metres), ""
        if len(members) > MEMBERS_TOLD:
            yield 1, _say("more", lang, n=len(members) - MEMBERS_TOLD), ""
        yield from ((1, line, "") for line in _set_effect(sheet, label, members, lang))
    if len(ordered) > SETS_TOLD:
        yield 0, _say("more_sets", lang, n=len(ordered) - SETS_TOLD), ""


_FIRST = ("wall", "opening", "area", "room", "override", "dimension", "text")


def _telling(one: Difference) -> tuple[bool, int, int, str]:
    """Return what orders the differences of a set: what touches an area or a room, walls before all, then by weight."""
    return one.weight < 3, _FIRST.index(one.what) if one.what in _FIRST else len(_FIRST), -one.weight, one.id


def _set_effect(sheet: ComparisonSheet, label: str, members: Sequence[Difference], lang: str) -> Iterator[str]:
    """Say what a set of changes to walls does to its unit type's area, and to the area per person."""
    pair = next((one for one in sheet.unit_types if one.called("old") == label), None)
    if pair is None:
        return
    if any(one.what == "area" and isinstance(one.before, float) and isinstance(one.after, float) for one in members):
        effect = _effect(pair, lang)
        if effect:
            yield effect
    elif any(one.what in ("wall", "opening", "room") for one in members):
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
