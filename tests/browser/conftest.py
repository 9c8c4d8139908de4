"""A Chromium on the machine and a server on a free port of it; both end with the tests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser

from relocation.service import Store, demo
from relocation.web import create_app
from tests.browser.chromium import chromium
from tests.service.conftest import NOW


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free loopback port and give its address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=1)  # connections that the browser keeps open would let it wait in vain


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    """Return the demonstration county and where it is served, one for all tests that need no other: what they add to it must not matter to the next."""
    store = demo.load_demo(tmp_path_factory.mktemp("county") / "home", now=NOW)
    with serving(create_app(store, demo=True, now=lambda: NOW)) as served:
        yield store, served
    store.close()
