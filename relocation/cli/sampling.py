"""`relocation sample`: a reproducible sample of households to visit, with chances and weights; kept as a plan when it is given a name.

What is done with a kept plan stands below it: `relocation sample sheet|dossiers|results|show|plans|known`.
"""

from typing import Any

import click

from relocation.cli import planned
from relocation.cli.office import common, now, opened, today
from relocation.cli.speaking import _, complain, lang, say, say_json, table
from relocation.words import N_


@click.group(help=N_("抽样到户，不写 --keep 不保存"), invoke_without_command=True)
@click.option("--size", type=int, metavar="N", help=N_("抽多少户"))
@click.option("--precision", type=float, metavar="D", help=N_("或按精度定户数：0.05 表示比例误差正负 5 个百分点（95% 置信）"))
@click.option("--seed", metavar="S", help=N_("随机种子，最好事先公开说定"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--township", default="", metavar="NAME", help=N_("只要一个乡镇"))
@click.option("--by-risk", is_flag=True, help=N_("按风险多分一些（Neyman）；默认按户数比例"))
@click.option("--certain", type=int, metavar="K", help=N_("问题最重的几户必查；默认至多样本的十分之一"))
@click.option("--respect", "respected_days", type=int, default=180, show_default=True, metavar="DAYS", help=N_("避让多少天内已走访的户"))
@click.option("--again", is_flag=True, help=N_("近期走访过的户也可以抽，逐户注明"))
@click.option("--keep", metavar="NAME", help=N_("存为走访计划，起个名称"))
@click.option("--a-day", type=int, default=8, show_default=True, metavar="N", help=N_("计划里每天走访几户"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
@click.pass_context
def sample(
    context: click.Context,
    size: int | None,
    precision: float | None,
    seed: str | None,
    county: str | None,
    township: str,
    by_risk: bool,
    certain: int | None,
    respected_days: int,
    again: bool,
    keep: str | None,
    a_day: int,
    as_json: bool,
) -> int:
    """Draw a sample, where nothing is to be done with a plan that is kept."""
    if context.invoked_subcommand:
        return 0
    if seed is None:
        raise click.UsageError(_("要写明随机种子：--seed S"))
    from relocation.service.visiting import planning
    from relocation.service.visiting.picking import Wish, pick
    from relocation.visits.sampling import Allocation

    allocation = Allocation.RISK if by_risk else Allocation.PROPORTIONAL
    wish = Wish(seed, size, precision, county, township, allocation, certain, again, respected_days)
    with opened() as store:
        picked = pick(store, wish, today())
        plan = planning.make(store, wish, name=keep, a_day=a_day, now=now()) if keep is not None else None
    document = picked.json()
    if as_json:
        say_json({**document, "plan": plan.id if plan else None})
        return 0
    _households(document["households"])
    told = {"size": document["size"], "frame": document["frame"], "certain": document["certain"], "by": allocation.en if lang() == "en" else allocation.zh}
    say(_("共抽 %(size)s 户，可抽的有 %(frame)s 户，其中必查 %(certain)s 户；分配：%(by)s。") % told)
    _asked_before(document["households"])
    if document["left_out_count"]:
        complain(_("另有 %(n)s 户近期已有走访，没有放进抽样；结果不能代表它们。") % {"n": document["left_out_count"]})
    if plan:
        say(_("已存为走访计划 %(id)s。") % {"id": plan.id})
    return 0


def _households(households: list[dict[str, Any]]) -> None:
    from relocation.visits.unit import Risk

    risks = {risk.id: risk.word(lang()) for risk in Risk}
    rows = [
        [one["county"], one["code"], one["township"], risks.get(one["risk"], one["risk"]), f"{one['probability']:.4f}", f"{one['weight']:.2f}"]
        for one in households
    ]
    for line in table(rows, [_("县"), _("户编号"), _("乡镇"), _("风险"), _("入样概率"), _("权重")], right=(4, 5)):
        say(line)


def _asked_before(households: list[dict[str, Any]]) -> None:
    """Say of each household that is asked again when and by whom it was asked: nobody is asked twice without a word."""
    again = [(one["code"], one["asked_before"]) for one in households if one["asked_before"]]
    if again:
        complain(_("其中 %(n)s 户近期已有走访：") % {"n": len(again)})
    for code, before in again:
        complain("  " + _("%(code)s：%(on)s，%(by)s") % {"code": code, "on": before["on"], "by": asker(before["by"])})


def asker(by: str) -> str:
    """Return who asked a household: another body, or a plan of this program."""
    return _("本系统走访计划 %(id)s") % {"id": by[1:]} if by.startswith("#") else by


for _command in (planned.plans, planned.show, planned.sheet, planned.dossiers, planned.results, planned.known):
    sample.add_command(_command)
