"""What the items of a return mean in the ledgers: which records are counted, by which day, in households, persons or sites."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from checks.choices import Kept, Mode, OldHouse, Stage
from checks.records import Records
from checks.verdict import Flags, lacking

Sure = tuple[Flags, Flags]
"""The records that are surely meant, and those that may be because a fact is not recorded; the day is asked apart."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: from which ledger, by which day a record counts, which records, counted in what."""

    ledger: str
    day: str
    meant: Callable[[Records], Sure]
    unit: str  # "households", "persons" (approved persons are added up) or "sites"
    names: tuple[str, ...]


def moving(home: Records) -> Sure:
    """Return the registered poor, and with them those of whom that is not recorded."""
    return home.registered_poor, home.registered_poor | lacking(home, "registered_poor")


def _by_way(mode: Mode) -> Callable[[Records], Sure]:
    def meant(home: Records) -> Sure:
        sure, perhaps = moving(home)
        return sure & (home.mode == mode), perhaps & ((home.mode == mode) | lacking(home, "mode"))

    return meant


def _moved_in(home: Records) -> Sure:
    sure, perhaps = moving(home)
    unsaid = lacking(home, "moved_in")
    moved = home.moved_in | (unsaid & ~np.isnat(home.moved_in_on))
    return sure & moved, perhaps & (moved | unsaid)


def _due(home: Records) -> Sure:
    sure, perhaps = _moved_in(home)
    kept = (home.kept_reason >= 0) & (home.kept_reason != Kept.OTHER) & home.kept_confirmed
    return sure & ~home.no_old_house & ~kept, perhaps & ~home.no_old_house & ~kept


def _down(home: Records) -> Sure:
    sure, perhaps = moving(home)
    down = (home.old_house == OldHouse.DEMOLISHED) | (home.old_house == OldHouse.RECLAIMED)
    return sure & down, perhaps & (down | lacking(home, "old_house"))


def _sites(site: Records) -> Sure:
    concentrated = site.mode != Mode.DISPERSED
    return concentrated, concentrated


def _at_stage(least: Stage, day: str) -> Callable[[Records], Sure]:
    def meant(site: Records) -> Sure:
        concentrated, _same = _sites(site)
        reached = (site.stage >= least) | ~np.isnat(site.stored(day))
        return concentrated & reached, concentrated & (reached | lacking(site, "stage"))

    return meant


_concentrated, _dispersed = _by_way(Mode.CONCENTRATED), _by_way(Mode.DISPERSED)

ITEMS = (
    Item("households", "approved_on", moving, "households", ("搬迁户数", "搬迁总户数")),
    Item("households", "approved_on", moving, "persons", ("搬迁人数", "搬迁人口", "搬迁人口数", "搬迁总人数")),
    Item("households", "approved_on", _concentrated, "households", ("集中安置户数",)),
    Item("households", "approved_on", _concentrated, "persons", ("集中安置人数", "集中安置人口")),
    Item("households", "approved_on", _dispersed, "households", ("分散安置户数",)),
    Item("households", "approved_on", _dispersed, "persons", ("分散安置人数", "分散安置人口")),
    Item("households", "moved_in_on", _moved_in, "households", ("已入住户数", "入住户数", "搬迁入住户数")),
    Item("households", "moved_in_on", _moved_in, "persons", ("已入住人数", "入住人数", "搬迁入住人数", "已入住人口")),
    Item("households", "demolished_on", _down, "households", ("已拆旧房户数", "拆旧户数", "旧房拆除户数", "已拆除旧房户数")),
    Item("households", "moved_in_on", _due, "households", ("应拆旧房户数", "应拆户数")),
    Item("sites", "approved_on", _sites, "sites", ("安置点数", "集中安置点数", "安置点个数")),
    Item("sites", "started_on", _at_stage(Stage.BUILDING, "started_on"), "sites", ("已开工安置点数", "开工安置点数")),
    Item("sites", "finished_on", _at_stage(Stage.FINISHED, "finished_on"), "sites", ("已竣工安置点数", "竣工安置点数", "建成安置点数")),
)

_CALLED = {name: item for item in ITEMS for name in item.names}
_AROUND = re.compile(r"[（(].*?[）)]|\s|[“”\"]|易地扶贫|易地|建档立卡|累计|全县|全乡|全镇|本县|总计")


def item_called(text: str) -> Item | None:
    """Return the item that a return calls so, None for one the ledgers cannot prove. Units in brackets and "全县" are set aside."""
    return _CALLED.get(_AROUND.sub("", text))


def counterpart(item: Item) -> Item | None:
    """Return the same item counted in persons instead of households, or the reverse."""
    return next((one for one in ITEMS if one.meant is item.meant and one.day == item.day and {one.unit, item.unit} == {"households", "persons"}), None)


def counted(item: Item, records: Records, here: Flags, day: np.datetime64) -> tuple[float, float]:
    """Return how many of the records `here` are surely counted by a day, and how many at the most; infinity where persons are not recorded."""
    sure, perhaps = item.meant(records)
    days = records.stored(item.day)
    surely, maybe = here & sure & (days <= day), here & perhaps & ~(days > day)
    if item.unit != "persons":
        return float(surely.sum()), float(maybe.sum())
    persons = records.approved_persons
    return float(np.nansum(persons[surely])), float(np.where(np.isnan(persons), np.inf, persons)[maybe].sum())


def open_records(item: Item, records: Records, here: Flags, day: np.datetime64) -> int:
    """Return of how many records `here` it is not recorded whether they count by a day, or for how many persons."""
    sure, perhaps = item.meant(records)
    days = records.stored(item.day)
    surely, maybe = here & sure & (days <= day), here & perhaps & ~(days > day)
    silent = np.isnan(records.approved_persons) if item.unit == "persons" else np.zeros(len(records), dtype=np.bool_)
    return int((maybe & ~surely | surely & silent).sum())
