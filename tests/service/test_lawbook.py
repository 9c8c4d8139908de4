"""A county's own law: shown before it holds, published with a reason, never overwritten; what cannot be law is refused with its line and the mend."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.policy import Standing
from checks.verdict import Outcome
from relocation.resources import folder
from relocation.service import Store, Trouble, checking, explaining, findings, lawbook, rechecking
from relocation.service.importing import import_files
from relocation.service.lawbook import LawRefused
from relocation.service.office import open_office
from tests.service.conftest import NOW, SITES

AS_OF = date(2019, 12, 31)
DEMO = (folder("data") / "demo" / "overlays.yaml").read_text("utf-8")
HEADING = f"{SITES},总建筑面积,住房建设成本,安置人数"


def law(most: float | str = 1600, *, since: str = "2017-01-01", extra: str = "", place: str = "411522", instrument: str = "county-rules") -> str:
    return f"""place: "{place}"
instruments:
  county-rules:
    title: {{zh: 本县办法, en: the county's rules}}
    number: 县〔2017〕1号
    issuer: {{zh: 本县, en: the county}}
    issued_on: "2017-01-01"
    place: "{place}"
    basis: S
checks:
  unit-cost:
    county_most_yuan_m2:
      - {{since: {since}, amount: {most}, instrument: {instrument}, clause: {{zh: 第三条, en: article 3}}, standing: formal}}
{extra}"""


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    """Return an office with three sites that cost 1,000, 1,500 and 1,650 yuan a square metre."""
    rows = [f"S{n},{n}号点,十里镇,114.9,32.0{n},2017-03-05,20,1000,{cost * 1000},80" for n, cost in enumerate((1000, 1500, 1650))]
    import_files(store, [ledger(rows, HEADING, "点.csv")], now=NOW, as_kind="sites", county="411522", crs="WGS84")
    checking.check(store, as_of=AS_OF, now=NOW)
    return store


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return an office where nothing is ever stored."""
    opened = open_office(tmp_path_factory.mktemp("bare"))
    yield opened
    opened.close()


def refused(store: Store, text: str) -> list[tuple[str, int]]:
    with pytest.raises(LawRefused) as caught:
        lawbook.publish(store, text, "试试", NOW)
    for one in caught.value.refusals:
        assert one.reason("zh") and one.mend("zh") and one.reason("en") and one.mend("en")
        assert "{" not in one.reason("en").replace("{zh", "") and "None" not in one.reason("zh")
    assert lawbook.history(store) == ()
    return [(one.code, one.line) for one in caught.value.refusals]


def outcome(store: Store, code: str) -> str:
    (found,) = findings.findings(store, check="unit-cost", subject=code).findings
    return found.outcome.id


def test_a_preview_says_who_changes_from_what_to_what_and_stores_nothing(office: Store) -> None:
    shown = lawbook.preview(office, law(1600), AS_OF)
    (change,) = shown.changed
    assert (change.check, dict(change.moved), change.judged) == ("unit-cost", {("review", "fail"): 1}, 3)
    (one,) = change.changed
    assert (one.before.subject, one.before.outcome, one.after.outcome) == ("S2", Outcome.REVIEW, Outcome.FAIL)
    document = shown.json(office, "zh")["changed"][0]
    assert "本县办法" in document["subjects"][0]["after"] and "本县办法" not in document["subjects"][0]["before"]
    assert lawbook.history(office) == () and lawbook.overlays(office) == ()
    assert outcome(office, "S2") == "review"


def test_a_preview_names_ten_examples_and_counts_all(store: Store, ledger: Callable[..., Path]) -> None:
    rows = [f"S{n:02d},{n}号点,十里镇,114.9,32.0{n},2017-03-05,20,1000,1650000,80" for n in range(14)]
    import_files(store, [ledger(rows, HEADING, "点.csv")], now=NOW, as_kind="sites", county="411522", crs="WGS84")
    shown = lawbook.preview(store, law(1600), AS_OF)
    assert shown.total == 14 and len(shown.changed[0].changed) == 10


def test_another_county_is_not_touched_by_a_preview(office: Store) -> None:
    shown = lawbook.preview(office, law(1600, place="411521"), AS_OF)
    assert [one.judged for one in shown.changed] == [0] and shown.total == 0


def test_a_published_text_judges_from_the_next_run_and_old_verdicts_keep_their_law(office: Store) -> None:
    lawbook.publish(office, law(1600), "县里开会定的", NOW)
    assert outcome(office, "S2") == "review"  # not judged again yet
    assert findings.counts(office).stale
    checking.check(office, as_of=AS_OF, now=NOW)
    (fail,) = findings.findings(office, check="unit-cost", outcome="fail").findings
    assert fail.law.value == 1600 and fail.law.instrument == "county-rules"
    lawbook.publish(office, law(2000), "放宽", NOW)
    (kept,) = findings.findings(office, check="unit-cost", outcome="fail").findings
    assert kept.law.value == 1600
    assert "本县办法" in findings.sentence(kept, "zh", lawbook.instruments(office))
    trace = explaining.explain(office, "unit-cost:S2", "zh").traces[0]
    assert "1,600" in str(trace.tree.json()) and "现行文本里已没有这条数值" in str(trace.tree.json())
    checking.check(office, as_of=AS_OF, now=NOW)
    assert outcome(office, "S2") == "review"


def test_a_run_records_the_versions_it_judged_by(office: Store) -> None:
    first = lawbook.publish(office, law(1600), "第一次", NOW)
    checking.check(office, as_of=AS_OF, now=NOW)
    second = lawbook.publish(office, law(1700), "第二次", NOW)
    checking.check(office, as_of=AS_OF, now=NOW)
    with office.reading() as connection:
        runs = connection.exec_driver_sql("SELECT law FROM check_run ORDER BY id").scalars().all()
    assert list(runs) == ["", str(first.id), str(second.id)]


def test_one_record_judged_again_after_a_publication_brings_the_whole_county_along(office: Store) -> None:
    lawbook.publish(office, law(1400), "收紧", NOW)
    rechecking.recheck(office, "site", ["S2"], county="411522", as_of=AS_OF, now=NOW)
    assert (outcome(office, "S1"), outcome(office, "S2")) == ("fail", "fail")
    assert not findings.counts(office, "411522").stale


def test_versions_follow_each_other_and_nothing_is_overwritten(office: Store) -> None:
    first = lawbook.publish(office, law(1600), "第一次", NOW)
    second = lawbook.publish(office, law(1700), "  第二次\n", NOW)
    assert [(one.id, one.previous, one.reason) for one in lawbook.history(office, "411522")] == [(second.id, first.id, "第二次"), (first.id, None, "第一次")]
    assert lawbook.version(office, first.id).yaml == law(1600) and lawbook.text_of(office, "411522") == law(1700)
    assert len(first.sha256) == 64 and first.published_at == NOW
    assert lawbook.history(office, "411521") == ()


@pytest.mark.parametrize("reason", ["", "  ", "a", "长" * 501])
def test_a_reason_is_asked_for(office: Store, reason: str) -> None:
    with pytest.raises(Trouble) as told:
        lawbook.publish(office, law(), reason, NOW)
    assert told.value.code == "law-reason" and lawbook.history(office) == ()


def test_what_is_in_force_already_is_not_published_again(office: Store) -> None:
    lawbook.publish(office, law(), "第一次", NOW)
    with pytest.raises(Trouble) as told:
        lawbook.publish(office, law(), "又一次", NOW)
    assert told.value.code == "law-unchanged"


def test_a_version_published_since_the_preview_is_not_overwritten_unseen(office: Store) -> None:
    shown = lawbook.preview(office, law(1700), AS_OF)
    lawbook.publish(office, law(1600), "别人", NOW, based_on=shown.previous)
    with pytest.raises(Trouble) as told:
        lawbook.publish(office, law(1700), "我来改", NOW, based_on=shown.previous)
    assert told.value.code == "law-moved" and len(lawbook.history(office)) == 1


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (law().replace("unit-cost", "unit-costs"), "unknown-check", 11),
        (law().replace("county_most_yuan_m2", "county_most"), "unknown-parameter", 12),
        (law(instrument="county-rule"), "unknown-instrument", 13),
        (law(instrument='""'), "no-instrument", 13),
        (law().replace(", clause: {zh: 第三条, en: article 3}", ""), "no-clause", 13),
        (law().replace(", en: article 3", ""), "no-clause", 13),
        (law().replace(", standing: formal", ""), "no-standing", 13),
        (law().replace("formal", "legal"), "no-standing", 13),
        (law().replace("since: 2017-01-01", "from: 2017-01-01"), "unknown-key", 13),
        (law(since="2017-02-30"), "unreadable", 13),
        (law(since="去年"), "no-since", 13),
        (law(since="2017-01-01 08:00:00"), "no-since", 13),
        (law(most="1600元"), "no-amount", 13),
        (law(most="true"), "no-amount", 13),
        (law(most=".inf"), "no-amount", 13),
        (law(most=".nan"), "no-amount", 13),
        (law(most=-5), "out-of-range", 13),
        (law(most="1e12"), "no-amount", 13),  # YAML 1.1 reads 1e12 without a point as text
        (law(most=1e12), "out-of-range", 13),
        (law().replace("- {since", '- {place: "411521", since'), "other-place", 13),
        (law().replace("standing: formal", "standing: formal, review_by: 2016-01-01"), "bad-review", 13),
        (law(extra="      - {since: 2017-01-01, amount: 9, instrument: county-rules, clause: {zh: 一, en: one}, standing: formal}\n"), "same-day", 14),
        (law(extra="    county_most_yuan_m2: []\n"), "twice", 14),
        (law(place="410000"), "not-a-county", 1),
        (law(place="411500"), "not-a-county", 1),
        (law(place="9999"), "not-a-county", 1),
        (law().replace("county-rules:", "national-plan-2016:", 1), "taken-id", 3),
        (law().replace("basis: S", "basis: X"), "bad-document", 3),
        (law().replace("county-rules:", "County Rules:", 1), "bad-id", 3),
        (law().replace('place: "411522"\n    basis', 'place: "411521"\n    basis'), "bad-document", 3),
        ("place: [", "not-yaml", 1),
        ("a: &x [1]\nb: *x\n", "alias", 2),
        ("[" * 40 + "]" * 40, "too-long", 1),
        ("", "not-a-mapping", 1),
        ("place: '411522'\nchecks: 5\n", "not-a-mapping", 2),
        ("place: '411522'\nchecks:\n  unit-cost:\n    county_most_yuan_m2: 1600\n", "not-a-list", 4),
        ("place: '411522'\nlaws: {}\n", "unknown-key", 2),
        ("place: !!python/object:os.system x\n", "unreadable", 1),
        ("place: '411522'\n\x00", "not-yaml", 1),
    ],
)
def test_what_cannot_be_law_is_refused_with_its_line(bare: Store, text: str, code: str, line: int) -> None:
    assert (code, line) in refused(bare, text)


def test_everything_wrong_is_said_at_once(bare: Store) -> None:
    said = refused(bare, law(since="去年", most=-5, instrument="nothing").replace("formal", "legal"))
    assert [code for code, _ in said] == ["no-since", "out-of-range", "unknown-instrument", "no-standing"]


def test_a_document_of_one_county_is_not_another_countys(office: Store) -> None:
    lawbook.publish(office, law(1600), "第一次", NOW)
    with pytest.raises(LawRefused) as told:
        lawbook.publish(office, law(1600, place="411521"), "照抄", NOW)
    assert told.value.refusals[0].code == "taken-id"
    lawbook.publish(office, law(1700), "同一个县可以沿用", NOW)


def test_a_rule_may_end(office: Store) -> None:
    lawbook.publish(office, law(most="null"), "不再规定", NOW)
    (overlay,) = lawbook.overlays(office)
    assert overlay.values["unit-cost"]["county_most_yuan_m2"][0].amount is None


def test_a_value_from_the_form_becomes_text_that_can_be_published(office: Store) -> None:
    document = {"title": {"zh": "办法", "en": "rules"}, "number": "", "issuer": {"zh": "县", "en": "county"}, "issued_on": "", "place": "411522", "basis": "S"}
    value = {"since": date(2017, 1, 1), "amount": 1600.0, "instrument": "own", "clause": {"zh": "一", "en": "one"}, "standing": "formal"}
    text = lawbook.with_value(lawbook.text_of(office, "411522"), "unit-cost", "county_most_yuan_m2", value, ("own", document))
    assert lawbook.preview(office, text, AS_OF).total == 1
    more = lawbook.with_value(text, "unit-cost", "county_most_yuan_m2", {**value, "since": date(2018, 1, 1), "amount": 1500.0})
    lawbook.publish(office, more, "两条", NOW)
    (overlay,) = lawbook.overlays(office)
    assert [one.amount for one in overlay.values["unit-cost"]["county_most_yuan_m2"]] == [1600, 1500]
    assert overlay.values["unit-cost"]["county_most_yuan_m2"][0].standing is Standing.FORMAL


def test_the_demonstration_county_has_published_its_own_rules(county: Store) -> None:
    (version,) = lawbook.history(county)
    assert version.place == "411522" and version.yaml == DEMO and version.reason
    assert "demo-county-rules" in lawbook.instruments(county)
    for overlay in lawbook.overlays(county):
        for parameters in overlay.values.values():
            assert {value.instrument for values in parameters.values() for value in values} <= set(lawbook.instruments(county))


def test_an_office_of_its_own_starts_without_any_countys_rules(store: Store) -> None:
    assert lawbook.overlays(store) == () and "demo-county-rules" not in lawbook.instruments(store)


def test_a_value_this_version_has_no_use_for_is_named_and_stops_nothing(office: Store) -> None:
    lawbook.publish(office, law(1600), "第一次", NOW)
    with office.writing() as connection:
        connection.exec_driver_sql("UPDATE law_version SET yaml = replace(replace(yaml, 'county_most_yuan_m2', 'gone_by'), 'unit-cost', 'unit-cost')")
    office.kept.clear()
    assert lawbook.lost(office) == (("411522", "unit-cost.gone_by"),)
    checking.check(office, as_of=AS_OF, now=NOW)


PIECES = st.sampled_from([*law().splitlines(keepends=True), "checks:\n", "  unit-cost: [1]\n", "    - {}\n", "\t", "? [a]\n: b\n", "- x\n", "<<: {a: 1}\n", "2017-13-45: 1\n", "'", "...\n---\n", "!!set {a}\n"])  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map("".join)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_either_law_or_refused_in_words(bare: Store, text: str) -> None:
    refusals: tuple[lawbook.LawRefusal, ...] = ()
    try:
        assert lawbook.read(bare, text).place == str(yaml.safe_load(text)["place"])
    except LawRefused as told:
        refusals = told.refusals
    assert all(one.reason(lang) and one.mend(lang) for one in refusals for lang in ("zh", "en"))


def for_site(code: str, amount: int = 1400, check: str = "unit-cost", parameter: str = "county_most_yuan_m2") -> str:
    """Return the county's text with a value for one site only beside that for the whole county."""
    value = (
        f'{{since: 2017-01-01, amount: {amount}, instrument: county-rules, clause: {{zh: 第四条, en: article 4}}, standing: formal, place: "411522/{code}"}}'
    )
    if check == "unit-cost":
        return law(1600).rstrip("\n") + f"\n      - {value}\n"
    return law(1600).rstrip("\n") + f"\n  {check}:\n    {parameter}:\n      - {value}\n"


def test_a_value_for_one_site_holds_there_alone_and_says_so(office: Store) -> None:
    shown = lawbook.preview(office, for_site("S1"), AS_OF)
    assert dict(shown.changed[0].moved) == {("review", "fail"): 2}  # S2 by the county's 1,600, S1 by its own 1,400
    lawbook.publish(office, for_site("S1"), "单独批的", NOW)
    checking.check(office, as_of=AS_OF, now=NOW)
    assert [outcome(office, code) for code in ("S0", "S1", "S2")] == ["pass", "fail", "fail"]
    own, other = (findings.findings(office, check="unit-cost", subject=code).findings[0] for code in ("S1", "S2"))
    assert (own.law.value, own.law.place) == (1400, "411522/S1") and (other.law.value, other.law.place) == (1600, "411522")
    register = lawbook.instruments(office)
    assert "只用于本安置点" in findings.sentence(own, "zh", register) and "for this site only" in findings.sentence(own, "en", register)
    assert "只用于本安置点" not in findings.sentence(other, "zh", register)
    assert findings.finding_json(own, "en", register)["law"]["place"] == "411522/S1"
    tree = str(explaining.explain(office, "unit-cost:S1", "zh").traces[0].tree.json())
    assert "安置点 411522/S1，优先于上一级的数值" in tree and "1,600" in tree  # what it goes before is shown beside it
    assert "411522/S1" not in str(explaining.explain(office, "unit-cost:S2", "zh").traces[0].tree.json())


def test_one_edited_site_is_judged_again_by_its_own_value(office: Store, ledger: Callable[..., Path]) -> None:
    lawbook.publish(office, for_site("S0"), "单独批的", NOW)
    checking.check(office, as_of=AS_OF, now=NOW)
    changed = ledger(["S0,0号点,十里镇,114.9,32.00,2017-03-05,20,1000,1450000,80"], HEADING, "改.csv")
    import_files(office, [changed], now=NOW, as_kind="sites", county="411522", crs="WGS84")
    rechecking.recheck(office, "site", ["S0"], county="411522", as_of=AS_OF, now=NOW)
    assert outcome(office, "S0") == "fail"


def test_a_site_the_county_does_not_have_is_refused_with_near_ones(office: Store) -> None:
    with pytest.raises(LawRefused) as caught:
        lawbook.read(office, for_site("S11"))
    (one,) = caught.value.refusals
    assert one.code == "unknown-project" and "S1" in one.mend("zh") and one.where == "checks.unit-cost.county_most_yuan_m2[1].place"


def test_a_check_of_areas_has_no_value_for_one_site(office: Store) -> None:
    assert refused(office, for_site("S1", 90, "demolition-rate", "own_least_percent")) == [("no-project", 16)]


def test_a_site_of_another_county_is_another_place(office: Store) -> None:
    assert [code for code, _ in refused(office, for_site("S1").replace("411522/S1", "411523/S1"))] == ["other-place"]


def test_two_values_of_one_site_from_one_day_overlap(office: Store) -> None:
    twice = for_site("S1") + for_site("S1", 1300).splitlines()[-1] + "\n"
    assert [code for code, _ in refused(office, twice)] == ["same-day"]
