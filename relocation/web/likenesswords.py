"""The words for why two entries may be one problem, and for the groups of a month's table."""

from relocation.ledger.likeness import Reason, topics
from relocation.ledger.states import Tier
from relocation.web.language import _, lang
from relocation.words import N_

REASONS = {
    "text": N_("说法相近 %(shared)s%%"),
    "topic": N_("说的都是%(shared)s"),
    "place": N_("同一地点：%(shared)s"),
    "elsewhere": N_("地点不同：%(shared)s"),
    "amount": N_("数目相同：%(shared)s"),
    "other-amount": N_("数目不同：%(shared)s"),
    "other-topic": N_("说的不是一件事：%(shared)s"),
    "subject": N_("同一对象：%(shared)s"),
    "category": N_("同一类别：%(shared)s"),
}


def reason_said(reason: Reason) -> str:
    """Return a reason in words."""
    shared = reason.shared
    if reason.kind in ("topic", "other-topic"):
        names = [topics()[id]["zh" if lang() == "zh" else "en"] for id in shared.split(" ") if id in topics()]
        shared = ("、" if lang() == "zh" else ", ").join(names)
    return _(REASONS[reason.kind]) % {"shared": shared}


def flow_word(by: str, group: str) -> str:
    """Return what a group of a month's table is called."""
    if by == "tier" and group:
        tier = Tier.by_id(group)
        return tier.zh if lang() == "zh" else tier.en
    return group or _("（未填）")
