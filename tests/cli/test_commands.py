"""The commands keep their contract: JSON, exit codes, and one sentence with a mend for whatever goes wrong."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from checks.registry import checks
from relocation import cli
from relocation.cli.speaking import columns
from tests.cli.conftest import HOUSEHOLDS, Run

ROOT = Path(__file__).resolve().parents[2]
FINDING = {"check", "subject_kind", "subject", "name", "county", "outcome", "measured", "limit", "unit", "sentence", "law", "missing", "target"}


def test_import_check_findings_and_explain_tell_one_story(run: Run, ledger: Path) -> None:
    assert run("import", ledger, "--county", "411522").code == 0
    checked = run("check", "--json")
    document = json.loads(checked.out)
    assert (checked.code, document["as_of"], document["counts"]["living-area"]["fail"]) == (1, "2026-11-24", 1)
    (fail,) = [one for one in document["findings"] if one["outcome"] == "fail"]
    assert fail["subject"] == "H2" and set(fail) >= FINDING
    listed = json.loads(run("findings", "--outcome", "fail", "--format", "json").out)
    assert listed["findings"] == [fail] and listed["counts"] == document["counts"]
    traced = json.loads(run("explain", "living-area:H2", "--json").out)
    assert traced["traces"][0]["sentence"] == fail["sentence"]
    assert fail["sentence"].split("：", 1)[1][:10] in run("findings", "--check", "living-area").out.replace("\n", "").replace("    ", "")


def test_the_json_of_import_is_the_contract(run: Run, ledger: Path) -> None:
    document = json.loads(run("import", ledger, "--county", "411522", "--json").out)
    assert {"kind": "households", "read": 2, "added": 2, "changed": 0, "unchanged": 0, "refused": 0, "refusals": []}.items() <= document.items()


def test_refusals_leave_one_and_say_cell_reason_and_mend(run: Run, ledger: Path) -> None:
    ledger.write_text(ledger.read_text("utf-8").replace(",3,", ",三十口人,", 1), "utf-8")
    answer = run("import", ledger, "--county", "411522", "--json")
    (refusal,) = json.loads(answer.out)["refusals"]
    assert answer.code == 1 and refusal["cell"] == "E2" and refusal["reason"] and refusal["mend"]
    assert ledger.with_name("搬迁户.refused.xlsx").is_file()


def test_the_list_of_checks_is_the_contract(run: Run) -> None:
    listed = json.loads(run("checks", "--json").out)
    assert [one["id"] for one in listed] == list(checks())
    assert all(set(one) == {"id", "family", "about", "title", "law"} and one["law"] for one in listed)


def test_passing_households_come_only_when_all_are_asked_for(run: Run, ledger: Path) -> None:
    run("import", ledger, "--county", "411522")
    usual, every = (json.loads(run("check", "--json", "--only", "living-area", *more).out)["findings"] for more in ((), ("--all",)))
    assert [one["subject"] for one in usual] == ["H2"]
    assert {one["subject"]: one["outcome"] for one in every} == {"H1": "pass", "H2": "fail"}


def test_a_check_of_nothing_says_that_there_is_no_ledger_yet(run: Run) -> None:
    answer = run("check", "--json")
    assert (answer.code, json.loads(answer.out)["findings"]) == (0, []) and "还没有台账" in answer.err


def test_a_blank_workbook_overwrites_nothing_unless_forced(run: Run, tmp_path: Path) -> None:
    filled = tmp_path / "户.xlsx"
    filled.write_bytes(b"filled in")
    refused = run("template", "households", "-o", filled)
    assert (refused.code, filled.read_bytes()) == (2, b"filled in") and "--force" in refused.err
    assert run("template", "households", "-o", filled, "--force").code == 0
    assert filled.read_bytes().startswith(b"PK")


def test_an_explanation_names_outcomes_and_the_nation_in_words(run: Run) -> None:
    chinese, english = run("explain", "living-area").out, run("explain", "living-area", "--lang", "en").out
    assert "全国" in chinese and "Nationwide" in english
    assert "→ 合规" in chinese.replace("\n", "") and "→ pass" not in chinese
    assert " 000000 " not in chinese + english


def test_an_explanation_asks_its_question_and_says_what_to_do_and_who_does_it(run: Run) -> None:
    chinese, english = ("".join(run("explain", "living-area", *asked).out.split()) for asked in ((), ("--lang", "en")))
    assert "哪些户人均面积超过了标准？" in chinese and "怎么办：核对房产测绘面积与核定人口" in chinese and "责任部门：乡镇" in chinese
    assert "Checkthesurveyedareaandtheapprovedpersons" in english and "ownship" in english


def test_findings_lists_passing_households_with_all_and_says_so_without(run: Run, ledger: Path) -> None:
    run("import", ledger, "--county", "411522")
    run("check")
    asked = ("findings", "--check", "living-area", "--outcome", "pass")
    silent, every = run(*asked), run(*asked, "--all")
    assert "没有符合条件的结果" in silent.out and "--all" in silent.err and "1 户" in silent.err
    assert "H1" in every.out and "H2" not in every.out and not every.err
    assert [one["subject"] for one in json.loads(run(*asked, "--all", "--json").out)["findings"]] == ["H1"]


def test_the_same_command_says_the_same_twice(run: Run, ledger: Path) -> None:
    run("import", ledger, "--county", "411522")
    run("check")
    assert run("check", "--json").out == run("check", "--json").out
    assert run("findings", "--format", "csv").out == run("findings", "--format", "csv").out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "command",
    [
        ("checks",),
        ("check",),
        ("findings",),
        ("explain", "living-area"),
        ("explain", "living-area:H2"),
        ("vet", "114.9", "32.0"),
        ("--help",),
        ("import", "--help"),
    ],
)
def test_nothing_is_wider_than_eighty_columns(run: Run, ledger: Path, command: tuple[str, ...], lang: str) -> None:
    run("import", ledger, "--county", "411522")
    run("check")
    answer = run(*command, "--lang", lang) if "--help" not in command else run("--lang", lang, *command)
    lines = answer.out.splitlines()
    assert lines and (not answer.err or command == ("findings",))  # which says that H1 passes and is not listed
    assert [line for line in (*lines, *answer.err.splitlines()) if columns(line) > 80] == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("check", "--only", "living-aera"), "living-area"),
        (("explain", "no-such"), "relocation checks"),
        (("explain", "living-area:NOBODY"), "NOBODY"),
        (("import", "没有.xlsx", "--county", "411522"), "没有.xlsx"),
        (("import", "没有.xlsx", "--county", "光山"), "411522"),
        (("vet", "here", "there"), "114.9 32.0"),
        (("vet", "114.9", "32.0", "--crs", "北京54"), "CGCS2000"),
        (("vet", "32.0", "114.9"), "114.9 32"),
        (("vet", "0", "0"), "不在已知的任何县内"),
        (("check", "--county", "999999"), "没有县 999999 的台账"),
        (("template", "households", "-o", "x.doc"), ".xlsx"),
        (("vet",), "--file"),
        (("vet", "--file", "没有.csv"), "没有.csv"),
        (("map", "-o", "map.html"), "安置点"),
        (("serve", "--host", "0.0.0.0"), "--name"),  # noqa: S104 - refused
        (("serve", "--host", "no-such-host.invalid"), "127.0.0.1"),
        (("user", "add", "x y", "--role", "viewer", "--everywhere"), "x y"),
        (("user", "add", "somebody", "--everywhere"), "角色"),
        (("user", "add", "somebody", "--role", "viewer"), "县代码"),
        (("user", "add", "somebody", "--role", "king", "--everywhere"), "keeper"),
        (("user", "add", "somebody", "--role", "viewer", "--place", "光山"), "411522"),
        (("user", "reset", "nobody"), "nobody"),
        (("findings", "--format", "xlsx"), "-o"),
        (("findings", "--outcome", "bad"), "fail"),
        (("nonsense",), "--help"),
        (("check", "--as-of", "gestern"), "gestern"),
        (("template", "households", "-o", "/dev/null/x.xlsx"), "/dev/null"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_mend_with_code_two(run: Run, command: tuple[str, ...], said: str) -> None:
    answer = run(*command)
    assert answer.code == 2 and said in answer.err
    assert "Traceback" not in answer.err and len(answer.err.strip().splitlines()) <= 2


def test_a_home_that_cannot_be_written_is_said_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("check", "--home", tmp_path / "file" / "home")
    assert answer.code == 2 and "--home" in answer.err


def test_a_damaged_database_is_said_so(run: Run, home: Path) -> None:
    run("check")
    (home / "relocation.db").write_bytes(b"nothing of the kind" * 500)
    for name in ("relocation.db-wal", "relocation.db-shm"):
        (home / name).unlink(missing_ok=True)
    answer = run("check")
    assert answer.code == 2 and "备份" in answer.err


def test_a_held_database_is_said_so(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from relocation.store import connecting

    run("check")
    monkeypatch.setitem(connecting.PRAGMAS, "busy_timeout", "50")
    holder = sqlite3.connect(home / "relocation.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answer = run("check")
    holder.close()
    assert answer.code == 2 and "占用" in answer.err


def test_our_own_error_is_a_sentence_and_a_log_and_never_a_traceback(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("relocation.service.registers.check_list", broken)
    answer = run("checks")
    assert answer.code == 3 and "error.log" in answer.err and "Traceback" not in answer.err + answer.out
    assert "a mistake of ours" in (home / "error.log").read_text("utf-8")


def test_an_export_goes_to_the_file_named_and_says_how_many(run: Run, ledger: Path, tmp_path: Path) -> None:
    run("import", ledger, "--county", "411522")
    run("check")
    for form in ("xlsx", "csv", "geojson", "json"):
        answer = run("findings", "-o", tmp_path / f"out.{form}", "--check", "living-area")
        assert (tmp_path / f"out.{form}").is_file() and "1" in answer.out and answer.code == 1


def test_the_blank_workbook_of_households_can_be_written(run: Run, tmp_path: Path) -> None:
    assert run("template", "households", "-o", tmp_path / "空白.xlsx").code == 0
    assert (tmp_path / "空白.xlsx").read_bytes()[:2] == b"PK"


def test_points_to_vet_come_from_a_file_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "拟选.csv"
    path.write_bytes("名称,经度,纬度\n东岭,114.905,32.012\n西坪,114.80,31.90\n".encode("gb18030"))
    vetted = json.loads(run("vet", "--file", path, "--json").out)
    assert [(one["name"], one["county"]) for one in vetted] == [("东岭", "411522"), ("西坪", "411522")]


def test_a_file_to_vet_that_cannot_be_read_is_named_with_the_point(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "拟选.csv"
    path.write_text("名称,经度,纬度\n东岭,114.905,32.012\n西坪,东边,31.90\n", "utf-8")
    answer = run("vet", "--file", path)
    assert answer.code == 2
    assert "拟选.csv 西坪 东边 31.90" in answer.err
    book = tmp_path / "拟选.xlsx"
    book.write_bytes(b"PK\x03\x04\x00\x00")
    assert "拟选.xlsx" in run("vet", "--file", book).err


def test_the_demonstration_goes_into_a_fresh_home_and_into_no_other(run: Run, tmp_path: Path, ledger: Path) -> None:
    assert run("demo", "--no-serve", "--home", tmp_path / "demo").code == 0
    assert run("demo", "--no-serve", "--home", tmp_path / "demo").code == 0
    run("import", ledger, "--county", "411522")
    answer = run("demo", "--no-serve", "--home", tmp_path / "home")
    assert answer.code == 2 and "--home" in answer.err
    assert run("map", "-o", tmp_path / "map.html", "--home", tmp_path / "demo").code == 0


def test_english_is_english_throughout(run: Run, ledger: Path) -> None:
    for answer in (
        run("checks", "--lang", "en"),
        run("explain", "living-area", "--lang", "en"),
        run("check", "--only", "no", "--lang", "en"),
        run("--lang", "en", "--help"),
    ):
        said = re.sub(r"发改地区\s*〔2016〕2022号", "", answer.out + answer.err)
        assert not [sign for sign in said if "\u4e00" <= sign <= "\u9fff"], said


def test_every_text_of_the_terminal_has_its_english() -> None:
    import ast

    from relocation.words import translations

    english = translations("en")
    lacking = []
    for path in sorted((ROOT / "relocation" / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
                text = node.args[0].value
                if name in ("_", "N_", "gettext") and english.gettext(text) == text:
                    lacking.append(text)
    assert lacking == []


def test_every_trouble_says_both_parts_in_both_languages() -> None:
    import yaml

    wording = yaml.safe_load((ROOT / "relocation" / "store" / "troubles.yaml").read_text("utf-8"))
    for code, entry in wording.items():
        for part in ("reason", "mend"):
            assert set(entry[part]) == {"zh", "en"} and all(entry[part].values()), code


def test_a_console_of_gbk_shows_everything_without_an_error(home: Path, ledger: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONPATH": str(ROOT)}
    for command in (["import", str(ledger), "--county", "411522"], ["check"], ["findings"], ["explain", "living-area:H2"], ["findings", "--format", "json"]):
        done = subprocess.run([sys.executable, "-m", "relocation", *command], env=environment, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode("gbk")
        assert "?" not in done.stdout.decode("gbk")


def test_vetting_a_site_loads_no_frames_and_no_map(home: Path) -> None:
    probe = "import sys, relocation.cli as c; c.run(['vet', '114.9', '32.0']); print([m for m in ('pandas','geopandas','folium','flask','xlsxwriter') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_comes_without_loading_what_only_a_command_needs() -> None:
    probe = "import sys, relocation.cli as c; c.run(['--help']); print([m for m in ('sqlalchemy','geopandas','folium','flask','scipy','xlsxwriter') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert "import" in (answer := run()).out + answer.err


def test_headings_are_those_of_the_contract() -> None:
    assert set(cli.COMMANDS) == {
        "demo",
        "serve",
        "import",
        "template",
        "checks",
        "check",
        "findings",
        "explain",
        "map",
        "vet",
        "law",
        "report",
        "compare",
        "drawings",
        "user",
        "ledger",
        "evidence",
        "sample",
        "backup",
        "restore",
        "verify",
        "log",
        "status",
        "reveal",
        "key",
    }
    assert HOUSEHOLDS
