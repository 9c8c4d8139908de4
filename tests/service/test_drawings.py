"""Drawings are taken in whole or not at all, once, and stand beside what staff typed."""

import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest

from checks.verdict import Outcome
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from relocation.service import Trouble, Unusable
from relocation.service.drawings import taking, withdrawing
from relocation.service.drawings.facts import code_of, said
from relocation.store import files, ledgers
from tests.drawings.dwg import dwg
from tests.drawings.hostile import hostile_files, missing_reference, with_custom_walls
from tests.drawings.pasts import DESIGN, OWN
from tests.drawings.strokes import Words
from tests.drawings.unit_types import A, B, C, deepened
from tests.drawings.writing import dxf
from tests.service.drawn import COUNTY, NOW, SITE, Desk, drawn, plan

LARGE = deepened(C, 3900, 600)  # 81 m² for three
C_LINE = "S1-C,C 户型,S1,是,3,2017-04-01,20,75"


def revision(office: Desk) -> int:
    with office.store.reading() as connection:
        return files.revision(connection, "records")


def test_a_drawing_becomes_a_record_of_itself_and_of_each_unit_type_on_it(office: Desk) -> None:
    report = office.send("设计图.dxf", plan(C, past=DESIGN), "design")
    assert (report.kind, report.read, report.added, report.stored) == ("drawings", 1, 1, True)
    (drawing,), (kept,) = office.rows(DRAWING), office.rows(UNIT_TYPE)
    assert {name: drawing[name] for name in ("name", "site_code", "role", "updated_on", "unit_types", "dimensions")} == {
        "name": "设计图.dxf", "site_code": SITE, "role": "design", "updated_on": DESIGN.updated_at.date(), "unit_types": 1, "dimensions": 7,
    }  # fmt: skip
    assert "doubts" not in drawing
    assert {name: kept[name] for name in ("name", "site_code", "design_drawing", "design_annotated_m2", "design_drawn_persons")} == {
        "name": "C户型", "site_code": SITE, "design_drawing": drawing["code"], "design_annotated_m2": C.gross_m2, "design_drawn_persons": C.persons,
    }  # fmt: skip
    assert kept["design_gross_m2"] == pytest.approx(C.gross_m2, rel=0.003)


def test_taking_in_the_same_drawing_again_changes_nothing(office: Desk) -> None:
    office.send("设计图.dxf", plan(C, past=DESIGN), "design")
    office.send("施工图.dxf", plan(C, past=OWN), "construction")
    before, at = [office.rows(kind) for kind in (DRAWING, UNIT_TYPE, DRAWING_PAIR)], revision(office)
    again = [office.send("设计图.dxf", plan(C, past=DESIGN), "design"), office.send("施工图.dxf", plan(C, past=OWN), "construction")]
    assert [(one.added, one.changed, one.unchanged, one.stored, one.changes) for one in again] == [(0, 0, 1, False, ())] * 2
    assert all(one.imported_before_at == NOW for one in again)
    assert [office.rows(kind) for kind in (DRAWING, UNIT_TYPE, DRAWING_PAIR)] == before
    assert revision(office) == at


def test_a_dry_run_tells_and_stores_nothing(office: Desk) -> None:
    at = revision(office)
    report = office.send("设计图.dxf", plan(C), "design", dry_run=True)
    assert (report.added, report.stored) == (1, False)
    assert any(note.code == "drawing-types" for note in report.notes)
    assert not office.rows(DRAWING)
    assert not office.rows(UNIT_TYPE)
    assert revision(office) == at
    assert not (office.store.home / "drawings").exists()


@pytest.mark.parametrize("one", [one for one in hostile_files() if one.fate == "refused"], ids=lambda one: one.name)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(office: Desk, one: object) -> None:
    at = revision(office)
    with pytest.raises(Unusable) as refused:
        office.send(one.file, one.data, "design")  # type: ignore[attr-defined]
    assert refused.value.refusal.reason("zh")
    assert refused.value.refusal.mend("en")
    assert not office.rows(DRAWING)
    assert revision(office) == at
    assert not (office.store.home / "drawings").exists()


def test_one_bad_file_among_several_stores_none_of_them(office: Desk) -> None:
    supplied = [taking.Supplied(office.file(name, data), "design", SITE) for name, data in (("好.dxf", plan(C)), ("坏.dxf", b"0\nSECTION"))]
    with pytest.raises(Unusable):
        taking.take_in_all(office.store, supplied, now=NOW)
    assert not office.rows(DRAWING)


def test_a_drawing_of_no_known_site_or_role_is_refused_with_what_there_is(office: Desk) -> None:
    path = office.file("设计图.dxf", plan(C))
    with pytest.raises(Trouble) as site:
        taking.take_in(office.store, path, role="design", site="S9", now=NOW)
    assert "S9" in site.value.reason("zh")
    with pytest.raises(Trouble) as role:
        taking.take_in(office.store, path, role="elevation", site=SITE, now=NOW)
    assert "construction" in role.value.mend("en")


def test_the_columns_of_a_drawing_stand_on_the_line_that_staff_keep(office: Desk) -> None:
    office.ledger(C_LINE)
    office.send("设计图.dxf", plan(C), "设计图")
    (kept,) = office.rows(UNIT_TYPE)
    assert (kept["code"], kept["name"], kept["persons"], kept["register_area_m2"], kept["design_annotated_m2"]) == ("S1-C", "C 户型", 3, 75, 75)


def test_what_a_drawing_said_moves_to_the_line_that_staff_bring_later(office: Desk) -> None:
    office.send("设计图.dxf", plan(C), "design")
    office.ledger(C_LINE)
    found = office.judged("unit-type-area")["unit-type-area"]
    (kept,) = office.rows(UNIT_TYPE)
    assert (kept["code"], kept["persons"], kept["design_annotated_m2"]) == ("S1-C", 3, 75)
    assert (found.subject, found.outcome) == ("S1-C", Outcome.PASS)
    at = revision(office)
    office.judged()
    assert revision(office) == at


def test_an_earlier_drawing_taken_in_again_does_not_speak_over_a_later_one(office: Desk) -> None:
    office.send("设计图1.dxf", plan(C), "design")
    office.send("设计图2.dxf", plan(LARGE), "design")
    office.send("设计图1.dxf", plan(C), "design")
    (kept,) = office.rows(UNIT_TYPE)
    assert kept["design_annotated_m2"] == 81


def test_the_drawings_of_a_site_that_show_one_type_make_a_pair_and_others_do_not(office: Desk) -> None:
    office.send("AB设计图.dxf", plan(A, B, past=DESIGN), "design")
    office.send("C设计图.dxf", plan(C, past=DESIGN), "design")
    office.send("C施工图.dxf", plan(C, past=OWN), "construction")
    elsewhere = office.file("别处.dxf", plan(C, past=OWN))
    taking.take_in(office.store, elsewhere, role="construction", site="S2", now=NOW)
    (pair,) = office.rows(DRAWING_PAIR)
    design, built = (code_of("D", COUNTY, SITE, role, sha) for role, sha in ((one["role"], one["sha256"]) for one in office.rows(DRAWING) if one["name"] in ("C设计图.dxf", "C施工图.dxf")))  # fmt: skip
    assert {pair["design_drawing"], pair["construction_drawing"]} == {design, built}
    assert (pair["name"], pair["differences"], pair["compared"]) == ("C设计图.dxf → C施工图.dxf", 0, True)


def test_the_order_of_taking_in_does_not_matter(office: Desk) -> None:
    office.send("施工图.dxf", plan(C, past=OWN), "construction")
    office.send("设计图.dxf", plan(LARGE, past=DESIGN), "design")
    (pair,) = office.rows(DRAWING_PAIR)
    (kept,) = office.rows(UNIT_TYPE)
    assert pair["name"] == "设计图.dxf → 施工图.dxf"
    assert (kept["design_annotated_m2"], kept["construction_annotated_m2"]) == (81, 75)


def test_the_four_checks_judge_what_was_taken_in(office: Desk) -> None:
    office.ledger(C_LINE)
    office.send("设计图.dxf", plan(LARGE, past=replace(DESIGN, updated_at=OWN.updated_at.replace(year=2019))), "design")
    office.send("施工图.dxf", plan(C, past=OWN), "construction")
    found = office.judged("unit-type-area", "drawing-agreement", "drawing-lineage")
    assert (found["unit-type-area"].outcome, found["unit-type-area"].measured) == (Outcome.FAIL, 27)
    assert (found["drawing-agreement"].outcome, found["drawing-agreement"].measured) == (Outcome.REVIEW, 8)
    lineage = found["drawing-lineage"]
    assert lineage.outcome is Outcome.REVIEW
    assert {"fails-where-built-passes", "saved-after-construction", "edited-after-approval"} <= set(str(lineage.facts["clues"]).split())


def test_the_clue_of_the_failing_design_follows_the_ledger(office: Desk) -> None:
    office.send("设计图.dxf", plan(LARGE, past=DESIGN), "design")
    office.send("施工图.dxf", plan(C, past=OWN), "construction")
    office.ledger("S1-C,C户型,S1,是,4,2017-04-01,20,75")  # for four, 81 m² are not too much
    assert "fails-where-built-passes" not in str(office.judged("drawing-lineage")["drawing-lineage"].facts["clues"])
    office.ledger(C_LINE)
    assert "fails-where-built-passes" in str(office.judged("drawing-lineage")["drawing-lineage"].facts["clues"])


def test_objects_that_nobody_reads_are_told_with_their_number(office: Desk) -> None:
    report = office.send("天正.dxf", with_custom_walls(plan(C)), "design")
    (drawing,) = office.rows(DRAWING)
    assert (drawing["doubts"].split()[0], drawing["unreadable"]) == ("unreadable", 7)
    assert "7" in next(note.text("zh") for note in report.notes if note.code == "drawing-unreadable")


def test_drawings_are_counted_with_the_other_ledgers(office: Desk) -> None:
    office.send("设计图.dxf", plan(A, B), "design")
    with office.store.reading() as connection:
        assert [ledgers.count(connection, kind.id, COUNTY) for kind in (DRAWING, UNIT_TYPE, DRAWING_PAIR)] == [1, 2, 0]


def test_a_drawing_withdrawn_takes_its_pairs_and_its_word_with_it_and_an_earlier_one_speaks_again(office: Desk) -> None:
    office.ledger(C_LINE)
    office.send("设计图1.dxf", plan(C, past=DESIGN), "design")
    office.send("施工图.dxf", plan(C, past=OWN), "construction")
    office.send("设计图2.dxf", plan(LARGE, past=DESIGN), "design")
    wrong = next(row["code"] for row in office.rows(DRAWING) if row["name"] == "设计图2.dxf")
    with pytest.raises(Trouble):
        withdrawing.withdraw(office.store, wrong, reason=" ", now=NOW)
    withdrawing.withdraw(office.store, wrong, reason="别处的图", now=NOW)
    assert {row["name"] for row in office.rows(DRAWING)} == {"施工图.dxf", "设计图1.dxf"}
    assert [row["name"] for row in office.rows(DRAWING_PAIR)] == ["设计图1.dxf → 施工图.dxf"]
    (kept,) = office.rows(UNIT_TYPE)
    assert (kept["code"], kept["design_annotated_m2"], kept["persons"]) == ("S1-C", 75, 3)
    assert office.judged("unit-type-area")["unit-type-area"].outcome is Outcome.PASS


def test_a_unit_type_that_only_a_withdrawn_drawing_knew_is_forgotten(office: Desk) -> None:
    office.send("设计图.dxf", plan(A, B), "design")
    (drawing,) = office.rows(DRAWING)
    assert withdrawing.withdraw(office.store, drawing["code"], reason="放错了", now=NOW) == 3
    assert office.rows(UNIT_TYPE) == []
    assert office.rows(DRAWING) == []
    report = office.send("设计图.dxf", plan(A, B), "design")
    assert report.added == 1


def test_a_drawings_texts_are_kept_on_one_line_and_not_endless() -> None:
    assert said("C\x00户\u202e型\n 75㎡ ") == "C 户 型 75㎡"
    assert len(said("户" * 5000)) == 120


def test_a_unit_type_without_a_name_is_kept_under_a_name_that_says_so_and_only_once(office: Desk) -> None:
    nameless = replace(drawn(C), strokes=tuple(one for one in drawn(C).strokes if not (isinstance(one, Words) and "户型" in one.value)))
    office.send("设计图.dxf", dxf(nameless), "design")
    report = office.send("设计图.dxf", dxf(nameless), "design")
    (kept,) = office.rows(UNIT_TYPE)
    assert (kept["name"], report.unchanged) == ("未命名户型", 1)
    assert kept["design_gross_m2"] == pytest.approx(C.gross_m2, rel=0.003)


def test_the_same_file_under_another_name_is_the_same_drawing_and_keeps_what_was_said_of_it(office: Desk) -> None:
    office.send("设计图.dxf", plan(C, past=DESIGN), "design", institute="某院", approved_on=date(2017, 3, 20))
    office.send("施工图.dxf", plan(C, past=OWN), "construction")
    before = [office.rows(kind) for kind in (DRAWING, DRAWING_PAIR)]
    assert office.send("副本(2).dxf", plan(C, past=DESIGN), "design").unchanged == 1
    assert [office.rows(kind) for kind in (DRAWING, DRAWING_PAIR)] == before
    design = next(row for row in office.rows(DRAWING) if row["role"] == "design")
    assert (design["name"], design["institute"], design["approved_on"]) == ("设计图.dxf", "某院", date(2017, 3, 20))
    assert office.send("设计图.dxf", plan(C, past=DESIGN), "design", institute="另一院").changed == 1


def test_an_external_drawing_supplied_later_makes_the_drawing_whole(office: Desk) -> None:
    office.send("总图.dxf", missing_reference(), "design")
    assert "references" in office.rows(DRAWING)[0]["doubts"]
    ground = office.file("ground.dwg", dwg(drawn(C)))
    report = office.send("总图.dxf", missing_reference(), "design", references=[("ground.dwg", ground)])
    assert report.changed == 1
    assert "doubts" not in office.rows(DRAWING)[0]
    assert [row["name"] for row in office.rows(UNIT_TYPE)] == ["C户型"]


def test_a_drawing_in_an_archive_is_taken_in_like_any_other(office: Desk) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("户型.dxf", plan(C))
    report = office.send("设计图.zip", stream.getvalue(), "design")
    (drawing,) = office.rows(DRAWING)
    assert (report.added, drawing["name"]) == (1, "设计图.zip")
    assert (office.store.home / "drawings" / sha256(stream.getvalue()).hexdigest()).is_file()
    assert office.send("设计图.zip", stream.getvalue(), "design").unchanged == 1
