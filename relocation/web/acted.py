"""The made-up colleagues of the demonstration: whoever tries it may act as any of them, and each goes by a name of their own in the log."""

from functools import cache

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue

from relocation.accounts.actor import Actor
from relocation.accounts.demonstration import COLLEAGUES, colleague
from relocation.service.demo import described
from relocation.web.language import own_page
from relocation.web.needing import Door, needs

pages = Blueprint("acted", __name__)


@cache
def _county() -> str:
    return str(described()["county"])


def demonstrator(whoever: Actor, role: str) -> Actor:
    """Return the made-up colleague of a role in the demonstration county; whoever sits at the machine, with every right, for none."""
    for one in COLLEAGUES:
        if one.id == role:
            return colleague(one, _county())
    return whoever


@pages.post("/act-as")
@needs(Door.SIGNED_IN)
def act_as() -> ResponseReturnValue:
    """Take a colleague's part, or one's own again, and go back to the page where that was chosen. Without a demonstration it changes nothing."""
    session["act_as"] = request.form.get("role", "")[:20]
    return redirect(own_page(request.form.get("back", "/")))
