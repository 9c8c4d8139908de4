"""What the ledger of progress says of each site: days and stage of building, facilities, who fills the gap, support."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.data.demo_county.sites import Site

UNFINISHED = ("GSA13", "GSA15", "GSA17", "GSA21")
"""Sites at which nobody has moved in by the day of judgement."""

_BASICS = dict.fromkeys(("has_water", "has_power", "has_road", "has_doors_windows", "has_sewage"), True)
_FIVE = dict.fromkeys(("has_community_centre", "has_school", "has_kindergarten", "has_clinic", "has_culture_room"), True)
_PLANS = (
    "茶叶加工车间吸纳四十人，合作社保底收茶", "园区缝纫厂招工六十名，早晚班车接送", "标准化养鸡棚十二座，龙头企业回收", "稻虾共作二百亩，统一供苗卖虾",
    "社区工厂做渔网，按件计酬", "农家乐八户，县旅游公司带客", "光伏电站三百千瓦，分红到户", "油茶五百亩，抚育采摘用工",
)  # fmt: skip
_DEAR_YUAN_M2 = 1500  # where houses took so much, less was left for roads and pipes

# Each site that is there to show something; None takes a value away.
_SHOWN: Mapping[str, Mapping[str, Any]] = {
    "GSA05": {"gap_filled_by": "县级财政", "dear_finish": True, "finish_note": "客厅铺大理石"},
    "GSA06": {"stage": "正在建房"},
    "GSA08": {"finished_on": None},
    "GSA09": {"has_power": None},
    "GSA10": {"gap_filled_by": "贷款", "has_road": None},
    "GSA11": {"topped_out_on": date(2018, 7, 20), "started_on": date(2018, 8, 26), "support_plan": None},
    "GSA13": {
        "stage": "正在建房", "started_on": date(2018, 7, 5), "topped_out_on": None, "finished_on": None, "planned_finish_on": date(2020, 3, 31),
        "has_water": None, "has_power": None, "has_doors_windows": None,
    },
    "GSA14": {"support_plan": "产业扶持、就业培训"},
    "GSA15": {"stage": "未开工", "started_on": None, "topped_out_on": None, "finished_on": None, "planned_finish_on": date(2020, 6, 30)},
    "GSA16": {"gap_filled_by": "配套资金", "risk_screened": False, "has_clinic": None},
    "GSA17": {"stage": "主体完工", "topped_out_on": date(2019, 3, 20), "finished_on": None, "planned_finish_on": date(2020, 1, 31)},
    "GSA19": {"has_doors_windows": False},
    "GSA20": {"support_plan": "暂无"},
    "GSA21": {
        "gap_filled_by": "县级财政", "stage": "正在建房", "started_on": date(2019, 1, 10), "topped_out_on": None, "finished_on": None,
        "planned_finish_on": date(2020, 5, 31), "progress_on": date(2019, 6, 30),
    },
    "GSA22": {"started_on": date(2018, 3, 5), "has_sewage": False, "has_kindergarten": False, "has_culture_room": False},
    "GSA24": {"gap_filled_by": "自有资金", "dear_finish": True, "finish_note": "厨卫全部贴砖", "has_sewage": False, "stage": None},
}  # fmt: skip


def finished_on(site: Site) -> date:
    """Return the day a site was finished, had nothing gone wrong."""
    return site.approved_on + timedelta(days=210 + sum(map(ord, site.code)) % 7 * 20)


def site_card(site: Site, persons: int) -> dict[str, Any]:
    """Return what the ledger of progress says of a site, by the names of the vocabulary's columns."""
    number = int(site.code[3:])
    started_on, done_on = site.approved_on + timedelta(days=25 + number * 13 % 45), finished_on(site)
    infrastructure = 9000 if (site.yuan_m2 or 0) > _DEAR_YUAN_M2 else 16500
    return {
        "contractor": f"演示建筑{'一二三四五六'[number % 6]}公司",
        "unit_type": "A—G户型",
        "infrastructure_cost_yuan": infrastructure * persons,
        "stage": "已入住",
        "started_on": started_on,
        "topped_out_on": started_on + (done_on - started_on) * 3 // 5,
        "finished_on": done_on,
        "planned_finish_on": done_on + timedelta(days=number * 7 % 30),
        "progress_on": date(2019, 12, 31),
        **_BASICS,
        "dear_finish": False,
        **_FIVE,
        "risk_screened": True,
        "support_plan": _PLANS[number % len(_PLANS)],
        **_SHOWN.get(site.code, {}),
    }
