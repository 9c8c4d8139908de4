"""The verifier that is given away: plain Python from 3.8 on, nothing of this program, no library."""

import ast
import sys
from pathlib import Path

import pytest

from relocation.evidence import verifier

SOURCE = Path(verifier.__file__).read_text("utf-8")


def test_it_is_written_in_the_grammar_of_python_3_8() -> None:
    ast.parse(SOURCE, feature_version=(3, 8))


def test_its_annotations_are_not_evaluated_and_it_imports_the_standard_library_only() -> None:
    imported = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {one.name for node in imported if isinstance(node, ast.Import) for one in node.names} | {
        str(node.module) for node in imported if isinstance(node, ast.ImportFrom)
    }
    assert "__future__" in names
    assert names <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"[]\n", b"{}\n", b"not json\n", b"\xff\xfe\n", b'{"entries":0,"format":"relocation-log/9","head":""}\n', b"[" * 100_000]
)
def test_what_is_no_exported_log_is_told_and_never_a_traceback(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(data)
    assert verifier.main([str(path)]) == 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.main([str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().out


def test_every_word_stands_in_both_languages_with_the_same_places() -> None:
    assert not [code for code, (zh, en) in verifier.WORDS.items() if zh.count("%s") != en.count("%s")]
