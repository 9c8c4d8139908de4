"""The words of the ledger's pages: what each move, field and happening is called, in both languages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import g

from relocation.ledger.moves import Move
from relocation.ledger.states import Severity, State, Worded
from relocation.service import people
from relocation.service.rectification.timeline import Happening
from relocation.web.language import _, lang
from relocation.web.logwords import action_word
from relocation.web.showing import office, shown_day
from relocation.words import N_

FIELDS = {
    "text": N_("问题描述"), "category": N_("问题类别"), "township": N_("乡镇"), "severity": N_("严重程度"), "unit": N_("责任单位"), "person": N_("责任人"),
    "measure": N_("整改措施"), "due_on": N_("整改时限"), "reason": N_("理由"), "approver": N_("批准人"), "until": N_("到哪一天"), "state": N_("状态"),
    "asked_due_on": N_("申请延到"), "accepted_until": N_("接受到"),
}  # fmt: skip
"""What the fields of an entry and of its forms are called. The others need no name: what they hold is told by the move itself."""

BUTTONS = {
    Move.ASSIGN: N_("交办"), Move.START: N_("开始整改"), Move.EDIT: N_("修改"), Move.SUBMIT: N_("提交验收"), Move.RETURN: N_("退回"), Move.VERIFY: N_("验收销号"),
    Move.ACCEPT: N_("限期接受"), Move.DISMISS: N_("认定不属实"), Move.EXTEND_REQUEST: N_("申请延期"), Move.EXTEND_ANSWER: N_("答复延期"),
}  # fmt: skip

HAPPENED = {
    "open": N_("已登记入台账"), "assign": N_("已交办"), "start": N_("已开始整改"), "edit": N_("已修改"), "submit": N_("已提交验收"), "return": N_("已退回"),
    "verify": N_("已验收销号"), "accept": N_("已限期接受"), "dismiss": N_("已认定不属实"), "extend-request": N_("已申请延期"), "extend-answer": N_("已答复延期"),
    "expire": N_("接受到期，重新计时"), "undo": N_("撤回批量操作"), "lapse": N_("数据有变，原来的批准失效"), "cancel": N_("佐证材料有变，原来的提交或批准撤销"), "merge": N_("归并或拆开"), "follow": N_("随代表它的条目变动"), "found": N_("检查发现问题"), "gone": N_("检查不再发现"), "changed": N_("登记内容改动"),
    "ledger.unproven": N_("销号时凭的材料已全部撤回"),
    "ledger.gone": N_("问题消失，建议销号"), "ledger.back": N_("问题再现"), "evidence.attached": N_("附上佐证材料"), "evidence.withdrawn": N_("撤回佐证材料"),
    "pair.decided": N_("图纸差异作了决定"), "pair.aligned": N_("图纸重新对齐"), "drawing.corrected": N_("图纸读数作了更正"),
}  # fmt: skip

SORTS = {"data": N_("数据"), "finding": N_("核查"), "evidence": N_("佐证"), "ledger": N_("台账"), "approval": N_("审批")}

LEFT = {
    "state": N_("状态不允许"), "right": N_("角色不允许"), "place": N_("不在您的管辖范围内"), "changed": N_("别人刚改过"), "unit": N_("没有责任单位"),
    "reason": N_("没有理由"), "until": N_("日期不在现在的期限以后"), "not-asked": N_("已有申请在等答复"), "asked": N_("没有申请在等答复"),
    "another": N_("是自己申请的"), "measure": N_("没有整改措施"), "field": N_("这一项不能改"), "follows": N_("随另一条办理"),
}  # fmt: skip
"""Why entries are left out of a bulk action."""

WAY = (State.OPEN, State.ASSIGNED, State.RECTIFYING, State.SUBMITTED, State.VERIFIED_CLOSED)
"""The straight way of an entry; the other states stand beside it."""


def word(one: Worded | None) -> str:
    """Return a word of a closed list in the reader's language."""
    return "" if one is None else one.zh if lang() == "zh" else one.en


def field_word(name: str) -> str:
    """Return what a field is called."""
    return _(FIELDS.get(name, name))


def happened(one: Happening) -> str:
    """Return what a happening is called."""
    return _(HAPPENED[one.what]) if one.what in HAPPENED else action_word(one.what)


def fields_told(one: Happening) -> list[tuple[str, str, str]]:
    """Return what a move changed: the field's name, before, after. What the move's own name tells is left out."""
    told = one.fields or {}
    return [(field_word(name), _shown(name, old), _shown(name, new)) for name, (old, new) in told.items() if name in FIELDS and name not in ("state", "reason")]


def _shown(name: str, value: Any) -> str:
    if not value:
        return ""
    if name in ("due_on", "asked_due_on", "accepted_until"):
        return shown_day(date.fromisoformat(value))
    return word(Severity.by_id(value)) if name == "severity" else str(value)


def who_word(name: str) -> str:
    """Return who did something: a person as colleagues know them, or what did it by itself."""
    if name in ("calendar", "checks"):
        return _("到期自动") if name == "calendar" else _("检查自动")
    if name.partition(":")[0] == "terminal":
        return _("本机终端")
    one = _people().get(name)
    return name if one is None else _(one.shown) if one.made_up else one.shown


def who_role(name: str) -> str:
    """Return which roles somebody holds, in words; "" for whoever is no person of the office."""
    one = _people().get(name)
    return one.roles_said(lang()) if one else ""


def _people() -> Mapping[str, people.Person]:
    if "people" not in g:
        g.people = people.people(office().store)
    known: Mapping[str, people.Person] = g.people
    return known
