"""What is attached to an entry as proof."""

import hashlib

from relocation.evidence.kinds import SubjectKind
from relocation.ledger.entry import Entry
from relocation.service.evidence.proof import evidence_of, not_counting, proving_files
from relocation.service.evidence.wording import say_void
from relocation.store.opening import Connection, Store


def proofs_of(connection: Connection, entry: Entry) -> tuple[str, ...]:
    """Return the hashes of the files attached to an entry that prove something; a copy from another record proves nothing."""
    return proving_files(connection, SubjectKind.ENTRY.value, entry.county, entry.id)


def mark_of(proofs: tuple[str, ...]) -> str:
    """Return a mark by which a page tells which proof its reader saw: other files have another."""
    return hashlib.sha256("\n".join(sorted(proofs)).encode()).hexdigest()[:16]


NO_PROOF = mark_of(())


def proof_mark(store: Store, entry: Entry) -> str:
    """Return the mark of what proves something for an entry now."""
    with store.whole.reading() as connection:
        return mark_of(proofs_of(connection, entry))


def void_proof(store: Store, entry: Entry, lang: str) -> str:
    """Say of each file attached to an entry why it does not count, "" where nothing is attached or something counts."""
    of = SubjectKind.ENTRY.value, entry.county, entry.id
    void = not_counting(store, *of)
    return say_void(void, lang) if void and len(void) == len(evidence_of(store, *of)) else ""
