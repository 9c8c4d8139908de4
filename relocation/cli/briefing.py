"""`relocation report brief`: the leader's brief of a county."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, now, opened
from relocation.cli.reporting import report
from relocation.cli.speaking import _, complain, lang, say, say_json, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.briefing.contract import Brief, Figure

_DAY = click.DateTime(["%Y-%m-%d"])


@report.command(help=N_("领导简报：一页纸，问题、数字、变化、要决定的事"))
@click.option("--county", metavar="ADCODE", help=N_("哪个县"))
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("写成文件：.pdf、.docx 或 .html"))
@click.option("--since", type=_DAY, metavar="DAY", help=N_("从这一天起算变化，默认从上一份简报起"))
@click.option("--as-of", type=_DAY, metavar="DAY", help=N_("按这一天重新判断现有台账，不存入"))
@click.option("--template", type=click.Path(path_type=Path), metavar="FILE.docx", help=N_("本县自己的 Word 模板"))
@click.option("--write-template", type=click.Path(path_type=Path), metavar="FILE.docx", help=N_("写出一份可以修改的 Word 模板"))
@click.option("--figure", metavar="ID", help=N_("只重算一个数字，或一个问题的全部数字"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def brief(
    county: str | None,
    out: Path | None,
    since: datetime | None,
    as_of: datetime | None,
    template: Path | None,
    write_template: Path | None,
    figure: str | None,
    as_json: bool,
) -> int:
    """Make the brief; 0 whatever it finds."""
    from relocation.service import Trouble
    from relocation.service.briefing import building, files, templates

    if write_template:
        templates.write_template(write_template)
        say(_("已写入 %(path)s") % {"path": write_template})
        return 0
    if not county:
        raise Trouble("county-needed")
    if template and (out is None or files.form_of(out) != "docx"):
        raise click.UsageError(_("--template 只用于 .docx，请写 -o 文件.docx"))
    days = {"since": _day(since), "as_of": _day(as_of)}
    if out:
        files.form_of(out)
    with opened() as store:
        if figure:
            _counted(building.figures_of(store, county, figure, lang(), now=now(), **days), as_json)
            return 0
        made = building.brief(store, county, lang(), now=now(), **days)
        if out and not files.write(store, made, out, now=now(), template=template):
            complain(_("磁盘现在不能写入：文件已导出，但这次导出没有记入日志。"))
    if as_json:
        say_json(made.json())
    elif out:
        say(_("已写入 %(path)s") % {"path": out})
    else:
        _printed(made)
    return 0


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _counted(figures: "tuple[Figure, ...]", as_json: bool) -> None:
    if as_json:
        say_json([one.json() for one in figures])
    for one in () if as_json else figures:
        say(f"{one.id}  {one.label} {one.shown}  {one.on}")


def _printed(made: "Brief") -> None:
    from relocation.service.briefing.telling import told

    sheet = told(made)
    colon = "：" if lang() == "zh" else ": "
    say(sheet["title"])
    _lines(sheet["below"], "")
    for one in sheet["answers"]:
        say()
        _lines(f"[{one['outcome_word']}] {one['heading']}  {' · '.join(figure['said'] for figure in one['figures'])} {one['note']}", "")
        for case in one["cases"]:
            _lines(f"{case['who']}{colon}{case['said']}", "    ")
    for title, rows in ((sheet["words"]["changes"], sheet["changes"]), (sheet["words"]["decisions"], sheet["decisions"])):
        say()
        say(title + (f"  {sheet['since']}" if rows is sheet["changes"] else ""))
        for row in rows:
            _lines(" — ".join(filter(None, (row["said"], row.get("by", ""), "; ".join(row["lines"])))), "    ")


def _lines(said: str, before: str) -> None:
    for line in wrapped(said, 78 - len(before)):
        say(before + line)
