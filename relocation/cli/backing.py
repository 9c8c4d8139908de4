"""`relocation backup` and `relocation restore`: the whole office in one file, and an office made of it again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, home, now, opened, settings
from relocation.cli.progress import working
from relocation.cli.speaking import _, complain, say, say_json
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.backing import Backup


@click.command(help=N_("备份：数据库和全部文件写成一个文件，不影响别人使用"))
@click.option("-o", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), help=N_("写入的文件"))
@click.option("--force", is_flag=True, help=N_("覆盖已有的文件"))
@click.option("--with-keys", is_flag=True, help=N_("连同个人信息的密钥；拿到该文件的人就能读出个人信息"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def backup(out: Path, force: bool, with_keys: bool, as_json: bool) -> int:
    """Write a backup."""
    from relocation.service import backing

    with opened() as store:
        made = backing.backup(store, out, now=now(), with_keys=with_keys, replaces=force)
    if as_json:
        say_json(made.json())
        return 0
    say(_("备份已写入 %(path)s。") % {"path": out})
    _tell(made)
    if made.keys:
        say(_("密钥也在里面：请像密钥一样保管这份备份。"))
    else:
        say(_("密钥不在里面：请另行保存数据目录里的 keys 文件夹，没有它读不出个人信息。"))
    return 0


@click.command(help=N_("恢复：由备份建成一个新的数据目录，逐行逐个文件核对后才启用"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--try", "only_try", is_flag=True, help=N_("只演练：恢复到临时目录核对后删除，并记入日志"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def restore(file: Path, only_try: bool, as_json: bool) -> int:
    """Make an office of a backup, or try whether one could be made; exit code 1 where its log shows that something is amiss."""
    from relocation.service import backing

    if only_try:
        with opened() as store:
            made, amiss = backing.tried(store, file, now=now())
    else:
        with working():
            made, amiss = backing.restore(file, home(), settings().get("database"))
    if as_json:
        say_json({**made.json(), "amiss": list(amiss)})
        return 1 if amiss else 0
    say(_("演练成功：这份备份可以恢复。") if only_try else _("已恢复到 %(home)s。") % {"home": home()})
    _tell(made)
    if not made.keys and not only_try:
        say(_("密钥不在备份里：请把另行保存的 keys 文件夹放进数据目录。"))
    if amiss:
        complain(_("备份本身完好，但里面的日志核对不上，请用 relocation verify 查看。"))
    return 1 if amiss else 0


def _tell(made: "Backup") -> None:
    say(_("结构版本 %(schema)s，%(rows)d 行，%(files)d 个文件。") % {"schema": made.schema, "rows": made.rows, "files": len(made.files)})
    say(_("内容哈希：%(content)s") % {"content": made.content})
    if made.head:
        say(_("链头：%(line)s") % {"line": made.head})
