"""The lists of a comparison as rows, once for workbook and print: unit types, differences, verdicts, files, what was not compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.drawing.difference import Difference
from geo.drawing.model import Drawing
from relocation.reports.comparison_sheet import ComparisonSheet, Decision, Judged, UnitSide, UnitTypePair
from relocation.reports.describing import described
from relocation.reports.laying import REFUSED, main_alignment
from relocation.reports.wording import op_word, outcome_word, reason_word, shown, version_word, what_word, word

Cell = str | float | None


@dataclass(frozen=True)
class Table:
    """One list: its title, headings, rows, and how wide its columns want to be (characters). A row's cells are text or numbers.

    empty: what stands in place of rows where there are none.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    empty: str


def unit_types(sheet: ComparisonSheet, lang: str) -> Table:
    """Return the unit types, a row for each drawing that has them."""
    heads = ("unit_type", "files", "persons", "gross", "balcony", "annotated", "a_person", "limit", "verdict", "described")
    rows = [row for one in sheet.unit_types for row in _sides(one, lang)]
    return Table(word("unit_types", lang), _headings(heads, lang), tuple(rows), (18, 10, 9, 11, 10, 11, 9, 10, 10, 60), word("none", lang))


def _sides(one: UnitTypePair, lang: str) -> list[tuple[Cell, ...]]:
    sides = (("old", one.old), ("new", one.new))
    return [(one.called(which), word(which, lang), *_side(side, one.most_m2_a_person, lang)) for which, side in sides if side is not None]


def _side(side: UnitSide, most: float | None, lang: str) -> tuple[Cell, ...]:
    area = tuple(None if value is None else round(value, 2) for value in (side.gross_m2, side.balcony_m2, side.annotated_m2))
    each = None if side.m2_a_person is None else round(side.m2_a_person, 3)
    return (side.persons, *area, each, most, outcome_word(side.outcome, lang), side.sentence.get(lang, ""))


def differences(sheet: ComparisonSheet, lang: str) -> Table:
    """Return every difference by change set, with its decision."""
    heads = _headings(("group", "op", "what", "layer", "before", "after", "moved_m"), lang)
    heads += (place_heading(sheet, lang), *_headings(("decision", "described"), lang))
    rows = [_difference(one, sheet, lang) for one in sorted(sheet.comparison.differences, key=lambda one: one.change_set)]
    return Table(word("differences", lang), heads, tuple(rows), (6, 8, 12, 14, 22, 22, 9, 20, 20, 46), nothing_differs(sheet, lang))


def place_heading(sheet: ComparisonSheet, lang: str, key: str = "place") -> str:
    """Return what a place is: a point by the axes of the design, in metres or its units; `place_short` leaves the axes out."""
    return word(key, lang, unit=word("metres" if sheet.comparison.unit_m is not None else "units", lang))


def nothing_differs(sheet: ComparisonSheet, lang: str) -> str:
    """Return what stands in place of differences: that there is none, or that nothing was compared."""
    return word("not_laid" if sheet.refused else "no_differences", lang)


def _difference(one: Difference, sheet: ComparisonSheet, lang: str) -> tuple[Cell, ...]:
    place = ", ".join(f"{round(at, 3):g}" for at in one.where)
    moved = None if one.moved_m is None else round(one.moved_m, 4)
    said = described(one, lang, metres=sheet.comparison.unit_m is not None)
    names = (op_word(one.op, lang), what_word(one.what, lang), one.layer)
    return (one.change_set or None, *names, _figure(one.before), _figure(one.after), moved, place, decided(sheet.decisions.get(one.id), lang), said)


def _figure(value: str | float | None) -> Cell:
    return round(float(value), 4) if isinstance(value, int | float) else shown(value)


def decided(one: Decision | None, lang: str) -> str:
    """Return a decision in words."""
    if one is None:
        return word("undecided", lang)
    if one.kind == "finding" and one.reason:
        return _dated(word("finding_because", lang, reason=one.reason), one)
    said = word(one.kind, lang, document=one.document, reason=one.reason) if one.kind in ("approved", "ignored", "finding") else one.kind
    if one.kind == "approved" and one.reason:
        said = word("because", lang, said=said, reason=one.reason)
    return _dated(said, one)


def _dated(said: str, one: Decision) -> str:
    return said if one.decided_on is None else f"{said} {one.decided_on.isoformat()}"


def verdicts(sheet: ComparisonSheet, lang: str) -> tuple[Table, Table]:
    """Return what the checks say of the pair, and the clues of the files' past."""
    heads, widths = _headings(("verdict", "described"), lang), (14.0, 100.0)
    parts = (("checks", sheet.verdicts), ("lineage", sheet.lineage))
    made = [Table(word(title, lang), heads, _judged(found, lang), widths, word("none", lang)) for title, found in parts]
    return made[0], made[1]


def _judged(found: Sequence[Judged], lang: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple((outcome_word(one.outcome, lang), one.sentence.get(lang, "")) for one in found)


def files(sheet: ComparisonSheet, lang: str) -> Table:
    """Return the two files: which, read by whom, whether the readers agree, the hash."""
    rows = tuple(_file(word(which, lang), drawing, lang) for which, drawing in (("old", sheet.old), ("new", sheet.new)))
    return Table(word("files", lang), ("", *_headings(("files", "format", "readers", "agreed"), lang), "SHA-256"), rows, (10, 34, 22, 30, 34, 68), "")


def _file(which: str, drawing: Drawing, lang: str) -> tuple[Cell, ...]:
    agreed = word("agreed" if drawing.agreed else "disagreed", lang)
    return (which, drawing.name, version_word(drawing, lang), ", ".join(drawing.readers), agreed, drawing.sha256)


def left_out(sheet: ComparisonSheet, lang: str) -> tuple[Table, Table]:
    """Return what was not compared and what was folded away, with counts."""
    heads, widths, empty = (word("count", lang), word("described", lang)), (10.0, 60.0), word("none", lang)
    parts = (("not_compared", sheet.comparison.not_compared), ("folded", sheet.comparison.folded))
    made = [Table(word(title, lang), heads, tuple((n, reason_word(reason, lang)) for reason, n in counts.items()), widths, empty) for title, counts in parts]
    return made[0], made[1]


def alignment_said(sheet: ComparisonSheet, lang: str) -> str:
    """Return how the drawings were laid over each other, or that they could not be."""
    one = main_alignment(sheet)
    if one is None:
        return word("refused", lang)
    metres = sheet.comparison.unit_m is not None
    residual = f"{one.residual * 1000:.1f} mm" if metres else f"{one.residual:.3g} {word('units', lang)}"
    facts = {"scale": f"{one.scale:.6g}", "turn": f"{one.rotation_deg:.3f}".rstrip("0").rstrip("."), "inlier": f"{100 * one.inlier:.0f}", "residual": residual}
    said = word("aligned_said", lang, mirrored=word("mirrored" if one.mirrored else "unmirrored", lang), **facts)
    others = sum(other.status != REFUSED for other in sheet.comparison.alignments) - 1
    said += word("views_apart", lang, n=others) if others > 0 else ""
    return said + (word("by_hand", lang) if one.status == "by-hand" else "")


def _headings(keys: Sequence[str], lang: str) -> tuple[str, ...]:
    return tuple(word(key, lang) for key in keys)
