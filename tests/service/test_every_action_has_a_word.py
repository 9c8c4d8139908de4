"""Whatever the program appends to the log has a word in both languages."""

import ast
import re

from relocation.ledger.moves import Move
from relocation.ledger.states import Presence
from relocation.service.actions import ACTIONS
from relocation.service.rectification import logging
from relocation.words import translations
from tests.house.sources import ROOT

ACTION = re.compile(r"[a-z]+(-[a-z]+)*\.([a-z]+-)*[a-z]*(ed|en|wn|ne|un|pt|de|ht|nd|lt|back|out|in|reset)")
"""A noun and a participle, by how participles end; a field of a record is written alike and ends otherwise."""
NO_ACTION = re.compile(r".*\.(bin|yaml|json|txt|log|db|lock|csv|loading|id|key|name)")
"""Names of files and of columns are written alike."""


def appended() -> set[str]:
    """Return every action that a source names."""
    found = {f"ledger.{logging.ACTIONS[move]}" for move in Move} | {f"ledger.{one.id}" for one in (Presence.GONE, Presence.BACK)}
    found |= {"sameness.parted", "sameness.answered"}
    for folder in ("service", "store"):
        for path in (ROOT / "relocation" / folder).rglob("*.py"):
            if path.name != "actions.py":
                found |= {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {one for one in found if ACTION.fullmatch(one) and not NO_ACTION.fullmatch(one)}


def test_every_action_that_is_appended_has_its_word() -> None:
    assert {"backup.made", "records.imported", "ledger.merged"} <= appended()
    assert not appended() - set(ACTIONS)
    assert not [action for action in ACTIONS if not ACTION.fullmatch(action)], "else one like it would be looked for in vain"


def test_the_words_are_in_both_languages() -> None:
    english = translations("en")
    assert not [word for word in ACTIONS.values() if english.gettext(word) == word]
