"""`relocation status`: how the office's machine stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, opened
from relocation.cli.speaking import WIDTH, _, columns, fitted, lang, say, say_json, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.status import Status


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
    for name, said in _rows(now, none):
        _tell(name, said)
    say(_("链头：%(line)s") % {"line": now.head or none})
    return int(amiss)


def _rows(now: "Status", none: str) -> Iterator[tuple[str, str]]:
    """Give what is said and what of it: the machine, each setting, what is kept."""
    from relocation.service.status_words import row_word

    between = "、" if lang() == "zh" else "; "
    on, off = (between.join(row_word(name, lang()) for name, holds in now.layers.items() if holds is wanted) or "—" for wanted in (True, False))
    yield _("数据库"), f"{now.kind} {now.version}"
    yield _("结构版本"), now.schema
    yield _("大小"), f"{now.size_bytes / 1e6:.1f} MB"
    yield _("磁盘剩余"), f"{now.free_bytes / 1e9:.1f} / {now.disk_bytes / 1e9:.1f} GB"
    yield _("数据目录能否写入"), _("只能读") if now.reads_only else _("能读能写")
    yield _("最近一次备份"), f"{now.backup.at[:16]}Z" if now.backup else none
    yield _("最近一次恢复演练"), f"{now.tried.at[:16]}Z" if now.tried else none
    yield _("读取文件的防护"), on
    yield _("没有开的防护"), off
    for one in now.settings:
        yield row_word(one.name, lang()), one.found if one.holds else _("%(found)s（应为 %(wanted)s）") % {"found": one.found, "wanted": one.wanted}
    for name, n in now.counts.items():
        yield row_word(name, lang()), f"{n:,}"


def _tell(name: str, said: str) -> None:
    """Print a row; what does not fit beside its name stands on lines below it."""
    beside = max(NAMES, columns(name)) + 2
    if beside + columns(said) <= WIDTH:
        say(fitted(name, beside) + said)
        return
    say(name)
    for line in wrapped(said, WIDTH - 2):
        say("  " + line)


NAMES = 36
"""Columns that names take."""
