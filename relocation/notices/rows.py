"""A line of the list on the wall. Its type is the allow-list: what has no field here cannot be published, whatever the register holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from relocation.notices.figures import Figure
from relocation.notices.naming import Form, MaskedName
from relocation.notices.plain import Unpublishable, Words

MOST_PERSONS, MOST_M2, MOST_YUAN = 99, 9_999, 9_999_999
"""No household has more; a greater figure is a number of something else in the wrong column, and is refused."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a household the maker of a notice is given: nothing else of the register reaches it. `code` finds the record again inside the office."""

    code: str
    head_name: str
    township: str
    village: str
    group: str
    persons: int | None
    kind: str
    site: str = ""
    area_m2: Decimal | None = None
    subsidy_yuan: Decimal | None = None


class Extra(Enum):
    """Columns a county may add to what a notice needs. The list without them says who, from where, how many, and how they are settled."""

    SITE = "site"
    AREA = "area"
    SUBSIDY = "subsidy"


DEFAULT_EXTRAS = (Extra.SITE,)


@dataclass(frozen=True, slots=True)
class WallRow:
    """One household on the wall. Empty texts: not published for this row (`coarse` says so) or not known."""

    number: int  # in its village: tells those apart whose masked names are alike
    name: MaskedName
    township: Words
    village: Words
    group: Words
    persons: int | None
    kind: Words
    site: Words
    area: Figure  # m² with two decimals, or a band
    subsidy: Figure  # yuan with two decimals
    coarse: int = 0  # how much of the extras is held back: 0 nothing, 1 the area is a band and the subsidy is hidden, 2 all of them are hidden

    @property
    def needed(self) -> tuple[object, ...]:
        """What the notice must say of a household for anybody to object: these columns are never held back."""
        return self.name, self.township, self.village, self.group, self.persons, self.kind

    @property
    def extras(self) -> tuple[str, str, str]:
        """What the county adds."""
        return self.site, self.area, self.subsidy


def rows(entries: Iterable[Entry], extras: Sequence[Extra], form: Form = Form.SURNAME) -> tuple[list[WallRow], list[Unpublishable]]:
    """Return the lines in the order of township, village, code, numbered by village, and every reason against publishing (then nothing may be)."""
    made: list[WallRow] = []
    against: list[Unpublishable] = []
    numbers: dict[tuple[str, str], int] = {}
    for entry in sorted(entries, key=lambda one: (one.township, one.village, one.code)):
        place = entry.township, entry.village
        numbers[place] = numbers.get(place, 0) + 1
        try:
            made.append(_row(entry, numbers[place], extras, form))
        except Unpublishable as refused:
            against.append(Unpublishable(refused.field, refused.why, entry.code))
    return made, against


def _row(entry: Entry, number: int, extras: Sequence[Extra], form: Form) -> WallRow:
    if entry.persons is not None and not 0 < entry.persons <= MOST_PERSONS:
        raise Unpublishable("approved_persons", "number")
    return WallRow(
        number,
        MaskedName(entry.head_name, form),
        Words(entry.township, "township"),
        Words(entry.village, "village"),
        Words(entry.group, "natural_village"),
        entry.persons,
        Words(entry.kind, "resettlement"),
        Words(entry.site if Extra.SITE in extras else "", "site_name"),
        Figure.of(entry.area_m2 if Extra.AREA in extras else None, MOST_M2, "floor_area_m2"),
        Figure.of(entry.subsidy_yuan if Extra.SUBSIDY in extras else None, MOST_YUAN, "subsidy_due_yuan"),
    )


def held_back(row: WallRow, level: int) -> WallRow:
    """Return a line with its extras held back to a level."""
    if level == 0:
        return row
    if level == 1:
        return replace(row, area=band(row.area), subsidy=Figure.NONE, coarse=1)
    return replace(row, site=Words(""), area=Figure.NONE, subsidy=Figure.NONE, coarse=2)


BAND_M2 = 25
"""Areas are told in steps of what one person may have."""


def band(area: Figure) -> Figure:
    """Return the band an area lies in, such as 75–100; "" for none. A band's upper end belongs to it: 100.00 is 75–100."""
    return area.band(BAND_M2) if area else area
