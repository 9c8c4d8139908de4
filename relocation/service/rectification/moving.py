"""Moving an entry: read within the actor's places, refused in words, kept only if nobody else has changed it, noted and logged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from relocation.accounts.roles import Right
from relocation.ledger.deadlines import expired
from relocation.ledger.entry import Entry, parted
from relocation.ledger.moves import RULES, Duty, Move, Need
from relocation.ledger.moving import Step, after, cancels_approval, refused
from relocation.ledger.states import Severity, Worded
from relocation.ledger.workdays import Calendar
from relocation.service.rectification.conflict import Conflict
from relocation.service.rectification.days import calendar_of, day_of
from relocation.service.rectification.found import found_now
from relocation.service.rectification.leading import followers, lead, require_group
from relocation.service.rectification.logging import logged
from relocation.service.rectification.passing import passes_now
from relocation.service.rectification.proof import mark_of, proofs_of, void_proof
from relocation.service.rectification.reading import readable
from relocation.service.rectification.texts import told
from relocation.store import files
from relocation.store import rectification as ledger
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

Word = TypeVar("Word", bound=Worded)

TIME = "calendar"
"""Who lets an acceptance run out: nobody but the day."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do with an entry: the move, its words, the fields it sets."""

    move: Move
    reason: str = ""
    approver: str = ""
    until: date | None = None
    granted: bool | None = None
    fields: Mapping[str, Any] | None = None
    proof_seen: str = ""  # the mark of the proof that stood on the page; "" where no page was read

    def clean(self) -> "Wish":
        """Return it with its texts as they are kept. Trouble for a text or word that cannot be."""
        fields = {name: worded(Severity, value) if name == "severity" else told(str(value), name) for name, value in (self.fields or {}).items()}
        return replace(self, reason=told(self.reason, "reason"), approver=told(self.approver, "approver"), fields=fields)

    def step(self, store: Store, on: date, calendar: Calendar) -> Step:
        """Return it as a step of the actor on a day."""
        return Step(self.move, store.actor.name, on, duties_of(store), self.reason, self.approver, self.until, self.granted, self.fields or {}, calendar)


@dataclass(frozen=True, slots=True)
class Made:
    """An entry after a move; `cancelled` when the move took back a submission or an acceptance."""

    entry: Entry
    cancelled: bool = False


def worded(words: type[Word], value: Any) -> Word:
    """Return a word of a closed list by its id. Trouble, with the words there are, for none."""
    try:
        return value if isinstance(value, words) else words.by_id(str(value))
    except KeyError:
        raise Trouble("ledger-word", value=value, known=", ".join(one.id for one in words)) from None


def entry(store: Store, id: str) -> Entry:
    """Return one entry as it is kept. Trouble for none, and for one outside the actor's places."""
    try:
        county, number = parted(id)
    except ValueError:
        raise Trouble("unknown-entry", id=id) from None
    with store.reading() as connection:
        found = ledger.get(connection, county, number)
    if found is None:
        raise Trouble("unknown-entry", id=id)
    return found


def duties_of(store: Store) -> frozenset[Duty]:
    """Return which of the ledger's work the actor may do."""
    return frozenset(duty for duty in Duty if store.actor.may(Right(duty.value)))


def move(store: Store, id: str, wish: Wish, *, now: datetime, version: int | None = None) -> Made:
    """Make a move with an entry and return how it stands then. `version` is the one the actor saw; None moves what is there now.

    Trouble for an unknown entry, a move its state, the actor's role or the rules do not allow; Conflict when somebody was faster.
    """
    seen, wish = entry(store, id), wish.clean()
    rule = RULES.get(wish.move)
    if rule is None or rule.duty is None:
        raise refusal(seen, wish.move, "state")
    store.require(Right(rule.duty.value), seen.county, seen.township)
    if "township" in (wish.fields or {}):
        store.require(Right(rule.duty.value), seen.county, str((wish.fields or {})["township"]))
    while True:
        with store.whole.reading() as connection:
            revision = files.revision(connection, "records")
            behind = followers(connection, seen)
        passes = passes_now(store, seen, day_of(now)) if Need.PASSES in rule.needs and seen.from_check else None
        failing = next((one for one in behind if Need.PASSES in rule.needs and one.from_check and not passes_now(store, one, day_of(now))), None)
        calendar = calendar_of(store, seen.county)
        with store.writing() as connection:
            if Need.PASSES not in rule.needs or (files.revision(connection, "records") == revision and followers(connection, seen) == behind):
                require_group(store, connection, seen)
                if failing is not None and passes is not False:
                    raise Trouble("ledger-group-passes", id=seen.id, follower=failing.id)
                return _moved(store, connection, seen, wish, now, version, passes, calendar)


def _moved(store: Store, connection: Connection, seen: Entry, wish: Wish, now: datetime, version: int | None, passes: bool | None, calendar: Calendar) -> Made:
    before = ledger.get(connection, seen.county, seen.number)
    assert before is not None  # entries are never deleted
    if version is not None and before.version != version:
        raise Conflict(readable(store, before), wish.move, {**(wish.fields or {}), **_words(wish)}, version)
    before = ran_out(connection, store, before, now)
    proofs = proofs_of(connection, before)
    if wish.move is Move.VERIFY and wish.proof_seen and wish.proof_seen != mark_of(proofs):
        raise Trouble("ledger-proof-changed", id=before.id)
    step = replace(wish.step(store, day_of(now), calendar), proofs=len(proofs), passes=passes, hands=ledger.hands(connection, before.county, before.number))
    why = refused(before, step) or ("approver" if step.approver and step.approver == store.actor.shown and Need.APPROVER in RULES[step.move].needs else "")
    if why == Need.PROOF.value and (void := {lang: void_proof(store, before, lang) for lang in ("zh", "en")})["zh"]:
        raise Trouble("ledger-proof-void", id=before.id, **void)
    if why:
        raise refusal(before, wish.move, why)
    return make(connection, store, before, step, now, proofs if Need.PROOF in RULES[wish.move].needs else ())


def make(connection: Connection, store: Store, before: Entry, step: Step, now: datetime, proofs: tuple[str, ...] = ()) -> Made:
    """Keep an allowed step: the entry, the note of it, the log. Conflict when the entry is not as it was read."""
    moved = after(before, step)
    if step.move is Move.ACCEPT:  # the approval is of what is found now, and holds no longer than that
        moved = replace(moved, found=found_now(connection, before) or before.found)
    if not ledger.save(connection, before, moved):
        raise Conflict(before, step.move, step.fields, before.version)
    ledger.add_move(connection, before, moved, step.move, step.by, now, reason=step.reason, evidence=proofs)
    logged(connection, store.actor, now, step.move, before, moved, step.reason, proofs)
    lead(connection, store, moved, now)
    return Made(moved, cancels_approval(before, moved))


def ran_out(connection: Connection, store: Store, before: Entry, now: datetime) -> Entry:
    """Return the entry, opened again if its acceptance has run out; that is kept and logged."""
    if before.root is not None or not expired(before, day_of(now)):
        return before  # what another stands for runs out with that one
    return make(connection, store, before, Step(Move.EXPIRE, TIME, day_of(now), frozenset()), now).entry


def _words(wish: Wish) -> dict[str, Any]:
    said = {"reason": wish.reason, "approver": wish.approver, "until": wish.until and wish.until.isoformat()}
    return {name: value for name, value in said.items() if value}


def refusal(before: Entry, move: Move, why: str) -> Trouble:
    """Return what a refused step says: `why` as `ledger.moving.refused` gives it."""
    state = before.state
    return Trouble(f"ledger-{why}", id=before.id, state_zh=state.zh, state_en=state.en, move_zh=move.zh, move_en=move.en)
