"""`relocation status`: how the office's machine stands."""

import click

from relocation.cli.office import common, opened
from relocation.cli.speaking import _, say, say_json, table
from relocation.words import N_


@click.command(help=N_("运行状态：数据库、磁盘、备份、读取文件的防护"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def status(as_json: bool) -> int:
    """Print how things stand; exit code 1 where a safety setting is not what it has to be."""
    from relocation.service import status as standing

    with opened() as store:
        now = standing.status(store)
    amiss = not all(one.holds for one in now.settings) and not now.reads_only
    if as_json:
        say_json(now.json())
        return int(amiss)
    none = _("还没有")
    rows = [
        (_("数据库"), f"{now.kind} {now.version}"),
        (_("结构版本"), now.schema),
        (_("大小"), f"{now.size_bytes / 1e6:.1f} MB"),
        (_("磁盘剩余"), f"{now.free_bytes / 1e9:.1f} / {now.disk_bytes / 1e9:.1f} GB"),
        (_("只能读"), _("是") if now.reads_only else _("否")),
        (_("最近一次备份"), f"{now.backup.at[:16]}Z" if now.backup else none),
        (_("最近一次恢复演练"), f"{now.tried.at[:16]}Z" if now.tried else none),
        (_("读取文件的防护"), " ".join(name for name, on in now.layers.items() if on) or "—"),
        (_("没有开的防护"), " ".join(name for name, on in now.layers.items() if not on) or "—"),
        *((f"{one.name}{'' if one.holds else ' !'}", one.found) for one in now.settings),
        *((name, f"{n:,}") for name, n in now.counts.items()),
    ]
    for line in table(rows, ("", ""))[2:]:
        say(line)
    say(_("链头：%(line)s") % {"line": now.head or none})
    return int(amiss)
