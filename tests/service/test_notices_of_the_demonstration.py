"""Notices of the demonstration county: what somebody can find out who has them and the public tables of villages and ages; sums and matches counted apart."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from checks.vocabulary import FUND, HOUSEHOLD, NOTICE
from relocation.notices.rows import Extra
from relocation.service import Store, Trouble
from relocation.service.publishing import matching
from relocation.service.publishing.asking import Wish
from relocation.service.publishing.making import document
from relocation.store.frames import read_records
from tests.service.evidence_office import OURS

TODAY = date(2026, 11, 30)
EVERY = tuple(Extra)


def numbers_of(district: str, year: int, odd: bool, fragments: frozenset[str]) -> int:
    """Count the ID numbers that somebody may have of whom district, year of birth and sex are known, and any digits that stand together on the notice."""
    days = [date(year, 1, 1) + timedelta(days=at) for at in range(365)]
    stems = (f"{district}{day:%Y%m%d}{sequence:03}" for day in days for sequence in range(1 if odd else 2, 1000, 2))
    return sum(1 for stem in stems if all(part in stem for part in fragments))


def test_no_notice_of_the_demonstration_narrows_an_id_number_to_fewer_than_a_thousand(county: Store) -> None:
    with county.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, OURS)
    born = {code: (int(id[6:10]), int(id[16]) % 2 == 1) for code, id in zip(homes.code, homes.id_number, strict=True) if id}  # as a public table of ages has it
    made = document(county, Wish("wall", OURS, extras=EVERY), TODAY, "zh", preview=True)
    told = {frozenset(run for cell in row[1:] for run in re.findall(r"[0-9]{4,}", cell)) for part in made.parts for row in part.rows}
    years = {*sorted(born.values())[:2], *sorted(born.values())[-2:]}
    assert min(numbers_of("990000", year, odd, fragments) for year, odd in years for fragments in told) >= 1000
    assert numbers_of("990000", 1970, True, frozenset({"0725", "001"})) < 1000  # the program does find somebody whose birthday is given away


def test_the_k_check_holds_on_every_village_of_the_demonstration(county: Store) -> None:
    made = document(county, Wish("wall", OURS, extras=EVERY), TODAY, "zh", preview=True)
    assert made.count == sum(len(part.rows) for part in made.parts) == 1221
    for part in made.parts:
        needed, both = Counter(row[1:5] for row in part.rows), Counter(row[1:] for row in part.rows)
        assert all(number >= min(needed[row[:4]], 5) for row, number in both.items()), part.title
        if len(part.rows) < 5:
            assert {row[5:] for row in part.rows} == {("—", "—", "—")}, part.title
    assert made.facts["alone"] == sum(number == 1 for part in made.parts for number in Counter(row[1:5] for row in part.rows).values())


def test_no_count_below_five_is_published_of_the_demonstration(county: Store) -> None:
    with county.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, OURS, columns=("county", "code", "township", "village", "mode", "registered_poor", "gave_up_on"))
    due = [
        row
        for row in zip(homes.township, homes.village, homes.mode.tolist(), homes.stored("registered_poor").tolist(), homes.gave_up_on.tolist(), strict=True)
        if row[3] == 1 and row[4] is None
    ]
    hidden = 0
    for township in sorted(set(homes.township)):
        (part,) = document(county, Wish("summary", OURS, township), TODAY, "zh", preview=True).parts
        counts = Counter((row[1], row[2]) for row in due if row[0] == township)
        modes = [heading.partition("（")[0] for heading in part.headings[1:-2:2]]
        for row in part.rows[:-1]:
            for at, mode in enumerate(modes):
                true = counts[row[0], {"集中安置": 0, "分散安置": 1, "未填": -1}[mode]]
                shown = row[1 + 2 * at]
                hidden += shown in ("<5", "＊")
                assert (shown == f"{true:,}" and (true == 0 or true >= 5)) or (shown == "<5" and 0 < true < 5) or (shown == "＊" and true >= 5), (township, row)
    assert hidden > 50


def test_the_money_of_2016_agrees_in_the_demonstration_and_that_of_all_years_is_refused_by_name(county: Store) -> None:
    with county.reading() as connection:
        ledger = read_records(connection, FUND, OURS)
    received = sum(Decimal(str(amount)) for amount, day in zip(ledger.amount_yuan, ledger.received_on.astype(str), strict=True) if day.startswith("2016"))
    first = document(county, Wish("funds", OURS, year=2016), TODAY, "zh", preview=True).parts[0]
    assert Decimal(first.rows[-1][1].replace(",", "")) == received
    with pytest.raises(Trouble) as refused:
        document(county, Wish("funds", OURS), TODAY, "zh", preview=True)
    assert all(said in refused.value.reason("zh") for said in ("ZJ2019-4", "ZJ2019-5", "资金总表 2017", "资金总表 2018"))


def test_what_was_paid_by_village_sums_to_the_cent_and_hides_villages_of_fewer_than_five(county: Store) -> None:
    with county.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, OURS)
    paid: dict[str, list[tuple[Decimal, Decimal]]] = {}
    columns = (homes.township, homes.village, homes.registered_poor, homes.gave_up_on.tolist(), homes.first_paid_yuan, homes.second_paid_yuan)
    for township, village, poor, gone, first, second in zip(*columns, strict=True):
        amounts = (Decimal(str(first)) if first > 0 else Decimal(0), Decimal(str(second)) if second > 0 else Decimal(0))
        if township == "文殊乡" and poor and gone is None and any(amounts):
            paid.setdefault(village, []).append(amounts)
    (part,) = document(county, Wish("funds", OURS, "文殊乡"), TODAY, "zh", preview=True).parts
    total = [sum((one[at] for own in paid.values() for one in own), Decimal(0)) for at in (0, 1)]
    assert [Decimal(cell.replace(",", "")) for cell in part.rows[-1][2:5]] == [*total, sum(total)]
    for village, *cells in part.rows[:-1]:
        if len(paid[village]) < 5:
            assert cells == ["<5", "＊", "＊", "＊", "＊"], village
        else:
            assert Decimal(cells[3].replace(",", "")) == sum(map(sum, paid[village])), village
    assert sum(cells[1] == "<5" for cells in part.rows) >= 2


def test_the_demonstrations_lists_and_register_are_matched_as_its_own_maker_counted_them(county: Store) -> None:
    with county.reading() as connection:
        homes, lists = read_records(connection, HOUSEHOLD, OURS), read_records(connection, NOTICE, OURS)
    known, on_lists = set(homes.id_number) - {None, ""}, set(lists.id_number) - {None, ""}
    due = [
        (code, id)
        for code, id, poor, gone in zip(homes.code, homes.id_number, homes.registered_poor, homes.gave_up_on.tolist(), strict=True)
        if poor and gone is None
    ]
    found = matching.match(county, OURS)
    totals = found.json("zh")["totals"]
    assert sum(one.village.registered for one in found.villages) == len(due)
    assert found.imported == len(lists) == 1220
    assert {code for one in found.villages for code in one.village.missing} == {code for code, id in due if id and id not in on_lists}
    assert totals["unknown"] == sum(bool(id) and id not in known for id in lists.id_number)
    assert {"GS0362", "GS0999"} <= {code for one in found.villages for code in one.village.missing}
    assert {"GK0041", "GK0541"} <= {code for one in found.villages for code in one.village.unknown}
    assert not any(one.in_order for one in found.villages)  # no photo was attached: a day alone shows nothing
