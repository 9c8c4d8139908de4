"""A verdict about drawings traced to what it comes from: the drawing, the sheet on it, the entity, with the page that shows it."""

from collections.abc import Iterator
from urllib.parse import quote

from checks.drawn import SIDES
from checks.finding import Finding
from checks.sentence import number
from checks.vocabulary import DRAWING, UNIT_TYPE
from geo.drawing.difference import ChangeSet, Difference
from geo.drawing.dwelling import Flag
from geo.drawing.model import Drawing
from relocation.reports.describing import described
from relocation.reports.wording import counted
from relocation.service.addresses import record_page
from relocation.service.drawings.deciding import pair_report
from relocation.service.drawings.facts import Row
from relocation.service.drawings.kept import kept_understood, pair_record
from relocation.service.drawings.rows import rows_of
from relocation.service.showing import heading, shown, unit
from relocation.service.tracing import Node
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MOST = 6
"""So many flags, change sets and differences of each are traced; the page of the drawing or pair shows all."""
_WORDS = {
    "drawings": ("图纸", "drawings"), "design": ("设计图", "design"), "construction": ("施工图", "construction drawing"), "sheet": ("图签", "title block"),
    "flags": ("图上的疑点", "flags on the drawing"), "sets": ("差异", "differences"), "entity": ("图元", "entity"), "set": ("第 {n} 组", "set {n}"),
    "typed": ("改写的尺寸", "dimension typed over"), "area": ("与轮廓不符的面积", "area that its outline does not bear out"),
    "hidden": ("打印时不显示的图元", "entities that a print would not show"), "F12": ("比例不一致", "scales that disagree"), "place": ("位置", "place"),
    "drawn": ("量得", "drawn"), "written": ("写作", "written"),
}  # fmt: skip
_SHEET = ("sheet_number", "revision", "dated")
_SAID = ("role", "created_on", "updated_on", "doubts", "unreadable")


def branch(store: Store, finding: Finding, lang: str) -> Node | None:
    """Return what a finding about a unit type, a drawing or a pair rests on; None where no drawing has anything to do with it."""
    kept = {str(row["code"]): row for row in rows_of(store, DRAWING, finding.county)}
    if finding.subject_kind == "drawing":
        children = [_drawing(kept[finding.subject], lang, "", _flags(store, kept[finding.subject], lang))] if finding.subject in kept else []
    elif finding.subject_kind == "drawing_pair":
        children = list(_pair(store, finding, kept, lang))
    else:
        row = next((row for row in rows_of(store, UNIT_TYPE, finding.county) if row["code"] == finding.subject), None)
        children = [_side(row, side, kept, lang) for side in SIDES if row and row[f"{side}_drawing"] in kept]
    return Node(_say("drawings", lang), "", "", tuple(children)) if children else None


def _say(word: str, lang: str, **facts: object) -> str:
    return _WORDS[word][0 if lang == "zh" else 1].format(**facts)


def _drawing(row: Row, lang: str, which: str, more: tuple[Node, ...] = ()) -> Node:
    """Return one drawing: which, its file, its sheet, when it was saved."""
    link = record_page("drawing", str(row["county"]), str(row["code"]))
    sheet = " · ".join(str(row[name]) for name in _SHEET if row[name])
    children = [Node(_say("sheet", lang), sheet, "", (), link)] if sheet else []
    for name in _SAID:
        column = DRAWING.column(name)
        value = shown(column, _text(row[name]), lang) if row[name] not in (None, "", 0) else ""
        children += [Node(heading(column, lang), value, unit(column.unit, lang), (), link)] if value else []
    return Node(_say(which, lang) if which else heading(DRAWING.column("name"), lang), str(row["name"]), "", (*children, *more), link)


def _side(row: Row, side: str, kept: dict[str, Row], lang: str) -> Node:
    """Return what one of the two drawings says of a unit type."""
    drawing = kept[str(row[f"{side}_drawing"])]
    link, said = record_page("drawing", str(drawing["county"]), str(drawing["code"])), []
    for name in ("gross_m2", "error_m2", "balcony_m2", "annotated_m2", "drawn_persons", "doubts"):
        column, value = UNIT_TYPE.column(f"{side}_{name}"), row[f"{side}_{name}"]
        if value not in (None, ""):
            told = number(value) if isinstance(value, float) else shown(column, str(value), lang)
            said.append(Node(heading(column, lang), told, unit(column.unit, lang), (), link))
    return _drawing(drawing, lang, side, tuple(said))


def _text(value: object) -> str:
    return format(value, ".15g") if isinstance(value, float) else str(value)


def _flags(store: Store, row: Row, lang: str) -> tuple[Node, ...]:
    """Return the odd places of a drawing with the entity that stands there."""
    try:
        of = kept_understood(store, row)
    except Trouble:
        return ()  # the record stays when the file is gone
    link, unit_m = record_page("drawing", str(row["county"]), str(row["code"])), of.plans.unit.metres
    found = [_flag(flag, of.drawing, unit_m, lang, link) for flag in of.plans.flags if flag.code in _FLAGS]
    return (Node(_say("flags", lang), "", "", tuple(found[:MOST]), link),) if found else ()


_FLAGS = {"F3": "typed", "F4": "area", "F10": "hidden", "F12": "F12"}


def _flag(flag: Flag, drawing: Drawing, unit_m: float | None, lang: str, link: str) -> Node:
    facts, children = flag.facts, []
    if "measured_m" in facts:
        children.append(Node(_say("drawn", lang), number(float(facts["measured_m"])), "m", (), link))
    if "measured_m2" in facts:
        children.append(Node(_say("drawn", lang), number(float(facts["measured_m2"])), unit("m2", lang), (), link))
        children.append(Node(_say("written", lang), number(float(facts["annotated_m2"])), unit("m2", lang), (), link))
    entity = _dimension_at(flag, drawing, unit_m) if flag.code == "F3" else ""
    if entity:
        children.append(Node(_say("entity", lang), entity, "", (), link))
    if flag.where_m:
        children.append(Node(_say("place", lang), f"{flag.where_m[0]:.3f}, {flag.where_m[1]:.3f}", "m", (), link))
    told = facts.get("typed") or facts.get("label") or facts.get("layers") or facts.get("title") or ""
    return Node(_say(_FLAGS[flag.code], lang), str(told), "", tuple(children), link)


def _dimension_at(flag: Flag, drawing: Drawing, unit_m: float | None) -> str:
    """Return handle and layer of the dimension that a flag is about: the one with that text nearest to its place."""
    same = [one for one in drawing.dimensions if one.text.strip() == str(flag.facts.get("typed", "")).strip()]
    if not same:
        return ""
    x, y = (at / unit_m for at in flag.where_m) if flag.where_m and unit_m else (same[0].x, same[0].y)
    near = min(same, key=lambda one: (one.x - x) ** 2 + (one.y - y) ** 2)
    return f"DIMENSION {drawing.entities.handle[near.of]} · {drawing.layer_of(near.of)}"


def _pair(store: Store, finding: Finding, kept: dict[str, Row], lang: str) -> Iterator[Node]:
    """Yield the two drawings of a pair, and its weightiest change sets with the entities they are made of."""
    try:
        report = pair_report(store, finding.subject, as_of=pair_record(store, finding.subject)["compared_on"])
    except Trouble:
        return
    link = f"/drawings/pairs/{quote(finding.subject)}"
    for side in SIDES:
        row = kept.get(str(report.row[f"{side}_drawing"]))
        if row:
            yield _drawing(row, lang, side)
    by_id = {one.id: one for one in report.sheet.comparison.differences}
    metres = report.sheet.comparison.unit_m is not None
    weight = {one.number: max(by_id[id].weight for id in one.members) for one in report.sheet.comparison.change_sets}
    ordered = sorted(report.sheet.comparison.change_sets, key=lambda one: (-weight[one.number], one.number))
    sets = tuple(_set(one, by_id, lang, link, metres=metres) for one in ordered[:MOST])
    if sets:
        yield Node(_say("sets", lang), "", "", sets, link)


def _set(one: ChangeSet, by_id: dict[str, Difference], lang: str, link: str, *, metres: bool) -> Node:
    members = sorted((by_id[id] for id in one.members), key=lambda member: (-member.weight, member.id))[:MOST]
    told = tuple(Node(described(member, lang, metres=metres), "", "", tuple(_entities(member, lang, link)), link) for member in members)
    return Node(_say("set", lang, n=one.number), counted(one, lang), "", told, link)


def _entities(one: Difference, lang: str, link: str) -> Iterator[Node]:
    for side, handles in zip(SIDES, (one.handles_before, one.handles_after), strict=True):
        if handles:
            more = "…" if len(handles) > MOST else ""
            where = f"{one.layer} · " if one.layer else ""
            yield Node(f"{_say(side, lang)} {_say('entity', lang)}", f"{where}{' '.join(handles[:MOST])}{more}", "", (), link)
