"""The county's other ledgers: dilapidated-house renovations, money, yearly totals, figures reported upwards, public notices.

Rows stand under the names of the vocabulary's columns; a plant is a row like the others, and its code is in the list of plants.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.data.demo_county.ground import TOWNSHIPS
from tests.data.demo_county.households import AS_OF, Home
from tests.data.demo_county.identity import id_number, name

Row = dict[str, Any]
_RENOVATED, _STRANGERS = 36, 1700
_BATCHES = ("中央预算内投资", "中央专项", "省级资金", "市县资金", "其他资金")
# year → what arrived from each source, 万元; the code of a batch is ZJ, the year, and the source's number.
_ARRIVED = {2016: (775, 1050, 662, 295, 92), 2017: (3100, 3712, 2450, 890, 230), 2018: (2162, 2550, 1855, 670, 137), 2019: (590, 762, 460, 240, 52)}


def renovations(homes: Sequence[Home], shared: Sequence[Home], namesake: Home) -> list[Row]:
    """Return the ledger of renovations: strangers, those who are in both ledgers, and one without an ID number."""
    chance = Random(36)  # noqa: S311 - not a secret
    townships = list(TOWNSHIPS)
    rows: list[Row] = []
    for number in range(1, _RENOVATED + 1):
        on = date(2015 + number % 4, 1 + number % 11, 3 + number % 25)
        born_on = date(1935, 3, 1) + timedelta(days=chance.randrange(365 * 45))
        rows.append({
            "code": f"WG{number:03d}", "head_name": name(_STRANGERS + number), "id_number": id_number(born_on, number + 500),
            "township": townships[number % len(townships)], "village": f"{'甲乙丙丁戊'[number % 5]}演村", "approved_on": on,
            "finished_on": on + timedelta(days=chance.randrange(90, 200)), "subsidy_yuan": chance.choice((7500, 10000, 14000, 18000)),
        })  # fmt: skip
    for row, home in zip(rows[5::9], shared, strict=False):
        row |= {"head_name": home.name, "id_number": home.id_number, "township": home.township, "village": home.village}
    rows[20] |= {"head_name": namesake.name, "id_number": "", "township": namesake.township, "village": namesake.village}
    return rows


def funds() -> list[Row]:
    """Return the ledger of money: each year's batches by source, nearly all paid out."""
    rows = []
    for year, amounts in _ARRIVED.items():
        for place, (source, amount) in enumerate(zip(_BATCHES, amounts, strict=True), start=1):
            on = date(year, 2 + 2 * place, 6 + place)
            paid_on = min(on + timedelta(days=150 + 10 * place), AS_OF)
            rows.append({
                "code": f"ZJ{year}-{place}", "source": source, "amount_yuan": amount * 10000, "received_on": on, "paid_out_yuan": amount * 10000,
                "last_paid_on": paid_on, "counted_on": AS_OF,
            })  # fmt: skip
    by_code = {row["code"]: row for row in rows}
    by_code["ZJ2019-1"] |= {"paid_out_yuan": 3750000, "last_paid_on": date(2019, 11, 20)}
    by_code["ZJ2018-3"] |= {"paid_out_yuan": 13000000, "last_paid_on": date(2018, 11, 30)}
    by_code["ZJ2017-5"] |= {"paid_out_yuan": 1000000, "last_paid_on": date(2017, 12, 10)}
    by_code["ZJ2016-4"] |= {"paid_out_yuan": 0, "last_paid_on": None}
    by_code["ZJ2019-4"] |= {"paid_out_yuan": 2650000}
    by_code["ZJ2019-5"] |= {"paid_out_yuan": None, "last_paid_on": None}
    by_code["ZJ2018-5"] |= {"counted_on": date(2018, 6, 30), "paid_out_yuan": 750000, "last_paid_on": date(2018, 12, 20)}
    return rows


def fundings() -> list[Row]:
    """Return the totals a county reports: a year each, and what is told of all years together."""
    parts = ("central_budget_yuan", "central_special_yuan", "provincial_yuan", "city_county_yuan", "other_yuan")
    rows: list[Row] = []
    for year, amounts in _ARRIVED.items():
        yuan = [amount * 10000 for amount in amounts]
        rows.append({"code": str(year), "counted_on": date(year, 12, 31), "total_yuan": sum(yuan), **dict(zip(parts, yuan, strict=True))})
    whole = [sum(amounts) * 10000 for amounts in zip(*_ARRIVED.values(), strict=True)]
    rows[1]["total_yuan"] += rows[1]["other_yuan"]  # one part counted twice
    rows[2] |= {"total_yuan": rows[2]["total_yuan"] + 600000, "provincial_yuan": rows[2]["provincial_yuan"] + 600000}  # closes, and 60 万元 never came
    rows[3]["other_yuan"] = None
    rows.append({"code": "2016-2019年", "counted_on": AS_OF, "total_yuan": sum(whole), **dict(zip(parts, whole, strict=True))})
    rows.append({"code": "2016-2019年汇报稿", "counted_on": AS_OF, "total_yuan": sum(whole) - 1230000, **dict(zip(parts, whole, strict=True))})
    rows.append({"code": "2016-2019年初稿", "counted_on": AS_OF, "total_yuan": 125000000, **dict(zip(parts, [*whole[:4], None], strict=True))})
    rows.append({"code": "2017年调整", "counted_on": AS_OF, "total_yuan": None, **dict(zip(parts, [350000, 0, 0, 0, 0], strict=True))})
    return rows


def _counted(homes: Sequence[Home], asked: Callable[[Home], bool]) -> tuple[int, int]:
    mine = [home for home in homes if home.poor and asked(home)]
    return len(mine), sum(home.approved or 0 for home in mine)


def reports(homes: Sequence[Home], sites: int) -> list[Row]:
    """Return figures reported upwards, counted here by hand from the households and then told right or wrong."""
    told: list[Row] = []

    def tell(item: str, value: float | None, unit: str, on: date | None = AS_OF, where: str = "旬报", township: str = "") -> None:
        said = {"code": f"SB{len(told) + 1:02d}", "item": item, "value": value, "unit": unit, "reported_on": on, "told_by": where}
        told.append({**said, "township": township})

    def moved(by: date) -> int:
        return _counted(homes, lambda home: bool(home.moved_in and home.moved_in_on and home.moved_in_on <= by))[0]

    seat = _counted(homes, lambda home: home.township == "紫水街道")
    down = _counted(homes, lambda home: bool(home.demolished_on) and home.old_house in ("已拆", "已复垦"))[0]
    tell("搬迁户数", seat[0], "户", where="街道年报", township="紫水街道")
    tell("安置点数", sites, "个", where="县年报")
    tell("搬迁人数", seat[0], "人", where="县领导汇报稿", township="紫水街道")
    tell("已入住户数", moved(date(2019, 8, 31)), "户", where="县领导汇报稿")
    tell("已拆旧房户数", down + 150, "户", where="县领导汇报稿")
    tell("集中安置户数", _counted(homes, lambda home: home.township == "晏河乡" and home.mode == "集中")[0] * 10, "户", township="晏河乡", where="乡镇汇报")
    tell("搬迁户数", seat[1], "人", township="紫水街道", where="街道快报")
    tell("分散安置户数", _counted(homes, lambda home: home.township == "马畈镇" and home.mode == "分散")[0] + 10, "户", township="马畈镇", where="乡镇汇报")
    tell("搬迁户数", 1300, "户", date(2020, 3, 31), where="县计划表")
    tell("贫困村数", 50, "个", where="县委汇报")
    tell("安置点数", sites, "", where="电话记录")
    tell("已竣工安置点数", 24, "个", where="县领导汇报稿")
    tell("安置点数", None, "个", where="电话记录")
    return told


def notices(homes: Sequence[Home], unlisted: Sequence[Home], shared: Sequence[Home]) -> list[Row]:
    """Return the lists that hung in the villages: every household of the registered poor but those planted as never noticed."""
    rows: list[Row] = []
    left_out = {home.code for home in (*unlisted, *shared)}
    for home in homes:
        if not home.poor or home.code in left_out or not home.id_number or home.approved_on is None:
            continue
        on = home.approved_on - timedelta(days=12)
        rows.append({
            "code": f"GK{len(rows) + 1:04d}", "head_name": home.name, "id_number": home.id_number, "township": home.township, "village": home.village,
            "persons": home.approved or home.family, "noticed_on": on, "taken_down_on": on + timedelta(days=6 + len(rows) % 3),
        })  # fmt: skip
    for number, at in enumerate((40, 540)):
        rows[at] |= {"head_name": name(1760 + number), "id_number": id_number(date(1958, 4, 2 + number), 760 + number)}
    rows[60]["taken_down_on"] = rows[60]["noticed_on"] + timedelta(days=3)
    rows[120]["taken_down_on"] = rows[120]["noticed_on"] - timedelta(days=7)
    rows[180]["persons"] = None
    rows[240]["taken_down_on"] = None
    rows[300]["persons"] += 1
    rows[420] |= {"noticed_on": date(2019, 12, 28), "taken_down_on": None}
    rows[480] |= {"noticed_on": date(2020, 1, 10), "taken_down_on": date(2020, 1, 17)}
    on = date(2018, 3, 1)
    stranger = {"code": f"GK{len(rows) + 1:04d}", "head_name": name(1762), "township": "文殊乡", "village": "未演村", "persons": 2}
    return [*rows, {**stranger, "noticed_on": on, "taken_down_on": on + timedelta(days=8)}]
