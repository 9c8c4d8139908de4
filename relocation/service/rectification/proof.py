"""What is attached to an entry as proof."""

from relocation.evidence.kinds import SubjectKind
from relocation.ledger.entry import Entry
from relocation.service.evidence.proof import proving_files
from relocation.store.opening import Connection


def proofs_of(connection: Connection, entry: Entry) -> tuple[str, ...]:
    """Return the hashes of the files attached to an entry that prove something; a copy from another record proves nothing."""
    return proving_files(connection, SubjectKind.ENTRY.value, entry.county, entry.id)
