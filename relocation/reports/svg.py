"""The comparison as one picture: overlay, legend, scale and the names of the two files; to scale where the unit is known."""

from relocation.reports.comparison_sheet import ComparisonSheet
from relocation.reports.laying import lay
from relocation.reports.overlay import ADDED, BASE, CLOUD, FONTS, REMOVED, Frame, clean, overlay, sign
from relocation.reports.paper import Paper, paper_for
from relocation.reports.wording import word


def svg(sheet: ComparisonSheet, lang: str) -> bytes:
    """Return the overlay with its legend as an SVG document in millimetres."""
    laid = lay(sheet)
    paper = paper_for(laid.box, metres=laid.metres)
    body = overlay(sheet, laid, Frame(laid.box, paper.drawn_width_mm, paper.drawn_height_mm, paper.mm_a_unit))
    edge = paper.edge_mm
    drawn = f'<g transform="translate({edge} {edge})">{body}</g>'
    return document(paper.width_mm, paper.height_mm, drawn + _strip(sheet, paper, lang), lang).encode()


def document(width_mm: float, height_mm: float, body: str, lang: str) -> str:
    """Return SVG elements as a document of a size on white paper; it refers to nothing outside itself."""
    size = f'width="{width_mm:g}mm" height="{height_mm:g}mm" viewBox="0 0 {width_mm:g} {height_mm:g}"'
    tongue = "zh-CN" if lang == "zh" else "en"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang="{tongue}"><rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'


def _strip(sheet: ComparisonSheet, paper: Paper, lang: str) -> str:
    """Return the strip below the drawing: legend left, what and at which scale right."""
    top, left = paper.height_mm - paper.strip_mm - paper.edge_mm + 4, paper.edge_mm
    rows = [
        (_sample(BASE, 0.13, ""), word("unchanged", lang)),
        (_sample(REMOVED, 0.4, "1.6 0.9", "removed"), word("removed", lang)),
        (_sample(ADDED, 0.7, "", "added"), word("added", lang)),
        (_sign("moved"), word("moved", lang)),
        (_sign("changed"), word("changed", lang)),
        (f'<path d="M2 1a1.6 1.6 0 0 1 3 0a1.6 1.6 0 0 1 3 0a1.6 1.6 0 0 1 3 0" fill="none" stroke="{CLOUD}" stroke-width="0.3"/>', word("cloud", lang)),
    ]
    made = [_text(left, top, 3.4, word("legend", lang))]
    for number, (sample, said) in enumerate(rows):
        x, y = left + 92 * (number // 3), top + 5.2 + 5.4 * (number % 3)
        made.append(f'<g transform="translate({x} {y - 1})">{sample}</g>{_text(x + 15, y, 2.9, said)}')
    right = left + 190
    names = [f"{word('old', lang)}{_colon(lang)}{sheet.old.name}", f"{word('new', lang)}{_colon(lang)}{sheet.new.name}"]
    title = [sheet.title or word("title", lang), *names, " · ".join(filter(None, (scale_said(paper, lang), _day(sheet, lang))))]
    made += [_text(right, top + 5.2 * number, 3.4 if number == 0 else 2.9, line) for number, line in enumerate(title)]
    return f'<g class="legend" font-family="{FONTS}" fill="#222">{"".join(made)}</g>'


def scale_said(paper: Paper, lang: str) -> str:
    """Return the scale in words."""
    return word("scale_said", lang, n=paper.scale) if paper.scale else word("scale_none", lang)


def _day(sheet: ComparisonSheet, lang: str) -> str:
    return word("made_on", lang, day=sheet.made_on.isoformat()) if sheet.made_on else ""


def _colon(lang: str) -> str:
    return "：" if lang == "zh" else ": "


def _text(x: float, y: float, size: float, said: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}">{clean(said)}</text>'


def _sample(colour: str, width: float, dash: str, op: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M0 0H12" stroke="{colour}" stroke-width="{width}"{dashed}/>' + (_sign(op) if op else "")


def _sign(op: str) -> str:
    return f'<g transform="translate(6 0)">{sign(op)}</g>'
