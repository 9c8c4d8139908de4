"""Whether the check that found an entry passes by the data as they are: judged anew, for nothing that is stored says so of everybody."""

from datetime import date

from checks.registry import checks
from checks.verdict import Outcome
from checks.vocabulary import LEDGERS
from relocation.ledger.entry import Entry
from relocation.store import runs
from relocation.store.opening import Store

_RECORDS = frozenset(kind.id for kind in LEDGERS.values())


def passes_now(store: Store, entry: Entry, today: date) -> bool:
    """Tell whether the entry's check passes on its subject now, by the latest day up to today that its county was ever judged by, else today.

    Whoever runs the checks by an earlier day makes nothing pass by that; ledgers that close on a day in the past are judged by that day.

    A record that is gone, lacks a fact or lies outside the check does not pass. What was said of a ledger or layer as a whole
    passes when it is not said any more.
    """
    from relocation.service.checking import judged_now  # late: checking follows the ledger

    if entry.check not in checks():
        return False
    codes = [entry.subject] if entry.subject_kind in _RECORDS else None
    with store.whole.reading() as connection:
        day = runs.latest_day(connection, entry.county, today) or today
    judged = judged_now(store.whole, as_of=day, county=entry.county, only=[entry.check], codes=codes)
    key = entry.check, entry.subject_kind, entry.subject
    found = [finding for one in judged for finding in one.findings(every=True) if finding.key == key and finding.county == entry.county]
    if not found:
        return bool(judged) and "/" in entry.subject and entry.subject_kind == "county"
    return all(finding.outcome is Outcome.PASS for finding in found)
