"""Files that are broken, disguised or made to hurt are refused in words or read as not whole; damage never passes for a drawing."""

import json

import pytest

from geo.drawing.read.reading import read
from geo.drawing.read.unreadable import Unreadable
from relocation.intake import jail
from tests.drawings.hostile import SOUND_FORMS, Hostile, hostile_files

FILES = {one.name: one for one in hostile_files() if not one.file.endswith(".zip")}  # archives are the intake's
SEED, BATCH, BATCHES = 2018, 70, 3


def fate(one: Hostile) -> str:
    try:
        drawing = read(one.data, one.file)
    except Unreadable:
        return "refused"
    return "read" if drawing.read_whole else "not whole"


@pytest.mark.parametrize("name", [name for name in FILES if name != "DXF called DWG"])
def test_each_file_meets_its_fate(name: str) -> None:
    found = fate(FILES[name])
    assert found == FILES[name].fate or (FILES[name].fate == "read or refused" and found in ("read", "refused", "not whole"))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_damaged_file_crashes_the_reader_or_passes_for_what_it_is_not(batch: int) -> None:
    heading = json.dumps([batch * BATCH, (batch + 1) * BATCH, SEED]).encode()
    found = json.loads(jail.call("tests.geo.drawing.mutants:outcomes", [heading], jail.Limits(cpu_seconds=120, seconds=300.0)))
    assert len(found) == BATCH
    assert {name for _, name, _, _ in found} == {name for name, _ in SOUND_FORMS}
    for number, name, cut, outcome in found:
        if name.endswith("dwg"):
            assert outcome != "another drawing", number  # its checksums tell; a changed digit of a DXF is another drawing and nobody can know
        if cut:
            assert outcome.startswith("refused") or outcome == "not whole", number
