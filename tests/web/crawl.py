"""Every address of the application asked as everybody: what comes back is searched for the marks of places that are not theirs."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pypdfium2
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from tests.web.canaries import EVERY_MARK

UNCHANGING = ("GET", "HEAD", "OPTIONS")
_NONCE = re.compile(r'(?:nonce-|nonce="|data-token="|name="csrf_token" value=")[^"\']+')


@dataclass(frozen=True)
class Person:
    """Somebody who asks: the roles, the places ("411522/…"), and which marks are theirs to see."""

    name: str
    roles: tuple[str, ...]
    places: tuple[str, ...]
    marks: frozenset[str]


@dataclass
class Tally:
    """How much was asked, and what was found that should not be."""

    responses: int = 0
    size: int = 0
    opened: int = 0
    by_status: dict[int, int] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Return the numbers in one line."""
        kinds = ", ".join(f"{status}: {number}" for status, number in sorted(self.by_status.items()))
        return f"{self.responses} responses ({kinds}), {self.size / 1e6:.0f} MB, {self.opened} files opened, {len(self.leaks)} foreign marks, {len(self.broken)} errors"

    def heard(self, who: Person, what: str, answer: TestResponse) -> None:
        """Count an answer and look for foreign marks in it: headers, body, and whatever is packed in the body."""
        self.responses += 1
        self.by_status[answer.status_code] = self.by_status.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            self.broken.append(f"{who.name}: {what} → {answer.status_code}")
        body = answer.get_data()
        self.size += len(body)
        parts = [str(answer.headers).encode(), *self._texts(body)]
        found = {mark for mark in EVERY_MARK - who.marks for part in parts if any(form in part.lower() for form in _forms(mark))}
        found = {mark for mark in found if mark.lower() not in what.lower()}  # what somebody typed may be said back
        if found:
            self.leaks.append(f"{who.name}: {what} → {answer.status_code} {sorted(found)}")

    def _texts(self, body: bytes) -> Iterator[bytes]:
        yield body
        if body[:4] == b"PK\x03\x04":
            self.opened += 1
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                for name in archive.namelist():
                    yield name.encode()
                    yield from self._texts(archive.read(name))
        elif body[:5] == b"%PDF-":
            self.opened += 1
            document = pypdfium2.PdfDocument(body)
            yield str(document.get_metadata_dict()).encode()
            for page in document:
                yield page.get_textpage().get_text_range().encode()


def _forms(mark: str) -> tuple[bytes, ...]:
    """Return how a mark may be written: a number also in groups of three."""
    return (mark.encode(), f"{int(mark):,}".encode()) if mark.isdigit() else (mark.lower().encode(),)


Values = Mapping[str, Sequence[str]]
"""The name of a part of an address → what to put there."""


def addresses(rule: Rule, values: Values) -> Iterator[str]:
    """Give the addresses of a route: each part takes its values in step, and a part that nobody knows takes all there are."""
    every = tuple(dict.fromkeys(value for one in values.values() for value in one))
    names = sorted(rule.arguments)
    known = [_fitting(rule, name, values.get(name, every)) for name in names]
    for number in range(max((len(one) for one in known), default=1)):
        parts = {name: one[number % len(one)] for name, one in zip(names, known, strict=True)}
        yield _built(rule, parts)


def _fitting(rule: Rule, name: str, values: Sequence[str]) -> Sequence[str]:
    """Return the values that can stand there: where a number belongs, those that are one."""
    if not isinstance(rule._converters[name], IntegerConverter):
        return values
    return [value for value in values if value.isascii() and value.isdigit()] or ["1", "2", "99"]


def _built(rule: Rule, parts: Mapping[str, str]) -> str:
    made = rule.rule
    for name, value in parts.items():
        before, _, after = re.sub(rf"<(?:[^:<>]+:)?{name}>", "\0", made).partition("\0")
        made = f"{before}{value}{after}"
    return made


def routes(app: Flask, method: str) -> list[Rule]:
    """Return the routes that answer a method, in order."""
    return sorted((rule for rule in app.url_map.iter_rules() if rule.methods and method in rule.methods), key=lambda rule: rule.rule)


def changing(app: Flask) -> list[Rule]:
    """Return the routes that may change something."""
    return [rule for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule) if rule.methods and rule.methods - set(UNCHANGING)]


def ask_all(app: Flask, client: FlaskClient, who: Person, values: Values, queries: Sequence[str], tally: Tally) -> None:
    """Ask every route that only reads, with every value, and those without parts with every query too."""
    for rule in routes(app, "GET"):
        for address in addresses(rule, values):
            for query in queries if not rule.arguments else queries[:1]:
                what = f"{address}?{query}" if query else address
                tally.heard(who, f"GET {what}", client.get(what))
        if "GET" in (rule.methods or ()):
            first = next(addresses(rule, values))
            for method in ("HEAD", "OPTIONS", "PUT", "DELETE"):
                tally.heard(who, f"{method} {first}", client.open(first, method=method))


def alike(one: TestResponse, asked: str, other: TestResponse, other_asked: str) -> bool:
    """Tell whether two answers say the same but for what was asked."""

    def plain(answer: TestResponse, word: str) -> str:
        return _NONCE.sub("", answer.get_data(as_text=True)).replace(word, "…").replace(word.replace("/", "%2F"), "…")

    return one.status_code == other.status_code and plain(one, asked) == plain(other, other_asked)
