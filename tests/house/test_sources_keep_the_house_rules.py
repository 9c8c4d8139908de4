"""Rules of the house that no linter knows. Each assertion lists the places that break one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import OURS, ROOT, kept_files, name, python_files, texts, tree

LONGEST_FILE_LINES, LONGEST_FUNCTION_LINES = 350, 45
REVISIONS = "relocation/store/migrations/versions/"  # one long list of columns each, frozen once released
VAGUE = {"base", "common", "core", "handler", "handlers", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
ROOT_FOLDERS = {"relocation", "geo", "checks", "templates", "data", "tests", "benchmarks", ".ci"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_source_file_is_longer_than_350_lines() -> None:
    read = [path for path in python_files() if not name(path).startswith(REVISIONS)]
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in read}
    assert not {where: lines for where, lines in lengths.items() if lines > LONGEST_FILE_LINES}


def test_no_function_is_longer_than_45_lines() -> None:
    read = [path for path in python_files() if not name(path).startswith(REVISIONS)]
    spans = {f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1 for path in read for node in functions(path)}
    assert not {where: lines for where, lines in spans.items() if lines > LONGEST_FUNCTION_LINES}


def test_every_module_and_folder_is_named_after_what_it_holds() -> None:
    assert not [name(path) for path in python_files() if VAGUE & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}]


def test_the_root_holds_only_the_folders_of_the_design() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in kept_files() if len(path.relative_to(ROOT).parts) > 1} <= ROOT_FOLDERS


def test_nothing_calls_explore_because_it_compiles_table_text_as_a_template() -> None:
    calls = [
        f"{name(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "explore"
    ]
    assert not calls


SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|DROP\s|ALTER\s|CREATE\s+(TABLE|INDEX|UNIQUE))\b", re.IGNORECASE | re.DOTALL
)


def put_together(node: ast.AST) -> str:
    """Return the fixed parts of a text that is put together from pieces, "" for any other expression."""
    if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
        return "?".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add) and isinstance(node.left, ast.Constant):
        return str(node.left.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format" and isinstance(node.func.value, ast.Constant):
        return str(node.func.value.value)
    return ""


def test_no_sql_is_put_together_from_text() -> None:
    # Each puts in names of our own tables and fixed conditions, never a value: bulk speaks to the driver for speed, scoping and seeing make views, which take no parameters.
    allowed = {"relocation/store/bulk.py", "relocation/store/scoping.py", "relocation/store/seeing.py"}
    read = [path for path in python_files(*OURS) if name(path) not in allowed]
    expressions = [(path, node) for path in read for node in ast.walk(tree(path)) if isinstance(node, ast.expr)]
    assert not [f"{name(path)}:{node.lineno}" for path, node in expressions if SQL.match(put_together(node))]


@pytest.mark.parametrize("statement", ['f"SELECT * FROM {table}"', '"DELETE FROM site WHERE code = %s" % code', '"select a from {}".format(table)'])
def test_the_search_for_put_together_sql_finds_it(statement: str) -> None:
    assert SQL.match(put_together(ast.parse(statement, mode="eval").body))


def pages() -> Iterator[tuple[str, str]]:
    """Give every shipped template, script and style."""
    return ((where, text) for where, text in texts() if where.startswith("templates/") and where.endswith((".html", ".js", ".css", ".svg", ".txt", ".xml")))


def test_no_template_marks_text_as_safe() -> None:
    unsafe = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false")
    assert not [f"{where}: {found.group()}" for where, text in pages() for found in unsafe.finditer(text)]


def test_no_page_loads_anything_from_another_host() -> None:
    foreign = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import|\b(?:fetch|import)\(\s*["'](?:https?:)?//""")
    assert not [f"{where}: {found.group()}" for where, text in pages() for found in foreign.finditer(text)]


def test_no_page_has_script_in_an_attribute_because_the_policy_forbids_it() -> None:
    inline = re.compile(r"""<[^>{]*\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE)
    assert not [f"{where}: {found.group()}" for where, text in pages() if where.endswith(".html") for found in inline.finditer(text)]
