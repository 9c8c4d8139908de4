"""The pages and the API. `create_app` makes the application; every view asks the service and shows what it says."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Flask

from relocation.resources import folder
from relocation.service import Store


def create_app(store: Store, *, demo: bool = False, now: Callable[[], datetime] | None = None) -> Flask:
    """Return the web application on an opened store.

    demo : the banner says that the data are made up and that there is no sign-in
    now  : the clock, with its zone; tests give their own
    """
    from relocation.web import errors, language, security, showing

    pages = folder("templates") / "web"
    app = Flask("relocation.web", template_folder=str(pages), static_folder=str(pages / "static"))
    app.extensions["relocation"] = showing.Office(store, now or _clock, demo)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    security.guard(app, store.home)
    language.speak(app)
    errors.answer_errors(app)
    showing.show(app)
    for family in _families():
        app.register_blueprint(family)
    return app


def _families() -> tuple[Blueprint, ...]:
    """Return the pages and the API, a blueprint a family."""
    from relocation.web import (
        about,
        acting,
        api,
        atlas,
        checking,
        drawing_api,
        drawing_names,
        drawing_pairs,
        drawings,
        findings,
        importing,
        law,
        overview,
        records,
        supposing,
    )

    families = (
        overview,
        records,
        checking,
        findings,
        acting,
        drawing_names,
        drawing_pairs,
        drawings,
        atlas,
        importing,
        law,
        supposing,
        about,
        api,
        drawing_api,
    )
    return tuple(family.pages for family in families)


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the page asks the clock, as the terminal does
