"""What a notice is asked to be: kind, place, what the county adds, whom to call, since when it hangs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checks.free_text import numbers_in
from checks.registry import checks
from checks.sentence import standing_words
from relocation.notices.naming import Form
from relocation.notices.rows import DEFAULT_EXTRAS, Extra
from relocation.service.lawbook import instruments, overlays
from relocation.store import files, ledgers, queries
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

KINDS = ("wall", "sms", "funds", "summary")
CONTACT_MOST = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """A notice that somebody wants. Days are the office's own; `contact` is an office's telephone or address, never a person's."""

    kind: str
    county: str
    township: str = ""
    village: str = ""
    site: str = ""
    extras: Sequence[Extra] = DEFAULT_EXTRAS
    form: Form = Form.SURNAME
    contact: str = ""
    begins_on: date | None = None
    days: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Hanging:
    """How long a notice hangs, by whose word."""

    begins_on: date
    days: int
    usual: bool  # as many days as the check's parameter says
    instrument: str
    standing: str

    @property
    def ends_on(self) -> date:
        """Return the last day; the first and the last are both counted."""
        return self.begins_on + timedelta(days=self.days - 1)


def known_place(store: Store, wish: Wish) -> str:
    """Return the county's name. Trouble for a county, township, village or site without records, or one that is not the actor's."""
    if len(wish.county) != 6 or not wish.county.isascii() or not wish.county.isdigit():
        raise Trouble("unknown-county", county=wish.county[:20])
    if not store.actor.scope.holds(wish.county, wish.township):
        raise Trouble("not-your-place", place=f"{wish.county} {wish.township}".strip())
    with store.reading() as connection:
        names = files.county_names(connection)
        if not ledgers.count(connection, "household", wish.county) and not ledgers.count(connection, "fund", wish.county):
            raise Trouble("notice-empty", place=names.get(wish.county) or wish.county)
        _known_township(connection, wish)
    return names.get(wish.county) or wish.county


def _known_township(connection: Connection, wish: Wish) -> None:
    known = queries.townships(connection, wish.county)
    if wish.township and wish.township not in known:
        raise Trouble("notice-place", what=wish.township[:40], known="、".join(known[:20]))


def hanging(store: Store, wish: Wish, today: date, lang: str) -> Hanging:
    """Return how long the notice hangs: as wished, else as many days as the check of notices says for the county. Trouble for days no notice hangs."""
    parameter = checks()["public-notice"].parameters_in(overlays(store))["least_days_displayed"]
    begins_on = wish.begins_on or today
    values = [parameter.values[at] for at in parameter.in_place(wish.county) if parameter.values[at].since <= begins_on]
    law = values[-1] if values else parameter.values[0]
    usual = round(law.amount or 7)
    days = usual if wish.days is None else wish.days
    if not 1 <= days <= 365:
        raise Trouble("notice-days", days=days)
    register = instruments(store)
    title = register[law.instrument].title["en" if lang == "en" else "zh"] if law.instrument in register else law.instrument
    return Hanging(begins_on, days, days == usual, title, standing_words(law.standing, lang))


def contact(wish: Wish) -> str:
    """Return whom to call. Trouble where nobody is named, or a person's own number stands there."""
    said = " ".join(wish.contact.split())
    if len(said) < 4:
        raise Trouble("notice-contact")
    if len(said) > CONTACT_MOST or not said.isprintable() or numbers_in(said):
        raise Trouble("notice-contact-personal", most=CONTACT_MOST)
    return said
