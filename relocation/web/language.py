"""Which language a page speaks: Chinese, unless the reader has chosen English; the choice is kept in the session."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, g, redirect, request, session
from flask_babel import Babel, gettext, ngettext
from werkzeug.wrappers import Response

from relocation.resources import folder
from relocation.web.needing import Door, needs
from relocation.words import LANGS, Lang, language

LOCALES: dict[Lang, str] = {"zh": "zh_Hans_CN", "en": "en"}

pages = Blueprint("language", __name__)


def speak(app: Flask) -> None:
    """Let templates write `{{ _("…") }}` and know `lang`."""
    Babel(
        app,
        default_locale=LOCALES["zh"],
        default_translation_directories=str(folder("templates") / "translations"),
        locale_selector=lambda: LOCALES[lang()],
    )
    app.context_processor(lambda: {"lang": lang()})
    app.register_blueprint(pages)


def lang() -> Lang:
    """Return the language of this request: what the address asks for, else what was chosen before."""
    if "lang" not in g:
        asked = request.args.get("lang")
        g.lang = language(asked) if asked in LANGS else language(session.get("lang"))
        if asked in LANGS and session.get("lang") != asked:
            session["lang"] = asked
    chosen: Lang = g.lang
    return chosen


def _(text: str) -> str:
    """Return a text in this request's language."""
    return str(gettext(text))


def plural(one: str, many: str, n: int) -> str:
    """Return the singular or plural text in this request's language."""
    return str(ngettext(one, many, n))


@pages.post("/language")
@needs(Door.ANYONE)
def switch() -> Response:
    """Keep the chosen language and go back to the page it was chosen on."""
    session["lang"] = language(request.form.get("lang"))
    return redirect(own_page(request.form.get("back", "/")))


def own_page(address: str) -> str:
    """Return the path of an address of ours; anything that could lead elsewhere becomes the overview."""
    parts = urlsplit(address)
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme and address.isprintable()
    return address if safe else "/"
