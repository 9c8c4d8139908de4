"""Scores of the self-test: kept only when the person says so, shown to nobody else, deleted when the person says so.

The log notes that a score was kept or that scores were deleted, and neither how the test went nor of which place it was.
"""

from datetime import datetime

from relocation.service.figures.selftest import Test
from relocation.store import log, scores
from relocation.store.opening import Store
from relocation.store.scores import Score

__all__ = ["Score"]

MOST_SHOWN = 20


def keep(store: Store, test: Test, correct: int, *, now: datetime) -> None:
    """Keep a score as the actor's own."""
    one = Score(now, test.place.county, test.place.township, test.seed, test.as_of, correct, len(test.asked))
    with store.writing() as connection:
        scores.add(connection, store.actor.name, one)
        log.append(connection, by=store.actor, at=now, action="score.kept", kind="score")


def mine(store: Store) -> list[Score]:
    """Return the actor's own scores, the newest first."""
    with store.whole.reading() as connection:
        return scores.of(connection, store.actor.name, MOST_SHOWN)


def forget(store: Store, *, now: datetime) -> int:
    """Delete the actor's own scores and return how many there were; nothing is noted where there were none."""
    if not mine(store):
        return 0
    with store.writing() as connection:
        number = scores.forget(connection, store.actor.name)
        log.append(connection, by=store.actor, at=now, action="score.deleted", kind="score")
    return number
