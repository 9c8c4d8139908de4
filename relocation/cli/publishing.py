"""`relocation report notice` and `notice-match`: what may be published, as a file; and what hung against what the register says."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, now, opened, today
from relocation.cli.speaking import WIDTH, _, columns, lang, say, say_json, table, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.notices.document import Document, Part
    from relocation.notices.matching import Village
    from relocation.service.publishing.matching import Match

SHOWN, CODES = 30, 5
"""So many villages are printed, and so many codes of each; the file and the JSON have all."""


@click.command(help=N_("公示：上墙名单、短信、资金、汇总；不写 -o 只预览"))
@click.option("--county", required=True, metavar="ADCODE", help=N_("哪个县"))
@click.option("--kind", type=click.Choice(["wall", "sms", "funds", "summary"]), default="wall", show_default=True, help=N_("哪种公示"))
@click.option("--township", default="", metavar="NAME", help=N_("只要一个乡镇"))
@click.option("--village", default="", metavar="NAME", help=N_("只要一个村"))
@click.option("--site", default="", metavar="CODE", help=N_("只要一个安置点"))
@click.option("--contact", default="", metavar="TEXT", help=N_("有异议向谁反映，写办公电话；导出必填"))
@click.option("--from", "begins_on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=N_("从哪天起公示，默认今天"))
@click.option("--days", type=int, metavar="N", help=N_("公示几天，默认按本县规定"))
@click.option("--with", "extras", type=click.Choice(["site", "area", "subsidy"]), multiple=True, help=N_("名单另加的栏目，默认只加安置点"))
@click.option("--names", type=click.Choice(["surname", "last"]), default="surname", show_default=True, help=N_("姓名留姓，或留姓和末字"))
@click.option("--year", type=int, metavar="YYYY", help=N_("资金公示只要一年"))
@click.option("--paper", type=click.Choice(["a4", "a3"]), default="a4", show_default=True, help=N_("纸张"))
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("写成 .xlsx、.pdf（短信 .txt、.csv）"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def notice(
    county: str,
    kind: str,
    township: str,
    village: str,
    site: str,
    contact: str,
    begins_on: datetime | None,
    days: int | None,
    extras: tuple[str, ...],
    names: str,
    year: int | None,
    paper: str,
    out: Path | None,
    as_json: bool,
) -> int:
    """Make a public notice."""
    from relocation.notices.naming import Form
    from relocation.notices.rows import DEFAULT_EXTRAS, Extra
    from relocation.service.publishing import making
    from relocation.service.publishing.asking import Wish

    chosen, begins = tuple(Extra(one) for one in extras) or DEFAULT_EXTRAS, begins_on.date() if begins_on else None
    wish = Wish(kind, county, township, village, site, chosen, Form(names), contact, begins, days, year)
    with opened() as store:
        made = making.write(store, wish, out, now(), lang(), paper) if out else making.document(store, wish, today(), lang(), preview=True)
    if as_json:
        say_json(made.json())
    elif out:
        say(_("公示已写入 %(path)s，共 %(n)s 条；已记入日志。") % {"path": out, "n": made.count})
    else:
        _printed(made)
    return 0


def _printed(made: "Document") -> None:
    say(made.title)
    for line in made.head:
        for piece in wrapped(line, 76):
            say(piece)
    for part in made.parts[:SHOWN]:
        _part(part)
    if len(made.parts) > SHOWN:
        say(_("另有 %(n)s 个村没有列出；用 -o 写成文件") % {"n": len(made.parts) - SHOWN})
    for line in made.foot:
        for piece in wrapped(line, 76):
            say(piece)


def _part(part: "Part") -> None:
    say()
    if part.title:
        say(part.title)
    rows, headings = [list(row) for row in part.rows], list(part.headings)
    for line in _laid(rows, headings, tuple(sorted(part.right))):
        say(line)
    for line in wrapped(part.note, WIDTH) if part.note else ():
        say(line)


def _laid(rows: list[list[str]], headings: list[str], right: tuple[int, ...]) -> Iterator[str]:
    """Give rows as a table where it fits the terminal, else each as a few lines with its headings: nothing of a figure is cut off."""
    widths = [max(columns(row[at]) for row in (headings, *rows)) for at in range(len(headings))]
    if sum(widths) + 2 * len(widths) <= WIDTH:
        yield from table(rows, headings, right=right)
        return
    for row in rows:
        yield row[0]
        told = [f"{heading} {cell}" for heading, cell in zip(headings[1:], row[1:], strict=True)]
        yield from ("    " + line for line in wrapped(("；" if lang() == "zh" else "; ").join(told), WIDTH - 4))


@click.command("notice-match", help=N_("公示名单与登记册两头核对，逐村看日期和照片"))
@click.option("--county", required=True, metavar="ADCODE", help=N_("哪个县"))
@click.option("--township", default="", metavar="NAME", help=N_("只要一个乡镇"))
@click.option("--all", "every", is_flag=True, help=N_("对得上的村也列出"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def notice_match(county: str, township: str, every: bool, as_json: bool) -> int:
    """Hold the imported lists of notices against the register; 1 where a village is not in order."""
    from relocation.service.publishing import matching

    with opened() as store:
        made = matching.match(store, county, township, lang())
    if as_json:
        say_json(made.json(lang()))
    else:
        _matched(made, every)
    return int(any(not one.in_order for one in made.villages))


def _matched(made: "Match", every: bool) -> None:
    from relocation.service.evidence.wording import say_displayed

    headings = [_("村"), _("登记册"), _("公示名单"), _("漏公示"), _("登记册没有"), _("人数不符"), _("不能对"), _("照片")]
    rows = [
        [" ".join(one.village.place), str(one.village.registered), str(one.village.noticed), *(_codes(codes) for codes in _differing(one.village)),
         say_displayed(one.shown, lang())]
        for one in made.villages if every or not one.in_order
    ]  # fmt: skip
    for line in _laid(rows, headings, ()):
        say(line)
    say(_("%(n)s 个村里有 %(m)s 个还有要补的。") % {"n": len(made.villages), "m": sum(not one.in_order for one in made.villages)})


def _differing(village: "Village") -> tuple[list[str], ...]:
    return village.missing, village.unknown, village.unlike, village.uncompared


def _codes(codes: list[str]) -> str:
    """Return how many they are and the first of them."""
    return f"{len(codes)} ({' '.join(codes[:CODES])}{'…' if len(codes) > CODES else ''})" if codes else "0"
