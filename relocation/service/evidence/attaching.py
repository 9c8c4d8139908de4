"""Attaching a file as proof, and withdrawing it: who may, what is kept, what is noted in the log."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from checks.free_text import without_numbers
from relocation.accounts.roles import Right
from relocation.evidence.alike import copies
from relocation.evidence.fingerprint import Fingerprint, Hashes, unpacked
from relocation.evidence.kinds import EvidenceKind, SubjectKind
from relocation.intake.evidence import ReadFile, read_evidence
from relocation.service.evidence.subjects import Subject, find, subject_of
from relocation.service.numberless import numberless
from relocation.service.rectification.proof_changed import may_withdraw, was_attached, was_withdrawn
from relocation.store import digests, evidence, evidence_bytes, log
from relocation.store.evidence import EvidenceFilter, EvidenceRow
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

NOTE_LENGTH, NAME_LENGTH = 500, 255


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says a file shows: its kind, the days, a remark."""

    kind: EvidenceKind
    since: date | None = None
    until: date | None = None
    note: str = ""


def claim(kind: str, since: date | None = None, until: date | None = None, note: str = "") -> Claim:
    """Return a claim of a kind's id; one day alone stands for a period of one day. Trouble for an unknown kind or days the wrong way round."""
    try:
        known = EvidenceKind.by_id(kind)
    except KeyError:
        raise Trouble("evidence-kind", kind=kind[:40], known=", ".join(one.id for one in EvidenceKind)) from None
    since, until = since or until, until or since
    if since and until and since > until:
        raise Trouble("evidence-days", since=since, until=until)
    return Claim(known, since, until, numberless(_visible(note.strip()[:NOTE_LENGTH])))


def attach(
    store: Store, path: Path, *, name: str, subject_kind: str, subject: str, said: Claim, now: datetime, county: str | None = None
) -> tuple[EvidenceRow, bool]:
    """Attach the file at `path`, called `name`, to a subject; returns its row and whether it is new.

    The same bytes attached to the same subject as the same kind change nothing. Unusable for a file that cannot be read, Trouble for an unknown
    subject or an actor who may not. The bytes are on the disk before the row that names them. What is attached to an entry that was submitted cancels that.
    """
    target = subject_of(store, subject_kind, subject, county)
    store.require(Right.ATTACH, target.county, target.township)
    file = read_evidence(path, name)
    _keep(store, file)
    print_of = unpacked(file.fingerprint) if file.fingerprint else None
    before, pictures = kept_pictures(store)
    others = _copies(store, print_of, before, pictures) if file.sha256 not in before else []
    with store.writing() as connection:
        held = _held(connection, target, said.kind, file.sha256)
        if held is not None:
            return held, False
        values = {"sha256": file.sha256, "media_type": file.media_type, "suffix": file.suffix, "size_bytes": len(file.data)}
        parts = (print_of.sketch.tobytes(), print_of.hashes.astype("<u8").tobytes()) if print_of else None
        if evidence.add_file(connection, values, file.facts, parts, now):
            evidence.note_alike(connection, file.sha256, others + _meanwhile(connection, print_of, file.sha256, before))
        id = evidence.add(connection, _values(store, target, said, file, name), now)
        new = {"kind": said.kind.id, "since": _day(said.since), "until": _day(said.until)}
        of = {"sha256": file.sha256}
        rows = digests.digests(connection, ("evidence", {"id": id}), ("evidence_file", of), ("evidence_alike", of))
        _log(connection, store, "evidence.attached", target, id, file.sha256, now, {**new, **digests.told(rows)})
        made = evidence.one(connection, id)
        assert made is not None
        was_attached(connection, store, made, now)
    return made, True


def withdraw(store: Store, id: int, *, why: str, now: datetime) -> EvidenceRow:
    """Withdraw evidence with a reason; its row and its bytes stay. Trouble for none, no reason, one withdrawn before, or an actor who may not.

    An entry of the ledger that was submitted or accepted with it is so no longer; one that was closed stays closed, and says that its proof is gone.
    """
    row = row_of(store, id)
    with store.whole.reading() as connection:
        now_there = find(connection, row.subject_kind, row.county, row.subject)
    store.require(Right.ATTACH, row.county, now_there.township if now_there and row.subject_kind == SubjectKind.ENTRY.value else row.township)
    why = numberless(_visible(why.strip()[:NOTE_LENGTH]))
    if not why:
        raise Trouble("evidence-why")
    with store.writing() as connection:
        may_withdraw(connection, store, row)
        if not evidence.withdraw(connection, row, store.actor.name, why, now):
            raise Trouble("evidence-withdrawn")
        target = Subject(row.subject_kind, row.county, row.subject, row.township, row.about_kind, row.about)
        rows = digests.digests(connection, ("evidence_withdrawn", {"id": id}))
        _log(connection, store, "evidence.withdrawn", target, id, row.sha256, now, digests.told(rows), why)
        made = evidence.one(connection, id)
        assert made is not None
        was_withdrawn(connection, store, made, why, now)
    return made


def row_of(store: Store, id: int) -> EvidenceRow:
    """Return evidence by its number, as the actor sees it. Trouble (404) for none."""
    with store.reading() as connection:
        row = evidence.one(connection, id)
    if row is None:
        raise Trouble("unknown-evidence", id=id)
    return row


def _keep(store: Store, file: ReadFile) -> None:
    evidence_bytes.keep_original(store, file.sha256, file.data)
    for form, data in (("thumbnail", file.thumbnail), ("picture", file.picture)):
        if data:
            evidence_bytes.keep_made(store, file.sha256, form, data)


def _held(connection: Connection, target: Subject, kind: EvidenceKind, sha256: str) -> EvidenceRow | None:
    wanted = EvidenceFilter(county=target.county, subject_kind=target.kind, subject=target.code, kind=kind.id, sha256s=[sha256])
    return next(iter(evidence.listed(connection, wanted, limit=1)), None)


def _values(store: Store, target: Subject, said: Claim, file: ReadFile, name: str) -> dict[str, object]:
    return {
        "sha256": file.sha256, "county": target.county, "township": target.township, "subject_kind": target.kind, "subject": target.code,
        "about_kind": target.about_kind, "about": target.about, "kind": said.kind.id, "name": without_numbers(_visible(name))[-NAME_LENGTH:], "since": said.since, "until": said.until,
        "note": said.note, "added_by": store.actor.name,
    }  # fmt: skip


def _visible(text: str) -> str:
    """Return a text with what cannot be seen made visible: a turned-round ending would pass for another kind of file."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _log(connection: Connection, store: Store, action: str, of: Subject, id: int, sha256: str, now: datetime, new: dict[str, Any], why: str = "") -> None:
    """Note it with the hash of the file; neither the name of the file nor the remark, where people write names."""
    said = {"evidence": id, **new}
    place = {"kind": of.kind, "county": of.county, "township": of.township, "subject": of.code}
    log.append(connection, by=store.actor, at=now, action=action, **place, new=said, why=why, files=[sha256])


def kept_pictures(store: Store) -> tuple[list[str], Hashes]:
    """Return all pictures there are, of every place: a copy is looked for in all of them, and what is shown of it is decided elsewhere."""
    whole = store.whole
    with whole.reading() as connection:
        number = evidence.count_pictures(connection)
        held: tuple[list[str], Hashes] | None = whole.kept.get("evidence-pictures")
        if held is None or len(held[0]) != number:
            held = whole.kept["evidence-pictures"] = evidence.pictures(connection)
    return held


def _copies(store: Store, new: Fingerprint | None, names: list[str], pictures: Hashes) -> list[tuple[str, float]]:
    if new is None:
        return []
    with store.whole.reading() as connection:
        return [(names[one.at], one.agreeing) for one in copies(new, pictures, lambda at: evidence.sketch(connection, names[at]))]


def _meanwhile(connection: Connection, new: Fingerprint | None, sha256: str, before: list[str]) -> list[tuple[str, float]]:
    """Return copies among pictures that somebody else attached while this one was being compared."""
    if new is None or evidence.count_pictures(connection) == len(before) + 1:
        return []
    names, pictures = evidence.pictures(connection)
    late = [at for at, name in enumerate(names) if name not in set(before) and name != sha256]
    found = copies(new, np.asarray(pictures[late]), lambda at: evidence.sketch(connection, names[late[at]]))
    return [(names[late[one.at]], one.agreeing) for one in found]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
