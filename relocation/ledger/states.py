"""Where an entry of the rectification ledger can stand, where it came from, how grave it is; each with its words."""

from enum import Enum
from typing import Self


class Worded(Enum):
    """A closed list of words: a stable id, the Chinese and the English one."""

    def __init__(self, id: str, zh: str, en: str) -> None:
        """Take the stable id and the two words."""
        self.id, self.zh, self.en = id, zh, en

    @classmethod
    def by_id(cls, id: str) -> Self:
        """Return the member of a stable id. KeyError for none."""
        return {one.id: one for one in cls}[id]


class State(Worded):
    """整改状态, in the order in which an entry goes through them."""

    OPEN = "open", "待整改", "open"
    ASSIGNED = "assigned", "已交办", "assigned"
    RECTIFYING = "rectifying", "整改中", "being rectified"
    SUBMITTED = "submitted", "待验收", "submitted"
    RETURNED = "returned", "退回", "returned"
    VERIFIED_CLOSED = "verified-closed", "已销号", "verified and closed"
    ACCEPTED_UNTIL = "accepted-until", "限期接受", "accepted until a day"
    NOT_A_PROBLEM = "not-a-problem", "不属实", "not a problem"

    @property
    def closed(self) -> bool:
        """Whether nothing follows: a closed entry never opens again."""
        return self in CLOSED


CLOSED = frozenset({State.VERIFIED_CLOSED, State.NOT_A_PROBLEM})
RUNNING = frozenset({State.OPEN, State.ASSIGNED, State.RECTIFYING, State.RETURNED})
"""The states in which the time to mend runs. What is submitted waits for the reviewer, what is accepted waits for its day."""


class Tier(Worded):
    """问题来源: who found it."""

    NATIONAL = "national", "国家", "national"
    PROVINCIAL = "provincial", "省级", "provincial"
    MUNICIPAL = "municipal", "市级", "municipal"
    COUNTY = "county", "县级", "county"
    CHECK = "check", "系统核查", "found by a check"
    BY_HAND = "by-hand", "人工登记", "entered by hand"


LISTED = frozenset({Tier.NATIONAL, Tier.PROVINCIAL, Tier.MUNICIPAL, Tier.COUNTY})
"""Whose lists say what is wrong in words of their own."""


class Severity(Worded):
    """How grave an entry is, which gives it its days."""

    SEVERE = "severe", "严重", "severe"
    ORDINARY = "ordinary", "一般", "ordinary"
    MINOR = "minor", "轻微", "minor"


class Presence(Worded):
    """What the checks' latest run says of an entry that a check opened."""

    NONE = "", "", ""
    NEW = "new", "新增", "new"
    STILL = "still", "仍在", "still there"
    GONE = "gone", "消失", "gone"
    BACK = "back", "再现", "back"


class Timing(Worded):
    """How an entry stands to its deadline."""

    OVERDUE = "overdue", "已逾期", "overdue"
    DUE_SOON = "due-soon", "即将到期", "due soon"
    ON_TIME = "on-time", "期限内", "on time"
    CLOSED_LATE = "closed-late", "逾期销号", "closed late"
    CLOSED_IN_TIME = "closed-in-time", "按期销号", "closed in time"
