"""The supplementary ledgers, as staff keep them: one for the money, one for support, one for where people came from, one for visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.data.demo_county import books
from tests.data.demo_county.beside import Row
from tests.data.demo_county.books import Book, Heading
from tests.data.demo_county.households import Home
from tests.data.demo_county.progress import site_card
from tests.data.demo_county.sites import Site

_WAN = 10000
_HOME: list[Heading] = [("", "序号"), ("", "户编号"), ("", "户主姓名")]
_SITE: list[Heading] = [("", "序号"), ("", "安置点编码"), ("", "安置点名称")]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger beside the main ones: its file, its kind, its title, and under which heading each column stands."""

    file: str
    kind: str
    title: str
    unit: str
    columns: Mapping[str, Heading]  # column → group, heading; "万元" in the heading divides by 10,000
    total: tuple[str, ...] = ()


MONEY = Ledger("补助资金发放台账.xlsx", "households", "光山县（演示）搬迁户建房补助与自筹资金台账", "单位：元", {
    "subsidy_due_yuan": ("", "应补助金额(元)"), "first_paid_yuan": ("首次补助", "首次补助金额(元)"), "first_paid_on": ("首次补助", "首次拨付日期"),
    "second_paid_yuan": ("拆旧补助", "二次补助金额(元)"), "second_paid_on": ("拆旧补助", "二次拨付日期"), "held_back_yuan": ("", "扣留金额(元)"),
    "paid_to": ("", "拨付对象"), "builder_paid_on": ("", "付施工方日期"), "self_raised_yuan": ("自筹", "自筹款(元)"),
    "self_raised_on": ("自筹", "自筹缴纳日期"), "self_raised_refunded_yuan": ("自筹", "自筹退还金额(元)"),
    "gave_up_on": ("放弃搬迁", "放弃搬迁日期"), "gave_up_reason": ("放弃搬迁", "放弃原因"),
}, ("first_paid_yuan", "second_paid_yuan", "self_raised_yuan"))  # fmt: skip
SUPPORT = Ledger("后续扶持台账.xlsx", "households", "光山县（演示）搬迁户档卡与后续扶持台账", "单位：人、元", {
    "poverty_cause": ("", "致贫原因"), "measures": ("", "帮扶措施"), "support_plan": ("", "后续扶持措施"), "support_effect": ("", "帮扶成效"),
    "labour_count": ("就业", "劳动力人数"), "employed_count": ("就业", "就业人数"), "income_yuan": ("", "家庭人均纯收入(元)"),
    "signed_by": ("档卡", "户主签字"), "card_helper": ("档卡", "档卡帮扶责任人"), "visit_helper": ("档卡", "走访记录帮扶责任人"), "filled_by": ("", "填表人"),
})  # fmt: skip
ORIGIN = Ledger("迁出地与户籍台账.xlsx", "households", "光山县（演示）搬迁户迁出地与户籍台账", "填“是”或“否”，日期", {
    "move_reason": ("", "搬迁原因"), "move_reason_note": ("", "搬迁原因说明"), "household_book": ("户籍", "户口簿号"), "split_on": ("户籍", "分户日期"),
    "new_township": ("迁入", "迁入乡镇"), "new_village": ("迁入", "迁入村"),
    "new_natural_village": ("迁入", "迁入自然村"), "justification": ("", "选址理由"), "risk_screened": ("", "选址风险排查"),
})  # fmt: skip
VISITS = Ledger("入住核查台账.xlsx", "households", "光山县（演示）搬迁户入住条件与入户核查台账", "填“是”或“否”", {
    "unit_type": ("", "户型"), "quality_ok": ("集中安置", "房屋质量是否达标"), "ready_to_live": ("集中安置", "是否达到入住条件"),
    "key_handed": ("", "是否交钥匙"), "lived_in_found": ("", "核查时是否实际居住"),
})  # fmt: skip
HOME_LEDGERS = (MONEY, SUPPORT, ORIGIN, VISITS)

PROGRESS = Ledger("安置点建设进度与配套台账.xlsx", "sites", "光山县（演示）集中安置点建设进度与配套设施台账", "单位：万元", {
    "contractor": ("", "施工单位"), "unit_type": ("", "户型"), "infrastructure_cost_yuan": ("", "配套设施投资(万元)"), "gap_filled_by": ("", "缺口资金来源"),
    "stage": ("进度", "建设进度"), "started_on": ("进度", "开工日期"), "topped_out_on": ("进度", "主体完工日期"), "finished_on": ("进度", "竣工日期"),
    "planned_finish_on": ("进度", "计划竣工日期"), "progress_on": ("进度", "进度统计日期"),
    "has_water": ("配套", "通水"), "has_power": ("配套", "通电"), "has_road": ("配套", "通路"), "has_doors_windows": ("配套", "门窗安装"), "has_sewage": ("配套", "污水处理"),
    "dear_finish": ("装修", "超标准装修"), "finish_note": ("装修", "装修说明"), "has_community_centre": ("五有", "社区服务中心"), "has_school": ("五有", "中小学"),
    "has_kindergarten": ("五有", "幼儿园"), "has_clinic": ("五有", "卫生室"), "has_culture_room": ("五有", "文化活动室"),
    "risk_screened": ("", "选址风险排查"), "support_plan": ("", "后续扶持措施"),
}, ("infrastructure_cost_yuan",))  # fmt: skip

_PLACE: Mapping[str, Heading] = {"township": ("", "乡镇"), "village": ("", "行政村")}
RENOVATIONS = Ledger("危房改造台账.xlsx", "renovations", "光山县（演示）农村危房改造台账", "单位：元", {
    "code": ("", "危改编号"), "head_name": ("", "户主姓名"), "id_number": ("", "身份证号"), **_PLACE, "approved_on": ("", "危改批准日期"),
    "finished_on": ("", "危改竣工日期"), "subsidy_yuan": ("", "危改补助金额(元)"),
}, ("subsidy_yuan",))  # fmt: skip
FUNDS = Ledger("资金台账.xlsx", "funds", "光山县（演示）易地扶贫搬迁资金到位与拨付台账", "单位：万元", {
    "code": ("", "资金编号"), "source": ("", "资金来源"), "amount_yuan": ("到位", "到位金额(万元)"), "received_on": ("到位", "到位日期"),
    "paid_out_yuan": ("拨付", "已拨付金额(万元)"), "last_paid_on": ("拨付", "最近拨付日期"), "counted_on": ("", "统计日期"),
}, ("amount_yuan", "paid_out_yuan"))  # fmt: skip
FUNDINGS = Ledger("资金总表.xlsx", "fundings", "光山县（演示）易地扶贫搬迁资金总表", "单位：万元", {
    "code": ("", "资金表编号"), "counted_on": ("", "统计日期"), "total_yuan": ("", "资金合计(万元)"), "central_budget_yuan": ("其中", "中央预算内投资(万元)"),
    "central_special_yuan": ("其中", "中央专项资金(万元)"), "provincial_yuan": ("其中", "省级资金(万元)"), "city_county_yuan": ("其中", "市县资金(万元)"),
    "other_yuan": ("其中", "其他资金(万元)"),
})  # fmt: skip
REPORTS = Ledger("上报数.xlsx", "reports", "光山县（演示）各次上报、汇报的数", "数按各行计量单位", {
    "code": ("", "上报编号"), "township": ("", "乡镇"), "item": ("", "指标名称"), "value": ("", "上报数"), "unit": ("", "计量单位"),
    "reported_on": ("", "上报数据日期"), "told_by": ("", "上报场合"),
})  # fmt: skip
NOTICES = Ledger("公示名单.xlsx", "notices", "光山县（演示）易地扶贫搬迁对象公示名单", "单位：人", {
    "code": ("", "公示编号"), "head_name": ("", "户主姓名"), "id_number": ("", "身份证号"), **_PLACE, "persons": ("", "公示人口"),
    "noticed_on": ("公示", "公示开始日期"), "taken_down_on": ("公示", "公示结束日期"),
}, ("persons",))  # fmt: skip
UNIT_TYPES = Ledger("户型台账.xlsx", "unit-types", "光山县（演示）集中安置点户型台账", "单位：平方米、人、套", {
    "code": ("", "户型编号"), "name": ("", "户型"), "site_code": ("", "安置点编码"), "site_name": ("", "安置点名称"), "township": ("", "乡镇"),
    "registered_poor": ("", "是否供建档立卡户"), "persons": ("", "居住人数"), "approved_on": ("", "设计批复日期"), "homes": ("", "套数"),
    "register_area_m2": ("面积", "登记建筑面积(㎡)"), "surveyed_area_m2": ("面积", "实测建筑面积(㎡)"),
}, ("homes",))  # fmt: skip
BESIDE = (RENOVATIONS, FUNDS, FUNDINGS, REPORTS, NOTICES, UNIT_TYPES)

_NOTE = "注：本表为演示数据，户主、编号、金额全部虚构。"


def write_supplements(out: Path, homes: Sequence[Home], sites: Sequence[Site], beside: Mapping[str, Sequence[Row]]) -> None:
    """Write every ledger that stands beside the main ones."""
    for ledger in HOME_LEDGERS:
        _write(out, ledger, _HOME, [([home.code, home.name], home.card) for home in homes])
    persons = {site.code: sum(home.approved or home.family for home in homes if home.site is site) for site in sites}
    _write(out, PROGRESS, _SITE, [([site.code, site.name], site_card(site, persons[site.code])) for site in sites])
    for ledger in BESIDE:
        _write(out, ledger, [("", "序号")], [([], row) for row in beside[ledger.kind]])


def _write(out: Path, ledger: Ledger, first: list[Heading], about: Sequence[tuple[list[str], Mapping[str, Any]]]) -> None:
    head = [*first, *ledger.columns.values()]
    rows: list[list[Any]] = [
        [number, *who, *(_cell(row.get(name), ledger.columns[name][1]) for name in ledger.columns)] for number, (who, row) in enumerate(about, start=1)
    ]
    at = {name: len(first) + place for place, name in enumerate(ledger.columns)}
    total = {at[name]: round(sum(row[at[name]] or 0 for row in rows), 6) for name in ledger.total}
    unit = f"填报单位：演示县易地扶贫搬迁办公室（虚构）        {ledger.unit}        截止日期：2019年12月31日"
    books.write_book(out / ledger.file, Book("台账", ledger.title, unit, head, total, (_NOTE,)), rows)


def _cell(value: Any, heading: str) -> date | float | str | None:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is not None and heading.endswith("(万元)"):
        return round(float(value) / _WAN, 6)
    kept: date | float | str | None = value
    return kept
