"""A comparison in which every text that comes from a file tries to be something else than text."""

from dataclasses import replace

from geo.drawing.model import DrawingLayer
from relocation.reports.comparison_sheet import ComparisonSheet, Decision
from tests.reports.examples import example
from tests.web.offices import HOSTILE

NASTY = (*HOSTILE, "#panic()$x$\\[*", "%%d\\U+0041\\M+5BFCD", "]]><!--", "\ud800\x00\x07半", "@@'\"")


def hostile() -> ComparisonSheet:
    """Return a sheet whose file names, layers, texts, labels, notes and decisions are hostile."""
    text, layer, label, name = "".join(NASTY[:6]), NASTY[1], NASTY[0] + NASTY[12], NASTY[5] + NASTY[14] + ".dxf"
    sheet = example(label=label, name=name, text_after=text)
    differences = tuple(replace(one, layer=NASTY[at], before=NASTY[at + 4], after=NASTY[at + 12]) for at, one in enumerate(sheet.comparison.differences))
    comparison = replace(sheet.comparison, differences=differences, not_compared=dict.fromkeys(NASTY, 1), folded={NASTY[0]: 1})
    old = replace(sheet.old, layers=(DrawingLayer(layer), *sheet.old.layers[1:]), texts=tuple(replace(one, value=text + NASTY[15]) for one in sheet.old.texts))
    decisions = {one.id: Decision("ignored", reason=NASTY[at]) for at, one in enumerate(differences)}
    return replace(sheet, old=old, comparison=comparison, decisions=decisions, title=NASTY[0] + NASTY[15])
