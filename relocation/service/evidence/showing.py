"""Evidence as pages, terminal and API show it: of one subject, as a list with filters, and its pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from relocation.accounts.roles import Right
from relocation.evidence.demolition import pair
from relocation.evidence.displayed import displayed
from relocation.evidence.kinds import EvidenceKind, SubjectKind
from relocation.service.evidence.attaching import row_of
from relocation.service.evidence.judging import Weighed, weigh
from relocation.service.evidence.subjects import find
from relocation.service.evidence.wording import Said, kind_word, say, say_displayed, say_pair
from relocation.store import evidence, evidence_bytes
from relocation.store.evidence import EvidenceFilter, EvidenceRow
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence: its row, what it is worth, and that in words."""

    row: EvidenceRow
    said: Said
    flagged: bool

    @property
    def picture(self) -> bool:
        """Whether there is a picture of it."""
        return "photo" in self.row.facts

    def json(self) -> dict[str, Any]:
        """Return it as the API gives it."""
        row = self.row
        days = {"since": row.since.isoformat() if row.since else None, "until": row.until.isoformat() if row.until else None}
        withdrawn = {"by": row.withdrawn_by, "at": row.withdrawn_at.isoformat(), "why": row.withdrawn_why} if row.withdrawn_at else None
        return {
            "id": row.id, "county": row.county, "township": row.township, "subject_kind": row.subject_kind, "subject": row.subject, "kind": row.kind,
            "name": row.name, **days, "note": row.note, "by": row.added_by, "at": row.added_at.isoformat(), "sha256": row.sha256, "media_type": row.media_type,
            "bytes": row.size_bytes, "pages": row.facts.get("pages"), "support": self.said.support or None, "said": [*filter(None, [self.said.headline]), *self.said.lines],
            "same_picture": list(self.said.alike), "flagged": self.flagged, "withdrawn": withdrawn,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfSubject:
    """All evidence of one subject, with what it proves together: a demolition, a notice; "" where neither is asked for."""

    subject_kind: str
    county: str
    subject: str
    rows: tuple[Shown, ...]
    withdrawn: tuple[Shown, ...]
    demolition: str
    notice: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list. `after` asks for the next one, 0 when this is the last; `total` counts all that fit, None where only flagged ones are wanted."""

    rows: tuple[Shown, ...]
    after: int
    total: int | None


def shown(store: Store, rows: Sequence[EvidenceRow], lang: str) -> list[Shown]:
    """Return rows weighed and put into words."""
    return [_shown(one, lang) for one in weigh(store, rows)]


def _shown(one: Weighed, lang: str) -> Shown:
    return Shown(one.row, say(one, lang), bool(one.against or one.again) and one.row.withdrawn_at is None)


def of_subject(store: Store, kind: str, county: str, code: str, lang: str) -> OfSubject:
    """Return all evidence attached to a subject; for a record, what is attached to its findings and entries too."""
    of_record = kind in (SubjectKind.SITE.value, SubjectKind.HOUSEHOLD.value)
    about = {"about_kind": kind, "about": code} if of_record else {"subject_kind": kind, "subject": code}
    with store.reading() as connection:
        rows = evidence.listed(connection, EvidenceFilter(county=county, withdrawn=True, **about))
    weighed = weigh(store, rows)
    now = [one for one in weighed if one.row.withdrawn_at is None]
    parts = [tuple(_shown(one, lang) for one in weighed if (one.row.withdrawn_at is None) is standing) for standing in (True, False)]
    return OfSubject(kind, county, code, parts[0], parts[1], _demolition(store, now, kind, county, code, lang), _notice(now, lang))


def _demolition(store: Store, rows: Sequence[Weighed], kind: str, county: str, code: str, lang: str) -> str:
    """Say what the newest photos before and after a demolition prove together; "" where there is neither."""
    before, after = (next((one for one in rows if one.kind is wanted and one.photo), None) for wanted in (EvidenceKind.BEFORE, EvidenceKind.AFTER))
    if before is None and after is None:
        return ""
    with store.reading() as connection:
        subject = find(connection, kind, county, code)  # a finding may be gone, and its photos are still there
    day = subject.demolished_on if subject else None
    same = False
    if before and after:
        with store.whole.reading() as connection:
            same = before.row.sha256 == after.row.sha256 or after.row.sha256 in evidence.alike(connection, [before.row.sha256])[before.row.sha256]
    return say_pair(pair(before.photo if before else None, after.photo if after else None, day, alike=same), lang)


def _notice(rows: Sequence[Weighed], lang: str) -> str:
    """Say how well a notice is shown to have hung; "" where nothing was attached as one."""
    notices = [one for one in rows if one.kind is EvidenceKind.NOTICE]
    if not notices:
        return ""
    dated = next((one.row.since for one in notices if one.row.since and not one.photo), None)  # the notice itself, with its day
    return say_displayed(displayed([(one.row.since, one.against) for one in notices if one.photo], dated), lang)


def listed(store: Store, lang: str, *, county: str | None = None, kind: str | None = None, flagged: bool = False, after: int = 0, limit: int = 50) -> Page:
    """Return a page of all evidence, the newest first. Trouble for an unknown kind."""
    if flagged:
        found = list(islice(every(store, lang, county=county, kind=kind, flagged=True, after=after), limit + 1))
        return Page(tuple(found[:limit]), found[limit - 1].row.id if len(found) > limit else 0, None)
    wanted = _wanted(county, kind)
    with store.reading() as connection:
        rows = evidence.listed(connection, wanted, after, limit + 1)
        total = evidence.count(connection, wanted)
    return Page(tuple(shown(store, rows[:limit], lang)), rows[limit - 1].id if len(rows) > limit else 0, total)


def every(store: Store, lang: str, *, county: str | None = None, kind: str | None = None, flagged: bool = False, after: int = 0) -> Iterator[Shown]:
    """Give all evidence that fits, the newest first, read in batches. Trouble for an unknown kind."""
    wanted = _wanted(county, kind)
    while True:
        with store.reading() as connection:
            rows = evidence.listed(connection, wanted, after, _AT_ONCE)
        yield from (one for one in shown(store, rows, lang) if one.flagged or not flagged)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].id


def _wanted(county: str | None, kind: str | None) -> EvidenceFilter:
    if kind and kind not in {one.id for one in EvidenceKind}:
        raise Trouble("evidence-kind", kind=kind[:40], known=", ".join(one.id for one in EvidenceKind))
    return EvidenceFilter(county=county, kind=kind)


def one(store: Store, id: int, lang: str) -> Shown:
    """Return one piece of evidence. Trouble (404) for none the actor may see."""
    return shown(store, [row_of(store, id)], lang)[0]


def original(store: Store, id: int) -> tuple[EvidenceRow, bytes]:
    """Return a file as it came. Trouble without the right to reveal, and where it is missing or was changed on the disk."""
    row = row_of(store, id)
    if not store.actor.may(Right.REVEAL):
        raise Trouble("original-reveal")
    return row, evidence_bytes.original(store, row.sha256)


def picture(store: Store, id: int, form: str) -> bytes:
    """Return a photo as it may be shown and published: pixels encoded anew, with nothing of the original's own data. form: thumbnail, picture."""
    row = row_of(store, id)
    made = evidence_bytes.made(store, row.sha256, form) if "photo" in row.facts else None
    if made is None and "photo" in row.facts:
        made = _made_again(store, row, form)
    if made is None:
        raise Trouble("evidence-no-picture")
    return made


def _made_again(store: Store, row: EvidenceRow, form: str) -> bytes:
    """Make the pictures of a photo anew, as after restoring a backup, which holds the originals alone."""
    from relocation.intake.evidence import read_evidence

    evidence_bytes.original(store, row.sha256)
    file = read_evidence(evidence_bytes.path_of(store.home, row.sha256), row.sha256 + row.suffix)
    for name, data in (("thumbnail", file.thumbnail), ("picture", file.picture)):
        evidence_bytes.keep_made(store, row.sha256, name, data)
    return file.thumbnail if form == "thumbnail" else file.picture


def kinds(lang: str) -> list[tuple[str, str]]:
    """Return the kinds of evidence: id, word."""
    return [(kind.id, kind_word(kind, lang)) for kind in EvidenceKind]
