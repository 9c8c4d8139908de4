"""The same thing said three ways: pairs proposed with their reasons, answered by a person, merged into one entry that stands for all.

Merging moves nothing and deletes nothing: each item keeps its entry, its list and its number, so that the lists still add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from relocation.accounts.roles import Right
from relocation.ledger.entry import Entry, numbered
from relocation.ledger.likeness import Item, Proposal, Reason, check_topics, proposals, topics_of
from relocation.ledger.merging import components, following, leader, movable
from relocation.ledger.moves import Move
from relocation.ledger.states import Tier
from relocation.service.rectification.leading import keep
from relocation.service.rectification.moving import entry
from relocation.service.rectification.reading import readable, readable_text
from relocation.service.rectification.texts import told
from relocation.store import digests, log, problem_lists, sameness
from relocation.store import rectification as ledger
from relocation.store.opening import Connection, Store
from relocation.store.sameness import APART, DIFFERENT, SAME, Answered
from relocation.store.trouble import Trouble

ANSWERS = (SAME, DIFFERENT, APART)
_SUBJECT_POINTS, _TOPIC_POINTS = 35, 25


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one problem, why, and what was answered (None: nothing yet)."""

    one: Entry
    other: Entry
    points: int
    reasons: tuple[Reason, ...]
    likely: bool
    answer: Answered | None

    @property
    def together(self) -> bool:
        """Whether the two stand in one group already."""
        return (self.one.root or self.one.number) == (self.other.root or self.other.number)

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "one": self.one.id, "other": self.other.id, "points": self.points, "likely": self.likely,
            "reasons": [{"kind": one.kind, "points": one.points, "shared": one.shared} for one in self.reasons], "answer": self.answer.answer if self.answer else None,
        }  # fmt: skip


def pairs(store: Store, county: str, *, answered: bool = False) -> list[Pair]:
    """Return the proposed pairs of a county nobody has answered, the likeliest first; with `answered` those that somebody has, too."""
    with store.reading() as connection:
        entries = {one.number: one for one in problem_lists.entries_of(connection, county)}
        listed = {one.entry: one for one in problem_lists.items(connection, county)}
        answers = sameness.newest(connection, county)
    items = [
        Item(number, f"{listed[number].tier} {listed[number].name}", one.text, one.category, listed[number].places, one.subject)
        for number, one in entries.items()
        if number in listed and not (one.state.closed and one.root is None)
    ]
    found = [*_proposed(store, county, items), *_with_findings(entries, {item.key for item in items})]
    made = [_pair(entries, one, answers) for one in found]
    open_ones = [pair for pair in made if pair.answer is None and not pair.together]
    return [_readable(store, pair) for pair in (made if answered else open_ones)]


def _readable(store: Store, pair: Pair) -> Pair:
    reasons = tuple(replace(one, shared=readable_text(store, one.shared)) for one in pair.reasons)
    said = replace(pair.answer, why=readable_text(store, pair.answer.why)) if pair.answer else None
    return replace(pair, one=readable(store, pair.one), other=readable(store, pair.other), reasons=reasons, answer=said)


def _proposed(store: Store, county: str, items: Sequence[Item]) -> list[Proposal]:
    """Return the proposals among items, reckoned once for as long as they say the same."""
    said = hash(tuple((one.key, one.of, one.text, one.category, tuple(one.places.items()), one.subject) for one in items))
    held: tuple[int, list[Proposal]] | None = store.kept.get(f"proposals {county}")
    if held is None or held[0] != said:
        held = store.kept[f"proposals {county}"] = (said, proposals(items))
    return held[1]


def _pair(entries: Mapping[int, Entry], one: Proposal, answers: Mapping[tuple[int, int], Answered]) -> Pair:
    low, high = sorted((one.one, one.other))
    answer = answers.get((low, high))
    return Pair(entries[low], entries[high], one.points, one.reasons, one.likely, answer if answer and answer.answer != APART else None)


def _with_findings(entries: Mapping[int, Entry], listed: set[int]) -> list[Proposal]:
    """Return items and entries that a check opened, of one subject and one topic."""
    checked: dict[tuple[str, str], list[Entry]] = {}
    for one in entries.values():
        if one.from_check and not one.state.closed:
            checked.setdefault((one.subject_kind, one.subject), []).append(one)
    found = []
    for number in sorted(listed):
        item = entries[number]
        for one in checked.get((item.subject_kind, item.subject), ()) if item.subject else ():
            if shared := topics_of(item.text) & check_topics(one.check):
                reasons = (Reason("subject", _SUBJECT_POINTS, item.subject), Reason("topic", _TOPIC_POINTS, " ".join(sorted(shared))))
                found.append(Proposal(number, one.number, _SUBJECT_POINTS + _TOPIC_POINTS, reasons))
    return found


def answer(store: Store, one: str, other: str, said: str, *, now: datetime, why: str = "") -> Entry:
    """Answer whether two entries are one problem and return the entry that now stands for the first. Logged with the reasons it was proposed for.

    Trouble: an unknown entry or answer, entries of one list or of two counties, one that is closed or waits for a decision.
    """
    if said not in ANSWERS:
        raise Trouble("sameness-answer", answer=said)
    first, second = sorted((entry(store, one), entry(store, other)), key=lambda found: found.number)
    for found in (first, second):
        store.require(Right.LEDGER, found.county, found.township)
    why = told(why, "reason")
    proposed = next((pair for pair in pairs(store, first.county, answered=True) if {pair.one.number, pair.other.number} == {first.number, second.number}), None)
    made = Answered(
        first.number, second.number, said, proposed.points if proposed else 0,
        [[reason.kind, reason.points, reason.shared] for reason in proposed.reasons] if proposed else [], why, store.actor.name, now,
    )  # fmt: skip
    with store.writing() as connection:
        _allowed(connection, first, second, said)
        rows = digests.told(digests.digests(connection, ("sameness", {"id": sameness.add(connection, first.county, made)})))
        log.append(
            connection, by=store.actor, at=now, action=f"sameness.{'parted' if said == APART else 'answered'}", kind="sameness", county=first.county,
            subject=f"{first.id} {second.id}", new={"answer": said, "points": made.points, "reasons": made.reasons, **rows}, why=why,
        )  # fmt: skip
        if said != DIFFERENT:
            _regroup(connection, store, first, second, now, why)
        kept = ledger.get(connection, first.county, first.number)
        assert kept is not None
        return (ledger.get(connection, kept.county, kept.root) if kept.root else kept) or kept


def _allowed(connection: Connection, first: Entry, second: Entry, said: str) -> None:
    listed = {one.entry: (one.tier, one.name) for one in problem_lists.items(connection, first.county)}
    if first.county != second.county or first.number == second.number or (said == SAME and _one_list(connection, first, second, listed)):
        raise Trouble("sameness-one", one=first.id, other=second.id)
    newest = sameness.newest(connection, first.county).get((first.number, second.number))
    if said == APART and (newest is None or newest.answer != SAME):
        raise Trouble("sameness-none", one=first.id, other=second.id)
    for found in (first, second):
        now_here = ledger.get(connection, found.county, found.number)
        if said != DIFFERENT and (now_here is None or not movable(now_here)):
            raise Trouble("sameness-closed", id=found.id)


def _one_list(connection: Connection, first: Entry, second: Entry, listed: Mapping[int, tuple[str, str]]) -> bool:
    """Tell whether a group of both would hold two items of one list."""
    groups = components([*sameness.joined(connection, first.county), (first.number, second.number)])
    group = next(one for one in groups if first.number in one)
    of = [listed[number] for number in group if number in listed]
    return len(set(of)) < len(of)


def _regroup(connection: Connection, store: Store, first: Entry, second: Entry, now: datetime, why: str) -> None:
    """Let each entry that was or is in a group with these two stand for itself, or for its group, or follow the one that does."""
    groups = {number: group for group in components(sameness.joined(connection, first.county)) for number in group}
    concerned = set(groups.get(first.number, {first.number})) | set(groups.get(second.number, {second.number}))
    for number in sorted(concerned):
        group = [ledger.get(connection, first.county, other) for other in groups.get(number, {number})]
        if not all(one is None or store.actor.scope.holds(one.county, one.township) for one in group):
            raise Trouble("ledger-group-elsewhere", id=numbered(first.county, number))
        root = leader([one for one in group if one is not None])
        before = ledger.get(connection, first.county, number)
        assert before is not None
        after = following(before, root) if root.number != number else _alone(before)
        keep(connection, store, before, after, Move.MERGE, now, why or (root.id if root.number != number else ""))


def _alone(before: Entry) -> Entry:
    return before if before.root is None else replace(before, root=None, version=before.version + 1)


@dataclass(frozen=True, slots=True)
class ListSum:
    """One list (or what no list brought): its entries, those that stand for themselves, those another stands for, and how many are closed."""

    tier: Tier
    name: str
    items: int
    roots: int
    merged: int
    closed: int
    tied: int  # to a finding of the same subject and topic


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Whether the lists add up: every item is either a problem of its own or said by another that stands for it."""

    lists: tuple[ListSum, ...]
    problems: int  # entries that stand for themselves

    @property
    def items(self) -> int:
        """How many items there are in all lists."""
        return sum(one.items for one in self.lists)

    @property
    def merged(self) -> int:
        """How many items another entry stands for."""
        return sum(one.merged for one in self.lists)

    @property
    def holds(self) -> bool:
        """Whether items are problems and repetitions, no more and no less."""
        return self.items == self.problems + self.merged and all(one.items == one.roots + one.merged for one in self.lists)

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "items": self.items, "problems": self.problems, "merged": self.merged, "holds": self.holds,
            "lists": [{"tier": one.tier.id, "list": one.name, "items": one.items, "own": one.roots, "merged": one.merged, "closed": one.closed, "findings": one.tied}
                      for one in self.lists],
        }  # fmt: skip


def reconciliation(store: Store, county: str) -> Reconciliation:
    """Return how the lists of a county add up, counted item by item from what the lists brought and from the ledger as it is."""
    with store.reading() as connection:
        entries = {one.number: one for one in problem_lists.entries_of(connection, county)}
        items = problem_lists.items(connection, county)
        found = {(one.subject_kind, one.subject): set[str]() for one in entries.values() if one.subject}
        for kind, subject, check in problem_lists.open_findings(connection, county):
            if (kind, subject) in found:
                found[kind, subject] |= check_topics(check)
    sums: dict[tuple[Tier, str], list[Entry]] = {}
    for item in items:
        if item.entry in entries:
            sums.setdefault((Tier.by_id(item.tier), item.name), []).append(entries[item.entry])
    ordered = sorted(sums, key=lambda key: ([tier.id for tier in Tier].index(key[0].id), key[1]))
    made = tuple(_sum(tier, readable_text(store, name), sums[tier, name], found) for tier, name in ordered)
    own = {one.number for group in sums.values() for one in group if one.root is None}
    return Reconciliation(made, len(own))


def _sum(tier: Tier, name: str, group: list[Entry], found: Mapping[tuple[str, str], set[str]]) -> ListSum:
    roots = sum(one.root is None for one in group)
    tied = sum(bool(topics_of(one.text) & found.get((one.subject_kind, one.subject), set())) for one in group if one.subject)
    return ListSum(tier, name, len(group), roots, sum(one.root is not None for one in group), sum(one.state.closed for one in group), tied)
