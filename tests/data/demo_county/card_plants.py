"""What has been planted in the supplementary ledgers of households: whom, which cells, and what each check must say of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from shapely.geometry import MultiPolygon

from tests.data.demo_county.cards import with_card
from tests.data.demo_county.ground import walk
from tests.data.demo_county.households import AS_OF, Home

Said = tuple[str, str, str, str, str]  # check, outcome, reason, why in Chinese, why in English
Cells = Mapping[str, Any] | Callable[[Home], Mapping[str, Any]]
_DOWN = ("已拆", "已复垦")
_LATE = date(2017, 6, 1)  # from then on money goes to the card first


@dataclass(frozen=True, slots=True)
class CardPlant:
    """One household to alter, drawn from a pool: cells of the main ledger (`base`), cells of the others (`card`), what is then said."""

    pool: str
    says: tuple[Said, ...]
    card: Cells = field(default_factory=dict)
    base: Cells = field(default_factory=dict)


POOLS: Mapping[str, Callable[[Home], bool]] = {
    "site": lambda h: _lives(h) and h.mode == "集中" and h.kind != "行政村内就近",
    "own": lambda h: _lives(h) and h.mode == "分散" and h.township != "马畈镇",
    "old": lambda h: bool(h.poor) and h.mode == "分散" and bool(h.moved_in) and h.old_house in _DOWN and h.approved_on == date(2016, 11, 15),
    "bridge": lambda h: _lives(h) and h.township == "砖桥镇",
    "maban": lambda h: _overdue(h) and h.township == "马畈镇",
    "yinpeng": lambda h: _overdue(h) and h.township == "殷棚乡",
    "waiting": lambda h: bool(h.poor) and h.mode == "分散" and h.handed_over_on is None and not h.moved_in,
    "self": lambda h: h.poor is False and h.mode == "集中",
    "early": lambda h: bool(h.poor) and h.site is not None and h.site.code == "GSA23" and h.family > 1,
    "near": lambda h: bool(h.poor) and h.kind == "行政村内就近",
}


def _lives(home: Home) -> bool:
    down = home.old_house in _DOWN and home.demolished_on is not None
    return bool(home.poor and home.moved_in and down and home.approved and home.family > 1 and home.approved_on and home.approved_on >= _LATE)


def _overdue(home: Home) -> bool:
    """Tell whether a household's year to take the old house down, the county's own, had run out when the ledgers were closed."""
    down = home.old_house in _DOWN and home.demolished_on is not None
    return bool(home.poor and down and home.approved and home.family > 1 and home.moved_in_on and (AS_OF - home.moved_in_on).days > 365)


def _persons(home: Home) -> int:
    return home.approved or home.family


def _old_place(metres: float) -> Callable[[Home], Mapping[str, Any]]:
    def cells(home: Home) -> Mapping[str, Any]:
        place = home.place or (home.site.place if home.site else None)
        assert place is not None
        lon, lat = walk(place, 70, metres)
        return {"old_lon": lon, "old_lat": lat}

    return cells


def _one(check: str, outcome: str, reason: str, zh: str, en: str) -> tuple[Said, ...]:
    return ((check, outcome, reason, zh, en),)


_EMPTY_VISIT = {"lived_in_found": False}
_UNTOLD = {"poverty_cause": None, "measures": None, "support_plan": None, "support_effect": None}
_HEADS = ("signed_by", "card_helper", "visit_helper")

ELIGIBILITY = (
    CardPlant("site", _one("eligibility", "pass", "accepted", "缺水", "no water"), {"move_reason": "缺水"}),
    CardPlant("site", _one("eligibility", "review", "house-alone", "只写房屋倒塌", "only that the house collapsed"), {"move_reason": "房屋倒塌"}),
    CardPlant("site", _one("eligibility", "review", "house-and-place", "房屋倒塌，说明写了滑坡", "the house collapsed, and the remark speaks of a landslide"), {"move_reason": "房屋倒塌", "move_reason_note": "屋后滑坡体复活，全组外迁"}),
    CardPlant("site", _one("eligibility", "review", "other-explained", "其他原因，有说明", "another reason, explained"), {"move_reason": "其他", "move_reason_note": "水库淹没区边缘，每年进水"}),
    CardPlant("own", _one("eligibility", "no-data", "other-unexplained", "其他原因，没有说明", "another reason, not explained"), {"move_reason": "其他"}),
    CardPlant("own", _one("eligibility", "no-data", "missing", "搬迁原因没填", "no reason for moving"), {"move_reason": None}),
)  # fmt: skip

DISPLACEMENT = (
    CardPlant("site", _one("displacement", "review", "under", "新旧住房只隔330米", "330 m between the homes"), _old_place(330)),
    CardPlant("own", _one("displacement", "review", "under", "新旧住房只隔240米", "240 m between the homes"), _old_place(240), lambda h: {"place": h.place or walk((114.9, 32.056), 200, 700)}),
    CardPlant("own", _one("displacement", "review", "too-close", "相距493米，定位精度15米，说不准", "493 m, known to 15: too close to call"), _old_place(493), lambda h: {"place": h.place or walk((114.9, 32.056), 210, 800)}),
    CardPlant("near", _one("displacement", "review", "within-hamlet", "村东头搬到村西头，没有理由", "from one end of the hamlet to the other, no reason"), lambda h: {"new_natural_village": h.hamlet, **_old_place(640)(h)}),
    CardPlant("near", _one("displacement", "review", "within-hamlet-explained", "自然村内搬迁，写明了理由，仍列出待看", "inside the hamlet, with the reason: shown all the same"), lambda h: {"new_natural_village": h.hamlet, **_old_place(720)(h), "justification": "原屋在滑坡体上，村内只有此处可建"}),
    CardPlant("near", _one("displacement", "review", "within-village", "村内搬迁，迁入自然村没填", "inside the village, hamlet moved to not recorded"), {"new_natural_village": None, "old_lon": None, "old_lat": None}),
    CardPlant("own", _one("displacement", "no-data", "names-unknown", "迁入村没填，坐标也没有", "neither the new village nor positions"), {"new_village": None, "new_township": None, "old_lon": None, "old_lat": None}),
    CardPlant("own", _one("exclusion-zones", "fail", "not-screened", "写明没有做选址风险排查", "risks said not to be screened"), {"risk_screened": False}),
)  # fmt: skip

FIT = (
    CardPlant("site", _one("fit-out", "review", "unfit", "登记入住，没有达到入住条件", "moved in, not ready to live in"), {"ready_to_live": False}),
    CardPlant("site", _one("fit-out", "no-data", "missing", "房屋质量一栏没填", "quality not recorded"), {"quality_ok": None}),
    CardPlant("site", _one("move-in", "review", "found-empty", "登记入住，核查无人", "moved in by the ledger, nobody found"), _EMPTY_VISIT),
    CardPlant("own", _one("move-in", "review", "found-empty-dispersed", "分散户登记入住，核查无人", "dispersed, nobody found"), _EMPTY_VISIT),
    CardPlant("waiting", _one("move-in", "review", "lived-in-unrecorded", "登记未入住，核查有人", "not moved in by the ledger, lived in"), {"lived_in_found": True}),
    CardPlant("waiting", _one("move-in", "no-data", "key-undated", "钥匙已交，没有日期", "key handed over, no day"), {"key_handed": True}),
    CardPlant("waiting", _one("move-in", "no-data", "missing", "交没交钥匙没填", "key not recorded"), {"key_handed": None}),
    CardPlant("site", _one("move-in", "review", "before-key", "入住早于交房", "moved in before the key"), {}, lambda h: {"handed_over_on": h.moved_in_on + timedelta(days=40) if h.moved_in_on else None}),
    CardPlant("site", (("move-in", "review", "key-or-not", "登记没交钥匙，却有交房日期", "no key by the ledger, yet a day of it"), ("fit-out", "review", "unfit", "登记没交钥匙", "no key by the ledger")), {"key_handed": False}),
    CardPlant("own", _one("move-in", "review", "moved-or-not", "登记未入住，却有入住日期", "not moved in, yet a day of it"), {}, {"moved_in": False}),
)  # fmt: skip

SUPPORT = (
    CardPlant("site", _one("follow-up-support", "review", "vague", "后续扶持只写四个字", "support in four characters"), {"support_plan": "产业扶持"}),
    CardPlant("own", _one("follow-up-support", "review", "vague", "后续扶持全是套话", "stock phrases only"), {"support_plan": "就业培训、产业帮扶等措施"}),
    CardPlant("site", _one("follow-up-support", "review", "none-planned", "后续扶持填“无”", "support: none"), {"support_plan": "无"}),
    CardPlant("site", _one("follow-up-support", "no-data", "missing", "后续扶持没填", "support left blank"), {"support_plan": None}),
    CardPlant("site", _one("follow-up-support", "review", "nobody-works", "两个劳动力，没有一人就业", "two can work, nobody does"), {"labour_count": 2, "employed_count": 0}),
    CardPlant("site", _one("follow-up-support", "review", "without-effect", "成效填“暂无”", "effect: none so far"), {"support_effect": "暂无"}),
    CardPlant("own", _one("support-chain", "review", "unanswered", "因学致贫，措施是小额贷款", "school costs answered by a loan"), {"poverty_cause": "两个孩子上大学开支大", "measures": "小额贴息贷款三万元", "support_effect": "贷款到账，日子改善"}),
    CardPlant("site", _one("support-chain", "review", "unanswered", "户主患病，措施是种植指导", "illness answered by advice on planting"), {"poverty_cause": "户主患肾病", "measures": "茶叶栽培指导两次", "support_effect": "茶园收入稳定"}),
    CardPlant("site", _one("support-chain", "review", "bare-words", "“因病”“医疗”各两字", "two words of two characters"), {"poverty_cause": "因病", "measures": "医疗", "support_effect": "病情稳定"}),
    CardPlant("site", _one("support-chain", "review", "effect-without-measure", "没有措施却有成效", "an effect without a measure"), {"measures": None}),
    CardPlant("site", _one("support-chain", "review", "effect-elsewhere", "措施是医疗，成效写学费", "medical care, and the effect speaks of school fees"), {"poverty_cause": "户主患高血压等慢性病", "measures": "签约家庭医生，慢病用药", "support_effect": "孩子免学费了"}),
    CardPlant("site", _one("support-chain", "no-data", "missing", "致贫原因没填", "no cause on record"), {"poverty_cause": None}),
    CardPlant("own", _one("support-chain", "not-applicable", "unknown-cause", "致贫原因不在词表里", "a cause the table of words does not know"), {"poverty_cause": "丧偶后独自拉扯三个娃"}),
    CardPlant("site", (("record-completeness", "review", "thin", "档卡大半空白", "a card half blank"), ("follow-up-support", "no-data", "missing", "后续扶持没填", "support left blank"), ("support-chain", "no-data", "missing", "四栏都没填", "all four lines blank"), ("copied-text", "no-data", "missing", "没有文字可比", "no text to compare"), ("signatures", "no-data", "missing", "帮扶人没填", "no helper on record")), {**_UNTOLD, "income_yuan": None, "household_book": None, "unit_type": None, "signed_by": "本人", "move_reason": "缺水", "labour_count": None, "employed_count": None, "visit_helper": None, "card_helper": None}),
)  # fmt: skip

_PAID_NOTHING = {"self_raised_yuan": 0, "self_raised_on": None, "self_raised_refunded_yuan": None, "support_effect": "已放弃搬迁，改为就近务工"}
_STAYED: Mapping[str, Any] = {
    "handed_over_on": None, "moved_in": False, "moved_in_on": None, "no_old_house": False, "old_house": "未拆", "agreed_on": None, "demolished_on": None,
    "reclaimed_on": None, "reoccupied": False,
}  # fmt: skip

MONEY = (
    CardPlant("early", _one("self-raised", "review", "not-refunded", "按旧规定缴了3,000元/人，没有退", "paid 3,000 a person by the old rule, not refunded"), {"self_raised_refunded_yuan": None}),
    CardPlant("early", _one("self-raised", "review", "not-refunded", "只退了一半", "half of it refunded"), lambda h: {"self_raised_refunded_yuan": 1500 * _persons(h)}),
    CardPlant("early", _one("self-raised", "review", "refunded-too-much", "退的比缴的多", "refunded more than was paid"), lambda h: {"self_raised_refunded_yuan": 30000 * _persons(h)}),
    CardPlant("site", _one("self-raised", "fail", "over", "2017年以后还收了3,000元/人", "3,000 a person taken after the change"), lambda h: {"self_raised_yuan": 3000 * _persons(h), "self_raised_on": h.approved_on}),
    CardPlant("own", _one("self-raised", "review", "over-undated", "收了2,000元，日期没填，可能核定以前就收了", "2,000 yuan taken, day not recorded; perhaps before the approval"), {"self_raised_yuan": 2000}),
    CardPlant("site", _one("self-raised", "pass", "refunded", "收了又退了", "taken and given back"), lambda h: {"self_raised_yuan": 6000, "self_raised_on": h.approved_on, "self_raised_refunded_yuan": 6000}),
    CardPlant("own", _one("self-raised", "no-data", "missing", "自筹款没填", "self-raised money not recorded"), {"self_raised_yuan": None}),
    CardPlant("early", (
        ("self-raised", "review", "gave-up-for-money", "拿不出自筹款，放弃了", "gave up for want of the money"), ("duplicate-identity", "not-applicable", "gave-up", "已放弃", "gave up"),
        ("record-completeness", "not-applicable", "gave-up", "已放弃", "gave up"), ("public-notice", "not-applicable", "gave-up", "已放弃", "gave up"),
    ), {**_PAID_NOTHING, "gave_up_on": date(2016, 9, 12), "gave_up_reason": "拿不出自筹款"}, _STAYED),
    CardPlant("early", _one("self-raised", "no-data", "gave-up-unexplained", "放弃了，没写原因", "gave up, no reason"), {**_PAID_NOTHING, "gave_up_on": date(2017, 2, 20)}, _STAYED),
    CardPlant("site", _one("subsidy-payment", "fail", "before-demolition", "旧房没拆，3万元全付了", "all 30,000 paid while the old house stands"), lambda h: {"second_paid_yuan": 10000 * _persons(h), "second_paid_on": h.moved_in_on}, {"old_house": "未拆", "demolished_on": None, "reclaimed_on": None, "agreed_on": None, "moved_in_on": date(2019, 4, 2), "handed_over_on": date(2019, 3, 12)}),
    CardPlant("own", _one("subsidy-payment", "fail", "before-demolition", "拆旧前一个月付清", "paid in full a month before it came down"), lambda h: {"second_paid_on": h.demolished_on - timedelta(days=30) if h.demolished_on else None}),
    CardPlant("site", _one("subsidy-payment", "review", "first-short", "入住了，每人只付12,000元", "moved in, 12,000 a person"), lambda h: {"first_paid_yuan": 12000 * _persons(h), "second_paid_yuan": 18000 * _persons(h)}),
    CardPlant("site", _one("subsidy-payment", "review", "second-short", "旧房拆了，二次只付5,000元", "house down, 5,000 of the second"), lambda h: {"second_paid_yuan": 5000 * _persons(h)}),
    CardPlant("site", _one("subsidy-payment", "review", "above-standard", "每人多付2,000元", "2,000 a person too much"), lambda h: {"second_paid_yuan": 12000 * _persons(h)}),
    CardPlant("own", _one("subsidy-payment", "review", "held-back", "扣留10,000元/人，当时已被指为违规", "10,000 a person held back when that was called a violation"), lambda h: {"first_paid_yuan": 10000 * _persons(h), "held_back_yuan": 10000 * _persons(h), "second_paid_yuan": 20000 * _persons(h)}),
    CardPlant("old", _one("subsidy-payment", "review", "held-back", "2017年3月扣留10,000元/人，建议行至年初、5月前后被指为违规，其间说不清，后来付清", "10,000 a person held back in March 2017, between the advice and the day it was called a violation, and paid later"), lambda h: {"first_paid_yuan": 10000 * _persons(h), "first_paid_on": date(2017, 3, 28), "held_back_yuan": 10000 * _persons(h), "second_paid_yuan": 20000 * _persons(h)}),
    CardPlant("site", _one("subsidy-payment", "review", "past-the-card", "直接付给施工方", "paid to the builder directly"), {"paid_to": "施工方"}),
    CardPlant("site", _one("subsidy-payment", "review", "past-the-card", "先付施工方，后到户卡", "the builder first, the card after"), lambda h: {"builder_paid_on": h.moved_in_on}),
    CardPlant("site", _one("subsidy-payment", "no-data", "missing", "首次补助没填", "first instalment not recorded"), {"first_paid_yuan": None, "first_paid_on": None, "builder_paid_on": None}),
)  # fmt: skip

_UNTOLD_HOUSE = _one("old-house", "no-data", "missing", "旧房状态没填（砖桥镇三户）", "old house not recorded (three in Zhuanqiao)")
_NO_HOUSE = {"old_house": "", "agreed_on": None, "demolished_on": None, "reclaimed_on": None}
BRIDGE = (CardPlant("bridge", _UNTOLD_HOUSE, {"second_paid_yuan": None, "second_paid_on": None}, _NO_HOUSE),) * 3

# What brings the rate of demolition of one township below the county's own 85 %, and leaves that of another open.
_STANDS = {"old_house": "未拆", "agreed_on": None, "demolished_on": None, "reclaimed_on": None}
_LATE_HOUSE = _one(
    "old-house",
    "fail",
    "overdue",
    "入住一年多，旧房未拆（为拆除率设的一户）",
    "stands more than a year after moving in (one of those that bring the rate down)",
)
RATE = (
    *(CardPlant("maban", _LATE_HOUSE, {}, _STANDS),) * 3,
    *(CardPlant("yinpeng", _LATE_HOUSE, {}, _STANDS),) * 4,
    CardPlant(
        "yinpeng",
        _one("old-house", "no-data", "missing", "旧房状态没填（殷棚乡一户）", "old house not recorded (one in Yinpeng)"),
        {"second_paid_yuan": None, "second_paid_on": None},
        _NO_HOUSE,
    ),
)

FILES = (
    CardPlant("site", _one("signatures", "review", "unsigned", "没人签字", "nobody signed"), {"signed_by": "未签"}),
    CardPlant("site", _one("signatures", "review", "by-proxy", "村干部代签", "a village official signed"), {"signed_by": "村干部代签"}),
    CardPlant("own", _one("signatures", "review", "different-helper", "档卡和走访记录不是同一个帮扶人", "another helper on the visit log"), {"visit_helper": "演示周"}),
    CardPlant("site", _one("signatures", "no-data", "missing", "签字和帮扶人都没填", "neither signature nor helper"), dict.fromkeys(_HEADS)),
    CardPlant("own", (
        ("duplicate-identity", "no-data", "missing", "没有身份证号", "no ID number"), ("renovation-overlap", "no-data", "missing", "没有身份证号", "no ID number"),
        ("public-notice", "no-data", "missing", "没有身份证号", "no ID number"), ("record-completeness", "review", "must-blank", "必填的身份证号空白", "the ID number is a must"),
    ), {}, {"id_number": ""}),
    CardPlant("own", _one("duplicate-identity", "review", "split-just-before", "核定前40天分户", "split off 40 days before approval"), lambda h: {"split_on": h.approved_on - timedelta(days=40) if h.approved_on else None}),
)  # fmt: skip

_FINE = "样样合规的一户", "a household with everything in order"
_OWN_COST = "同步搬迁户", "moves at its own cost"
IN_ORDER = (
    CardPlant("site", tuple((check, "pass", reason, *_FINE) for check, reason in (
        ("eligibility", "accepted"), ("displacement", ""), ("duplicate-identity", "once"), ("fit-out", "fit"), ("follow-up-support", "specific"),
        ("move-in", ""), ("public-notice", "noticed"), ("record-completeness", "filled"), ("renovation-overlap", "apart"), ("self-raised", "nothing-paid"),
        ("signatures", ""), ("subsidy-payment", "in-order"), ("support-chain", "fits"), ("copied-text", ""),
    ))),
    CardPlant("self", tuple((check, "not-applicable", reason, *_OWN_COST) for check, reason in (
        ("eligibility", "outside"), ("fit-out", "outside"), ("follow-up-support", "outside"), ("move-in", "outside"), ("public-notice", "outside"),
        ("renovation-overlap", "outside"), ("self-raised", "outside"), ("signatures", "outside"), ("subsidy-payment", "outside"),
        ("support-chain", "outside"), ("copied-text", "short"),
    ))),
)  # fmt: skip

CARD_PLANTS = (*ELIGIBILITY, *DISPLACEMENT, *FIT, *SUPPORT, *MONEY, *FILES, *BRIDGE, *IN_ORDER, *RATE)
COPIED = "户主在茶厂做炒青工{}年，原有油茶八亩托管给合作社，驻村队长每月上门核对一次工资"
COPIES, SHARED_WITH_RENOVATION = 9, 3

BOTH: Said = ("renovation-overlap", "review", "in-both", "身份证号在危房改造台账里", "the ledger of renovations has the same ID number")
NAMESAKE: Said = (
    "renovation-overlap",
    "review",
    "namesake",
    "危房改造台账里有同村同名、没填身份证号的户",
    "somebody of the same name and village without an ID number",
)
NEVER: Said = ("public-notice", "review", "never-noticed", "从没上过公示名单", "never on a notice")


def plant_cards(homes: list[Home], taken: set[int], outline: MultiPolygon) -> dict[int, tuple[Said, ...]]:
    """Give every household its card, the planted ones with what is planted; return position → what must be said of it."""
    said: dict[int, tuple[Said, ...]] = {}
    for turn, plant in enumerate(CARD_PLANTS):
        at = draw(homes, taken, plant.pool, turn)
        base = plant.base(homes[at]) if callable(plant.base) else plant.base
        homes[at] = replace(homes[at], **base)
        cells = plant.card(homes[at]) if callable(plant.card) else plant.card
        homes[at] = replace(homes[at], card=cells)
        said[at] = plant.says
    said |= _twins(homes, taken)
    said |= _copies(homes, taken)
    for at, home in enumerate(homes):
        homes[at] = replace(home, card=with_card(home, home.card, outline))
    return said


def draw(homes: Sequence[Home], taken: set[int], pool: str, turn: int) -> int:
    """Return the next household of a pool that nobody has altered yet, starting somewhere else each turn."""
    start = turn * 131 % len(homes)
    for step in range(len(homes)):
        at = (start + step) % len(homes)
        if at not in taken and POOLS[pool](homes[at]):
            taken.add(at)
            return at
    raise LookupError(pool)


def _twins(homes: list[Home], taken: set[int]) -> dict[int, tuple[Said, ...]]:
    """Enter one person for two households, and split one family in two just before its approval."""
    one, two, old, new = (draw(homes, taken, "site", turn) for turn in (61, 62, 63, 64))
    homes[two] = replace(
        homes[two], id_number=homes[one].id_number, family=homes[one].family, approved=homes[one].approved, area_m2=homes[one].area_m2, net_m2=homes[one].net_m2
    )
    split_on = homes[new].approved_on
    book = f"9900{int(homes[old].code[2:]):06d}"
    homes[new] = replace(homes[new], card={"household_book": book, "split_on": split_on and split_on - timedelta(days=25)})
    same = _one("duplicate-identity", "review", "same-id", "一个身份证号录了两户", "one ID number entered for two households")
    before = _one("duplicate-identity", "review", "same-book", "与分出去的一户还在一本户口簿上", "still in one book with the household that was split off")
    after = _one(
        "duplicate-identity", "review", "split-same-book", "核定前25天分户，仍在同一户口簿", "split off 25 days before approval, still in the same book"
    )
    return {one: same, two: same, old: before, new: after}


def _copies(homes: list[Home], taken: set[int]) -> dict[int, tuple[Said, ...]]:
    """Let nine cards of one township carry one text, each with another figure in it."""
    copied = _one("copied-text", "review", "support-plan", "九户后续扶持同一段文字，只换了年数", "nine households share one text but for a figure")
    said = {}
    for figure in "一二三四五六七八九":
        at = next(i for i, home in enumerate(homes) if i not in taken and home.township == "泼陂河镇" and home.poor and home.moved_in and home.family > 1)
        taken.add(at)
        homes[at] = replace(homes[at], card={"support_plan": COPIED.format(figure)})
        said[at] = copied
    return said


def in_both_ledgers(homes: Sequence[Home], taken: set[int]) -> tuple[list[int], int]:
    """Return the households that the ledger of renovations has as well, and one whose namesake it has."""
    return [draw(homes, taken, "site", 70 + turn) for turn in range(SHARED_WITH_RENOVATION)], draw(homes, taken, "site", 80)
