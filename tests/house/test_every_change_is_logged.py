"""Whoever opens a transaction that writes also appends to the log in it: a verb that forgets is found here, before an inspector misses it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT, name, python_files, tree

LOG = ("relocation.store.log", "append")
EXEMPT = {
    ("relocation.service.backing", "_filled"): "puts a backup's rows back as they were, those of the log among them; one more would make it another office",
    ("relocation.service.reference", "keep_reference"): "brings up the program's own layers, which nobody decides about and the release itself proves",
    ("relocation.service.signing", "_counted"): "counts a try; whether it was refused is logged when that is known",
    ("relocation.service.signing", "_forget"): "takes a try that was right from the count",
    ("relocation.service.signing", "_touch"): "notes that a session is in use, every minute",
    ("relocation.service.signing", "may_send"): "counts a file that was sent; what is done with it is logged then",
}
"""Functions that write and say nothing of it, each with its reason."""

Function = tuple[str, str]


def _module(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _named(path: Path) -> dict[str, Function | str]:
    """Return what a module's names stand for: a function of a module, or a module."""
    known: dict[str, Function | str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                inner = f"{node.module}.{one.name}"
                is_module = (ROOT / (inner.replace(".", "/") + ".py")).is_file()
                known[one.asname or one.name] = inner if is_module else (node.module, one.name)
    return known


def _functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give the functions of a module, methods by their own name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node


def _calls(path: Path, inside: ast.AST) -> Iterator[Function]:
    known, here = _named(path), _module(path)
    for node in ast.walk(inside):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            found = known.get(called.id, (here, called.id))
            if isinstance(found, tuple):
                yield found
        elif isinstance(called, ast.Attribute):
            of = known.get(called.value.id) if isinstance(called.value, ast.Name) else None
            yield (of, called.attr) if isinstance(of, str) else (here, called.attr)


FILES = [path for path in python_files("relocation") if "/migrations/" not in name(path)]
CALLED = {(_module(path), called): set(_calls(path, node)) for path in FILES for called, node in _functions(path)}


def _reaches_the_log(start: set[Function]) -> bool:
    seen, waiting = set[Function](), list(start)
    while waiting:
        one = waiting.pop()
        if one == LOG:
            return True
        if one not in seen:
            seen.add(one)
            waiting += CALLED.get(one, ())
    return False


def _writers() -> Iterator[tuple[Function, Path, ast.With]]:
    """Give every block of the verbs, pages and commands that opens a transaction that writes."""
    for path in FILES:
        if name(path).startswith("relocation/store/"):
            continue
        for called, function in _functions(path):
            for node in ast.walk(function):
                if isinstance(node, ast.With) and any(_opens(item.context_expr) for item in node.items):
                    yield (_module(path), called), path, node


def _opens(expression: ast.expr) -> bool:
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "writing" for node in ast.walk(expression))


def test_every_block_that_writes_appends_to_the_log() -> None:
    silent = [f"{name(path)}:{block.lineno} {writer[1]}" for writer, path, block in _writers() if not _reaches_the_log(set(_calls(path, block)))]
    exempt = {f"{module.rpartition('.')[2]}.py {function}" for module, function in EXEMPT}
    assert [one for one in silent if f"{one.partition(':')[0].rpartition('/')[2]} {one.rpartition(' ')[2]}" not in exempt] == []


def test_what_is_exempt_still_writes_without_a_word() -> None:
    quiet = {writer for writer, path, block in _writers() if not _reaches_the_log(set(_calls(path, block)))}
    assert quiet == set(EXEMPT)


def test_the_search_finds_a_verb_that_forgets(tmp_path: Path) -> None:
    block = ast.parse("with store.writing() as connection:\n    files.advance(connection, 'records')\n").body[0]
    assert isinstance(block, ast.With)
    assert _opens(block.items[0].context_expr)
    assert not _reaches_the_log({("relocation.store.files", "advance")})
    assert _reaches_the_log({("relocation.service.drawings.rows", "keep_rows")})
