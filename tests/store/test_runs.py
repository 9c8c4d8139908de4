"""Findings are kept by key; what is new, still there, gone and back is told; nothing is written twice."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from checks.finding import Finding, LawApplied
from checks.verdict import Outcome
from relocation.store import queries, runs
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LAW = LawApplied("most", 25.0, date(2016, 9, 22), "plan", {"zh": "一节", "en": "a section"}, "formal", "000000")


def finding(subject: str, outcome: Outcome = Outcome.FAIL, county: str = "411522", check: str = "living-area", kind: str = "household") -> Finding:
    return Finding(
        check, kind, subject, "张＊", county, "十里镇", outcome, "over", 25.5, 25.0, "m2/person", LAW, ("lon", "lat"), {"near": {"township": {"m": 3.5}}}
    )


def run(store: Store, found: Iterable[Finding], scope: runs.Scope = runs.Scope()) -> runs.Moved:  # noqa: B008 - frozen
    with store.writing() as connection:
        county = scope.county if isinstance(scope.county, str) else None
        number = runs.add_run(connection, NOW, NOW.date(), county, scope.checks or (), 1)
        rows = [runs.as_row(one) for one in found]
        runs.keep_findings(connection, [scope], rows)
        return runs.keep_entries(connection, number, [scope], {row[:4] for row in rows if row[6] in runs.OPEN}, {row[:4]: runs.lies_in(row) for row in rows})


def kept(store: Store) -> list[Finding]:
    with store.reading() as connection:
        return list(queries.every_finding(connection, FindingFilter(), batch=2))


def test_a_finding_comes_back_as_it_was(store: Store) -> None:
    run(store, [finding("1")])
    assert kept(store) == [finding("1")]


def test_new_still_gone_and_back_are_told_apart(store: Store) -> None:
    assert run(store, [finding("1"), finding("2")]) == runs.Moved(2, 0, 0, 0)
    assert run(store, [finding("1"), finding("2")]) == runs.Moved(0, 2, 0, 0)
    assert run(store, [finding("1")]) == runs.Moved(0, 1, 1, 0)
    assert run(store, [finding("1"), finding("2"), finding("3")]) == runs.Moved(1, 1, 0, 1)


def test_what_passes_now_is_gone_though_it_is_still_listed(store: Store) -> None:
    run(store, [finding("1", kind="site")])
    assert run(store, [finding("1", Outcome.PASS, kind="site")]) == runs.Moved(0, 0, 1, 0)
    assert [one.outcome for one in kept(store)] == [Outcome.PASS]


def test_a_run_over_one_county_closes_nothing_in_another(store: Store) -> None:
    run(store, [finding("1"), finding("1", county="411523")])
    assert run(store, [], runs.Scope(county="411522")) == runs.Moved(0, 0, 1, 0)
    assert [one.county for one in kept(store)] == ["411523"]


def test_a_run_of_one_check_closes_nothing_of_another(store: Store) -> None:
    run(store, [finding("1"), finding("1", check="old-house")])
    run(store, [], runs.Scope(checks=["old-house"]))
    assert [one.check for one in kept(store)] == ["living-area"]


def test_a_run_of_the_same_findings_writes_no_row(store: Store) -> None:
    found = [finding(str(n), outcome) for n in range(3) for outcome in (Outcome.FAIL,)]
    run(store, found)
    with store.writing() as connection:
        before = connection.connection.cursor()
        before.execute("SELECT id, subject FROM finding ORDER BY id")
        rows = before.fetchall()
        runs.keep_findings(connection, [runs.Scope()], [runs.as_row(one) for one in reversed(found)])
        before.execute("SELECT id, subject FROM finding ORDER BY id")
        assert before.fetchall() == rows
        before.close()


def test_the_worst_come_first_and_pages_meet_without_gap_or_overlap(store: Store) -> None:
    found = [finding(f"{outcome}{n}", outcome) for outcome in Outcome for n in range(5)]
    run(store, found)
    listed = kept(store)
    assert len(listed) == len({one.key for one in listed}) == 25
    assert [one.outcome for one in listed[::5]] == [Outcome.FAIL, Outcome.REVIEW, Outcome.NO_DATA, Outcome.PASS, Outcome.NOT_APPLICABLE]


def test_a_per_cent_sign_in_a_search_is_only_a_per_cent_sign(store: Store) -> None:
    run(store, [finding("a%b"), finding("axb")])
    with store.reading() as connection:
        found = queries.page_of_findings(connection, FindingFilter(text="a%"), (), 10)
    assert [one.subject for one in found] == ["a%b"]
