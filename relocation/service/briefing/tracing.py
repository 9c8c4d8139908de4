"""One figure of a brief traced: the findings it counts, each with what it adds."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from checks.sentence import who
from relocation.service.briefing.answering import said
from relocation.service.briefing.contract import Figure
from relocation.service.briefing.figures import counted, figure, matching, with_unit, worse_first
from relocation.service.briefing.ground import lay
from relocation.service.briefing.questions import QUESTIONS, pick
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One finding that a figure counts: who, what was found, what it adds (in words), and the page that explains it."""

    who: str
    said: str
    outcome: str
    adds: str
    page: str


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure with what it counts, the worst first; `total` rows there are, `rows` holds the first of them."""

    heading: str
    figure: Figure
    rows: tuple[Row, ...]
    total: int


def traced(store: Store, county: str, id: str, lang: str, *, now: datetime, as_of: date | None = None) -> Traced:
    """Count a question's figure again and list what it counts. Trouble for an id no question has, and as for a brief."""
    known = {f"{question.id}.{count.name}": (question, count) for question in QUESTIONS for count in question.counts}
    if id not in known:
        raise Trouble("brief-figure", id=id, known=", ".join(known))
    question, count = known[id]
    ground = lay(store, county, as_of=as_of, now=now)
    told = figure(ground, question, count, lang)
    found = worse_first(matching(ground, count), question.rank)
    rows = tuple(
        Row(
            who(one, lang),
            said(one, lang),
            one.outcome.id,
            with_unit(counted(ground, count, one), told.unit, lang),
            _page(one.check, one.county, one.subject_kind, one.subject),
        )
        for one in found[:MOST_SHOWN]
    )
    return Traced(pick(question.words, lang), told, rows, len(found))


def _page(check: str, county: str, kind: str, subject: str) -> str:
    return "/findings?" + urlencode({"check": check, "county": county, "kind": kind, "subject": subject})
