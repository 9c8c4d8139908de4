"""`relocation report …`: what to do next, and what `explain` adds to a verdict: the smallest fix, and who is alike."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.figures import facts
from relocation.cli.mapbook import mapbook
from relocation.cli.office import common, opened
from relocation.cli.publishing import notice, notice_match
from relocation.cli.speaking import _, lang, say, say_json, wrapped
from relocation.cli.taking_out import note_export
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.acting import Action, Actions
    from relocation.service.fixing import FixShown, TypeFix
    from relocation.service.resembling import AlikeShown, Likenesses

SHOWN = 100
"""So many actions are printed; the workbook and the JSON have all."""


@click.group(help=N_("报告：接下来做什么"))
def report() -> None:
    """Gather the reports."""


report.add_command(mapbook)
report.add_command(notice)
report.add_command(notice_match)
report.add_command(facts)


@report.command(help=N_("整改清单：按责任部门和乡镇，谁、在哪里、做什么、涉及多少"))
@click.option("--office", metavar="ID", help=N_("只要一种部门，如 township、housing、finance"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--township", help=N_("只要这个乡镇"))
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE.xlsx", help=N_("写成 Excel 文件"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def actions(office: str | None, county: str | None, township: str | None, out: Path | None, as_json: bool) -> int:
    """List what to do; 1 when anything fails."""
    from relocation.service import acting, fixing, tasklist

    if out and out.suffix.lower() != ".xlsx":
        raise click.UsageError(_("整改清单写成 Excel 文件，文件名要以 .xlsx 结尾"))
    with opened() as store:
        limit = acting.EVERY if out or as_json else SHOWN
        tasks = acting.actions(store, lang=lang(), county=county, office=office, township=township, limit=limit)
        types = fixing.by_type(store, lang(), county=county, township=township, office=office)
        number = tasklist.write_workbook(out, tasks, types, lang()) if out else 0
        if out:
            note_export(store, "actions.xlsx", number, {"county": county, "township": township, "office": office})
    if out:
        say(_("%(n)d 项整改已写入 %(path)s") % {"n": number, "path": out})
    elif as_json:
        say_json({**tasks.json(), "by_type": [one.json() for one in types]})
    else:
        _listed(tasks)
        _types(types)
    return 1 if tasks.counts["fail"] else 0


def _listed(tasks: "Actions") -> None:
    if not tasks.actions:
        say(_("没有要整改的"))
        return
    for office in tasks.offices:
        say()
        say(f"■ {office.title}  " + _("不合规 %(fail)d，待核 %(review)d，缺资料 %(gone)d")
            % {"fail": office.counts["fail"], "review": office.counts["review"], "gone": office.counts["no-data"]})  # fmt: skip
        for place in office.places:
            say(f"  {place.county_name} {place.township or _('全县范围')}")
            for action in place.actions:
                _one(action)
    if tasks.shown < tasks.actions:
        say()
        say(_("共 %(all)d 项，只列出前 %(n)d 项；用 -o 文件.xlsx 导出全部") % {"all": tasks.actions, "n": tasks.shown})


def _one(action: "Action") -> None:
    from checks.verdict import NOT_SUPPLIED
    from relocation.service.showing import kind_word

    word = action.outcome.zh if lang() == "zh" else action.outcome.en
    number = f"{kind_word(action.kind, lang())}{'：' if lang() == 'zh' else ': '}{action.subjects}"
    say(f"    [{word}] {action.title}  {number}{_due(action)}")
    for line in wrapped(action.remedy, 70):
        say(f"        {line}")
    if action.reason == NOT_SUPPLIED:
        return
    more = "…" if action.findings > len(action.codes) else ""
    for line in wrapped(" ".join(action.codes) + more, 70):
        say(f"        {line}")


def _due(action: "Action") -> str:
    if action.due is None or action.days_left is None:
        return ""
    if action.days_left < 0:
        return "  " + _("最早应于 %(day)s 前完成，已过 %(n)d 天") % {"day": action.due.isoformat(), "n": -action.days_left}
    return "  " + _("最早应于 %(day)s 前完成，还剩 %(n)d 天") % {"day": action.due.isoformat(), "n": action.days_left}


def _types(types: "tuple[TypeFix, ...]") -> None:
    if types:
        say()
        say(f"■ {_('按户型看要减多少')}")
    for one in types:
        for number, line in enumerate(wrapped(f"{one.title}：{one.said}" if lang() == "zh" else f"{one.title}: {one.said}", 74)):
            say(("  " if number == 0 else "      ") + line)


def say_fix(fix: "FixShown | None") -> None:
    """Print the smallest fix of a traced verdict."""
    if fix is None:
        return
    said = _("期限：%(said)s") if fix.due else _("最小整改：%(said)s") if fix.feasible else _("单改这个数不能合规，还有别的问题：%(said)s")
    say()
    for line in wrapped(said % {"said": fix.said}, 76):
        say("  " + line)


def say_alike(alike: "Likenesses | None") -> None:
    """Print the look-alikes of a traced verdict, those with the same finding first."""
    if alike is None:
        return
    for title, rows in ((_("举一反三：同样的问题"), alike.failing), (_("举一反三：情况相近，没有同样的问题"), alike.others)):
        if rows:
            say()
            say("  " + title)
        for row in rows:
            _alike(row)


def _alike(row: "AlikeShown") -> None:
    from checks.verdict import Outcome

    found = Outcome.by_id(row.outcome) if row.outcome else None
    word = f"[{found.zh if lang() == 'zh' else found.en}] " if found else ""
    reasons = ("；" if lang() == "zh" else "; ").join(row.reasons)
    for number, line in enumerate(wrapped(f"{word}{row.code} {row.name}  {reasons}", 72)):
        say(("    " if number == 0 else "        ") + line)
