"""Title blocks (图签): from a block's attributes by their tags, and from ruled cells in which a label stands beside its value.

What was not found stays empty; a name is never guessed from ink.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from geo.drawing.dwelling import TitleBlock
from geo.drawing.model import Drawing, Floats, Insert
from geo.drawing.plan.cells import Cells, cells_of
from geo.drawing.plan.naming import TAG_ROLES, Naming
from geo.drawing.plan.plumb import QUARTER, Axes

FEWEST = 3
"""So many different fields make a title block; a schedule of doors may have two of the words."""
MOST_LABELS = 400
"""So many labels of title blocks are read in one space: those of forty sheets."""
_SIGNED = ("designer", "checker", "approver")
_NEAR = 30.0
"""Labels of one title block are nearer to each other than this many heights of their letters."""
_PICTURES = ("IMAGE", "OLE2FRAME", "OLEFRAME", "WIPEOUT", "ACAD_PROXY_ENTITY")


@dataclass(frozen=True)
class Titles:
    """The title blocks of a drawing, and the rows of Drawing.texts that belong to them."""

    blocks: tuple[TitleBlock, ...] = ()
    texts: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Found:
    """One title block: its fields, its corners in straight axes, its texts and its space."""

    said: Mapping[str, str]
    box: tuple[float, float, float, float]
    texts: frozenset[int]
    space: int
    axes: Axes


def titles_of(drawing: Drawing, naming: Naming, axes: Axes, metres: float | None) -> Titles:
    """Return the title blocks of model and paper space, left to right.

    axes: straight axes of model space, in drawing units. metres: of one drawing unit; None where it is not known, and then no
    place is told.
    """
    found: list[_Found] = []
    for space, kind in enumerate(drawing.spaces):
        here = _as_read(drawing, naming, replace(axes, angle=0.0) if kind.paper else axes, space)
        apart = [*_attributed(drawing, naming, here, space), *_ruled(drawing, naming, here, space)]
        found += _merged(apart)
    seals = _seals(drawing, naming, found)
    blocks = tuple(_block(drawing, one, seals.get(row, ()), metres) for row, one in enumerate(found))
    return Titles(blocks, frozenset(row for one in found for row in one.texts))


def _as_read(drawing: Drawing, naming: Naming, axes: Axes, space: int) -> Axes:
    """Return the axes turned by right angles until most labels of title blocks read from left to right."""
    turns = [
        round((text.rotation - axes.angle) / QUARTER) % 4
        for text in drawing.texts
        if int(drawing.entities.space[text.of]) == space and naming.tag_role(text.value)
    ]
    return replace(axes, angle=axes.angle + QUARTER * max(range(4), key=turns.count)) if turns else axes


def _attributed(drawing: Drawing, naming: Naming, axes: Axes, space: int) -> list[_Found]:
    found = []
    for insert in drawing.inserts:
        if int(drawing.entities.space[insert.of]) != space:
            continue
        said: dict[str, str] = {}
        for tag, value in insert.attributes.items():
            role = naming.tag_role(tag)
            if role and not said.get(role):
                said[role] = value.strip()
        if len(said) >= FEWEST:
            rows = frozenset(row for row, text in enumerate(drawing.texts) if text.tag and _same_block(drawing, text.of, insert))
            at = axes.local(np.array([(insert.x, insert.y), *((drawing.texts[row].x, drawing.texts[row].y) for row in rows)]))
            found.append(_Found(_signed(said, ()), _box(at), rows, space, axes))
    return found


def _same_block(drawing: Drawing, of: int, insert: Insert) -> bool:
    return of == insert.of or drawing.entities.handle[of] == drawing.entities.handle[insert.of] != ""


def _ruled(drawing: Drawing, naming: Naming, axes: Axes, space: int) -> list[_Found]:
    cells = cells_of(drawing, axes, space)
    labels: list[tuple[int, str, str]] = []  # text, role, value in the text itself
    for row in cells.texts:
        label, colon, value = drawing.texts[row].value.replace("：", ":").partition(":")
        role = naming.tag_role(label if colon else drawing.texts[row].value)
        if role:
            labels.append((row, role, value.strip()))
        if len(labels) == MOST_LABELS:
            break
    return [one for group in _groups(drawing, cells, labels) if (one := _read(drawing, cells, group, (space, axes)))]


def _groups(drawing: Drawing, cells: Cells, labels: list[tuple[int, str, str]]) -> list[list[tuple[int, str, str]]]:
    """Return labels in groups that stand near each other."""
    groups: list[list[tuple[int, str, str]]] = []
    for label in labels:
        reach = _NEAR * max(drawing.texts[label[0]].height, 1e-9)
        near = [group for group in groups if any(np.hypot(*(cells.at(other[0]) - cells.at(label[0]))) < reach for other in group)]
        groups = [group for group in groups if group not in near] + [[*(one for group in near for one in group), label]]
    return groups


def _read(drawing: Drawing, cells: Cells, labels: list[tuple[int, str, str]], place: tuple[int, Axes]) -> _Found | None:
    """Read the values beside the labels: on the side, right, below or left, on which most labels have one."""
    if len({role for _, role, _ in labels}) < FEWEST:
        return None
    taken = frozenset(row for row, _, _ in labels)
    sides = [{row: cells.beside(row, side, taken) for row in taken} for side in ("right", "below", "left")]
    best = max(sides, key=lambda side: sum(bool(cell and cell.texts) for cell in side.values()))
    said: dict[str, str] = {}
    inked, used = set(), set(taken)
    for row, role, own in sorted(labels, key=lambda one: (-round(float(cells.at(one[0])[1]), 3), float(cells.at(one[0])[0]))):
        cell = best[row]
        words = own or " ".join(drawing.texts[text].value.strip() for text in (cell.texts if cell else ()))
        used |= set(cell.texts) if cell else set()
        if cell and cell.inked and not words:
            inked.add(role)
        if not said.get(role):
            said[role] = words
    return _Found(_signed(said, inked, drawing.left_out), _box(np.array([cells.at(row) for row in used])), frozenset(used), *place)


def _signed(said: Mapping[str, str], inked: Sequence[str] | set[str], left_out: Mapping[str, int] | None = None) -> dict[str, str]:
    """Say of each signature field that holds no text whether there is ink in it, nothing, or something that no reader shows."""
    unseen = any(left_out.get(kind) for kind in _PICTURES) if left_out else False
    empty = {role: "present" if role in inked else "unreadable" if unseen else "absent" for role in _SIGNED if role in said}
    return {role: value or empty.get(role, "") for role, value in said.items()}


def _merged(found: list[_Found]) -> list[_Found]:
    """Let a block's attributes and the cells drawn in it be one title block; attributes hold."""
    kept: list[_Found] = []
    for one in found:
        fellow = next((other for other in kept if _touch(other.box, one.box)), None)
        if fellow is None:
            kept.append(one)
            continue
        said = {role: fellow.said.get(role) or one.said.get(role, "") for role in (*fellow.said, *one.said)}
        for role in _SIGNED:
            if fellow.said.get(role) == "absent" and one.said.get(role):
                said[role] = one.said[role]
        box = (min(fellow.box[0], one.box[0]), min(fellow.box[1], one.box[1]), max(fellow.box[2], one.box[2]), max(fellow.box[3], one.box[3]))
        kept[kept.index(fellow)] = _Found(said, box, fellow.texts | one.texts, one.space, one.axes)
    return sorted(kept, key=lambda one: one.box)


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _box(at: Floats) -> tuple[float, float, float, float]:
    low, high = at.min(axis=0), at.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _block(drawing: Drawing, one: _Found, seals: Sequence[str], metres: float | None) -> TitleBlock:
    known = {field.name for field in fields(TitleBlock)}
    said = {role: one.said.get(role, "") for role in TAG_ROLES if role in known}
    where = None
    if metres is not None and not drawing.spaces[one.space].paper:
        x0, y0, x1, y1 = one.box
        corners = one.axes.drawn(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])) * metres
        where = _box(corners)
    return TitleBlock(**said, seals=tuple(sorted(seals)), where=where)


def _seals(drawing: Drawing, naming: Naming, found: Sequence[_Found]) -> dict[int, list[str]]:
    """Return the names of the seals that are nearer to a title block than to any other of their space: row of the block → names."""
    named = {name for name in {insert.name for insert in drawing.inserts} if naming.block_role(name) == "seal"}
    mine: dict[int, list[str]] = {}
    for insert in (one for one in drawing.inserts if one.name in named):
        space, at = int(drawing.entities.space[insert.of]), np.array([(insert.x, insert.y)])
        near = [(_apart(one.axes.local(at)[0], one.box), row) for row, one in enumerate(found) if one.space == space]
        if near:
            mine.setdefault(min(near)[1], []).append(insert.name)
    return mine


def _apart(at: Floats, box: tuple[float, float, float, float]) -> float:
    return float(np.hypot(max(box[0] - at[0], 0.0, at[0] - box[2]), max(box[1] - at[1], 0.0, at[1] - box[3])))
