"""What the log's actions are called, and an entry's old and new state in a few words."""

from collections.abc import Mapping
from typing import Any

from relocation.evidence.chain import Event, canonical
from relocation.web.language import _
from relocation.words import N_

ACTIONS: Mapping[str, str] = {
    "account.added": N_("新建账号"),
    "account.disabled": N_("停用账号"),
    "account.enabled": N_("启用账号"),
    "account.password-changed": N_("更换密码"),
    "account.places-changed": N_("改变管辖范围"),
    "account.refused": N_("登录被拒"),
    "account.reset": N_("重设密码"),
    "account.roles-changed": N_("改变角色"),
    "account.session-ended": N_("登录结束"),
    "account.session-stolen": N_("登录被别的浏览器冒用"),
    "account.signed-in": N_("登录"),
    "account.signed-out": N_("退出"),
    "backup.made": N_("做了备份"),
    "backup.tried": N_("演练了恢复"),
    "checks.run": N_("运行检查"),
    "clock.back": N_("时钟往回拨了"),
    "differences.decided": N_("处理图纸差异"),
    "drawing-names.kept": N_("保存图层用词"),
    "drawing-pair.aligned": N_("对齐两张图纸"),
    "drawing.corrected": N_("更正图纸"),
    "drawing.kept": N_("收到图纸"),
    "drawing.withdrawn": N_("撤下图纸"),
    "evidence.attached": N_("添加佐证材料"),
    "evidence.withdrawn": N_("撤下佐证材料"),
    "evidence.taken-out": N_("下载佐证原件"),
    "export.made": N_("导出"),
    "keys.begun": N_("开始更换密钥"),
    "keys.changed": N_("更换密钥"),
    "law.published": N_("发布规定"),
    "layers.imported": N_("导入图层"),
    "ledger.accepted": N_("同意暂缓"),
    "ledger.assigned": N_("交办"),
    "ledger.back": N_("问题再次出现"),
    "ledger.dismissed": N_("认定不属问题"),
    "ledger.edited": N_("修改整改事项"),
    "ledger.expired": N_("暂缓到期"),
    "ledger.extension-answered": N_("答复延期"),
    "ledger.extension-requested": N_("申请延期"),
    "ledger.gone": N_("问题不再出现"),
    "ledger.opened": N_("列入整改台账"),
    "ledger.returned": N_("退回整改"),
    "ledger.started": N_("开始整改"),
    "ledger.submitted": N_("提交销号"),
    "ledger.undone": N_("撤销操作"),
    "ledger.verified": N_("验收销号"),
    "list.imported": N_("导入问题清单"),
    "personal.revealed": N_("查看个人信息"),
    "personal.searched": N_("按个人信息查找"),
    "records.drawn": N_("由图纸更新记录"),
    "records.dropped": N_("删除图纸带来的记录"),
    "records.imported": N_("导入台账"),
    "records.differed": N_("发现记录绕过本程序被改动"),
    "records.summed": N_("记下各县记录的汇总指纹"),
    "visits.known": N_("读入其他单位的走访"),
    "visits.planned": N_("制定走访计划"),
    "visits.reported": N_("读回走访结果"),
}


def action_word(action: str) -> str:
    """Return what an action is called; one without a word by its own name."""
    return _(ACTIONS[action]) if action in ACTIONS else action


def moved(event: Event) -> list[tuple[str, str, str]]:
    """Return (what, from, to) of an entry whose states are told by name; digests are for the verifier and left out."""
    old, new = (_named(state) for state in (event.old, event.new))
    return [(name, _short(old.get(name)), _short(new.get(name))) for name in dict.fromkeys([*old, *new]) if name != "digests"]


def _named(state: Any) -> Mapping[str, Any]:
    return state if isinstance(state, dict) else {} if state is None else {"": state}


def _short(value: Any) -> str:
    said = "" if value is None else value if isinstance(value, str) else canonical(value)
    return said if len(said) <= MOST else f"{said[:MOST]}…"


MOST = 200
"""So many characters of a state are shown; the export has all of it."""
