"""`relocation ledger …` around the entries: lists in, likenesses, months, the workbook out and back, a county's working days."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.ledger import JSON, ledger
from relocation.cli.office import common, now, opened, today
from relocation.cli.speaking import _, lang, say, say_json, table, wrapped
from relocation.cli.taking_out import note_export
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service import Refusal

COUNTY = click.option("--county", metavar="ADCODE", required=True, help=N_("六位县代码"))
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
PAIRS_PRINTED = 30


@ledger.command(name="import", help=N_("把上级的问题清单登记入台账，同一份清单两次不会多出条目"))
@FILE
@COUNTY
@click.option("--tier", metavar="national|provincial|municipal|county", required=True, help=N_("哪一级发的"))
@click.option("--list", "name", default="", metavar="NAME", help=N_("清单名称，不写就用表里的标题"))
@click.option("--dry-run", is_flag=True, help=N_("只看会登记什么，不保存"))
@JSON
@common
def import_(file: Path, county: str, tier: str, name: str, dry_run: bool, as_json: bool) -> int:
    """Bring a list into the ledger; 1 when rows were refused."""
    from relocation.service.rectification.lists import bring_list

    with opened() as store:
        report = bring_list(store, file, county=county, tier=tier, name=name, now=now(), dry_run=dry_run)
    if as_json:
        say_json(report.json(lang()))
        return 1 if report.refused else 0
    facts = {"list": report.name, "read": report.read, "added": len(report.added), "known": report.known, "refused": report.refused}
    say(_("%(list)s：读到 %(read)s 条，新增 %(added)s 条，已有 %(known)s 条，不接受 %(refused)s 条") % facts + ("" if report.stored else _("（没有保存）")))
    _say_refusals(report.refusals)
    for note in report.notes:
        say("  " + note.text(lang()))
    return 1 if report.refused else 0


@ledger.command(help=N_("列出可能是同一问题的条目，对账，或答复一对"))
@COUNTY
@click.option("--answer", nargs=3, metavar="NUMBER NUMBER same|different|apart", help=N_("答复一对：同一问题、不是、撤回"))
@click.option("--why", default="", metavar="TEXT", help=N_("说明"))
@JSON
@common
def same(county: str, answer: tuple[str, str, str] | None, why: str, as_json: bool) -> int:
    """Print what may be one problem and how the lists add up, or take an answer."""
    from relocation.service.rectification import merging

    with opened() as store:
        if answer:
            root = merging.answer(store, *answer, now=now(), why=why)
            say(_("记下了，由 %(id)s 代表办理") % {"id": root.id})
            return 0
        pairs, sums = merging.pairs(store, county), merging.reconciliation(store, county)
    if as_json:
        say_json({"pairs": [pair.json() for pair in pairs], "reconciliation": sums.json()})
        return 0 if sums.holds else 1
    for pair in pairs[:PAIRS_PRINTED]:
        say(f"{pair.points:>3}  {pair.one.id} · {pair.other.id}  {' '.join(reason.kind for reason in pair.reasons)}")
        for one in (pair.one, pair.other):
            for line in wrapped(one.text, 72):
                say("     " + line)
    rows = [(one.tier.zh if lang() == "zh" else one.tier.en, one.name, str(one.items), str(one.roots), str(one.merged)) for one in sums.lists]
    rows.append((_("合计"), "", str(sums.items), str(sums.problems), str(sums.merged)))
    for line in table(rows, [_("来源"), _("清单"), _("条目"), _("独立问题"), _("重复")], (2, 3, 4)):
        say(line)
    say(
        _("对得上：%(items)s = %(problems)s + %(merged)s") % {"items": sums.items, "problems": sums.problems, "merged": sums.merged}
        if sums.holds
        else _("对不上")
    )
    return 0 if sums.holds else 1


@ledger.command(help=N_("月末定格：把台账按这个月最后一天的状态定下来；不写 --month 就列出已定格的月份"))
@COUNTY
@click.option("--month", metavar="YYYY-MM", help=N_("哪个月，如 2019-12"))
@click.option("--by", default="tier", metavar="tier|unit|category", help=N_("逐月对照按什么分组"))
@JSON
@common
def snapshot(county: str, month: str | None, by: str, as_json: bool) -> int:
    """Freeze a month, and print what came and went in each frozen month."""
    from relocation.service.rectification import months

    with opened() as store:
        if month:
            months.freeze(store, county, month, now=now())
        tables = list(months.tables(store, county, by))
    if as_json:
        say_json([one.json() for one in tables])
    else:
        for one in tables:
            say(f"{one.month.month}  {one.month.as_of.isoformat()}  {one.month.sha256[:16]}" + ("" if one.intact else "  " + _("定格后的内容被改动过！")))
            names = ("carried", "opened", "moved", "closed", "left", "overdue")
            rows = [(line.group, *(str(getattr(line, name)) for name in names)) for line in one.lines]
            rows.append((_("合计"), *(str(getattr(one.whole, name)) for name in names)))
            for line in table(rows, ["", _("上月未了结"), _("新增"), _("调入"), _("了结"), _("本月未了结"), _("逾期")], range(1, 7)):
                say(line)
    return 0 if all(one.holds and one.intact for one in tables) else 1


@ledger.command(help=N_("写出台账表（.xlsx），可上报、打印，改好后用 bring 读回"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--tier", metavar="ID", help=N_("来源：national、provincial、municipal、county、check、by-hand"))
@click.option("--state", multiple=True, metavar="ID", help=N_("状态，如 open、assigned、submitted，可写几次"))
@click.option("-o", "out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE.xlsx", help=N_("写到哪个文件"))
@common
def export(county: str | None, tier: str | None, state: tuple[str, ...], out: Path) -> int:
    """Write the workbook."""
    from relocation.service.rectification import listing, workbook

    with opened() as store:
        wanted = {"county": county, "tier": tier, "state": state}
        out.write_bytes(workbook.export(store, lang(), day=today(), county=county, tier=tier, state=state))
        note_export(store, "ledger.xlsx", listing.entries(store, lang(), day=today(), limit=1, county=county, tier=tier, state=state).total, wanted)
    say(_("已写出 %(path)s") % {"path": out})
    return 0


@ledger.command(help=N_("读回改好的台账表；先用 --dry-run 看会改什么"))
@FILE
@click.option("--dry-run", is_flag=True, help=N_("只看会改什么，不保存"))
@click.option("--row", "rows", type=int, multiple=True, metavar="N", help=N_("只接受表里的这些行，可写几次；有冲突的行只有写明才接受"))
@JSON
@common
def bring(file: Path, dry_run: bool, rows: tuple[int, ...], as_json: bool) -> int:
    """Bring the workbook back; 1 when rows were refused, in conflict, or late."""
    from relocation.ledger.returning import Outcome
    from relocation.service.rectification import workbook

    with opened() as store:
        report = workbook.look(store, file, now=now()) if dry_run else workbook.bring(store, file, rows=rows or None, now=now())
    left = bool(report.refusals or report.late or (report.counts["conflict"] and not rows))
    if as_json:
        say_json(report.json(lang()))
        return 1 if left else 0
    say("，".join(f"{one.zh if lang() == 'zh' else one.en} {report.counts[one.id]}" for one in Outcome) + ("" if report.stored else _("（没有保存）")))
    for answer in report.answers:
        for change in answer.changes if answer.outcome in workbook.WORKED_ON else ():
            say(
                f"  {answer.line.row:>4}  {answer.line.id or _('新问题')}  {change.column}: {change.here or '—'} → {change.there or '—'}"
                + (" !" if change.moved else "")
            )
    _say_refusals(report.refusals)
    if report.stored:
        say(_("已改动 %(n)s 行") % {"n": len(report.done)})
    return 1 if left else 0


def _say_refusals(refusals: "tuple[Refusal, ...]") -> None:
    for one in refusals:
        say(f"  {one.cell or one.sheet or one.file}: {one.reason(lang())} {one.mend(lang())}")


@ledger.command(help=N_("本县的节假日表：公布一份（CSV），或列出依据"))
@COUNTY
@click.option("--publish", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv", help=N_("公布这份表"))
@click.option("--reason", default="", metavar="TEXT", help=N_("理由"))
@JSON
@common
def workdays(county: str, publish: Path | None, reason: str, as_json: bool) -> int:
    """Publish a county's table of holidays, or print the notices deadlines are counted by."""
    from relocation.service import workdays as calendars

    with opened() as store:
        text = publish.read_text("utf-8-sig") if publish else ""
        calendar = calendars.publish(store, county, text, reason, now=now()) if publish else calendars.county_calendar(store, county)
    if as_json:
        say_json({str(year): list(notices) for year, notices in calendar.notices.items()})
        return 0
    for year, notices in calendar.notices.items():
        say(f"{year}  {'、'.join(notices)}")
    return 0
