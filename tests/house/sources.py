"""The files the house rules read: what git would take, parsed once."""

import ast
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("relocation", "checks", "geo")
PYTHON_FOLDERS = (*OURS, "data", "tests", "benchmarks")
TEXT = {".py", ".yaml", ".md", ".html", ".css", ".js", ".txt", ".toml", ".csv", ".po", ".json", ".geojson", ".mako", ".svg", ""}


@cache
def kept_files() -> tuple[Path, ...]:
    """Return every file that is or would be committed; outside a git checkout, every file that is no cache."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """Return the Python files under those top folders (all of them by default)."""
    return [path for path in kept_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in (folders or PYTHON_FOLDERS)]


def texts() -> Iterator[tuple[str, str]]:
    """Give every kept text file: its name from the root, its text."""
    for path in kept_files():
        if path.suffix in TEXT:
            yield name(path), path.read_text(encoding="utf-8", errors="replace")


def workbook_texts() -> Iterator[tuple[str, str]]:
    """Give the inside of every kept workbook: its name, its parts one after the other."""
    for path in kept_files():
        if path.suffix == ".xlsx" and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as workbook:
                parts = [part for part in workbook.namelist() if part.endswith(".xml")]
                yield name(path), "\n".join(workbook.read(part).decode("utf-8", "replace") for part in parts)


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    """Return the file's name as seen from the root."""
    return path.relative_to(ROOT).as_posix()
