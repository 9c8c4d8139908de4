"""Files are stored whole or with what was refused said; the same file twice changes nothing."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store, Trouble, Unusable, registers
from relocation.service.importing import ImportReport, import_files
from relocation.service.office import open_office
from relocation.store.schema import metadata
from tests import postgres
from tests.service.conftest import NOW, SITES

Ledger = Callable[..., Path]


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    with postgres.server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an office on each kind of database."""
    database = None if request.param == "sqlite" else postgres.fresh_database(request.getfixturevalue("socket"))
    opened = open_office(tmp_path / "home", database)
    yield opened
    opened.close()


GOOD = ["H1,演甲,十里镇,是,3,2017-03-05,集中安置,75", "H2,演乙,十里镇,是,4,2017-03-05,分散安置,100"]


def brought(store: Store, path: Path, **how: object) -> ImportReport:
    (report,) = import_files(store, [path], **{"now": NOW, "county": "411522", **how})  # type: ignore[arg-type]
    return report


def numbers(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.read, report.added, report.changed, report.unchanged, report.refused


def digest(store: Store) -> str:
    """Return a hash of everything stored."""
    with store.reading() as connection:
        lines = [
            f"{table.name} {tuple(row)}" for table in metadata.sorted_tables for row in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_a_ledger_is_recognised_and_stored(store: Store, ledger: Ledger) -> None:
    report = brought(store, ledger(GOOD))
    assert (report.kind, report.stored, numbers(report)) == ("households", True, (2, 2, 0, 0, 0))
    assert registers.households(store, "zh").total == 2


def test_the_same_file_twice_changes_not_one_byte_and_says_when_it_came(store: Store, ledger: Ledger) -> None:
    path = ledger(GOOD)
    brought(store, path)
    before = digest(store)
    again = brought(store, path, now=NOW + timedelta(days=3))
    assert (numbers(again), again.imported_before_at, digest(store)) == ((2, 0, 0, 2, 0), NOW, before)


def test_the_same_rows_in_another_order_and_under_another_name_change_nothing(store: Store, ledger: Ledger) -> None:
    brought(store, ledger(GOOD))
    before = digest(store)
    assert numbers(brought(store, ledger(GOOD[::-1], name="抄送.csv"))) == (2, 0, 0, 2, 0)
    assert digest(store) == before


def test_a_changed_row_is_shown_old_to_new_and_remembered_with_its_file(store: Store, ledger: Ledger) -> None:
    brought(store, ledger(GOOD))
    report = brought(store, ledger([GOOD[0].replace(",75", ",76.5"), GOOD[1]], name="更正.csv"))
    assert numbers(report) == (2, 0, 1, 1, 0)
    assert [(c.subject, c.heading, c.old, c.new) for c in report.changes] == [("H1", "安置住房面积", "75", "76.5")]
    (change,) = registers.household(store, "H1", "zh").changes
    assert (change.file, change.old, change.new) == ("更正.csv", "75", "76.5")


def test_a_file_that_was_changed_back_is_read_again_and_not_taken_for_known(store: Store, ledger: Ledger) -> None:
    first = ledger(GOOD, name="一.csv")
    brought(store, first)
    brought(store, ledger([GOOD[0].replace(",75", ",80"), GOOD[1]], name="二.csv"))
    assert numbers(brought(store, first)) == (2, 0, 1, 1, 0)


def test_a_dry_run_shows_everything_and_stores_nothing(store: Store, ledger: Ledger) -> None:
    before = digest(store)
    report = brought(store, ledger([*GOOD, "H3,演丙,十里镇,是,三十口人,2017-03-05,集中安置,75"]), dry_run=True)
    assert (numbers(report), report.stored, report.refused_file, digest(store)) == ((3, 2, 0, 0, 1), False, None, before)
    assert not list(Path(store.home).parent.glob("*.refused.xlsx"))


def test_good_rows_are_stored_and_refused_ones_written_beside_the_input(store: Store, ledger: Ledger) -> None:
    path = ledger([*GOOD, "H3,演丙,十里镇,是,三十口人,2017-03-05,集中安置,75"])
    report = brought(store, path)
    assert (numbers(report), report.refused_file) == ((3, 2, 0, 0, 1), path.with_name("搬迁户.refused.xlsx"))
    assert report.refused_file is not None and report.refused_file.is_file()
    refusal = report.json("zh")["refusals"][0]
    assert set(refusal) == {"file", "sheet", "cell", "value", "reason", "mend"}
    assert (refusal["cell"], refusal["value"]) == ("E4", "三十口人")


def test_strict_stores_the_whole_file_or_nothing_of_it(store: Store, ledger: Ledger) -> None:
    bad = brought(store, ledger([*GOOD, "H3,演丙,十里镇,是,三十口人,2017-03-05,集中安置,75"]), strict=True)
    assert (bad.stored, bad.refused, registers.households(store, "zh").total) == (False, 1, 0)
    assert brought(store, ledger(GOOD), strict=True).stored


def test_without_a_county_anywhere_the_file_is_turned_away_with_what_to_do(store: Store, ledger: Ledger) -> None:
    with pytest.raises(Trouble) as refused:
        brought(store, ledger(GOOD), county=None)
    assert "--county" in refused.value.mend("zh")
    assert registers.households(store, "zh").total == 0


def test_the_only_county_stored_is_the_county_of_rows_that_name_none(store: Store, ledger: Ledger) -> None:
    brought(store, ledger(GOOD))
    brought(store, ledger([GOOD[0].replace("H1", "H9")], name="补.csv"), county=None)
    assert registers.household(store, "H9", "zh").county == "411522"


def test_of_a_code_that_stands_twice_in_a_file_neither_row_is_taken(store: Store, ledger: Ledger) -> None:
    report = brought(store, ledger([GOOD[0], GOOD[0].replace("演甲", "演乙")]))
    assert numbers(report) == (2, 0, 0, 0, 2)


@pytest.mark.parametrize("code", ["光山县", "41152", "4115222"])
def test_what_is_no_county_code_is_called_so(store: Store, ledger: Ledger, code: str) -> None:
    with pytest.raises(Trouble) as refused:
        brought(store, ledger(GOOD), county=code)
    assert refused.value.code == "unknown-county"


def test_a_file_that_is_not_there_is_unusable_and_nothing_is_stored(store: Store, tmp_path: Path) -> None:
    before = digest(store)
    with pytest.raises(Unusable):
        brought(store, tmp_path / "没有.xlsx")
    assert digest(store) == before


def test_names_and_numbers_of_people_are_masked_in_what_changed(store: Store, ledger: Ledger) -> None:
    brought(store, ledger(GOOD))
    (change,) = brought(store, ledger([GOOD[0].replace("演甲", "欧阳某某")], name="更名.csv")).changes
    assert (change.old, change.new) == ("演＊", "欧＊＊＊")


def test_a_layer_takes_the_place_of_the_references_features_of_its_county_only(store: Store, tmp_path: Path) -> None:
    from relocation.service.reference import around

    before = around(store)["county_seats"]
    path = tmp_path / "县城.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"新县城"},"geometry":{"type":"Point","coordinates":[114.91,32.01]}}]}',
        "utf-8",
    )
    report = brought(store, path, as_kind="layer:county_seats", crs="WGS84")
    after = around(store)["county_seats"]
    assert (report.kind, report.added) == ("layer:county_seats", 1)
    assert len(after) == len(before)
    assert [name for name, code in zip(after.names, after.counties, strict=True) if code == "411522"] == ["新县城"]
    assert brought(store, path, as_kind="layer:county_seats", crs="WGS84").unchanged == 1


def test_a_position_keeps_what_the_ledger_said_beside_what_the_program_made_of_it(store: Store, ledger: Ledger) -> None:
    path = ledger(["S1,演示点,十里镇,114.91,32.01,2017-03-05,20"], SITES, "点.csv")
    brought(store, path, crs="GCJ02")
    fields = {field.name: field.value for field in registers.site(store, "S1", "zh").fields}
    assert fields["declared_crs"] == "GCJ02" and "114.91" in fields["declared_position"]
    assert fields["lon"] != "114.91"


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_answer_to_a_township_does_not_tell_whether_another_has_a_code(store: Store, tmp_path: Path, dry_run: bool) -> None:
    def sent(by: Store, *lines: str) -> str:
        (tmp_path / "a.csv").write_text("户编号,户主姓名,乡镇,核定搬迁人口\n" + "\n".join(lines) + "\n", "utf-8")
        try:
            [report] = import_files(by, [tmp_path / "a.csv"], now=NOW, as_kind="households", county="411522", dry_run=dry_run)
        except Trouble as refused:
            return refused.reason("zh") + refused.mend("zh")
        return f"{report.added} {report.changed} {report.unchanged}"

    (tmp_path / "all.csv").write_text("户编号,户主姓名,乡镇,核定搬迁人口\nH1,演甲,甲乡,3\nH2,演乙,乙乡,3\n", "utf-8")
    import_files(store, [tmp_path / "all.csv"], now=NOW, as_kind="households", county="411522")
    town = store.acting(Actor("town", "town", frozenset({Role.KEEPER}), Scope(frozenset(), frozenset({("411522", "甲乡")}))))
    taken, free = sent(town, "H2,演丙,甲乡,4"), sent(town, "H9,演丙,甲乡,4")
    assert taken == free.replace("H9", "H2") and "乙乡" not in taken
    assert sent(town, "H1,演甲,甲乡,4") == "0 1 0"
    assert sent(town, "H1,演甲,乙乡,4") == sent(town, "H9,演甲,乙乡,4")  # a row of elsewhere, whatever its code
