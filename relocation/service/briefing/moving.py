"""What changed since the last brief or a chosen day: findings that came and went, entries of the ledger that were opened and closed."""

from datetime import date, datetime, time

from checks.registry import checks
from checks.sentence import who
from checks.vocabulary import LEDGERS
from relocation.ledger.states import CLOSED, State
from relocation.service.briefing.answering import said
from relocation.service.briefing.contract import Change, Since
from relocation.service.briefing.figures import made, worse_first
from relocation.service.briefing.ground import Ground
from relocation.service.briefing.questions import Words, pick
from relocation.service.rectification.days import day_of
from relocation.store import briefs
from relocation.store.opening import Connection, Store
from relocation.store.runs import Key
from relocation.store.trouble import Trouble

LINES_KEPT = 5

_WORDS: dict[str, Words] = {
    "new": ("新发现", "newly found"), "gone": ("不再出现", "no longer found"), "back": ("消失后再现", "back after having gone"),
    "closed": ("销号", "closed"), "opened": ("新登记", "opened"),
}  # fmt: skip


def since(store: Store, ground: Ground, lang: str, *, chosen: date | None, now: datetime) -> Since:
    """Return what changed since a chosen day began, else since the last brief of an earlier day. Trouble for a day before the first run."""
    if chosen is not None:
        moment = _begins(chosen, now)
        first = ground.runs[0]
        if chosen < day_of(first.at):
            raise Trouble("brief-since-before-first", day=chosen, first=day_of(first.at), as_of=first.as_of)
        if chosen > ground.today:
            raise Trouble("brief-since-later", day=chosen, today=ground.today)
        return Since("day", moment, _changes(store, ground, lang, moment))
    with store.reading() as connection:
        last = briefs.last_mark(connection, ground.county, ground.places, _begins(ground.today, now))
    return Since("brief", last, _changes(store, ground, lang, last)) if last else Since("first", None)


def _begins(day: date, now: datetime) -> datetime:
    """Return when a day begins where the office stands."""
    return datetime.combine(day, time(), tzinfo=now.astimezone().tzinfo)


def _changes(store: Store, ground: Ground, lang: str, moment: datetime) -> tuple[Change, ...]:
    base = max((run.id for run in ground.runs if run.at <= moment), default=0)
    with store.reading() as connection:
        new = _mine(connection, ground, briefs.opened_since(connection, ground.county, base))
        gone = _mine(connection, ground, briefs.gone_since(connection, ground.county, base))
        back = briefs.back_since(connection, ground.county, base)
        closed = briefs.moves_since(connection, ground.county, moment, [one.id for one in CLOSED])
        opened = briefs.moves_since(connection, ground.county, moment, [State.OPEN.id])
    ended, begun = dict.fromkeys(one.number for one in closed), dict.fromkeys(one.number for one in opened if one.version == 1)
    entries = {number: f"{ground.county}-{number:04d}" for number in (*ended, *begun)}
    lines = {
        "new": _told(ground, new, lang), "gone": [_named(key, lang) for key in gone[:LINES_KEPT]], "back": [],
        "closed": [entries[number] for number in ended][:LINES_KEPT], "opened": [],
    }  # fmt: skip
    numbers = {"new": len(new), "gone": len(gone), "back": back, "closed": len(ended), "opened": len(begun)}
    return tuple(
        Change(id, made(f"since.{id}", pick(_WORDS[id], lang), float(n), "finding" if id in ("new", "gone", "back") else "entry",
                        ground.as_of if id in ("new", "gone", "back") else ground.today, lang), tuple(lines[id]))
        for id, n in numbers.items()
    )  # fmt: skip


def _mine(connection: Connection, ground: Ground, keys: list[Key]) -> list[Key]:
    """Return the keys that lie in the reader's places: `entry` does not say in which township a finding lies, its record does."""
    if not ground.places:
        return keys
    names = {kind.id for kind in LEDGERS.values()}
    seen = {kind: briefs.here(connection, kind, ground.county, {key[3] for key in keys if key[1] == kind}) for kind in names & {key[1] for key in keys}}
    return [key for key in keys if key[3] in seen.get(key[1], ()) or (key[1] == "township" and key[3].partition("/")[2] in ground.places)]


def _told(ground: Ground, keys: list[Key], lang: str) -> list[str]:
    """Return a few of what was newly found, the worst first, in words."""
    new = set(keys)
    worst = worse_first([one for one in ground.findings if (one.check, one.subject_kind, one.county, one.subject) in new], "")
    return [f"{who(one, lang)}{'：' if lang == 'zh' else ': '}{said(one, lang)}" for one in worst[:LINES_KEPT]]


def _named(key: Key, lang: str) -> str:
    title = checks()[key[0]].title(lang) if key[0] in checks() else key[0]
    return f"{title}（{key[3]}）" if lang == "zh" else f"{title} ({key[3]})"
