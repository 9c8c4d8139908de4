"""`relocation evidence …`: photos attached and judged without a browser."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.photos import photo, taken_at
from tests.service.evidence_office import SITE_LAT, SITE_LON

SITES = f"安置点编码,安置点名称,乡镇,经度,纬度,坐标系\nS1,甲安置点,甲乡,{SITE_LON},{SITE_LAT},WGS84\nS2,乙安置点,甲乡,{SITE_LON},{SITE_LAT + 0.1},WGS84\n"


@pytest.fixture
def folder(run: Any, tmp_path: Path) -> Path:
    (tmp_path / "安置点.csv").write_text(SITES, "utf-8")
    assert run("import", tmp_path / "安置点.csv", "--county", "411522").code == 0
    (tmp_path / "现场.jpg").write_bytes(taken_at(datetime(2018, 5, 3, 10), SITE_LON, SITE_LAT))  # noqa: DTZ001 - a camera's clock has no zone
    return tmp_path


def test_a_photo_is_added_judged_and_listed(run: Any, folder: Path) -> None:
    answer = run("evidence", "add", "S1", folder / "现场.jpg", "--to", "site", "--kind", "photo", "--since", "2018-05-03")
    assert answer.code == 0
    assert "在现场、在所称时间内拍摄" in answer.out
    (one,) = json.loads(run("evidence", "list", "--json").out)
    assert (one["support"], one["subject"], one["name"]) == ("supports", "S1", "现场.jpg")
    assert "taken at the place" in run("--lang", "en", "evidence", "list").out


def test_a_copy_for_another_site_and_a_refused_file_end_with_one(run: Any, folder: Path) -> None:
    run("evidence", "add", "S1", folder / "现场.jpg", "--to", "site", "--kind", "photo")
    (folder / "bad.jpg").write_bytes(b"\xff\xd8\xff no photo")
    answer = run("evidence", "add", "S2", folder / "现场.jpg", folder / "bad.jpg", "--to", "site", "--kind", "photo")
    assert answer.code == 1
    assert "!! 同一张照片还附在安置点 S1" in answer.out
    assert "bad.jpg" in answer.err
    assert len(json.loads(run("evidence", "list", "--flagged", "--json").out)) == 2


def test_what_is_withdrawn_is_listed_no_more(run: Any, folder: Path) -> None:
    (folder / "b.jpg").write_bytes(photo(2))
    run("evidence", "add", "S1", folder / "b.jpg", "--to", "site", "--kind", "other")
    assert run("evidence", "withdraw", "1", "--reason", "传错了").code == 0
    assert run("evidence", "list").out.strip() == "没有佐证材料"
    assert run("evidence", "withdraw", "1", "--reason", "传错了").code == 2


def test_an_unknown_subject_or_kind_is_refused(run: Any, folder: Path) -> None:
    assert run("evidence", "add", "S9", folder / "现场.jpg", "--to", "site", "--kind", "photo").code == 2
    assert run("evidence", "add", "S1", folder / "现场.jpg", "--to", "site", "--kind", "cats").code == 2
    assert run("verify").code == 0
