"""The pages and the API. `create_app` makes the application; every view asks the service and shows what it says."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from importlib import import_module

from flask import Blueprint, Flask

from relocation.resources import folder
from relocation.service import Store


def create_app(store: Store, *, demo: bool = False, now: Callable[[], datetime] | None = None, names: Collection[str] = (), https: bool = False) -> Flask:
    """Return the web application on an opened store. It needs sign-in.

    demo  : the data are made up and whoever sits at the machine acts without sign-in; answers to no name but this machine's own
    now   : the clock, with its zone; tests give their own
    names : host names, beside this machine's own, under which people reach it
    https : people reach it over TLS
    """
    from relocation.web import codes, errors, language, running, security, showing, uploads

    pages = folder("templates") / "web"
    app = Flask("relocation.web", template_folder=str(pages), static_folder=str(pages / "static"))
    app.config["TEMPLATES_AUTO_RELOAD"] = False  # pages are those of the program that runs, also while another version is being put in its place
    codes.find(app)
    app.extensions["relocation"] = showing.Office(store, now or _clock, demo)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    uploads.sweep_at_start(store.home)
    security.guard(app, store.home, names=() if demo else names, https=https)
    running.follow(app)  # behind the gate and the token: nobody is followed who may not send
    language.speak(app)
    errors.answer_errors(app)
    showing.show(app)
    for family in _families():
        app.register_blueprint(family)
    return app


FAMILIES = (
    "overview",
    "brief",
    "records",
    "revealing",
    "checking",
    "findings",
    "acting",
    "drawing_names",
    "drawing_pairs",
    "drawings",
    "atlas",
    "mapbook",
    "bench",
    "visits",
    "notices",
    "facts",
    "charts",
    "importing",
    "ledger",
    "ledger_bulk",
    "ledger_lists",
    "ledger_workbook",
    "ledger_lists_api",
    "law",
    "supposing",
    "about",
    "signing",
    "account",
    "accounts",
    "acted",
    "logging",
    "api",
    "drawing_api",
    "ledger_api",
    "evidence",
    "evidence_api",
    "visits_api",
    "running",
)
"""The families of pages, each a module with a blueprint called `pages`."""


def _families() -> Iterator[Blueprint]:
    for name in FAMILIES:
        yield import_module(f"relocation.web.{name}").pages


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the page asks the clock, as the terminal does
