"""The charts of a place: how its households stand by township, what had happened by each month, what building costs against area.

Each is drawn twice, wide and for a phone, and bears the same numbers as a table, its day, its source and what it leaves out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checks.sentence import number
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import HOUSEHOLD
from relocation.reports.charts.mark import Picture
from relocation.reports.charts.stacked import Row, stacked, word
from relocation.service.figures.places import Place
from relocation.store import runs, standings
from relocation.store.opening import Store

WIDE, NARROW = 760.0, 350.0
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a page shows it."""

    id: str
    title: str
    about: str
    wide: Picture
    narrow: Picture
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    as_of: date
    source: str


def day_of(store: Store, place: Place, today: date) -> date:
    """Return the day the place was last judged by, else today."""
    with store.reading() as connection:
        return runs.judged_as_of(connection, place.county) or today


def outcomes(store: Store, place: Place, lang: str, *, today: date) -> Chart:
    """Return how the households of each township (of a township: of each village) stand by the worst of their findings."""
    at = int(lang != "zh")
    level = "village" if place.township else "township"
    with store.reading() as connection:
        found = standings.worst_by(connection, HOUSEHOLD.id, place.county, level, place.township)
        as_of = runs.judged_as_of(connection, place.county) or today
    nameless = ("（没有填写）", "(not filled in)")[at]
    names = sorted({name for name, _ in found})
    rows = [Row(name or nameless, {outcome: found[name, which] for which, outcome in enumerate(WORST_FIRST) if found[name, which]}) for name in names]
    rows = _most([row for row in rows if row.total], lang)
    unjudged = sum(count for (_, which), count in found.items() if which >= len(WORST_FIRST))
    title = (
        f"{place.name}：各{'村' if place.township else '乡镇'}搬迁户核查结果" if lang == "zh"
        else f"{place.name}: how the households of each {level} stand"
    )  # fmt: skip
    about = (
        "每户按最差的一项结果计一次；不合规户多的在上，再比待核、缺资料。",
        "Each household counts once, by its worst finding; most failing first, then most under review, then most without data.",
    )[at]
    notes = (
        [("另有 {n} 户还没有核查，不在图上。", "{n} more households were not checked and are not drawn.")[at].format(n=number(unjudged))] if unjudged else []
    )
    unit = ("户", "households")[at]
    pictures = [
        stacked(rows, f"outcomes-{size}", title, f"{about} {_read(rows, lang)}", unit, lang, width) for size, width in (("wide", WIDE), ("narrow", NARROW))
    ]
    return Chart(
        "outcomes", title, about, pictures[0], pictures[1],
        ((("村", "Village")[at] if place.township else ("乡镇", "Township")[at]), *(word(outcome, lang) for outcome in WORST_FIRST), ("合计", "All")[at]),
        tuple((row.name, *(number(row.parts.get(outcome, 0)) for outcome in WORST_FIRST), number(row.total)) for row in rows),
        tuple(notes), as_of, ("搬迁户台账和核查结果", "ledger of households and the checks")[at],
    )  # fmt: skip


def _most(rows: Sequence[Row], lang: str) -> list[Row]:
    """Return rows with most that fails first, those beyond the most that are drawn as one."""
    ordered = sorted(rows, key=lambda row: (*(-row.parts.get(outcome, 0) for outcome in WORST_FIRST[:3]), row.name))
    if len(ordered) <= MOST_ROWS:
        return ordered
    kept, rest = ordered[: MOST_ROWS - 1], ordered[MOST_ROWS - 1 :]
    parts = {outcome: sum(row.parts.get(outcome, 0) for row in rest) for outcome in WORST_FIRST}
    name = f"其余 {len(rest)} 处" if lang == "zh" else f"the other {len(rest)}"
    return [*kept, Row(name, {outcome: count for outcome, count in parts.items() if count})]


def _read(rows: Sequence[Row], lang: str) -> str:
    """Return in a sentence what the bars say, for whoever hears the picture."""
    total = {outcome: sum(row.parts.get(outcome, 0) for row in rows) for outcome in WORST_FIRST}
    told = [f"{word(outcome, lang)} {number(total[outcome])}" for outcome in WORST_FIRST if total[outcome]]
    worst = next((row for row in rows if row.parts.get(Outcome.FAIL)), None)
    said = ("合计：" if lang == "zh" else "Altogether: ") + ("，" if lang == "zh" else ", ").join(told)
    if worst:
        said += (f"。不合规最多的是{worst.name}" if lang == "zh" else f". Most fail in {worst.name}") + f" ({number(worst.parts[Outcome.FAIL])})"
    return said + ("。" if lang == "zh" else ".")
