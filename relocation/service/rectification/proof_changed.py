"""What it means for an entry of the ledger that its evidence changes: what was submitted or accepted was so with what lay there then.

A submission is cancelled by anything attached or withdrawn, an acceptance by the withdrawal of what it may have rested on. A closed entry
never opens again: what it was closed by is withdrawn by a reviewer alone, who did not submit it, and the entry says that its proof is gone.
"""

from datetime import datetime

from relocation.accounts.roles import Right
from relocation.evidence.kinds import SubjectKind
from relocation.ledger.deadlines import expired
from relocation.ledger.entry import Entry, parted
from relocation.ledger.moves import Move
from relocation.ledger.moving import unproved
from relocation.ledger.states import State
from relocation.service.rectification.conflict import Conflict
from relocation.service.rectification.days import day_of
from relocation.service.rectification.leading import lead, require_group
from relocation.service.rectification.logging import KIND, logged
from relocation.store import log
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store.evidence import EvidenceRow
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

UNPROVEN = "ledger.unproven"
"""What the log calls it when the last of what an entry was closed by was withdrawn."""


def may_withdraw(connection: Connection, store: Store, row: EvidenceRow) -> None:
    """Trouble for evidence of a closed entry, unless a reviewer withdraws it who did not submit the entry."""
    entry = _entry(connection, row)
    if entry is not None and entry.state.closed and not (store.actor.may(Right.DECIDE) and store.actor.name != entry.submitted_by):
        raise Trouble("evidence-closing", id=entry.id)


def was_attached(connection: Connection, store: Store, row: EvidenceRow, now: datetime) -> None:
    """Cancel the submission of the entry that a piece of evidence was attached to, in the transaction that attaches it."""
    entry = _entry(connection, row)
    if entry is not None and entry.root is None and entry.state is State.SUBMITTED:
        _cancel(connection, store, entry, row, "", now)


def was_withdrawn(connection: Connection, store: Store, row: EvidenceRow, why: str, now: datetime) -> None:
    """Cancel what rested on a piece of evidence, in the transaction that withdraws it; of a closed entry note when nothing of its proof is left."""
    entry = _entry(connection, row)
    if entry is None:
        return
    if entry.root is None and (entry.state is State.SUBMITTED or _rested_on(connection, entry, row, now)):
        _cancel(connection, store, entry, row, why, now)
    elif entry.state is State.VERIFIED_CLOSED and lists.unproven(connection, lists.anything(numbers=[(entry.county, entry.number)])):
        place = {"kind": KIND, "county": entry.county, "township": entry.township, "subject": entry.id}
        log.append(connection, by=store.actor, at=now, action=UNPROVEN, **place, why=why, files=[row.sha256])


def _entry(connection: Connection, row: EvidenceRow) -> Entry | None:
    return ledger.get(connection, *parted(row.subject)) if row.subject_kind == SubjectKind.ENTRY.value else None


def _rested_on(connection: Connection, entry: Entry, row: EvidenceRow, now: datetime) -> bool:
    """Tell whether an entry is accepted, and was so when the evidence lay there already."""
    if entry.state is not State.ACCEPTED_UNTIL or expired(entry, day_of(now)):
        return False
    accepted = [one.at for one in ledger.moves(connection, entry.county, entry.number) if one.move is Move.ACCEPT]
    return bool(accepted) and row.added_at <= accepted[-1]


def _cancel(connection: Connection, store: Store, before: Entry, row: EvidenceRow, why: str, now: datetime) -> None:
    require_group(store, connection, before)
    after = unproved(before, store.actor.name, day_of(now))
    if not ledger.save(connection, before, after):
        raise Conflict(before, Move.CANCEL, {}, before.version)
    ledger.add_move(connection, before, after, Move.CANCEL, store.actor.name, now, reason=why, evidence=(row.sha256,))
    logged(connection, store.actor, now, Move.CANCEL, before, after, why, (row.sha256,))
    lead(connection, store, after, now)
