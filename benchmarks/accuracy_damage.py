"""What becomes of damaged drawings: nothing may pass on one but what the sound drawing says. Run as `python -m benchmarks.accuracy_damage [COUNT]`.

The sound drawing is a unit type exactly at the limit (75 m² for three persons), written as DXF, binary DXF and DWG of four versions. Bytes are
changed, pieces taken out, doubled or cut off, the same damage every time. Each file goes the way of a stranger's file, in a process of its own.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from checks.verdict import Outcome
from geo.drawing.plan.understanding import understand
from relocation.intake.drawings import read_drawing
from relocation.intake.refusal import Unusable
from relocation.service.drawings.facts import Understood
from relocation.service.drawings.judging import Bench, types_judged
from relocation.service.drawings.names import shipped
from relocation.service.reference import instruments
from tests.drawings.hostile import digit_slips, mutations
from tests.drawings.unit_types import C

COUNT, SLIPS = 1000, 200
SOUND_M2 = C.gross_m2
REMAINS = """What this cannot rule out: a digit changed inside a file that stays sound is another drawing, and is judged as one. It is held to what
the sheet says elsewhere: a written area, which at the limit bears out the outline to within rounding, and the second reader."""


def fate(number: int, name: str, data: bytes) -> str:
    """Return what becomes of one damaged file."""
    bench = Bench(date(2026, 11, 24), instruments(), given={"county": "990100", "approved_on": date(2017, 4, 1), "registered_poor": True})
    with tempfile.TemporaryDirectory(prefix="relocation-damage-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            drawing = read_drawing(path, name)
        except Unusable as unusable:
            return f"refused: {unusable.refusal.code}"
    of = Understood(drawing, understand(drawing, shipped()))
    judged = [one.shown.old for one in types_judged(of, of, bench) if one.design is not None and one.design.outcome is Outcome.PASS]
    if not judged:
        return "read, and nothing passes"
    area = next((side.gross_m2 for side in judged if side and side.gross_m2 is not None), 0.0)
    return "read, and passes with the sound drawing's own area" if abs(area - SOUND_M2) < 1e-4 else f"MISS {number}: {area:.2f} m²"


def report(count: int = COUNT, slips: int = SLIPS) -> list[str]:
    """Return the lines of the report."""
    damaged = _told(f"{count} damaged files", mutations(count))
    return [*damaged, "", *_told(f"{slips} files with one digit of a coordinate changed", digit_slips(slips)), "", REMAINS]


def _told(what: str, files: Iterable[tuple[str, bytes]]) -> list[str]:
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        found = Counter(pool.map(lambda one: fate(one[0], *one[1]), enumerate(files)))
    missed = sum(n for fated, n in found.items() if fated.startswith("MISS"))
    lines = [f"{n:5d}  {fated}" for fated, n in sorted(found.items(), key=lambda one: (-one[1], one[0]))]
    return [f"{what}; passed with another area than the sound one's: {missed}", "", *lines]


if __name__ == "__main__":
    print("\n".join(report(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)))
