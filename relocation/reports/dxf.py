"""The comparison as a drawing with layers of its own, to open in any CAD program: OLD, NEW, what only one has, CLOUD and LIST.

A layer's name begins with these words in either language; in Chinese it goes on to say what they mean.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from threading import Lock
from typing import Any

from ezdxf._options import options
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new

from geo.drawing.render import Picture
from relocation.reports.comparison_sheet import ComparisonSheet
from relocation.reports.describing import described
from relocation.reports.laying import Laid, cloud, in_order, lay
from relocation.reports.tables import decided
from relocation.reports.wording import word

OLD, NEW, OLD_ONLY, NEW_ONLY, CLOUD, LIST = "OLD", "NEW", "OLD-ONLY", "NEW-ONLY", "CLOUD", "LIST"
_LOOKS = {
    OLD: (8, "CONTINUOUS", 13),
    NEW: (9, "CONTINUOUS", 13),
    OLD_ONLY: (1, "DASHED", 35),
    NEW_ONLY: (5, "CONTINUOUS", 50),
    CLOUD: (30, "CONTINUOUS", 25),
    LIST: (7, "CONTINUOUS", 18),
}
_IN_CHINESE = {OLD: "设计图", NEW: "施工图", OLD_ONLY: "仅设计图有", NEW_ONLY: "仅施工图有", CLOUD: "云线", LIST: "清单"}
MM_A_METRE = 1000.0
_ONE_AT_A_TIME = Lock()
STYLE = "CHINESE"


def dxf(sheet: ComparisonSheet, lang: str) -> bytes:
    """Return the comparison as DXF 2010 in millimetres and in the axes of the old drawing (in its own unit where that is not settled)."""
    laid = lay(sheet)
    with _without_a_clock():
        document = _document(lang, metres=laid.metres)
        _fill(document.modelspace(), sheet, laid, lang)
        document.classes.add_required_classes(document.dxfversion)  # kept as a set, in another order each time
        document.classes.classes = dict(sorted(document.classes.classes.items()))
        made = StringIO()
        document.write(made)
    return made.getvalue().encode(document.output_encoding, errors="replace")


@contextmanager
def _without_a_clock() -> Iterator[None]:
    """Let the library write fixed dates and ids, so that the same sheet gives the same bytes; the switch is its own and global."""
    with _ONE_AT_A_TIME:
        before = options.write_fixed_meta_data_for_testing
        options.write_fixed_meta_data_for_testing = True
        try:
            yield
        finally:
            options.write_fixed_meta_data_for_testing = before


def _fill(space: Any, sheet: ComparisonSheet, laid: Laid, lang: str) -> None:
    factor = MM_A_METRE if laid.metres else 1.0
    on = {layer: layer_name(layer, lang) for layer in _LOOKS}
    _draw(space, laid.old, on[OLD], factor)
    if laid.together:
        _draw(space, laid.new, on[NEW], factor)
    for one in sheet.comparison.differences:
        _polylines(space, one.shape_before, on[OLD_ONLY], factor)
        _polylines(space, one.shape_after, on[NEW_ONLY], factor)
    _clouds(space, sheet, laid, factor, on[CLOUD])
    _list(space, sheet, laid, factor, lang)


def layer_name(layer: str, lang: str) -> str:
    """Return what one of the report's own layers is called."""
    return f"{layer}-{_IN_CHINESE[layer]}" if lang == "zh" else layer


def _document(lang: str, *, metres: bool) -> Any:
    document = new("R2010", units=4 if metres else 0)
    document.linetypes.add("DASHED", pattern=[600.0, 400.0, -200.0] if metres else [0.6, 0.4, -0.2], description="__ __ __")
    document.styles.add(STYLE, font="simsun.ttc")
    for name, (colour, linetype, weight) in _LOOKS.items():
        document.layers.add(layer_name(name, lang), color=colour, linetype=linetype, lineweight=weight)
    return document


def _draw(space: Any, what: Picture, layer: str, factor: float) -> None:
    on = {"layer": layer}
    for x1, y1, x2, y2 in (what.lines * factor).tolist():
        space.add_line((x1, y1), (x2, y2), dxfattribs=on)
    for x, y, radius, start, end in what.arcs.tolist():
        space.add_arc((x * factor, y * factor), radius * factor, _degrees(start), _degrees(end), dxfattribs=on)
    for points in what.curves:
        space.add_lwpolyline((points * factor).tolist(), dxfattribs=on)
    for one in what.letters:
        _text(space, one.value, one.x * factor, one.y * factor, one.height * factor, layer, _degrees(one.rotation), one.align)


def _degrees(radians: float) -> float:
    return round(radians * 57.29577951308232, 9)


def _polylines(space: Any, shape: Iterable[tuple[tuple[float, float], ...]], layer: str, factor: float) -> None:
    for line in shape:
        if len(line) > 1:
            space.add_lwpolyline([(x * factor, y * factor) for x, y in line], dxfattribs={"layer": layer})


def _span(laid: Laid) -> float:
    x1, y1, x2, y2 = laid.box
    return max(x2 - x1, y2 - y1)


OUTWARD = -0.6
"""Bulge of a cloud's arcs: its corners run clockwise, and a negative bulge lies to the left of the way."""


def _clouds(space: Any, sheet: ComparisonSheet, laid: Laid, factor: float, layer: str) -> None:
    for one, _members in in_order(sheet):
        points = [(x * factor, y * factor) for x, y in cloud(one, _span(laid))]
        space.add_lwpolyline([(x, y, OUTWARD) for x, y in points], format="xyb", close=True, dxfattribs={"layer": layer})
        _text(space, str(one.number), max(x for x, _ in points), max(y for _, y in points), _span(laid) * factor * 0.012, layer)


def _list(space: Any, sheet: ComparisonSheet, laid: Laid, factor: float, lang: str) -> None:
    """Write the list to the right of the drawing, a line a difference."""
    x, y, height = laid.box[2] * factor, laid.box[3] * factor, _span(laid) * factor * 0.012
    rows = [sheet.title or word("title", lang), f"{word('old', lang)} {sheet.old.name}", f"{word('new', lang)} {sheet.new.name}"]
    for one, members in in_order(sheet):
        rows += [f"[{one.number}] {described(each, lang, metres=laid.metres)}  {decided(sheet.decisions.get(each.id), lang)}" for each in members]
    for number, said in enumerate(rows or [word("no_differences", lang)]):
        _text(space, said, x + 5 * height, y - 1.8 * height * number, height, layer_name(LIST, lang))


_HELD = {"left": TextEntityAlignment.LEFT, "center": TextEntityAlignment.CENTER, "right": TextEntityAlignment.RIGHT}


def _text(space: Any, said: str, x: float, y: float, height: float, layer: str, rotation: float = 0.0, align: str = "left") -> None:
    """Add lettering; %% and control characters of a file's text lose their power, since a CAD program would read them as commands."""
    harmless = "".join(c for c in said if c >= " " and not "\ud800" <= c <= "\udfff").replace("%%", "% %").replace("\\U+", "\\ U+").replace("\\M+", "\\ M+")
    added = space.add_text(harmless, height=height, rotation=rotation, dxfattribs={"layer": layer, "style": STYLE})
    added.set_placement((x, y), align=_HELD[align])
