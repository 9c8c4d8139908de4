"""Signing in and out."""

import secrets

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.accounts.roles import Right
from relocation.service import Trouble, signing
from relocation.web import gate
from relocation.web.language import own_page
from relocation.web.needing import Door, needs
from relocation.web.showing import office

pages = Blueprint("signing", __name__)

LONGEST_NAME, LONGEST_PASSWORD = 100, 500


@pages.get("/sign-in")
@needs(Door.ANYONE)
def form() -> ResponseReturnValue:
    """Show the form; whoever is in already goes on to the office."""
    if office().demo or gate.known():
        return redirect(own_page(request.args.get("back", "/")))
    return render_template("sign_in.html", trouble=None, name="", back=own_page(request.args.get("back", "/")))


@pages.post("/sign-in")
@needs(Door.ANYONE)
def enter() -> ResponseReturnValue:
    """Let somebody in, under a new token."""
    name, password = request.form.get("name", "")[:LONGEST_NAME], request.form.get("password", "")[:LONGEST_PASSWORD]
    back, token = own_page(request.form.get("back", "/")), secrets.token_urlsafe(32)
    store, now = office().store.whole, office().now()
    try:
        signing.sign_in(store, name, password, address=gate.address(), browser=gate.browser(), now=now, token=token, key=gate.key(current_app))
    except Trouble as refused:
        return render_template("sign_in.html", trouble=refused, name=name, back=back), refused.status
    known = signing.known(store, token, browser=gate.browser(), now=now)
    assert known is not None
    gate.enter(token, known)
    if known.account.must_change:
        return redirect(url_for("account.shown"))
    return redirect(back if known.account.actor.may(Right.READ) or back != "/" else url_for("accounts.listed"))


@pages.post("/sign-out")
@needs(Door.SIGNED_IN)
def leave() -> ResponseReturnValue:
    """End this sign-in, here and in the database."""
    known = gate.known()
    if known:
        signing.sign_out(office().store.whole, known, office().now())
    gate.leave()
    return redirect(url_for("signing.form"))
