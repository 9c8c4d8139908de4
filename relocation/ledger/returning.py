"""The ledger workbook come back: what every row says against what stands here, before anything is changed.

A row is known by the hidden number of its entry. What was edited is told by the row's own mark, so that a row sorted elsewhere, a
column moved or a save by another program is no edit; and an entry that somebody changed here in the meantime is a conflict,
never overwritten unseen. States that need evidence or another person are not reached through a workbook.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from relocation.ledger.columns import EDITABLE, RECKONED, edited, plain, written
from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.moving import Step, after, refused
from relocation.ledger.states import LISTED, State, Worded


class Outcome(Worded):
    """What a row of a returned workbook would do."""

    ADDED = "added", "新增", "added"
    CHANGED = "changed", "有改动", "changed"
    UNTOUCHED = "untouched", "未改动", "untouched"
    CONFLICT = "conflict", "有冲突", "conflict"
    REFUSED = "refused", "不接受", "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it came back: its number in the sheet and its cells as text, by the columns' names."""

    row: int
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        """The entry it says it is; "" for a row that somebody added."""
        return self.cells.get("id", "")


class Doubt(Worded):
    """Why a change is not taken unless somebody says so."""

    EMPTIED = "emptied", "原来有内容，表里空了", "emptied in the workbook"
    STUB = "stub", "描述只剩几个字", "too short to describe a problem"
    LISTED = "listed", "上级清单的原文", "the words of a list from above"


SHORTEST_TEXT = 4
"""Fewer characters describe no problem."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: the column, what stands here, what the workbook says. `moved` tells that it changed here since the workbook was made."""

    column: str
    here: str
    there: str
    moved: bool = False
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one row would do. `why` and `facts` name a refusal; `column` the cell it is about ("" for the row)."""

    line: Line
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()
    why: str = ""
    column: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def doubtful(self) -> bool:
        """Whether a change of it would damage something, so that it is done only when somebody picks it."""
        return any(change.doubt for change in self.changes)


def answers(lines: Sequence[Line], entries: Mapping[str, Entry], like: Step) -> list[Answer]:
    """Return what each row would do, in the order of the rows. `entries` are all that the reader may see, by their ids; `like` is a step of whoever brings it, which says by whom, on which day and with which duties."""
    met = Counter(line.id for line in lines if line.id)
    first: dict[str, Line] = {}
    said = {plain(entry.text): id for id, entry in entries.items()}
    made = []
    for line in lines:
        if met[line.id] > 1:
            made.append(_of_double(line, first.setdefault(line.id, line), lines, entries, like))
        elif line.id:
            made.append(_of_entry(line, entries, like))
        else:
            made.append(_of_new(line, said))
    return made


def missing(lines: Sequence[Line], wanted: Sequence[str]) -> list[str]:
    """Return the ids of entries that went out and have no row any more. Nothing happens to them: an entry cannot be deleted."""
    back = {line.id for line in lines}
    return [id for id in wanted if id not in back]


def _refuse(line: Line, why: str, column: str = "", **facts: str) -> Answer:
    return Answer(line, Outcome.REFUSED, why=why, column=column, facts=facts)


def _of_double(line: Line, first: Line, lines: Sequence[Line], entries: Mapping[str, Entry], like: Step) -> Answer:
    """Answer a row whose id stands more than once: alike they are one row and its copies, unlike nobody can tell which is meant."""
    same = [other for other in lines if other.id == line.id]
    if len({tuple(other.cells.get(name, "") for name in EDITABLE) for other in same}) > 1:
        return _refuse(line, "returned-twice", "id", id=line.id, rows="、".join(str(other.row) for other in same))
    return _of_entry(line, entries, like) if line is first else Answer(line, Outcome.UNTOUCHED)


def _of_entry(line: Line, entries: Mapping[str, Entry], like: Step) -> Answer:
    entry = entries.get(line.id)
    if entry is None:
        return _refuse(line, "returned-unknown", "id", id=line.id)
    here = written(entry)
    try:
        changed = edited(line.cells.get("mark", ""), line.cells)
        version = int(line.cells.get("version", ""))
    except ValueError:
        return _refuse(line, "returned-unmarked", "id", id=line.id)
    reckoned = next((name for name in RECKONED if version == entry.version and plain(line.cells.get(name, "")) != here[name]), None)
    if reckoned:
        return _refuse(line, "returned-reckoned", reckoned, here=here[reckoned], there=line.cells.get(reckoned, ""))
    since = edited(line.cells["mark"], here)
    changes = tuple(
        Change(name, here[name], there, name in since, _doubt(entry, name, here[name], there))
        for name in EDITABLE
        if name in changed and (there := plain(line.cells.get(name, ""))) != here[name]
    )
    if not changes:
        return Answer(line, Outcome.UNTOUCHED)
    return _planned(line, entry, changes, Outcome.CONFLICT if version != entry.version else Outcome.CHANGED, like)


def _doubt(entry: Entry, column: str, here: str, there: str) -> Doubt | None:
    if here and not there:
        return Doubt.EMPTIED
    if column != "text":
        return None
    if len(there) < SHORTEST_TEXT:
        return Doubt.STUB
    return Doubt.LISTED if entry.tier in LISTED else None


def _planned(line: Line, entry: Entry, changes: tuple[Change, ...], outcome: Outcome, like: Step) -> Answer:
    fields = {change.column: change.there for change in changes if change.column != "state"}
    wanted = next((change.there for change in changes if change.column == "state"), "")
    if entry.state.closed:
        return _refuse(line, "returned-closed", changes[0].column, state=entry.state.zh)
    if "text" in fields and not fields["text"]:
        return _refuse(line, "returned-no-text", "text")
    state = next((one for one in State if wanted in (one.zh, one.en)), None)
    if wanted and state is None:
        return _refuse(line, "returned-state-word", "state", found=wanted, known="、".join(REACHED_WORDS))
    steps = [replace(like, move=Move.EDIT, fields=fields)] if fields else []
    if state is not None:
        if state not in REACHED:
            return _refuse(line, "returned-state-elsewhere", "state", wanted=state.zh)
        if entry.state is State.OPEN and state is not State.ASSIGNED:
            return _refuse(line, "returned-not-assigned", "state", here=entry.state.zh, wanted=state.zh, first=State.ASSIGNED.zh)
        steps += _way(entry, state, steps, like)
    moved = entry
    for step in steps:
        if why := refused(moved, step):
            return _refuse(
                line, f"returned-need-{why}" if why in NEEDS else "returned-state-refused", "state", here=entry.state.zh, wanted=wanted or entry.state.zh
            )
        moved = after(moved, step)
    if state is not None and moved.state is not state:
        return _refuse(line, "returned-state-refused", "state", here=entry.state.zh, wanted=wanted)
    return Answer(line, outcome, changes, tuple(steps))


REACHED = {State.ASSIGNED: (Move.ASSIGN,), State.RECTIFYING: (Move.ASSIGN, Move.START), State.SUBMITTED: (Move.ASSIGN, Move.START, Move.SUBMIT)}
"""States that whoever keeps the ledger reaches alone, and the moves on the way; from the first of them on, for nobody works on what was not assigned."""
REACHED_WORDS = tuple(state.zh for state in REACHED)
NEEDS = ("unit", "measure")


def _way(entry: Entry, state: State, before: Sequence[Step], like: Step) -> list[Step]:
    """Return the moves still to be made to a state; those that lie behind the entry are left out."""
    moved = entry
    for step in before:
        if refused(moved, step):
            return []
        moved = after(moved, step)
    done = {State.OPEN: 0, State.ASSIGNED: 1, State.RETURNED: 1, State.RECTIFYING: 2, State.SUBMITTED: 3}.get(moved.state)
    return [] if done is None else [replace(like, move=move, fields={}) for move in REACHED[state][done:]]


def _of_new(line: Line, said: Mapping[str, str]) -> Answer:
    text = plain(line.cells.get("text", ""))
    if not text:
        return _refuse(line, "returned-no-text", "text")
    if text in said:
        return _refuse(line, "returned-copied", "text", id=said[text])
    state = line.cells.get("state", "")
    if state and state not in (State.OPEN.zh, State.OPEN.en):
        return _refuse(line, "returned-new-state", "state", found=state, wanted=State.OPEN.zh)
    changes = tuple(
        Change(name, "", plain(line.cells[name]), doubt=Doubt.STUB if name == "text" and len(text) < SHORTEST_TEXT else None)
        for name in (*EDITABLE, "source", "due_on")
        if line.cells.get(name)
    )
    return Answer(line, Outcome.ADDED, changes)
