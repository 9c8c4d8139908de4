"""Evidence in both databases: rows that never change, pictures' hashes back as they were, bytes whole or not there at all."""

import hashlib
import os
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.evidence.fingerprint import fingerprint
from relocation.store import evidence, evidence_bytes
from relocation.store.evidence import EvidenceFilter
from relocation.store.evidence_tables import evidence_file
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

AT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
ONE, TWO, THREE = "1" * 64, "2" * 64, "3" * 64


def file(connection: Connection, sha256: str, seed: int | None = None) -> bool:
    values = {"sha256": sha256, "media_type": "image/jpeg", "suffix": ".jpg", "size_bytes": 3}
    made = fingerprint(np.random.default_rng(seed).integers(0, 255, (90, 120), dtype=np.uint8)) if seed is not None else None
    return evidence.add_file(connection, values, {"width": 3}, (made.sketch.tobytes(), made.hashes.astype("<u8").tobytes()) if made else None, AT)


def row(connection: Connection, sha256: str, county: str = "411522", township: str = "甲乡", subject: str = "S1") -> int:
    place = {"county": county, "township": township, "subject_kind": "site", "subject": subject, "about_kind": "site", "about": subject}
    told = {"kind": "photo", "name": "现场.jpg", "since": date(2018, 5, 3), "until": date(2018, 5, 3), "note": "", "added_by": "keeper-a"}
    return evidence.add(connection, {"sha256": sha256, **place, **told}, AT)


def test_rows_come_back_as_they_were_and_a_withdrawn_one_says_by_whom(store: Store) -> None:
    with store.writing() as connection:
        assert file(connection, ONE)
        assert not file(connection, ONE)
        first, second = row(connection, ONE), row(connection, ONE, subject="S2")
        kept = evidence.one(connection, first)
        assert kept
        assert (kept.added_at, kept.since, kept.facts, kept.record) == (AT, date(2018, 5, 3), {"width": 3}, ("site", "411522", "S1"))
        assert evidence.withdraw(connection, kept, "keeper-b", "传错了", AT)
        assert not evidence.withdraw(connection, kept, "keeper-b", "传错了", AT)
    with store.reading() as connection:
        assert [one.id for one in evidence.listed(connection, EvidenceFilter())] == [second]
        gone = evidence.one(connection, first)
        assert gone
        assert (gone.withdrawn_by, gone.withdrawn_at, gone.withdrawn_why) == ("keeper-b", AT, "传错了")
        assert (evidence.count(connection, EvidenceFilter()), evidence.count(connection, EvidenceFilter(withdrawn=True))) == (1, 2)
        assert evidence.listed(connection, EvidenceFilter(sha256s=[])) == []


def test_pictures_give_back_their_sketches_and_hashes_and_what_is_alike_is_so_both_ways(store: Store) -> None:
    with store.writing() as connection:
        for number, sha256 in enumerate((ONE, TWO, THREE)):
            file(connection, sha256, number if sha256 != THREE else None)
        evidence.note_alike(connection, TWO, [(ONE, 0.9)])
    with store.reading() as connection:
        names, hashes = evidence.pictures(connection)
        assert (names, evidence.count_pictures(connection)) == ([ONE, TWO], 2)
        for name, number in ((ONE, 0), (TWO, 1)):
            made = fingerprint(np.random.default_rng(number).integers(0, 255, (90, 120), dtype=np.uint8))
            assert (hashes[names.index(name)] == made.hashes).all()
            assert (evidence.sketch(connection, name) == made.sketch).all()
        assert evidence.alike(connection, [ONE, TWO, THREE]) == {ONE: {TWO: 0.9}, TWO: {ONE: 0.9}, THREE: {}}


def test_a_bound_reader_sees_its_own_rows_files_and_withdrawals_and_no_likeness(store: Store) -> None:
    with store.writing() as connection:
        for sha256, county, township in ((ONE, "411522", "甲乡"), (TWO, "411522", "乙乡"), (THREE, "411523", "甲乡")):
            file(connection, sha256, 1)
            made = evidence.one(connection, row(connection, sha256, county, township))
            assert made
            evidence.withdraw(connection, made, "x", "x", AT)
        evidence.note_alike(connection, TWO, [(ONE, 1.0)])
    every = EvidenceFilter(withdrawn=True)
    for scope, seen in ((Scope(frozenset({"411522"})), {ONE, TWO}), (Scope(frozenset(), frozenset({("411522", "乙乡")})), {TWO}), (Scope(frozenset()), set())):
        bound = store.acting(Actor("a", "a", frozenset({Role.VIEWER}), scope))
        with bound.reading() as connection:
            assert {one.sha256 for one in evidence.listed(connection, every)} == seen
            assert all(one.withdrawn_why == "x" for one in evidence.listed(connection, every))
            assert set(connection.execute(select(evidence_file.c.sha256)).scalars()) == seen
            assert evidence.alike(connection, [ONE, TWO])[ONE] == {}


def test_bytes_are_whole_or_not_there_and_a_failed_write_leaves_no_part(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"x" * 100_000
    sha256 = hashlib.sha256(data).hexdigest()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(Trouble):
            evidence_bytes.keep_original(store, sha256, data)
    assert not [path for path in (store.home / "evidence").rglob("*") if path.is_file()]
    path = evidence_bytes.keep_original(store, sha256, data)
    assert evidence_bytes.keep_original(store, sha256, data) == path
    assert evidence_bytes.original(store, sha256) == data


def test_bytes_changed_on_the_disk_are_neither_given_out_nor_taken_for_the_same(store: Store) -> None:
    data = b"payment slip"
    sha256 = hashlib.sha256(data).hexdigest()
    evidence_bytes.keep_original(store, sha256, data).write_bytes(b"payment slIp")
    for ask in (lambda: evidence_bytes.original(store, sha256), lambda: evidence_bytes.keep_original(store, sha256, data)):
        with pytest.raises(Trouble) as refused:
            ask()
        assert refused.value.code == "evidence-changed"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "1" * 63, "1" * 64 + "/.."])
def test_only_a_hash_names_a_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        evidence_bytes.path_of(tmp_path, name)
