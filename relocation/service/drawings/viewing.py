"""What the pages of drawings show: one drawing understood, a pair compared, two files laid on the table without being kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from checks.drawn import type_key
from checks.finding import Finding
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from geo.drawing.difference import Alignment
from geo.drawing.dwelling import Plans, UnitPlan
from geo.drawing.model import Drawing
from relocation.intake.drawings import notes_of
from relocation.intake.refusal import Note
from relocation.reports.comparison import FORMATS, rendered
from relocation.reports.plan_view import plan_data
from relocation.reports.viewer import viewer_data
from relocation.service import findings
from relocation.service.drawings.corrections import as_json, clicked
from relocation.service.drawings.deciding import corrections, pair_report
from relocation.service.drawings.facts import Row, Understood, doubts_of, in_china, key_of
from relocation.service.drawings.kept import drawing_record, kept_understood, pair_record
from relocation.service.drawings.layers import LayerTaken, layers_taken
from relocation.service.drawings.names import naming
from relocation.service.drawings.pairing import ComparisonReport, compare_files, corrections_of
from relocation.service.drawings.rows import rows_of
from relocation.store import drawings, files
from relocation.store.drawings import Version
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

HELD = 8
"""So many drawings and loose pairs stay in memory: those that people look at just now."""


@dataclass(frozen=True)
class DrawingShown:
    """One drawing as its page shows it."""

    row: Row
    drawing: Drawing
    plans: Plans
    doubts: tuple[Mapping[str, str], ...]
    notes: tuple[Note, ...]
    layers: tuple[LayerTaken, ...]
    set_right: Mapping[str, Any]  # what counts now, as corrections are kept
    versions: tuple[Version, ...]
    findings: tuple[Finding, ...]
    judged: tuple[Finding, ...]  # the area a person of the unit types on it
    pairs: tuple[Row, ...]

    @property
    def labels(self) -> list[str]:
        """The labels of the unit types found, and of those that persons were set for."""
        return sorted({plan.label for plan in self.plans.unit_plans if plan.label} | set(self.set_right.get("persons", {})))


def drawing_shown(store: Store, code: str) -> DrawingShown:
    """Return a drawing with everything understood of it. Trouble for an unknown one, and where its file is gone."""
    row = drawing_record(store, code)
    of = _understood(store, row)
    chosen = corrections_of(store, of.drawing.sha256)
    return DrawingShown(
        row=row,
        drawing=of.drawing,
        plans=of.plans,
        doubts=tuple({"zh": one.zh, "en": one.en} for one in doubts_of(of)),
        notes=tuple(notes_of(of.drawing)),
        layers=tuple(layers_taken(of.drawing, naming(store, str(row["institute"] or "")), chosen.wall_layers)),
        set_right=as_json(chosen),
        versions=tuple(corrections(store, code)),
        findings=findings.findings(store, kind="drawing", subject=code, county=str(row["county"])).findings,
        judged=_types_judged(store, row),
        pairs=tuple(one for one in rows_of(store, DRAWING_PAIR, str(row["county"])) if code in (one["design_drawing"], one["construction_drawing"])),
    )


def _types_judged(store: Store, row: Row) -> tuple[Finding, ...]:
    """Return what the check on the area a person says of each unit type that a drawing speaks of."""
    county = str(row["county"])
    codes = [str(one["code"]) for one in rows_of(store, UNIT_TYPE, county) if row["code"] in (one["design_drawing"], one["construction_drawing"])]
    kept = (findings.findings(store, check="unit-type-area", kind="unit_type", subject=code, county=county).findings for code in codes)
    return tuple(finding for found in kept for finding in found)


def plans_of_type(store: Store, row: Row) -> list[tuple[str, tuple[UnitPlan, ...]]]:
    """Return how each drawing of a unit type shows it, by side, where somebody set something right on that drawing."""
    found = []
    for side in ("design", "construction"):
        drawing = next((one for one in rows_of(store, DRAWING, str(row["county"])) if one["code"] == row[f"{side}_drawing"]), None)
        if drawing is not None and as_json(corrections_of(store, str(drawing["sha256"]))):
            plans = _understood(store, drawing).plans.unit_plans
            found.append((side, tuple(plan for plan in plans if key_of(plan) == type_key(str(row["name"])))))
    return found


def drawing_picture(store: Store, code: str, lang: str) -> dict[str, Any]:
    """Return the picture of a drawing with outlines and rooms. Trouble as `drawing_shown`."""
    row = drawing_record(store, code)
    of = _understood(store, row)
    return plan_data(of.drawing, of.plans, as_json(corrections_of(store, of.drawing.sha256)), lang)


def _understood(store: Store, row: Row) -> Understood:
    found: Understood = _held(store, ("drawing", row["code"], row["institute"]), lambda: kept_understood(store, row))
    return found


def _held(store: Store, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
    """Return what was made for a key while nothing that bears on it has changed; the oldest of many is let go."""
    with store.reading() as connection:
        state = (files.revision(connection, "records"), drawings.said_last(connection))
    held: dict[tuple[object, ...], tuple[object, Any]] = store.kept.setdefault("drawings looked at", {})
    found = held.get(key)
    if found is None or found[0] != state:
        found = state, make()
        with _HOLDING:  # pages are answered by several threads
            held.pop(key, None)
            for oldest in list(held)[: max(len(held) - HELD + 1, 0)]:
                del held[oldest]
            held[key] = found
    return found[1]


_HOLDING = Lock()


@dataclass(frozen=True)
class PairShown:
    """A pair as its page shows it: its record, and the comparison whole."""

    row: Row
    report: ComparisonReport


def pair_shown(store: Store, code: str, *, as_of: date) -> PairShown:
    """Return a kept pair as everything stands now. Trouble for an unknown pair, and where a file of it is gone."""
    return PairShown(pair_record(store, code), pair_report(store, code, as_of=as_of))


def picture_of(report: ComparisonReport, lang: str, *, apart: bool = False) -> dict[str, Any]:
    """Return everything the viewer shows of a comparison. apart: each drawing in its own axes, to mark two points in each by hand."""
    return viewer_data(report.sheet, lang, apart=apart)


def as_file(report: ComparisonReport, suffix: str, lang: str) -> bytes:
    """Return a comparison as a file of one of FORMATS (".pdf" …). Trouble for another."""
    if suffix not in FORMATS:
        raise Trouble("drawing-format", path=suffix, known=", ".join(FORMATS))
    return rendered(report.sheet, suffix, lang)


@dataclass(frozen=True)
class Clicks:
    """Two points that are the same in both drawings, in the units of each."""

    old: tuple[tuple[float, float], ...]
    new: tuple[tuple[float, float], ...]
    mirrored: bool = False

    def said(self) -> dict[str, Any]:
        """Return the clicks as they are kept."""
        return {"old": [list(one) for one in self.old], "new": [list(one) for one in self.new], "mirrored": self.mirrored}


@dataclass(frozen=True)
class Loose:
    """Two files on the table: where they lie, the names they came with, and what is known beside them."""

    design: Path
    construction: Path
    names: tuple[str, str]
    institute: str = ""
    approved_on: date | None = None
    persons: tuple[tuple[str, int], ...] = ()
    clicks: Clicks | None = None


def looked_at(store: Store, loose: Loose, *, as_of: date) -> ComparisonReport:
    """Return two files compared and judged; nothing is stored. Unusable for a file that cannot be read, Trouble for clicks that say nothing."""
    key = ("loose", as_of, loose)

    def made() -> ComparisonReport:
        return compare_files(
            store,
            loose.design,
            loose.construction,
            as_of=as_of,
            approved_on=loose.approved_on,
            persons=dict(loose.persons),
            institute=loose.institute,
            names=loose.names,
            by_hand=_clicked(loose),
        )

    found: ComparisonReport = _held(store, key, made)
    return found


def _clicked(loose: Loose) -> Alignment | None:
    return clicked(loose.clicks.said()) if loose.clicks else None


def saved_said(drawing: Drawing) -> dict[str, str]:
    """Return what a file says of its own past, as texts: moments on the clock of China, to the minute."""
    past = drawing.lineage
    moments = {"created": past.created_at, "updated": past.updated_at}
    said = {name: f"{in_china(at):%Y-%m-%d %H:%M}" for name, at in moments.items() if at is not None}
    hours = {} if past.edit_hours is None else {"edit_hours": f"{past.edit_hours:.1f}"}
    texts = {"saved_by": past.saved_by, "application": past.application, "fingerprint": past.fingerprint, "version": past.version_id}
    return {**said, **hours, **{name: text for name, text in texts.items() if text}}


def sentences(report: ComparisonReport, lang: str) -> Sequence[tuple[str, str, str]]:
    """Return what the checks and the clues say of a pair: check, outcome, sentence."""
    return [(one.check, one.outcome, one.sentence.get(lang, "")) for one in (*report.sheet.verdicts, *report.sheet.lineage)]
