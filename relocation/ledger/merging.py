"""Entries that say the same: which groups people's answers make, which entry of a group stands for it, and what the others take from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from relocation.ledger.entry import Entry
from relocation.ledger.states import RUNNING, Presence, State, Tier

RANK: Mapping[Tier, int] = {tier: place for place, tier in enumerate((Tier.NATIONAL, Tier.PROVINCIAL, Tier.MUNICIPAL, Tier.COUNTY, Tier.BY_HAND, Tier.CHECK))}
"""Whose list's entry stands for a group: the highest level's."""

CARRIED = ("state", "submitted_by", "submitted_on", "reason", "approver", "accepted_until", "closed_by", "closed_on")
"""What an entry takes from the one that stands for it: how far the mending is, not who has to answer to which list."""


def movable(entry: Entry) -> bool:
    """Tell whether an entry may be merged or parted now: it is being mended, and nobody waits for a decision on it."""
    return entry.state in RUNNING


def components(pairs: Iterable[tuple[int, int]]) -> list[frozenset[int]]:
    """Return the groups that pairs make, each number in one of them."""
    member: dict[int, frozenset[int]] = {}
    for one, other in pairs:
        joined = member.get(one, frozenset({one})) | member.get(other, frozenset({other}))
        member.update(dict.fromkeys(joined, joined))
    return sorted(set(member.values()), key=min)


def leader(group: Sequence[Entry]) -> Entry:
    """Return the entry that stands for a group: of the highest level, the oldest of those."""
    return min(group, key=lambda entry: (RANK[entry.tier], entry.number))


def following(entry: Entry, root: Entry) -> Entry:
    """Return an entry as it stands when another stands for it; the same object when nothing changes.

    One that is verified is so with every check that opened an entry of its group, so that their problems are gone as well.
    """
    taken = replace(entry, root=root.number, **{name: getattr(root, name) for name in CARRIED})
    if entry.from_check and root.state is State.VERIFIED_CLOSED and entry.state is not root.state:
        taken = replace(taken, presence=Presence.GONE)
    return entry if taken == entry else replace(taken, version=entry.version + 1)
