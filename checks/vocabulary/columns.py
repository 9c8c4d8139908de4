"""How columns are written down, and those several kinds of record share."""

from typing import Any

from checks.choices import Proximity
from checks.records import Choice, Column, Kind


def text(name: str, zh: str, en: str, *also: str, **more: Any) -> Column:
    """Declare a text."""
    return Column(name, Kind.TEXT, zh, en, also=also, **more)


def number(name: str, zh: str, en: str, unit: str, *also: str, **more: Any) -> Column:
    """Declare a number with its unit."""
    return Column(name, Kind.NUMBER, zh, en, unit, also=also, **more)


def count(name: str, zh: str, en: str, unit: str, *also: str, **more: Any) -> Column:
    """Declare a whole number with its unit."""
    return Column(name, Kind.COUNT, zh, en, unit, also=also, **more)


def flag(name: str, zh: str, en: str, *also: str, **more: Any) -> Column:
    """Declare a yes or no."""
    return Column(name, Kind.FLAG, zh, en, also=also, **more)


def day(name: str, zh: str, en: str, *also: str, **more: Any) -> Column:
    """Declare a day."""
    return Column(name, Kind.DAY, zh, en, also=also, **more)


def choice(name: str, zh: str, en: str, choices: type[Choice], *also: str, **more: Any) -> Column:
    """Declare a closed list of words."""
    return Column(name, Kind.CHOICE, zh, en, also=also, choices=choices, **more)


PLACE = (
    text(
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
    text("township", "乡镇", "Township", "乡(镇)", "乡镇名称", "所在乡镇", "乡镇街道", "乡(镇、街道)", "镇(乡)"),
    text("village", "行政村", "Administrative village", "村", "村名", "所在村", "行政村(社区)", "村(社区)", "村委会"),
)

# Position: WGS-84 degrees for the program; beside them what the record itself said and in which system.
POSITION = (
    number("lon", "经度", "Longitude", "deg", "东经", "经度(E)", "longitude", "lng"),
    number("lat", "纬度", "Latitude", "deg", "北纬", "纬度(N)", "latitude"),
    text("declared_crs", "坐标系", "Coordinate system", "坐标系统", "坐标类型", "crs"),
    text("declared_position", "原始坐标", "Position as recorded", asked=False),
    number("uncertainty_m", "位置误差(米)", "Position uncertainty", "m", "定位误差", "定位精度", "坐标误差", "坐标精度"),
    Column("outline", Kind.SHAPE, "范围", "Outline", asked=False),
)

SITING = (
    text("claimed_proximity", "四靠类型", "Proximity claimed", "靠近类型", "四靠", "四靠情况", "依托类型", several=True, choices=Proximity),
    text("claimed_target", "依托对象", "Facility relied on", "依托名称", "靠近对象", "四靠对象", "依托的城镇园区景区", "依托情况"),
    text("justification", "选址理由", "Reason for the siting", "选址说明", "选址依据", "情况说明"),
    flag("risk_screened", "选址风险排查", "Site risks screened", "是否开展风险排查", "选址安全排查", "地质灾害评估"),
)
