"""The made-up colleagues of the demonstration: whoever tries it may act as any of them, and each goes by a name of their own in the log."""

from functools import cache

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service.demo import described
from relocation.web.language import own_page
from relocation.web.needing import Door, needs
from relocation.words import N_

pages = Blueprint("acted", __name__)

PARTS: dict[Role, str] = {
    Role.VETTER: N_("演示审核员"),
    Role.KEEPER: N_("演示台账员"),
    Role.REVIEWER: N_("演示验收员"),
    Role.ENGINEER: N_("演示工程师"),
    Role.VIEWER: N_("演示领导"),
}
"""Who can be played, in the order in which they take part."""


@cache
def _county() -> str:
    return str(described()["county"])


def demonstrator(whoever: Actor, role: str) -> Actor:
    """Return the made-up colleague of a role in the demonstration county; whoever sits at the machine, with every right, for none."""
    for one, shown in PARTS.items():
        if one.id == role:
            return Actor(f"demo-{role}", shown, frozenset({one}), Scope(frozenset({_county()})))
    return whoever


@pages.post("/act-as")
@needs(Door.SIGNED_IN)
def act_as() -> ResponseReturnValue:
    """Take a colleague's part, or one's own again, and go back to the page where that was chosen. Without a demonstration it changes nothing."""
    session["act_as"] = request.form.get("role", "")[:20]
    return redirect(own_page(request.form.get("back", "/")))
