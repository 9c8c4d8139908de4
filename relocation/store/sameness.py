"""What people answered to pairs of entries that may be one problem: every answer is kept, the newest of a pair counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from relocation.store.files import as_utc, in_utc
from relocation.store.list_tables import sameness

SAME, DIFFERENT, APART = "same", "different", "apart"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: the pair (the lower number first), what was said, with how many points it was proposed, why, by whom, when."""

    one: int
    other: int
    answer: str
    points: int
    reasons: Sequence[Sequence[Any]]
    why: str
    who: str
    at: datetime


def add(connection: Connection, county: str, made: Answered) -> int:
    """Keep an answer and return its number."""
    values: Mapping[str, Any] = {
        "county": county, "one": made.one, "other": made.other, "points": made.points, "answer": made.answer,
        "reasons": json.dumps([list(reason) for reason in made.reasons], ensure_ascii=False), "why": made.why, "who": made.who, "at": in_utc(made.at),
    }  # fmt: skip
    return int(connection.execute(insert(sameness).values(**values).returning(sameness.c.id)).scalar_one())


def newest(connection: Connection, county: str) -> dict[tuple[int, int], Answered]:
    """Return the answer that counts of every pair that has one."""
    rows = connection.execute(select(sameness).where(sameness.c.county == county).order_by(sameness.c.id)).mappings()
    return {
        (row["one"], row["other"]): Answered(
            row["one"], row["other"], row["answer"], row["points"], json.loads(row["reasons"]), row["why"], row["who"], as_utc(row["at"])
        )
        for row in rows
    }


def joined(connection: Connection, county: str) -> list[tuple[int, int]]:
    """Return the pairs said to be one problem."""
    return [pair for pair, answer in newest(connection, county).items() if answer.answer == SAME]
