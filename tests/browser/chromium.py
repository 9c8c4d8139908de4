"""A real Chromium that is allowed to talk to this machine only, and remembers everything that went wrong."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@dataclass
class Watch:
    """What a page did beside what was asked: console messages, errors, dialogs, requests (all, and those beyond this machine)."""

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)

    def clean(self) -> bool:
        """Tell whether nothing went wrong."""
        return not (self.console or self.errors or self.dialogs or self.beyond)


def executable() -> str:
    """Return the browser's path; a machine without one skips the test, loudly."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk)")
    return found


@cache
def _playwright() -> Any:
    """Start the one driver of this process: a second one beside it is refused, and two files' browsers may be open at once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (it comes with the test extras)")
    running = playwright.sync_playwright().start()
    atexit.register(running.stop)
    return running


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser."""
    browser = _playwright().chromium.launch(executable_path=executable(), args=list(FLAGS))
    try:
        yield browser
    finally:
        browser.close()


def watched(page: object) -> Watch:
    """Record everything a page does; a request that leaves the machine is refused and remembered."""
    watch = Watch()

    def decide(route: object) -> None:
        url = urlsplit(route.request.url)  # type: ignore[attr-defined]
        watch.requests.append(route.request.url)  # type: ignore[attr-defined]
        if url.scheme in ("file", "data", "blob") or url.hostname == "127.0.0.1":
            route.continue_()  # type: ignore[attr-defined]
        else:
            watch.beyond.append(route.request.url)  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]

    page.route("**/*", decide)  # type: ignore[attr-defined]
    page.on("console", lambda message: watch.console.append(f"{message.type}: {message.text}"))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: watch.errors.append(str(error)))  # type: ignore[attr-defined]

    def dismiss(dialog: object) -> None:
        watch.dialogs.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dismiss)  # type: ignore[attr-defined]
    return watch
