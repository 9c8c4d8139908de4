"""A design and a construction drawing compared and judged: what differs, what it does to each unit type, what it says of their past."""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checks.choices import LineageClue
from checks.drawn import type_key
from checks.finding import Finding
from checks.records import Records
from checks.verdict import Outcome
from checks.vocabulary import UNIT_TYPE
from geo.drawing.compare.comparing import compare
from geo.drawing.compare.lineage import Past, lineage
from geo.drawing.difference import Alignment, Comparison
from geo.drawing.dwelling import Corrections
from geo.drawing.model import Drawing
from geo.drawing.plan.swapping import swapped_labels
from geo.drawing.plan.understanding import understand
from relocation import steps
from relocation.intake.drawings import read_drawing
from relocation.reports.comparison import FORMATS, ComparisonSheet, Decision, as_json, write
from relocation.reports.told import Told, told
from relocation.service.drawings.asking import known_county, known_institute, known_labels
from relocation.service.drawings.corrections import from_json
from relocation.service.drawings.facts import Row, Understood, day_of, unit_rows
from relocation.service.drawings.judging import Bench, TypeJudged, clues_of, figures_judged, lineage_judged, types_judged
from relocation.service.drawings.layers import LayerTaken, layers_taken
from relocation.service.drawings.names import naming
from relocation.service.drawings.places import placed
from relocation.service.drawings.staff import staff_rows
from relocation.service.lawbook import instruments, overlays
from relocation.store import drawings
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


@dataclass(frozen=True)
class ComparisonReport:
    """Everything about a pair: the sheet that reports are written from, the unit types judged, the pair's row of facts and its clues."""

    sheet: ComparisonSheet
    types: tuple[TypeJudged, ...]
    findings: tuple[Finding, ...]
    row: Row
    clues: tuple[LineageClue, ...]

    @property
    def fails(self) -> bool:
        """Whether a unit type breaks a formal rule by either drawing."""
        return any(one.outcome is Outcome.FAIL for one in self.findings)

    def json(self, lang: str) -> dict[str, Any]:
        """Return the comparison as the contract of `compare` writes it."""
        return dict(as_json(self.sheet, lang))

    def write(self, path: Path, lang: str) -> None:
        """Write the comparison as its suffix says. Trouble for a suffix there is no writer for, and where it cannot be written."""
        writable(path)
        try:
            write(self.sheet, path, lang)
        except OSError as error:
            raise Trouble("out-unwritable", path=path, why=error.strerror or type(error).__name__) from error

    def told(self, lang: str) -> list[Told]:
        """Return the comparison as headings with lines of words."""
        return told(self.sheet, lang)


def writable(path: Path | None) -> None:
    """Say before anything is read that a comparison cannot be written there: Trouble for a suffix there is no writer for, and for no folder."""
    if path is None:
        return
    if path.suffix.lower() not in FORMATS:
        raise Trouble("drawing-format", path=path.name, known=", ".join(FORMATS))
    if not path.parent.is_dir():
        raise Trouble("out-unwritable", path=path, why=os.strerror(errno.ENOENT))


def compare_files(
    store: Store,
    design: Path,
    construction: Path,
    *,
    as_of: date,
    county: str | None = None,
    site: str = "",
    approved_on: date | None = None,
    persons: Mapping[str, int] | None = None,
    institute: str = "",
    references: Sequence[Path] = (),
    names: tuple[str, str] = ("", ""),
    by_hand: Alignment | None = None,
) -> ComparisonReport:
    """Compare two files and judge what is on them; nothing is stored. What was set right on either file before is replayed.

    Where the ledger of unit types is silent a type is judged as one for the registered poor, by the law of `approved_on`, or of
    the site's day, or of `as_of` where no day of approval is known. `persons` (label → number) stands over ledger and drawing.
    Unusable for a file that cannot be read as a drawing; Trouble for a county, site, institute or unit type that is not known.
    """
    known_county(store, county)
    known_institute(store, institute)
    place = placed(store, site, county) if site else None
    words = naming(store, institute)
    supplied = [(one.name, one) for one in references]
    with ThreadPoolExecutor(max_workers=2) as pool:  # each is read in a process of its own
        read = pool.map(lambda one: read_drawing(one[0], one[1] or one[0].name, references=supplied), zip((design, construction), names, strict=True))
        one, two = (understood(store, drawing, words) for drawing in _each_told(read))
    known_labels(persons or {}, (label for of in (one, two) for label, _row in unit_rows(of, "", "").values()))
    county = place.county if place else county
    approved_on = approved_on or (place.approved_on if place else None)
    given: Row = {"county": county or "000000", "site_code": site, "approved_on": approved_on or as_of, "registered_poor": True}
    with store.reading() as connection:
        ledger = read_records(connection, UNIT_TYPE, county) if place else Records(UNIT_TYPE, {}, 0)
    known = staff_rows(ledger, site)
    for label, number in (persons or {}).items():
        known[type_key(label)] = {**known.get(type_key(label), {}), "persons": number}
    told = frozenset(map(type_key, persons or {}))
    bench = Bench(as_of, instruments(store), overlays(store), known=known, given=given, told=told)
    steps.told("comparing")
    return compared(one, two, bench, approved_on=approved_on, by_hand=by_hand)


def _each_told(read: Iterable[Drawing]) -> Iterator[Drawing]:
    """Give the two drawings as they are read, and say so."""
    for number, drawing in enumerate(read, 1):
        steps.told("drawings", number, 2)
        yield drawing


def layers_of(store: Store, report: ComparisonReport, institute: str = "") -> list[LayerTaken]:
    """Return what the layers of the two drawings of a comparison were taken for."""
    words, sheet = naming(store, institute), report.sheet
    sides = (("design", sheet.old), ("construction", sheet.new))
    return [one for which, drawing in sides for one in layers_taken(drawing, words, corrections_of(store, drawing.sha256).wall_layers, which)]


def understood(store: Store, drawing: Drawing, words: Any) -> Understood:
    """Return a drawing understood by those words, with what was set right on that very file replayed."""
    return Understood(drawing, understand(drawing, words, corrections_of(store, drawing.sha256)))


def corrections_of(store: Store, sha256: str) -> Corrections:
    """Return what was set right on a file, nothing where nothing was."""
    with store.reading() as connection:
        found = drawings.corrections(connection, "", sha256)
    return from_json(found[0].said) if found else Corrections()


def compared(
    design: Understood,
    construction: Understood,
    bench: Bench,
    *,
    approved_on: date | None = None,
    by_hand: Alignment | None = None,
    codes: tuple[str, str] = ("design", "construction"),
    decided: Mapping[str, Decision] | None = None,
    title: str = "",
    comparison: Comparison | None = None,
) -> ComparisonReport:
    """Compare two drawings that were understood and judge what is on them.

    `decided`: difference → what was decided before. `comparison`: the geometry's word, where the two were compared already.
    """
    old, new = design.drawing, construction.drawing
    comparison = comparison or compare(old, new, design.plans, construction.plans, by_hand=by_hand)
    past = lineage(old, new, comparison, design.plans, construction.plans)
    types = types_judged(design, construction, bench)
    clues = clues_of(design, construction, types, [*past.flags, *swapped_labels(design.plans, construction.plans)], approved_on)
    facts = _facts(old, new, codes, comparison, past, clues) | {"approved_on": approved_on, "compared_on": bench.as_of}
    figures = [figures_judged(one, code, bench) for one, code in zip((design, construction), codes, strict=True)]
    lineage_found = lineage_judged({"code": "-".join(codes), **facts}, bench)
    sheet = ComparisonSheet(
        old=old,
        new=new,
        comparison=comparison,
        plans_old=design.plans,
        plans_new=construction.plans,
        unit_types=tuple(one.shown for one in types),
        verdicts=tuple(bench.judged(one) for one in (*(one.agreement for one in types), *figures)),
        lineage=(bench.judged(lineage_found),),
        decisions=dict(decided or {}),
        made_on=bench.as_of,
        title=title,
    )
    sides = [finding for one in types for finding in (one.design, one.construction) if finding]
    return ComparisonReport(sheet, tuple(types), (*sides, *(one.agreement for one in types), *figures, lineage_found), facts, tuple(clues))


def _facts(old: Drawing, new: Drawing, codes: tuple[str, str], comparison: Comparison, past: Past, clues: Sequence[LineageClue]) -> Row:
    """Return a pair's columns as far as the drawings tell them."""
    same = _same_file(old, new)
    return {
        "name": f"{old.name} → {new.name}",
        "design_drawing": codes[0],
        "construction_drawing": codes[1],
        "design_saved_on": day_of(old.lineage.updated_at),
        "construction_saved_on": day_of(new.lineage.updated_at),
        "past_known": _tells(old) and _tells(new),
        "same_file": same,
        "shared_percent": round(100 * past.handle_overlap, 1) if same else None,
        "clues": " ".join(clue.id for clue in clues),
        "compared": any(one.status != "refused" for one in comparison.alignments),
        "differences": len(comparison.differences),
        "change_sets": len(comparison.change_sets),
    }


def _tells(drawing: Drawing) -> bool:
    return drawing.lineage.updated_at is not None or bool(drawing.lineage.fingerprint)


def _same_file(old: Drawing, new: Drawing) -> bool | None:
    one, two = old.lineage.fingerprint, new.lineage.fingerprint
    return one == two if one and two else None
