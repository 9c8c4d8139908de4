"""Nobody is told a word of a place that is not theirs, whatever they ask and however; and nobody does what their role does not allow.

Everything that is kept of a place carries the place's mark. Every route is asked as every role, bound to a county, to a township,
to nothing, and without sign-in, with codes of one's own, of others, and of nobody; workbooks, archives and PDFs that come back are opened.
"""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from checks.vocabulary import DRAWING, DRAWING_PAIR, HOUSEHOLD, SITE, UNIT_TYPE
from relocation.accounts.roles import Right, Role
from relocation.service import Store
from relocation.service.drawings.rows import rows_of
from relocation.service.office import open_office
from relocation.store.schema import metadata
from relocation.web import create_app
from relocation.web.needing import Door, needed
from tests.web import canaries, crawl
from tests.web.canaries import EVERY_MARK, NOW, OURS, PLACES, THEIRS, code, marks_of
from tests.web.crawl import Person, Tally
from tests.web.offices import COUNTY_LAW
from tests.web.signed import enter, signed_in, token

TOWNSHIP = PLACES[0]
CHECKS = ("living-area", "four-proximities", "unit-type-area", "drawing-agreement")
SESSIONS = {"account", "account_place", "attempt", "event", "sign_in"}
"""Tables that signing in and out writes to."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("canaries") / "home"
    canaries.build(home).close()
    return home


@pytest.fixture(scope="module")
def store(built: Path) -> Iterator[Store]:
    opened = open_office(Path(shutil.copytree(built, built.with_name("asked"))))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(store: Store) -> Flask:
    return create_app(store, now=lambda: NOW)


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Iterator[Store]:
    """Return an office to change things in."""
    shutil.copytree(built, tmp_path / "home")
    opened = open_office(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def values(store: Store) -> dict[str, list[str]]:
    """Return what is put into the parts of addresses: of every place a record of each kind, of nobody, and what is no code at all."""
    codes = [code(place, ledger, 0) for place in PLACES for ledger in ("sites", "households", "unit-types")]
    for kind in (DRAWING, DRAWING_PAIR):
        found = {str(row["site_code"]): str(row["code"]) for row in rows_of(store, kind)}
        codes += [found[code(place, "sites", 0)] for place in PLACES]
    entries = [f"{county}-{number}" for county in (OURS, THEIRS) for number in (1, 2, 99)]
    codes = [*codes, "QZNONE-sites-0", "-1", "%2e%2e", "é" * 300]
    return {
        "code": codes, "subject": [*codes, OURS, THEIRS], "kind": ["site", "household", "drawing", "drawing_pair", "unit_type", "county"],
        "id": [*CHECKS, "1", "2", "3", "99", "demo", "qzforc-rules", "qzownc-rules"], "county": [OURS, THEIRS, "110101"], "number": ["1", "2", "3", "99"],
        "form": ["csv", "json", "xlsx", "geojson", "pdf", "svg", "dxf", "html"], "name": [*entries, "QZFORB", "style.css"], "what": ["reset", "rights"],
        "ledger": ["sites", "households"], "filename": ["style.css"], "entry": entries, "sha256": ["0" * 64], "day": ["2018-06-30"], "month": ["2018-06"],
    }  # fmt: skip


QUERIES = (
    "", f"county={OURS}", f"county={THEIRS}", "text=QZ&limit=200", f"township={PLACES[2].name}", "lang=en&all=1&limit=200", "site=QZFORB-sites-0",
    f"county={THEIRS}&check=living-area&as_of=2018-06-30", f"lon={PLACES[2].lon}&lat={PLACES[2].lat}", "living-area.most_m2_a_person=1&lang=zh",
    "kind=site&subject=QZFORB-sites-0", "q=QZFOR&state=open&tier=check",
)  # fmt: skip


def people() -> list[Person]:
    """Return every role bound to a county, some to a township, and somebody of each kind who is bound to another place."""
    ours = [Person(f"{role.id}-county", (role.id,), (OURS,), marks_of(OURS)) for role in Role]
    some = [Person(f"{role}-township", (role,), (f"{OURS}/{TOWNSHIP.name}",), marks_of(OURS, TOWNSHIP.township)) for role in IN_TOWNSHIPS]
    return [*ours, *some, Person("theirs", ("viewer", "reviewer"), (THEIRS,), marks_of(THEIRS)), Person("elsewhere", ("viewer",), ("110101",), frozenset())]


IN_TOWNSHIPS = ("viewer", "keeper", "reviewer")
"""Roles that are tried in a township too: what a place shows hangs on the place, what a role may do was asked in the county."""

THOROUGH = {"vetter-county", "keeper-township"}
"""Who is asked under every condition; the others under some. `python -m benchmarks.canary_crawl` asks everybody for everything."""


def some(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return of each part of an address a few values: of the codes those of the first place and of the third."""
    return {name: [*every[0:3], *every[6:9], *every[12:15:2], every[-1]] if name in ("code", "subject") else every[:4] for name, every in values.items()}


def test_no_word_of_another_place_comes_back_from_any_route_to_anybody(app: Flask, values: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for who in people():
        client = signed_in(app, who.roles, who.places, name=who.name)
        crawl.ask_all(app, client, who, some(values), QUERIES if who.name in THOROUGH else QUERIES[1:3], tally)
    crawl.ask_all(app, app.test_client(), Person("nobody", (), (), frozenset()), some(values), QUERIES[:2], tally)
    with capsys.disabled():
        print(f"\n  boundaries: {tally.told()}")  # noqa: T201 - the figures are what the test is for
    assert tally.leaks == []
    assert tally.broken == []
    assert tally.responses > 3_000
    assert tally.opened > 20


def test_the_search_for_marks_finds_each_of_them_where_somebody_may_see_everything(app: Flask, values: dict[str, list[str]]) -> None:
    blind = Person("everywhere", ("viewer",), (), frozenset())
    tally = Tally()
    crawl.ask_all(app, signed_in(app, blind.roles, blind.places, name=blind.name), blind, values, QUERIES[:1], tally)
    found = {mark for mark in EVERY_MARK for leak in tally.leaks if f"'{mark}'" in leak}
    assert found == EVERY_MARK


@pytest.mark.parametrize("places", [(OURS,), (f"{OURS}/{TOWNSHIP.name}",)])
def test_what_is_somebody_elses_is_answered_like_what_is_nobodys(app: Flask, values: dict[str, list[str]], places: tuple[str, ...]) -> None:
    client = signed_in(app, ("vetter", "reviewer", "engineer"), places, name=f"alike-{places[0][:9].replace('/', '.')}")
    client.get("/?lang=zh")
    different = []
    for foreign in (code(PLACES[2], "sites", 0), code(PLACES[2], "households", 0), code(PLACES[3], "unit-types", 0)):
        absent = foreign.replace("QZFOR", "QZHOR")  # as like one's own codes as the other
        for rule in crawl.routes(app, "GET"):
            for part in {"code", "subject"} & rule.arguments:
                one, other = ({**values, part: [word], "id": [CHECKS[0]], "kind": ["household"]} for word in (foreign, absent))
                for address, twin in zip(crawl.addresses(rule, one), crawl.addresses(rule, other), strict=True):
                    if not crawl.alike(client.get(address), foreign, client.get(twin), absent):
                        different.append(address)
    assert different == []


@pytest.mark.parametrize("place", PLACES, ids=[place.mark for place in PLACES])
def test_a_record_whose_earlier_file_holds_none_of_the_township_any_more_still_opens(app: Flask, store: Store, place: canaries.Place) -> None:
    client = signed_in(app, tuple(role.id for role in Role), (f"{place.county}/{place.name}",), name=f"opens-{place.mark.lower()}")
    pages = {SITE: "/sites", HOUSEHOLD: "/households", UNIT_TYPE: "/drawings/types"}
    answers = {str(row["code"]): client.get(f"{at}/{row['code']}").status_code for kind, at in pages.items() for row in rows_of(store, kind)}
    assert set(answers.values()) <= {200, 404}
    assert 200 in answers.values()


def content(store: Store, *, but: set[str] = SESSIONS) -> dict[str, str]:
    """Return a hash of every table's rows."""
    with store.reading() as connection:
        return {
            table.name: hashlib.sha256(repr([tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]).encode()).hexdigest()
            for table in metadata.sorted_tables
            if table.name not in but
        }


def form_of(place: canaries.Place, values: dict[str, list[str]]) -> dict[str, str]:
    """Return a form that names what is of a place, under every name that a form here has."""
    at = PLACES.index(place)
    drawing, pair = values["code"][12 + at], values["code"][16 + at]
    return {
        "county": place.county, "township": place.name, "code": drawing, "pair": pair, "site": code(place, "sites", 0), "subject": code(place, "sites", 0),
        "subject_kind": "site", "kind": "approved", "check": "living-area", "reason": "because", "why": "because", "purpose": "because", "text": "x", "id": "1",
        "corrections": "[]", "difference": "1", "document": "1", "yaml": COUNTY_LAW.replace(OURS, place.county), "as_of": "2018-06-30",
        "entry": f"{place.county}-1", "number": "1", "version": "0", "name": "x", "stored": "0" * 64,
    }  # fmt: skip


def test_a_role_without_the_right_is_refused_and_nothing_changes(own: Store, values: dict[str, list[str]]) -> None:
    app = create_app(own, now=lambda: NOW)
    before, asked = content(own), 0
    for role in Role:
        client = signed_in(app, (role.id,), (OURS,), name=role.id)
        form = {**form_of(TOWNSHIP, values), "csrf_token": token(client)}
        for rule in crawl.changing(app):
            rights = [need for need in needed(app, rule.endpoint) if isinstance(need, Right)]
            if not rights or any(right in rights for right in _rights(role)):
                continue
            for address in crawl.addresses(rule, values):
                assert client.post(address, data=form).status_code == 403, (role, address)
                asked += 1
    assert content(own) == before
    assert asked > 150


def _rights(role: Role) -> frozenset[Right]:
    from relocation.accounts.roles import rights_of

    return rights_of([role])


def test_nobody_changes_anything_of_another_county_whatever_their_role(own: Store, values: dict[str, list[str]], tmp_path: Path) -> None:
    app = create_app(own, now=lambda: NOW)
    everything = tuple(role.id for role in Role if role is not Role.ADMINISTRATOR)
    who = Person("busy", everything, (OURS,), marks_of(OURS))
    client = signed_in(app, who.roles, who.places, name=who.name)
    before, tally = theirs(own), Tally()
    foreign = canaries.spare(tmp_path, "QZNEW", THEIRS, "丙镇")
    for rule in crawl.changing(app):
        if any(need in (Right.ADMINISTER, Door.ANYONE) for need in needed(app, rule.endpoint)) or rule.endpoint in ("signing.leave", "account.password"):
            continue
        for address in crawl.addresses(rule, values):
            for file in (None, foreign):
                form: dict[str, object] = {**form_of(PLACES[2], values), "csrf_token": token(client)}
                if file:
                    form["file"] = (file.open("rb"), file.name)
                tally.heard(who, f"POST {address} {' '.join(map(str, form.values()))}", client.post(address, data=form))
    assert tally.leaks == []
    assert tally.broken == []
    assert theirs(own) == before
    assert tally.responses > 100


def theirs(store: Store) -> dict[str, str]:
    """Return a hash of every row that has a mark or the code of the other county in it."""
    found = {}
    words = [*(EVERY_MARK - marks_of(OURS)), THEIRS]
    with store.reading() as connection:
        for table in metadata.sorted_tables:
            rows = [repr(tuple(row)) for row in connection.execute(select(table).order_by(*table.primary_key))] if table.name not in SESSIONS else []
            found[table.name] = hashlib.sha256("\n".join(row for row in rows if any(word in row for word in words)).encode()).hexdigest()
    return found


def test_no_form_is_heard_without_its_token_or_with_that_of_another_session(app: Flask, values: dict[str, list[str]]) -> None:
    roles = tuple(role.id for role in Role)
    one, other = signed_in(app, roles, (OURS,), name="one"), signed_in(app, roles, (OURS,), name="other")
    foreign, asked = token(other), 0
    for rule in crawl.changing(app):
        for said in ({}, {"csrf_token": foreign}, {"csrf_token": "x"}):
            address = next(crawl.addresses(rule, values))
            answer = one.post(address, data={**form_of(TOWNSHIP, values), **said})
            if rule.endpoint != "drawing_api.compare":  # what programs send without a form: nothing is kept of it
                assert answer.status_code == 400, (address, answer.status_code)
            asked += 1
    assert asked >= 60


def test_what_only_reads_writes_nothing_but_that_something_was_taken_out(own: Store, values: dict[str, list[str]]) -> None:
    app = create_app(own, now=lambda: NOW)
    who = Person("reader", tuple(role.id for role in Role), (), EVERY_MARK)
    client = signed_in(app, who.roles, who.places, name=who.name)
    event = metadata.tables["event"]
    with own.reading() as connection:
        last = connection.execute(select(func.max(event.c.seq))).scalar_one()
    before = content(own, but={"attempt", "event"})
    crawl.ask_all(app, client, who, values, QUERIES[:1], Tally())
    assert content(own, but={"attempt", "event"}) == before
    with own.reading() as connection:
        noted = set(connection.execute(select(event.c.action).where(event.c.seq > last)).scalars())
    assert noted <= {"export.made", "evidence.taken-out"}


def test_every_page_says_what_it_needs(app: Flask) -> None:
    silent = [endpoint for endpoint in sorted(app.view_functions) if not needed(app, endpoint)]
    assert silent == [], "put @needs(Right.…) below the route: without it nobody may open the page"


def test_a_page_that_does_not_say_what_it_needs_is_opened_to_nobody(own: Store) -> None:
    app = create_app(own, now=lambda: NOW)
    app.add_url_rule("/forgotten", "forgotten", lambda: "never")
    client = signed_in(app, tuple(role.id for role in Role), name="every-role")
    assert client.get("/forgotten").status_code == 403
    assert app.test_client().get("/forgotten").status_code == 302


def test_an_upload_belongs_to_whoever_sent_it(own: Store, tmp_path: Path) -> None:
    app = create_app(own, now=lambda: NOW)
    sender, other = (signed_in(app, ("keeper",), (OURS,), name=name) for name in ("sender", "other"))
    path = canaries.spare(tmp_path, "QZMINE", OURS, TOWNSHIP.name)
    shown = preview(sender, path)
    stored = f"{hashlib.sha256(path.read_bytes()).hexdigest()}.csv"
    assert stored in shown
    assert "预览过的文件已不在了" in other.post("/import/store", data={"csrf_token": token(other), "stored": stored, "name": "x.csv"}).text
    assert sender.post("/import/store", data={"csrf_token": token(sender), "stored": stored, "name": "x.csv"}).status_code == 200


def preview(client: FlaskClient, path: Path) -> str:
    with path.open("rb") as file:
        return client.post("/import/preview", data={"csrf_token": token(client), "file": (file, path.name)}).text


def test_a_ledger_with_a_line_of_another_place_is_refused_whole(own: Store, tmp_path: Path) -> None:
    app = create_app(own, now=lambda: NOW)
    keeper = signed_in(app, ("keeper",), (f"{OURS}/{TOWNSHIP.name}",), name="township-keeper")
    own_code = canaries.spare(tmp_path, "QZMINE", OURS, TOWNSHIP.name)
    own_code.write_text(own_code.read_text("utf-8-sig").replace("QZMINE-spare", code(TOWNSHIP, "sites", 0)), "utf-8-sig")
    assert "QZMINE点" in preview(keeper, own_code)
    for mark, county, township in (("QZA", THEIRS, TOWNSHIP.name), ("QZB", OURS, PLACES[1].name), ("QZC", OURS, "")):
        assert "不在您的管辖范围内" in preview(keeper, canaries.spare(tmp_path, mark, county, township))
    taken = canaries.spare(tmp_path, "QZD", OURS, TOWNSHIP.name)
    taken.write_text(taken.read_text("utf-8-sig").replace("QZD-spare", code(PLACES[1], "sites", 0)), "utf-8-sig")
    for path in (taken, canaries.spare(tmp_path, "QZNONE", OURS, TOWNSHIP.name)):  # taken elsewhere or by nobody: the answer is the same
        assert "不在您所管乡镇现有的记录里" in preview(keeper, path)


def test_a_bound_keepers_run_judges_the_county_and_tells_of_the_township(own: Store) -> None:
    app = create_app(own, now=lambda: NOW)
    keeper = signed_in(app, ("keeper",), (f"{OURS}/{TOWNSHIP.name}",), name="township-keeper")
    with own.reading() as connection:
        runs_before = connection.execute(select(metadata.tables["check_run"].c.county).order_by("id")).scalars().all()
    assert keeper.post("/check", data={"csrf_token": token(keeper)}).status_code == 302
    with own.reading() as connection:
        assert connection.execute(select(metadata.tables["check_run"].c.county).order_by("id")).scalars().all() == [*runs_before, OURS]
    whole = enter(app, "township-keeper")
    counts = whole.get("/api/v1/check").get_json()["counts"]["living-area"]
    assert sum(counts.values()) == canaries.HOMES


def test_the_county_totals_are_the_sum_of_its_townships(app: Flask) -> None:
    def counts(name: str, *places: str) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = signed_in(app, ("viewer",), places, name=name).get("/api/v1/check").get_json()["counts"]
        return found

    whole = counts("whole", OURS)
    parts = [counts(f"part-{place.mark.lower()}", f"{OURS}/{place.name}") for place in PLACES[:2]]
    for check in ("living-area", "four-proximities", "old-house", "unit-type-area", "demolition-rate"):
        # what is said of the county as a whole belongs to no township
        sums = {outcome: sum(part[check][outcome] for part in parts) for outcome in whole[check]}
        assert all(0 <= whole[check][outcome] - sums[outcome] <= 1 for outcome in sums), check
