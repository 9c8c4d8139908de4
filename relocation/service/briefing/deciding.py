"""What must be decided and by whom: entries that wait for their reviewer, extensions asked, what is overdue with its unit, questions open at the offices."""

from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from checks.registry import checks
from checks.verdict import Outcome
from checks.vocabulary import OFFICES
from relocation.ledger.entry import Entry
from relocation.ledger.states import State, Timing
from relocation.service.acting import office_of
from relocation.service.briefing.contract import Decision
from relocation.service.briefing.figures import made, with_unit
from relocation.service.briefing.ground import Ground
from relocation.service.briefing.questions import Words, pick
from relocation.service.rectification import listing
from relocation.service.rectification.listing import EntryRow
from relocation.store.actions import open_groups
from relocation.store.opening import Store

LINES_KEPT = 12
"""More than any form of the brief shows: so each can say that there are others."""
_NOBODY: Words = ("没有写明责任单位", "no unit named")

_WORDS: dict[str, tuple[Words, Words]] = {
    "overdue": (("已逾期", "overdue"), ("责任单位说明原因、定新期限", "the unit says why, and by when now")),
    "submitted": (("等待验收", "wait for verification"), ("验收人（不能是整改人）", "a verifier, not whoever did the work")),
    "asked": (("申请延期", "with an extension asked"), ("有权批准延期的人", "whoever may grant them")),
    "unassigned": (("还没有交办", "not assigned yet"), ("县级搬迁工作领导小组", "the county's leading group")),
    "review": (("待核", "to review"), ("各责任部门", "the offices concerned")),
}


def decisions(store: Store, ground: Ground, lang: str) -> tuple[Decision, ...]:
    """Return what waits for somebody as of today, what is overdue first."""
    rows = listing.every(store, lang, day=ground.today, county=ground.county)
    overdue = [row for row in rows if row.timing is Timing.OVERDUE]
    waiting = [row for row in rows if row.state is State.SUBMITTED]
    asked = [row for row in rows if row.entry.asked_due_on is not None]
    idle = [row for row in rows if row.state is State.OPEN]
    told = [
        _decision(ground, lang, "overdue", overdue, _by_unit(overdue, lang), {"timing": Timing.OVERDUE.id}),
        _decision(ground, lang, "submitted", waiting, _each(waiting, lang, _submitted), {"state": State.SUBMITTED.id}),
        _decision(ground, lang, "asked", asked, _each(asked, lang, _asked), {"asked": "1"}),
        _decision(ground, lang, "unassigned", idle, [], {"state": State.OPEN.id}),
        _reviews(store, ground, lang),
    ]
    return tuple(told)


def _decision(ground: Ground, lang: str, id: str, rows: Sequence[EntryRow], lines: Sequence[str], asked: dict[str, str]) -> Decision:
    label, by = _WORDS[id]
    page = "/ledger?" + urlencode({"county": ground.county, **asked})
    figure = made(f"ledger.{id}", pick(label, lang), float(len(rows)), "entry", ground.today, lang, page=page)
    return Decision(id, figure, pick(by, lang), tuple(lines[:LINES_KEPT]))


def _by_unit(rows: Sequence[EntryRow], lang: str) -> list[str]:
    """Say how many each unit has, most first."""
    units = Counter(row.entry.unit for row in rows)
    return [f"{unit or pick(_NOBODY, lang)} {with_unit(n, 'entry', lang)}" for unit, n in sorted(units.items(), key=lambda item: (-item[1], item[0]))]


def _each(rows: Sequence[EntryRow], lang: str, said: Callable[[Entry, str], str]) -> list[str]:
    ordered = sorted(rows, key=lambda row: (row.entry.due_on, row.entry.number))
    return [f"{row.entry.id} {row.entry.unit} {said(row.entry, lang)}".replace("  ", " ") for row in ordered]


def _submitted(one: Entry, lang: str) -> str:
    return f"{one.submitted_on} 提交" if lang == "zh" else f"submitted {one.submitted_on}"


def _asked(one: Entry, lang: str) -> str:
    return f"{one.due_on} 延至 {one.asked_due_on}" if lang == "zh" else f"from {one.due_on} to {one.asked_due_on}"


def _reviews(store: Store, ground: Ground, lang: str) -> Decision:
    """Count what the last run left to be reviewed, by the office that does it."""
    offices: Counter[str] = Counter()
    with store.reading() as connection:
        for group in open_groups(connection, ground.county):
            if group.outcome is Outcome.REVIEW and group.check in checks():
                offices[office_of(group.check, group.reason)] += group.findings
    by = [(OFFICES[id][lang] if id in OFFICES else id, n) for id, n in sorted(offices.items(), key=lambda item: (-item[1], item[0]))]
    label, who = _WORDS["review"]
    page = "/findings?" + urlencode({"county": ground.county, "outcome": "review"})
    figure = made("findings.review", pick(label, lang), float(sum(n for _, n in by)), "finding", ground.run.as_of, lang, page=page)
    return Decision("review", figure, pick(who, lang), tuple(f"{name} {with_unit(n, 'finding', lang)}" for name, n in by[:LINES_KEPT]))
