from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.service import Store
from relocation.service.office import open_office
from relocation.web import create_app
from tests.web.offices import NOW, hostile, ordinary


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = ordinary(tmp_path_factory.mktemp("office"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = hostile(tmp_path_factory.mktemp("hostile"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(store: Store) -> Flask:
    return create_app(store, demo=True, now=lambda: NOW)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[FlaskClient]:
    opened = open_office(tmp_path)
    yield create_app(opened, demo=True, now=lambda: NOW).test_client()
    opened.close()
