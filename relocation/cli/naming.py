"""Who did something, as the terminal says it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from relocation.cli.speaking import _, lang

if TYPE_CHECKING:
    from relocation.service.people import Person


def who_said(name: str, known: Mapping[str, "Person"]) -> str:
    """Return a person as colleagues know them with the roles they hold, or what did it by itself; the JSON keeps the name itself."""
    if name in ("calendar", "checks"):
        return _("到期自动") if name == "calendar" else _("检查自动")
    if name.partition(":")[0] == "terminal":
        return _("本机终端")
    one = known.get(name)
    if one is None:
        return name
    shown, roles = _(one.shown) if one.made_up else one.shown, one.roles_said(lang())
    return shown if not roles else f"{shown}（{roles}）" if lang() == "zh" else f"{shown} ({roles})"
