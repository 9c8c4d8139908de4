"""pyproject.toml declares exactly what the program imports: no more to install, nothing that only happens to be there."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.house.sources import OURS, ROOT, python_files, tree

NOT_IMPORTED = {
    "xstatic-leaflet": "files of the map, found through the distribution's record",
    "acadsharp-native": "the library that acadsharp loads",
    "pylopdf-fonts-zh-cn": "two fonts, found as the package's files",
}


def plain(name: str) -> str:
    """Return a distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {plain(re.split(r"[\[<>=!~ ;]", need)[0]) for need in project["dependencies"]}


def imported() -> set[str]:
    """Return the distributions whose modules the program imports anywhere, also inside functions."""
    modules: set[str] = set()
    for path in python_files(*OURS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.partition(".")[0])
    others = modules - set(OURS) - sys.stdlib_module_names
    homes = packages_distributions()
    return {plain(homes[module][0]) for module in others if module in homes} | {module for module in others if module not in homes}


def test_every_imported_distribution_is_declared() -> None:
    assert not imported() - declared()


def test_every_declared_distribution_is_imported() -> None:
    assert not declared() - imported() - set(NOT_IMPORTED)
