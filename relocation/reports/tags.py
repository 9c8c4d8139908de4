"""The tags of a template that somebody brings: so few are let through that it can show what it is given, and do nothing else.

Every part of a Word document that holds tags is compiled through `Tags`. What is not on the list is refused by name and place: no calls, no
arithmetic, no assignments, no attribute of Python's own. Jinja's sandbox stands below that.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.For, nodes.If, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
MOST_LOOPS = 4
"""Loops within loops: the brief itself has three levels, and each one more multiplies what is written."""
LONGEST = 80

_UNCLOSED = re.compile("needs to be closed is '([^']+)'")
_TAG = re.compile(r"{[{%#].*?(?:[%}#]}|$)")


class BrokenTag(Exception):
    """A tag that cannot be used; `place` counts paragraphs of the part from 1.

    `why`: "syntax", "half" (no end, or no beginning), "unknown" (no such word) or "forbidden".
    """

    def __init__(self, why: str, tag: str, place: int, said: str = "") -> None:
        """Carry what is wrong, the tag, the paragraph, and what the compiler said."""
        super().__init__(f"{why} {tag}")
        self.why, self.tag, self.place, self.said = why, tag[:LONGEST], place, said


class Tags(ImmutableSandboxedEnvironment):
    """An environment that compiles only what is on the list, for data of known words."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        """Take the data; names that it does not have are refused before anything is rendered."""
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.words = frozenset(words)
        self.source = ""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Any:  # noqa: A002 - jinja's signature
        """Compile a part after its tags were looked at. BrokenTag for one that is not let through."""
        self.source = str(source)
        try:
            tree = self.parse(self.source)
        except TemplateSyntaxError as error:
            said = error.message or ""
            opened = _UNCLOSED.search(said)  # the compiler notices at the end what was opened long before
            raise BrokenTag("syntax", *(self.where(opened[1]) if opened else self.tag_at(error.lineno, said)), said) from None
        self._look(tree, frozenset({"loop"}), 0)
        self.globals.clear()
        return super().from_string(self.source, globals, template_class)

    def _look(self, node: nodes.Node, known: frozenset[str], loops: int) -> None:
        if not isinstance(node, ALLOWED) or loops > MOST_LOOPS:
            raise BrokenTag("forbidden", *self.tag_at(node.lineno, ""))
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise BrokenTag("forbidden", *self.tag_at(node.lineno, node.attr))
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            raise BrokenTag("forbidden", *self.tag_at(node.lineno, ""))
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in self.words | known:
            raise BrokenTag("unknown", node.name, self.tag_at(node.lineno, node.name)[1])
        if isinstance(node, nodes.For):
            self._look(node.iter, known, loops)
            named = known | {name.name for name in node.target.find_all(nodes.Name)} | ({node.target.name} if isinstance(node.target, nodes.Name) else set())
            for below in (*node.body, *node.else_, *([node.test] if node.test else [])):
                self._look(below, named, loops + 1)
            return
        for below in node.iter_child_nodes():
            self._look(below, known, loops)

    def tag_at(self, line: int | None, word: str) -> tuple[str, int]:
        """Return the tag meant at a line of the source, and which paragraph that is: each begins a line of its own."""
        lines = self.source.split("\n")
        at = min(max((line or 1) - 1, 0), len(lines) - 1)
        found = _TAG.findall(re.sub(r"<[^>]+>", "", lines[at]))
        quoted = re.findall(r"'([^']+)'", word) or [word]
        tag = next((one for one in found if any(part and part in one for part in quoted)), found[0] if found else quoted[0])
        return tag, sum(one.startswith(("<w:p ", "<w:p>")) for one in lines[: at + 1])

    def where(self, word: str) -> tuple[str, int]:
        """Return the last tag that holds a word, and its paragraph."""
        held = [at for at, line in enumerate(self.source.split("\n"), 1) if any(word in one for one in _TAG.findall(re.sub(r"<[^>]+>", "", line)))]
        return self.tag_at(held[-1], word) if held else (word, 0)
