"""How much of what kind is attached to the ledger's entries, counted in one go."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from relocation.evidence.kinds import SubjectKind
from relocation.ledger.entry import parted
from relocation.store.evidence_tables import evidence, evidence_withdrawn


def by_entry(connection: Connection, counties: Sequence[str]) -> dict[tuple[str, int], dict[str, int]]:
    """Return for each entry of the counties with anything attached: kind → how many, withdrawn ones left out."""
    wanted = select(evidence.c.subject, evidence.c.kind, func.count())
    wanted = wanted.where(
        evidence.c.subject_kind == SubjectKind.ENTRY.value, evidence.c.county.in_(list(counties)), evidence.c.id.not_in(select(evidence_withdrawn.c.id))
    )
    found: dict[tuple[str, int], dict[str, int]] = {}
    for subject, kind, count in connection.execute(wanted.group_by(evidence.c.subject, evidence.c.kind)):
        found.setdefault(parted(subject), {})[kind] = count
    return found
