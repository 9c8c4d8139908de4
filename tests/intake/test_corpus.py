"""Every odd or hostile file of the corpus ends as expected: read, or refused by name. Nothing else may happen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.intake.corpus import outcome
from tests.intake.corpus.every import CASES

ROOT = Path(__file__).parents[2]
EXPECTED: dict[str, str] = yaml.safe_load((Path(__file__).parent / "corpus" / "expected.yaml").read_text("utf-8"))
MEMORY_BYTES, CPU_S = 3 << 30, 20


def test_every_file_has_an_expected_end_and_there_are_enough() -> None:
    assert set(CASES) == set(EXPECTED)
    assert len(CASES) >= 250


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if not case.alone))
def test_a_file_ends_as_expected(name: str, tmp_path: Path) -> None:
    assert outcome(CASES[name].make(tmp_path), CASES[name].told) == EXPECTED[name]
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.alone))
def test_a_file_that_would_abort_a_parser_ends_as_expected(name: str, tmp_path: Path) -> None:
    path = CASES[name].make(tmp_path)
    command = [sys.executable, "-W", "ignore", "-m", "tests.intake.corpus", str(path), json.dumps(dict(CASES[name].told))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, preexec_fn=_limited if sys.platform == "linux" else None)
    assert (done.returncode, done.stdout.strip()) == (0, EXPECTED[name]), done.stderr[-500:]


def _limited() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
