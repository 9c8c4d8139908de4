"""The households of the made-up county, drawn by one seed so that they look like a county's and close with its sites."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from shapely.geometry import MultiPolygon

from tests.data.demo_county.ground import TOWNSHIPS, Lonlat, inside, walk
from tests.data.demo_county.identity import id_number, name
from tests.data.demo_county.progress import UNFINISHED, finished_on
from tests.data.demo_county.sites import DISPERSED, SITES, UNSORTED, Site

AS_OF = date(2019, 12, 31)
_SIZES = (1, 2, 3, 4, 5, 6, 7)
_SIZE_WEIGHTS = (11, 20, 27, 23, 12, 5, 2)
# Building area of the unit types offered to so many persons, m²; the last of each is the full 25 a person.
_UNIT_TYPES = {
    1: (24.6, 25.0), 2: (48.8, 49.6, 50.0), 3: (72.5, 73.6, 74.8), 4: (96.4, 98.2, 99.6, 100.0),
    5: (121.5, 123.8, 125.0), 6: (146.4, 149.2), 7: (171.5, 174.3),
}  # fmt: skip
_INFILL, _RELATIVES, _BOUGHT = "插花", "投亲靠友", "进镇购房"


@dataclass(frozen=True, slots=True)
class Home:
    """One household as it goes into a ledger; "" and None are blank cells, positions are WGS-84 here."""

    code: str
    name: str
    id_number: str
    township: str
    village: str
    hamlet: str
    poor: bool | None
    family: int
    approved: int | None
    approved_on: date | None
    mode: str
    kind: str
    site: Site | None = None
    place: Lonlat | None = None
    claimed: str = ""
    relies_on: str = ""
    reason: str = ""
    area_m2: float | None = None
    net_m2: float | None = None
    one_person_way: str = ""
    one_person_reason: str = ""
    handed_over_on: date | None = None
    moved_in: bool | None = None
    moved_in_on: date | None = None
    no_old_house: bool = False
    old_house: str = ""
    agreed_on: date | None = None
    demolished_on: date | None = None
    reclaimed_on: date | None = None
    kept_reason: str = ""
    kept_confirmed: bool | None = None
    reoccupied: bool | None = None
    remark: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)  # what the supplementary ledgers say


def homes(seed: int, outline: MultiPolygon) -> list[Home]:
    """Return every household, first those of the sites, then the dispersed, then those nobody has sorted."""
    chance = Random(seed)  # noqa: S311 - the same county every time, not a secret
    drawn: list[Home] = []
    for site in SITES:
        drawn += [_in_site(chance, len(drawn) + i, site) for i in range(site.households)]
    for township, count in DISPERSED.items():
        drawn += [_dispersed(chance, len(drawn) + i, township, outline) for i in range(count)]
    for township, count in UNSORTED.items():
        drawn += [replace(_dispersed(chance, len(drawn) + i, township, outline), mode="", kind="", place=None) for i in range(count)]
    return drawn


def _person(chance: Random, number: int, township: str, village: str, approved_on: date) -> Home:
    family = chance.choices(_SIZES, _SIZE_WEIGHTS)[0]
    approved = family - 1 if family > 2 and chance.random() < 0.03 else family  # one has married out of the registered family
    born_on = date(1938, 1, 1) + timedelta(days=chance.randrange(365 * 52))
    return Home(
        f"GS{number + 1:04d}", name(number), id_number(born_on, number + 1), township, village, f"{'东西南北'[chance.randrange(4)]}湾组",
        chance.random() > 0.04, family, approved, approved_on, "", "",
    )  # fmt: skip


def _in_site(chance: Random, number: int, site: Site) -> Home:
    ahead = site.approved_on - timedelta(days=chance.randrange(10, 60))
    village = site.village if site.kind == "行政村内就近" else f"{'乾坤震巽坎离艮兑'[number % 8]}演村"
    home = replace(_person(chance, number, site.township, village, ahead), mode="集中", kind=site.kind, site=site)
    settled = _settled(chance, _housed(chance, home), finished_on(site))
    return _waiting(settled) if site.code in UNFINISHED else settled


def _waiting(home: Home) -> Home:
    """Take back what happened since: the site is not finished."""
    undone: dict[str, Any] = {"handed_over_on": None, "moved_in": False, "moved_in_on": None, "agreed_on": None, "demolished_on": None, "reclaimed_on": None}
    return replace(home, **undone, no_old_house=False, old_house="未拆", reoccupied=False)


def _dispersed(chance: Random, number: int, township: str, outline: MultiPolygon) -> Home:
    approved_on = chance.choice((date(2016, 11, 15), date(2017, 3, 20), date(2017, 8, 10), date(2018, 3, 26), date(2018, 9, 5), date(2019, 3, 12)))
    kind = chance.choices((_INFILL, _RELATIVES, _BOUGHT), (60, 15, 25))[0]
    home = replace(_person(chance, number, township, f"{'甲乙丙丁戊'[chance.randrange(5)]}演村", approved_on), mode="分散", kind=kind)
    if chance.random() < 0.7:
        home = replace(home, place=_somewhere(chance, township, outline))
    return _settled(chance, _housed(chance, home), approved_on + timedelta(days=chance.randrange(200, 320)))


def _somewhere(chance: Random, township: str, outline: MultiPolygon) -> Lonlat:
    start = TOWNSHIPS[township]
    while True:
        place = walk(start, chance.uniform(0, 360), chance.triangular(300, 6500, 1500))
        if inside(outline, place):
            return place


def _housed(chance: Random, home: Home) -> Home:
    persons = home.approved or home.family
    if not home.poor:  # simultaneous movers pay themselves and may build what they like
        return replace(home, area_m2=round(chance.uniform(27, 38) * persons, 1), net_m2=None)
    way = chance.choices(("单独住房", "合住", "集中供养", "货币化安置"), (70, 12, 14, 4))[0] if persons == 1 else ""
    if way in ("集中供养", "货币化安置"):
        return replace(home, one_person_way=way, one_person_reason="本人申请，村委会评议同意")
    area = chance.choice(_UNIT_TYPES[persons])
    net = round(area * chance.uniform(0.84, 0.9), 1) if home.mode == "集中" else None
    reason = "与近亲属合住，协议存档" if way == "合住" else ""
    return replace(home, area_m2=area, net_m2=net, one_person_way=way, one_person_reason=reason)


def _settled(chance: Random, home: Home, ready_on: date) -> Home:
    handed_over_on = ready_on + timedelta(days=chance.randrange(0, 40))
    if handed_over_on > AS_OF:
        return replace(home, moved_in=False, old_house="未拆", reoccupied=False)
    home = replace(home, handed_over_on=handed_over_on)
    moved_in_on = handed_over_on + timedelta(days=chance.randrange(5, 75))
    if moved_in_on > AS_OF or chance.random() < 0.02:  # a key handed over is not moved in
        return replace(home, moved_in=False, old_house=chance.choice(("未拆", "已签协议")))
    home = replace(home, moved_in=True, moved_in_on=moved_in_on)
    if chance.random() < 0.05:
        return replace(home, no_old_house=True)
    agreed_on = moved_in_on - timedelta(days=chance.randrange(20, 200))
    demolished_on = moved_in_on + timedelta(days=chance.randrange(15, 340))
    if demolished_on > AS_OF:
        return replace(home, old_house="已签协议", agreed_on=agreed_on, reoccupied=False)
    home = replace(home, old_house="已拆", agreed_on=agreed_on, demolished_on=demolished_on, reoccupied=False)
    reclaimed_on = demolished_on + timedelta(days=chance.randrange(40, 400))
    if chance.random() < 0.45 and reclaimed_on <= AS_OF:
        return replace(home, old_house="已复垦", reclaimed_on=reclaimed_on)
    return home
