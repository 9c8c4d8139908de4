"""ID numbers lie in the database sealed and nowhere in plain; they come out whole, are compared, searched and joined."""

import base64
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from checks.links import link_of
from checks.records import RecordKind, Secret
from checks.vocabulary import HOUSEHOLD, LEDGERS, RENOVATION
from relocation.store import ledgers, queries
from relocation.store.frames import read_holding, read_records, read_tied
from relocation.store.key_files import IN_HOME, KeySource
from relocation.store.keys import Key, Keys
from relocation.store.opening import Store, open_store
from relocation.store.trouble import Trouble
from tests.store.people import COUNTY, bring, people, records

ONE, TWO = "99010119491231002X", "990101194912310118"


def numbers(store: Store, kind: RecordKind = HOUSEHOLD) -> list[str | None]:
    with store.reading() as connection:
        return list(read_records(connection, kind).id_number)


def test_a_number_comes_back_as_it_was_and_a_missing_one_stays_missing(store: Store) -> None:
    bring(store, people({"A1": ONE, "A2": "", "A3": ONE}))
    assert numbers(store) == [ONE, None, ONE]


def test_no_stored_value_holds_a_number_in_plain(store: Store) -> None:
    bring(store, people({"A1": ONE, "A2": TWO}))
    bring(store, people({"A1": TWO, "A2": ONE}))
    with store.reading() as connection:
        tables = (
            connection.execute(
                text(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                    if store.dialect == "sqlite"
                    else "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                )
            )
            .scalars()
            .all()
        )
        kept = [
            bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
            for table in tables
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))
            for value in row
        ]
    assert len(kept) > 20
    assert not [value for value in kept if ONE.encode() in value or TWO.encode() in value]


def test_equal_numbers_are_sealed_to_different_bytes_under_one_mark(store: Store) -> None:
    bring(store, people({"A1": ONE, "A2": ONE}))
    with store.reading() as connection:
        (one, mark), (two, same) = connection.execute(text("SELECT id_number, id_number_mark FROM household ORDER BY code")).all()
    assert bytes(one) != bytes(two)
    assert bytes(mark) == bytes(same)
    assert len(bytes(mark)) == 16


def test_a_number_moved_to_another_record_does_not_open(store: Store) -> None:
    bring(store, people({"A1": ONE, "A2": TWO}))
    with store.writing() as connection:
        connection.execute(text("UPDATE household SET id_number = (SELECT id_number FROM household WHERE code = 'A2') WHERE code = 'A1'"))
    with pytest.raises(Trouble) as refused:
        numbers(store)
    assert refused.value.code == "seal-broken"
    assert ONE not in refused.value.reason("zh") + refused.value.mend("en")


def test_the_same_numbers_again_change_nothing_and_another_one_is_a_change_with_old_and_new(store: Store) -> None:
    bring(store, people({"A1": ONE, "A2": TWO, "A3": ""}))
    assert bring(store, people({"A1": ONE, "A2": TWO, "A3": ""})).unchanged == 3
    difference = bring(store, people({"A1": ONE, "A2": ONE, "A3": TWO}))
    assert [dict(fields) for _, fields in difference.changed.values()] == [{"id_number": (TWO, ONE)}, {"id_number": (None, TWO)}]
    assert numbers(store) == [ONE, ONE, TWO]
    with store.reading() as connection:
        assert [(row["old"], row["new"]) for row in queries.changes_of(connection, "household", COUNTY, "A2")] == [(TWO, ONE)]
        assert ledgers.old_values(connection, "household", COUNTY, ["A2", "A3"], 1) == {"id_number": {TWO, None}}


def test_who_holds_a_number_is_found_without_opening_any(store: Store) -> None:
    bring(store, people({"A1": ONE, "A2": TWO, "A3": ""}))
    bring(store, people({"W1": TWO, "W2": ""}, RENOVATION, "411523"))
    with store.reading() as connection:
        assert read_holding(connection, HOUSEHOLD, [(("id_number", frozenset({ONE})),)]).code.tolist() == ["A1"]
        assert read_holding(connection, HOUSEHOLD, [(("id_number", frozenset({ONE, ""})),)]).code.tolist() == ["A1", "A3"]
        assert read_tied(connection, RENOVATION, HOUSEHOLD, link_of("id_number"), [COUNTY]).code.tolist() == ["W1"]


def test_a_column_that_nobody_reads_stays_sealed(store: Store) -> None:
    bring(store, people({f"A{number}": ONE for number in range(6)}))
    with store.writing() as connection:
        connection.execute(text("UPDATE household SET id_number = id_number_mark WHERE code <> 'A3'"))  # bytes that open nowhere
    with store.reading() as connection:
        read = read_records(connection, HOUSEHOLD)
        assert read.head_name.tolist() == ["演某某"] * 6
        edited = read_records(connection, HOUSEHOLD, COUNTY, ["A3"])
        assert edited.id_number.tolist() == [ONE]
        patched = read.patched(np.array([3]), edited)
        assert patched.take(np.array([3])).id_number.tolist() == [ONE]
        with pytest.raises(Trouble):
            patched.stored("id_number")


def test_every_column_with_a_secret_is_personal_and_a_text() -> None:
    found = [column for kind in LEDGERS.values() for column in kind.secrets]
    assert {kind.id for kind in LEDGERS.values() if kind.secrets} >= {"household", "notice", "renovation"}
    assert all(column.personal and column.kind.value == "text" for column in found)


def test_a_mark_says_nothing_without_its_key_and_differs_by_sort() -> None:
    one, other = Key.of(bytes(32)), Key.of(bytes(31) + b"1")
    assert one.mark(Secret.PHONE, "1") == one.mark(Secret.PHONE, "1") != other.mark(Secret.PHONE, "1")
    assert one.mark(Secret.PHONE, "1") != one.mark(Secret.BANK_CARD, "1")


def test_sealing_is_aes_256_gcm_as_another_library_call_opens_it() -> None:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    master, nonce = bytes(range(32)), bytes(range(12))
    kept = Key.of(master).seal(ONE, "household.id_number:411522/A1", nonce)
    assert kept[4:16] == nonce
    cipher = HKDF(SHA256(), 32, None, b"relocation seal").derive(master)
    opening = Cipher(algorithms.AES(cipher), modes.GCM(nonce, kept[-16:])).decryptor()
    opening.authenticate_additional_data(b"household.id_number:411522/A1")
    assert (opening.update(kept[16:-16]) + opening.finalize()).decode() == ONE


def test_the_first_start_makes_a_key_that_its_owner_alone_may_read(tmp_path: Path) -> None:
    open_store(tmp_path / "home").close()
    path = tmp_path / "home" / IN_HOME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    before = path.read_bytes()
    open_store(tmp_path / "home").close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("named", ["RELOCATION_KEY", "RELOCATION_KEY_FILE"])
def test_a_key_may_come_from_the_environment(database: str, tmp_path: Path, named: str) -> None:
    key = base64.b64encode(os.urandom(32)).decode()
    (tmp_path / "given.key").write_text(key + "\n")
    environment = {named: key if named == "RELOCATION_KEY" else str(tmp_path / "given.key")}
    store = open_store(tmp_path, database, environment)
    bring(store, people({"A1": ONE}))
    store.close()
    assert not (tmp_path / IN_HOME).exists()
    with pytest.raises(Trouble) as refused:
        open_store(tmp_path, database, {})
    assert refused.value.code == "key-absent"
    again = open_store(tmp_path, database, environment)
    assert numbers(again) == [ONE]
    again.close()


def test_another_key_is_told_and_nothing_is_written(database: str, tmp_path: Path) -> None:
    open_store(tmp_path, database, {}).close()
    with pytest.raises(Trouble) as refused:
        open_store(tmp_path, database, {"RELOCATION_KEY": base64.b64encode(bytes(32)).decode()})
    assert refused.value.code == "key-missing"
    open_store(tmp_path, database, {}).close()


@pytest.mark.parametrize("given", ["nonsense", base64.b64encode(b"short").decode(), "键"])
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path: Path, given: str) -> None:
    with pytest.raises(Trouble) as refused:
        open_store(tmp_path, environment={"RELOCATION_KEY": given})
    assert refused.value.code == "key-unreadable"
    assert given not in refused.value.reason("zh")


def test_of_two_starts_at_one_moment_one_makes_the_key(tmp_path: Path) -> None:
    one, two = KeySource.of(tmp_path, {}), KeySource.of(tmp_path, {})
    two._write([bytes(32)], first=True)
    one._write([b"1" * 32], first=True)
    assert one.masters() == two.masters() == [bytes(32)]


def test_a_process_that_runs_on_reads_a_key_made_meanwhile(tmp_path: Path) -> None:
    source = KeySource.of(tmp_path, {})
    running = source.ring(may_make=True)
    newest = Keys(source.add()).newest
    assert running.open(newest.seal(ONE, "x", bytes(12)), "x") == ONE


def test_a_phone_and_a_card_show_their_last_places_and_an_illness_none() -> None:
    from checks.masking import masked_secret

    assert masked_secret("13800001234", Secret.PHONE) == "********234"
    assert masked_secret("6217000012345678901", Secret.BANK_CARD) == "***************8901"
    assert masked_secret("1234", Secret.BANK_CARD) == "****"
    assert masked_secret("高血压", Secret.ILLNESS) == "＊＊"


def test_records_of_several_parts_are_joined_sealed() -> None:
    from checks.records import joined

    one, two = people({"A1": ONE}), people({"A2": TWO}, county="411523")
    assert joined([one, two]).id_number.tolist() == [ONE, TWO]
    assert records(code=["A"], county=["1"]).id_number.tolist() == [""]
