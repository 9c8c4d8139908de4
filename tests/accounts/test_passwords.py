"""Which passwords will do, and what is kept of them."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.security import check_password_hash

from relocation.accounts.passwords import ALPHABET, hashed, matches, one_time, weakness


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "short"),
        ("Kette9!x", "short"),
        ("123456789", "short"),
        ("x" * 129, "long"),
        ("aaaaaaaaaaaa", "plain"),
        ("abcabcabcabc", "plain"),
        ("abcdefghijkl", "plain"),
        ("9876543210", "plain"),
        ("Password2018!", "common"),
        ("P@ssw0rd2018", "common"),
        ("1q2w3e4r5t", "common"),
        ("8411522097", "common"),
        ("woaini1314520", "common"),
        ("zhengfu888888", "common"),
        ("guangshan2018", "context"),
        ("keeper.wang1", "context"),
        ("光山县光山县411522光", "context"),
        ("heron kettle orbit", ""),
        ("Heron-Kettle-Orbit-7", ""),
        ("苍鹭水壶轨道灯笼渡船核桃", ""),
        ("gUx9#mfR2!vTq", ""),
    ],
)
def test_a_password_is_refused_for_what_makes_it_easy(password: str, why: str) -> None:
    assert weakness(password, ["keeper.wang", "guangshan", "光山县", "411522"]) == why


def test_full_width_signs_are_the_same_as_plain_ones() -> None:
    assert weakness("Ｐａｓｓｗｏｒｄ２０１８！") == "common"
    assert matches("heron kettle", hashed("ｈｅｒｏｎ ｋｅｔｔｌｅ", bytes(16)))


def test_a_kept_password_is_scrypts_with_its_parameters_beside_it() -> None:
    kept = hashed("heron kettle orbit", bytes(range(16)))
    method, salt, digest = kept.split("$")
    assert method == "scrypt:32768:8:1"
    assert digest == hashlib.scrypt(b"heron kettle orbit", salt=salt.encode(), n=32768, r=8, p=1, maxmem=2**26).hex()
    assert check_password_hash(kept, "heron kettle orbit")
    assert matches("heron kettle orbit", kept) and not matches("heron kettle orbis", kept)


@pytest.mark.parametrize("kept", ["", "plain", "scrypt:1$a$b", "scrypt:x:8:1$aa$bb", "scrypt:32768:8:1$aa"])
def test_what_is_no_hash_matches_nothing(kept: str) -> None:
    assert not matches("", kept)


@given(st.binary(min_size=16, max_size=16))
def test_a_one_time_password_will_do_and_can_be_read_out(random: bytes) -> None:
    said = one_time(random)
    assert len(said) == 19 and set(said) <= set(ALPHABET) | {"-"}
    assert not set("0o1il") & set(said)
