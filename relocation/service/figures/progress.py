"""What had happened to a place's households by the end of each month, counted from the days the ledger bears."""

from datetime import date

import numpy as np

from checks.records import Array, Records
from checks.sentence import number
from checks.tally import Item, item_called
from checks.verdict import Flags
from checks.vocabulary import HOUSEHOLD
from relocation.reports.charts.lines import Series, lines
from relocation.service.figures.charts import NARROW, WIDE, Chart, day_of
from relocation.service.figures.ground import records
from relocation.service.figures.places import Place
from relocation.store.opening import Store

MOST_MONTHS = 120
ITEMS = (("搬迁户数", "核定搬迁", "approved"), ("已入住户数", "已入住", "moved in"), ("已拆旧房户数", "旧房已拆", "old house down"))
"""What is drawn: the item of returns, its name in both languages. Keys are drawn beside them, since a key is not a move."""


def progress(store: Store, place: Place, lang: str, *, today: date) -> Chart:
    """Return the lines of households approved, with a key, moved in, and with the old house down, month by month."""
    at, as_of = int(lang != "zh"), day_of(store, place, today)
    with store.reading() as connection:
        homes = records(store, connection, HOUSEHOLD, place)
    told = [(names[at], *_dated(homes, item_called(item))) for item, *names in ITEMS]
    told.insert(1, (("已交钥匙", "key handed over")[at], homes.registered_poor, homes.handed_over_on))
    months, left_out = _months([days[which] for _, which, days in told], as_of)
    series = [Series(name, _by(days[which], months)) for name, which, days in told] if len(months) else []
    said = [str(month) for month in months]
    title = f"{place.name}：逐月进度（累计户数）" if lang == "zh" else f"{place.name}: progress by month (households so far)"
    about = (
        "建档立卡户，按台账登记的日期累计到每月末；交钥匙不等于入住。",
        "Registered-poor households by the days in the ledger, up to each month's end; a key handed over is not moved in.",
    )[at]
    last = ("；" if lang == "zh" else "; ").join(f"{one.name} {number(one.values[-1])}" for one in series)
    desc = f"{about} {('截至' if lang == 'zh' else 'As of ')}{as_of.isoformat()}{('：' if lang == 'zh' else ': ')}{last}"
    unit = ("累计户数（户）", "households so far")[at]
    pictures = [lines(said, series, f"progress-{size}", title, desc, unit, lang, width) for size, width in (("wide", WIDE), ("narrow", NARROW))]
    rows = tuple((month, *(number(one.values[place_]) for one in series)) for place_, month in enumerate(said))
    notes = [_undated(homes, lang), *_cut(left_out, lang)]
    return Chart(
        "progress", title, about, pictures[0], pictures[1], (("月份", "Month")[at], *(one.name for one in series)), rows[::-1],
        tuple(note for note in notes if note), as_of, ("搬迁户台账", "ledger of households")[at],
    )  # fmt: skip


def _dated(homes: Records, item: Item | None) -> tuple[Flags, Array]:
    assert item is not None  # the items above are items of returns
    return item.meant(homes)[0], homes.stored(item.day)


def _months(days: list[Array], as_of: date) -> tuple[Array, int]:
    """Return the months from the first day on to the day of the place, at most so many, and how many days lie before or after them."""
    last = np.datetime64(as_of, "M")
    every = np.concatenate([one[~np.isnat(one)] for one in days]) if days else np.array([], dtype="datetime64[D]")
    known = every[every <= np.datetime64(as_of, "D")]
    if not len(known):
        return np.array([], dtype="datetime64[M]"), len(every)
    first = max(known.min().astype("datetime64[M]"), last - (MOST_MONTHS - 1))
    return np.arange(first, last + 1), len(every) - len(known)


def _by(days: Array, months: Array) -> tuple[float, ...]:
    """Return how many of the days lie in or before each month."""
    dated = np.sort(days[~np.isnat(days)].astype("datetime64[M]"))
    return tuple(np.searchsorted(dated, months, side="right").astype(float).tolist())


def _undated(homes: Records, lang: str) -> str:
    """Return of how many households it is recorded that they moved in, or that the house is down, and not when."""
    poor = homes.registered_poor
    moved = int((poor & homes.moved_in & np.isnat(homes.moved_in_on)).sum())
    down = _dated(homes, item_called("已拆旧房户数"))[0]
    undated = int((down & np.isnat(homes.demolished_on)).sum())
    words = {"zh": ("已入住 {n} 户", "旧房已拆 {n} 户"), "en": ("{n} moved in", "{n} old houses down")}[lang]
    told = [words[at].format(n=number(count)) for at, count in enumerate((moved, undated)) if count]
    if not told:
        return ""
    return f"没有登记日期、不在图上的：{'、'.join(told)}。" if lang == "zh" else f"Not drawn, for want of a day: {', '.join(told)}."


def _cut(later: int, lang: str) -> list[str]:
    if not later:
        return []
    return [f"晚于这一天的 {number(later)} 个日期没有画。" if lang == "zh" else f"{number(later)} days later than that are not drawn."]
