"""Nothing in the repository points at somebody's machine, a registry, or a living person."""

import re
from datetime import date

from tests.house.sources import ROOT, texts, workbook_texts

# Prefixes that tests may use as made-up folders ("/home/county") are fine; a path into a real one is not.
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|Users/\w+|home/(?!county\b)\w+)/[\w.-]+|[A-Z]:\\Users\\\w+")
REGISTRY = re.compile(r"files\.pythonhosted|pypi\.org/simple|registry\.npmjs|--(?:extra-)?index-url[= ]\S|--trusted-host")

ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")
FICTIONAL_AREAS = ("99",)
"""No province has this code, so an ID number that begins with it belongs to nobody."""


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    here = "tests/house/"
    assert not [f"{where}: {found.group()}" for where, text in texts() if not where.startswith(here) for found in MACHINE.finditer(text)]


def test_no_file_names_a_package_registry() -> None:
    here = "tests/house/"
    assert not [f"{where}: {found.group()}" for where, text in texts() if not where.startswith(here) for found in REGISTRY.finditer(text)]


def test_every_constraint_is_an_exact_pin_without_an_index() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert not [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.]+(?: ; .+)?", line)]
    names = [line.partition("==")[0] for line in lines]
    assert names == sorted(set(names)), "one name pinned twice cannot be installed at all"


def is_dated(number: str) -> bool:
    """Tell whether digits 7 to 14 are a day of a lifetime, as in every real ID number."""
    try:
        return date(1900, 1, 1) <= date(int(number[6:10]), int(number[10:12]), int(number[12:14])) <= date(2030, 1, 1)
    except ValueError:
        return False


def test_every_id_number_in_the_repository_is_fictional() -> None:
    real = [
        f"{where}: {found.group()[:6]}…"
        for where, text in (*texts(), *workbook_texts())
        for found in ID_NUMBER.finditer(text)
        if is_dated(found.group()) and not found.group().startswith(FICTIONAL_AREAS)
    ]
    assert not real
