"""The fact card of a real store: what the checks count, what was reported beside it, who sees which place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID251 - a workbook of our own

from relocation.accounts.roles import Role
from relocation.service import Store, Trouble
from relocation.service.checking import check
from relocation.service.figures import printing, scores, selftest
from relocation.service.figures.card import Card, card
from relocation.service.figures.places import places
from relocation.service.figures.sheet import sheet
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.store import log
from tests.service.rectifying import actor

NOW, DAY, COUNTY = datetime(2018, 7, 2, 2, tzinfo=UTC), date(2018, 6, 30), "411522"
HOMES = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积,是否入住,入住日期,旧房状态,旧房拆除日期"
REPORTS = "上报编号,乡镇,指标,上报数,计量单位,上报数据日期,上报场合"
UP, DOWN = "十里镇", "马畈镇"


def _lines() -> list[str]:
    """Return 16 households of one township that moved in, 2 of them too large; 4 dispersed ones of another that did not, and one self-financed."""
    made = [
        f"H{n:02},演甲,{UP},是,4,2017-03-01,集中安置,{110 if n < 2 else 100},是,2018-0{1 + n % 6}-10,{'已拆,2018-06-01' if n < 8 else '未拆,'}"
        for n in range(16)
    ]
    made += [f"D{n:02},演乙,{DOWN},是,3,2017-03-01,分散安置,75,否,,未拆," for n in range(4)]
    return [*made, f"S01,演丙,{DOWN},否,5,2017-03-01,集中安置,150,是,2018-01-10,未拆,"]


_TOLD = [
    "R1,,已入住户数,60,户,2018-06-30,县汇报",  # 16 did
    "R2,,已入住人数,64,人,2018-06-30,县年报",
    f"R3,{UP},搬迁人数,16,人,2018-06-30,<b>=1+1</b>",  # that is households
    "R4,,贫困村数,50,个,2018-06-30,县委汇报",
    f"R5,{DOWN},搬迁户数,,户,2018-06-30,电话",
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a checked office of two townships with five reports. Tests only read it, but for scores."""
    home = tmp_path_factory.mktemp("figures")
    store = open_office(home / "home")
    for kind, heading, lines in (("households", HOMES, _lines()), ("reports", REPORTS, _TOLD)):
        path = home / f"{kind}.csv"
        path.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
        import_files(store, [path], now=NOW, county=COUNTY, as_kind=kind)
    check(store, as_of=DAY, now=NOW, only=())
    yield store
    store.close()


def made(store: Store, township: str = "", lang: str = "zh") -> Card:
    chosen = places(store, COUNTY, township)
    assert chosen
    return card(store, chosen.chosen, lang, today=date(2018, 7, 2))


def test_the_card_counts_what_the_ledgers_hold_and_says_what_was_never_imported(office: Store) -> None:
    one = made(office)
    assert {id: one.figures[id].value for id in ("poor-households", "poor-persons", "own-households", "moved-in-households", "over-area", "demolished")} == {
        "poor-households": 20, "poor-persons": 16 * 4 + 4 * 3, "own-households": 1, "moved-in-households": 16, "over-area": 2, "demolished": 8,
    }  # fmt: skip
    assert one.figures["share-by-households"].value == 80 and one.figures["share-by-persons"].value == pytest.approx(100 * 64 / 76)
    assert {one.figures[id].missing for id in ("sites", "funds-idle")} == {"no-ledger"} and one.figures["sites"].value is None
    assert one.as_of == DAY and not one.stale
    assert one.figures["ledger-open"].as_of == date(2018, 7, 2)  # the ledger stands as of today


def test_what_was_reported_stands_beside_what_is_recorded_and_the_difference_is_loud(office: Store) -> None:
    one = made(office)
    (moved,), (persons,) = one.figures["moved-in-households"].reported, one.figures["moved-in-persons"].reported
    assert (moved.value, moved.recorded, moved.difference, moved.differs) == (60, 16, 44, True)
    assert (persons.value, persons.recorded, persons.differs) == (64, 64, False)
    told = sheet(one, "zh")
    assert told.differing == 2  # that and the township's
    assert {each.item: each.word for each in told.others} == {f"{UP} 搬迁人数": "不符", "贫困村数": "台账不能证明", f"{DOWN} 搬迁户数": "不能断定"}
    line = next(line for _, lines in told.groups for line in lines if line.id == "moved-in-households")
    assert (line.value, line.unit, line.as_of, line.reports[0].said, line.reports[0].difference) == ("16", "户", "2018-06-30", "60 户", "+44")


def test_a_township_has_its_own_card_and_money_is_not_kept_by_township(office: Store) -> None:
    up, down = made(office, UP), made(office, DOWN)
    assert up.figures["poor-persons"].value == 64 and up.figures["poor-persons"].reported[0].recorded == 64
    assert down.figures["poor-households"].value == 4 and down.figures["over-area"].value == 0
    assert up.figures["funds-idle"].missing == "county-only"
    assert down.figures["share-by-persons"].value == 0 and down.figures["demolition-rate-all"].missing == "nobody"


def test_whoever_is_bound_to_a_township_sees_that_card_alone(office: Store) -> None:
    bound = office.acting(actor("bound", Role.VIEWER, township=DOWN))
    mine = places(bound)
    assert mine and mine.chosen.township == DOWN and mine.townships == (DOWN,) and not mine.whole
    assert card(bound, mine.chosen, "zh", today=DAY).figures["poor-households"].value == 4
    whole = places(bound, COUNTY)
    assert whole and whole.chosen.township == DOWN  # the county's card is not theirs
    with pytest.raises(Trouble, match="figures-township"):
        places(bound, COUNTY, UP)
    for elsewhere, township, code in (("411599", "", "county-empty"), (COUNTY, "没有这个镇", "figures-township")):
        with pytest.raises(Trouble, match=code):
            places(office, elsewhere, township)


def test_the_print_is_one_side_the_same_twice_and_the_workbook_holds_no_formula(office: Store) -> None:
    import pypdfium2

    for township in ("", UP):
        one = made(office, township)
        assert printing.pdf(one, "zh") == printing.pdf(one, "zh")
    assert len(pypdfium2.PdfDocument(printing.pdf(made(office, "", "en"), "en"))) == 1
    said = pypdfium2.PdfDocument(printing.pdf(made(office), "zh"))[0].get_textpage().get_text_bounded()
    assert said.count("▲ 不符") == 2  # each that the heading counts stands on the side, the township's too
    book = printing.workbook(made(office), "zh")
    assert book == printing.workbook(made(office), "zh")
    cells = [cell for row in load_workbook(BytesIO(book))["应知应会"] for cell in row if cell.value is not None]
    assert "<b>=1+1</b>" in {cell.value for cell in cells if cell.data_type == "s"}
    numbers = {cell.column for cell in cells if cell.data_type != "s"}
    assert numbers == {3} and {cell.data_type for cell in cells} == {"s", "n"}  # what is recorded can be added up, and nothing is a formula


def test_a_test_is_the_same_for_the_same_seed_and_its_right_answers_recompute(office: Store) -> None:
    chosen = places(office, COUNTY)
    assert chosen
    one, other = (selftest.test(office, chosen.chosen, "7", "zh", today=DAY) for _ in range(2))
    assert one == other and one.asked
    figures = made(office).figures
    for asked in one.asked:
        right = [answer.said for answer in asked.answers if answer.right]
        number = float(right[0].split()[0].replace(",", ""))
        assert number == pytest.approx(figures[asked.figure].value, abs=0.005) and len({answer.said for answer in asked.answers}) == 4
        assert all(answer.why for answer in asked.answers)
    rights = [next(at for at, answer in enumerate(asked.answers) if answer.right) for asked in one.asked]
    assert one.score(rights) == len(rights) and one.score([None] * 5) == 0 and one.score([(at + 1) % 4 for at in rights]) == 0
    with pytest.raises(Trouble, match="figures-seed"):
        selftest.test(office, chosen.chosen, " ", "zh", today=DAY)


def test_a_score_is_kept_for_its_owner_alone_and_the_log_says_nothing_of_how_it_went(office: Store) -> None:
    chosen = places(office, COUNTY)
    assert chosen
    one = selftest.test(office, chosen.chosen, "7", "zh", today=DAY)
    mine, theirs = (office.acting(actor(name, Role.VIEWER, township=UP)) for name in ("mine", "theirs"))
    scores.keep(mine, one, 3, now=NOW)
    assert [(each.correct, each.seed) for each in scores.mine(mine)] == [(3, "7")] and scores.mine(theirs) == scores.mine(office) == []
    assert scores.forget(theirs, now=NOW) == 0 and scores.forget(mine, now=NOW) == 1 and scores.mine(mine) == []
    with office.reading() as connection:
        noted = log.everything(connection, "score.")
    assert [(each.action, each.who, each.new, each.county) for each in noted] == [("score.kept", "mine", None, ""), ("score.deleted", "mine", None, "")]


def test_what_is_imported_later_is_counted_at_once_and_each_sees_their_own(tmp_path: Path) -> None:
    store = open_office(tmp_path / "home")
    assert places(store) is None
    with pytest.raises(Trouble, match="county-empty"):
        places(store, COUNTY)
    for count in (2, 3):
        path = tmp_path / "households.csv"
        path.write_text("\n".join([HOMES, *[f"H{n},演甲,{UP if n else DOWN},是,4,2017-03-01,集中安置,100,否,,未拆," for n in range(count)]]) + "\n", "utf-8")
        import_files(store, [path], now=NOW, county=COUNTY, as_kind="households")
        bound = store.acting(actor("bound", Role.VIEWER, township=DOWN))
        mine = places(bound, COUNTY)
        assert mine and made(store).figures["poor-households"].value == count
        assert card(bound, mine.chosen, "zh", today=DAY).figures["poor-households"].value == 1
    unchecked = made(store)
    assert unchecked.checked_at is None and unchecked.figures["over-area"].missing == "not-checked" and "还没有核查过" in sheet(unchecked, "zh").warning
    store.close()
