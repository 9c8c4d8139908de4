"""Which state may follow which: every move with who may make it, from where, whereto, and what it needs. The one table of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from relocation.ledger.states import RUNNING, State, Worded


class Duty(Enum):
    """Whose work a move is; the values are those of the accounts' rights."""

    KEEPS = "ledger"
    DECIDES = "decide"


class Move(Worded):
    """What can be done with an entry."""

    OPEN = "open", "登记", "open"
    ASSIGN = "assign", "交办", "assign"
    START = "start", "开始整改", "start"
    EDIT = "edit", "修改", "edit"
    SUBMIT = "submit", "提交验收", "submit"
    RETURN = "return", "退回", "return"
    VERIFY = "verify", "验收销号", "verify and close"
    ACCEPT = "accept", "限期接受", "accept until a day"
    DISMISS = "dismiss", "认定不属实", "dismiss as no problem"
    EXTEND_REQUEST = "extend-request", "申请延期", "ask for more time"
    EXTEND_ANSWER = "extend-answer", "答复延期", "answer about more time"
    EXPIRE = "expire", "接受到期", "acceptance ran out"
    LAPSE = "lapse", "批准失效", "approval no longer holds"
    CANCEL = "cancel", "材料有变，提交或批准撤销", "evidence changed, submission or approval cancelled"
    UNDO = "undo", "撤回批量操作", "bulk action taken back"
    MERGE = "merge", "归并", "merged with what says the same"
    FOLLOW = "follow", "随主条目", "went with the entry that stands for it"


class Need(Enum):
    """What a move cannot do without; the values name what refuses it."""

    ANOTHER = "another"  # another person than those who opened, worked on or submitted it (or asked)
    REASON = "reason"
    UNIT = "unit"  # 责任单位
    MEASURE = "measure"  # 整改措施
    APPROVER = "approver"  # somebody else named, who answers for it
    UNTIL = "until"  # a day after today, within MOST_YEARS
    PROOF = "proof"  # evidence attached
    PASSES = "passes"  # the check that found it passes on the data as they are
    ASKED = "asked"  # an extension that was asked for and not answered
    NOT_ASKED = "not-asked"  # no extension waiting for its answer


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states a move may be made, which state follows (None: the same), whose work it is, what it needs."""

    since: frozenset[State]
    to: State | None
    duty: Duty | None  # None: nobody's, time makes it
    needs: frozenset[Need] = frozenset()


HANDS = frozenset({Move.OPEN, Move.ASSIGN, Move.START, Move.EDIT, Move.SUBMIT, Move.EXTEND_REQUEST, Move.UNDO, Move.MERGE})
"""The moves by which somebody has a hand in an entry, and so does not decide on it."""

_UNSETTLED = RUNNING | {State.SUBMITTED}

RULES: Mapping[Move, Rule] = {
    Move.ASSIGN: Rule(frozenset({State.OPEN, State.ASSIGNED}), State.ASSIGNED, Duty.KEEPS, frozenset({Need.UNIT})),
    Move.START: Rule(frozenset({State.ASSIGNED, State.RETURNED}), State.RECTIFYING, Duty.KEEPS),
    Move.SUBMIT: Rule(frozenset({State.RECTIFYING}), State.SUBMITTED, Duty.KEEPS, frozenset({Need.MEASURE})),
    Move.VERIFY: Rule(frozenset({State.SUBMITTED}), State.VERIFIED_CLOSED, Duty.DECIDES, frozenset({Need.ANOTHER, Need.PROOF, Need.PASSES})),
    Move.RETURN: Rule(frozenset({State.SUBMITTED}), State.RETURNED, Duty.DECIDES, frozenset({Need.REASON})),
    Move.EXTEND_ANSWER: Rule(_UNSETTLED, None, Duty.DECIDES, frozenset({Need.ASKED, Need.ANOTHER})),
    Move.EXTEND_REQUEST: Rule(RUNNING, None, Duty.KEEPS, frozenset({Need.NOT_ASKED, Need.REASON, Need.UNTIL})),
    Move.ACCEPT: Rule(_UNSETTLED, State.ACCEPTED_UNTIL, Duty.DECIDES, frozenset({Need.ANOTHER, Need.REASON, Need.APPROVER, Need.UNTIL})),
    Move.DISMISS: Rule(_UNSETTLED, State.NOT_A_PROBLEM, Duty.DECIDES, frozenset({Need.ANOTHER, Need.REASON, Need.APPROVER})),
    Move.EDIT: Rule(_UNSETTLED | {State.ACCEPTED_UNTIL}, None, Duty.KEEPS),
    Move.EXPIRE: Rule(frozenset({State.ACCEPTED_UNTIL}), State.OPEN, None),
}
"""In the order in which they are offered: what goes on first, then what stands beside, an edit last."""
