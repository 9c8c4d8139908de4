"""The comparison on paper: the overlay to scale with its legend, then unit types, differences and what was not compared.

The text is set by Typst with a font that comes with the program's packages, so the print is the same on every machine. What comes
from files reaches Typst as data only and is never taken for markup.
"""

from typing import Any

from checks.sentence import number
from relocation.reports.comparison_sheet import ComparisonSheet
from relocation.reports.describing import described
from relocation.reports.laying import lay
from relocation.reports.notices import notices
from relocation.reports.overlay import ADDED, BASE, CLOUD, REMOVED, Frame, overlay, sign
from relocation.reports.paper import Paper, paper_for
from relocation.reports.setting import pdf_of
from relocation.reports.svg import document, scale_said
from relocation.reports.tables import Cell, Table, alignment_said, decided, left_out, nothing_differs, place_heading, unit_types, verdicts
from relocation.reports.wording import word, words

MOST_ROWS = 2000
"""So many differences are printed; the workbook and the JSON hold all, and the print says how many it leaves out."""


def pdf(sheet: ComparisonSheet, lang: str) -> bytes:
    """Return the comparison as a PDF on A3, or A2 where A3 would be too small to read; same sheet, same bytes."""
    laid = lay(sheet)
    paper = paper_for(laid.box, metres=laid.metres)
    frame = Frame(laid.box, paper.drawn_width_mm, paper.drawn_height_mm, paper.mm_a_unit)
    drawing = document(paper.drawn_width_mm, paper.drawn_height_mm, overlay(sheet, laid, frame), lang)
    return pdf_of("drawings/comparison.typ", _data(sheet, paper, lang), drawing=drawing)


def _data(sheet: ComparisonSheet, paper: Paper, lang: str) -> dict[str, Any]:
    day = word("made_on", lang, day=sheet.made_on.isoformat()) if sheet.made_on else ""
    settled = [] if sheet.comparison.unit_m is not None else [word("unit_unknown", lang)]
    colon = "：" if lang == "zh" else ": "
    heading = [
        f"{word('old', lang)}{colon}{sheet.old.name}",
        f"{word('new', lang)}{colon}{sheet.new.name}",
        f"{word('alignment', lang)}{colon}{alignment_said(sheet, lang)}",
        " · ".join(filter(None, (scale_said(paper, lang), day))),
        *settled,
        *notices(sheet, lang),
    ]
    size = {"width": paper.width_mm, "height": paper.height_mm, "edge": paper.edge_mm, "drawn": paper.drawn_height_mm}
    return {
        "lang": lang,
        "title": sheet.title or word("title", lang),
        "heading": heading,
        "files": f"{sheet.old.name} → {sheet.new.name}",
        "made_on": day,
        "anchor": word("anchor", lang, line=sheet.anchor) if sheet.anchor else "",
        "page": word("sheet", lang, page="{page}", pages="{pages}"),
        "paper": size,
        "words": words(lang),
        "legend": _legend(lang),
        "tables": [_printed(one, lang) for one in (unit_types(sheet, lang), *verdicts(sheet, lang), _differences(sheet, lang), *left_out(sheet, lang))],
    }


def _legend(lang: str) -> list[dict[str, Any]]:
    strokes = {"unchanged": (BASE, 0.13, False), "removed": (REMOVED, 0.4, True), "added": (ADDED, 0.7, False)}
    rows = []
    for key in ("unchanged", "moved", "removed", "changed", "added", "cloud"):
        paint = {"paint": strokes[key][0], "mm": strokes[key][1], "dashed": strokes[key][2]} if key in strokes else None
        drawn = f'<path d="M0 2a1.2 1.2 0 0 1 2.4 0a1.2 1.2 0 0 1 2.4 0" fill="none" stroke="{CLOUD}" stroke-width="0.3"/>' if key == "cloud" else ""
        picture = "" if key == "unchanged" else _small(drawn or f'<g transform="translate(1.8 1.8)">{sign(key)}</g>', 4.8 if drawn else 3.6)
        rows.append({"stroke": paint, "sign": picture, "wide": 4.8 if drawn else 3.6, "said": word(key, lang)})
    return rows


def _small(body: str, width_mm: float) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm}mm" height="3.6mm" viewBox="0 0 {width_mm} 3.6">{body}</svg>'


def _differences(sheet: ComparisonSheet, lang: str) -> Table:
    """Return the differences as they are printed: group, description, layer, place, decision."""
    metres = sheet.comparison.unit_m is not None
    ordered = sorted(sheet.comparison.differences, key=lambda one: one.change_set)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            str(one.change_set or ""),
            described(one, lang, metres=metres),
            one.layer,
            ", ".join(f"{at:.2f}" for at in one.where),
            decided(sheet.decisions.get(one.id), lang),
        )
        for one in ordered
    )
    heads = (*(word(key, lang) for key in ("group", "described", "layer")), place_heading(sheet, lang, "place_short"), word("decision", lang))
    return Table(word("differences", lang), heads, rows, (5, 46, 14, 14, 24), nothing_differs(sheet, lang))


def _printed(table: Table, lang: str) -> dict[str, Any]:
    over = len(table.rows) - MOST_ROWS
    return {
        "title": table.title,
        "headings": table.headings,
        "widths": table.widths,
        "rows": [[_cell(cell) for cell in row] for row in table.rows[:MOST_ROWS]],
        "cut": word("cut", lang, n=over) if over > 0 else "",
        "empty": table.empty,
    }


def _cell(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else number(float(cell))
