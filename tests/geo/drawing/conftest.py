"""The words by which the tests' drawings are understood: the shipped ones."""

from pathlib import Path

import pytest
import yaml

from geo.drawing.plan.naming import Naming

NAMES = Path(__file__).parents[3] / "data" / "reference" / "drawing_names.yaml"


@pytest.fixture(scope="session")
def naming() -> Naming:
    return Naming.made(yaml.safe_load(NAMES.read_text("utf-8")))
