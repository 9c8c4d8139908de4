"""Finds every stem by walking the families: a check is added by adding its two files, and by nothing else."""

from functools import cache
from importlib import import_module
from pathlib import Path

from checks.check import Check, Rule, page_of
from checks.sheet import SheetError, read_sheet

_HERE = Path(__file__).parent


@cache
def checks() -> dict[str, Check]:
    """Return every check by its id, family by family. SheetError for a sheet that cannot be used."""
    found = {}
    for sheet in sorted(_HERE.glob("*/*.yaml")):
        check = _check(sheet)
        found[check.id] = check
    return found


@cache
def former_ids() -> dict[str, str]:
    """Return old ids and what the check is called now."""
    return {old: check.id for check in checks().values() for old in check.sheet.formerly}


def check_by_id(id: str) -> Check:
    """Return the check of that id, present or former; KeyError when there is none."""
    return checks()[former_ids().get(id, id)]


def _check(path: Path) -> Check:
    family, stem = path.parent.name, path.stem
    module = import_module(f"checks.{family}.{stem}")
    rules = tuple(value for value in vars(module).values() if isinstance(value, Rule))
    if not rules:
        raise SheetError(path.name, stem, f"a rule in {family}/{stem}.py")
    return Check(stem.replace("_", "-"), family, read_sheet(path), rules, page_of(module.__doc__))
