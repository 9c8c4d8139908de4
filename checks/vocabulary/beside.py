"""The ledgers that are laid beside sites and households: other programmes, money, returns, notices."""

from checks.choices import FundSource
from checks.records import RecordKind, Secret
from checks.vocabulary.columns import PLACE, choice, count, day, number, text

RENOVATION = RecordKind(
    "renovation",
    "renovations",
    "危房改造户",
    "dilapidated-house renovation",
    (
        text("code", "危改编号", "Renovation code", "危房改造编号", "危改户编号", "档案号", required=True),
        text("head_name", "户主姓名", "Head of household", "户主", "姓名", "危改户姓名", personal=True, required=True),
        text("id_number", "身份证号", "ID number", "户主身份证号", "身份证号码", "证件号码", personal=True, secret=Secret.ID_NUMBER),
        *PLACE,
        day("approved_on", "危改批准日期", "Renovation approved on", "危改年度", "批准日期", "危改审批日期"),
        day("finished_on", "危改竣工日期", "Renovation finished on", "竣工日期", "验收日期"),
        number("subsidy_yuan", "危改补助金额", "Renovation subsidy", "yuan", "危改补助", "补助金额"),
        text("remark", "备注", "Remark", "说明"),
    ),
)

FUND = RecordKind(
    "fund",
    "funds",
    "资金",
    "fund",
    (
        text("code", "资金编号", "Fund code", "批次编号", "资金批次", "指标文号", required=True),
        *PLACE,
        choice("source", "资金来源", "Source", FundSource, "资金渠道", "来源"),
        number("amount_yuan", "到位金额", "Amount received", "yuan", "到账金额", "下达金额", "资金金额"),
        day("received_on", "到位日期", "Received on", "到账日期", "下达日期"),
        number("paid_out_yuan", "已拨付金额", "Paid out", "yuan", "已支出金额", "支出金额", "拨付金额", zero=True),
        day("last_paid_on", "最近拨付日期", "Last paid out on", "最近支出日期"),
        day("counted_on", "统计日期", "Counted on", "截止日期", "统计截止日期"),
        text("remark", "备注", "Remark", "说明"),
    ),
)

FUNDING = RecordKind(
    "funding",
    "fundings",
    "资金总表",
    "funding total",
    (
        text("code", "资金表编号", "Funding code", "年度", "资金年度", "表号", required=True),
        *PLACE,
        day("counted_on", "统计日期", "Counted on", "截止日期", "统计截止日期"),
        number("total_yuan", "资金合计", "Total", "yuan", "总计", "总额", "资金总额"),
        number("central_budget_yuan", "中央预算内投资", "Central budget", "yuan", "中央预算内", zero=True),
        number("central_special_yuan", "中央专项资金", "Central special", "yuan", "中央专项", "专项建设基金", zero=True),
        number("provincial_yuan", "省级资金", "Provincial", "yuan", "省级", "省级投入", zero=True),
        number("city_county_yuan", "市县资金", "City and county", "yuan", "市县", "市县投入", zero=True),
        number("other_yuan", "其他资金", "Other", "yuan", "其他", "其他投入", zero=True),
        text("remark", "备注", "Remark", "说明"),
    ),
)

REPORTED = RecordKind(
    "reported",
    "reports",
    "上报数",
    "reported figure",
    (
        text("code", "上报编号", "Report code", "数据编号", "报表编号", required=True),
        *PLACE,
        text("item", "指标", "Item", "指标名称", "数据项", "统计指标"),
        number("value", "上报数", "Value reported", "", "上报数值", "填报数", "数值"),
        text("unit", "计量单位", "Unit", "指标单位", "单位"),
        day("reported_on", "上报数据日期", "As of", "上报日期", "数据截止日期", "统计日期"),
        text("told_by", "上报场合", "Told where", "数据出处", "报表名称"),
        text("remark", "备注", "Remark", "说明"),
    ),
)

NOTICE = RecordKind(
    "notice",
    "notices",
    "公示名单",
    "public notice entry",
    (
        text("code", "公示编号", "Notice code", "公示序号", "名单编号", required=True),
        text("head_name", "户主姓名", "Head of household", "户主", "姓名", "公示姓名", personal=True, required=True),
        text("id_number", "身份证号", "ID number", "户主身份证号", "身份证号码", "证件号码", personal=True, secret=Secret.ID_NUMBER),
        *PLACE,
        count("persons", "公示人口", "Persons on the notice", "persons", "人口数", "家庭人口"),
        day("noticed_on", "公示开始日期", "Displayed from", "公示日期", "张贴日期", "公示时间"),
        day("taken_down_on", "公示结束日期", "Displayed until", "公示截止日期"),
        text("remark", "备注", "Remark", "说明"),
    ),
)
