"""The chain alone: what a walk along it finds, and what only a head noted elsewhere can show."""

import hashlib
import json

import pytest

from relocation.evidence.chain import FIRST, Event, Kept, body, held, link, noted, walk


def chained(number: int, word: str = "one") -> list[Kept]:
    made, previous = [], FIRST
    for seq in range(1, number + 1):
        said = body(Event(seq, f"2026-11-24T08:{seq:02d}:00.000000+00:00", "somebody", "record.changed", subject=f"H{seq}", new={"word": word}))
        made.append(Kept(seq, said, previous, link(previous, said)))
        previous = made[-1].hash
    return made


def codes(entries: list[Kept]) -> list[tuple[str, int]]:
    return [(problem.code, problem.entry) for problem in walk(entries)]


def test_the_hash_is_the_one_the_docstring_tells() -> None:
    said = body(Event(1, "2026-11-24T08:00:00.000000+00:00", "甲", "record.changed"))
    assert json.loads(said)["who"] == "甲"
    assert " " not in said.replace("2026-11-24T08:00:00.000000+00:00", "")
    assert link("0" * 64, said) == hashlib.sha256(b"0" * 64 + b"\n" + said.encode("utf-8")).hexdigest()


def test_a_chain_as_it_was_written_has_no_problem() -> None:
    assert codes(chained(9)) == []
    assert codes([]) == []


def test_an_altered_entry_is_named() -> None:
    entries = chained(9)
    entries[4] = Kept(5, entries[4].body.replace("H5", "H6"), entries[4].previous, entries[4].hash)
    assert codes(entries) == [("entry-altered", 5)]


def test_an_entry_altered_with_a_hash_made_anew_leaves_the_next_one_unlinked() -> None:
    entries = chained(9)
    said = entries[4].body.replace("H5", "H6")
    entries[4] = Kept(5, said, entries[4].previous, link(entries[4].previous, said))
    assert codes(entries) == [("entry-unlinked", 6)]


def test_missing_entries_are_named_from_the_first_to_the_last() -> None:
    entries = chained(9)
    assert [(p.code, p.facts["first"], p.facts["last"]) for p in walk(entries[:3] + entries[6:])] == [("entries-missing", 4, 6)]
    assert [(p.code, p.facts["first"], p.facts["last"]) for p in walk(entries[2:])] == [("entries-missing", 1, 2)]


def test_an_entry_put_in_twice_or_out_of_order_is_named() -> None:
    entries = chained(5)
    assert ("entry-out-of-order", 3) in codes([*entries[:3], entries[2], *entries[3:]])
    assert ("entry-out-of-order", 2) in codes([entries[0], entries[2], entries[1], *entries[3:]])


@pytest.mark.parametrize("line", ["12 0123456789abcdef0123", "日志链头：12 0123456789ABCDEF0123 2026-11-24T08:00:00+00:00"])
def test_a_head_is_read_as_somebody_noted_it(line: str) -> None:
    head = noted(line)
    assert (head.seq, head.hash) == (12, "0123456789abcdef0123")


@pytest.mark.parametrize("line", ["", "12", "abcdef0123456789", "12 0123", "twelve 0123456789abcdef"])
def test_what_is_no_head_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        noted(line)


def test_a_noted_head_shows_a_cut_tail_and_a_chain_written_anew() -> None:
    entries, other = chained(9), chained(9, "another")
    head = noted(f"7 {entries[6].hash}")
    assert held(head, entries[6].hash, 9) is None
    assert held(head, None, 5).code == "head-beyond"
    assert held(head, other[6].hash, 9).code == "head-rewritten"
    assert codes(other) == []  # which is what the walk alone cannot see
