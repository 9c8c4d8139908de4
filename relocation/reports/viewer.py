"""What the viewer shows, as JSON, and the one self-contained file that carries it. The same scripts serve the program's page."""

import base64
import hashlib
import html as markup
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from checks.sentence import number
from geo.drawing.difference import ChangeSet, Difference
from geo.drawing.dwelling import Plans
from geo.drawing.model import Floats
from geo.drawing.render import Picture
from relocation.reports.comparison_sheet import ComparisonSheet, Decision, UnitSide, UnitTypePair
from relocation.reports.describing import described
from relocation.reports.laying import Box, in_order, joined, lay
from relocation.reports.overlay import CORNERS, WRITTEN
from relocation.reports.tables import Table, alignment_said, decided, files, left_out, unit_types, verdicts
from relocation.reports.wording import counted, of_weight, outcome_word, shown, what_word, word, words
from relocation.resources import folder

SCRIPTS = ("ink.js", "view.js", "panel.js", "start.js", "tools.js")
STYLE = "viewer.css"
MOST_LISTED = 5000
"""So many differences are drawn and listed on a page; the files hold all."""

_UNSAFE = re.compile("[<>\u2028\u2029\ud800-\udfff]")


def viewer_data(sheet: ComparisonSheet, lang: str, *, apart: bool = False) -> dict[str, Any]:
    """Return everything the viewer needs, in one language. apart: each drawing in its own axes, to mark two points in each by hand."""
    laid = lay(sheet, apart=apart)
    origin = origin_of(laid.box)
    origin_new = origin if laid.together else origin_of(laid.new.box or laid.box)
    differences = list(sheet.comparison.differences[:MOST_LISTED]) if laid.together else []
    row = {one.id: at for at, one in enumerate(differences)}
    return {
        "lang": lang,
        "words": {**words(lang), "align_hints": [word(f"align_{n}", lang) for n in range(1, 6)]},
        "label": word("picture", lang),
        "title": _title(sheet, lang),
        "names": [sheet.old.name, sheet.new.name],
        "metres": laid.metres,
        "together": laid.together,
        "box": moved_box(laid.box if laid.together else (laid.old.box or laid.box), origin),
        "focus": _focus(sheet, origin) if laid.together else None,
        "origins": {"old": origin, "new": origin_new},
        "units_of": {"old": laid.unit_old, "new": laid.unit_new},
        "old": packed(laid.old, origin),
        "new": packed(laid.new, origin_new),
        "differences": [_difference(one, origin, lang, metres=laid.metres) for one in differences],
        "kinds": [[what, what_word(what, lang)] for what in sorted({one.what for one in differences})],
        "judged": [_judged(one, sheet, lang) for one in sheet.unit_types],
        "sets": [_set(one, members, row, sheet, origin, lang) for one, members in in_order(sheet)] if laid.together else [],
        "notes": _notes(sheet, lang),
        "tables": [
            *(_table(one, judged=True) for one in (unit_types(sheet, lang), *verdicts(sheet, lang))),
            *(_table(one) for one in (*left_out(sheet, lang), files(sheet, lang))),
        ],
    }


def _title(sheet: ComparisonSheet, lang: str) -> str:
    return sheet.title or f"{word('title', lang)} · {sheet.old.name} → {sheet.new.name}"


def origin_of(box: Box) -> tuple[float, float]:
    """Return a point near the drawing, so that single precision is enough for a tenth of a millimetre."""
    return float(round((box[0] + box[2]) / 2)), float(round((box[1] + box[3]) / 2))


def moved_box(box: Box, origin: tuple[float, float]) -> list[float]:
    """Return a box about another origin."""
    return [box[0] - origin[0], box[1] - origin[1], box[2] - origin[0], box[3] - origin[1]]


def packed(what: Picture, origin: tuple[float, float]) -> dict[str, Any]:
    """Return a picture as columns that a page takes without parsing numbers: little-endian singles and 16-bit layers, base64."""
    x, y = origin
    curves = [points - np.array([x, y]) for points in what.curves]
    return {
        "lines": _singles(what.lines - np.array([x, y, x, y])),
        "lineLayer": _shorts(what.line_layer),
        "arcs": _singles(what.arcs - np.array([x, y, 0.0, 0.0, 0.0])),
        "arcLayer": _shorts(what.arc_layer),
        "curves": [_singles(np.vstack(curves) if curves else np.empty((0, 2))), [len(points) for points in curves], list(what.curve_layer)],
        "letters": [
            [one.value, round(one.x - x, 4), round(one.y - y, 4), round(one.height, 4), round(one.rotation, 5), one.layer, one.align] for one in what.letters
        ],
        "layers": list(what.layers),
        "box": moved_box(what.box or (0.0, 0.0, 1.0, 1.0), origin),
    }


def _singles(values: Floats) -> str:
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode("ascii")


def _shorts(values: Any) -> str:
    return base64.b64encode(np.minimum(values, 65535).astype("<u2").tobytes()).decode("ascii")


def _focus(sheet: ComparisonSheet, origin: tuple[float, float]) -> list[float] | None:
    """Return what is looked at first: the unit types and the change sets that bear on them; all sets where no outline is known; None for neither."""
    weighty = {one.id for one in sheet.comparison.differences if one.weight > 1}
    known = sheet.plans_old if sheet.comparison.unit_m is not None else None
    outlines = [plan.outline.bounds for plan in (known.unit_plans if known else ()) if plan.outline is not None]
    sets = [one.box for one in sheet.comparison.change_sets if not outlines or weighty.intersection(one.members)]
    return moved_box(joined([*outlines, *sets]), origin) if outlines or sets else None


def _letters(one: Difference) -> str:
    """Return what stands in the box of a text that was added or moved."""
    written = one.what in WRITTEN and one.op in ("added", "moved") and len(one.shape_after) == 1 and len(one.shape_after[0]) == CORNERS
    return shown(one.after or one.before) if written else ""


def _difference(one: Difference, origin: tuple[float, float], lang: str, *, metres: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "op": one.op,
        "what": one.what,
        "set": one.change_set,
        "said": described(one, lang, metres=metres),
        "became": shown(one.after)[:24] if one.op == "changed" else "",
        "letters": _letters(one),
        "layer": one.layer,
        "weight": one.weight,
        "where": [round(one.where[0] - origin[0], 4), round(one.where[1] - origin[1], 4)],
        "before": _flat(one.shape_before, origin),
        "after": _flat(one.shape_after, origin),
    }


def _flat(shape: Sequence[Sequence[tuple[float, float]]], origin: tuple[float, float]) -> list[list[float]]:
    return [[round(value - from_, 4) for point in line for value, from_ in zip(point, origin, strict=True)] for line in shape]


_LEADING = ("wall", "opening")
"""What a set is told by before it is counted: the rest follows from it."""


def _set(one: ChangeSet, members: Sequence[Difference], row: dict[str, int], sheet: ComparisonSheet, origin: tuple[float, float], lang: str) -> dict[str, Any]:
    members = sorted(members, key=lambda each: (-each.weight, of_weight(each.what), each.op))
    decision = sheet.decision_on(one)
    first, said = described(members[0], lang, metres=sheet.comparison.unit_m is not None), counted(one, lang)
    if len(members) == 1:
        said = first
    elif members[0].what in _LEADING:
        said = f"{first}（{said}）" if lang == "zh" else f"{first} ({said})"
    inside = _inside(one, sheet)
    return {
        "number": one.number,
        "box": moved_box(one.box, origin),
        "members": [row[each.id] for each in members if each.id in row],
        "said": said,
        "unit": word("in_unit", lang, label=inside) if inside else "",
        "decision": decided(decision, lang) if decision else "",
        "kind": decision.kind if decision else "approved",
        "because": _because(decision),
    }


def _by_hand(plans: Plans | None, label: str) -> bool:
    """Whether the area of a unit type in one of the drawings is that of an outline traced by hand."""
    return any("corrected-outline" in plan.open_because for plan in (plans.unit_plans if plans else ()) if plan.label == label)


def _judged(one: UnitTypePair, sheet: ComparisonSheet, lang: str) -> dict[str, Any]:
    """Return a unit type in one line a drawing: area, persons, area a person, outcome; and what the construction drawing adds to each."""
    both = (("old", one.old, sheet.plans_old), ("new", one.new, sheet.plans_new))
    sides = [(word(which, lang), side, _by_hand(plans, one.called(which))) for which, side, plans in both if side is not None]
    shown_sides = [
        {
            "which": which,
            "outcome": side.outcome or "none",
            "outcome_word": outcome_word(side.outcome, lang),
            "figures": _figures(side, lang) + (word("traced", lang) if traced else ""),
            "sentence": side.sentence.get(lang, ""),
        }
        for which, side, traced in sides
    ]
    return {"label": one.label or word("unit_type", lang), "sides": shown_sides, "change": _change(one, lang)}


def _figures(side: UnitSide, lang: str) -> str:
    area = side.gross_m2 if side.counted_m2 is None else side.counted_m2
    if area is None:
        return word("area_unknown", lang)
    if not side.persons or side.m2_a_person is None:
        return word("area_only", lang, area=number(round(area, 2)))
    return word("area_each", lang, area=number(round(area, 2)), persons=side.persons, each=number(round(side.m2_a_person, 2)))


def _change(one: UnitTypePair, lang: str) -> str:
    before, after = (side.m2_a_person if side else None for side in (one.old, one.new))
    if before is None or after is None:
        return ""
    if abs(after - before) < LEAST_CHANGE_M2:
        return word("area_kept", lang)
    return word("area_more" if after > before else "area_less", lang, by=number(round(abs(after - before), 2)))


LEAST_CHANGE_M2 = 0.005
"""A smaller change of the area a person would be printed as 0.00."""


def _because(decision: Decision | None) -> str:
    return "" if decision is None else decision.document or decision.reason


def _inside(one: ChangeSet, sheet: ComparisonSheet) -> str:
    """Return the label of the unit type whose outline, in either drawing's plan of the old axes, the middle of a set lies in or near; "" for none."""
    return _at(sheet.plans_old, one.box) if sheet.comparison.unit_m is not None else ""


NEAR_M = 0.5
"""A set this near to an outline belongs to it: an outer wall that moved lies just outside."""


def _at(plans: Plans | None, box: Box) -> str:
    import shapely

    area = shapely.box(*box)
    found = [(one.outline.distance(area), one.label) for one in (plans.unit_plans if plans else ()) if one.outline is not None and one.label]
    near = [each for each in found if each[0] <= NEAR_M]
    return min(near)[1] if near else ""


def _notes(sheet: ComparisonSheet, lang: str) -> list[str]:
    limits = sheet.comparison.tolerances
    said = word("tolerances", lang, match=f"{limits.match_m * 1000:g}", report=f"{limits.report_m * 1000:g}")
    notes = [
        f"{word('alignment', lang)}{'：' if lang == 'zh' else ': '}{alignment_said(sheet, lang)}",
        word("compared_said", lang, n=sheet.comparison.compared, tolerances=said),
    ]
    return notes if sheet.comparison.unit_m is not None else [word("unit_unknown", lang), *notes]


def _table(table: Table, *, judged: bool = False) -> dict[str, Any]:
    return {"judged": judged, "title": table.title, "headings": table.headings, "rows": table.rows}


def safe_json(value: Any) -> str:
    """Return JSON that may stand in a <script> of any page: no <, no >, no line separators of JavaScript, no half characters."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def static(name: str) -> Path:
    """Return where a script or style of the viewer lies."""
    return folder("templates") / "web" / "static" / "drawings" / name


def html(sheet: ComparisonSheet, lang: str) -> bytes:
    """Return one HTML file that opens anywhere, asks for nothing and may run only the scripts it came with."""
    data = viewer_data(sheet, lang)
    style, script = static(STYLE).read_text("utf-8"), "\n".join(static(name).read_text("utf-8") for name in SCRIPTS)
    style = f"body{{margin:0;padding:1rem;background:#f3f5f6;font-family:{_FAMILY};line-height:1.5}}h1{{font-size:1.3rem;margin:0 0 .8rem;overflow-wrap:anywhere}}\n{style}"
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    title = markup.escape(data["title"])
    page = (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n'
        f'<div id="drawings"><noscript>{markup.escape(word("no_script", lang))}</noscript></div>\n<script type="application/json" id="drawings-data">{safe_json(data)}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )
    return page.encode("utf-8", errors="replace")


_FAMILY = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'


def _hash(body: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(body.encode('utf-8')).digest()).decode('ascii')}'"
