"""Pasts of two files that belong together: honest ones, and ones that somebody made up or forgot to make up."""

from dataclasses import dataclass, replace
from datetime import datetime

from tests.drawings.sheets import Title
from tests.drawings.writing import CHINA, Past


@dataclass(frozen=True)
class Story:
    """What two files and their title blocks tell; `forged` where a reader of both should ask."""

    name: str
    forged: bool
    old: Past
    new: Past
    old_title: Title
    new_title: Title


def _at(year: int, month: int, day: int, hour: int = 17, minute: int = 30) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


DESIGN = Past(_at(2017, 3, 1, 9), _at(2017, 3, 5), 30.0, "yanjia", "{5D4E2C10-0000-4000-8000-000000000001}", "{5D4E2C10-0000-4000-9000-000000000001}")
OWN = Past(_at(2017, 5, 10, 9), _at(2017, 6, 20), 52.0, "yanyi", "{71B0AA42-0000-4000-8000-000000000002}", "{71B0AA42-0000-4000-9000-000000000002}", 0x900)
LATER_SAVE = replace(
    DESIGN, updated_at=_at(2017, 6, 20), edit_hours=54.0, saved_by="yanyi", version="{5D4E2C10-0000-4000-9000-000000000003}", first_handle=0xA00
)
FIRST, SECOND = Title(), Title(number="建施-03B", revision="B", dated="2017.06.20")


def stories() -> tuple[Story, ...]:
    """Return every kind of past, the honest ones first."""
    afterwards = replace(DESIGN, updated_at=_at(2019, 8, 14), edit_hours=33.0, version="{5D4E2C10-0000-4000-9000-000000000004}", first_handle=0xC00)
    back_dated = replace(OWN, created_at=_at(2019, 9, 1, 9), updated_at=_at(2019, 9, 2), edit_hours=3.0)
    from_construction = replace(OWN, updated_at=_at(2019, 8, 14), edit_hours=55.0, version="{71B0AA42-0000-4000-9000-000000000005}", first_handle=0xE00)
    same_paper = replace(LATER_SAVE, updated_at=_at(2019, 8, 20))
    return (
        Story("two files, each with its own history", False, DESIGN, OWN, FIRST, SECOND),
        Story("construction drawing saved on from the design, with its own revision and date", False, DESIGN, LATER_SAVE, FIRST, SECOND),
        Story("design saved again the same week, before the construction drawing", False, replace(DESIGN, updated_at=_at(2017, 3, 5, 19)), OWN, FIRST, SECOND),
        Story("design changed two years after the construction drawing", True, afterwards, OWN, FIRST, SECOND),
        Story("construction drawing made two years after the date it bears", True, DESIGN, back_dated, FIRST, SECOND),
        Story("one file, saved on under the same revision and date", True, DESIGN, same_paper, FIRST, FIRST),
        Story("design made out of the construction drawing", True, from_construction, OWN, FIRST, SECOND),
        Story("design changed afterwards and both bear one date", True, afterwards, LATER_SAVE, FIRST, FIRST),
    )


HONEST = tuple(story for story in stories() if not story.forged)
FORGED = tuple(story for story in stories() if story.forged)
