"""What is attached to an entry as proof."""

from relocation.evidence.kinds import SubjectKind
from relocation.ledger.entry import Entry
from relocation.service.evidence.proof import proving_files
from relocation.store.opening import Connection


def proofs_of(connection: Connection, entry: Entry) -> tuple[str, ...]:
    """Return the hashes of the files attached to an entry, or to the finding it was opened from; what speaks against its own claim is no proof."""
    found = proving_files(connection, SubjectKind.ENTRY.value, entry.county, entry.id)
    if entry.from_check:
        found += proving_files(connection, SubjectKind.FINDING.value, entry.county, f"{entry.check}:{entry.subject_kind}:{entry.subject}")
    return tuple(dict.fromkeys(found))
