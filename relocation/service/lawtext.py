"""A county's own law as YAML text, read with the line of every key; what cannot be law is refused with its address and the mend."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

LONGEST_TEXT, DEEPEST, MOST_REFUSALS = 200_000, 12, 50


@cache
def _wording() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("lawrefusals.yaml").read_text("utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class LawRefusal:
    """What a text cannot say: `where` is the key's path, `line` its line from 1 (0: the whole text)."""

    code: str
    where: str
    line: int
    facts: Mapping[str, object] = field(default_factory=dict)

    def reason(self, lang: str) -> str:
        """Return the sentence that says why."""
        return self._say("reason", lang)

    def mend(self, lang: str) -> str:
        """Return the sentence that says what to do."""
        return self._say("mend", lang)

    def json(self, lang: str) -> dict[str, object]:
        """Return the refusal for other programs."""
        return {"where": self.where, "line": self.line, "reason": self.reason(lang), "mend": self.mend(lang)}

    def _say(self, part: str, lang: str) -> str:
        said = {name: fact.get(lang) if isinstance(fact, Mapping) else fact for name, fact in self.facts.items()}
        template: str = _wording()[self.code][part]["en" if lang == "en" else "zh"]
        return template.format(**{"where": self.where, "value": "", **said})


class LawRefused(Exception):
    """A text that cannot be published as it stands, with every reason found."""

    def __init__(self, refusals: tuple[LawRefusal, ...]) -> None:
        """Carry the refusals, in the order of their lines."""
        super().__init__("; ".join(f"{one.line}: {one.code} {one.where}" for one in refusals))
        self.refusals = refusals


@dataclass
class Written:
    """What a text says as plain mappings and lists, and the line of each path; refusals are gathered on the way."""

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    refusals: list[LawRefusal] = field(default_factory=list)

    def refuse(self, code: str, where: str, **facts: object) -> None:
        """Note a refusal at a path; a path that is not in the text has the line of the nearest one above it that is."""
        above = where
        while above and above not in self.lines:
            above = above[: max(above.rfind("."), above.rfind("["), 0)]
        self.refusals.append(LawRefusal(code, where, self.lines.get(above, 1), facts))

    def raise_if_refused(self) -> None:
        """Raise LawRefused when anything was refused."""
        if self.refusals:
            raise LawRefused(tuple(sorted(self.refusals, key=lambda one: one.line)[:MOST_REFUSALS]))


def written(text: str) -> Written:
    """Read a text without running anything in it. LawRefused where it is no YAML, too long, or refers to itself."""
    made = Written()
    if len(text) > LONGEST_TEXT:
        made.refuse("too-long", "")
        made.raise_if_refused()
    try:
        _guard(text, made)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        said = str(getattr(problem, "problem", None) or getattr(problem, "reason", None) or "?")
        raise LawRefused((LawRefusal("not-yaml", "", mark.line + 1 if mark else 1, {"problem": said}),)) from problem
    made.data = None if node is None else _plain(node, "", made)
    return made


def _guard(text: str, made: Written) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise LawRefused((LawRefusal("alias", "", _line(event)),))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            made.refuse("too-long", "")
            made.raise_if_refused()


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(node: yaml.Node, path: str, made: Written) -> Any:
    made.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, made)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, f"{path}[{number}]", made) for number, one in enumerate(node.value)]
    try:
        return SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError):  # a day that does not exist, a tag of another program
        made.refuse("unreadable", path, value=short(node.value))
        return None


def _mapping(node: yaml.MappingNode, path: str, made: Written) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        below = f"{path}.{name}" if path else name
        if name in found:
            made.lines[below] = key.start_mark.line + 1
            made.refuse("twice", below)
        made.lines.setdefault(below, key.start_mark.line + 1)
        found[name] = _plain(value, below, made)
    return found


def short(value: object) -> str:
    """Return what stood at a place, as short as a sentence can hold it."""
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def is_day(value: object) -> bool:
    """Tell whether a value is a day and not a moment."""
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def dumped(data: Mapping[str, Any]) -> str:
    """Return plain mappings and lists as YAML text that people can read and edit."""
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=160, default_flow_style=False)
