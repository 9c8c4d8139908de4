"""`relocation verify` and `relocation log …`: whether what was recorded is still as it was written, the log itself, its head, its export."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.naming import who_said
from relocation.cli.office import common, opened
from relocation.cli.speaking import _, complain, lang, say, say_json, table
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.evidence.chain import Event


@click.command(help=N_("核对：日志、台账变动、文件和数据库是否仍是当时写下的"))
@click.option("--head", metavar='"N HASH"', help=N_("别处记下的链头（报告页脚、relocation log head）"))
@click.option("--give", "give", type=click.Path(path_type=Path, dir_okay=False), help=N_("写出单文件核对程序，只需 Python 3.8 即可运行"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def verify(head: str | None, give: Path | None, as_json: bool) -> int:
    """Check the log, the rows it speaks of, the kept files and the database; exit code 1 where anything is not as it was written."""
    from relocation.service import auditing
    from relocation.service.writing import write_whole

    if give is not None:
        write_whole(give, [auditing.verifier_source()])
        say(_("核对程序已写入 %(path)s。") % {"path": give})
        return 0
    with opened(to_verify=True) as store:
        found = auditing.verify(store, head or "")
    if as_json:
        say_json(found.json(lang()))
        return 1 if found.problems else 0
    for problem in found.problems:
        complain(auditing.sentence(problem, lang()))
    looked = {"entries": found.entries, "rows": found.rows, "files": found.files}
    say(_("核对了日志 %(entries)d 条、变动摘要 %(rows)d 份、文件 %(files)d 个。") % looked)
    say(_("发现 %(n)d 处问题。") % {"n": len(found.problems)} if found.problems else _("没有发现改动。"))
    if not found.opened:
        say(_("没有密钥：加密的个人信息没有打开核对，其余都核对了。"))
    if found.head:
        say(_("链头：%(line)s") % {"line": found.head.line})
    if found.against is None:
        say(_("没有用 --head 核对别处记下的链头：末尾被截去、整条链重写或换回旧备份，单凭数据库看不出来。"))
    return 1 if found.problems else 0


@click.group(invoke_without_command=True, help=N_("操作日志：列出、导出、链头"))
@click.option("--subject", default="", help=N_("只要一个对象的"))
@click.option("--who", default="", help=N_("只要一个人的"))
@click.option("--action", default="", help=N_("只要一类操作的，如 records"))
@click.option("--day", default="", help=N_("只要一天的（UTC），如 2026-11-24"))
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, help=N_("最多列出几条"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@click.pass_context
@common
def log(context: click.Context, /, limit: int, as_json: bool, subject: str, who: str, action: str, day: str) -> int | None:
    """List what was done, the newest first."""
    if context.invoked_subcommand:
        return None
    from relocation.service import auditing, people
    from relocation.service.actions import ACTIONS

    with opened() as store:
        found = auditing.listed(store, auditing.Sought(subject=subject, who=who, action=action, day=day), limit=limit)
        known = people.people(store)
    if as_json:
        say_json([_as_json(event) for event in found])
        return 0
    rows = [(str(event.seq), f"{event.at[:16]}Z", who_said(event.who, known), _(ACTIONS.get(event.action, event.action)), _about(event)) for event in found]
    for line in table(rows, (_("序号"), _("时间（UTC）"), _("操作人"), _("操作"), _("对象"))):
        say(line)
    return 0


def _about(event: "Event") -> str:
    """Return what an entry is about: a county once, be it written before its subject's number or not; a file by the beginning of its hash."""
    subject = event.subject[:12] if re.fullmatch(r"[0-9a-f]{64}", event.subject) else event.subject
    return subject if subject.startswith(event.county) else f"{event.county} {subject}".strip()


def _as_json(event: "Event") -> dict[str, Any]:
    from relocation.evidence.chain import as_plain

    return as_plain(event)


@log.command(help=N_("导出整条日志（JSON 行），供单文件核对程序使用"))
@click.option("-o", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), help=N_("写入的文件"))
@common
def export(out: Path) -> int:
    """Write the whole log."""
    from relocation.service import auditing
    from relocation.service.writing import write_whole

    with opened() as store:
        write_whole(out, auditing.exported(store))
    say(_("日志已写入 %(path)s。") % {"path": out})
    return 0


@log.command(help=N_("给出链头：一行，可印在报告上或寄存别处"))
@common
def head() -> int:
    """Print the head of the log."""
    from relocation.service.anchoring import anchor_line

    with opened() as store:
        line = anchor_line(store)
    say(line or _("日志还是空的。"))
    return 0
