"""One move made: refused with its reason, or the entry that follows. Nothing else changes an entry's state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from relocation.ledger.deadlines import due_after, expired
from relocation.ledger.entry import Earlier, Entry
from relocation.ledger.moves import RULES, Duty, Move, Need, Rule
from relocation.ledger.states import Presence, State
from relocation.ledger.workdays import Calendar

EDITABLE = frozenset({"text", "category", "township", "severity", "unit", "person", "measure"})
"""What may be set right by hand. The deadline is not: it moves by request and answer."""

MOST_YEARS = 3
"""So many years from today an acceptance or another deadline ends at the latest: nothing is put off for good."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move somebody wants to make on a day.

    `fields` are the values of EDITABLE it sets; `until` the day of an acceptance or of an extension; `granted` answers a request.
    `calendar` says which days are worked; `proofs` counts the evidence attached; `passes` tells whether the entry's check passes now (None: it was not asked).
    `hands` are those who opened it, worked on it or submitted it: whoever decides is another person.
    """

    move: Move
    by: str
    on: date
    duties: frozenset[Duty] = frozenset(Duty)
    reason: str = ""
    approver: str = ""
    until: date | None = None
    granted: bool | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    proofs: int = 0
    passes: bool | None = None
    hands: frozenset[str] = frozenset()


def refused(entry: Entry, step: Step) -> str:
    """Return why a step is refused: "follows" (another stands for it), "state", "right", "field", or the value of a Need; "" when it may be made."""
    if entry.root is not None:
        return "follows"
    rule = RULES.get(step.move)
    if rule is None or entry.state not in rule.since or (rule.duty is None and not expired(entry, step.on)):
        return "state"
    if rule.duty is not None and rule.duty not in step.duties:
        return "right"
    if not set(step.fields) <= EDITABLE or not step.fields.get("text", "-"):
        return "field"
    if step.move is Move.EXTEND_ANSWER and not _answered(entry, step):
        return Need.REASON.value
    return next((need.value for need in Need if need in rule.needs and not _met(entry, step, need)), "")


def offered(entry: Entry, state: State, by: str, duties: frozenset[Duty], hands: frozenset[str] = frozenset()) -> tuple[Move, ...]:
    """Return the moves somebody can begin with an entry in a state: what has to be written or attached for them is theirs to add."""

    def possible(rule: Rule) -> bool:
        waits = (Need.ASKED not in rule.needs or entry.asked_due_on is not None) and (Need.NOT_ASKED not in rule.needs or entry.asked_due_on is None)
        own = Need.ANOTHER in rule.needs and by in ({entry.submitted_by, entry.asked_by} if Need.ASKED in rule.needs else {entry.submitted_by, *hands})
        return state in rule.since and rule.duty in duties and waits and not own

    return () if entry.root is not None else tuple(move for move, rule in RULES.items() if possible(rule))


def _answered(entry: Entry, step: Step) -> bool:
    """Tell whether an answer to a request says yes or no; a no says why."""
    return entry.asked_due_on is None or step.granted is True or (step.granted is False and bool(step.reason.strip()))


def _met(entry: Entry, step: Step, need: Need) -> bool:
    match need:
        case Need.REASON:
            return bool(step.reason.strip())
        case Need.APPROVER:
            return bool(step.approver.strip()) and step.approver.strip() != step.by
        case Need.UNIT | Need.MEASURE:
            return bool(str(step.fields.get(need.value, getattr(entry, need.value))).strip())
        case Need.UNTIL:
            return _in_time(entry, step)
        case Need.PROOF:
            return step.proofs > 0
        case Need.ANOTHER:
            return step.by not in ({entry.submitted_by, entry.asked_by} if step.move is Move.EXTEND_ANSWER else {entry.submitted_by, *step.hands})
        case Need.PASSES:
            return not entry.from_check or step.passes is True
        case Need.ASKED:
            return entry.asked_due_on is not None
        case Need.NOT_ASKED:
            return entry.asked_due_on is None


def _in_time(entry: Entry, step: Step) -> bool:
    """Tell whether the day of an acceptance or of an extension lies ahead, and not further than MOST_YEARS."""
    latest = date(step.on.year + MOST_YEARS, step.on.month, min(step.on.day, 28))
    return step.until is not None and (entry.due_on if step.move is Move.EXTEND_REQUEST else step.on) < step.until <= latest


def after(entry: Entry, step: Step) -> Entry:
    """Return the entry that follows a step. ValueError when it is refused."""
    why = refused(entry, step)
    if why:
        raise ValueError(why)
    moved = replace(entry, **step.fields, state=RULES[step.move].to or entry.state, version=entry.version + 1)
    effect = _EFFECTS.get(step.move)
    return effect(entry, moved, step) if effect else moved


def _submitted(_: Entry, moved: Entry, step: Step) -> Entry:
    return replace(moved, submitted_by=step.by, submitted_on=step.on, reason="", approver="")


def _unsubmitted(_: Entry, moved: Entry, __: Step) -> Entry:
    return replace(moved, submitted_by="", submitted_on=None)  # of what was accepted, the deadline was set when it was accepted


def _returned(_: Entry, moved: Entry, step: Step) -> Entry:
    return replace(moved, reason=step.reason.strip())


def _verified(_: Entry, moved: Entry, step: Step) -> Entry:
    gone = Presence.GONE if moved.from_check else moved.presence  # its check passes: should it fail once more, that is another entry
    return _answerless(replace(moved, closed_by=step.by, closed_on=step.on, approver=step.by, presence=gone))


def _dismissed(_: Entry, moved: Entry, step: Step) -> Entry:
    return _answerless(replace(moved, closed_by=step.by, closed_on=step.on, reason=step.reason.strip(), approver=step.approver.strip()))


def _accepted(before: Entry, moved: Entry, step: Step) -> Entry:
    assert step.until is not None
    accepted = replace(moved, accepted_until=step.until, reason=step.reason.strip(), approver=step.approver.strip())
    return _answerless(_due(accepted, due_after(step.until, before.severity, step.calendar), step, noted=True))


def _asked(_: Entry, moved: Entry, step: Step) -> Entry:
    return replace(moved, asked_due_on=step.until, asked_by=step.by, asked_why=step.reason.strip())


def _answered_so(before: Entry, moved: Entry, step: Step) -> Entry:
    assert before.asked_due_on is not None
    return _answerless(_due(moved, before.asked_due_on, replace(step, reason=step.reason or before.asked_why)) if step.granted else moved)


def _edited(before: Entry, moved: Entry, step: Step) -> Entry:
    """Return an edited entry: what was approved or waits for approval was so as it read before, so an edit takes that back."""
    if all(getattr(before, name) == value for name, value in step.fields.items()):
        return moved
    if before.state is State.SUBMITTED:
        return replace(moved, state=State.RECTIFYING, submitted_by="", submitted_on=None)
    if before.state is State.ACCEPTED_UNTIL:
        return _unaccepted(moved, step)
    if moved.severity is not before.severity:  # graver means sooner; milder never later, or whoever keeps the ledger could give himself time
        return _due(moved, min(before.due_on, due_after(before.opened_at.date(), moved.severity, step.calendar)), step)
    return moved


def _unaccepted(accepted: Entry, step: Step) -> Entry:
    back = replace(accepted, state=State.OPEN, accepted_until=None, reason="", approver="", submitted_by="", submitted_on=None)
    return _due(back, accepted.earlier[-1].due_on, step)  # accepting noted the deadline before


def lapsed(entry: Entry, on: date) -> Entry:
    """Return an accepted entry, open again because what was accepted is no longer what is found. ValueError for one that is not accepted."""
    if entry.state is not State.ACCEPTED_UNTIL:
        raise ValueError(entry.state.id)
    return replace(_unaccepted(entry, Step(Move.LAPSE, "", on)), version=entry.version + 1)


def unproved(entry: Entry, by: str, on: date) -> Entry:
    """Return an entry whose evidence somebody changed after it was submitted or accepted: that was of what lay there then. ValueError for any other."""
    if entry.state is State.ACCEPTED_UNTIL:
        return replace(_unaccepted(entry, Step(Move.CANCEL, by, on)), version=entry.version + 1)
    if entry.state is not State.SUBMITTED:
        raise ValueError(entry.state.id)
    return replace(entry, state=State.RECTIFYING, submitted_by="", submitted_on=None, version=entry.version + 1)


def cancels_approval(before: Entry, after: Entry) -> bool:
    """Tell whether a change took back a submission or an acceptance."""
    return before.state in (State.SUBMITTED, State.ACCEPTED_UNTIL) and after.state in (State.RECTIFYING, State.OPEN)


def _due(entry: Entry, due_on: date, step: Step, *, noted: bool = False) -> Entry:
    """Return the entry with another deadline, the old one kept; `noted` keeps it even where it is the same day."""
    if due_on == entry.due_on and not noted:
        return entry
    return replace(entry, due_on=due_on, earlier=(*entry.earlier, Earlier(entry.due_on, step.on, step.reason.strip())))


def _answerless(entry: Entry) -> Entry:
    return replace(entry, asked_due_on=None, asked_by="", asked_why="")


_EFFECTS: Mapping[Move, Callable[[Entry, Entry, Step], Entry]] = {
    Move.START: _unsubmitted,
    Move.EDIT: _edited,
    Move.SUBMIT: _submitted,
    Move.RETURN: _returned,
    Move.VERIFY: _verified,
    Move.ACCEPT: _accepted,
    Move.DISMISS: _dismissed,
    Move.EXTEND_REQUEST: _asked,
    Move.EXTEND_ANSWER: _answered_so,
    Move.EXPIRE: _unsubmitted,
}
"""What a move changes beside the state and the fields it sets: from the entry before, and as moved so far."""
