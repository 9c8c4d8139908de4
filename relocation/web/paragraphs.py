"""The plain text of a check's page, cut into parts with their headings for the template to show."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"([^:：。.]{1,24})[:：]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page: "" as heading for a paragraph that has none."""

    heading: str
    text: str


def paragraphs(page: str) -> list[Part]:
    """Cut a page at its blank lines; the few words before a first colon are a heading ("Counted:", "不计入：")."""
    parts = []
    for piece in re.split(r"\n\s*\n", page.strip()):
        whole = _joined([line.strip() for line in piece.splitlines() if line.strip()])
        headed = _HEADING.match(whole)
        heading, text = (headed[1], headed[2]) if headed else ("", whole)
        parts.append(Part(heading, text[:1].upper() + text[1:]))
    return parts


def _joined(lines: list[str]) -> str:
    """Join wrapped lines: with a blank between Latin words, without one between Chinese characters."""
    whole = lines[0]
    for line in lines[1:]:
        whole += line if ord(whole[-1]) > 0x2E7F and ord(line[0]) > 0x2E7F else f" {line}"
    return whole
