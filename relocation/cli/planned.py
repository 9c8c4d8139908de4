"""What is done with a plan of visits that is kept: shown, taken along as a sheet and as dossiers, and its results brought back in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.office import common, now, opened
from relocation.cli.speaking import _, gap, lang, say, say_json, table, wrapped
from relocation.cli.taking_out import note_export
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service import Store

PLAN = click.argument("plan", metavar="ADCODE-N")
JSON = click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
SHOWN = 20
"""So many refused cells are printed; the JSON has all."""
SCORES = {
    "in_order": N_("与登记相符的户"), "lived_in": N_("实际居住的户"), "four_meet": N_("做到四见面的户"), "signed": N_("有签字的户"),
    "area-a-person": N_("实测面积每核定人口（平方米）"), "measured-to-register": N_("实测面积与登记面积之比"),
}  # fmt: skip


@click.command(help=N_("列出走访计划"))
@JSON
@common
def plans(as_json: bool) -> int:
    """List the plans."""
    from relocation.service.visiting import telling

    with opened() as store:
        found = telling.listed_json(store)
    if as_json:
        say_json(found)
        return 0
    rows = [[one["id"], f"{one['size']} / {one['frame']}", one["at"][:10], one["name"]] for one in found]
    for line in table(rows, [_("编号"), _("户数"), _("日期"), _("名称")], right=(1,)) if rows else [_("还没有走访计划。")]:
        say(line)
    return 0


@click.command(help=N_("走访计划：每天走访哪些户，结果和全县得分"))
@PLAN
@JSON
@common
def show(plan: str, as_json: bool) -> int:
    """Show a plan with its days, its results and the county's score."""
    from relocation.service.visiting import planning, telling

    with opened() as store:
        told = telling.plan_json(store, *planning.numbered(plan))
    if as_json:
        say_json(told)
        return 0
    say(f"{told['id']}  {told['name']}")
    rows = [_stop(one) for one in told["households"]]
    for line in table(rows, [_("天"), _("顺序"), _("户编号"), _("距上一户"), _("近期走访"), _("乡镇")], right=(0, 1, 3)):
        say(line)
    for one in told["scores"]:
        say(f"  {_(SCORES[one['id']])}{_('：')}{_score(one)}")
    return 0


def _stop(one: dict[str, Any]) -> list[str]:
    from checks.sentence import distance
    from relocation.cli.sampling import asker

    before = one["earlier"]
    far = "—" if one["leg_m"] is None else distance(one["leg_m"], lang())
    return [str(one["day"]), str(one["place"]), one["code"], far, f"{before['on']} {asker(before['by'])}" if before else "", one["township"]]


def _score(one: dict[str, Any]) -> str:
    if one["value"] is None:
        return _("缺资料")
    times, sign, form = (100, " %", ".1f") if one["unit"] == "share" else (1, "", ".3f")
    value = f"{format(one['value'] * times, form)}{sign}"
    if one["low"] is None:
        return value + "  " + _("结果太少，算不出区间")
    return f"{value}  95 %: {format(one['low'] * times, form)}–{format(one['high'] * times, form)}{sign}"


@click.command(help=N_("走访表：填好后用 results 读回"))
@PLAN
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE.xlsx")
@common
def sheet(plan: str, out: Path) -> int:
    """Write a plan's visiting sheet."""
    from relocation.service.visiting import planning, results

    _named(out, ".xlsx", _("走访表写成 Excel 文件，文件名要以 .xlsx 结尾"))
    with opened() as store:
        county, number = planning.numbered(plan)
        _given(store, out, results.sheet(store, county, number, lang()), "visits.xlsx", (county, number))
    return 0


@click.command(help=N_("走访档案：一户一页"))
@PLAN
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE.pdf")
@common
def dossiers(plan: str, out: Path) -> int:
    """Write a plan's dossiers, a page a household."""
    from relocation.service.visiting import dossiers as made
    from relocation.service.visiting import planning

    _named(out, ".pdf", _("走访档案写成 PDF 文件，文件名要以 .pdf 结尾"))
    with opened() as store:
        county, number = planning.numbered(plan)
        _given(store, out, made.pdf(store, county, number, lang()), "dossiers.pdf", (county, number))
    return 0


@click.command(help=N_("读回填好的走访表；读不懂的格逐个指出"))
@PLAN
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("只看会怎样，不保存"))
@JSON
@common
def results(plan: str, file: Path, dry_run: bool, as_json: bool) -> int:
    """Take in a visiting sheet that came back; 1 when cells were refused."""
    from relocation.service.visiting import planning, telling
    from relocation.service.visiting import results as back

    with opened() as store:
        report = (back.look if dry_run else back.bring)(store, *planning.numbered(plan), file, now=now())
    if as_json:
        say_json(telling.results_json(report, lang()))
    else:
        numbers = {"file": report.file, "n": len(report.found), "same": report.same, "blank": report.blank, "refused": len(report.refusals)}
        say(_("%(file)s：走访结果 %(n)s 户，已有 %(same)s 户，空行 %(blank)s，不接受 %(refused)s 处") % numbers + ("" if report.stored else _("（没有保存）")))
        _refused(report.refusals)
    return 1 if report.refusals else 0


@click.command(help=N_("读入其他单位走访过的户，以后抽样先避让"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--county", required=True, metavar="ADCODE", help=N_("哪个县"))
@JSON
@common
def known(file: Path, county: str, as_json: bool) -> int:
    """Take in another body's list of visits; 1 when rows were refused."""
    from relocation.service.visiting import elsewhere, telling

    with opened() as store:
        report = elsewhere.bring(store, county, file, now=now())
    if as_json:
        say_json(telling.elsewhere_json(report, lang()))
    else:
        numbers = {"file": report.file, "n": report.added, "same": report.same, "refused": len(report.refusals)}
        say(_("%(file)s：新增 %(n)s 次走访，已有 %(same)s 次，不接受 %(refused)s 处") % numbers)
        _refused(report.refusals)
    return 1 if report.refusals else 0


def _named(out: Path, suffix: str, said: str) -> None:
    if out.suffix.lower() != suffix:
        raise click.UsageError(said)


def _given(store: "Store", out: Path, made: bytes, what: str, plan: tuple[str, int]) -> None:
    """Write a file whole, and note that it leaves the office."""
    from relocation.service.visiting import planning
    from relocation.service.writing import write_whole

    write_whole(out, [made])
    note_export(store, what, planning.plan(store, *plan).size, {"county": plan[0], "plan": f"{plan[0]}-{plan[1]}"})
    say(_("已写入 %(path)s") % {"path": out})


def _refused(refusals: Sequence[Any]) -> None:
    for one in refusals[:SHOWN]:
        where = " ".join(part for part in (one.sheet, one.cell) if part)
        for number, line in enumerate(wrapped(f"{where}: {one.reason(lang())}{gap()}{one.mend(lang())}", 76)):
            say(("  " if number == 0 else "    ") + line)
    if len(refusals) > SHOWN:
        say("  " + _("另有 %(n)d 条，用 --json 查看全部") % {"n": len(refusals) - SHOWN})
