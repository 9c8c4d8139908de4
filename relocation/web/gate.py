"""Who asks, and whether they may: every page says what it needs, and one that says nothing is refused.

Who is signed in is known by a random token in the signed cookie; the token's row in the database is what counts, so that an
office can end it at once. Without sign-in (the demonstration, on its own machine only) whoever sits there acts, in a role of their choice.
"""

from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_user, logout_user

from relocation.accounts.actor import Actor
from relocation.accounts.demonstration import COLLEAGUES
from relocation.accounts.roles import Right
from relocation.accounts.scope import NOWHERE
from relocation.service import Store, signing
from relocation.service.accounts import county_names
from relocation.web.acted import demonstrator
from relocation.web.language import _
from relocation.web.needing import Door, needed

WHILE_NEW = frozenset({"account.shown", "account.password", "signing.leave", "language.switch", "static"})
"""What somebody may open whose password was given by somebody else."""

_NOBODY = Actor("nobody", "", frozenset(), NOWHERE)


class SignedIn:
    """What Flask-Login wants to know of somebody signed in; its id is the token, never the account's number."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, token: str, known: signing.Known) -> None:
        """Hold the token that was shown and whom it names."""
        self.token, self.known = token, known

    def get_id(self) -> str:
        """Return the token."""
        return self.token


def stand(app: Flask) -> None:
    """Put the gate before every page of an application."""
    manager = LoginManager(app)
    manager.session_protection = None  # the sign-in's own row knows its browser
    manager.user_loader(_load)
    app.before_request(_let_in)
    app.template_global()(may)
    app.template_global()(here_again)
    app.context_processor(_frame)


def _load(token: str) -> SignedIn | None:
    from relocation.web.showing import office

    known = signing.known(office().store.whole, token, browser=browser(), now=office().now())
    return SignedIn(token, known) if known else None


def browser() -> str:
    """Return what the browser calls itself."""
    return request.headers.get("User-Agent", "")[:400]


def address() -> str:
    """Return the address a request comes from."""
    return request.remote_addr or ""


def key(app: Flask) -> bytes:
    """Return the key under which tried names are kept."""
    return bytes(app.config["SECRET_KEY"])


def enter(token: str, known: signing.Known) -> None:
    """Begin a session under a new token: nothing of the one before stays but the language."""
    chosen = session.get("lang")
    session.clear()
    if chosen:
        session["lang"] = chosen
    login_user(SignedIn(token, known))
    for name in ("csrf_token", "actor", "store"):
        g.pop(name, None)


def leave() -> None:
    """End the session in the browser."""
    chosen = session.get("lang")
    logout_user()
    session.clear()
    if chosen:
        session["lang"] = chosen


def known() -> signing.Known | None:
    """Return the sign-in of this request; None without one."""
    from flask_login import current_user

    return current_user.known if current_user.is_authenticated else None


def actor() -> Actor:
    """Return who acts in this request; nobody, with no right and no place, when no one is signed in."""
    if "actor" not in g:
        g.actor = _acting()
    acting: Actor = g.actor
    return acting


def _acting() -> Actor:
    from relocation.web.showing import office

    if office().demo:
        return demonstrator(office().store.actor, session.get("act_as", ""))
    signed_in = known()
    return signed_in.account.actor if signed_in else _NOBODY


def acting_store(opened: Store) -> Store:
    """Return the store as this request's actor sees it."""
    if "store" not in g:
        g.store = opened.acting(actor())
    seen: Store = g.store
    return seen


def count_file() -> None:
    """Count a file that whoever is signed in sends. Trouble for one too many in an hour."""
    from relocation.web.showing import office

    if not _demo():
        signing.may_send(office().store.whole, actor().name, office().now(), key(current_app))


def may(right: str) -> bool:
    """Tell whether this request's actor has a right, by its stable id; for templates."""
    return actor().may(Right(right))


def _let_in() -> ResponseReturnValue | None:
    need = needed(current_app, request.endpoint) if request.endpoint else (Door.SIGNED_IN,)
    if Door.ANYONE in need:
        return None
    signed_in = _demo() or known()
    if not signed_in:
        return _to_sign_in()
    if not need:
        abort(403)
    if isinstance(signed_in, signing.Known) and signed_in.account.must_change and request.endpoint not in WHILE_NEW:
        return redirect(url_for("account.shown")) if request.method == "GET" and not _for_programs() else abort(403)
    if Door.SIGNED_IN not in need and not any(actor().may(right) for right in need if isinstance(right, Right)):
        abort(403)
    return None


def _demo() -> bool:
    from relocation.web.showing import office

    return office().demo


def _for_programs() -> bool:
    return request.path.startswith("/api/")


def _to_sign_in() -> ResponseReturnValue:
    if request.method not in ("GET", "HEAD") or _for_programs():
        abort(401)
    back = request.full_path.rstrip("?")
    return redirect(url_for("signing.form", back=back if back != "/" else None))


def here_again() -> str:
    """Return the address to come back to after a switch; the overview where this page cannot be asked for again."""
    from relocation.web.showing import same_page

    return same_page() if request.method == "GET" and request.endpoint else "/"


def _places_shown() -> list[str]:
    """Return the places that whoever is signed in is bound to, in words; none for everywhere."""
    from relocation.web.showing import office

    scope = actor().scope
    if scope.everywhere or not scope.places:
        return []
    names = county_names(office().store.whole)
    said = [(f"{names.get(county) or county}", county, township) for county, township in scope.places]
    return [f"{name}{township}" if township else name if name == code else f"{name}（{code}）" for name, code, township in said]


def _frame() -> dict[str, Any]:
    """Return what every page's frame says of who is there."""
    who, demo = actor(), _demo()
    shown = _(who.shown) if demo and who.shown in COLLEAGUES.values() else who.shown
    return {"frame": {"who": who, "shown": shown, "signed_in": not demo and known() is not None, "parts": COLLEAGUES, "places": _places_shown()}}
