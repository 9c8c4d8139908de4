"""The words the workbench's scripts write, in the reader's language: they travel as JSON and are set as text."""

from relocation.service.bench.words import STATES, SUITS
from relocation.web.language import _, lang

__all__ = ["page_words"]


def page_words() -> dict[str, object]:
    """Return every text the scripts need, by the name they know it by."""
    said = lang()
    return {
        "lang": said,
        "suits": {id: words[said] for id, words in SUITS.items()},
        "states": {id: words[said] for id, words in STATES.items()},
        **_map(),
        **_answer(),
        **_comparing(),
    }


def _map() -> dict[str, str]:
    return {
        "metres": _("{n} 米"),
        "kilometres": _("{n} 公里"),
        "squareKilometres": _("{n} 平方公里"),
        "zoomIn": _("放大"),
        "zoomOut": _("缩小"),
        "mapLabel": _("地图：点一下放一个拟选址点；用方向键移动，按回车在中心放点"),
        "drawing": _("正在画范围：在图上依次点出各角，点“画完了”结束。已有 {n} 个角。"),
        "placeName": _("拟选址 {n}"),
        "nearestPlace": _("最近的合规处"),
        "areaWait": _("正在逐格判断全县……"),
        "areaStopped": _("已停止。"),
        "areaDone": _("{cell} 的网格，{day} 的规定，位置误差 {m}"),
        "areaAbsent": _("没有导入的图层：{layers}"),
        "failed": _("没有得到回答，请看网络是否通畅，再试一次。"),
    }


def _answer() -> dict[str, str]:
    return {
        "applies": _("适用（{n}）"),
        "clear": _("查过，不适用（{n}）"),
        "unchecked": _("未能核查（{n}）"),
        "appliesNone": _("没有一项适用。"),
        "source": _("来源：{source}"),
        "dated": _("数据日期：{day}"),
        "show": _("在图上看"),
        "contest": _("提出异议"),
        "contestReason": _("异议的理由（程序的结论照样保留）"),
        "contestKeep": _("记下"),
        "contestDrop": _("撤回"),
        "contested": _("您的异议：{reason}"),
        "noCounty": _("不在已知的任何县内"),
        "whyNot": _("这里行不行，哪里行"),
        "herePasses": _("按已有的图层，这里合规。"),
        "hereSave": _("按已有的图层这里合规，但还有图层没有导入，不能当作合规。"),
        "hereBlocked": _("按{title}，这一格{class}。"),
        "nearest": _("最近的合规处在{towards}方向 {m}（方位角 {bearing}°），{lon} {lat}。"),
        "nearestSave": _("按已有图层，最近的合规处在{towards}方向 {m}（方位角 {bearing}°），{lon} {lat}。"),
        "nearestNone": _("全县没有一格合规。"),
        "useIt": _("改看那一处"),
        "close": _("“难以判定”是指：位置误差（这里的 {own} 加上图层的误差）比到界限的差还大，量得再细一些才分得清。"),
        "keep": _("存为拟选址"),
        "keepRemark": _("备注（可不写）"),
        "kept": _("已存为拟选址 {id}，整份回答原样保存。"),
        "keptLink": _("打开"),
        "took": _("用时 {ms} 毫秒；什么也没有保存。"),
        "road": _("沿路：{said}"),
    }


def _comparing() -> dict[str, str]:
    return {
        "compare": _("并列比较"),
        "criterion": _("比什么"),
        "weight": _("权重"),
        "less": _("越近越好"),
        "more": _("越远越好"),
        "ends": _("0 分 {worst}，1 分 {best}"),
        "score": _("得分"),
        "rank": _("名次"),
        "rankOf": _("第 {n}"),
        "unranked": _("不排名：有一项没有量到"),
        "failing": _("不排名：不合规"),
        "outcome": _("核查结果"),
        "notMeasured": _("没有量到"),
        "firmAll": _("这一项占多少都不改变名次。"),
        "firmAlone": _("只看这一项，没有别的权重可比。"),
        "firm": _("现占 {share}%，在 {low}% 到 {high}% 之间名次不变{turns}"),
        "turnBelow": _("；低于 {low}% 时“{one}”超过“{other}”"),
        "turnAbove": _("；高于 {high}% 时“{one}”超过“{other}”"),
        "how": _("每一项从所比各处中最差的 0 分到最好的 1 分按直线折算，再按权重相加。权重说的是：从最差到最好这一段有多要紧。增减一处，两端会变。"),
        "remove": _("去掉"),
    }
