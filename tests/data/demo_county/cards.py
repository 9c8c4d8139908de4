"""What the supplementary ledgers say of a household: money, support, file card, where it came from. Honest clerks wrote it.

Each value stands under the name its column has in the vocabulary; choices are written as the word a clerk writes.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from shapely.geometry import MultiPolygon

from tests.data.demo_county.ground import TOWNSHIPS, inside, walk
from tests.data.demo_county.households import AS_OF, Home
from tests.data.demo_county.identity import name

SINCE = date(2016, 10, 26)  # the 3,000 yuan a person are asked for no longer
CLERKS, HELPERS = 1500, 1600  # numbers of made-up names above those of the households
SILENT_TOWNSHIP = "马畈镇"  # its clerk has entered neither incomes nor the ways of resettlement
ROUNDER = ("白雀园镇", 1)  # the township and the clerk whose incomes were thought up at a desk


class Trouble(NamedTuple):
    """What clerks write of one cause of poverty, of what was done about it, and of what came of it."""

    causes: tuple[str, ...]
    measures: tuple[str, ...]
    effects: tuple[str, ...]


TROUBLES = (
    Trouble(
        ("户主患高血压等慢性病", "妻子患慢性病", "老母亲常年卧病", "次子患肾病", "户主患矽肺病"),
        ("签约家庭医生，慢病用药报销", "办理大病救助，送药上门", "纳入低保，住院先诊疗后付费", "县医院定点治疗，费用报销九成"),
        ("病情稳定，药费减了一多半", "住院费报销后，日子有了改善", "慢病用药解决了，能做轻活"),
    ),
    Trouble(
        ("户主肢体残疾", "长子视力残疾", "妻子听力残疾"),
        ("办理残疾人护理补贴", "配发轮椅等辅具，每月上门护理", "残疾人托养，列入低保"),
        ("护理补贴按月到卡，生活改善", "有了辅具，出门难解决了"),
    ),
    Trouble(
        ("两个孩子同时上学", "女儿读大学", "儿子就学路远开支大"),
        ("享受雨露计划助学金", "免学费并发放营养餐补助", "大学新生资助五千元"),
        ("孩子学费解决，没有辍学", "助学金到账，读书开支改善"),
    ),
    Trouble(
        ("种茶没有技术", "缺养殖技术", "文化程度低，没有手艺技能"),
        ("参加茶叶栽培培训两期", "农技员进户指导养鸡", "到扶贫车间跟师傅学艺"),
        ("培训后在茶厂上岗", "学会养鸡，年底增收", "在车间上岗，按月领工资"),
    ),
    Trouble(
        ("家中缺劳力", "夫妻年迈", "孤寡老人独居"),
        ("纳入低保，承包地流转给大户", "光伏电站分红，每季发放", "村里安排养老服务，列入低保"),
        ("低保和流转费让收入稳定", "分红到卡，生活改善"),
    ),
    Trouble(
        ("缺少发展资金", "想养牛没有资金", "开店缺本钱，资金周转难"),
        ("小额贴息贷款三万元", "产业奖补八千元，入股合作社", "贴息贷款两万，合作社担保"),
        ("养了六头牛，年底增收", "入股分红，收入稳定"),
    ),
    Trouble(
        ("人均耕地不足三分", "山坡薄地，耕地零碎"),
        ("到茶园务工，按天结算", "土地流转，安排公益岗位"),
        ("茶园务工，按月有收入", "保洁岗位上岗，收入稳定"),
    ),
    Trouble(
        ("深山居住，交通不便", "原住地饮水困难", "路远偏远，买卖不便"),
        ("搬到安置地，就近进厂务工", "搬迁后介绍到园区上班", "搬出深山，帮助租下菜地"),
        ("搬下山后进厂上岗", "搬迁后买卖方便，收入稳定"),
    ),
)
_WORK = (
    "户主在茶厂做炒青工", "妻子进园区缝纫车间", "长子去羽绒厂开叉车", "户主跟工程队砌墙", "儿媳在幼儿园帮厨", "户主当护林员巡山", "女儿在超市收银",
    "户主承包鱼塘十二亩", "夫妻合开早点铺", "长子学汽修已出师", "户主养黑山羊卅只", "妻子编竹器论件计酬",
)  # fmt: skip
_LAND = (
    "原有油茶六亩托管给合作社", "老宅边板栗园按株分红", "旱地四亩流转种艾草", "水田两亩改种稻虾", "猕猴桃挂果后保底收购", "屋后毛竹林交大户经营", "承包地入股光伏电站",
    "花生订单由粮油店包销", "苗圃二亩代管到出圃", "菜地半亩供应学校食堂", "山场租给中药材基地", "桑园三亩村里统一售茧",
)  # fmt: skip
_CARE = (
    "镇人社所每季上门问一次", "驻村队长月底核对工资单", "信用社给了周转额度", "楼栋长帮着照看老人", "社区医生建了随访本", "孩子转学手续已办妥", "合作社年终公布账目",
    "结对干部教会手机卖货", "电工班包修水电", "邻居互助组轮流接送", "养老卡已激活可取现", "夜校每周教一回算账",
)  # fmt: skip
_REASONS = ("生存条件恶劣", "地质灾害", "生态环境脆弱", "交通不便", "缺水")


def card(home: Home, outline: MultiPolygon) -> dict[str, Any]:
    """Return what honest clerks write of a household in the supplementary ledgers."""
    chance = Random(home.code)  # noqa: S311 - the same card every time, not a secret
    number = int(home.code[2:])
    return {
        **_origin(chance, home, number, outline),
        **_fit(chance, home),
        **(_money(chance, home) if home.poor else {}),
        **(_support(chance, home, number) if home.poor else {"support_plan": "同步搬迁户，自主发展"}),
        "filled_by": clerk(home.township, number % 3),
    }


def clerk(township: str, place: int) -> str:
    """Return the made-up name of one of a township's three clerks."""
    return name(CLERKS + 3 * list(TOWNSHIPS).index(township) + place)


def _origin(chance: Random, home: Home, number: int, outline: MultiPolygon) -> dict[str, Any]:
    said: dict[str, Any] = {"move_reason": chance.choice(_REASONS), "household_book": f"9900{number:06d}"}
    if chance.random() < 0.03 and home.approved_on:
        said["split_on"] = home.approved_on - timedelta(days=chance.randrange(800, 3000))
    if home.site is None:
        said |= {"new_township": home.township, "new_village": f"{'己庚辛壬癸'[chance.randrange(5)]}演村"}
        said["risk_screened"] = True if home.mode else None
    elif home.kind == "行政村内就近":
        said["new_natural_village"] = "新湾组"
    place = home.place or (home.site.place if home.site else None)
    if place and chance.random() < 0.4:
        old = walk(place, chance.uniform(0, 360), chance.uniform(1200, 7000))
        if inside(outline, old):
            said["old_lon"], said["old_lat"] = old
    return said


def _fit(chance: Random, home: Home) -> dict[str, Any]:
    said: dict[str, Any] = {"key_handed": home.handed_over_on is not None}
    if home.site:
        said["unit_type"] = f"{'ABCDEFG'[min(home.family, 7) - 1]}户型"
    if home.moved_in:
        said |= {"quality_ok": True, "ready_to_live": True} if home.mode == "集中" else {}
        said["lived_in_found"] = True if chance.random() < 0.2 else None
    return said


def _money(chance: Random, home: Home) -> dict[str, Any]:
    persons = home.approved or home.family
    said: dict[str, Any] = {"subsidy_due_yuan": 30000 * persons, "self_raised_yuan": 0}
    if home.approved_on and home.approved_on < date(2016, 6, 1):  # they paid by the old rule, and it was given back
        said |= {"self_raised_yuan": 3000 * persons, "self_raised_on": home.approved_on + timedelta(days=chance.randrange(20, 90))}
        said["self_raised_refunded_yuan"] = 3000 * persons
    if not home.moved_in_on:
        return said
    first_on = min(home.moved_in_on + timedelta(days=chance.randrange(3, 25)), AS_OF)
    said |= {"first_paid_yuan": 20000 * persons, "first_paid_on": first_on}
    if home.mode == "集中":
        said |= {"paid_to": "先到户卡再付施工方", "builder_paid_on": min(first_on + timedelta(days=chance.randrange(2, 20)), AS_OF)}
    else:
        said |= {"paid_to": "一卡通", "held_back_yuan": 0}
    free_on = home.moved_in_on if home.no_old_house or home.kept_confirmed else home.demolished_on if home.old_house in ("已拆", "已复垦") else None
    if free_on:
        second_on = min(max(free_on, first_on) + timedelta(days=chance.randrange(8, 40)), AS_OF)
        said |= {"second_paid_yuan": 10000 * persons, "second_paid_on": second_on}
    return said


def _support(chance: Random, home: Home, number: int) -> dict[str, Any]:
    trouble = chance.choice(TROUBLES)
    labour = min(home.family, chance.choice((0, 1, 1, 2, 2, 3)))
    helper = name(HELPERS + number % 45)
    return {
        "poverty_cause": chance.choice(trouble.causes),
        "measures": chance.choice(trouble.measures),
        "support_plan": f"{chance.choice(_WORK)}，{chance.choice(_LAND)}，{chance.choice(_CARE)}",
        "support_effect": chance.choice(trouble.effects) if home.moved_in else "已签务工意向，待入住后落实",
        "labour_count": labour,
        "employed_count": chance.randrange(1, labour + 1) if labour else 0,
        "income_yuan": None if home.township == SILENT_TOWNSHIP else _income(chance, home.township, number % 3),
        "signed_by": "家属" if chance.random() < 0.1 else "本人",
        "card_helper": helper,
        "visit_helper": helper,
    }


def _income(chance: Random, township: str, place: int) -> int:
    income = chance.randrange(3320, 9870)
    by_nature = chance.random() < 0.04  # a pension, a year's wage
    thought_up = (township, place) == ROUNDER and chance.random() < 0.7
    return round(income, -2) if by_nature or thought_up else income


def with_card(home: Home, changed: Mapping[str, Any], outline: MultiPolygon) -> dict[str, Any]:
    """Return a household's honest card with what is planted in it."""
    return {**card(home, outline), **changed}
