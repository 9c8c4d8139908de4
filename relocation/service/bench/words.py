"""What the workbench says beside the checks' own sentences, in both languages."""

from collections.abc import Mapping

Words = Mapping[str, str]

SUITS: Mapping[str, Words] = {
    "pass": {"zh": "合规", "en": "would pass"},
    "save": {"zh": "已有图层都合规，另有图层没有导入", "en": "passes by the layers at hand; others were not imported"},
    "unknown": {"zh": "没有数据，不能判断", "en": "no data for this ground"},
    "close": {"zh": "误差内，难以判定", "en": "too close to call"},
    "review": {"zh": "待核", "en": "needs review"},
    "fail": {"zh": "不合规", "en": "would fail"},
}
"""The classes of ground, from the best to the worst."""

STATES: Mapping[str, Words] = {
    "within": {"zh": "靠近", "en": "near"},
    "too-close": {"zh": "难以判定", "en": "too close to call"},
    "beyond": {"zh": "不靠近", "en": "not near"},
    "inside": {"zh": "在范围内", "en": "inside"},
    "overlaps": {"zh": "压占", "en": "overlaps"},
    "near": {"zh": "紧挨着", "en": "close beside"},
    "keep-away": {"zh": "避让距离不足", "en": "nearer than to be kept"},
    "clear": {"zh": "避开", "en": "clear"},
    "empty": {"zh": "图层内没有", "en": "none on record"},
    "known": {"zh": "已查明", "en": "known"},
    "inferred": {"zh": "尚待确认", "en": "inferred"},
    "outside": {"zh": "范围以外", "en": "outside"},
    "unplaced": {"zh": "有的没有位置", "en": "some have no position"},
    "uncovered": {"zh": "此处没有数据", "en": "no data here"},
    "placeless": {"zh": "没有坐标", "en": "no position"},
    "absent": {"zh": "没有图层", "en": "no layer"},
    "not-about": {"zh": "不适用", "en": "does not apply"},
}
"""How an item stands, in a word or two."""

HOUSEHOLDS_ONLY: Words = {
    "zh": "{title}：这一项看每户从哪里搬到哪里；拟选的地点还没有住户，住户台账导入后再逐户判断",
    "en": "{title}: judged household by household, from the old home to the new one; a proposed place has no households yet",
}

ASSUMED: Words = {
    "zh": "按“选址风险已排查”推算：图上看得出的只有位置，排查还要到实地去做",
    "en": "Reckoned as if the risks of the place had been screened: a map shows the position only, the screening has to be done on the ground",
}

BORDER: Words = {
    "zh": "范围线有一小部分在县界以外，但没有超出县界本身的误差（{m}），仍按本县计",
    "en": "a small part of the outline lies beyond the county's border, within what is known of that border ({m}), and is counted to the county",
}

ROAD_FAR: Words = {
    "zh": "没有按路网计算：{what}离最近的道路 {m}，超过 {most} 的衔接上限",
    "en": "not measured by road: {what} lies {m} from the nearest road, more than the {most} up to which it is joined",
}
ROAD_NONE: Words = {"zh": "路网里没有连通的路", "en": "no road on record leads there"}
ROAD_WAY: Words = {
    "zh": "沿路最近的是{name}，{m}（含从地点到路 {to}、从路到目标 {off}，按直线）",
    "en": "nearest by road is {name}, {m} (of which {to} to the road and {off} from it in a straight line)",
}
ROAD_UNNAMED: Words = {"zh": "没有名称的目标", "en": "a target without a name"}
ROAD_HERE: Words = {"zh": "拟选地点", "en": "the place"}
ROAD_THERE: Words = {"zh": "目标", "en": "the target"}
NO_ROADS: Words = {
    "zh": "没有道路图层，只有直线距离；导入名为 roads 的线图层后即可按路网计算。",
    "en": "There is no layer of roads, so distances are by air only; import a layer of lines named roads to measure by road.",
}

CRITERIA: Mapping[str, Words] = {
    "county-seat": {"zh": "到县城（直线）", "en": "to the county seat, by air"},
    "township": {"zh": "到乡镇（直线）", "en": "to a township, by air"},
    "industrial-park": {"zh": "到产业园区（直线）", "en": "to an industrial park, by air"},
    "scenic-area": {"zh": "到景区（直线）", "en": "to a scenic area, by air"},
    "road-county-seat": {"zh": "到县城（沿路）", "en": "to the county seat, by road"},
    "road-township": {"zh": "到乡镇（沿路）", "en": "to a township, by road"},
    "hazard": {"zh": "离地质灾害隐患", "en": "from geological hazards"},
    "zone": {"zh": "离最近的管控范围", "en": "from the nearest controlled zone"},
}

POINTS = (
    {"zh": "北", "en": "north"},
    {"zh": "东北", "en": "north-east"},
    {"zh": "东", "en": "east"},
    {"zh": "东南", "en": "south-east"},
    {"zh": "南", "en": "south"},
    {"zh": "西南", "en": "south-west"},
    {"zh": "西", "en": "west"},
    {"zh": "西北", "en": "north-west"},
)
"""The eight points of the compass from the north on."""


def point_of(bearing_deg: float, lang: str) -> str:
    """Return the point of the compass nearest to a bearing."""
    return POINTS[round(bearing_deg / 45) % 8][lang]


UNITS: Mapping[float, Words] = {
    1.0: {"zh": "米", "en": "metres"}, 0.001: {"zh": "毫米", "en": "millimetres"}, 0.01: {"zh": "厘米", "en": "centimetres"},
    0.1: {"zh": "分米", "en": "decimetres"}, 0.0254: {"zh": "英寸", "en": "inches"}, 0.3048: {"zh": "英尺", "en": "feet"},
}  # fmt: skip
UNIT_FOUND: Words = {
    "zh": "图纸没有写明单位；按{unit}，范围线落在已知的县附近，所以当作{unit}。",
    "en": "The drawing states no unit; in {unit} its outlines lie near a known county, so they are taken for {unit}.",
}
