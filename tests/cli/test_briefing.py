"""`relocation report brief`: files, one figure again, and refusals with an address and a mend."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

COUNTY = "411522"


@pytest.fixture
def checked(run: Run, ledger: Path) -> Run:
    assert run("import", ledger, "--county", COUNTY).code == 0
    assert run("check", "--as-of", "2018-06-30").code in (0, 1)
    return run


def test_the_brief_is_printed_written_and_told_to_programs(checked: Run, tmp_path: Path):
    said = checked("report", "brief", "--county", COUNTY)
    assert said.code == 0
    assert "哪些户人均超过 25 平方米？" in said.out
    assert "超面积 1 户" in said.out  # 80 m² for 3 persons
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype")):
        out = tmp_path / f"简报.{form}"
        assert checked("report", "brief", "--county", COUNTY, "-o", out).code == 0
        assert out.read_bytes().startswith(start)
    told = json.loads(checked("report", "brief", "--county", COUNTY, "--json", "--lang", "en").out)
    area = next(one for one in told["answers"] if one["id"] == "area")
    assert [(one["value"], one["unit"]) for one in area["figures"][:2]] == [(1, "household"), (3, "persons")]
    again = json.loads(checked("report", "brief", "--county", COUNTY, "--figure", "area.fail-persons", "--json").out)
    assert [(one["id"], one["value"], one["on"]) for one in again] == [("area.fail-persons", 3, "2018-06-30")]


def test_a_template_is_written_changed_and_given_back(checked: Run, tmp_path: Path):
    own = tmp_path / "模板.docx"
    assert checked("report", "brief", "--write-template", own).code == 0
    assert checked("report", "brief", "--county", COUNTY, "--template", own, "-o", tmp_path / "简报.docx").code == 0
    wrong = checked("report", "brief", "--county", COUNTY, "--template", own, "-o", tmp_path / "简报.pdf")
    assert (wrong.code, ".docx" in wrong.err) == (2, True)


REFUSED = (
    ((), "--county"),
    (("--county", "999999"), "411522"),
    (("--county", COUNTY, "--since", "2018-01-01"), "2026-11-24"),
    (("--county", COUNTY, "--as-of", "2018-01-01"), "2018-06-30"),
    (("--county", COUNTY, "--figure", "area.none"), "area.fail"),
    (("--county", COUNTY, "-o", "简报.xlsx"), ".pdf"),
    (("--county", COUNTY, "-o", "没有这个文件夹/简报.pdf"), "没有这个文件夹"),
    (("--county", COUNTY, "-o", "简报.docx", "--template", "没有.docx"), "没有.docx"),
)


def test_what_cannot_be_is_refused_with_what_to_do(checked: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for arguments, said in REFUSED:
        refused = checked("report", "brief", *arguments)
        assert refused.code == 2, arguments
        assert said in refused.err, arguments
    assert not list(tmp_path.glob("*简报*"))
