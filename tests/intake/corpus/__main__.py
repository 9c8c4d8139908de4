"""Prints how each file of the corpus ends now, as `expected.yaml` has it."""

import json
import sys
import tempfile
from pathlib import Path

from tests.intake.corpus import outcome
from tests.intake.corpus.every import CASES

for name, case in CASES.items():
    with tempfile.TemporaryDirectory() as folder:
        try:
            ended = outcome(case.make(Path(folder)), case.told)
        except Exception as fault:  # noqa: BLE001 - to be seen by whoever adds a file
            ended = f"!!! {type(fault).__name__} {fault}"
    sys.stdout.write(f"{json.dumps(name, ensure_ascii=False)}: {ended}\n")
    sys.stdout.flush()
