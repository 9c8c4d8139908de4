"""The ledger workbook survives a save by LibreOffice between: the same rows, the same edits, still ready to print."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from relocation.ledger.entry import Entry
from relocation.ledger.states import State
from tests.ledger.workbooks import AT, FIRST, back, edit, entry, opened, put, sent, told

ENTRIES = [
    entry(1, measure="逐户签订协议\n12月底前拆除", person="演甲"),
    entry(2, "=1+1"),
    entry(3, "000123", measure="1.50", state=State.RECTIFYING),
    entry(4, "  前后有空格  ", state=State.VERIFIED_CLOSED),
    entry(5, "第十里镇：“引号”、<括号>&符号"),
]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the command that converts files, with a profile of its own so that nobody's open window is disturbed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice (soffice) on the machine")
    return [program, f"-env:UserInstallation={tmp_path_factory.mktemp('profile').as_uri()}", "--headless", "--convert-to"]


def saved(office: list[str], path: Path, suffix: str) -> Path:
    """Return the file as LibreOffice saves it in another folder."""
    folder = path.parent / f"saved-{suffix}"
    subprocess.run([*office, suffix, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{suffix}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sent(ENTRIES, tmp_path / "台账.xlsx")


def outcomes(path: Path, entries: list[Entry] = ENTRIES) -> list[str]:
    return told(back(path, entries))


@pytest.mark.parametrize("ways", [("xlsx",), ("xls",), ("ods", "xlsx")])
def test_a_save_in_between_is_no_edit(office: list[str], path: Path, ways: tuple[str, ...]) -> None:
    for suffix in ways:
        path = saved(office, path, suffix)
    assert outcomes(path) == ["untouched"] * len(ENTRIES)


def test_an_edit_made_before_the_save_is_found_after_it(office: list[str], path: Path) -> None:
    edit(path, put(0, measure="改为1月底前拆除"))
    edit(path, put(2, state="待验收"))
    assert outcomes(saved(office, path, "xlsx")) == ["changed", "untouched", "changed", "untouched", "untouched"]


def test_what_is_hidden_locked_and_chosen_from_lists_is_so_after_the_save(office: list[str], path: Path) -> None:
    sheet = opened(saved(office, path, "xlsx"))
    assert sheet.protection.sheet
    assert all(sheet.column_dimensions[letter].hidden or sheet.column_dimensions["L"].hidden for letter in "LMN")
    assert [sheet.cell(FIRST, AT[name]).protection.locked for name in ("measure", "due_on")] == [False, True]
    assert any("待验收" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)
    assert sheet.print_title_rows == "$1:$3"


def test_it_prints_as_pages_with_the_heading_on_each(office: list[str], tmp_path: Path) -> None:
    import pypdfium2

    many = [entry(number, f"第{number}号安置点旧房拆除不到位，应拆未拆，需逐户核实并限期整改") for number in range(1, 61)]
    document = pypdfium2.PdfDocument(saved(office, sent(many, tmp_path / "长台账.xlsx"), "pdf"))
    texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    assert len(texts) > 1
    assert all("整改时限" in text and "整改状态" in text for text in texts)
    assert {number for number in range(1, 61) if any(f"第{number}号安置点" in text for text in texts)} == set(range(1, 61))
    assert all(page.get_width() > page.get_height() for page in document)
    assert not any("记录号" in text or "411522-0001" in text for text in texts)
