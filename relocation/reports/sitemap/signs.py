"""The signs of a site's picture and the two lines of legend that explain them."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from relocation.reports.sitemap.labels import Label

INK, SOFT = "#1d2a33", "#5d6b75"
STROKES = {
    "within": 'stroke="#14506b" stroke-width="0.7"',
    "too-close": 'stroke="#8a5a00" stroke-width="0.5" stroke-dasharray="2.4 1"',
    "beyond": 'stroke="#5d6b75" stroke-width="0.3" stroke-dasharray="0.5 0.9"',
}
STATES = {"within": ("靠近", "near"), "too-close": ("误差内，难判定", "too close to call"), "beyond": ("不靠近", "not near")}
_GROUNDS = {
    "county": ("县界", "county border"), "river": ("河流", "river"), "park": ("园区范围", "park outline"),
    "scenic": ("景区范围", "scenic area outline"), "zone": ("红线、农田、洪水、隐患范围", "red line, farmland, flood, hazard"),
}  # fmt: skip
CLASSES = {
    "county-seat": ("县城", "county seat"), "township": ("乡镇", "township"),
    "industrial-park": ("产业园区", "industrial park"), "scenic-area": ("景区", "scenic area"),
}  # fmt: skip
"""The four, by the ids the checks give them."""
_SITE, _CIRCLE = ("安置点", "site"), ("位置误差", "position known to")
TEXT_MM, LINE_MM, GAP_MM = 2.3, 3.9, 2.6

_FORMS = {
    "site": '<path d="M0 -2.3L2.3 0L0 2.3L-2.3 0Z" fill="#b3261e" stroke="#fff" stroke-width="0.4"/><circle r="0.6" fill="#fff"/>',
    "county-seat": f'<circle r="1.7" fill="#fff" stroke="{INK}" stroke-width="0.4"/><circle r="0.8" fill="{INK}"/>',
    "township": f'<circle r="1.2" fill="{INK}" stroke="#fff" stroke-width="0.3"/>',
    "industrial-park": f'<rect x="-1.3" y="-1.3" width="2.6" height="2.6" fill="{INK}" stroke="#fff" stroke-width="0.3"/>',
    "scenic-area": f'<path d="M0 -1.7L1.6 1.1H-1.6Z" fill="{INK}" stroke="#fff" stroke-width="0.3"/>',
}


def sign(kind: str, x: float, y: float) -> str:
    """Return the sign of a site or of one of the four, at a point of the paper."""
    return f'<g transform="translate({x:.2f} {y:.2f})">{_FORMS[kind]}</g>'


def legend(width_mm: float, lang: str, grounds: Sequence[str], strokes: Mapping[str, str]) -> tuple[str, float]:
    """Return the legend and its height in millimetres: the signs, the lines, what lies beneath."""
    at = int(lang != "zh")
    first = [(sign(kind, 1.8, 0), 3.6, words[at]) for kind, words in [("site", _SITE), *CLASSES.items()]]
    lines = [(f'<line x1="0" x2="6" y1="0" y2="0" {STROKES[state]}/>', 6.0, words[at]) for state, words in STATES.items()]
    circle = f'<circle cx="1.6" r="1.5" fill="#000" fill-opacity="0.04" stroke="{SOFT}" stroke-width="0.2" stroke-dasharray="0.8 0.6"/>'
    beneath = [
        (f'<rect y="-1.3" width="5" height="2.6" {strokes[kind]}/>' if kind in ("park", "scenic", "zone") else f'<path d="M0 0H6" {strokes[kind]}/>', 6.0, _GROUNDS[kind][at])
        for kind in dict.fromkeys(grounds)
    ]  # fmt: skip
    return _rows([*first, *lines, (circle, 3.4, _CIRCLE[at]), *beneath], width_mm)


def _rows(entries: Sequence[tuple[str, float, str]], width_mm: float) -> tuple[str, float]:
    """Set entries (drawing, its width, words) one after the other, a new line where one is full."""
    made, x, y = [], 0.5, 1.6
    for drawn, wide, said in entries:
        long = wide + 0.8 + Label(0, 0, (said,), TEXT_MM).width_mm
        if x + long > width_mm and x > 0.5:
            x, y = 0.5, y + LINE_MM
        text = f'<text x="{wide + 0.8:.2f}" y="0.8" font-size="{TEXT_MM}" fill="{INK}">{escape(said)}</text>'
        made.append(f'<g transform="translate({x:.2f} {y:.2f})">{drawn}{text}</g>')
        x += long + GAP_MM
    return "".join(made), y + LINE_MM / 2
