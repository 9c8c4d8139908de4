"""What engineers set right, name and decide about drawings is kept with its reason, replayed, and survives a new save."""

from pathlib import Path

import pytest

from checks.verdict import Outcome
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Trouble
from relocation.service.drawings import deciding, pairing
from relocation.service.drawings.names import institutes, keep_naming, naming
from relocation.service.importing import import_files
from relocation.service.rectification import listing
from tests.drawings.pasts import DESIGN, LATER_SAVE, OWN
from tests.drawings.planting import moved_door, reworded
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import B, C
from tests.drawings.writing import Form, dxf
from tests.service.drawn import COUNTY, NOW, SITE, Desk, drawn, plan

SEVERAL = reworded("persons", drawn(C), "居住人数：3人", "居住人数：3人或4人", ("text",)).new


def only(office: Desk) -> str:
    (drawing,) = office.rows(DRAWING)
    return str(drawing["code"])


def test_persons_set_right_settle_a_drawing_that_names_several_numbers(office: Desk) -> None:
    office.ledger("S1-C,C户型,S1,是,,2017-04-01,20,75")
    office.send("设计图.dxf", dxf(SEVERAL), "design")
    assert office.judged("unit-type-area")["unit-type-area"].reason == "doubtful"
    report = deciding.correct(office.store, only(office), {"persons": {"C户型": 3}}, reason="设计任务书为 3 人", now=NOW)
    assert report.changed == 1
    assert office.judged("unit-type-area")["unit-type-area"].outcome is Outcome.PASS


def test_a_correction_is_kept_as_a_version_with_its_reason_and_the_newest_counts(office: Desk) -> None:
    office.send("设计图.dxf", plan(C), "design")
    code = only(office)
    deciding.correct(office.store, code, {"persons": {"C户型": 4}}, reason="先按 4 人", now=NOW)
    deciding.correct(office.store, code, {"persons": {"C户型": 2}}, reason="改为 2 人", now=NOW)
    versions = deciding.corrections(office.store, code)
    assert [(one.said, one.reason) for one in versions] == [({"persons": {"C户型": 2}}, "改为 2 人"), ({"persons": {"C户型": 4}}, "先按 4 人")]
    (kept,) = office.rows(UNIT_TYPE)
    assert kept["design_drawn_persons"] == 2
    deciding.correct(office.store, code, {}, reason="还是按图", now=NOW)
    (kept,) = office.rows(UNIT_TYPE)
    assert kept["design_drawn_persons"] == 3


def test_a_correction_holds_for_the_file_wherever_it_is_compared(office: Desk) -> None:
    office.send("设计图.dxf", plan(C), "design")
    deciding.correct(office.store, only(office), {"persons": {"C户型": 2}}, reason="只住 2 人", now=NOW)
    copy, built = office.file("副本.dxf", plan(C)), office.file("施工图.dxf", plan(C, past=OWN))
    report = pairing.compare_files(office.store, copy, built, as_of=NOW.date())
    (one,) = report.types
    assert one.shown.old is not None
    assert (one.shown.old.persons, one.shown.old.outcome) == (2, "fail")


@pytest.mark.parametrize(
    "said",
    [
        {"walls": ["WALL"]}, {"persons": {"C户型": 0}}, {"persons": {"C户型": "3"}}, {"unit_m": 0}, {"unit_m": float("nan")}, {"gaps": [[1, 2, 3]]},
        {"labels": [[1, 2, ""]]}, {"outlines": {"C户型": [[0, 0], [1, 1]]}}, {"wall_layers": "WALL"}, {"labels": [[1e300, 0, "C"]]}, ["persons"], None,
    ],
    ids=str,
)  # fmt: skip
def test_a_correction_that_says_nothing_is_refused_and_not_kept(office: Desk, said: object) -> None:
    office.send("设计图.dxf", plan(C), "design")
    with pytest.raises(Trouble):
        deciding.correct(office.store, only(office), said, reason="改", now=NOW)
    assert not deciding.corrections(office.store, only(office))


def test_nothing_is_kept_without_a_reason(office: Desk) -> None:
    office.send("设计图.dxf", plan(C), "design")
    with pytest.raises(Trouble):
        deciding.correct(office.store, only(office), {"persons": {"C户型": 3}}, reason="  ", now=NOW)
    with pytest.raises(Trouble):
        keep_naming(office.store, "某院", {"layers": {"wall": ["QIANG"]}}, reason="", now=NOW)


def test_an_outline_drawn_by_hand_gives_its_area(office: Desk) -> None:
    office.send("设计图.dxf", plan(C), "design")
    ring = [[6.0, 14.5], [16.0, 14.5], [16.0, 22.6], [6.0, 22.6]]  # 10.0 × 8.1 m around the plan
    deciding.correct(office.store, only(office), {"outlines": {"C户型": ring}}, reason="外墙按此", now=NOW)
    (kept,) = office.rows(UNIT_TYPE)
    assert kept["design_gross_m2"] == pytest.approx(81.0)


def test_a_label_set_right_takes_the_line_of_the_false_one_away(office: Desk) -> None:
    office.send("设计图.dxf", plan(C), "design")
    deciding.correct(office.store, only(office), {"labels": [[11.0, 18.0, "丙户型"]]}, reason="图名写错", now=NOW)
    assert [row["name"] for row in office.rows(UNIT_TYPE)] == ["丙户型"]


def test_an_institutes_own_words_make_its_layers_walls(office: Desk) -> None:
    renamed = dxf(drawn(C), Form(version="R2010")).replace("墙体".encode(), b"L-0937")
    office.send("设计图.dxf", renamed, "design")
    before = len(office.rows(UNIT_TYPE)) and office.rows(UNIT_TYPE)[0].get("design_gross_m2")
    assert naming(office.store, "某院").layer_role("L-0937") == ""
    assert keep_naming(office.store, "某院", {"layers": {"wall": ["L-0937"]}}, reason="某院的图层标准", now=NOW) == 1
    assert naming(office.store, "某院").layer_role("L-0937") == "wall"
    assert naming(office.store).layer_role("L-0937") == ""
    assert [one.reason for one in institutes(office.store)["某院"]] == ["某院的图层标准"]
    office.send("设计图2.dxf", renamed, "design", institute="某院")
    row = next(row for row in office.rows(UNIT_TYPE) if row.get("design_gross_m2"))
    assert row["design_gross_m2"] == pytest.approx(C.gross_m2, rel=0.003)
    assert before in (None, 0) or before == pytest.approx(C.gross_m2, rel=0.003)


def paired(office: Desk) -> str:
    plant = moved_door(B, 4, 300, Manner())
    office.send("设计图.dxf", dxf(plant.old, Form(past=DESIGN)), "design")
    office.send("施工图.dxf", dxf(plant.new, Form(past=OWN)), "construction")
    (pair,) = office.rows(DRAWING_PAIR)
    return str(pair["code"])


def test_a_decision_on_a_difference_survives_a_new_run_and_a_new_save(office: Desk) -> None:
    pair = paired(office)
    report = deciding.pair_report(office.store, pair, as_of=NOW.date())
    (first, *_) = report.sheet.comparison.change_sets
    ids = list(first.members)
    assert deciding.decide(office.store, pair, ids, kind="approved", document="演建变〔2017〕3号", now=NOW) == len(ids)
    again = deciding.pair_report(office.store, pair, as_of=NOW.date())
    assert again.sheet.decisions[ids[0]].document == "演建变〔2017〕3号"
    office.send("施工图.dxf", dxf(moved_door(B, 4, 300, Manner()).new, Form(past=LATER_SAVE)), "construction")
    (later,) = [str(row["code"]) for row in office.rows(DRAWING_PAIR) if row["code"] != pair]
    kept = deciding.pair_report(office.store, later, as_of=NOW.date())
    assert {kept.sheet.decisions[id].kind for id in ids} == {"approved"}


def test_differences_called_a_finding_open_one_entry_of_the_ledger_and_no_second_one(office: Desk) -> None:
    pair = paired(office)
    ids = [one.id for one in deciding.pair_report(office.store, pair, as_of=NOW.date()).sheet.comparison.differences]
    deciding.decide(office.store, pair, ids, kind="finding", reason="没有变更批复", now=NOW)
    deciding.decide(office.store, pair, ids, kind="finding", reason="没有变更批复", now=NOW)
    (row,) = listing.every(office.store, "zh", day=NOW.date())
    assert (row.entry.subject_kind, row.entry.subject, row.entry.township, row.entry.check) == (
        "drawing_pair",
        pair,
        office.rows(DRAWING_PAIR)[0]["township"] or "",
        "",
    )
    assert "门窗移动 1 处" in row.said
    assert "没有变更批复" in row.said
    deciding.decide(office.store, pair, ids, kind="ignored", reason="门套厚度", now=NOW)
    assert len(listing.every(office.store, "zh", day=NOW.date())) == 1


def test_a_decision_can_be_taken_back(office: Desk) -> None:
    pair = paired(office)
    (one, *_) = deciding.pair_report(office.store, pair, as_of=NOW.date()).sheet.comparison.differences
    deciding.decide(office.store, pair, [one.id], kind="ignored", reason="门套厚度", now=NOW)
    deciding.decide(office.store, pair, [one.id], kind="", now=NOW)
    assert one.id not in deciding.pair_report(office.store, pair, as_of=NOW.date()).sheet.decisions


@pytest.mark.parametrize(
    ("kind", "document", "reason"), [("approved", " ", "有批复"), ("ignored", "", ""), ("forgiven", "1", "1")], ids=["no number", "no reason", "no such kind"]
)
def test_a_decision_without_what_it_rests_on_is_refused(office: Desk, kind: str, document: str, reason: str) -> None:
    pair = paired(office)
    (one, *_) = deciding.pair_report(office.store, pair, as_of=NOW.date()).sheet.comparison.differences
    with pytest.raises(Trouble):
        deciding.decide(office.store, pair, [one.id], kind=kind, document=document, reason=reason, now=NOW)
    with pytest.raises(Trouble):
        deciding.decide(office.store, pair, ["no such difference"], kind="finding", now=NOW)


def test_two_clicks_lay_a_pair_and_are_kept(office: Desk) -> None:
    pair = paired(office)
    clicks = {"old": [[6000, 14500], [14000, 20750]], "new": [[6000, 14500], [14000, 20750]]}
    deciding.align(office.store, pair, clicks, reason="按墙角", now=NOW)
    assert deciding.pair_report(office.store, pair, as_of=NOW.date()).sheet.comparison.alignments[0].status == "by-hand"
    deciding.align(office.store, pair, {}, reason="还是自动", now=NOW)
    assert deciding.pair_report(office.store, pair, as_of=NOW.date()).sheet.comparison.alignments[0].status == "aligned"


def test_a_pair_whose_file_is_gone_says_so(office: Desk) -> None:
    pair = paired(office)
    for path in Path(office.store.home, "drawings").glob("*.packed"):
        path.unlink()
    with pytest.raises(Trouble) as gone:
        deciding.pair_report(office.store, pair, as_of=NOW.date())
    assert "设计图.dxf" in gone.value.reason("zh")
    assert SITE in str(office.rows(DRAWING_PAIR)[0]["site_code"])


def test_words_that_all_counties_share_are_altered_by_whoever_has_them_all(office: Desk, tmp_path: Path) -> None:
    engineer = office.store.acting(Actor("engineer", "engineer", frozenset({Role.ENGINEER}), Scope(frozenset({COUNTY}))))
    assert keep_naming(engineer, "某院", {"layers": {"wall": ["L-0937"]}}, reason="院标", now=NOW) == 1  # there is no other county yet
    (tmp_path / "a.csv").write_text("安置点编码,安置点名称\nS9,他县安置点\n", "utf-8")
    import_files(office.store, [tmp_path / "a.csv"], now=NOW, county="411523", as_kind="sites")
    with pytest.raises(Trouble) as refused:
        keep_naming(engineer, "某院", {"layers": {"wall": ["1-墙"]}}, reason="院标", now=NOW)
    assert refused.value.code == "drawing-naming-shared"
    assert keep_naming(office.store, "某院", {"layers": {"wall": ["1-墙"]}}, reason="院标", now=NOW) == 2
