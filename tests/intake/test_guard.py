"""What the guard learns of a file before anything reads it whole."""

import io
import zipfile
from pathlib import Path

import pytest

from relocation.intake import Unusable
from relocation.intake.guard import Guard


def archive(entries: int, comment: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for number in range(entries):
            book.writestr(f"{number}.txt", b"x")
        book.comment = comment
    return made.getvalue()


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    try:
        Guard(path, path.name).archive()
    except Unusable as unusable:
        return unusable.refusal.code
    return ""


@pytest.mark.parametrize("comment", [b"", b"a comment", b"x" * 65_535])
def test_an_ordinary_archive_is_read_whatever_its_comment(tmp_path: Path, comment: bytes) -> None:
    assert refused(tmp_path / "a.zip", archive(3, comment)) == ""


def test_a_directory_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive(3)
    at = content.rfind(b"PK\x05\x06")
    long = content[:at] + bytes(16 << 20) + content[at : at + 12] + (16 << 20).to_bytes(4, "little") + content[at + 16 :]

    def opened(*_: object, **__: object) -> zipfile.ZipFile:
        raise AssertionError("the directory was read")

    monkeypatch.setattr(zipfile, "ZipFile", opened)
    assert refused(tmp_path / "a.zip", long) == "zip-entries"


def test_so_is_one_that_says_its_length_in_eight_bytes(tmp_path: Path) -> None:
    content = archive(3)
    at = content.rfind(b"PK\x05\x06")
    record = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(28) + (16 << 20).to_bytes(8, "little") + (0).to_bytes(8, "little")
    locator = b"PK\x06\x07" + bytes(4) + at.to_bytes(8, "little") + (1).to_bytes(4, "little")
    assert refused(tmp_path / "a.zip", content[:at] + record + locator + content[at : at + 12] + b"\xff" * 4 + content[at + 16 :]) == "zip-entries"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06", b"x" * 100, archive(2)[:-1]])
def test_what_is_no_archive_is_truncated(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path / "a.zip", content) == "file-truncated"
