"""`relocation key …`: the keys of personal data, their state and their change."""

from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, now, opened
from relocation.cli.speaking import _, say, say_json
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.key_keeping import KeyReport


@click.group(help=N_("个人信息的加密密钥：状态、更换"))
@common
def key() -> None:
    """The keys of personal data."""


@key.command(help=N_("列出密钥和各自加密的数据条数"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def status(as_json: bool) -> None:
    """Print the keys at hand."""
    from relocation.service.key_keeping import key_status

    with opened() as store:
        _say(key_status(store), as_json)


@key.command(help=N_("换一把新密钥并重新加密；中途断电或被终止，再运行一次即可"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def rotate(as_json: bool) -> None:
    """Change the key."""
    from relocation.service.key_keeping import rotate_keys

    with opened() as store:
        _say(rotate_keys(store, now=now()), as_json)


def _say(report: "KeyReport", as_json: bool) -> None:
    if as_json:
        say_json(report.json())
        return
    say(_("密钥文件：%(path)s") % {"path": report.where} if report.where else _("密钥来自环境变量 RELOCATION_KEY"))
    state = {(True, True): _("新数据用它"), (False, True): _("仍有旧数据"), (False, False): _("只供旧备份")}
    for one in report.keys:
        say("  " + _("%(id)s  %(values)d 条  %(state)s") % {"id": one.id, "values": one.values, "state": state[one.newest, one.in_use]})
    if report.unfinished:
        say(_("更换还没有做完：请再运行一次 relocation key rotate。"))
