"""What each page needs of whoever opens it, said at the page itself; a page that says nothing is opened to nobody."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask

from relocation.accounts.roles import Right

__all__ = ["Door", "Right", "needed", "needs"]

View = TypeVar("View", bound=Callable[..., Any])


class Door(Enum):
    """What a page needs that is no right."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"


_NEEDED: dict[Callable[..., Any], tuple[Right | Door, ...]] = {}


def needs(*which: Right | Door) -> Callable[[View], View]:
    """Declare what a page needs: any one of these. Stands below the route."""

    def declared(view: View) -> View:
        _NEEDED[view] = which
        return view

    return declared


def needed(app: Flask, endpoint: str) -> tuple[Right | Door, ...]:
    """Return what a page needs; nothing at all for one that does not say."""
    return (Door.ANYONE,) if endpoint == "static" else _NEEDED.get(app.view_functions[endpoint], ())
