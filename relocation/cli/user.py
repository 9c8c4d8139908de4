"""`relocation user …`: the accounts, kept from the machine itself."""

import secrets
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.office import common, now, opened
from relocation.cli.speaking import _, lang, say, say_json, table
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.accounts import Account

ROLE = click.option("--role", "roles", multiple=True, metavar="ROLE", help=N_("角色 viewer|vetter|engineer|keeper|reviewer|administrator，可写几次"))
PLACE = click.option("--place", "places", multiple=True, metavar="ADCODE[/乡镇]", help=N_("管辖的县或乡镇，可写几次"))
EVERYWHERE = click.option("--everywhere", is_flag=True, help=N_("全部地方"))
NAME = click.argument("name", metavar="NAME")


@click.group(help=N_("账号：新增、列出、停用、启用、重设密码、改角色和管辖范围"))
@common
def user() -> None:
    """The accounts."""


@user.command(help=N_("新增账号，显示一次性密码"))
@NAME
@click.option("--shown", default="", metavar="TEXT", help=N_("同事看到的称呼"))
@ROLE
@PLACE
@EVERYWHERE
@common
def add(name: str, shown: str, roles: tuple[str, ...], places: tuple[str, ...], everywhere: bool) -> int:
    """Add one and print its one-time password."""
    from relocation.service import accounts

    with opened(makes=True) as store:
        given = accounts.roles_of(roles), accounts.place_text(places, everywhere=everywhere)
        password = accounts.add(store, name, shown, *given, now=now(), random=secrets.token_bytes(32))
    _say_once(name, password)
    return 0


@user.command(name="list", help=N_("列出账号"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def list_(as_json: bool) -> int:
    """Print the accounts."""
    from relocation.service import accounts

    with opened() as store:
        every = accounts.listed(store)
    if as_json:
        say_json([_json(one) for one in every])
        return 0
    rows = [
        (
            one.name,
            one.shown,
            ", ".join(role.zh if lang() == "zh" else role.en for role in accounts.Role if role in one.roles),
            _("全部地方") if one.scope.everywhere else ", ".join(accounts.places_of(one.scope)),
            _("已停用") if one.disabled else _("待换密码") if one.must_change else _("可登录"),
        )
        for one in every
    ]
    for line in table(rows, [_("用户名"), _("称呼"), _("角色"), _("管辖范围"), _("状态")]):
        say(line)
    return 0


@user.command(help=N_("停用账号，立即退出它的全部登录"))
@NAME
@common
def disable(name: str) -> int:
    """Shut one out."""
    from relocation.service import accounts

    with opened() as store:
        accounts.disable(store, name, now=now())
    say(_("已停用 %(name)s。") % {"name": name})
    return 0


@user.command(help=N_("重新启用账号"))
@NAME
@common
def enable(name: str) -> int:
    """Let one in again."""
    from relocation.service import accounts

    with opened() as store:
        accounts.enable(store, name, now=now())
    say(_("已启用 %(name)s。") % {"name": name})
    return 0


@user.command(help=N_("重设密码，显示新的一次性密码"))
@NAME
@common
def reset(name: str) -> int:
    """Give one a new password and print it."""
    from relocation.service import accounts

    with opened() as store:
        password = accounts.reset(store, name, now=now(), random=secrets.token_bytes(32))
    _say_once(name, password)
    say(_("登录错误次数已清零，可以马上登录。"))
    return 0


@user.command(help=N_("改管辖范围"))
@NAME
@PLACE
@EVERYWHERE
@common
def places(name: str, places: tuple[str, ...], everywhere: bool) -> int:
    """Bind one to other places."""
    from relocation.service import accounts

    with opened() as store:
        accounts.set_places(store, name, accounts.place_text(places, everywhere=everywhere), now=now())
    say(_("已改 %(name)s 的管辖范围，需重新登录。") % {"name": name})
    return 0


@user.command(help=N_("改角色"))
@NAME
@ROLE
@common
def roles(name: str, roles: tuple[str, ...]) -> int:
    """Give one other roles."""
    from relocation.service import accounts

    with opened() as store:
        accounts.set_roles(store, name, accounts.roles_of(roles), now=now())
    say(_("已改 %(name)s 的角色，需重新登录。") % {"name": name})
    return 0


def _json(one: "Account") -> dict[str, Any]:
    from relocation.service.accounts import places_of

    places, roles = places_of(one.scope), sorted(role.id for role in one.roles)
    return {"name": one.name, "shown": one.shown, "roles": roles, "places": places, "disabled": one.disabled, "must_change": one.must_change}


def _say_once(name: str, password: str) -> None:
    say(_("%(name)s 的一次性密码：%(password)s") % {"name": name, "password": password})
    say(_("只显示这一次，首次登录必须更换。"))
