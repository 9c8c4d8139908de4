"""Every account, for administrators: added, given roles and places, shut out, given a new password."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relocation.service import Trouble, accounts
from relocation.web.gate import actor
from relocation.web.language import _
from relocation.web.needing import Right, needs
from relocation.web.showing import office

pages = Blueprint("accounts", __name__, url_prefix="/accounts")

LONGEST = 4_000


@pages.get("")
@needs(Right.ADMINISTER)
def listed() -> ResponseReturnValue:
    """List them, with the forms that change them."""
    return _page()


@pages.post("/add")
@needs(Right.ADMINISTER)
def add() -> ResponseReturnValue:
    """Add one; its one-time password is shown once, on the page that answers."""
    name = request.form.get("name", "")[:100]
    try:
        made = accounts.add(_store(), name, request.form.get("shown", "")[:100], _roles(), _places(), now=office().now(), random=secrets.token_bytes(32))
    except Trouble as refused:
        return _page(trouble=refused, typed=_typed("")), refused.status
    return _page(given=(name, made))


@pages.post("/<name>/<what>")
@needs(Right.ADMINISTER)
def change(name: str, what: str) -> ResponseReturnValue:
    """Change one: its roles, its places, whether it is let in, its password."""
    now = office().now()
    try:
        if what == "reset":
            return _page(given=(name, accounts.reset(_store(), name, now=now, random=secrets.token_bytes(32))), unlocked=True)
        if what == "disable":
            accounts.disable(_store(), name, now=now)
        elif what == "enable":
            accounts.enable(_store(), name, now=now)
        elif what == "rights":
            accounts.set_rights(_store(), name, _roles(), _places(), now=now)
        else:
            abort(404)
    except Trouble as refused:
        return _page(trouble=refused, typed=_typed(name) if what == "rights" else None), refused.status
    flash(_("已保存“%(name)s”的改动；该账号需要重新登录。") % {"name": name})
    return redirect(url_for("accounts.listed"))


def _store() -> accounts.Store:
    """Return the store that sees everything, with whoever acts: accounts belong to no place."""
    return office().store.acting(actor()).whole


def _roles() -> list[accounts.Role]:
    return accounts.roles_of(request.form.getlist("role"))


def _places() -> accounts.Scope:
    """Return the places ticked and typed."""
    typed = request.form.get("places", "")[:LONGEST].replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
    return accounts.place_text([*request.form.getlist("place"), *typed], everywhere="everywhere" in request.form)


@dataclass(frozen=True)
class Filled:
    """What a form of an account holds: as it is kept, or as it was typed when it was refused. `of` is whose it is, "" for a new one."""

    of: str = ""
    name: str = ""
    shown: str = ""
    roles: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    places: str = ""
    everywhere: bool = False


def _typed(of: str) -> Filled:
    """Return what was typed, to be shown again beside why it was refused."""
    form = request.form
    name, shown, places = (form.get(field, "")[:most] for field, most in (("name", 100), ("shown", 100), ("places", LONGEST)))
    return Filled(of, name, shown, tuple(form.getlist("role")), tuple(form.getlist("place")), places, "everywhere" in form)


def _kept(one: accounts.Account, known: Sequence[str]) -> Filled:
    """Return an account's form as it is kept: places that can be chosen are ticked, the others written."""
    places = [] if one.scope.everywhere else accounts.places_of(one.scope)
    ticked = tuple(place for place in places if place in known)
    written = ", ".join(place for place in places if place not in known)
    return Filled(one.name, one.name, one.shown, tuple(role.id for role in one.roles), ticked, written, one.scope.everywhere)


def _page(trouble: Trouble | None = None, given: tuple[str, str] | None = None, unlocked: bool = False, typed: Filled | None = None) -> str:
    every, places = accounts.listed(_store()), accounts.known_places(office().store.acting(actor()))
    known = [place for code, _name, townships in places for place in (code, *(f"{code}/{township}" for township in townships))]
    filled = {one.name: _kept(one, known) for one in every} | {"": Filled()} | ({typed.of: typed} if typed else {})
    facts = {"accounts": every, "trouble": trouble, "given": given, "unlocked": unlocked, "roles": list(accounts.Role), "places_of": accounts.places_of}
    return render_template("accounts.html", **facts, filled=filled, typed=typed, places=places)
