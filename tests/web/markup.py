"""What a browser would make of an answer, without a browser: whether anything in it runs, was computed, or is an error of ours."""

import re
from html.parser import HTMLParser

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web.naughty import SUM

COMPUTED = re.compile(rf"(?<![\d.]){SUM}(?![\d.])")


class Markup(HTMLParser):
    """What a browser would run of a page: handlers, scripts that this answer did not vouch for, addresses that are code; and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[str] = []
        self.text: list[str] = []
        self._code = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._code = tag in ("script", "style")
        if tag == "script" and not told.get("nonce") and not (told.get("src") or "").startswith("/") and told.get("type") != "application/json":
            self.runs.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if (
                name.startswith("on")
                or name == "srcdoc"
                or (name in ("href", "src", "action", "data", "formaction") and re.match(r"(javascript|vbscript|data:text)", address))
            ):
                self.runs.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._code = self._code and tag not in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.text.append(data)


def harmless(answer: TestResponse, where: str) -> None:
    """Hold that an answer is no error of ours, and that nothing in it runs or was computed."""
    assert answer.status_code < 500, where
    assert not [name for name, value in answer.headers if "\r" in value or "\n" in value], where
    if answer.mimetype == "text/html" and "attachment" not in answer.headers.get("Content-Disposition", ""):
        page = Markup(answer.text)
        assert not page.runs, (where, page.runs[:3])
        assert not COMPUTED.search("\n".join(page.text)), where


def of_pages(app: Flask, *, arguments: bool) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and bool(rule.arguments) == arguments and rule.endpoint != "static"]
