"""`relocation evidence …`: files attached as proof, what they are worth, and one taken back."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, now, opened
from relocation.cli.speaking import _, complain, lang, say, say_json, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.evidence.showing import Shown

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help=N_("佐证材料：添加照片和文件、列出并核对、撤回"))
@common
def evidence() -> None:
    """The evidence on record."""


@evidence.command(help=N_("把文件附在安置点、搬迁户、核查结果或整改条目上，并当场核对"))
@click.argument("subject")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", required=True, metavar="KIND", help=N_("材料种类：minutes notice work-log before after contract payment photo other"))
@click.option("--to", "subject_kind", default="household", metavar="KIND", help=N_("附在哪类对象上：site household finding entry；默认 household"))
@click.option("--county", metavar="ADCODE", help=N_("几个县有同一编码时指明县"))
@click.option("--since", type=DAY, help=N_("哪天的事"))
@click.option("--until", type=DAY, help=N_("到哪天；一天的不写"))
@click.option("--note", default="", help=N_("说明"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def add(
    subject: str,
    files: tuple[Path, ...],
    kind: str,
    subject_kind: str,
    county: str | None,
    since: datetime | None,
    until: datetime | None,
    note: str,
    as_json: bool,
) -> int:
    """Attach files to a subject; one that is refused keeps no other out."""
    from relocation.service import Unusable
    from relocation.service.evidence import attaching, showing

    said = attaching.claim(kind, _day(since), _day(until), note)
    made, refused = [], []
    with opened() as store:
        for path in files:
            try:
                row, _new = attaching.attach(store, path, name=path.name, subject_kind=subject_kind, subject=subject, county=county, said=said, now=now())
                made.append(showing.one(store, row.id, lang()))
            except Unusable as unusable:
                refused.append(unusable.refusal)
    if as_json:
        say_json({"evidence": [one.json() for one in made], "refusals": [one.json(lang()) for one in refused]})
    else:
        for one in made:
            _tell(one)
        for refusal in refused:
            complain(f"{refusal.file}{_('：')}{refusal.reason(lang())} {refusal.mend(lang())}")
    return 1 if refused or any(one.flagged for one in made) else 0


@evidence.command("list", help=N_("列出佐证材料和核对结果，最新的在前"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--kind", metavar="KIND", help=N_("只要一种材料"))
@click.option("--flagged", is_flag=True, help=N_("只要有疑点的"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def list_(county: str | None, kind: str | None, flagged: bool, as_json: bool) -> int:
    """List evidence."""
    from relocation.service.evidence import showing

    with opened() as store:
        rows = list(showing.every(store, lang(), county=county, kind=kind, flagged=flagged))
    if as_json:
        say_json([one.json() for one in rows])
        return 0
    for one in rows:
        _tell(one)
    if not rows:
        say(_("没有佐证材料"))
    return 0


@evidence.command(help=N_("撤回一份材料；原件和理由留存"))
@click.argument("number", type=int)
@click.option("--reason", required=True, help=N_("理由"))
@common
def withdraw(number: int, reason: str) -> int:
    """Withdraw a piece of evidence."""
    from relocation.service.evidence import attaching

    with opened() as store:
        row = attaching.withdraw(store, number, why=reason, now=now())
    say(_("已撤回“%(name)s”；原件和理由都保留。") % {"name": row.name})
    return 0


def _tell(one: "Shown") -> None:
    row = one.row
    say(f"{row.id}  {one.said.kind}  {row.name}  {_subject(one)}")
    for line in (*filter(None, [one.said.headline]), *one.said.lines, *(f"!! {line}" for line in one.said.alike)):
        for part in wrapped(line, 76):
            say("    " + part)


SUBJECTS = {"site": ("安置点", "site"), "household": ("搬迁户", "household"), "finding": ("核查结果", "finding"), "entry": ("台账", "ledger entry")}
"""What evidence may be attached to."""


def _subject(one: "Shown") -> str:
    """Return what evidence is about, in words; an entry's number names its county already."""
    row = one.row
    where = row.subject if row.subject.startswith(row.county) else f"{row.county} {row.subject}"
    return f"{SUBJECTS[row.subject_kind][lang() == 'en']} {where}"


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
