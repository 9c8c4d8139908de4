"""What other parts ask of evidence: what a subject has, and whether there is proof."""

from relocation.service.evidence.judging import Weighed, counting, sound, weigh
from relocation.store import evidence
from relocation.store.evidence import EvidenceFilter
from relocation.store.opening import Connection, Store


def evidence_of(store: Store, kind: str, county: str, subject: str) -> list[Weighed]:
    """Return what is attached to a subject and not withdrawn, weighed, the newest first."""
    with store.reading() as connection:
        rows = evidence.listed(connection, EvidenceFilter(county=county, subject_kind=kind, subject=subject))
    return weigh(store, rows)


def has_proof(store: Store, kind: str, county: str, subject: str) -> bool:
    """Tell whether a subject has at least one piece of evidence that counts: what speaks against it does not, nor a copy of what another record had first."""
    weighed = evidence_of(store, kind, county, subject)
    with store.whole.reading() as whole:
        return bool(counting(whole, weighed))


def not_counting(store: Store, kind: str, county: str, subject: str) -> list[Weighed]:
    """Return what is attached to a subject and does not count as proof (`has_proof`)."""
    weighed = evidence_of(store, kind, county, subject)
    with store.whole.reading() as whole:
        fair = {one.row.id for one in counting(whole, weighed)}
    return [one for one in weighed if one.row.id not in fair]


def proving_files(connection: Connection, kind: str, county: str, subject: str) -> tuple[str, ...]:
    """Return the hashes of a subject's files that prove something, as `has_proof` has it, on a connection that sees every place."""
    rows = evidence.listed(connection, EvidenceFilter(county=county, subject_kind=kind, subject=subject))
    return tuple(dict.fromkeys(row.sha256 for row in sound(connection, rows)))
