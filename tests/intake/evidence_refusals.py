"""What provokes each refusal of a file that is shown as proof."""

from collections.abc import Callable, Mapping
from pathlib import Path

from relocation.intake import Refusal, Unusable, jail
from relocation.intake.evidence import read_evidence
from tests.evidence.hostile import CASES, noisy
from tests.evidence.photos import photo

Provoke = Callable[[Path], list[Refusal]]


def evidence(name: str, data: Callable[[], bytes], limits: jail.Limits | None = None) -> Provoke:
    """Provoke by a file's bytes."""

    def provoke(folder: Path) -> list[Refusal]:
        (folder / name).write_bytes(data())
        try:
            read_evidence(folder / name, name, limits)
        except Unusable as unusable:
            return [unusable.refusal]
        return []

    return provoke


EVIDENCE: Mapping[str, Provoke] = {
    **{code: evidence(name, data) for name, data, code in CASES.values()},
    "evidence-long": evidence("a.jpg", photo, jail.Limits(seconds=0.01)),
    "evidence-memory": evidence("a.png", lambda: noisy(7000), jail.Limits(memory_bytes=480 << 20)),
    "evidence-died": evidence("a.jpg", photo, jail.Limits(file_bytes=10)),
}
