"""The demonstration's ledger as it stands after some weeks of work: opened, assigned, some carried out, one closed and one sent back, with photos."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from relocation.accounts.demonstration import colleague
from relocation.accounts.roles import Role
from relocation.ledger.moves import Move
from relocation.ledger.states import Tier
from relocation.service.acting import government_of
from relocation.service.evidence.attaching import attach, claim
from relocation.service.rectification import bulk
from relocation.service.rectification.moving import Wish, move
from relocation.service.rectification.opening import open_fails
from relocation.service.reference import shipped_file
from relocation.store.opening import Store

MEASURE = "逐户核对，限期整改，整改前后各留照片"
RETURNED = "照片不是在北冲拍的，请到现场重拍"


def work_the_ledger(store: Store, photos: Sequence[Mapping[str, Any]], *, county: str, now: datetime) -> None:
    """Carry the demonstration's ledger on, by its made-up keeper and reviewer, all of it on one day.

    photos : file, site of the entry each is shown for, and whether it holds what it is shown for
    """
    keeper, reviewer = (store.acting(colleague(role, county)) for role in (Role.KEEPER, Role.REVIEWER))
    open_fails(keeper, now=now, county=county)
    for township in sorted({one.township for one in bulk.picked(keeper, now=now, tier=Tier.CHECK.id) if one.township}):
        those = bulk.picked(keeper, now=now, tier=Tier.CHECK.id, township=township)
        bulk.move_all(keeper, Wish(Move.ASSIGN, fields={"unit": government_of(township), "measure": MEASURE}), those, now=now)
    for photo in photos:
        entry = next(one for one in bulk.picked(keeper, now=now, tier=Tier.NATIONAL.id) if one.subject == photo["site"])
        for wish in (Wish(Move.ASSIGN, fields={"unit": entry.unit, "measure": MEASURE}), Wish(Move.START)):
            move(keeper, entry.id, wish, now=now)
        said = claim("photo", since=date(2019, 11, 1), until=date(2019, 12, 31))
        path = shipped_file("demo", photo["file"])
        attach(keeper, path, name=path.name, subject_kind="entry", subject=entry.id, said=said, now=now, county=county)
        move(keeper, entry.id, Wish(Move.SUBMIT), now=now)
        move(reviewer, entry.id, Wish(Move.VERIFY) if photo["holds"] else Wish(Move.RETURN, reason=RETURNED), now=now)
