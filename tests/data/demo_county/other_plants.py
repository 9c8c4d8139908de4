"""What must be said of sites, areas and the ledgers beside, and of households that are alike in one thing: the second list of plants."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.data.demo_county.cards import SILENT_TOWNSHIP
from tests.data.demo_county.ground import COUNTY
from tests.data.demo_county.households import AS_OF, Home

Other = tuple[str, str, str, str, str, str, str]  # check, kind of subject, subject, outcome, reason, why in Chinese, why in English
MOST_DAYS_FROM_KEY = 180

SITES_TOLD: tuple[Other, ...] = (
    ("construction-progress", "site", "GSA01", "pass", "finished", "按期竣工", "finished, dates in order"),
    ("construction-progress", "site", "GSA06", "review", "stage-behind-dates", "登记在建，却有竣工日期", "said to be building, with a day of the finish"),
    ("construction-progress", "site", "GSA08", "no-data", "finished-undated", "登记已入住，没有竣工日期", "moved in, no day of the finish"),
    ("construction-progress", "site", "GSA11", "review", "out-of-order", "主体完工早于开工", "main structure done before the start"),
    ("construction-progress", "site", "GSA13", "review", "stalled", "开工一年半仍在建", "still building a year and a half after the start"),
    ("construction-progress", "site", "GSA15", "review", "not-started", "批复一年半没有开工", "not started a year and a half after approval"),
    ("construction-progress", "site", "GSA17", "review", "stalled-at-the-end", "主体完工九个月没有竣工", "nine months after the main structure"),
    ("construction-progress", "site", "GSA21", "no-data", "return-too-old", "进度是半年前报的", "the return is half a year old"),
    ("construction-progress", "site", "GSA22", "review", "before-approval", "未批先建", "built before approval"),
    ("construction-progress", "site", "GSA24", "no-data", "missing", "建设进度没填", "no stage on record"),
    ("exclusion-zones", "county", f"{COUNTY}/sites", "no-data", "not-supplied", "没有陡坡图层，对安置点只说一次", "the layer of steep slopes was not sent: said once of all sites"),
    ("exclusion-zones", "county", f"{COUNTY}/households", "no-data", "not-supplied", "没有陡坡图层，对分散户只说一次", "the layer of steep slopes was not sent: said once of all dispersed houses"),
    ("exclusion-zones", "household", "GS1054", "review", "inside", "在滑坡范围内", "inside a landslide"),
    ("exclusion-zones", "household", "GS1125", "review", "too-close", "离基本农田25米，误差范围内说不准", "25 m from farmland, too close to call"),
    ("exclusion-zones", "household", "GS0176", "not-applicable", "outside", "集中安置户，随安置点判断", "in a site, judged with the site"),
    ("exclusion-zones", "site", "GSA13", "review", "near-hazard", "离崩塌点140米，误差扣除后不足100米", "140 m from a rock fall, under 100 with the uncertainties"),
    ("exclusion-zones", "site", "GSA15", "review", "inside", "在生态保护红线内", "inside the ecological red line"),
    ("exclusion-zones", "site", "GSA16", "fail", "not-screened", "写明没有做选址风险排查", "risks said not to be screened"),
    ("exclusion-zones", "site", "GSA17", "no-data", "missing", "没有坐标", "no position on record"),
    ("exclusion-zones", "site", "GSA21", "review", "too-close", "离洪水线30米，误差范围内说不准", "30 m from the flood line, too close to call"),
    ("fit-out", "site", "GSA01", "pass", "fit", "水、电、门窗齐全", "water, power, doors and windows"),
    ("fit-out", "site", "GSA05", "review", "dear-finish", "客厅铺大理石", "marble in the living rooms"),
    ("fit-out", "site", "GSA09", "no-data", "missing", "通没通电没填", "power not recorded"),
    ("fit-out", "site", "GSA13", "not-applicable", "still-building", "还在建", "still being built"),
    ("fit-out", "site", "GSA19", "review", "unfit", "已入住，门窗没装", "moved in without doors and windows"),
    ("fit-out", "site", "GSA24", "review", "finish-before-basics", "厨卫贴砖，没有污水处理", "tiled kitchens, no sewage"),
    ("follow-up-support", "site", "GSA01", "pass", "specific", "措施具体", "plain enough to be checked"),
    ("follow-up-support", "site", "GSA11", "no-data", "missing", "后续扶持没填", "support left blank"),
    ("follow-up-support", "site", "GSA14", "review", "vague", "全是套话", "stock phrases only"),
    ("follow-up-support", "site", "GSA20", "review", "none-planned", "填“暂无”", "none so far"),
    ("infrastructure-share", "site", "GSA03", "pass", "enough-left", "房价不高", "the house is not dear"),
    ("infrastructure-share", "site", "GSA10", "review", "dear-unrecorded", "房价高，通路没填", "dear, road not recorded"),
    ("infrastructure-share", "site", "GSA12", "no-data", "all-in-only", "只有项目总投资", "only the all-in cost"),
    ("infrastructure-share", "site", "GSA16", "pass", "dear-but-built", "房价高，配套齐全", "dear, yet the facilities stand"),
    ("infrastructure-share", "site", "GSA22", "review", "dear-and-missing", "房价高，没有污水处理", "dear, and no sewage"),
    ("infrastructure-share", "site", "GSA23", "not-applicable", "no-rule", "批复时没有标准", "no rule on the day of approval"),
    ("infrastructure-share", "site", "GSA24", "review", "over-ceiling", "住房加配套超过6万元/人", "house and infrastructure above 60,000 a person"),
    ("record-completeness", "site", "GSA01", "pass", "filled", "填得齐全", "all filled in"),
    ("record-completeness", "site", "GSA17", "review", "must-blank", "必填的坐标空白", "the position is a must"),
    ("site-facilities", "site", "GSA01", "not-applicable", "no-rule", "批复早于“五有”要求", "approved before the demand"),
    ("site-facilities", "site", "GSA06", "not-applicable", "small-site", "不到100人", "fewer than 100 persons"),
    ("site-facilities", "site", "GSA08", "pass", "all-there", "“五有”齐全", "all five there"),
    ("site-facilities", "site", "GSA16", "no-data", "missing", "卫生室没填", "clinic not recorded"),
    ("site-facilities", "site", "GSA22", "fail", "some-missing", "缺幼儿园和文化活动室，本县规定100人以上算大型", "no kindergarten, no culture room; large from 100 persons by the county's own rule"),
    ("subsidy-gap", "site", "GSA03", "pass", "carried", "补助够用", "the subsidy carries it"),
    ("subsidy-gap", "site", "GSA05", "pass", "county-pays", "缺口由县里出", "the county pays the gap"),
    ("subsidy-gap", "site", "GSA10", "review", "debt", "缺口由搬迁户贷款", "the household, by a loan"),
    ("subsidy-gap", "site", "GSA12", "no-data", "all-in-only", "只有项目总投资", "only the all-in cost"),
    ("subsidy-gap", "site", "GSA16", "review", "squeezed", "缺口从配套资金里补", "infrastructure money fills it"),
    ("subsidy-gap", "site", "GSA22", "review", "nobody-named", "缺口没写由谁出", "nobody is named"),
    ("subsidy-gap", "site", "GSA23", "not-applicable", "no-rule", "批复时没有标准", "no rule on the day of approval"),
    ("subsidy-gap", "site", "GSA24", "review", "savings", "缺口由搬迁户积蓄", "the household's savings"),
    ("unit-cost", "site", "GSA05", "review", "gap", "1,260元/㎡，高于补助能承担的1,200", "1,260 yuan/m², above the 1,200 the subsidy carries"),
)  # fmt: skip

AREAS_TOLD: tuple[Other, ...] = (
    ("demolition-rate", "county", COUNTY, "pass", "above-own", "全县到期应拆的旧房几乎都拆了", "nearly all that should be down are down"),
    ("demolition-rate", "township", f"{COUNTY}/十里镇", "pass", "above-own", "没有到期的旧房不算应拆", "houses with days left are not due"),
    ("demolition-rate", "township", f"{COUNTY}/殷棚乡", "review", "could-turn", "一户情况不明，若没拆就低于本县自定的85%", "one is unknown, and if it stood the rate would be below the county's own 85 %"),
    ("demolition-rate", "township", f"{COUNTY}/马畈镇", "fail", "below-own", "低于本县自定的85%", "below the county's own 85 %"),
    ("demolition-rate", "township", f"{COUNTY}/砖桥镇", "no-data", "too-many-unknown", "三户旧房状态没填", "three old houses not recorded"),
    ("demolition-rate", "township", f"{COUNTY}/晏河乡", "not-applicable", "too-few", "应拆的没几户", "hardly any due"),
    ("progress-spread", "county", COUNTY, "pass", "finishing", "多数已竣工，日期分散", "most are finished, on days of their own"),
    ("progress-spread", "township", f"{COUNTY}/十里镇", "not-applicable", "too-few", "只有几个安置点", "a few sites only"),
    ("rounded-figures", "county", COUNTY, "not-applicable", "outside", "按乡镇判断", "townships are judged"),
    ("rounded-figures", "township", f"{COUNTY}/十里镇", "pass", "plain", "收入有零有整", "incomes as they come"),
    ("rounded-figures", "township", f"{COUNTY}/白雀园镇", "review", "heaped", "一个填表人的收入大半整百", "one clerk's incomes are mostly in hundreds"),
    ("rounded-figures", "township", f"{COUNTY}/马畈镇", "no-data", "no-figures", "收入都没填", "no incomes on record"),
    ("rounded-figures", "township", f"{COUNTY}/晏河乡", "not-applicable", "too-few", "收入数太少", "too few figures"),
    *(("resettlement-ratio", "township", f"{COUNTY}/{name}", "review", "below-plan", "分散安置偏多", "many dispersed") for name in ("孙铁铺镇", "寨河镇", "殷棚乡", "泼陂河镇", "砖桥镇")),
)  # fmt: skip

BESIDE_TOLD: tuple[Other, ...] = (
    ("funding-sum", "funding", "2016", "pass", "closes", "分项相加等于合计", "closes"),
    ("funding-sum", "funding", "2017", "review", "differs-by-a-part", "“其他”算了两遍", "“other” counted twice"),
    ("funding-sum", "funding", "2018", "review", "ledger-differs", "合计平，台账少60万元", "closes, 600,000 yuan more than arrived"),
    ("funding-sum", "funding", "2019", "no-data", "missing", "“其他”没填", "“other” left blank"),
    ("funding-sum", "funding", "2016-2019年汇报稿", "review", "differs", "合计少123万元", "1.23 million short"),
    ("funding-sum", "funding", "2016-2019年初稿", "review", "over-already", "没填全就超过合计", "above the total with a part blank"),
    ("funding-sum", "funding", "2017年调整", "no-data", "missing", "合计没填", "no total"),
    ("retained-funds", "fund", "ZJ2016-1", "pass", "spent", "已全部拨付", "all paid out"),
    ("retained-funds", "fund", "ZJ2019-1", "pass", "moving", "结存不到一年", "still for less than a year"),
    ("retained-funds", "fund", "ZJ2016-4", "fail", "over-own-limit", "到位三年分文未动，超过本县自定的1,000天", "untouched for three years, above the county's own 1,000 days"),
    ("retained-funds", "fund", "ZJ2017-5", "review", "two-years", "结存两年多", "still for over two years"),
    ("retained-funds", "fund", "ZJ2018-3", "review", "one-year", "结存一年多", "still for over a year"),
    ("retained-funds", "fund", "ZJ2018-5", "review", "counted-too-early", "统计日期早于拨付", "counted before it was paid"),
    ("retained-funds", "fund", "ZJ2019-4", "review", "overspent", "拨付多于到位", "paid out more than came"),
    ("retained-funds", "fund", "ZJ2019-5", "no-data", "missing", "已拨付没填", "paid out not recorded"),
    ("reported-figures", "reported", "SB01", "pass", "agrees", "与台账相符", "agrees"),
    ("reported-figures", "reported", "SB02", "pass", "agrees", "与台账相符", "agrees"),
    ("reported-figures", "reported", "SB03", "review", "differs", "把户数当人数报", "households told as persons"),
    ("reported-figures", "reported", "SB04", "review", "differs", "报的是四个月前的数", "a figure four months old"),
    ("reported-figures", "reported", "SB05", "review", "differs", "多报150户", "150 too many"),
    ("reported-figures", "reported", "SB06", "review", "differs", "多写一个零", "one nought too many"),
    ("reported-figures", "reported", "SB07", "review", "unit-differs", "户数写成“人”", "households with the unit of persons"),
    ("reported-figures", "reported", "SB08", "no-data", "open", "三十几户安置方式没填，说不准", "dozens of households without a way leave it open"),
    ("reported-figures", "reported", "SB09", "review", "not-yet", "日期还没有到", "a day to come"),
    ("reported-figures", "reported", "SB10", "not-applicable", "not-comparable", "台账里没有贫困村", "poor villages are in no ledger"),
    ("reported-figures", "reported", "SB11", "no-data", "missing", "没有计量单位", "no unit"),
    ("reported-figures", "reported", "SB12", "review", "differs", "报24个已竣工，四个没有竣工", "24 finished by the report, four are not"),
    ("reported-figures", "reported", "SB13", "no-data", "missing", "没有数", "no figure"),
    ("public-notice", "notice", "GK0001", "pass", "shown", "与登记册相符，公示7天", "as in the register, seven days"),
    ("public-notice", "notice", "GK0041", "review", "not-in-register", "登记册里没有", "not in the register"),
    ("public-notice", "notice", "GK0061", "review", "short", "只公示4天", "four days only"),
    ("public-notice", "notice", "GK0121", "review", "reversed", "结束早于开始", "ended before it began"),
    ("public-notice", "notice", "GK0181", "no-data", "missing", "公示人口没填", "persons left blank"),
    ("public-notice", "notice", "GK0241", "no-data", "missing", "结束日期没填", "no last day"),
    ("public-notice", "notice", "GK0301", "review", "persons-differ", "公示人口多1人", "one person more than approved"),
    ("public-notice", "notice", "GK0421", "not-applicable", "hanging", "还在公示期内", "still hanging"),
    ("public-notice", "notice", "GK0481", "review", "not-yet", "开始日期还没有到", "a day to come"),
    ("public-notice", "notice", "GK0541", "review", "not-in-register", "登记册里没有", "not in the register"),
    ("public-notice", "notice", "GK1220", "no-data", "missing", "没有身份证号", "no ID number"),
    ("renovation-overlap", "renovation", "WG001", "pass", "apart", "不在搬迁户台账里", "in no ledger of relocation"),
    ("renovation-overlap", "renovation", "WG021", "no-data", "missing", "没有身份证号", "no ID number"),
    *(("renovation-overlap", "renovation", code, "review", "in-both", "又搬迁又危改", "moved and mended") for code in ("WG006", "WG015", "WG024")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """Households of which one thing must be said because they are alike in one thing; `who` picks them, or `count` says how many."""

    check: str
    outcome: str
    reason: str
    zh: str
    en: str
    who: Callable[[Home], bool] | None
    count: int = 0


def _unsorted(home: Home) -> bool:
    return home.mode == ""


def _in_a_home_of_unknown_way(home: Home) -> bool:
    return _unsorted(home) and bool(home.poor) and bool(home.moved_in)


def _near_the_old_home(home: Home) -> bool:
    """Tell whether a household moved inside its village, to the hamlet where the clerk puts all who do."""
    return home.kind == "行政村内就近" and home.card.get("new_natural_village") == "新湾组"


def _key_lies_idle(home: Home) -> bool:
    handed = home.handed_over_on
    return bool(home.poor and not home.moved_in and not home.moved_in_on and handed and (AS_OF - handed).days > MOST_DAYS_FROM_KEY)


def _half_forgotten(home: Home) -> bool:
    return bool(home.poor and home.approved is None)


_DAYS_LATE = "钥匙领了半年多没有入住", "has had the key for more than half a year"
_NO_WAY = "马畈镇安置方式没填", "way of resettlement not recorded in Maban"

ALIKE = (
    *(Alike(check, "no-data", "missing", *_NO_WAY, _unsorted) for check in ("four-proximities", "exclusion-zones")),
    Alike("fit-out", "no-data", "missing", *_NO_WAY, _in_a_home_of_unknown_way),
    Alike("displacement", "review", "within-village", "行政村内就近安置，附距离待看", "moved inside the village: shown with the distance", _near_the_old_home),
    Alike("record-completeness", "review", "must-blank", *_NO_WAY, _unsorted),
    Alike("support-chain", "no-data", "missing", "马畈镇收入没填", "incomes not recorded in Maban", lambda h: h.township == SILENT_TOWNSHIP and bool(h.poor)),
    Alike("move-in", "review", "key-idle", *_DAYS_LATE, _key_lies_idle),
    Alike("subsidy-payment", "no-data", "missing", "没有核定人口，无法折算", "no approved persons to divide by", _half_forgotten),
    Alike("record-completeness", "review", "must-blank", "必填的核定搬迁人口空白", "approved persons are a must", _half_forgotten),
    Alike("public-notice", "review", "never-noticed", "公示名单上把两户写成了别人", "two whose line on the notice was given to others", None, 2),
    Alike("public-notice", "no-data", "register-without-persons", "登记册没有核定人口", "no approved persons in the register", None, 1),
    Alike("four-proximities", "review", "needs-justification", "随机落点的分散户，四类都不靠", "dispersed homes that fell near none of the four", None),
    Alike("four-proximities", "review", "too-close", "随机落点的分散户，误差范围内说不准", "dispersed homes that fell too close to call", None),
)  # fmt: skip


def told_of_alike(homes: Sequence[Home], measured: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the list for programs: the codes as ranges, or how many there are.

    `measured` is what was measured of dispersed homes that are not planted (`measured.unlike_near`): code → what is said of it.
    """
    told = []
    for alike in ALIKE:
        if alike.check == "four-proximities" and alike.outcome == "review":
            codes = sorted(code for code, word in measured.items() if word == alike.reason)
        else:
            codes = [home.code for home in homes if alike.who(home)] if alike.who else []
        kind = "notice" if alike.reason == "register-without-persons" else "household"
        entry = {"check": alike.check, "subject_kind": kind, "outcome": alike.outcome, "reason": alike.reason, "count": len(codes) or alike.count}
        told.append({**entry, **({"subjects": _ranges(codes)} if codes else {}), "why": {"zh": alike.zh, "en": alike.en}})
    return told


def _ranges(codes: Sequence[str]) -> str:
    """Write codes that follow each other as one range: GS0001-GS0004 GS0009."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and int(code[2:]) == int(runs[-1][-1][2:]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
