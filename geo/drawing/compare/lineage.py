"""What the two files tell of their past and of each other: descent, order, and what does not fit. Indications, never proof."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from geo.drawing.compare.handles import shared_handles
from geo.drawing.difference import Comparison, Difference
from geo.drawing.dwelling import Flag, Plans, TitleBlock
from geo.drawing.model import Drawing
from geo.drawing.text import comparable

_CHINA = timezone(timedelta(hours=8))
_SAME_SAVE = timedelta(hours=1)  # two files written together, by a program or in one sitting, have no order
_NO_ZONE = timedelta(hours=26)  # and where one of them keeps local time without its zone, a day says nothing
_PAPERS_LATE = timedelta(days=90)  # a file begun so long after the day its title block bears was not what was dated
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[.\-/年](\d{1,2})(?:[.\-/月](\d{1,2}))?")


@dataclass(frozen=True)
class Past:
    """What two files tell. handle_overlap: share of the smaller file's entities that have their like, by handle and geometry, in the other.

    same_fingerprint: whether both descend from one file, None where either does not say. order: which was saved last: old, new,
    same, unknown. confidence: high where dates and running numbers of one file agree on the order, medium where one of them
    gives it, low otherwise.
    """

    flags: tuple[Flag, ...]
    handle_overlap: float
    same_fingerprint: bool | None
    order: str
    confidence: str


def lineage(old: Drawing, new: Drawing, comparison: Comparison, old_plans: Plans | None = None, new_plans: Plans | None = None) -> Past:
    """Return what the headers, handles and title blocks of a design (old) and a construction drawing (new) say of their descent."""
    same = _same_file(old, new)
    order, confidence = _order(old, new, same)
    titles = tuple(plans.title_blocks if plans else () for plans in (old_plans, new_plans))
    flags = [*_saved_after(old, new)]
    if comparison.differences:  # the same drawing taken into a new file is no clue
        flags += [*_begun_late(old, titles[0], "old"), *_begun_late(new, titles[1], "new")]
    flags += _same_paper(titles[0], titles[1], comparison)
    flags += _outline_changed(same, titles, comparison)
    return Past(tuple(flags), round(shared_handles(old, new, comparison), 4), same, order, confidence)


def _same_file(old: Drawing, new: Drawing) -> bool | None:
    one, two = old.lineage.fingerprint, new.lineage.fingerprint
    return one.strip("{}").casefold() == two.strip("{}").casefold() if one and two else None


def _order(old: Drawing, new: Drawing, same: bool | None) -> tuple[str, str]:
    """Return which was saved last and how sure that is: by the days of saving, and, of one file, by the running number of its entities."""
    by_day = _later(old.lineage.updated_at, new.lineage.updated_at)
    numbers = old.lineage.next_handle, new.lineage.next_handle
    by_number = ""
    if same and numbers[0] is not None and numbers[1] is not None:
        by_number = "new" if numbers[0] < numbers[1] else "old" if numbers[0] > numbers[1] else "same"
    if by_day in ("old", "new") and by_number == by_day:
        return by_day, "high"
    if by_number in ("old", "new") and by_day in ("old", "new"):
        return by_day, "low"  # they contradict each other
    said = by_day if by_day in ("old", "new") else by_number or by_day
    return (said, "medium") if said in ("old", "new") else (said or "unknown", "low")


def _later(one: datetime | None, other: datetime | None) -> str:
    """Return which of two moments is the later: old, new, same; "" where either is missing."""
    if one is None or other is None:
        return ""
    apart = _aware(other) - _aware(one)
    play = _SAME_SAVE if one.tzinfo and other.tzinfo else _NO_ZONE
    return "same" if abs(apart) <= play else "new" if apart > timedelta() else "old"


def _aware(moment: datetime) -> datetime:
    """Return a moment with its zone; local time is China's, where these drawings are made."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)).astimezone(UTC)


def _saved_after(old: Drawing, new: Drawing) -> Iterator[Flag]:
    """F2: the design was last saved after the construction drawing that was made by it."""
    one, two = old.lineage.updated_at, new.lineage.updated_at
    if one is not None and two is not None and _later(one, two) == "old":
        days = (_aware(one) - _aware(two)).total_seconds() / 86400
        yield Flag("F2", "high", {"why": "saved-after-construction", "old_on": _day(one), "new_on": _day(two), "days": round(days, 1)})


def _begun_late(drawing: Drawing, titles: tuple[TitleBlock, ...], side: str) -> Iterator[Flag]:
    """F2: the file was begun long after the day that its title block bears."""
    created = drawing.lineage.created_at
    days = [day for day in map(day_in, (title.dated for title in titles)) if day]
    if created is not None and days and _aware(created).astimezone(_CHINA).date() - max(days) > _PAPERS_LATE:
        yield Flag("F2", "medium", {"why": "begun-after-its-date", "side": side, "begun_on": _day(created), "dated": max(days).isoformat()})


def _day(moment: datetime) -> str:
    return _aware(moment).astimezone(_CHINA).date().isoformat()


def day_in(written: str) -> date | None:
    """Return the day that a title block writes (2017.03.05, 2017年3月5日, 2017-03: its last day); None where there is none."""
    found = _DAY.search(comparable(written))
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    try:
        return date(year, month, day) if day else date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def _same_paper(old: tuple[TitleBlock, ...], new: tuple[TitleBlock, ...], comparison: Comparison) -> Iterator[Flag]:
    """F7: title blocks of one number bear the same revision and date, and what they stand under differs: as drawn, or only as written."""
    found = [one for one in comparison.differences if one.weight > 0]
    drawn = sum(_is_drawn(one) for one in found)
    why = {} if drawn else {"why": "written"}
    for one in old:
        for other in new:
            if found and _paper(one) and _paper(one) == _paper(other) and _same_sheet(one, other):
                facts: dict[str, str | float | int] = {
                    "number": other.number,
                    "revision": other.revision,
                    "dated": other.dated,
                    "differences": drawn or len(found),
                }
                yield Flag("F7", "high", facts | why)
                return


def _is_drawn(one: Difference) -> bool:
    """Tell whether a difference is one of geometry; an area or a room with a shape of its own is a text, as are figures of dimensions."""
    return one.what not in ("text", "dimension", "override") and not (one.what in ("area", "room") and (one.shape_before or one.shape_after))


def _paper(one: TitleBlock) -> tuple[str, ...]:
    """Return revision and date as they are compared; empty where neither is written."""
    said = comparable(one.revision), comparable(one.dated)
    return said if any(said) else ()


def _same_sheet(one: TitleBlock, other: TitleBlock) -> bool:
    return all(not a or not b or comparable(a) == comparable(b) for a, b in ((one.number, other.number), (one.name, other.name)))


def _outline_changed(same: bool | None, titles: tuple[tuple[TitleBlock, ...], ...], comparison: Comparison) -> Iterator[Flag]:
    """F6: one file and its later save differ in the outline of a dwelling, and no other revision or date is written for it."""
    declared = bool(titles[0] and titles[1]) and not {_paper(one) for one in titles[0]} & {_paper(one) for one in titles[1]}
    outlines = [one for one in comparison.differences if one.what == "area" and isinstance(one.before, float) and isinstance(one.after, float)]
    if same and outlines and not declared:
        yield Flag("F6", "high", {"before_m2": float(outlines[0].before or 0), "after_m2": float(outlines[0].after or 0)}, outlines[0].where)
