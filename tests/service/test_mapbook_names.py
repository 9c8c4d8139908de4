"""What the files of a map book are called: readable, safe on every disk, never two alike; and the folder that keeps them, whatever stopped a run."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relocation.service import Trouble
from relocation.service.mapbook.naming import file_name
from relocation.service.mapbook.shelf import LIST, Shelf

ABOUT = {"county": "411522", "code": "S1"}


@pytest.mark.parametrize(
    ("code", "name", "called"),
    [
        ("GSA06", "西寨安置点", "411522-GSA06-西寨安置点.pdf"),
        ("GSA-06", "西寨-安置点", "411522-GSA-06-西寨_安置点.pdf"),
        ("GSA06", "", "411522-GSA06-_.pdf"),
        ("GSA06", "../../etc/passwd", "411522-GSA06-______etc_passwd.pdf"),
        ("S1", "甲　安置点（一期）", "411522-S1-甲_安置点_一期_.pdf"),
    ],
)
def test_a_name_is_the_county_the_code_and_the_site(code: str, name: str, called: str):
    assert file_name("411522", code, name) == called


@pytest.mark.parametrize("code", ["gsa06", "ＧＳＡ06", "A/B", "A~B", "..", "CON:", "A" * 91, "A\ud800", "河湾" * 20])
def test_a_code_that_would_not_stay_as_it_is_gets_its_own_hash(code: str):
    made = file_name("411522", code, "甲")
    assert "~" in made and len(made.split("~")[1].split("-")[0]) == 12


CODES = st.text(max_size=120)


@given(CODES, CODES, st.text(max_size=120), st.text(max_size=120))
def test_no_two_sites_share_a_name_on_a_disk_without_capitals(one: str, other: str, name: str, second: str):
    def on_disk(code: str, named: str) -> str:
        return unicodedata.normalize("NFD", file_name("411522", code, named)).casefold()

    if one != other:
        assert on_disk(one, name) != on_disk(other, second)


@given(CODES, st.text(max_size=200))
def test_a_name_fits_every_disk(code: str, name: str):
    made = file_name("411522", code, name)
    assert len(made.encode()) <= 200
    assert not set(made) & set('<>:"/\\|?*\n\r\t\0') and not made.startswith(".") and made.endswith(".pdf")


def test_what_is_kept_is_there_again_and_what_is_not_whole_is_not(tmp_path: Path):
    shelf = Shelf(tmp_path / "book")
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        shelf.keep(name, f"key {name}", b"%PDF " + name.encode(), ABOUT)
    (tmp_path / "book" / "b.pdf").write_bytes(b"%PD")  # cut off by something else
    (tmp_path / "book" / "c.pdf").unlink()
    with (tmp_path / "book" / LIST).open("ab") as torn:
        torn.write(b'{"file": "d.pdf", "key": "k')
    (tmp_path / "book" / ".mapbook-d.pdf.part").write_bytes(b"half")
    again = Shelf(tmp_path / "book")
    assert again.has("a.pdf", "key a.pdf") and not again.has("a.pdf", "another key")
    assert not any(again.has(name, f"key {name}") for name in ("b.pdf", "c.pdf", "d.pdf"))
    assert not list((tmp_path / "book").glob(".mapbook-*"))
    again.settle()
    lines = [json.loads(line) for line in (tmp_path / "book" / LIST).read_text("utf-8").splitlines()]
    assert [line["file"] for line in lines] == ["a.pdf", "b.pdf"]


def test_a_list_that_names_a_file_elsewhere_is_not_believed(tmp_path: Path):
    (tmp_path / "x.pdf").write_bytes(b"")
    (tmp_path / "book").mkdir()
    line = {"file": "../x.pdf", "key": "k", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
    (tmp_path / "book" / LIST).write_text(json.dumps(line) + "\n[]\nnull\n", "utf-8")
    assert not Shelf(tmp_path / "book").has("../x.pdf", "k")


def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Trouble, match="out-unwritable") as refused:
        Shelf(tmp_path / "file" / "book")
    assert str(tmp_path / "file" / "book") in refused.value.reason("zh")
