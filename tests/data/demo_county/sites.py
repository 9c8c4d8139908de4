"""The 24 sites of the made-up county: a hand-written table, because each of them is there to show something."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.data.demo_county.ground import PARKS, SCENIC, SEAT, TOWNSHIPS, Lonlat, walk


@dataclass(frozen=True, slots=True)
class Site:
    """One site as it goes into the ledger; positions are WGS-84 here."""

    code: str
    name: str
    township: str
    village: str
    kind: str
    place: Lonlat | None
    claimed: str
    relies_on: str
    reason: str
    approved_on: date
    households: int
    yuan_m2: float | None  # building cost; None: the clerk left it out
    remark: str = ""
    area_known: bool = True
    stated_yuan_m2: float | None = None  # where the clerk wrote another unit cost than the one that comes out


def _from(name: str, bearing_deg: float, metres: float) -> Lonlat:
    """Walk from a township, the seat, or the first corner of an outline."""
    known: dict[str, Any] = {"县城": SEAT, **PARKS, **SCENIC, **TOWNSHIPS}
    start = known[name]
    return walk(start[0] if isinstance(start[0], tuple) else start, bearing_deg, metres)


_EAST, _FOOD = "东城产业园(演示)", "泼河农产品加工园(演示)"
_TEA, _BAY = "云台茶谷景区(演示)", "泼河湖湾景区(演示)"
_TOWN, _NEW, _PARK, _TOUR, _NEAR = "小城镇", "建设移民新村", "产业园区", "乡村旅游区", "行政村内就近"

SITES = (
    Site("GSA01", "城东新苑安置点", "紫水街道", "甲演社区", _TOWN, _from("县城", 80, 1200), "靠县城、靠产业园区", "光山县城、" + _EAST, "", date(2017, 3, 6), 70, 1165),
    Site("GSA02", "城西家园安置点", "弦山街道", "乙演社区", _TOWN, _from("县城", 265, 2500), "靠县城", "光山县城", "", date(2016, 11, 18), 60, 1120),
    Site("GSA03", "十里新村安置点", "十里镇", "丙演村", _TOWN, _from("十里镇", 10, 800), "靠乡镇", "十里镇", "", date(2017, 4, 12), 45, 1098),
    Site("GSA04", "南大塘安置点", "十里镇", "丁演村", _NEW, _from("县城", 350, 4000), "靠县城、靠乡镇", "光山县城、十里镇", "", date(2017, 5, 20), 40, 1140),
    Site("GSA05", "寨河集镇安置点", "寨河镇", "戊演村", _TOWN, _from("寨河镇", 240, 600), "靠乡镇", "寨河镇", "", date(2017, 6, 8), 50, 1260),
    Site("GSA06", "西寨安置点", "寨河镇", "己演村", _NEW, _from("寨河镇", 268, 2990), "靠乡镇", "寨河镇", "", date(2018, 3, 15), 30, 1185),
    Site("GSA07", "泼河集镇安置点", "泼陂河镇", "庚演村", _TOWN, _from("泼陂河镇", 30, 700), "靠乡镇、靠园区", "泼陂河镇、" + _FOOD, "", date(2017, 3, 28), 60, 1190),
    Site("GSA08", "园区北苑安置点", "泼陂河镇", "辛演村", _PARK, (114.92, 31.866), "靠园区", _FOOD, "", date(2018, 4, 2), 36, 1175),
    Site("GSA09", "湖湾安置点", "泼陂河镇", "壬演村", _TOUR, _from(_BAY, 100, 900), "靠景区", _BAY, "", date(2017, 9, 11), 28, 1155),
    Site("GSA10", "白雀园集镇安置点", "白雀园镇", "癸演村", _TOWN, _from("白雀园镇", 200, 1000), "靠乡镇", "白雀园镇", "", date(2017, 5, 9), 64, 1420),
    Site("GSA11", "西岗安置点", "白雀园镇", "子演村", _NEW, _from("白雀园镇", 250, 4200), "均不靠", "", "紧邻县道和村小学，原自然村整体搬迁，已报县发改部门说明", date(2018, 5, 17), 26, 1130),
    Site("GSA12", "殷棚集镇安置点", "殷棚乡", "丑演村", _TOWN, _from("殷棚乡", 45, 400), "靠乡镇", "殷棚乡", "", date(2017, 7, 3), 35, None, "住房建设成本待决算"),
    Site("GSA13", "北冲安置点", "殷棚乡", "寅演村", _NEAR, _from("殷棚乡", 60, 6000), "靠乡镇", "殷棚乡", "", date(2018, 6, 21), 18, 1188),
    Site("GSA14", "孙铁铺集镇安置点", "孙铁铺镇", "卯演村", _TOWN, _from("孙铁铺镇", 130, 900), "靠集镇", "孙铁铺镇", "", date(2017, 4, 25), 48, 1110, stated_yuan_m2=1180),
    Site("GSA15", "南岭安置点", "孙铁铺镇", "辰演村", _NEW, _from("孙铁铺镇", 180, 5000), "", "", "", date(2018, 4, 19), 24, 1160),
    Site("GSA16", "北向店集镇安置点", "北向店乡", "巳演村", _TOWN, _from("北向店乡", 300, 1500), "靠乡镇", "北向店乡", "", date(2018, 3, 30), 40, 1600),
    Site("GSA17", "石门安置点", "北向店乡", "午演村", _NEW, None, "靠乡镇", "北向店乡", "", date(2018, 5, 8), 22, 1150, "坐标待测"),
    Site("GSA18", "茶谷安置点", "文殊乡", "未演村", _TOUR, _from(_TEA, 190, 300), "靠景区", _TEA, "", date(2017, 8, 16), 30, 1145, "竣工面积待核", area_known=False),
    Site("GSA19", "文殊集镇安置点", "文殊乡", "申演村", _TOWN, _from("文殊乡", 85, 1200), "靠乡镇", "文殊乡", "", date(2017, 6, 27), 44, 1200),
    Site("GSA20", "砖桥安置点", "砖桥镇", "酉演村", _TOWN, _from("砖桥镇", 30, 800), "靠乡镇", "砖桥镇", "", date(2017, 9, 26), 32, 1178),
    Site("GSA21", "晏河小湾安置点", "晏河乡", "戌演村", _NEAR, _from(_TEA, 150, 1000), "靠景区", _TEA, "", date(2018, 7, 12), 7, 1150, "户数较少"),
    Site("GSA22", "园区公寓安置点", "紫水街道", "亥演社区", _PARK, (114.941, 31.999), "靠园区", _EAST, "", date(2018, 4, 10), 60, 1750),
    Site("GSA23", "弦山旧街安置点", "弦山街道", "甲子社区", _TOWN, _from("县城", 300, 3000), "靠县城", "光山县城", "", date(2016, 3, 18), 40, 1690, "早期试点项目"),
    Site("GSA24", "十里示范苑安置点", "十里镇", "乙丑村", _TOWN, _from("十里镇", 280, 1800), "靠县城", "光山县城", "", date(2018, 5, 30), 30, 2600, "含精装修"),
)  # fmt: skip

DISPERSED = {
    "弦山街道": 25, "紫水街道": 25, "十里镇": 32, "寨河镇": 30, "孙铁铺镇": 25, "马畈镇": 6, "泼陂河镇": 38,
    "白雀园镇": 60, "砖桥镇": 14, "北向店乡": 14, "殷棚乡": 16, "晏河乡": 6, "文殊乡": 12,
}  # fmt: skip
UNSORTED = {"马畈镇": 32}  # households whose way of resettlement the clerk has not filled in
