"""Every odd or hostile file of the corpus ends as expected: read, or refused by name. Nothing else may happen."""

from pathlib import Path

import pytest
import yaml

from tests.intake.corpus import outcome
from tests.intake.corpus.every import CASES

EXPECTED: dict[str, str] = yaml.safe_load((Path(__file__).parent / "corpus" / "expected.yaml").read_text("utf-8"))


def test_every_file_has_an_expected_end_and_there_are_enough() -> None:
    assert set(CASES) == set(EXPECTED)
    assert len(CASES) >= 250


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_file_ends_as_expected(name: str, tmp_path: Path) -> None:
    # In the reading process, as the program reads: a parser that aborts or eats memory would end as `reading-died` and harm nobody.
    assert outcome(CASES[name].make(tmp_path), CASES[name].told) == EXPECTED[name]
    assert not (tmp_path.parent / "evil").exists()
