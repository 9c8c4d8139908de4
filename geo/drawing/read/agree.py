"""Two readers, one drawing: what each found, as figures that do not depend on order, handles or how a block was resolved."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geo.drawing.model import Floats, Ints
from geo.drawing.read.encoding import unmixed
from geo.drawing.read.tags import Tags
from geo.drawing.read.unreadable import Unreadable
from geo.drawing.text import comparable, decoded, decoded_mtext

FARTHEST = 1e12
"""The largest coordinate taken: four times the largest Gauss–Krüger value in millimetres leaves room, 1e308 does not."""
POLYLINE = "POLYLINE"  # both kinds of polyline: a DWG keeps another one than the DXF made of it
_OF = {"LWPOLYLINE": POLYLINE, "TRACE": "SOLID", "3DFACE": "SOLID"}
COUNTED = ("LINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", POLYLINE, "SOLID", "TEXT", "MTEXT", "INSERT", "DIMENSION", "HATCH", "LEADER")
_KINDS = {"line": "LINE", "arc": "ARC", "circle": "CIRCLE", "ellipse": "ELLIPSE", "spline": "SPLINE", "polyline": POLYLINE, "face": "SOLID", "mesh": POLYLINE,
          "text": "TEXT", "m_text": "MTEXT", "insert": "INSERT", "dimension": "DIMENSION", "hatch": "HATCH", "leader": "LEADER"}  # fmt: skip


@dataclass
class Tally:
    """What one reader found in all spaces and block definitions, nothing put in place."""

    counts: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    length: float = 0.0  # of all LINE
    radii: float = 0.0  # of all ARC and CIRCLE
    halved: int = 0  # entities with an x that has no y, or the other way round: nobody knows where they are


def tally_of_document(document: Mapping[str, Any]) -> Tally:
    """Count what the primary reader found."""
    tally = Tally()
    lengths, radii, lines, paragraphs = list[float](), list[float](), list[str](), list[str]()
    for part in (*document["models"], *document["blocks"]):
        for entity in part["entities"]:
            kind = entity["kind"]
            what = kind["type"]
            tally.counts[_KINDS.get(what, what)] += 1
            if what == "line":
                start, end = kind["start"], kind["end"]
                lengths.append(math.hypot(end["x"] - start["x"], end["y"] - start["y"]))
            elif what in ("arc", "circle"):
                radii.append(kind["radius"])
            elif what == "text":
                lines.append(kind["value"])
            elif what == "m_text":
                paragraphs.append(kind["value"])
    tally.length, tally.radii = math.fsum(lengths), math.fsum(radii)
    tally.texts = _compared(lines, decoded) + _compared(paragraphs, decoded_mtext)
    return tally


def _compared(raws: Iterable[str], decode: Callable[[str], str]) -> Counter[str]:
    """Count texts as they are compared; most of a drawing's texts are the same few."""
    out = Counter[str]()
    for raw, count in Counter(raws).items():
        out[comparable(decode(raw))] += count
    return out


def tally_of_tags(tags: Tags, mended: bool) -> Tally:
    """Count what stands in the group codes; raises Unreadable where a coordinate is no number or out of all bounds.

    mended: whether Chinese that was written as Western letters is put right.
    """
    tally = Tally()
    graphic = np.array([section in ("ENTITIES", "BLOCKS") for section in tags.section], np.bool_)
    wanted = np.array([name in COUNTED or name in _OF or name == "VERTEX" for name in tags.names], np.bool_) & graphic
    tally.counts.update(_OF.get(name, name) for name, here in zip(tags.names, graphic.tolist(), strict=True) if here)
    owner = np.cumsum(tags.codes == 0) - 1
    inside = np.concatenate(([False], wanted))[owner + 1]
    kind = np.array(tags.names, dtype=object)
    placed = np.flatnonzero(inside & (tags.codes >= 10) & (tags.codes < 40))
    at = _bounded(tags, placed)
    if not np.isfinite(tags.floats(np.flatnonzero(inside & (tags.codes >= 40) & (tags.codes < 60)))).all():  # sizes, scales, angles
        raise Unreadable("not-finite")
    tally.halved = _halved(tags.codes[placed], owner[placed])
    tally.length = _length(at, tags.codes[placed], owner[placed], (kind == "LINE") & wanted)
    round_ = ((kind == "ARC") | (kind == "CIRCLE")) & wanted
    tally.radii = math.fsum(tags.floats(np.flatnonzero(inside & (tags.codes == 40) & round_[owner])).tolist())
    again = unmixed if mended else str
    lines, paragraphs = _raw_texts(tags, owner, (kind == "TEXT") & wanted), _raw_texts(tags, owner, (kind == "MTEXT") & wanted, whole=True)
    tally.texts = _compared(lines, lambda raw: again(decoded(raw))) + _compared(paragraphs, lambda raw: again(decoded_mtext(raw)))
    return tally


def _bounded(tags: Tags, rows: Ints) -> Floats:
    """Return the coordinates; raises Unreadable where one is no number or out of all bounds."""
    values = tags.floats(rows)
    if not np.isfinite(values).all():
        raise Unreadable("not-finite")
    if len(values) and np.abs(values).max() > FARTHEST:
        raise Unreadable("out-of-bounds", limit=FARTHEST)
    return values


def _raw_texts(tags: Tags, owner: Ints, kinds: Any, *, whole: bool = False) -> list[str]:
    """Return the texts of all entities of a kind as they are written; of a paragraph all its parts (3, then 1)."""
    if not kinds.any():
        return []
    codes = (tags.codes == 1) | (tags.codes == 3) if whole else tags.codes == 1
    rows = np.flatnonzero(codes & np.concatenate((kinds, [False]))[owner])
    parts: dict[int, list[str]] = {number: [] for number in np.flatnonzero(kinds).tolist()}
    for number, row in zip(owner[rows].tolist(), rows.tolist(), strict=True):
        parts[number].append(tags.text(row))
    return ["".join(said) if whole else said[0] if said else "" for said in parts.values()]


def _halved(codes: Ints, owner: Ints) -> int:
    uneven = np.zeros(int(owner[-1]) + 1 if len(owner) else 0, np.bool_)
    for x in range(10, 19):
        uneven |= np.bincount(owner[codes == x], minlength=len(uneven)) != np.bincount(owner[codes == x + 10], minlength=len(uneven))
    return int(np.count_nonzero(uneven))


def _length(at: Floats, codes: Ints, owner: Ints, lines: Any) -> float:
    numbers = np.flatnonzero(lines)
    if not len(numbers):
        return 0.0
    place = np.full(len(lines), -1)
    place[numbers] = np.arange(len(numbers))
    ends = np.zeros((len(numbers), 4))
    for column, code in enumerate((10, 20, 11, 21)):
        rows = np.flatnonzero((codes == code) & (place[owner] >= 0))
        ends[place[owner[rows]], column] = at[rows]
    return math.fsum(np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]).tolist())


def disagreements(one: Tally, other: Tally, kinds: Iterable[str] = COUNTED) -> tuple[str, ...]:
    """Return what two readers see differently: "LINE 120 ≠ 118", or a text that only one of them found."""
    out = [f"{kind} {one.counts[kind]} ≠ {other.counts[kind]}" for kind in kinds if one.counts[kind] != other.counts[kind]]
    out += [f"x ≠ y ×{count}" for count in (one.halved + other.halved,) if count]
    for name, here, there in (("LINE Σ", one.length, other.length), ("ARC Σ", one.radii, other.radii)):
        if not math.isclose(here, there, rel_tol=1e-6, abs_tol=1e-6):
            out.append(f"{name} {here:.6g} ≠ {there:.6g}")
    odd = sorted(((one.texts - other.texts) + (other.texts - one.texts)).items())
    return tuple(out + [f"TEXT {text[:40]} ×{count}" for text, count in odd[:10]])
