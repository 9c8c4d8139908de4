"""How the terminal speaks: the language, tables that fit 80 columns, JSON that survives any console."""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from relocation.words import Lang, translations

WIDTH = 80

before_speaking: list[Callable[[], None]] = []
"""What has to be taken off the screen before a line is printed: a bar of progress."""


def lang() -> Lang:
    """Return the language of this command."""
    context = click.get_current_context(silent=True)
    chosen: Lang = context.find_root().obj["lang"] if context and context.find_root().obj else "zh"
    return chosen


def _(text: str) -> str:
    """Return a text in the language of this command."""
    return translations(lang()).gettext(text)


def gap() -> str:
    """Return what stands between two sentences: nothing in Chinese, a blank in English."""
    return "" if lang() == "zh" else " "


def say(text: str = "") -> None:
    """Print a line."""
    _clear()
    click.echo(text)


def complain(text: str) -> None:
    """Print a line to the error stream."""
    _clear()
    click.echo(text, err=True)


def say_json(document: Any) -> None:
    """Print JSON; on a console that does not speak UTF-8 everything beyond ASCII is escaped, so that nothing is lost."""
    _clear()
    click.echo(json.dumps(document, ensure_ascii=_narrow(), indent=1))


def say_raw(made: bytes, *, escaped: bool) -> None:
    """Print a file's bytes; JSON (`escaped`) as `say_json` does."""
    if escaped and _narrow():
        made = _BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], made.decode()).encode()
    _clear()
    click.echo(made, nl=False)


def _clear() -> None:
    for clear in before_speaking:
        clear()


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def _narrow() -> bool:
    return (getattr(sys.stdout, "encoding", "") or "utf-8").lower().replace("-", "") != "utf8"


def columns(text: str) -> int:
    """Return how many terminal columns a text takes: Chinese characters take two."""
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def fitted(text: str, width: int) -> str:
    """Return a text padded, or cut with an ellipsis, to exactly `width` columns."""
    if columns(text) > width:
        kept = ""
        for sign in text:
            if columns(kept + sign) > width - 1:
                break
            kept += sign
        text = kept + "…"
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` columns, broken at blanks where there are any, between Chinese characters where not."""
    lines, line = [], ""
    for word in _words(text):
        if columns(line + word.rstrip()) > width and line:
            lines.append(line.rstrip())
            line = ""
        while columns(word.rstrip()) > width:
            cut = 1
            while columns(word[: cut + 1]) <= width:
                cut += 1
            lines.append(word[:cut])
            word = word[cut:]
        line += word
    return [*lines, line.rstrip()] if line.strip() else lines


_CLOSING = "，。；：、！？）》〕】”,.;:!?)"


def _words(text: str) -> Iterable[str]:
    word = ""
    for sign in text:
        wide = unicodedata.east_asian_width(sign) in "WF" and sign not in _CLOSING
        if wide and word and not word.endswith(("（", "《", "〔", "“", "(")):
            yield word
            word = ""
        word += sign
        if sign == " ":
            yield word
            word = ""
    if word:
        yield word


def table(rows: Sequence[Sequence[str]], headings: Sequence[str], right: Iterable[int] = ()) -> list[str]:
    """Return rows as lines of at most 80 columns; the last column gives way, numbers (`right`) stand to the right."""
    every = [list(headings), *(list(row) for row in rows)]
    widths = [max(columns(row[at]) for row in every) for at in range(len(headings))]
    widths[-1] = max(min(widths[-1], WIDTH - sum(widths[:-1]) - 2 * (len(widths) - 1)), 4)
    lines = []
    for row in every:
        cells = [
            " " * (width - columns(cell)) + cell if at in right and columns(cell) <= width else fitted(cell, width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return [lines[0], "-" * max(columns(line) for line in lines), *lines[1:]]
