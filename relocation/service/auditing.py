"""The log of what was done: whether it, the rows it speaks of and the files it names are still as they were written; its head; its export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from relocation import steps
from relocation.evidence import chain, verifier
from relocation.evidence.chain import FIRST, Event, Head, Problem
from relocation.service import keeping, latest, summing, summing_findings
from relocation.service.rectification import vouched
from relocation.store import digests, log, sealing, soundness
from relocation.store.log import Sought as Sought
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

LATEST = 100
"""So many entries are listed at once."""
EVERYTHING = Sought()


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found: how much was looked at, the head, and every problem, in the order it was met."""

    entries: int
    rows: int
    files: int
    head: Head | None
    problems: tuple[Problem, ...]
    against: Head | None
    opened: bool  # whether the keys were at hand, so that sealed values could be looked at

    def json(self, lang: str) -> dict[str, Any]:
        """Return it as `relocation verify --json` prints it."""
        said = [{"code": one.code, "entry": one.entry or None, "where": one.where or None, "reason": sentence(one, lang)} for one in self.problems]
        looked = {"entries": self.entries, "rows": self.rows, "files": self.files, "head": self.head.line if self.head else None, "sealed_opened": self.opened}
        return {"ok": not self.problems, **looked, "against_head": self.against.line if self.against else None, "problems": said}


@cache
def _wording() -> Mapping[str, Mapping[str, str]]:
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("auditing.yaml").read_text("utf-8"))
    return loaded


def sentence(problem: Problem, lang: str) -> str:
    """Return a problem in words."""
    return _wording()[problem.code]["en" if lang == "en" else "zh"].format(entry=problem.entry, where=problem.where, **problem.facts)


def verify(store: Store, noted: str = "") -> Verified:
    """Walk the whole log, recompute what it says of rows, hash the kept files again, and ask the database about itself.

    `noted` is a head that somebody kept elsewhere: with it a cut tail, a chain written anew and an older backup are found too.
    Trouble (head-unreadable) when it is none.
    """
    against = head_noted(noted) if noted else None
    with store.whole.reading() as connection:
        problems = [*soundness.problems(connection), *chain.walk(log.kept(connection))]
        events, now = log.everything(connection), log.head(connection)
        if against and (lost := chain.held(against, log.hash_at(connection, against.seq), now.seq if now else 0)):
            problems.append(lost)
        rows = [problem for event in steps.each("verifying", events) for problem in _rows(connection, event)]
        summed = list(summing.differing(connection, events))
        summed += summing_findings.differing(connection, events)
        moved = list(vouched.differing(connection, events))
        rows += latest.differing(connection, events)
        broken = _seals(connection)
    files = keeping.expected(events)
    before = (*summing.noted(events), *summing_findings.noted(events))
    problems += [one for one in (*rows, *summed, *before, *moved) if one is not None]
    problems += broken or ()
    problems += keeping.differing(store.home, files)
    return Verified(len(events), len(rows) + len(summed), len(files), now, tuple(problems), against, broken is not None)


def _seals(connection: Connection) -> list[Problem] | None:
    """Return the counties and columns with sealed values that do not open as they should; None without the keys."""
    try:
        broken = sealing.broken_seals(connection)
    except Trouble as trouble:
        if trouble.code != "key-missing":
            raise
        return None
    return [Problem("seals-broken", where=" ".join(where), facts={"number": number}) for where, number in sorted(broken.items())]


def _rows(connection: Connection, event: Event) -> Iterator[Problem | None]:
    """Give for every digest of an entry None, or what is wrong with the rows it was made over."""
    said = event.new.get("digests") if isinstance(event.new, dict) else None
    for then in said if isinstance(said, list) else ():
        try:
            now = digests.digest(connection, then["table"], then["where"])
            facts = {"table": then["table"], "then": then["rows"], "now": now["rows"]}
            where = f"{then['table']} {' '.join(f'{name}={value}' for name, value in then['where'].items())}"
        except (AttributeError, KeyError, TypeError):  # no entry of this program's: somebody wrote it
            yield Problem("entry-altered", event.seq)
        else:
            yield None if now == then else Problem("rows-altered", event.seq, where, facts)


def damaged(store: Store) -> tuple[str, ...]:
    """Return what the database finds damaged in itself by its quick check; () when it is sound. One that cannot even be asked is damaged."""
    try:
        with store.whole.reading() as connection:
            return tuple(soundness.damage(connection, quick=True))
    except Trouble as trouble:
        if trouble.code != "database-damaged":
            raise
        return (trouble.reason("en"),)


def head_noted(line: str) -> Head:
    """Return the head somebody noted. Trouble for a line that holds none."""
    try:
        return chain.noted(line)
    except ValueError:
        raise Trouble("head-unreadable", line=line[:80]) from None


def exported(store: Store) -> Iterator[bytes]:
    """Yield the whole log as lines of JSON, which the single-file verifier reads."""
    with store.whole.reading() as connection:
        now, number = log.head(connection), log.count(connection)
        yield _line({"format": verifier.FORMAT, "entries": number, "head": now.hash if now else FIRST})
        for one in log.kept(connection):
            yield f'{{"body":{one.body},"hash":"{one.hash}","previous":"{one.previous}"}}\n'.encode()


def _line(said: Mapping[str, Any]) -> bytes:
    return f"{chain.canonical(said)}\n".encode()


def verifier_source() -> bytes:
    """Return the single-file verifier, which runs with plain Python and none of this program."""
    return Path(verifier.__file__).read_bytes()


def listed(store: Store, sought: Sought = EVERYTHING, *, limit: int = LATEST) -> list[Event]:
    """Return the latest entries that are sought and that the actor may see, the newest first."""
    with store.reading() as connection:
        return log.latest(connection, sought, limit=limit)
