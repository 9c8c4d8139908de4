"""What has been planted in the made-up county: which households were altered, and what each check must say of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.data.demo_county.ground import TOWNSHIPS, Lonlat, walk
from tests.data.demo_county.households import Home

AREA, COST, SITING, RATIO, OLD = "living-area", "unit-cost", "four-proximities", "resettlement-ratio", "old-house"
Said = tuple[str, str, str, str]  # check, outcome, why in Chinese, why in English


@dataclass(frozen=True, slots=True)
class Plant:
    """One household to alter: the n-th of a site or of a township's dispersed ones, with what the checks must then say."""

    where: str
    number: int
    says: tuple[Said, ...]
    change: Mapping[str, Any] = field(default_factory=dict)


def _beside(township: str, bearing_deg: float, metres: float) -> Lonlat:
    return walk(TOWNSHIPS[township], bearing_deg, metres)


def _people(persons: int, area_m2: float | None, **more: Any) -> dict[str, Any]:
    way = {"one_person_way": "单独住房" if persons == 1 else "", "one_person_reason": ""}
    return {"poor": True, "family": persons, "approved": persons, "area_m2": area_m2, "net_m2": None, **way, **more}


def _moved(on: date, state: str, **more: Any) -> dict[str, Any]:
    dates = {"agreed_on": None, "demolished_on": None, "reclaimed_on": None, "handed_over_on": on, "moved_in": True, "moved_in_on": on}
    old = {"no_old_house": False, "reoccupied": False, "kept_reason": "", "kept_confirmed": None}
    return {"poor": True, "old_house": state, **dates, **old, **more}


HOUSEHOLDS = (
    Plant("GSA01", 3, ((AREA, "pass", "6人150㎡，恰好25.00", "six persons, 150 m²: exactly 25.00"),), _people(6, 150.0)),
    Plant("GSA01", 7, ((AREA, "fail", "3人75.01㎡，25.0033，超出一点也是超", "three persons, 75.01 m²: 25.0033 is over"),), _people(3, 75.01)),
    Plant("GSA02", 5, ((AREA, "fail", "2人58.4㎡，人均29.2", "two persons, 58.4 m²: 29.2 each"),), _people(2, 58.4)),
    Plant("GSA05", 9, ((AREA, "fail", "核定4人120㎡；按现有5人算才24", "120 m² for 4 approved persons; 24 only by today's family of 5"),), _people(4, 120.0, family=5)),
    Plant("GSA10", 11, ((AREA, "fail", "套内98㎡不超，建筑面积108.6㎡超", "net 98 m² would do, building area 108.6 m² does not"),), _people(4, 108.6, net_m2=98.0)),
    Plant("GSA07", 4, ((AREA, "fail", "一人户住45㎡，未登记其他安置去向", "one person in 45 m², no other arrangement on record"),), _people(1, 45.0)),
    Plant("GSA07", 8, ((AREA, "review", "一人户合住50㎡，须与合住人一并核算", "one person in a shared home of 50 m²"),), _people(1, 50.0, one_person_way="合住", one_person_reason="与侄子合住")),
    Plant("GSA08", 2, ((AREA, "review", "一人户集中供养，未写理由", "one person in central care, no reason on file"),), _people(1, None, one_person_way="集中供养")),
    Plant("GSA08", 6, ((AREA, "not-applicable", "一人户货币化安置，理由在档", "one person settled by cash, reason on file"),), _people(1, None, one_person_way="货币化安置", one_person_reason="随女儿进城居住")),
    Plant("GSA09", 3, ((AREA, "review", "套内面积大于建筑面积，可能填反", "net area above building area: swapped?"),), _people(3, 66.2, net_m2=73.5)),
    Plant("GSA12", 5, ((AREA, "no-data", "缺安置住房面积", "no area on record"),), _people(4, None)),
    Plant("GSA12", 8, ((AREA, "no-data", "缺核定搬迁人口", "no approved persons on record"),), _people(3, 73.6, approved=None)),
    Plant("GSA14", 6, ((AREA, "no-data", "只有套内面积", "only a net area"),), _people(3, None, net_m2=64.0)),
    Plant("GSA14", 9, ((AREA, "not-applicable", "同步搬迁户，3人140㎡", "self-financed movers, 140 m² for three"),), {**_people(3, 140.0), "poor": False}),
    Plant("GSA23", 2, ((AREA, "not-applicable", "核定于规划印发之前", "approved before the plan was issued"),), _people(3, 90.0)),
    Plant("GSA02", 12, ((OLD, "pass", "入住后5个月拆除", "came down five months after moving in"),), _moved(date(2018, 1, 10), "已拆", demolished_on=date(2018, 6, 20))),
    Plant("GSA02", 15, ((OLD, "pass", "已拆并复垦", "came down, land reclaimed"),), _moved(date(2018, 1, 10), "已复垦", demolished_on=date(2018, 5, 2), reclaimed_on=date(2018, 11, 1))),
    Plant("GSA06", 4, ((OLD, "pass", "入住未满一年，旧房未拆，尚在期限内", "stands, still within the year"),), _moved(date(2019, 8, 15), "未拆")),
    Plant("GSA01", 20, ((OLD, "fail", "入住两年多，旧房未拆", "stands two years after moving in"),), _moved(date(2017, 12, 1), "未拆")),
    Plant("GSA03", 6, ((OLD, "fail", "签了协议，一年半没拆", "agreed, not taken down for a year and a half"),), _moved(date(2018, 6, 10), "已签协议", agreed_on=date(2018, 4, 1))),
    Plant("GSA05", 14, ((OLD, "fail", "旧房又住了人", "the old house is lived in again"),), _moved(date(2018, 7, 20), "未拆", reoccupied=True)),
    Plant("GSA10", 21, ((OLD, "review", "连体房保留，县级未确认", "shared wall, not confirmed by the county"),), _moved(date(2018, 5, 5), "未拆", kept_reason="连体房", kept_confirmed=False)),
    Plant("GSA10", 24, ((OLD, "review", "申报传统村落，县级确认栏空白", "applied for listing, confirmation left blank"),), _moved(date(2018, 5, 5), "未拆", kept_reason="申报传统村落")),
    Plant("GSA10", 27, ((OLD, "review", "登记未拆却有拆除日期", "recorded as standing, with a day of demolition"), ("subsidy-payment", "no-data", "有拆除日期，二次补助没填", "a day of demolition, no second instalment")), _moved(date(2018, 5, 5), "未拆", demolished_on=date(2018, 10, 8))),
    Plant("GSA14", 18, ((OLD, "no-data", "已入住，旧房状态没填", "moved in, state of the old house not recorded"),), _moved(date(2018, 6, 1), "")),
    Plant("GSA14", 21, ((OLD, "no-data", "登记已拆，没有日期", "down, on no day"),), _moved(date(2018, 6, 1), "已拆")),
    Plant("GSA19", 4, ((OLD, "not-applicable", "连体房，县级已确认保留", "shared wall, confirmed by the county"),), _moved(date(2018, 8, 1), "未拆", kept_reason="连体房", kept_confirmed=True)),
    Plant("GSA19", 9, ((OLD, "not-applicable", "无房户", "never had a house"),), _moved(date(2018, 8, 1), "", no_old_house=True)),
    Plant("GSA06", 9, ((OLD, "not-applicable", "钥匙领了，还没入住", "has the key, has not moved in"),), _moved(date(2019, 4, 1), "未拆", moved_in=False, moved_in_on=None)),
    Plant("十里镇", 2, ((SITING, "pass", "距十里镇约900米", "some 900 m from Shili"),), {"place": _beside("十里镇", 60, 900), "claimed": "靠乡镇"}),
    Plant("白雀园镇", 5, ((SITING, "review", "距白雀园镇约2,950米，误差范围内说不准", "some 2,950 m from Baiqueyuan, too close to call"),), {"place": _beside("白雀园镇", 275, 2950)}),
    Plant("孙铁铺镇", 3, ((SITING, "review", "四类都不靠，也没有说明", "near none of the four, no reason given"),), {"place": _beside("孙铁铺镇", 170, 6100)}),
    Plant("GSA04", 1, ((SITING, "not-applicable", "集中安置户，随安置点判断", "in a site, judged with the site"),)),
    Plant("马畈镇未填", 1, ((SITING, "no-data", "安置方式没填，不知是不是分散户", "way of resettlement not recorded"),)),
    Plant("北向店乡", 1, ((SITING, "not-applicable", "分散户没有登记位置", "dispersed, no position on record"),), {"place": None}),
)  # fmt: skip

# (check, subject kind, subject, outcome, why): sites and areas are as the hand-written table of sites makes them.
OTHERS: tuple[tuple[str, str, str, str, str, str], ...] = (
    (SITING, "site", "GSA01", "pass", "靠县城、乡镇、园区三项", "near seat, township and park at once"),
    (SITING, "site", "GSA08", "pass", "到园区中心超过3公里，到园区边线不到3公里", "over 3 km from the park's middle, under 3 km from its edge"),
    (SITING, "site", "GSA09", "pass", "只靠景区", "near a scenic area only"),
    (SITING, "site", "GSA22", "pass", "在园区范围之内", "inside the park's outline"),
    (SITING, "site", "GSA06", "review", "距寨河镇2,990米，误差范围内说不准", "2,990 m from Zhaihe, too close to call"),
    (SITING, "site", "GSA11", "review", "四类都不靠，有选址理由", "near none of the four, reason on record"),
    (SITING, "site", "GSA13", "review", "填报靠乡镇，实测6公里", "claims a township that is 6 km away"),
    (SITING, "site", "GSA15", "review", "四类都不靠，没有理由", "near none of the four, no reason"),
    (SITING, "site", "GSA17", "no-data", "没有坐标", "no position on record"),
    (RATIO, "county", "411522", "review", "与规划数几乎相平，有几十户没有登记安置方式，足以改变结论", "level with the plan, and dozens of households without a recorded way could turn it"),
    (RATIO, "township", "411522/紫水街道", "pass", "集中占八成五以上", "more than 85 % concentrated on either base"),
    (RATIO, "township", "411522/白雀园镇", "review", "分散安置多，低于每个说法", "many dispersed, below every norm"),
    (RATIO, "township", "411522/晏河乡", "not-applicable", "只有十几户，比例没有意义", "a dozen households make no ratio"),
    (RATIO, "township", "411522/马畈镇", "no-data", "多数户没有登记安置方式", "most households have no recorded way"),
    (RATIO, "site", "GSA21", "review", "“集中”安置点只有7户，小于本县最小规模10户", "a concentrated site of 7 households, below the county's 10"),
    (RATIO, "site", "GSA01", "pass", "70户，达到本县最小规模", "70 households, large enough"),
    (SITING, "site", "GSA24", "review", "填报靠县城，实测5.7公里，其实靠乡镇", "claims the county seat 5.7 km away; it is near a township"),
    (COST, "site", "GSA03", "pass", "1,098元/㎡", "1,098 yuan/m²"),
    (COST, "site", "GSA19", "pass", "恰好1,200元/㎡", "exactly 1,200 yuan/m²"),
    (COST, "site", "GSA10", "review", "1,420元/㎡，高于补助能承担的1,200", "1,420 yuan/m², above the 1,200 the subsidy carries"),
    (COST, "site", "GSA16", "review", "恰好1,600元/㎡，未超本县上限，仍高于1,200", "exactly 1,600: not above the county's cap, still above 1,200"),
    (COST, "site", "GSA14", "review", "填报1,180元/㎡，算出来1,110", "1,180 yuan/m² as written, 1,110 as reckoned"),
    (COST, "site", "GSA22", "fail", "1,750元/㎡，超过本县上限1,600", "1,750 yuan/m², above the county's cap of 1,600"),
    (COST, "site", "GSA24", "fail", "2,600元/㎡，人均超过6万元", "2,600 yuan/m², above 60,000 yuan a person"),
    (COST, "site", "GSA12", "no-data", "只有项目总投资，没有住房建设成本", "only the all-in cost is on record"),
    (COST, "site", "GSA23", "not-applicable", "批复于2016年3月，当时没有这些标准", "approved in March 2016, before there was any of these rules"),
)  # fmt: skip


def _where(home: Home) -> str:
    return home.site.code if home.site else home.township + ("" if home.mode else "未填")


def alter(homes: list[Home]) -> dict[int, Plant]:
    """Alter the planted households in place; return position in the list → plant."""
    planted: dict[int, Plant] = {}
    for plant in HOUSEHOLDS:
        own = [i for i, home in enumerate(homes) if plant.where == _where(home)]
        at = own[plant.number - 1]
        homes[at] = replace(homes[at], **plant.change)
        planted[at] = plant
    return planted
