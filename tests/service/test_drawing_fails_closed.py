"""A unit type passes only by a drawing that was read whole, by two readers who agree, with a unit by two votes, a closed outline and one number of persons.

Each of these is taken away by itself from a drawing that passes: then nothing passes. Damaged files are judged as they come.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checks.verdict import Outcome
from geo.drawing.dwelling import UnitOfMeasure
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from relocation.intake.drawings import read_drawing
from relocation.intake.refusal import Unusable
from relocation.service.drawings.facts import Understood, unit_rows
from relocation.service.drawings.judging import Bench, types_judged
from relocation.service.drawings.names import shipped
from relocation.service.reference import instruments
from tests.drawings.dwg import dwg
from tests.drawings.hostile import hostile_files, mutations
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import C
from tests.drawings.writing import Form, dxf
from tests.service.drawn import drawn

BENCH = Bench(date(2026, 11, 24), instruments(), given={"county": "990100", "approved_on": date(2017, 4, 1), "registered_poor": True})
DAMAGED = 49
"""So many damaged files are judged here, seven of each form; `make accuracy` judges a thousand."""


@cache
def sound() -> Understood:
    """Return C户型 (75 m² for three, exactly at the limit) as it is read and understood."""
    drawing = read(dxf(drawn(C)), "设计图.dxf")
    return Understood(drawing, understand(drawing, shipped()))


def judged(of: Understood, **known: object) -> tuple[Outcome, str]:
    """Return outcome and reason of the one unit type on a drawing."""
    bench = replace(BENCH, known={"c": known} if known else {})
    (one,) = types_judged(of, of, bench)
    assert one.design is not None
    return one.design.outcome, one.design.reason


def plans_with(**changed: Any) -> Understood:
    (plan,) = sound().plans.unit_plans
    return replace(sound(), plans=replace(sound().plans, unit_plans=(replace(plan, **changed),)))


def drawing_with(**changed: Any) -> Understood:
    return replace(sound(), drawing=replace(sound().drawing, **changed))


TAKEN_AWAY: dict[str, Callable[[], Understood]] = {
    "objects nobody reads": lambda: drawing_with(unreadable={"TCH_WALL": 3}),
    "an external drawing missing": lambda: drawing_with(missing_references=("ground.dwg",)),
    "two readers that do not agree": lambda: drawing_with(agreed=False),
    "a print": lambda: drawing_with(format="pdf"),
    "no unit by two votes": lambda: replace(sound(), plans=replace(sound().plans, unit=UnitOfMeasure(None, ()))),
    "an outline that does not close": lambda: plans_with(outline=None, gross_m2=None, open_because=("gap",)),
    "an outline that cuts no room": lambda: plans_with(open_because=("corrected-outline", "corrected-outline-cuts")),
    "several numbers of persons": lambda: plans_with(persons=(3, 4)),
    "no number of persons": lambda: plans_with(persons=()),
    "one type drawn twice with two areas": lambda: replace(
        sound(), plans=replace(sound().plans, unit_plans=(*sound().plans.unit_plans, *plans_with(gross_m2=70.0, annotated_m2=70.0).plans.unit_plans))
    ),
}


def test_the_sound_drawing_passes_at_the_limit() -> None:
    assert judged(sound()) == (Outcome.PASS, "within")


@pytest.mark.parametrize("missing", TAKEN_AWAY)
def test_nothing_passes_without(missing: str) -> None:
    outcome, reason = judged(TAKEN_AWAY[missing]())
    assert outcome in (Outcome.NO_DATA, Outcome.REVIEW), reason


@pytest.mark.parametrize("missing", TAKEN_AWAY)
def test_a_ledger_that_gives_the_persons_does_not_make_good_what_the_drawing_lacks(missing: str) -> None:
    outcome, reason = judged(TAKEN_AWAY[missing](), persons=3)
    assert outcome is (Outcome.PASS if missing == "no number of persons" else Outcome.NO_DATA), reason


@pytest.mark.parametrize("missing", [one for one in TAKEN_AWAY if one not in ("no number of persons", "an outline that does not close")])
def test_a_drawing_that_cannot_be_relied_on_and_is_too_large_is_told_and_does_not_fail(missing: str) -> None:
    outcome, reason = judged(TAKEN_AWAY[missing](), persons=2)
    assert (outcome, reason) == (Outcome.REVIEW, "doubtful-over")


def test_a_written_area_saves_no_unit_type_whose_outline_is_larger() -> None:
    assert judged(plans_with(gross_m2=80.4)) == (Outcome.REVIEW, "written-otherwise")


def test_persons_set_right_by_hand_are_not_said_to_be_written_on_the_drawing() -> None:
    bench = replace(BENCH, known={"c": {"persons": 4}})
    said = []
    for of in (sound(), plans_with(open_because=("corrected-persons",))):
        (one,) = types_judged(of, of, bench)
        assert one.design is not None
        assert one.design.reason == "persons-differ"
        said.append(bench.said(one.design))
    assert "设计图上写的是 3 人" in said[0]["zh"]
    assert "设计图经人工改正为 3 人" in said[1]["zh"]
    assert "the design was set right by hand to say 3" in said[1]["en"]


def test_an_area_within_the_uncertainty_of_the_limit_is_too_close_to_call() -> None:
    assert judged(plans_with(gross_m2=74.9, gross_error_m2=0.4, annotated_m2=None)) == (Outcome.REVIEW, "too-close")


@pytest.mark.parametrize("one", [one for one in hostile_files() if one.fate == "not whole"], ids=lambda one: one.name)
def test_a_file_that_was_not_read_whole_passes_nothing(tmp_path: Path, one: object) -> None:
    path = tmp_path / one.file  # type: ignore[attr-defined]
    path.write_bytes(one.data)  # type: ignore[attr-defined]
    drawing = read_drawing(path, path.name)
    of = Understood(drawing, understand(drawing, shipped()))
    assert not drawing.read_whole
    assert all(found.design is None or found.design.outcome is not Outcome.PASS for found in types_judged(of, of, BENCH))


def test_damaged_files_are_refused_or_pass_nothing_but_what_the_sound_one_says(tmp_path: Path) -> None:
    wrong, passed, refused = [], 0, 0
    for number, (name, data) in enumerate(mutations(DAMAGED)):
        path = tmp_path / name
        path.write_bytes(data)
        try:
            drawing = read_drawing(path, name)
        except Unusable:
            refused += 1
            continue
        of = Understood(drawing, understand(drawing, shipped()))
        for found in types_judged(of, of, BENCH):
            if found.design is not None and found.design.outcome is Outcome.PASS:
                passed += 1
                (said,) = unit_rows(of, "design", "d").values()
                if said[1]["design_gross_m2"] != pytest.approx(C.gross_m2, abs=1e-4):
                    wrong.append((number, name, said))
    assert not wrong
    assert refused > DAMAGED // 3


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99, 0.9999])
@pytest.mark.parametrize("form", ["DXF", "binary DXF", "DWG 2004", "DWG 2018"])
def test_a_file_that_was_cut_short_is_never_read_as_a_smaller_drawing(tmp_path: Path, form: str, share: float) -> None:
    plan = sheet((C,))
    made = {"DXF": lambda: dxf(plan), "binary DXF": lambda: dxf(plan, Form(binary=True)), "DWG 2004": lambda: dwg(plan, Form(version="R2004")), "DWG 2018": lambda: dwg(plan, Form(version="R2018"))}[form]()  # fmt: skip
    path = tmp_path / ("plan.dwg" if "DWG" in form else "plan.dxf")
    path.write_bytes(made[: int(len(made) * share)])
    try:
        drawing = read_drawing(path, path.name)
    except Unusable:
        return
    of = Understood(drawing, understand(drawing, shipped()))
    assert all(found.design is None or found.design.outcome is not Outcome.PASS for found in types_judged(of, of, BENCH))
