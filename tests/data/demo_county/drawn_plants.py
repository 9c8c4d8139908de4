"""What must be said of the unit types, drawings and pairs of drawings of the made-up county: the third list of plants."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from relocation.service.drawings.facts import code_of
from tests.data.demo_county.drawings import drawings
from tests.data.demo_county.ground import COUNTY
from tests.data.demo_county.other_plants import Other

_TYPES: tuple[Other, ...] = (
    ("unit-type-area", "unit_type", "GSA01-C", "fail", "over", "设计图81平方米给3人，施工图75平方米", "81 m² for three by the design, 75 by the construction drawing"),
    ("unit-type-area", "unit_type", "GSA03-B", "pass", "within", "两张图都是50平方米给2人，恰好25", "50 m² for two by both, exactly 25"),
    ("unit-type-area", "unit_type", "GSA05-B", "review", "written-otherwise", "写50平方米，画的是53.2平方米", "50 m² written where 53.2 are drawn"),
    ("unit-type-area", "unit_type", "GSA07-C", "pass", "within", "改写了一个尺寸，面积没有变", "one dimension typed over, the area as it was"),
    ("unit-type-area", "unit_type", "GSA08-C", "review", "assigned-to-fewer", "三人户型分给了两人户", "a home for three given to a household of two"),
    ("unit-type-area", "unit_type", "GSA10-C", "no-data", "doubtful", "天正墙体读不出", "TArch walls that nothing reads"),
    ("unit-type-area", "unit_type", "GSA14-B", "pass", "within", "转换过的图，面积读得全", "converted files, and their areas can be read"),
    ("unit-type-area", "unit_type", "GSA16-D", "no-data", "not-drawn", "没有图纸", "no drawing"),
    ("unit-type-area", "unit_type", "GSA19-A", "pass", "within", "25平方米给1人", "25 m² for one"),
    ("unit-type-area", "unit_type", "GSA20-A", "fail", "over", "施工图上A户型的名称下画的是B户型", "the construction drawing has type B under the name of A"),
    ("unit-type-area", "unit_type", "GSA20-B", "pass", "within", "施工图上B户型的名称下画的是A户型", "the construction drawing has type A under the name of B"),
    ("unit-type-area", "unit_type", "GSA22-C", "no-data", "doubtful", "图上写3人或4人", "three or four persons by the drawing"),
    ("unit-type-area", "unit_type", "GSA24-H", "not-applicable", "outside", "只供自费户", "for those who pay themselves"),
    ("drawing-agreement", "unit_type", "GSA01-C", "review", "differ", "设计81，施工和登记75", "81 by the design, 75 by construction drawing and register"),
    ("drawing-agreement", "unit_type", "GSA03-B", "pass", "agree", "四个面积相差0.1平方米", "four areas within 0.1 m²"),
    ("drawing-agreement", "unit_type", "GSA05-B", "review", "differ", "画53.2，登记50", "53.2 drawn, 50 registered"),
    ("drawing-agreement", "unit_type", "GSA07-C", "no-data", "alone", "只有设计图一个面积", "the design's area alone"),
    ("drawing-agreement", "unit_type", "GSA08-C", "pass", "agree", "设计和登记都是75", "75 by design and register"),
    ("drawing-agreement", "unit_type", "GSA10-C", "pass", "agree", "图上所写和登记都是75", "75 as written and as registered"),
    ("drawing-agreement", "unit_type", "GSA14-B", "pass", "agree", "三个面积都是50", "three areas of 50"),
    ("drawing-agreement", "unit_type", "GSA16-D", "no-data", "alone", "只有登记面积", "the registered area alone"),
    ("drawing-agreement", "unit_type", "GSA19-A", "review", "differ", "设计25，施工24.5", "25 by the design, 24.5 by the construction drawing"),
    ("drawing-agreement", "unit_type", "GSA20-A", "review", "differ", "设计25，施工50", "25 by the design, 50 by the construction drawing"),
    ("drawing-agreement", "unit_type", "GSA20-B", "review", "differ", "设计50，施工25", "50 by the design, 25 by the construction drawing"),
    ("drawing-agreement", "unit_type", "GSA22-C", "pass", "agree", "图上所写和登记都是75", "75 as written and as registered"),
    ("drawing-agreement", "unit_type", "GSA24-H", "pass", "agree", "登记140，实测140.5", "140 registered, 140.5 measured"),
)  # fmt: skip
_FIGURES = {
    "泼河集镇-设计图.dwg": ("review", "false", "10000的尺寸改写成9700", "a dimension of 10,000 typed over with 9700"),
    "寨河集镇-设计图.dwg": ("review", "false", "写50平方米，画的是53.2平方米", "50 m² written where 53.2 are drawn"),
    "园区北苑-设计图.dwg": ("review", "hidden", "门窗编号所在图层关闭", "the layer of the openings' marks is off"),
    "白雀园集镇-设计图(天正).dxf": ("no-data", "not-seen", "天正墙体读不出", "TArch walls that nothing reads"),
}
_SOUND = ("pass", "true", "数字与图形一致", "every figure as drawn")
_PASTS = {
    "GSA01": (
        "review",
        "clues",
        "设计图超标而施工图合规，两年后又改过",
        "the design fails where the construction drawing passes, and was changed two years later",
    ),
    "GSA03": ("pass", "no-clue", "设计在先，施工在后，移了一扇门", "design first, construction after, one door moved"),
    "GSA14": ("no-data", "silent", "转换过的文件没有来历", "converted files without a past"),
    "GSA19": ("review", "clues", "同一版次、同一日期，外墙不同", "one revision and date, another outer wall"),
    "GSA20": ("review", "clues", "户型名称互换", "the names of two types changed places"),
}


@cache
def drawn_told() -> tuple[Other, ...]:
    """Return every plant of the drawing family; drawings and pairs under the codes that their bytes give them."""
    return (*_TYPES, *_of_drawings())


def _of_drawings() -> Iterator[Other]:
    pairs: dict[str, dict[str, str]] = {}
    for one in drawings():
        code = code_of("D", COUNTY, one.site, one.role, sha256(one.made()).hexdigest())
        pairs.setdefault(one.site, {})[one.role] = code
        outcome, reason, zh, en = _FIGURES.get(one.file, _SOUND)
        yield "dimension-text", "drawing", code, outcome, reason, f"{one.file}：{zh}", f"{one.file}: {en}"
    for site, (outcome, reason, zh, en) in _PASTS.items():
        code = code_of("P", COUNTY, pairs[site]["design"], pairs[site]["construction"])
        yield "drawing-lineage", "drawing_pair", code, outcome, reason, f"{site}：{zh}", f"{site}: {en}"
