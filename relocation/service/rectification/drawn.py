"""Differences of two drawings that an engineer calls a finding: an entry of the ledger, opened in the transaction that keeps the decision."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from geo.drawing.difference import Difference
from relocation.ledger.deadlines import due_after
from relocation.ledger.entry import Entry
from relocation.ledger.states import Severity, Tier
from relocation.reports.wording import op_word, what_word
from relocation.service.rectification.days import calendar_of, day_of
from relocation.service.rectification.opening import keep_from_run
from relocation.store.opening import Connection, Store

CATEGORY = "图纸改动"
SOURCE = "图纸对照"


def open_from_differences(
    store: Store, connection: Connection, pair: Mapping[str, Any], title: str, differences: Sequence[Difference], *, reason: str, now: datetime
) -> None:
    """Open one entry for differences that are newly called a finding; none for none. Whoever may decide about drawings lets it follow."""
    if not differences:
        return
    kinds = Counter((what_word(one.what, "zh"), op_word(one.op, "zh")) for one in differences)
    said = "、".join(f"{what}{op} {n} 处" for (what, op), n in kinds.most_common())
    county = str(pair["county"])
    made = Entry(
        county, 0, f"{title}：施工图与设计图不一致，认定为问题：{said}。{reason}".strip(), Tier.BY_HAND, Severity.ORDINARY, now, store.actor.name,
        due_after(day_of(now), Severity.ORDINARY, calendar_of(store, county)), str(pair["township"] or ""), SOURCE, CATEGORY,
        subject_kind="drawing_pair", subject=str(pair["code"]),
    )  # fmt: skip
    keep_from_run(store, connection, [made], now, reason=reason)
