"""Makes odd and hostile files, small and always the same, and says in `expected.yaml` how reading each must end.

`python -m tests.intake.corpus` prints how each ends now, for those who add a file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from relocation.intake import Unusable, read_all

Make = Callable[[Path], Path]


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the corpus and what is said beside it."""

    make: Make
    told: Mapping[str, Any] = field(default_factory=dict)


def put(name: str, content: bytes) -> Make:
    """Return what writes those bytes under that name."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def outcome(path: Path, told: Mapping[str, Any]) -> str:
    """Return "ok", or the codes of the refusals, sorted. Any other exception is a fault of ours and passes through."""
    try:
        found = sorted({refusal.code for one in read_all(path, **told) for refusal in one.refusals})
    except Unusable as unusable:
        found = [unusable.refusal.code]
    return " ".join(found) or "ok"
