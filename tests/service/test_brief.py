"""The leader's brief: every figure is what the store says, the worst comes first, and what nobody knows is never fine."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store, Trouble
from relocation.service.briefing import building, files
from relocation.service.briefing.contract import Brief
from relocation.service.checking import check
from relocation.service.importing import import_files
from tests.service.conftest import NOW

COUNTY = "411522"
FAIL, REVIEW, NO_DATA = 0, 1, 2


@pytest.fixture(scope="module")
def brief(county: Store) -> Brief:
    return building.brief(county, COUNTY, "zh", now=NOW)


def listed(said: str) -> str:
    return ", ".join(f"'{one}'" for one in said.split())


def found(checks: str, kinds: str, severities: str, reasons: str = "") -> str:
    """Return the rows of findings that are meant, in SQL."""
    more = f" AND reason IN ({listed(reasons)})" if reasons else " AND reason <> 'not-supplied'"
    kept = f" AND severity IN ({severities})" if severities else ""
    return f"FROM finding WHERE county = '{COUNTY}' AND \"check\" IN ({listed(checks)}) AND subject_kind IN ({listed(kinds)}){kept}{more}"


def subjects(*told: str) -> str:
    return f"SELECT COUNT(DISTINCT subject_kind || '|' || subject) {found(*told)}"


def persons(*told: str) -> str:
    return f"SELECT COALESCE(SUM(approved_persons), 0) FROM household WHERE county = '{COUNTY}' AND code IN (SELECT subject {found(*told)})"


def usual(id: str, checks: str, kinds: str) -> dict[str, str]:
    made = {f"{id}.fail": subjects(checks, kinds, "0"), f"{id}.review": subjects(checks, kinds, "1"), f"{id}.no-data": subjects(checks, kinds, "2")}
    return made | ({f"{id}.fail-persons": persons(checks, kinds, "0")} if "household" in kinds else {})


IDLE = "over-own-limit two-years one-year"
RUNNING = "state IN ('open', 'assigned', 'rectifying', 'returned')"
EVERY = {
    "register.sites": f"SELECT COUNT(*) FROM site WHERE county = '{COUNTY}'",
    "register.households": f"SELECT COUNT(*) FROM household WHERE county = '{COUNTY}'",
    "register.persons": f"SELECT SUM(approved_persons) FROM household WHERE county = '{COUNTY}'",
    "four.none": subjects("four-proximities", "site", "1", "needs-justification justified"),
    "four.too-close": subjects("four-proximities", "site", "1", "too-close"),
    "four.claim": subjects("four-proximities", "site", "1", "claim-differs"),
    "four.no-data": subjects("four-proximities", "site", "2"),
    "ratio.persons": "SELECT 100.0 * json_extract(facts, '$.concentrated_persons') / json_extract(facts, '$.persons') " + found("resettlement-ratio", "county", ""),
    "ratio.households": "SELECT 100.0 * json_extract(facts, '$.concentrated_households') / json_extract(facts, '$.households') " + found("resettlement-ratio", "county", ""),
    "ratio.review": subjects("resettlement-ratio", "township", "0, 1"),
    "ratio.no-data": subjects("resettlement-ratio", "township", "2"),
    "old-house.rate": "SELECT 100.0 * json_extract(facts, '$.down') / json_extract(facts, '$.due') " + found("demolition-rate", "county", ""),
    "funds.idle": "SELECT SUM(json_extract(facts, '$.idle_yuan')) " + found("retained-funds", "fund", "0, 1", IDLE),
    "funds.batches": subjects("retained-funds", "fund", "0, 1", IDLE),
    "funds.all": "SELECT SUM(MAX(json_extract(facts, '$.idle_yuan'), 0)) " + found("retained-funds", "fund", ""),
    "funds.odd": subjects("retained-funds", "fund", "1", "counted-too-early overspent"),
    "funds.no-data": subjects("retained-funds", "fund", "2"),
    **usual("ground", "exclusion-zones", "site"),
    **usual("double", "eligibility renovation-overlap duplicate-identity", "household"),
    **usual("area", "living-area", "household"),
    **usual("cost", "unit-cost subsidy-gap infrastructure-share", "site"),
    **usual("facilities", "site-facilities fit-out", "site"),
    **usual("old-house", "old-house", "household"),
    **usual("move-in", "move-in", "household"),
    **usual("support", "follow-up-support support-chain", "household"),
    **usual("paid", "self-raised subsidy-payment", "household"),
    **usual("drawings", "unit-type-area drawing-agreement", "unit_type"),
    **usual("progress", "construction-progress", "site"),
    **usual("files", "record-completeness copied-text signatures", "household"),
    **usual("reported", "reported-figures", "reported"),
    **usual("notice", "public-notice", "notice household"),
    "ledger.overdue": f"SELECT COUNT(*) FROM ledger_entry WHERE ({RUNNING} AND due_on < '{NOW.date()}') OR (state = 'submitted' AND submitted_on > due_on)",
    "ledger.submitted": "SELECT COUNT(*) FROM ledger_entry WHERE state = 'submitted'",
    "ledger.asked": "SELECT COUNT(*) FROM ledger_entry WHERE asked_due_on IS NOT NULL",
    "ledger.unassigned": "SELECT COUNT(*) FROM ledger_entry WHERE state = 'open'",
    "findings.review": f"SELECT COUNT(*) FROM finding WHERE county = '{COUNTY}' AND severity = 1",
}  # fmt: skip


def test_every_figure_of_the_demonstration_is_what_the_database_says_when_asked_apart(county: Store, brief: Brief):
    figures = {one.id: one for one in brief.figures}
    assert set(figures) == set(EVERY)
    with sqlite3.connect(f"file:{county.home / 'relocation.db'}?mode=ro", uri=True) as database:
        for id, asked in EVERY.items():
            (expected,) = database.execute(asked).fetchone()
            assert figures[id].value == pytest.approx(expected, rel=1e-12), id


def test_a_figure_asked_again_by_its_id_is_the_same_and_a_question_gives_all_of_its_own(county: Store, brief: Brief):
    told = {one.id: one for one in brief.figures}
    again = building.figures_of(county, COUNTY, "old-house", "zh", now=NOW)
    assert [one.id for one in again] == ["old-house.fail", "old-house.fail-persons", "old-house.review", "old-house.rate", "old-house.no-data"]
    assert all(one == told[one.id] for one in again)
    with pytest.raises(Trouble) as refused:
        building.figures_of(county, COUNTY, "old-horse", "zh", now=NOW)
    assert refused.value.code == "brief-figure"
    assert "old-house.fail" in refused.value.mend("en")


def test_households_and_persons_stand_apart_each_with_its_unit_and_day(brief: Brief):
    area = next(one for one in brief.answers if one.id == "area")
    assert [(one.id, one.shown, one.unit, one.on) for one in area.figures[:2]] == [
        ("area.fail", "5 户", "household", date(2019, 12, 31)),
        ("area.fail-persons", "14 人", "persons", date(2019, 12, 31)),  # 3 + 2 + 4 + 1 + 4 approved in the five
    ]
    total = next(one for one in brief.totals if one.id == "register.persons")
    assert total.unknown == 1
    assert "另 1 户未填" in total.shown


def test_what_fails_comes_first_and_of_one_question_the_worst_case(brief: Brief):
    ranks = ["fail", "review", "no-data", "pass", "not-applicable"]
    assert [ranks.index(one.outcome) for one in brief.answers] == sorted(ranks.index(one.outcome) for one in brief.answers)
    failing = [one.failing for one in brief.answers if one.outcome == "fail"]
    assert failing == sorted(failing, reverse=True)
    by_id = {one.id: one for one in brief.answers}
    assert [case.code for case in by_id["area"].worst[:3]] == ["GS0299", "GS0224", "GS0075"]  # 45, 30 and 29.2 m² a person
    assert by_id["funds"].worst[0].code == "ZJ2016-4"  # the only one that fails, and the most that lies still of what fails
    assert "一个都不靠" not in by_id["four"].worst[0].said
    assert by_id["four"].worst[0].who == "孙铁铺镇 南岭安置点"  # near none, before those too close to call


def test_marks_on_the_picture_are_numbered_as_the_questions_follow_and_stand_where_the_case_does(brief: Brief):
    marks = [case.mark for one in brief.answers for case in one.worst if case.mark]
    assert marks == list(range(1, len(marks) + 1))
    assert all(case.at for one in brief.answers for case in one.worst if case.mark)
    places = [case.at for one in brief.answers for case in one.worst if case.mark and case.at]
    assert all(114.5 < lon < 115.2 and 31.6 < lat < 32.2 for lon, lat in places)


def test_nothing_that_somebody_wrote_about_people_is_quoted(brief: Brief):
    said = json.dumps(brief.json(), ensure_ascii=False)
    assert "肾" not in said  # the demonstration has a head of household with this cause on file
    assert "致贫原因“…”" in said


def test_of_a_county_without_a_ledger_of_funds_nobody_says_that_no_money_lies_idle(store: Store, ledger: Callable[..., Path]):
    import_files(store, [ledger(["H1,演甲,十里镇,是,3,2017-03-05,集中安置,60"])], county=COUNTY, now=NOW)
    with pytest.raises(Trouble) as refused:
        building.brief(store, COUNTY, "zh", now=NOW)
    assert refused.value.code == "brief-unchecked"
    check(store, as_of=date(2018, 6, 30), now=NOW)
    outcomes = {one.id: one.outcome for one in building.brief(store, COUNTY, "zh", now=NOW).answers}
    assert outcomes["area"] == "pass"  # 20 m² a person
    assert {outcomes[id] for id in ("funds", "four", "progress", "reported", "drawings")} == {"no-data"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"county": "999999"}, "county-empty"),
        ({"county": "411523"}, "county-empty"),
        ({"as_of": date(2019, 12, 30)}, "brief-before-first"),
        ({"since": NOW.date() - timedelta(days=1)}, "brief-since-before-first"),
        ({"since": NOW.date() + timedelta(days=1)}, "brief-since-later"),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_mend(county: Store, asked: dict[str, Any], code: str):
    with pytest.raises(Trouble) as refused:
        building.brief(county, asked.pop("county", COUNTY), "zh", now=NOW, **asked)
    assert refused.value.code == code
    assert all(refused.value.reason(lang) and refused.value.mend(lang) for lang in ("zh", "en"))


def test_another_day_of_judgement_judges_anew_keeps_nothing_and_says_so(county: Store, brief: Brief):
    later = building.brief(county, COUNTY, "zh", now=NOW, as_of=date(2020, 12, 31))
    old = {one.id: one.value or 0 for one in brief.figures}
    new = {one.id: one.value or 0 for one in later.figures}
    assert later.judged_anew
    assert "没有存入" in "".join(later.assumptions)
    assert new["old-house.fail"] > old["old-house.fail"]  # more houses are past their day a year on
    assert {one.on for one in later.answers[0].figures} == {date(2020, 12, 31)}
    assert building.brief(county, COUNTY, "zh", now=NOW) == brief


def leader(store: Store, *townships: str) -> Store:
    return store.acting(Actor("town", "town", frozenset({Role.VIEWER}), Scope(frozenset(), frozenset((COUNTY, name) for name in townships))))


def test_whoever_is_bound_to_a_township_is_told_of_it_alone_and_that_it_is_so(county: Store, brief: Brief):
    mine = building.brief(leader(county, "马畈镇"), COUNTY, "zh", now=NOW)
    assert mine.places == ("马畈镇",)
    assert "马畈镇" in mine.assumptions[0]
    with sqlite3.connect(f"file:{county.home / 'relocation.db'}?mode=ro", uri=True) as database:
        homes = database.execute("SELECT COUNT(*) FROM household WHERE county = ? AND township = '马畈镇'", (COUNTY,)).fetchone()[0]
    figures = {one.id: one.value for one in mine.figures}
    assert figures["register.households"] == homes
    assert "ratio.persons" not in figures  # that is of the county
    assert {case.who.split(" ")[0] for one in mine.answers for case in one.worst} == {"马畈镇"}
    assert next(one for one in mine.answers if one.id == "ground").note  # the layer that is missing is missing for a township too
    with pytest.raises(Trouble) as refused:
        building.brief(leader(county, "马畈镇"), COUNTY, "zh", now=NOW, as_of=date(2020, 12, 31))
    assert refused.value.code == "brief-day-bound"
    with pytest.raises(Trouble) as elsewhere:
        building.brief(leader(county, "马畈镇"), "411523", "zh", now=NOW)
    assert elsewhere.value.code == "not-your-place"


def test_the_next_brief_tells_what_came_and_went_since_the_one_of_an_earlier_day(own: Store, ledger: Callable[..., Path], tmp_path: Path):
    assert building.brief(own, COUNTY, "zh", now=NOW).since.kind == "first"
    assert files.write(own, building.brief(own, COUNTY, "zh", now=NOW), tmp_path / "简报.html", now=NOW)
    assert building.brief(own, COUNTY, "zh", now=NOW).since.kind == "first"  # another form of the same day's brief says the same
    day = NOW + timedelta(days=3)
    changed = ledger(
        ["GS0224,演某甲,寨河镇,4,100", "GS0225,演某乙,寨河镇,3,990"], "户编号,户主姓名,乡镇,核定搬迁人口,安置住房面积"
    )  # 30 → 25 m² a person; and one far too large
    import_files(own, [changed], as_kind="households", county=COUNTY, now=day)
    check(own, as_of=date(2019, 12, 31), now=day)
    later = building.brief(own, COUNTY, "zh", now=day)
    assert (later.since.kind, later.since.at) == ("brief", NOW)
    moved = {one.id: one for one in later.since.changes}
    assert any("GS0224" in line for line in moved["gone"].lines)
    assert any("GS0225" in line and "990" in line for line in moved["new"].lines)
    with sqlite3.connect(own.home / "relocation.db") as database:
        assert moved["new"].figure.value == database.execute("SELECT COUNT(*) FROM entry WHERE first_run = 2 AND gone_run IS NULL").fetchone()[0]
        assert moved["gone"].figure.value == database.execute("SELECT COUNT(*) FROM entry WHERE gone_run = 2").fetchone()[0]
    nobody = building.brief(leader(own, "马畈镇"), COUNTY, "zh", now=day)
    assert nobody.since.kind == "first"  # of that township alone none was made
    chosen = building.brief(leader(own, "马畈镇"), COUNTY, "zh", now=day, since=NOW.date() + timedelta(days=1))
    assert not any("GS022" in line for one in chosen.since.changes for line in one.lines)  # those are of another township


def test_a_brief_that_was_made_stands_in_the_log(own: Store, tmp_path: Path):
    files.write(own, building.brief(own, COUNTY, "zh", now=NOW), tmp_path / "brief.html", now=NOW)
    with sqlite3.connect(own.home / "relocation.db") as database:
        action, county_, subject = database.execute("SELECT action, county, subject FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        marks = database.execute("SELECT county, township, form FROM brief_mark").fetchall()
    assert (action, county_, subject) == ("export.made", COUNTY, "brief.html")
    assert marks == [(COUNTY, "", "html")]


@pytest.mark.parametrize(("name", "code"), [("简报.xlsx", "brief-suffix"), ("简报", "brief-suffix"), ("没有/简报.html", "out-unwritable")])
def test_a_file_that_cannot_be_is_refused_and_nothing_is_noted(county: Store, brief: Brief, tmp_path: Path, name: str, code: str):
    with pytest.raises(Trouble) as refused:
        files.write(county, brief, tmp_path / name, now=datetime(2026, 11, 24, tzinfo=UTC))
    assert refused.value.code == code
    with sqlite3.connect(f"file:{county.home / 'relocation.db'}?mode=ro", uri=True) as database:
        assert database.execute("SELECT COUNT(*) FROM brief_mark").fetchone() == (0,)
