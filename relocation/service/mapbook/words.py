"""What a page of the map book says besides what the records say, in both languages."""

from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("安置点图册", "Map book of resettlement sites"),
    "verdicts": ("核查结论（最要紧的在前）", "What the checks found (worst first)"),
    "unjudged": ("还没有核查过。", "Not checked yet."),
    "more": ("另有 {n} 条，见安置点的页面。", "{n} more on the site's page."),
    "drawings": ("图纸", "Drawings"),
    "no_drawings": ("没有登记图纸。", "No drawing is on record."),
    "lacking": ("缺{role}。", "No {role} drawing on record."),
    "pair": ("设计图与施工图比对", "design against construction drawing"),
    "unit_type": ("户型", "unit type"),
    "ledger": ("未销号的整改台账（{n} 条，逾期的在前）", "Open entries of the rectification ledger ({n}, overdue first)"),
    "no_ledger": ("未销号的整改台账", "Open entries of the rectification ledger"),
    "no_entries": ("没有未销号的条目。", "No open entry."),
    "due": ("限 {day}", "due {day}"),
    "overdue": ("已逾期", "overdue"),
    "no_photos": ("没有现场照片。", "No photo of the place is on record."),
    "more_photos": ("另有 {n} 张照片，见安置点的页面。", "{n} more photos on the site's page."),
    "unplaced": ("台账没有这个安置点的坐标，画不了图，也量不了距离。请补上经度、纬度后重新核查。", "The register has no position of this site: nothing can be drawn or measured. Add longitude and latitude and run the checks again."),
    "map_said": ("{name}与县城、乡镇、产业园区、景区的位置和距离", "{name} with county seat, township, industrial park and scenic area, and the distances to them"),
    "four_class": ("四靠", "Proximity"),
    "four_name": ("最近的", "nearest"),
    "four_distance": ("距离", "distance"),
    "four_uncertainty": ("位置误差", "known to"),
    "four_state": ("结论", "verdict"),
    "unstated": ("未写明", "not stated"),
    "unplaced_four": ("有的没有位置，不能断定", "some have no position: open"),
    "absent_four": ("没有图层或位置", "no layer or position"),
    "worst": ("最差结果：{word}", "worst: {word}"),
    "position": ("东经 {lon}°，北纬 {lat}°（{exact}）", "{lon}° E, {lat}° N ({exact})"),
    "exact": ("误差 {m}", "known to {m}"),
    "inexact": ("误差未写明", "precision not stated"),
    "checked": ("核查以 {day} 为准", "checked as of {day}"),
    "unchecked": ("尚未核查", "not checked yet"),
    "ledger_file": ("安置点数据：{file}，{day} 读入", "site: {file}, read in on {day}"),
    "layers": ("图层：{layers}", "Layers: {layers}"),
    "drawn_beyond": ("底图为示意，距离以核查结论为准", "the map is schematic, distances are those of the checks"),
    "inside": ("内部使用", "for internal use"),
    "made": ("制于 {day}", "made on {day}"),
    "households": ("{n} 户", "{n} households"),
    "persons": ("{n} 人", "{n} persons"),
    "unnamed": ("（未填名称）", "(no name)"),
}  # fmt: skip


def word(key: str, lang: str, **facts: object) -> str:
    """Return one text in a language, its places filled."""
    return _WORDS[key][int(lang != "zh")].format(**facts) if facts else _WORDS[key][int(lang != "zh")]


def short(text: str, most: int) -> str:
    """Return a text that leaves room for the others; the site's page has it whole."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
