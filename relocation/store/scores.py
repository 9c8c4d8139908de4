"""Scores of the self-test, by whom they are: nobody asks for somebody else's."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from relocation.store.files import as_utc, in_utc
from relocation.store.score_tables import self_test_score


@dataclass(frozen=True, slots=True)
class Score:
    """How a test went: when, of which place and day, by which seed, how many of how many were right."""

    at: datetime
    county: str
    township: str
    seed: str
    as_of: date
    correct: int
    asked: int


_NAMES = ("county", "township", "seed", "as_of", "correct", "asked")


def add(connection: Connection, who: str, one: Score) -> None:
    """Keep a score of somebody's."""
    connection.execute(insert(self_test_score).values(who=who, at=in_utc(one.at), **{name: getattr(one, name) for name in _NAMES}))


def of(connection: Connection, who: str, most: int) -> list[Score]:
    """Return somebody's scores, the newest first."""
    wanted = select(self_test_score).where(self_test_score.c.who == who).order_by(self_test_score.c.id.desc()).limit(most)
    return [Score(as_utc(row["at"]), **{name: row[name] for name in _NAMES}) for row in connection.execute(wanted).mappings()]


def forget(connection: Connection, who: str) -> int:
    """Delete all of somebody's scores and return how many there were."""
    return connection.execute(delete(self_test_score).where(self_test_score.c.who == who)).rowcount
