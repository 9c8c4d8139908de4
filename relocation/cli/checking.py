"""`relocation checks`, `check`, `findings`, `explain`: what is checked, what was found, and why."""

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checks.vocabulary import LEDGERS
from relocation.cli.law import STALE, shown_parameter, stale_note
from relocation.cli.office import common, now, opened, today
from relocation.cli.speaking import _, columns, complain, fitted, lang, say, say_json, say_raw, table, wrapped
from relocation.cli.taking_out import note_export
from relocation.words import N_

if TYPE_CHECKING:
    from checks.finding import Finding
    from relocation.service.explaining import Explanation, Trace
    from relocation.service.tracing import Node

OUTCOMES = ("fail", "review", "no-data", "pass", "not-applicable")
SHOWN = 200
"""So many findings are printed as a table; the other formats give all."""

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(help=N_("有哪些核查项"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def checks(as_json: bool) -> int:
    """List the checks."""
    from relocation.service.registers import check_list

    rows = check_list(lang(), today())
    if as_json:
        say_json([row.json() for row in rows])
    else:
        for line in table([(row.id, row.family, f"{STALE} {row.title}" if row.stale else row.title) for row in rows], (_("核查项"), _("类别"), _("名称"))):
            say(line)
        if any(row.stale for row in rows):
            say(stale_note())
    return 0


@click.command(help=N_("对已导入的台账运行核查"))
@click.option("--county", metavar="ADCODE", help=N_("只查一个县"))
@click.option("--as-of", type=DAY, metavar="DATE", help=N_("以哪一天为准，默认今天"))
@click.option("--only", multiple=True, metavar="ID", help=N_("只运行这些核查项，可重复"))
@click.option("--all", "every", is_flag=True, help=N_("JSON 里也列出合规的搬迁户"))
@click.option("--with", "supposed", multiple=True, metavar="NAME=AMOUNT", help=N_("假设规定里的一个数是多少，看谁会变；不保存，可重复"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def check(county: str | None, as_of: datetime | None, only: tuple[str, ...], every: bool, supposed: tuple[str, ...], as_json: bool) -> int:
    """Run the checks; 1 when anything fails."""
    if supposed:
        from relocation.cli.supposing import suppose

        return suppose(supposed, as_of.date() if as_of else today(), county, as_json)
    from relocation.service import checking
    from relocation.service.findings import finding_json
    from relocation.service.lawbook import instruments

    day = as_of.date() if as_of else today()
    ids = [id for one in only for id in one.split(",") if id]
    with opened() as store:
        if not checking.has_records(store, county):
            complain(_("还没有台账，没有可查的；请先用 relocation import 导入。"))
        report = checking.check(store, as_of=day, now=now(), county=county, only=ids)
        if as_json:
            register = instruments(store)
            found = [finding_json(finding, lang(), register) for finding in checking.found_now(store, as_of=day, county=county, only=ids, every=every)]
            moved = {"new": report.new, "still": report.still, "gone": report.gone, "back": report.back}
            say_json({"as_of": day.isoformat(), "counts": report.counts, "findings": found, **moved})
        else:
            _totals(report.counts)
            say(_("以 %(day)s 为准。新增 %(new)d 条，仍在 %(still)d 条，消失 %(gone)d 条，再现 %(back)d 条。")
                % {"day": day.isoformat(), "new": report.new, "still": report.still, "gone": report.gone, "back": report.back})  # fmt: skip
    return 1 if any(numbers.get("fail") for numbers in report.counts.values()) else 0


def _totals(counts: Any) -> None:
    from checks.verdict import Outcome
    from relocation.service.registers import check_list

    titles = {row.id: row.title for row in check_list(lang())}
    names = [Outcome.by_id(id) for id in OUTCOMES]
    headings = [_("核查项"), *(outcome.zh if lang() == "zh" else outcome.en for outcome in names)]
    width = 80 - sum(columns(heading) + 2 for heading in headings[1:])
    for line in table(
        [(fitted(titles[id], width).rstrip(), *(str(numbers[one]) for one in OUTCOMES)) for id, numbers in counts.items()], headings, range(1, 6)
    ):
        say(line)


@click.command(help=N_("列出核查结果"))
@click.option("--outcome", multiple=True, type=click.Choice(OUTCOMES), help=N_("只要这种结果，可重复"))
@click.option("--check", multiple=True, metavar="ID", help=N_("只要这个核查项，可重复"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--kind", type=click.Choice([*(kind.id for kind in LEDGERS.values()), "county", "township", "area"]), help=N_("只要这种对象"))
@click.option("--subject", metavar="CODE", help=N_("只要这个编码"))
@click.option("--township", help=N_("只要这个乡镇"))
@click.option("--text", help=N_("名称或编码里含这些字"))
@click.option("--all", "every", is_flag=True, help=N_("也列出合规的搬迁户"))
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "xlsx", "geojson"]), default=None, help=N_("格式，默认 table"))
@click.option("--json", "as_json", is_flag=True, help=N_("同 --format json"))
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("写入文件"))
@common
def findings(form: str | None, as_json: bool, out: Path | None, **filters: Any) -> int:
    """List the findings kept; 1 when any of them fails."""
    from relocation.service.exporting import FORMATS, export, write
    from relocation.service.findings import any_fails, wanted_findings
    from relocation.service.outside import left_out

    form = "json" if as_json else form or (out.suffix[1:] if out and out.suffix[1:] in FORMATS else "table")
    if (out and form == "table") or (form == "xlsx" and not out):
        raise click.UsageError(_("写入文件请用 --format json、csv、xlsx 或 geojson，xlsx 须用 -o 写明文件名"))
    with opened() as store:
        if out:
            number = export(store, form, out, lang(), **filters)
            note_export(store, f"findings.{form}", number, filters)
            say(_("%(n)d 条结果已写入 %(path)s") % {"n": number, "path": out})
        elif form == "table":
            _listed(store, filters)
        else:
            made = io.BytesIO()
            number = write(store, form, made, lang(), wanted_findings(**filters))
            say_raw(made.getvalue(), escaped=form != "csv")
            note_export(store, f"findings.{form}", number, filters)
        if number := left_out(store, wanted_findings(**filters)):
            complain(_("合规的搬迁户只计数（%(n)d 户次），没有列出；加 --all 列出。") % {"n": number})
        return 1 if any_fails(store, **filters) else 0


def _listed(store: Any, filters: dict[str, Any]) -> None:
    from relocation.service.findings import findings as page_of
    from relocation.service.findings import sentence
    from relocation.service.lawbook import instruments

    page, register = page_of(store, **filters, limit=SHOWN), instruments(store)
    for finding in page.findings:
        _one(finding, sentence(finding, lang(), register))
    if not page.findings:
        say(_("没有符合条件的结果"))
    if page.after:
        say(_("只列出前 %(n)d 条；用 -o 文件.xlsx 导出全部") % {"n": SHOWN})


def _one(finding: "Finding", said: str) -> None:
    word = finding.outcome.zh if lang() == "zh" else finding.outcome.en
    say(f"[{word}] {finding.check} {finding.subject}")
    for line in wrapped(said, 76):
        say(f"    {line}")


@click.command(help=N_("解释核查项，或追溯一条结果：explain living-area:编码"))
@click.argument("what", metavar="CHECK|CHECK:SUBJECT")
@click.option("--like", type=click.IntRange(0, 100), default=0, metavar="N", help=N_("举一反三：列出最相近的 N 条"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def explain(what: str, like: int, as_json: bool) -> int:
    """Print a rule's page, or one verdict traced to value, law and source."""
    from relocation.cli.reporting import say_alike, say_fix
    from relocation.service import explaining, resembling
    from relocation.service.lawbook import instruments

    with opened() as store:
        shown = explaining.explain(store, what, lang(), today())
        document = shown.json(lang(), instruments(store)) if as_json else {}
        found = [trace.finding for trace in shown.traces]
        if like and as_json:
            document = resembling.with_alike(store, document, found, lang(), like)
        alike = [resembling.alike(store, finding, lang(), like) if like and not as_json else None for finding in found]
    if as_json:
        say_json(document)
        return 0
    say(f"{shown.title}（{shown.check}）" if lang() == "zh" else f"{shown.title} ({shown.check})")
    if shown.traces:
        for trace, others in zip(shown.traces, alike, strict=True):
            _traced(trace)
            say_fix(trace.fix)
            say_alike(others)
    else:
        _page(shown)
    return 0


def _page(shown: "Explanation") -> None:
    if lang() == "zh":  # the English page begins with its question
        say(shown.question)
    for paragraph in shown.page.split("\n\n"):
        say()
        for line in wrapped(" ".join(paragraph.split()), 78):
            say(line)
    say()
    for line in wrapped(f"{_('怎么办')}{_('：')}{shown.remedy}", 78):
        say(line)
    say(f"{_('责任部门')}{_('：')}{shown.office}")
    for parameter in shown.parameters:
        say()
        shown_parameter(parameter)
    if shown.cases:
        say()
        say(_("算例"))
        for case in shown.cases:
            for number, line in enumerate(wrapped(f"{case.title[lang()]} → {_outcome(case.expect.get('outcome', ''))}", 74)):
                say(("  " if number == 0 else "      ") + line)


def _outcome(id: str) -> str:
    from checks.verdict import Outcome

    return (Outcome.by_id(id).zh if lang() == "zh" else Outcome.by_id(id).en) if id else ""


def _traced(trace: "Trace") -> None:
    say()
    _one(trace.finding, trace.sentence)
    say()
    _branch(trace.tree, 0)


def _branch(node: "Node", depth: int) -> None:
    value = f"{node.value} {node.unit}".strip()
    said = f"{node.label}{_('：')}{value}" if value else node.label
    margin = "  " * depth
    for number, line in enumerate(wrapped(said, 76 - len(margin))):
        say(f"{margin}{'- ' if number == 0 else '  '}{line}")
    for child in node.children:
        _branch(child, depth + 1)
