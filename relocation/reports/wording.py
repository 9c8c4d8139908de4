"""The words of a comparison's reports in both languages: key → text; a sentence's places are named."""

import re
from collections.abc import Mapping

from checks.sentence import number
from checks.verdict import Outcome
from geo.drawing.difference import ChangeSet
from geo.drawing.model import Drawing
from geo.drawing.read.sniff import RELEASES

_OPS = {
    "added": ("增加", "added"),
    "removed": ("删除", "removed"),
    "moved": ("移动", "moved"),
    "changed": ("改变", "changed"),
}
_WHATS = {
    "wall": ("墙", "wall"),
    "line": ("线", "line"),
    "arc": ("弧线", "arc"),
    "opening": ("门窗", "door or window"),
    "room": ("房间", "room"),
    "area": ("面积", "area"),
    "text": ("文字", "text"),
    "dimension": ("尺寸标注", "dimension"),
    "override": ("改写的尺寸", "typed dimension"),
    "hatch": ("填充", "hatch"),
    "block": ("图块", "block"),
}
SIGNS: Mapping[str, str] = {"removed": "−", "added": "+", "moved": "→", "changed": "Δ"}
"""What marks each kind of difference beside its place, so that no colour is needed to tell them apart."""

_REASONS = {
    "renamed-layer": ("图层改名", "layers renamed"),
    "hatch-pattern": ("填充图案", "hatch patterns"),
    "below-limit": ("小于报告限值", "below the reporting limit"),
    "text-place": ("文字位置略有出入", "texts that stand a little aside"),
    "dimension-place": ("尺寸标注换了位置", "dimensions drawn elsewhere"),
    "dimension-apart": ("尺寸标注被炸开", "dimensions taken apart"),
    "view-moved": ("图面重新排列的视图", "views put elsewhere on the sheet"),
    "hidden-layer": ("在关闭、冻结或不打印图层上", "on layers that are off, frozen or not printed"),
    "paper-space": ("在图纸空间（布局）里", "in paper space (layouts)"),
    "view-alone": ("另一张图里找不到的视图", "views that the other drawing lacks"),
    "refused": ("两图对不上", "the drawings could not be laid over each other"),
    "missing-reference": ("缺外部参照", "external references that were not supplied"),
}

_WORDS = {
    "title": ("图纸比对", "Comparison of drawings"),
    "old": ("设计图", "Design"),
    "new": ("施工图", "Construction"),
    "legend": ("图例", "Legend"),
    "unchanged": ("未变（以设计图为底）", "unchanged (the design as base)"),
    "removed": ("仅设计图有（已删除）：虚线，−", "only in the design (removed): dashed, −"),
    "added": ("仅施工图有（已增加）：粗实线，+", "only in the construction drawing (added): thick, +"),
    "moved": ("移动：由虚线到实线，→", "moved: from dashed to thick, →"),
    "changed": ("内容改变：Δ", "content changed: Δ"),
    "cloud": ("云线：一组差异及其编号", "cloud: a group of differences and its number"),
    "unit_types": ("户型与每人面积", "Unit types and area a person"),
    "unit_type": ("户型", "Unit type"),
    "persons": ("设计人数", "Intended persons"),
    "gross": ("量算面积（㎡）", "Measured area (m²)"),
    "annotated": ("图上标注（㎡）", "Area written (m²)"),
    "balcony": ("阳台（㎡）", "Balcony (m²)"),
    "a_person": ("每人（㎡）", "A person (m²)"),
    "limit": ("每人上限（㎡）", "Limit a person (m²)"),
    "verdict": ("结论", "Verdict"),
    "not_judged": ("未判断", "not judged"),
    "differences": ("差异", "Differences"),
    "none_left": ("没有符合所选条件的差异。", "No difference meets what was chosen."),
    "no_differences": ("没有发现差异。", "No difference was found."),
    "set": ("第 {n} 组", "Group {n}"),
    "and_all": ("等共 {n} 处", "and more, {n} in all"),
    "in_set": ("{n} 处", "{n} differences"),
    "in_set_one": ("1 处", "1 difference"),
    "number": ("编号", "No."),
    "group": ("组", "Group"),
    "op": ("变化", "Change"),
    "what": ("内容", "What"),
    "layer": ("图层", "Layer"),
    "before": ("设计图", "Design"),
    "after": ("施工图", "Construction"),
    "moved_m": ("移动（m）", "Moved (m)"),
    "where": ("位置", "Place"),
    "place": ("位置 x, y（设计图坐标，{unit}）", "Place x, y (by the design's axes, {unit})"),
    "place_short": ("位置（{unit}）", "Place ({unit})"),
    "decision": ("处理", "Decision"),
    "described": ("说明", "Description"),
    "approved": ("已批准的变更（{document}）", "approved change ({document})"),
    "finding": ("作为问题", "kept as a finding"),
    "finding_because": ("作为问题（{reason}）", "kept as a finding ({reason})"),
    "because": ("{said}：{reason}", "{said}: {reason}"),
    "none": ("无", "none"),
    "ignored": ("不计（{reason}）", "set aside ({reason})"),
    "undecided": ("未处理", "undecided"),
    "checks": ("检查", "Checks"),
    "lineage": ("文件来历的线索（不是证据）", "Clues about the files' past (not proof)"),
    "not_compared": ("没有比对的", "Not compared"),
    "folded": ("折叠的差别（不影响图形）", "Folded away (no effect on the drawing)"),
    "count": ("数量", "Number"),
    "files": ("文件", "Files"),
    "format": ("格式", "Format"),
    "readers": ("读取程序", "Read by"),
    "agreed": ("两个读取程序结果一致", "the two readers agree"),
    "disagreed": ("两个读取程序结果不一致，或只有一个", "the two readers disagree, or there is only one"),
    "alignment": ("对位", "Alignment"),
    "aligned_said": (
        "比例 {scale}，旋转 {turn}°，{mirrored}，{inlier}% 的端点重合，余差 {residual}",
        "scale {scale}, turned {turn}°, {mirrored}, {inlier}% of end points meet, residual {residual}",
    ),
    "mirrored": ("已镜像", "mirrored"),
    "unmirrored": ("未镜像", "not mirrored"),
    "views_apart": ("；另有 {n} 个视图单独对位，图上按主对位画出", "; {n} more views were aligned by themselves and are drawn by the main alignment"),
    "by_hand": ("（按人工指定的两点）", " (by two points set by hand)"),
    "refused": (
        "两张图对不上，没有比对。请在页面上各点两个相同的位置。",
        "The two drawings could not be laid over each other and were not compared. Mark two common points in each on the page.",
    ),
    "unit_unknown": ("图纸单位未定：长度用图上单位，不判断面积。", "The unit of measure is not settled: lengths are in drawing units and no area is judged."),
    "scale_said": ("比例 1:{n}", "Scale 1:{n}"),
    "scale_none": ("无比例", "not to scale"),
    "cut": ("另有 {n} 处没有印出，见 Excel 或 JSON。", "{n} more are not printed; the workbook and the JSON have them."),
    "sheet": ("第 {page} 页，共 {pages} 页", "Sheet {page} of {pages}"),
    "made_on": ("按 {day} 判断", "Judged as of {day}"),
    "anchor": ("日志链头：{line}", "Head of the log: {line}"),
    "tolerances": ("重合限值 {match} mm，报告限值 {report} mm", "matched within {match} mm, reported from {report} mm"),
    "metres": ("m", "m"),
    "m2": (" ㎡", " m²"),
    "units": ("图上单位", "drawing units"),
    "noise": ("也显示小于报告限值的", "also what is below the reporting limit"),
    "touches_area": ("影响面积或房间", "touches an area or a room"),
    "show": ("显示", "Show"),
    "all": ("全部", "all"),
    "why": ("依据", "Why"),
    "kind": ("种类", "Kind"),
    "layers": ("图层", "Layers"),
    "layers_all": ("全开", "all on"),
    "layers_none": ("全关", "all off"),
    "area_unknown": ("面积没有算出", "no area found"),
    "area_only": ("{area} ㎡，人数不明", "{area} m², number of persons unknown"),
    "area_each": ("{area} ㎡ ÷ {persons} 人 = 每人 {each} ㎡", "{area} m² ÷ {persons} = {each} m² a person"),
    "traced": ("（按人工描的轮廓）", " (by an outline traced by hand)"),
    "area_more": ("施工图比设计图每人多 {by} ㎡", "the construction drawing gives each person {by} m² more than the design"),
    "area_less": ("施工图比设计图每人少 {by} ㎡", "the construction drawing gives each person {by} m² less than the design"),
    "area_kept": ("两张图每人面积相同", "both drawings give each person the same area"),
    "toolbar": ("图纸工具", "Drawing tools"),
    "mode_overlay": ("叠加", "Overlay"),
    "mode_side": ("并排", "Side by side"),
    "mode_swipe": ("拉帘", "Swipe"),
    "previous": ("上一组差异", "Previous group"),
    "next": ("下一组差异", "Next group"),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "fit": ("全图", "Whole"),
    "measure": ("量距", "Measure"),
    "measure_hint": ("量距：点第一点（会吸附到线的端点）。", "Measure: click the first point (it snaps to ends of lines)."),
    "measure_second": ("再点第二点。", "Now the second point."),
    "measured": ("距离 {length}，横 {dx}，竖 {dy}。再点一下重新量。", "Distance {length}, across {dx}, up {dy}. Click again to start anew."),
    "align": ("人工对位", "Align by hand"),
    "align_other": ("请点另一张图。", "That was the other drawing."),
    "align_1": ("对位：在设计图上点第一个点，选墙角最准。", "Align: click a first point in the design; a wall corner is best."),
    "align_2": ("在施工图上点同一个位置。", "Click the same place in the construction drawing."),
    "align_3": ("在设计图上点第二个点，离第一点越远越准。", "Click a second point in the design, the farther from the first the better."),
    "align_4": ("在施工图上点同一个位置。", "Click the same place in the construction drawing."),
    "align_5": ("两点已定。", "Both points are set."),
    "align_mirrored": ("施工图是镜像的", "the construction drawing is mirrored"),
    "align_send": ("按这两点重新比对", "Compare again by these points"),
    "show_base": ("底图", "base"),
    "show_removed": ("删除的", "removed"),
    "show_added": ("增加的", "added"),
    "curtain": ("拉帘位置：左边设计图，右边施工图", "Curtain: design on the left, construction on the right"),
    "keys": (
        "按键：n / p 或方向键 下一组 / 上一组；+ − 缩放，0 全图，Shift+方向键移动；1 2 3 叠加、并排、拉帘；m 量距；Esc 取消。",
        "Keys: n / p or arrows for the next / previous group; + − zoom, 0 whole, Shift+arrows move; 1 2 3 overlay, side by side, swipe; m measure; Esc cancels.",
    ),
    "picture": ("两张图纸的叠加图。差异列表与图中内容相同。", "The two drawings laid over each other. The list of differences says the same."),
    "picture_one": (
        "图纸，户型外轮廓和房间标在图上。右边的表内容相同。",
        "The drawing with the outlines of unit types and rooms. The tables beside it say the same.",
    ),
    "tool_layer": ("指墙", "Point at walls"),
    "tool_gap": ("补缺口", "Close a gap"),
    "tool_label": ("写名称", "Write a name"),
    "tool_outline": ("描轮廓", "Trace an outline"),
    "hint_layer": ("点一条墙线：它所在的图层会记为墙层，再点一次取消。", "Click a line of a wall: its layer is taken for walls; click again to undo."),
    "hint_gap": ("在缺口的两端各点一下（会吸附到线的端点）。", "Click both ends of the gap (clicks snap to ends of lines)."),
    "hint_label": ("点房间或户型里的一个位置，再写它的名称。", "Click a place in the room or unit, then write its name."),
    "hint_outline": (
        "沿外墙外皮依次点各个角，至少三个，然后选户型并点“完成”。",
        "Click the corners of the outer face of the walls, three or more, then choose the unit type and press Done.",
    ),
    "hint_reach": ("附近没有线，请放大后再点。", "There is no line nearby; zoom in and click again."),
    "hint_no_unit": (
        "单位未定，先在下面选定单位并保存，再在图上更正。",
        "The unit of measure is not settled: choose it below and save before correcting in the picture.",
    ),
    "layer_is_wall": ("“{layer}”已选为墙层。", "“{layer}” is now taken for walls."),
    "layer_not_wall": ("“{layer}”不再是墙层。", "“{layer}” is no longer taken for walls."),
    "layer_not_listed": ("“{layer}”不在图层表里。", "“{layer}” is not among the layers listed."),
    "name": ("名称", "Name"),
    "add": ("加上", "Add"),
    "done": ("完成", "Done"),
    "remove": ("去掉", "Remove"),
    "drawn_gap": ("缺口：({x1}, {y1}) 至 ({x2}, {y2})", "gap from ({x1}, {y1}) to ({x2}, {y2})"),
    "drawn_label": ("名称“{text}”：({x}, {y})", "name “{text}” at ({x}, {y})"),
    "drawn_outline": ("“{text}”的轮廓，{n} 个角", "outline of “{text}”, {n} corners"),
    "drawn_none": ("图上还没有更正。", "Nothing was corrected in the picture."),
    "keys_one": ("拖动移动，滚轮（先点一下图）或 + − 缩放，0 全图。", "Drag to move, wheel (click the drawing first) or + − to zoom, 0 for the whole."),
    "in_unit": ("在{label}内", "in unit type {label}"),
    "decide_approved": ("已批准的变更", "approved change"),
    "decide_finding": ("作为问题", "keep as a finding"),
    "decide_ignored": ("不计", "set aside"),
    "decide_none": ("撤销处理", "no decision"),
    "decide_document": ("变更文件的文号", "Number of the approving document"),
    "decide_reason": ("理由", "Reason"),
    "decide_save": ("保存处理", "Save"),
    "no_script": ("看这一页需要允许脚本。", "This page needs scripts to be allowed."),
    "compared_said": ("比对了 {n} 个图元；{tolerances}。", "{n} pieces compared; {tolerances}."),
    "summary": ("概要", "Summary"),
    "identical": ("两份文件完全相同（是同一份文件，或一份的拷贝），比对不出差异", "The two files are the same to the last byte: one file, or a copy of it"),
    "swapped": (
        "两份文件可能放反了：作为设计图给出的“{old}”像是施工图，请核对先后",
        "The two files may have been swapped: “{old}”, given as the design, looks like a construction drawing",
    ),
    "not_laid": (
        "没有比对：两张图叠不到一起，这里没有列出差异，并不是没有差异。",
        "Nothing was compared: the two could not be laid over each other. No difference is listed; that does not mean there is none.",
    ),
}


def words(lang: str) -> dict[str, str]:
    """Return the report's words in one language."""
    return {key: pair[_at(lang)] for key, pair in _WORDS.items()}


def word(key: str, lang: str, **facts: object) -> str:
    """Return one of the report's words with its facts put in."""
    return _WORDS[key][_at(lang)].format(**facts)


def op_word(op: str, lang: str) -> str:
    """Return what happened."""
    return _OPS[op][_at(lang)] if op in _OPS else op


def what_word(what: str, lang: str) -> str:
    """Return the kind of thing it happened to."""
    return _WHATS[what][_at(lang)] if what in _WHATS else what


def reason_word(reason: str, lang: str) -> str:
    """Return why something was folded away or not compared; an unknown reason stands as it is (a kind of entity, a class name)."""
    return _REASONS[reason][_at(lang)] if reason in _REASONS else reason


def outcome_word(outcome: str, lang: str) -> str:
    """Return an outcome's word; "" is not judged."""
    if not outcome:
        return word("not_judged", lang)
    found = Outcome.by_id(outcome)
    return found.zh if lang == "zh" else found.en


def version_word(drawing: Drawing, lang: str) -> str:
    """Return a file's format as people call it: "DWG（AutoCAD 2010）", "PDF 1.6"."""
    name, version = drawing.format.upper(), drawing.version.removeprefix("PDF ")
    release = RELEASES.get(version)
    if release is None:
        return f"{name} {version}".strip()
    return f"{name}（AutoCAD {release}）" if lang == "zh" else f"{name} (AutoCAD {release})"


AREAS = ("room", "area")
"""What has a figure in square metres."""


def shown(value: str | float | None) -> str:
    """Return a text or figure of a difference as one short line."""
    if value is None:
        return ""
    said = number(round(float(value), 4)) if isinstance(value, int | float) else " ".join(value.split())
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


_LONGEST = 120


def legible(text: str) -> str:
    """Return a text that any writer takes: halves of characters and control characters become the sign for an unknown one."""
    return _UNWRITABLE.sub("\ufffd", text)


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def counted(one: ChangeSet, lang: str) -> str:
    """Return what a change set holds, walls and openings first, and no more kinds than a line takes: "墙移动 2，门窗删除 1"."""
    parts = []
    for key, n in sorted(one.counts.items(), key=lambda each: (of_weight(each[0].partition(" ")[2]), each[0])):
        op, _, what = key.partition(" ")
        name = f"{what_word(what, lang)}{op_word(op, lang)}" if lang == "zh" else f"{what_word(what, lang)} {op_word(op, lang)}"
        parts.append(f"{name} {n}")
    if len(parts) > KINDS_TOLD:
        parts = [*parts[:KINDS_TOLD], word("and_all", lang, n=sum(one.counts.values()))]
    return ("，" if lang == "zh" else ", ").join(parts)


KINDS_TOLD = 4
_HEAVIEST_FIRST = ("wall", "opening", "room", "area", "override", "dimension", "text", "block", "line", "arc", "hatch")


def of_weight(what: str) -> int:
    """Return the place of a kind of thing when it is told: what bears on an area before what does not."""
    return _HEAVIEST_FIRST.index(what) if what in _HEAVIEST_FIRST else len(_HEAVIEST_FIRST)


def _at(lang: str) -> int:
    return 0 if lang == "zh" else 1
