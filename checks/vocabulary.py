"""The kinds of record themselves: sites, households, and the areas (county, township) counted from them."""

from typing import Any

from checks.records import Choice, Column, Kept, Kind, Mode, OldHouse, OnePerson, Proximity, RecordKind, Resettlement


def _text(name: str, zh: str, en: str, *also: str, **more: Any) -> Column:
    return Column(name, Kind.TEXT, zh, en, also=also, **more)


def _number(name: str, zh: str, en: str, unit: str, *also: str, **more: Any) -> Column:
    return Column(name, Kind.NUMBER, zh, en, unit, also=also, **more)


def _count(name: str, zh: str, en: str, unit: str, *also: str, **more: Any) -> Column:
    return Column(name, Kind.COUNT, zh, en, unit, also=also, **more)


def _flag(name: str, zh: str, en: str, *also: str, **more: Any) -> Column:
    return Column(name, Kind.FLAG, zh, en, also=also, **more)


def _day(name: str, zh: str, en: str, *also: str, **more: Any) -> Column:
    return Column(name, Kind.DAY, zh, en, also=also, **more)


def _choice(name: str, zh: str, en: str, choices: type[Choice], *also: str, **more: Any) -> Column:
    return Column(name, Kind.CHOICE, zh, en, also=also, choices=choices, **more)


_PLACE = (
    _text(
        "county",
        "县(市、区)代码",
        "County code",
        "县代码",
        "行政区划代码",
        "县区划代码",
        "区县代码",
        meaning_zh="六位行政区划代码",
        meaning_en="six-digit administrative code",
    ),
    _text("township", "乡镇", "Township", "乡(镇)", "乡镇名称", "所在乡镇", "乡镇街道", "乡(镇、街道)", "镇(乡)"),
    _text("village", "行政村", "Administrative village", "村", "村名", "所在村", "行政村(社区)", "村(社区)", "村委会"),
)

# Position: WGS-84 degrees for the program; beside them what the record itself said and in which system.
_POSITION = (
    _number("lon", "经度", "Longitude", "deg", "东经", "经度(E)", "longitude", "lng"),
    _number("lat", "纬度", "Latitude", "deg", "北纬", "纬度(N)", "latitude"),
    _text("declared_crs", "坐标系", "Coordinate system", "坐标系统", "坐标类型", "crs"),
    _text("declared_position", "原始坐标", "Position as recorded", asked=False),
    _number("uncertainty_m", "位置误差(米)", "Position uncertainty", "m", "定位误差", "定位精度", "坐标误差", "坐标精度"),
    Column("outline", Kind.SHAPE, "范围", "Outline", asked=False),
)

_SITING = (
    _text("claimed_proximity", "四靠类型", "Proximity claimed", "靠近类型", "四靠", "四靠情况", "依托类型", several=True, choices=Proximity),
    _text("claimed_target", "依托对象", "Facility relied on", "依托名称", "靠近对象", "四靠对象", "依托的城镇园区景区", "依托情况"),
    _text("justification", "选址理由", "Reason for the siting", "选址说明", "选址依据", "情况说明"),
)

SITE = RecordKind(
    "site",
    "sites",
    "安置点",
    "resettlement site",
    (
        _text("code", "安置点编码", "Site code", "安置点编号", "安置点代码", "项目编码", "项目代码", required=True),
        _text("name", "安置点名称", "Site name", "安置点", "集中安置点", "集中安置点名称", "安置区名称", "项目名称", "安置小区", required=True),
        *_PLACE,
        _choice("mode", "安置方式", "Way of resettlement", Mode),
        _choice("resettlement", "安置类型", "Kind of resettlement", Resettlement),
        *_POSITION,
        *_SITING,
        _day("approved_on", "批复日期", "Approved on", "批复时间", "立项批复日期", "选址批复日期", "审批日期"),
        _count("households", "安置户数", "Households", "households", "户数", "集中安置户数", "搬迁户数"),
        _count("persons", "安置人数", "Persons", "persons", "人数", "安置人口", "搬迁人口", "集中安置人数", "人口"),
        _number("building_area_m2", "总建筑面积", "Building area", "m2", "建筑面积", "住房建筑面积", "住房总面积", "建房面积"),
        _number("building_cost_yuan", "住房建设成本", "Building cost", "yuan", "建安成本", "住房建设投资", "建房成本", "建安投资", "住房投资", "建筑成本"),
        _number("stated_cost_yuan_m2", "单位造价", "Stated unit cost", "yuan/m2", "造价", "建设单价", "建安单价", "每平方米造价", "单方造价", "房屋单价"),
        _number("all_in_cost_yuan", "项目总投资", "All-in cost", "yuan", "总投资", "概算总投资", "投资总额", "批复总投资"),
        _text("remark", "备注", "Remark", "说明", "备 注"),
    ),
)

HOUSEHOLD = RecordKind(
    "household",
    "households",
    "搬迁户",
    "household",
    (
        _text("code", "户编号", "Household code", "户编码", "户号", "搬迁户编号", "家庭编号", "档案编号", required=True),
        _text("head_name", "户主姓名", "Head of household", "户主", "姓名", "搬迁户姓名", "户主名", personal=True, required=True),
        _text("id_number", "身份证号", "ID number", "户主身份证号", "身份证号码", "证件号码", "公民身份号码", "身份证", personal=True),
        *_PLACE,
        _text("natural_village", "自然村(屯)", "Natural village", "自然村", "村民小组", "组", "屯", "自然村(组)"),
        _flag(
            "registered_poor",
            "是否建档立卡",
            "Registered poor",
            "建档立卡",
            "建档立卡户",
            "是否建档立卡贫困户",
            "是否贫困户",
            "搬迁对象类型",
            "对象类别",
            meaning_zh="否 = 同步搬迁",
            meaning_en="no = simultaneous (self-financed) mover",
        ),
        _count("family_persons", "家庭人口数", "Family size", "persons", "家庭人口", "家庭总人口", "现有人口", "户籍人口"),
        _count("approved_persons", "核定搬迁人口", "Approved persons", "persons", "核定人口", "搬迁人口", "核定搬迁人数", "搬迁人数", "核定人数"),
        _day("approved_on", "核定日期", "Approved on", "核定时间", "批准日期", "审批日期", "认定日期", "批复日期"),
        _choice("mode", "安置方式", "Way of resettlement", Mode, "集中/分散", "集中或分散"),
        _choice("resettlement", "安置类型", "Kind of resettlement", Resettlement),
        _text("site_code", "安置点编码", "Site code", "安置点编号", "安置点代码"),
        _text("site_name", "迁入地", "Moved to", "安置点名称", "安置点", "迁入安置点", "安置地点", "迁入地址", "安置地"),
        *_POSITION,
        *_SITING,
        _number("floor_area_m2", "安置住房面积", "Building area", "m2", "建筑面积", "住房建筑面积", "住房面积", "安置房面积", "安置住房建筑面积", "房屋面积"),
        _number("net_area_m2", "套内面积", "Net area", "m2", "使用面积", "套内建筑面积"),
        _choice("one_person_way", "一人户安置去向", "One-person arrangement", OnePerson, "一人户安置方式", "单人户安置方式", "一人户去向"),
        _text("one_person_reason", "一人户安置说明", "One-person reason", "一人户说明", "单人户说明"),
        _day("handed_over_on", "交房日期", "Key handed over on", "交钥匙日期", "交房时间", "交钥匙时间"),
        _flag("moved_in", "是否入住", "Moved in", "是否已入住", "是否搬迁入住", "入住情况"),
        _day("moved_in_on", "入住日期", "Moved in on", "入住时间", "搬迁入住时间", "搬迁入住日期", "实际入住日期"),
        _flag("no_old_house", "是否无房户", "Had no old house", "无房户", "原无住房"),
        _choice("old_house", "旧房状态", "Old house", OldHouse, "旧房拆除情况", "旧房情况", "原房屋状态", "拆旧情况", "旧房拆除状态", "旧房是否拆除", "旧房是否已拆除"),
        _day("agreed_on", "拆旧协议日期", "Agreement signed on", "签订拆旧协议日期", "协议日期", "签协议时间"),
        _day("demolished_on", "旧房拆除日期", "Demolished on", "拆除日期", "拆旧日期", "拆除时间", "旧房拆除时间"),
        _day("reclaimed_on", "复垦日期", "Reclaimed on", "复垦时间", "宅基地复垦日期"),
        _choice("kept_reason", "保留旧房理由", "Reason for keeping", Kept, "保留原因", "不拆理由", "旧房保留原因", "未拆原因"),
        _flag("kept_confirmed", "县级是否确认保留", "Keeping confirmed by the county", "县级确认", "县级是否确认", "是否县级确认"),
        _flag("reoccupied", "旧房是否回住", "Old house lived in again", "是否回住", "回住", "旧房有人居住"),
        _text("remark", "备注", "Remark", "说明", "备 注"),
    ),
)

# Never read from a file: counted from sites and households (checks.county.census).
AREA = RecordKind(
    "area",
    "areas",
    "区域",
    "area",
    (
        _text("code", "代码", "Code"),
        _text("name", "名称", "Name"),
        _text("level", "级别", "Level"),  # "county" or "township"
        _text("county", "县代码", "County code"),
        _count("concentrated_households", "集中安置户数", "Concentrated households", "households"),
        _count("dispersed_households", "分散安置户数", "Dispersed households", "households"),
        _count("unsorted_households", "安置方式不明户数", "Households of unknown way", "households"),
        _count("concentrated_persons", "集中安置人数", "Concentrated persons", "persons"),
        _count("dispersed_persons", "分散安置人数", "Dispersed persons", "persons"),
        _count("uncounted_households", "缺核定人口户数", "Households without approved persons", "households"),
        _day("counted_on", "最晚核定日期", "Latest approval counted"),
    ),
)

KINDS = {kind.id: kind for kind in (SITE, HOUSEHOLD, AREA)}
LEDGERS = {kind.ledger: kind for kind in (SITE, HOUSEHOLD)}

LAYERS = {
    "county_seats": {"zh": "县城位置图层", "en": "the layer of county seats"},
    "townships": {"zh": "乡镇驻地图层", "en": "the layer of township centres"},
    "industrial_parks": {"zh": "产业园区图层", "en": "the layer of industrial parks"},
    "scenic_areas": {"zh": "景区图层", "en": "the layer of scenic areas"},
    "functional_zones": {"zh": "主体功能区图层", "en": "the layer of main functional zones"},
    "county_boundaries": {"zh": "县界图层", "en": "the layer of county boundaries"},
    "rivers": {"zh": "河流图层", "en": "the layer of rivers"},
}
"""What each layer is called in a sentence; a county may bring others under names of its own."""

UNITS = {
    "": {"zh": "", "en": ""},
    "m2/person": {"zh": "平方米/人", "en": "m² per person"},
    "m2": {"zh": "平方米", "en": "m²"},
    "yuan": {"zh": "元", "en": "yuan"},
    "yuan/m2": {"zh": "元/平方米", "en": "yuan per m²"},
    "yuan/person": {"zh": "元/人", "en": "yuan per person"},
    "%": {"zh": "%", "en": "%"},
    "days": {"zh": "天", "en": "days"},
    "m": {"zh": "米", "en": "m"},
    "deg": {"zh": "度", "en": "°"},
    "persons": {"zh": "人", "en": "persons"},
    "households": {"zh": "户", "en": "households"},
}
"""Units by the names used in store, JSON and sheets, and how people write them."""
