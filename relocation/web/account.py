"""One's own account: what it may do and where, its password, where it is signed in."""

import secrets

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.service import Trouble, signing
from relocation.service.accounts import county_names
from relocation.web import gate
from relocation.web.language import _
from relocation.web.needing import Door, needs
from relocation.web.showing import office
from relocation.web.signing import LONGEST_PASSWORD

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("")
@needs(Door.SIGNED_IN)
def shown() -> ResponseReturnValue:
    """Show it."""
    return _page(None)


@pages.post("/password")
@needs(Door.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Keep another password; every other sign-in ends, this one goes on under a new token."""
    known, token, store, now = _mine(), secrets.token_urlsafe(32), office().store.whole, office().now()
    old, new, again = (request.form.get(name, "")[:LONGEST_PASSWORD] for name in ("old", "new", "again"))
    seen = {"browser": gate.browser(), "address": gate.address()}
    try:
        signing.change_password(store, known, old, new, again, now=now, salt=secrets.token_bytes(16), token=token, key=gate.key(current_app), **seen)
    except Trouble as refused:
        return _page(refused), refused.status
    fresh = signing.known(store, token, browser=gate.browser(), now=now)
    assert fresh is not None
    gate.enter(token, fresh)
    flash(_("密码已更换，其他地方的登录都已退出。"))
    return redirect(url_for("account.shown"))


@pages.post("/end")
@needs(Door.SIGNED_IN)
def end() -> ResponseReturnValue:
    """End one of one's own sign-ins."""
    number = request.form.get("sign_in", "")
    signing.end_sign_in(office().store.whole, _mine(), int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0, office().now())
    flash(_("已退出那次登录。"))
    return redirect(url_for("account.shown"))


def _mine() -> signing.Known:
    known = gate.known()
    return known or abort(404)  # the demonstration has no accounts


def _page(trouble: Trouble | None) -> str:
    known, store = _mine(), office().store.whole
    every = signing.sign_ins(store, known, office().now())
    return render_template("account.html", mine=known.account, sign_ins=every, this=known.sign_in.id, trouble=trouble, names=county_names(store))
