"""`relocation ledger …`: the rectification ledger from the terminal: list, one entry, open, move, what is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.checking import DAY
from relocation.cli.naming import who_said
from relocation.cli.office import common, now, opened, today
from relocation.cli.speaking import _, lang, say, say_json, table, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.ledger.moves import Move
    from relocation.ledger.states import Worded
    from relocation.service.people import Person
    from relocation.service.rectification.listing import EntryRow, EntryShown

SHOWN = 100
"""So many entries are printed; the JSON has as many as are asked for."""

ID = click.argument("id", metavar="NUMBER")
REASON = click.option("--reason", default="", metavar="TEXT", help=N_("理由"))
JSON = click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
FILTERS = (
    click.option("--state", multiple=True, metavar="ID", help=N_("状态，如 open、assigned、submitted，可写几次")),
    click.option("--timing", multiple=True, metavar="ID", help=N_("期限：overdue、due-soon、on-time、closed-late、closed-in-time")),
    click.option("--tier", metavar="ID", help=N_("来源：national、provincial、municipal、county、check、by-hand")),
    click.option("--severity", metavar="ID", help=N_("严重程度：severe、ordinary、minor")),
    click.option("--category", metavar="TEXT", help=N_("问题类别")),
    click.option("--county", metavar="ADCODE", help=N_("只要一个县")),
    click.option("--township", metavar="TEXT", help=N_("只要这个乡镇")),
    click.option("--unit", metavar="TEXT", help=N_("责任单位")),
    click.option("--presence", metavar="ID", help=N_("最近检查：new、still、gone、back")),
    click.option("--check", metavar="CHECK", help=N_("只要这个核查项发现的")),
    click.option("--subject", metavar="CODE", help=N_("只要这个对象")),
    click.option("--text", metavar="TEXT", help=N_("编号、对象或文字")),
    click.option("--unproven", is_flag=True, help=N_("只要销号凭据已全部撤回的")),
)


@click.group(help=N_("整改台账：登记、交办、提交、验收、清单、工作簿、月末定格"))
@common
def ledger() -> None:
    """The rectification ledger."""


def _filtered(command: Any) -> Any:
    for option in reversed(FILTERS):
        command = option(command)
    return command


@ledger.command(name="list", help=N_("列出条目，最先到期的在前"))
@_filtered
@click.option("--order", default="due", metavar="due|number|severity|state|township|unit", help=N_("按什么排列"))
@click.option("--limit", type=click.IntRange(1, 1000), default=SHOWN, show_default=True, help=N_("最多列多少条"))
@click.option("--after", default="", metavar="MARK", help=N_("上一页 JSON 里的 after"))
@JSON
@common
def list_(order: str, limit: int, after: str, as_json: bool, **filters: Any) -> int:
    """Print entries with their numbers by state and by deadline; 1 when any is overdue."""
    from relocation.service.rectification import listing

    with opened() as store:
        page = listing.entries(store, lang(), day=today(), order=order, limit=limit, after=after, **filters)
    if as_json:
        say_json(page.json())
    else:
        _say_rows(page.rows, page.total)
    return 1 if page.by_timing.get("overdue") else 0


@ledger.command(help=N_("快到期和已逾期的条目；到期的限期接受同时恢复计时"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@JSON
@common
def due(county: str | None, as_json: bool) -> int:
    """Let acceptances run out that have, and print what is overdue or due soon; 1 when anything is overdue."""
    from relocation.service.rectification import listing
    from relocation.service.rectification.expiring import expire

    with opened() as store:
        ran_out = expire(store, now=now())
        page = listing.entries(store, lang(), day=today(), timing=("overdue", "due-soon"), county=county, limit=1000)
    if as_json:
        say_json({**page.json(), "ran_out": list(ran_out)})
    else:
        for id in ran_out:
            say(_("%(id)s 的限期接受已到期，恢复为待整改") % {"id": id})
        _say_rows(page.rows, page.total)
    return 1 if page.by_timing.get("overdue") else 0


@ledger.command(help=N_("查看一条：问题、状态、可以办什么、经过"))
@ID
@JSON
@common
def show(id: str, as_json: bool) -> int:
    """Print one entry."""
    from relocation.service.people import people
    from relocation.service.rectification import listing, timeline

    with opened() as store:
        shown, known = listing.one(store, id, lang(), day=today()), people(store)
        past = timeline.of_entry(store, shown.row.entry, lang())
    if as_json:
        say_json({**shown.json(), "timeline": [one.json() for one in past]})
    else:
        _say_entry(shown, known)
    return 0


@ledger.command(name="open", help=N_("登记：核查项:编码 的一条，或一项核查的全部不合规，或 --text 写明的问题"))
@click.argument("finding", metavar="[CHECK:SUBJECT]", required=False)
@click.option("--check", "every", metavar="CHECK", help=N_("这一项的全部不合规"))
@click.option("--county", metavar="ADCODE", help=N_("县代码"))
@click.option("--township", default="", metavar="TEXT", help=N_("乡镇"))
@click.option("--text", default="", metavar="TEXT", help=N_("问题描述"))
@click.option("--tier", default="by-hand", metavar="ID", help=N_("来源：national、provincial、municipal、county、by-hand"))
@click.option("--severity", default="ordinary", metavar="ID", help=N_("严重程度：severe、ordinary、minor"))
@click.option("--category", default="", metavar="TEXT", help=N_("问题类别"))
@REASON
@JSON
@common
def open_(finding: str | None, every: str | None, county: str | None, township: str, reason: str, as_json: bool, **by_hand: str) -> int:
    """Open entries and print their numbers."""
    from relocation.service.rectification import listing, opening
    from relocation.service.rectification.words import severity_of, tier_of

    if sum((finding is not None, every is not None, bool(by_hand["text"]))) != 1:
        raise click.UsageError(_("请写 核查项:编码，或 --check，或 --text，三者之一"))
    with opened() as store:
        if every is not None:
            made = opening.open_fails(store, now=now(), check=every, county=county, **({"township": township} if township else {})).entries
        elif finding is not None:
            made = (opening.open_found(store, finding, county=county, reason=reason, now=now()),)
        else:
            tier, severity = tier_of(by_hand["tier"]), severity_of(by_hand["severity"])
            text, category = by_hand["text"], by_hand["category"]
            made = (opening.open_by_hand(store, county=county or "", text=text, township=township, category=category, tier=tier, severity=severity, now=now()),)
        shown = [listing.one(store, one.id, lang(), day=today()) for one in made]
    if as_json:
        say_json([one.json() for one in shown])
    else:
        for one in made:
            say(_("已登记 %(id)s，期限 %(day)s") % {"id": one.id, "day": one.due_on.isoformat()})
        if not made:
            say(_("没有新登记的"))
    return 0


@ledger.command(help=N_("已了结的问题又出现：登记一条新的，指向原来那条"))
@ID
@click.option("--reason", required=True, metavar="TEXT", help=N_("理由"))
@JSON
@common
def again(id: str, reason: str, as_json: bool) -> int:
    """Open a new entry that points to a closed one."""
    from relocation.service.rectification import listing, opening

    with opened() as store:
        made = opening.open_again(store, id, now=now(), reason=reason)
        shown = listing.one(store, made.id, lang(), day=today())
    if as_json:
        say_json(shown.json())
    else:
        say(_("已登记 %(id)s，期限 %(day)s") % {"id": made.id, "day": made.due_on.isoformat()})
    return 0


VERSION = click.option("--version", "version", type=int, metavar="N", help=N_("看到的版本；别人改过就不办"))


@ledger.command(help=N_("交办给责任单位"))
@ID
@click.option("--unit", required=True, metavar="TEXT", help=N_("责任单位"))
@click.option("--person", metavar="TEXT", help=N_("责任人"))
@click.option("--measure", metavar="TEXT", help=N_("整改措施"))
@VERSION
@JSON
@common
def assign(id: str, version: int | None, as_json: bool, **fields: str | None) -> int:
    """Assign an entry."""
    return _move("assign", id, version, as_json, fields={name: value for name, value in fields.items() if value is not None})


@ledger.command(help=N_("开始整改"))
@ID
@VERSION
@JSON
@common
def start(id: str, version: int | None, as_json: bool) -> int:
    """Start an entry."""
    return _move("start", id, version, as_json)


@ledger.command(help=N_("提交验收"))
@ID
@click.option("--measure", metavar="TEXT", help=N_("采取了什么整改措施"))
@VERSION
@JSON
@common
def submit(id: str, measure: str | None, version: int | None, as_json: bool) -> int:
    """Submit an entry."""
    return _move("submit", id, version, as_json, fields={} if measure is None else {"measure": measure})


@ledger.command(help=N_("验收销号：要有佐证材料，由提交的人以外的人办理"))
@ID
@REASON
@VERSION
@JSON
@common
def verify(id: str, reason: str, version: int | None, as_json: bool) -> int:
    """Verify and close an entry."""
    return _move("verify", id, version, as_json, reason=reason)


@ledger.command(name="return", help=N_("退回，要写理由"))
@ID
@REASON
@VERSION
@JSON
@common
def return_(id: str, reason: str, version: int | None, as_json: bool) -> int:
    """Return an entry."""
    return _move("return", id, version, as_json, reason=reason)


@ledger.command(help=N_("限期接受：写明批准人、理由、到哪一天"))
@ID
@click.option("--until", required=True, type=DAY, metavar="DATE", help=N_("接受到哪一天"))
@click.option("--approver", required=True, metavar="TEXT", help=N_("批准人"))
@REASON
@VERSION
@JSON
@common
def accept(id: str, until: Any, approver: str, reason: str, version: int | None, as_json: bool) -> int:
    """Accept an entry until a day."""
    return _move("accept", id, version, as_json, reason=reason, approver=approver, until=until.date())


@ledger.command(help=N_("认定不属实：写明批准人和理由"))
@ID
@click.option("--approver", required=True, metavar="TEXT", help=N_("批准人"))
@REASON
@VERSION
@JSON
@common
def dismiss(id: str, approver: str, reason: str, version: int | None, as_json: bool) -> int:
    """Dismiss an entry as no problem."""
    return _move("dismiss", id, version, as_json, reason=reason, approver=approver)


def _move(
    move: str, id: str, version: int | None, as_json: bool, *, reason: str = "", approver: str = "", until: date | None = None, fields: Any = None
) -> int:
    from relocation.service.rectification import listing, moving
    from relocation.service.rectification.words import move_of

    wish = moving.Wish(move_of(move), reason, approver, until, fields=fields)
    with opened() as store:
        read = moving.entry(store, id).version if version is None else version
        made = moving.move(store, id, wish, now=now(), version=read)
        shown = listing.one(store, id, lang(), day=today())
    if as_json:
        say_json({**shown.json(), "approval_cancelled": made.cancelled})
    else:
        say(_("%(id)s 现在是“%(state)s”") % {"id": id, "state": _word(made.entry.state)})
    return 0


def _word(one: "Worded | None") -> str:
    return "" if one is None else one.zh if lang() == "zh" else one.en


def _state(row: "EntryRow") -> str:
    return f"{_word(row.state)} !! {_('销号凭据已全部撤回')}" if row.unproven else _word(row.state)


def _say_rows(rows: "Sequence[EntryRow]", total: int) -> None:
    if not rows:
        say(_("没有符合条件的条目"))
        return
    lines = [(row.entry.id, _state(row), row.entry.due_on.isoformat(), _word(row.timing), row.entry.unit or "—", row.brief) for row in rows]
    for line in table(lines, [_("编号"), _("状态"), _("整改时限"), _("时限情况"), _("责任单位"), _("问题描述")]):
        say(line)
    if total > len(rows):
        say(_("共 %(all)d 条，只列出前 %(n)d 条") % {"all": total, "n": len(rows)})


def _say_entry(shown: "EntryShown", known: "Mapping[str, Person]") -> None:
    row = shown.row
    say(f"{row.entry.id}  [{_state(row)}] {_word(row.timing)}")
    for line in wrapped(row.said, 76):
        say("  " + line)
    facts = ((N_("责任单位"), row.entry.unit), (N_("责任人"), row.entry.person), (N_("整改措施"), row.entry.measure), (N_("整改时限"), row.entry.due_on.isoformat()),
             (N_("理由"), row.entry.reason), (N_("批准人"), row.entry.approver))  # fmt: skip
    for name, value in facts:
        if value:
            for line in wrapped(f"{_(name)}{'：' if lang() == 'zh' else ': '}{value}", 76):
                say("  " + line)
    say()
    for one in shown.past:
        moved = f"  {_word(one.since)} → {_word(one.to)}" if one.since is not one.to else ""
        said = f"{one.at.isoformat(timespec='minutes')}  {who_said(one.who, known)}  {_word(one.move)}{moved}{'  ' + one.reason if one.reason else ''}"
        for line in wrapped(said, 76):
            say("  " + line)
    for line in wrapped(_("现在可以：") + _("、").join(_named(move) for move in shown.moves), 76) if shown.moves else ():
        say("  " + line)


def _named(move: "Move") -> str:
    return f"{_word(move)} ({move.id})"
