"""A drawing withdrawn: one that was taken in for another site, or under another role, speaks no more. Its file and the reason are kept."""

from datetime import datetime
from json import dumps

from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from relocation.accounts.roles import Right
from relocation.service.drawings.bringing import made_by_drawings
from relocation.service.drawings.facts import SIDE_COLUMNS, SIDE_OF, Row
from relocation.service.drawings.kept import drawing_record
from relocation.service.drawings.roles import role_named
from relocation.service.drawings.rows import Batch, drop_rows, keep_rows, rows_of
from relocation.service.drawings.taking import take_in_again
from relocation.service.numberless import numberless
from relocation.store import digests, drawings, files, log
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


def withdraw(store: Store, code: str, *, reason: str, now: datetime, lang: str = "zh") -> int:
    """Take a drawing, its pairs and its word on unit types off the record; an earlier drawing of the same types speaks again.

    Returns how many records it concerned. Trouble for an unknown drawing or no reason.
    """
    row = drawing_record(store, code)
    store.require(Right.DRAW, str(row["county"]))
    if not reason.strip():
        raise Trouble("drawing-reason")
    numberless(reason)
    county, site = str(row["county"]), row["site_code"]
    pairs = [str(one["code"]) for one in rows_of(store, DRAWING_PAIR, county) if code in (one["design_drawing"], one["construction_drawing"])]
    cleared, ghosts = _types(store, row)
    with store.writing() as connection:
        keep_rows(connection, [cleared], county, (str(row["sha256"]), str(row["name"]), dumps(["withdrawn"])), now, lang, by=store.actor, keep=True)
        for kind, codes in ((UNIT_TYPE, ghosts), (DRAWING_PAIR, pairs), (DRAWING, [code])):
            drop_rows(connection, kind, county, codes, now, by=store.actor)
        made = drawings.add_correction(connection, county, code, {"withdrawn": str(row["name"])}, reason.strip(), now)
        files.advance(connection, "records")
        new = digests.told(digests.digests(connection, ("drawing_correction", {"id": made})))
        about = {"kind": "drawing", "county": county, "subject": code}
        log.append(connection, by=store.actor, at=now, action="drawing.withdrawn", **about, new=new, why=reason.strip(), files=[str(row["sha256"])])
    earlier = [one for one in rows_of(store, DRAWING, county) if (one["role"], one["site_code"]) == (row["role"], site)]
    for one in sorted(earlier, key=lambda one: (one["read_on"], one["code"]), reverse=True):
        take_in_again(store, str(one["code"]), now=now, lang=lang)
    return 1 + len(pairs) + len(ghosts) + len(cleared.rows)


def _types(store: Store, row: Row) -> tuple[Batch, list[str]]:
    """Return the columns to clear on staff's lines of unit types, and the lines that only drawings made and no other drawing bears out."""
    side = SIDE_OF.get(role_named(str(row["role"])))
    columns = [f"{side}_{name}" for name in SIDE_COLUMNS] if side else []
    mine = [one for one in rows_of(store, UNIT_TYPE, str(row["county"])) if side and one[f"{side}_drawing"] == row["code"]]
    other = "construction" if side == "design" else "design"
    ghosts = [str(one["code"]) for one in mine if made_by_drawings(one) and not one[f"{other}_drawing"]]
    rows = [{"county": one["county"], "code": one["code"], **dict.fromkeys(columns)} for one in mine if one["code"] not in ghosts]
    return Batch(UNIT_TYPE, rows, columns), ghosts
