"""Damaged copies of sound drawings, read one after the other in a process that may be lost: what becomes of each."""

import json
from functools import cache

from geo.drawing.read.reading import read
from geo.drawing.read.unreadable import Unreadable
from tests.drawings.dwg import dwg
from tests.drawings.hostile import SOUND_FORMS, mutations
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import C
from tests.drawings.writing import dxf
from tests.geo.drawing.truth import Truth, of_drawing


@cache
def sound(number: int) -> tuple[bytes, Truth]:
    """Return a sound file and what it holds."""
    name, form = SOUND_FORMS[number]
    data = (dwg if name.endswith("dwg") else dxf)(sheet((C,)), form)
    return data, of_drawing(read(data, name))


def outcomes(heading: bytes) -> bytes:
    """Read mutants `first` to `last` of a seed; return [number, name, whether only cut off, what became of it] of each."""
    first, last, seed = json.loads(heading)
    found = []
    for number, (name, data) in enumerate(mutations(last, seed)):
        if number >= first:
            whole, truth = sound(number % len(SOUND_FORMS))
            found.append([number, name, len(data) < len(whole) and whole.startswith(data), _outcome(data, name, truth)])
    return json.dumps(found).encode()


def _outcome(data: bytes, name: str, truth: Truth) -> str:
    try:
        drawing = read(data, name)
    except Unreadable as unreadable:
        return f"refused: {unreadable.key}"
    if not drawing.read_whole:
        return "not whole"
    return "whole" if of_drawing(drawing) == truth else "another drawing"
