"""`relocation report mapbook`: one PDF or a folder, filters, refusals, and what Ctrl-C leaves."""

import json
import signal
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.conftest import Run

SITES = "安置点编码,安置点名称,乡镇,经度,纬度,批复日期,安置户数"
ROWS = [f"S{n},第{n}安置点,{'甲乡' if n < 3 else '乙乡'},{114.8 + n / 100},32.0,2017-03-05,4{n}" for n in range(6)]


@pytest.fixture
def sites(run: Run, tmp_path: Path) -> Run:
    """Return a runner of commands in an office with six sites, checked."""
    path = tmp_path / "安置点.csv"
    path.write_text("\n".join([SITES, *ROWS]) + "\n", "utf-8")
    assert run("import", path, "--as", "sites", "--county", "411522", "--crs", "WGS84").code == 0
    run("check", "--as-of", "2019-12-31")
    return run


def pages(path: Path) -> int:
    return len(pypdfium2.PdfDocument(path))


def test_a_county_and_a_part_of_it_as_one_file(sites: Run, tmp_path: Path):
    answer = sites("report", "mapbook", "--county", "411522", "-o", tmp_path / "all.pdf")
    assert answer.code == 0 and "6 个安置点" in answer.out and pages(tmp_path / "all.pdf") == 6
    told = json.loads(sites("report", "mapbook", "--township", "甲乡", "-o", tmp_path / "some.PDF", "--json").out)
    assert told["sites"] == pages(tmp_path / "some.PDF") == 3
    sites("report", "mapbook", "--site", "S1", "--site", "S4", "-o", tmp_path / "two.pdf", "--lang", "en")
    assert pages(tmp_path / "two.pdf") == 2


def test_the_log_notes_that_a_book_left_by_the_terminal(sites: Run, tmp_path: Path):
    sites("report", "mapbook", "--site", "S1", "-o", tmp_path / "one.pdf")
    sites("report", "mapbook", "--county", "411522", "-o", f"{tmp_path}/图册/")
    noted = [one for one in json.loads(sites("log", "--json").out) if one["action"] == "export.made"]
    assert [(one["subject"], one["new"]["rows"]) for one in sorted(noted, key=lambda one: one["seq"])] == [("mapbook.pdf", 1), ("mapbook", 6)]


def test_a_folder_is_gone_on_with(sites: Run, tmp_path: Path):
    out = f"{tmp_path}/图册/"
    first = sites("report", "mapbook", "--township", "乙乡", "-o", out)
    assert "新写 3 页" in first.out
    told = json.loads(sites("report", "mapbook", "-o", out, "--json").out)
    assert {name: told[name] for name in ("sites", "made", "kept", "others", "stopped")} == {"sites": 6, "made": 3, "kept": 3, "others": 0, "stopped": False}
    assert min(path.name for path in Path(out).glob("*.pdf")) == "411522-S0-第0安置点.pdf"
    assert "另有以前写的 3 页" in sites("report", "mapbook", "--township", "甲乡", "-o", out).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "book.docx"], ".pdf"),
        (["--county", "110101", "-o", "x.pdf"], "110101"),
        (["--township", "没有的镇", "-o", "x.pdf"], "放宽条件"),
        (["--site", "S1", "--site", "S99", "-o", "x.pdf"], "S99"),
        (["-o", "no/such/folder/x.pdf"], "no/such/folder/x.pdf"),
    ],
)
def test_what_cannot_be_made_is_said_with_its_mend(sites: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str):
    monkeypatch.chdir(tmp_path)
    answer = sites("report", "mapbook", *arguments)
    assert answer.code == 2 and said in answer.err and "Traceback" not in answer.err
    assert not list(tmp_path.glob("*.pdf"))


def test_ctrl_c_leaves_whole_pages_and_says_how_to_go_on(sites: Run, tmp_path: Path):
    out = tmp_path / "book"
    out.mkdir()

    def press(*_signal: object) -> None:
        if any(out.glob("*.pdf")):
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, press)
    signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)  # looks in this very thread, so that no busy machine lets it come late
    try:
        answer = sites("report", "mapbook", "-o", f"{out}/")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert answer.code == 130 and str(out) in answer.err and "再运行同一条命令" in answer.err
    there = list(out.glob("*.pdf"))
    assert 1 <= len(there) < 6 and all(pages(path) == 1 for path in there)
    again = json.loads(sites("report", "mapbook", "-o", f"{out}/", "--json").out)
    assert again["made"] + again["kept"] == 6 and again["kept"] >= len(there) - 1  # the last one may have lain there before it was listed
