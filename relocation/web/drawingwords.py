"""The words of the pages of drawings: roles, evidence, clues, what names mean."""

from collections.abc import Mapping
from typing import Any

from checks.choices import DrawingRole
from checks.sentence import number
from geo.drawing.dwelling import Flag, Reason
from relocation.web.language import _, lang
from relocation.words import N_

EVIDENCE = {
    "doors": N_("门扇半径"),
    "walls": N_("墙厚"),
    "dimensions": N_("尺寸标注"),
    "areas": N_("标注的面积"),
    "header": N_("文件头"),
    "paper": N_("图框大小"),
    "by-hand": N_("人工选定"),
}
UNITS = {0.001: N_("毫米"), 0.01: N_("厘米"), 0.1: N_("分米"), 1.0: N_("米"), 0.0254: N_("英寸"), 0.3048: N_("英尺")}
BECAUSE: Mapping[Reason, str] = {
    "unit": N_("图纸单位未定"),
    "unlabelled": N_("没有找到户型名称"),
    "labels-many": N_("写了几个户型名称，按字最大的算"),
    "areas-differ": N_("图上写了几个不同的面积"),
    "outline-open": N_("外轮廓没有闭合"),
    "outline-bridged": N_("外轮廓有缺口，按直线补上"),
    "outline-partial": N_("有房间没有围进外轮廓，不算面积"),
    "thickness-unknown": N_("墙画成单线，没有写墙厚"),
    "walls-guessed": N_("图层名看不出哪些是墙，按线条推定"),
    "party-wall": N_("有与邻户共用的墙，误差已计入邻户的半边"),
    "room-unlabelled": N_("有较大的房间没有写名称"),
    "rooms-estimated": N_("有房间没有闭合，面积按到名称的距离划分"),
    "storeys": N_("几层合为一户，面积是各层之和"),
    "corrected-label": N_("名称按人工更正"),
    "corrected-outline": N_("面积按人工描的轮廓"),
    "corrected-outline-cuts": N_("人工描的轮廓切过闭合的房间，请核对是否沿外墙外皮描"),
    "corrected-persons": N_("人数按人工更正"),
}
VIEWS = {"plan": N_("平面图"), "elevation": N_("立面图"), "section": N_("剖面图"), "detail": N_("详图"), "unknown": N_("未识别")}
TITLE = {
    "number": N_("图号"),
    "name": N_("图名"),
    "revision": N_("版次"),
    "dated": N_("日期"),
    "scale": N_("比例"),
    "project": N_("工程名称"),
    "designer": N_("设计"),
    "checker": N_("校对"),
    "approver": N_("审定"),
}
SIGNED = {"present": N_("有签名"), "absent": N_("无签名"), "unreadable": N_("签名无法识读")}
PAST = {
    "created": N_("创建时间"),
    "updated": N_("最后保存"),
    "edit_hours": N_("累计编辑（小时）"),
    "saved_by": N_("最后保存人（软件登录名）"),
    "application": N_("软件"),
    "fingerprint": N_("文件指纹"),
    "version": N_("版本标识"),
}
FLAGS = {
    "F1": N_("设计图超标而施工图合规"),
    "F2": N_("保存先后与常理不符"),
    "F3": N_("尺寸数字与图形不符"),
    "F4": N_("标注面积与量得面积不符"),
    "F5": N_("面积超过按人数的上限"),
    "F6": N_("出自同一文件，户型轮廓不同"),
    "F7": N_("版次和日期相同，图上却不同"),
    "F8": N_("户型名称与图形不符"),
    "F9": N_("有无法识读的对象"),
    "F10": N_("有打印不出来的图元"),
    "F11": N_("缺少引用的外部图纸"),
    "F12": N_("写明的比例互相不一致"),
}
FACTS = {
    "label": N_("户型名"),
    "room": N_("房间"),
    "typed": N_("写的是"),
    "typed_m": "",
    "measured_m": N_("量得（m）"),
    "annotated_m2": N_("标注（㎡）"),
    "measured_m2": N_("量得（㎡）"),
    "count": N_("数量"),
    "layers": N_("图层"),
    "classes": N_("对象"),
    "name": N_("文件"),
    "title": N_("图签"),
    "plan": N_("图名"),
    "like": N_("图形同"),
    "how": "",
    "what": "",
}
PARTS = {"layers": N_("图层"), "blocks": N_("图块"), "texts": N_("文字"), "tags": N_("图签栏目")}
ROLES = {
    "wall": N_("墙"), "window": N_("窗"), "door": N_("门"), "column": N_("柱"), "balcony": N_("阳台"), "stair": N_("楼梯"), "axis": N_("轴线"),
    "dimension": N_("尺寸标注"), "text": N_("文字"), "room": N_("房间"), "furniture": N_("家具洁具"), "hatch": N_("填充"), "frame": N_("图框"),
    "elevation": N_("立面"), "title": N_("图签"), "seal": N_("印章"), "public": N_("公共部分"), "gross": N_("建筑面积"), "net": N_("套内面积"),
    "shared": N_("公摊面积"), "persons": N_("居住人数"), "unit": N_("户型"), "unit_type": N_("几室"), "plan": N_("平面图"), "section": N_("剖面图"),
    "detail": N_("详图"), "outer_wall": N_("外墙"), "inner_wall": N_("内墙"), **TITLE,
}  # fmt: skip


def drawing_role(id: str) -> str:
    """Return what kind of drawing it is: design, construction, as built."""
    try:
        role = DrawingRole.by_id(id)
    except KeyError:
        return id
    return role.zh if lang() == "zh" else role.en


def evidence_word(id: str) -> str:
    """Return a kind of evidence for the unit of measure."""
    return _(EVIDENCE[id]) if id in EVIDENCE else id


def length_unit(metres: float | None) -> str:
    """Return a unit of length by its size in metres; one without a name as a number of metres."""
    if metres is None:
        return _("未定")
    known = next((word for size, word in UNITS.items() if abs(size - metres) < 1e-6 * size), None)
    return _(known) if known else f"{number(metres)} m"


def because_word(key: Reason) -> str:
    """Return why an outline or its rooms are missing or unsure."""
    return _(BECAUSE[key])


def view_word(kind: str) -> str:
    """Return what a part of a drawing shows."""
    return _(VIEWS[kind]) if kind in VIEWS else kind


def title_fields(block: Any) -> list[tuple[str, str]]:
    """Return the fields of a title block that say something, with their names."""
    found = [(_(word), str(getattr(block, name))) for name, word in TITLE.items() if getattr(block, name)]
    said = [(word, _(SIGNED[value]) if value in SIGNED else value) for word, value in found]
    return [*said, *([(_("印章"), "、".join(block.seals))] if block.seals else [])]


def past_word(name: str) -> str:
    """Return what a fact of a file's past is called."""
    return _(PAST[name]) if name in PAST else name


def flag_said(flag: Flag) -> str:
    """Return a clue in words, with the facts that a reader can check."""
    head = _(FLAGS[flag.code]) if flag.code in FLAGS else flag.code
    facts = [f"{_(FACTS[name])} {_fact(value)}" for name, value in flag.facts.items() if FACTS.get(name)]
    colon, comma = ("：", "，") if lang() == "zh" else (": ", ", ")
    return head + (colon + comma.join(facts) if facts else "")


def _fact(value: str | float) -> str:
    return number(round(float(value), 3)) if isinstance(value, int | float) else str(value)


def part_word(part: str) -> str:
    """Return what kind of names a part of a naming holds."""
    return _(PARTS.get(part, part))


def role_word(role: str) -> str:
    """Return what names of a role stand for."""
    return _(ROLES[role]) if role in ROLES else role


def in_this_language(said: Mapping[str, str]) -> str:
    """Return a sentence that comes in both languages in the reader's."""
    return said[lang()]


def encoding_word(name: str) -> str:
    """Return a code page by the name people know it by: "UTF-8", "GBK"."""
    return name.replace("_", "-").upper()


WORDS = (
    encoding_word,
    drawing_role,
    evidence_word,
    length_unit,
    because_word,
    view_word,
    title_fields,
    past_word,
    flag_said,
    part_word,
    role_word,
    in_this_language,
)
