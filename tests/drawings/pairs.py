"""Sixty pairs of drawings with planted differences, half of them with a forged past, and forty pairs without any difference."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from tests.drawings import copies
from tests.drawings.dwg import dwg
from tests.drawings.pasts import FORGED, HONEST, Story
from tests.drawings.planting import (
    Box,
    Expected,
    Plant,
    added,
    changed_boxes,
    deleted_wall,
    dropped_opening,
    edited,
    moved_door,
    moved_outer_wall,
    moved_wall,
    overridden,
    replaced_type,
    retitled,
    reworded,
    swapped_labels,
)
from tests.drawings.sheets import Layout, Sheet, moved, sheet
from tests.drawings.strokes import Arc, Fill, Line, Put, Similarity
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import TYPES, A, B, C, D, E
from tests.drawings.writing import Form, dxf

PLAIN, POLY = Manner(), Manner(walls="polyline")
FULL = Manner(columns="frame", hatched=True, furniture=True)
CLEAR = Similarity()


@dataclass(frozen=True)
class Side:
    """One file of a pair: its sheet, its form, and whether it is DWG."""

    sheet: Sheet
    form: Form
    dwg: bool = False

    @property
    def name(self) -> str:
        """File name with the right ending."""
        return "drawing.dwg" if self.dwg else "drawing.dxf"

    @property
    def data(self) -> bytes:
        """The file."""
        return dwg(self.sheet, self.form) if self.dwg else dxf(self.sheet, self.form)


@dataclass(frozen=True)
class Pair:
    """Two files, what must be found between them, and where anything may be found at all (boxes in mm of the old drawing)."""

    name: str
    kind: str
    old: Side
    new: Side
    expected: tuple[Expected, ...]
    allowed: tuple[Box, ...]
    forged: bool | None = None


@cache
def plants() -> tuple[Plant, ...]:
    """Return the sixty planted differences."""
    return (*_walls(), *_openings(), *_words(), *_strokes())


def _walls() -> Iterator[Plant]:
    for by in (5, 20, 100, 300):
        yield moved_wall(C, "x", 3540, by, PLAIN)
    for by in (10, 50, -200):
        yield moved_wall(B, "y", 3540, by, POLY)
    yield moved_wall(D, "x", 8160, 600, PLAIN)
    yield moved_wall(D, "x", 8160, 1000, FULL)
    yield moved_wall(A, "x", 1840, 5, FULL)
    yield moved_wall(A, "x", 1840, 100, PLAIN)
    yield moved_wall(E, "x", 7060, 20, PLAIN)
    yield moved_wall(E, "x", 7060, 400, POLY)
    for unit, by in ((A, 600), (B, 5), (C, 100), (C, 600), (D, -300)):
        yield moved_outer_wall(unit, by, PLAIN)
    yield deleted_wall(C, "主卧", "次卧", PLAIN)
    yield deleted_wall(B, "主卧", "次卧", FULL)
    yield deleted_wall(D, "卫生间", "储藏室", PLAIN)
    yield deleted_wall(C, "卫生间", "书房", POLY)
    yield deleted_wall(A, "厨房", "卫生间", PLAIN)


def _openings() -> Iterator[Plant]:
    for unit, which, by in ((C, 3, 300), (B, 4, 50), (D, 4, -600), (A, 4, 100), (C, 10, 200), (B, 7, -100), (D, 11, 500)):
        yield moved_door(unit, which, by, PLAIN)
    for unit, which in ((C, 11), (D, 9), (B, 9)):
        yield dropped_opening(unit, which, FULL if unit is B else PLAIN)


def _words() -> Iterator[Plant]:
    yield swapped_labels(sheet((C,)), "主卧", "次卧")
    yield swapped_labels(sheet((D,), FULL), "厨房", "卫生间")
    yield swapped_labels(sheet((B,), POLY), "客厅", "厨房")
    for unit, which, text in ((C, 0, "9700"), (B, 1, "6000"), (D, 2, "3600"), (A, 0, "4800"), (E, 1, "7200")):
        yield overridden(sheet((unit,)), which, text)
    yield reworded("area text edited", sheet((C,)), "11.88㎡", "10.88㎡", ("area", "text"))
    yield reworded("area text edited", sheet((D,), FULL), "20.16㎡", "18.16㎡", ("area", "text"))
    yield reworded("area text edited", sheet((C,)), "建筑面积：75.00㎡", "建筑面积：72.00㎡", ("area", "text"))
    yield reworded("area text edited", sheet((B,), POLY), "建筑面积：50.00㎡", "建筑面积：49.50㎡", ("area", "text"))
    yield reworded("persons edited", sheet((C,)), "居住人数：3人", "居住人数：4人", ("text",))
    for before, after in (("C户型平面图 1:100", "B户型平面图 1:100"), ("C户型平面图 1:100", "C1户型平面图 1:100")):
        yield reworded("unit label edited", sheet((C,)), before, after, ("text", "room"))
    yield reworded("room renamed", sheet((C,)), "书房", "卧室", ("room", "text"))
    yield reworded("room renamed", sheet((D,)), "储藏室", "卧室二", ("room", "text"))
    for old, new in ((C, D), (B, C), (D, E)):
        yield replaced_type(old, new, PLAIN)


def _strokes() -> Iterator[Plant]:
    full, plain = sheet((C,), FULL), sheet((C,))
    bed = [one for one in full.strokes if isinstance(one, Put) and one.block == "BED"]

    def shifted(one: Put) -> Put:
        return replace(one, at=(one.at[0] + 800, one.at[1] + 150))

    yield edited("block moved", full, lambda one: one is bed[0], lambda _: shifted(bed[0]), ("moved",), ("block",))
    yield edited("block removed", full, lambda one: one is bed[1], lambda _: None, ("removed",), ("block",))
    yield edited("hatch removed", full, lambda one: isinstance(one, Fill), lambda _: None, ("removed",), ("hatch",))
    partition = Line("wall", (6000.0 + 3660, 14500.0 + 5000), (6000.0 + 7060, 14500.0 + 5000))
    yield added("line added", plain, partition, ("wall", "line"))
    yield added("line added", sheet((B,), POLY), Line("furniture", (6000.0 + 4000, 14500.0 + 800), (6000.0 + 5600, 14500.0 + 1700)), ("line",))
    bubble = next(one for one in plain.strokes if isinstance(one, Arc) and one.role == "axis_bubble")
    opened = next(one for one in sheet((A,), Manner(swing="loose")).strokes if isinstance(one, Arc) and one.role == "door")
    loose = sheet((A,), Manner(swing="loose"))
    yield edited("arc resized", loose, lambda one: one == opened, lambda _: replace(opened, radius=opened.radius - 100), ("changed",), ("arc", "opening"))
    yield edited("circle resized", plain, lambda one: one is bubble, lambda _: replace(bubble, radius=450.0), ("changed",), ("arc",))


LAID = (
    Similarity(), Similarity(dx=50, dy=-30), Similarity(turned_deg=90.0, dx=4000.0), Similarity(), Similarity(scale=0.001),
    Similarity(mirrored=True, dx=60000.0), Similarity(turned_deg=7.3, dx=123456.0, dy=-654321.0), Similarity(),
)  # fmt: skip
"""How the new drawing of a pair may lie beside the old one."""


@cache
def planted_pairs() -> tuple[Pair, ...]:
    """Return the sixty pairs: odd ones have a forged past, every fourth new drawing is written by another hand."""
    made = []
    told = {True: 0, False: 0}
    for number, plant in enumerate(plants()):
        forged = number % 2 == 1
        story = (FORGED if forged else HONEST)[told[forged] % len(FORGED if forged else HONEST)]
        told[forged] += 1
        made.append(_told(number, plant, story))
    return tuple(made)


def _told(number: int, plant: Plant, story: Story) -> Pair:
    old, new = (retitled(one, Layout(), title) for one, title in ((plant.old, story.old_title), (plant.new, story.new_title)))
    by = LAID[number % len(LAID)]
    laid = moved(new, by)
    version = ("R2010", "R2004", "R2018", "R2000")[number % 4]
    form = Form(version=version, naming=("chinese", "tianzheng", "english", "bound")[number % 4], texts="MTEXT" if number % 5 == 4 else "TEXT", past=story.new)
    as_dwg = number % 6 == 3
    name = f"{number + 1:02d} {plant.kind}" + (f" {plant.amount_mm:.0f} mm" if plant.amount_mm else "")
    old_form = Form(naming=form.naming if number % 3 else "chinese", past=story.old)
    return Pair(name, plant.kind, Side(old, old_form), Side(laid, form, as_dwg), plant.expected, changed_boxes(old, new), story.forged)


@cache
def unchanged_pairs() -> tuple[Pair, ...]:
    """Return the forty pairs without a difference."""
    told = HONEST[0]
    made = []
    for number, (name, old, new, form, as_dwg) in enumerate(_copies(), start=1):
        made.append(
            Pair(f"{number:02d} {name}", name.split(":")[0], Side(old, Form(past=told.old)), Side(new, replace(form, past=told.new), as_dwg), (), (), None)
        )
    return tuple(made)


def _copies() -> Iterator[tuple[str, Sheet, Sheet, Form, bool]]:
    chance = Random(20170305)  # noqa: S311 - the same shuffles every time, nothing secret
    plain = {name: sheet((unit,)) for name, unit in TYPES.items()}
    full = sheet((C, A), FULL)
    for name in "AD":
        yield f"re-saved: {name}", plain[name], plain[name], Form(), False
    for name in "BE":
        yield f"re-ordered: {name}", plain[name], copies.shuffled(plain[name], chance), Form(), False
    for name, change in (("lines reversed", copies.reversed_lines), ("lines split", copies.split_lines), ("lines overlapped", copies.overlapped)):
        yield f"{name}: C", plain["C"], change(plain["C"], chance), Form(), False
        yield f"{name}: full", full, change(full, chance), Form(), False
    for by in (Similarity(dx=50.0), Similarity(dx=-1234567.0, dy=7654321.0), Similarity(dx=0.4, dy=0.3)):
        yield f"translated: {by.dx:.1f}, {by.dy:.1f}", full, moved(full, by), Form(), False
    for turn in (90.0, 7.3, 180.0, 33.0):
        yield f"rotated: {turn}°", plain["C"], moved(plain["C"], Similarity(turned_deg=turn, dx=3000)), Form(), False
    for turn in (0.0, 90.0):
        yield f"mirrored: {turn}°", full, moved(full, Similarity(mirrored=True, turned_deg=turn, dx=70000)), Form(), False
    for scale, name in ((0.001, "metres"), (0.1, "centimetres")):
        yield f"scaled: {name}", plain["D"], moved(plain["D"], Similarity(scale=scale)), Form(), False
    yield "scaled: metres, header lies", plain["D"], moved(plain["D"], Similarity(scale=0.001)), Form(header_unit=4), False
    yield from _encodings(plain["C"], full)
    yield "exploded: C", plain["C"], copies.exploded(plain["C"]), Form(), False
    yield "exploded: full", full, copies.exploded(full), Form(), False
    yield "put in a block: D", plain["D"], sheet((D,), None, Layout(in_block=True)), Form(), False
    yield "layers renamed: full", full, full, Form(naming="english"), False
    yield "jittered: 0.3 mm", plain["B"], copies.jittered(plain["B"], chance, 0.3), Form(), False
    yield "rounded: 1 mm", full, copies.rounded(full, 1.0), Form(), False


def _encodings(plain: Sheet, full: Sheet) -> Iterator[tuple[str, Sheet, Sheet, Form, bool]]:
    yield "re-encoded: GBK", plain, plain, Form(version="R2000"), False
    yield "re-encoded: GBK called Western", plain, plain, Form(version="R2000", codepage="ANSI_1252", encoding="gbk"), False
    yield "re-encoded: gb2312", plain, plain, Form(version="R2004", codepage="gb2312", encoding="gbk"), False
    yield "re-encoded: \\U+", plain, plain, Form(version="R2000", escape="unicode"), False
    yield "re-encoded: \\M+5", plain, plain, Form(version="R2000", escape="multibyte"), False
    yield "re-encoded: m² spelt out", plain, plain, Form(square="m\u00b2"), False
    yield "re-encoded: MTEXT", full, full, Form(texts="MTEXT"), False
    yield "re-encoded: binary", plain, plain, Form(binary=True), False
    yield "re-encoded: R12", plain, plain, Form(version="R12"), False
    for version in ("R2000", "R2004", "R2018"):
        yield f"re-encoded: DWG {version}", full, full, Form(version=version), True
