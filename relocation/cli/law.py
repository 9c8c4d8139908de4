"""`relocation law …`: the values in force, and a county's own: shown, previewed, published, their history."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.office import common, now, opened, today
from relocation.cli.speaking import _, complain, gap, lang, say, say_json, table, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.comparing import CheckChange
    from relocation.service.explaining import ParameterShown, ValueShown
    from relocation.service.lawbook import LawRefused

EXAMPLES_PRINTED = 10
STALE = "※"

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help=N_("规定：现行数值，以及各县自己的数值（预览、发布、版本）"))
@common
def law() -> None:
    """The law and the counties' own values."""


@law.command(help=N_("列出现行数值；写明县代码时给出该县的文本"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县自己的文本（YAML）"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def show(county: str | None, as_json: bool) -> int:
    """Print every parameter with its values, or a county's own text."""
    from relocation.service import lawbook, lawlisting
    from relocation.service.explaining import parameter_json

    with opened() as store:
        if county:
            text = lawbook.text_of(store, county)
            if as_json:
                say_json({"place": county, "yaml": text})
            else:
                say(text.rstrip())
            return 0
        every = lawlisting.law(store, lang(), today())
    if as_json:
        say_json([{"check": one.check, "family": one.family, "parameters": [parameter_json(parameter) for parameter in one.parameters]} for one in every])
        return 0
    for one in every:
        say(f"{one.title}（{one.check}）" if lang() == "zh" else f"{one.title} ({one.check})")
        for parameter in one.parameters:
            shown_parameter(parameter, "  ")
        say()
    if any(one.stale for one in every):
        say(stale_note())
    return 0


def stale_note() -> str:
    """Return what the sign before a value means."""
    return f"{STALE} " + _("已过复核日期，请核对是否仍然有效")


def shown_parameter(parameter: "ParameterShown", margin: str = "") -> None:
    """Print a parameter and its values, each with its source and, once it is due for review, a sign."""
    unit = f"（{parameter.unit}）" if parameter.unit and lang() == "zh" else f" ({parameter.unit})" if parameter.unit else ""
    for line in wrapped(f"{parameter.title}{unit} {parameter.name}", 78 - len(margin)):
        say(margin + line)
    for value in parameter.values:
        for number, line in enumerate(wrapped(_value_line(value), 72 - len(margin))):
            say(margin + ("  " if number == 0 else "      ") + line)


def _place(code: str) -> str:
    from checks.policy import NATIONAL, PROJECT

    return _("全国") if code == NATIONAL else f"{_('单个安置点')} {code}" if PROJECT in code else code


def _value_line(value: "ValueShown") -> str:
    amount = _("不再有规定") if value.amount is None else f"{value.amount:,g}"
    source = f"{value.instrument.title} {value.instrument.number} {value.clause}".replace("  ", " ").strip()
    due = f"  {STALE} " + _("应在 %(day)s 前复核") % {"day": value.review_by} if value.stale else ""
    since = f"{value.since}{_('（起始日没有查到，按这一天算）') if value.first_day_assumed else ''}"
    return f"{since}  {amount}  [{value.standing_text}] {_place(value.place)}  {source}{due}"


@law.command(help=N_("预览：发布这份文本会改变哪些结果；什么也不保存"))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--as-of", type=DAY, metavar="DATE", help=N_("以哪一天为准，默认今天"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def preview(file: Path, as_of: datetime | None, as_json: bool) -> int:
    """Print what publishing a county's text would alter."""
    from relocation.service import lawbook

    with opened() as store:
        try:
            shown = lawbook.preview(store, lawbook.text_at(file), as_of.date() if as_of else today())
        except lawbook.LawRefused as refused:
            return _refused(refused, as_json)
        if as_json:
            say_json(shown.json(store, lang()))
        else:
            say(_("%(place)s：发布后 %(n)d 个结果会变。什么也没有保存。") % {"place": f"{shown.name} {shown.place}".strip(), "n": shown.total})
            for change in shown.changed:
                changes(change, shown.register(store))
    return 0


def changes(change: "CheckChange", register: Any) -> None:
    """Print what another law changes for one check: counts, then the first subjects with both sentences."""
    from checks.verdict import Outcome
    from relocation.service.judging import known

    check = known(change.check)
    say()
    told = _("%(title)s（%(check)s）：%(n)d 个结果会变，共 %(all)d 个") % {
        "title": check.title(lang()),
        "check": check.id,
        "n": change.total,
        "all": change.judged,
    }
    for line in wrapped(told, 78):
        say(line)
    words = {outcome.id: outcome.zh if lang() == "zh" else outcome.en for outcome in Outcome}
    if change.moved:
        rows = [(words[was], "->", words[becomes], f"{number:,}") for (was, becomes), number in change.moved.items()]
        for line in table(rows, (_("现在"), "", _("改后"), _("数量")), (3,)):
            say("  " + line)
    for one in change.changed[:EXAMPLES_PRINTED]:
        say(f"  [{words[one.before.outcome.id]} -> {words[one.after.outcome.id]}] {one.after.subject}")
        for word, finding in ((_("现在："), one.before), (_("改后："), one.after)):
            for line in wrapped(word + check.sentence(finding, lang(), register), 72):
                say("      " + line)
    if change.total > EXAMPLES_PRINTED:
        say("  " + _("以上只列出 %(n)d 个；--json 给出更多") % {"n": min(EXAMPLES_PRINTED, len(change.changed))})


@law.command(help=N_("发布：成为该县的新版本"))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--reason", default="", help=N_("为什么改（必填）"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def publish(file: Path, reason: str, as_json: bool) -> int:
    """Publish a county's text."""
    from relocation.service import lawbook

    with opened() as store:
        try:
            version = lawbook.publish(store, lawbook.text_at(file), reason, now())
        except lawbook.LawRefused as refused:
            return _refused(refused, as_json)
    if as_json:
        say_json(_version_json(version))
    else:
        say(_("已发布：%(place)s 第 %(id)d 版。请运行 relocation check 重新核查。") % {"place": version.place, "id": version.id})
    return 0


@law.command(help=N_("各县已发布的版本"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def history(county: str | None, as_json: bool) -> int:
    """List the published versions, the latest first."""
    from relocation.service import lawbook

    with opened() as store:
        found = lawbook.history(store, county)
    if as_json:
        say_json([_version_json(one) for one in found])
    elif found:
        rows = [(str(one.id), one.place, f"{one.published_at.astimezone():%Y-%m-%d %H:%M}", one.reason) for one in found]
        for line in table(rows, (_("版本"), _("县"), _("发布时间"), _("理由"))):
            say(line)
    else:
        say(_("还没有哪个县发布过自己的数值"))
    return 0


def _version_json(version: Any) -> dict[str, Any]:
    return {
        "id": version.id,
        "place": version.place,
        "reason": version.reason,
        "published_at": version.published_at.isoformat(),
        "sha256": version.sha256,
        "previous": version.previous,
    }


def _refused(refused: "LawRefused", as_json: bool) -> int:
    if as_json:
        say_json({"refusals": [one.json(lang()) for one in refused.refusals]})
        return 2
    for one in refused.refusals:
        where = _("第 %(line)d 行") % {"line": one.line} if one.line else ""
        complain(" ".join(part for part in (where, one.where) if part) + _("：") + one.reason(lang()) + gap() + one.mend(lang()))
    return 2
