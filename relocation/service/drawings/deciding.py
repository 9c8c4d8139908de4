"""What engineers say about drawings: what was read wrongly, how two lie on each other, what is to become of a difference.

Every word is kept as a version with its reason; the newest counts, and none is overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from geo.drawing.compare.comparing import compare
from geo.drawing.difference import Comparison
from relocation.accounts.roles import Right
from relocation.service.anchoring import anchor_line
from relocation.service.drawings.asking import possible
from relocation.service.drawings.bringing import set_right
from relocation.service.drawings.corrections import as_json, clicked, from_json
from relocation.service.drawings.facts import Row, Understood
from relocation.service.drawings.kept import drawing_record, kept_understood, pair_record, slot_of
from relocation.service.drawings.pairing import ComparisonReport, compared
from relocation.service.drawings.places import bench_at, placed
from relocation.service.drawings.taking import take_in_again
from relocation.service.importing import ImportReport
from relocation.service.numberless import numberless
from relocation.service.rectification.drawn import open_from_differences
from relocation.store import digests, drawings, files, log
from relocation.store.drawings import DecisionRow, Version
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

DECISIONS = ("approved", "finding", "ignored", "")
"""What can be decided on a difference; "" takes a decision back."""
MOST = 10_000
_HELD = 8
"""So many comparisons stay in memory: those that people look at just now."""


def correct(store: Store, code: str, said: object, *, reason: str, now: datetime, lang: str = "zh") -> ImportReport:
    """Keep what an engineer set right on a drawing as a new version, and bring the drawing's records and pairs up to it.

    It holds for the file, wherever it is taken in. Trouble for an unknown drawing, no reason, or a correction that cannot be read
    or names what the drawing does not have.
    """
    row, corrections = drawing_record(store, code), from_json(said)
    store.require(Right.DRAW, str(row["county"]))
    _told(reason)
    possible(kept_understood(store, row), corrections)
    with store.writing() as connection:
        made = drawings.add_correction(connection, "", str(row["sha256"]), as_json(corrections), reason.strip(), now)
        _logged(store, connection, "drawing.corrected", row, reason, now, ("drawing_correction", [made]))
    return take_in_again(store, code, now=now, lang=lang)


def corrections(store: Store, code: str) -> list[Version]:
    """Return every version of what was set right on a drawing, newest first. Trouble for an unknown one."""
    row = drawing_record(store, code)
    with store.reading() as connection:
        return drawings.corrections(connection, "", str(row["sha256"]))


def align(store: Store, pair: str, clicks: Mapping[str, Any], *, reason: str, now: datetime, lang: str = "zh") -> ImportReport:
    """Keep how two drawings lie on each other by two clicks in either ({} finds it again by itself), and compare them so.

    Trouble for an unknown pair, no reason, or clicks that say nothing.
    """
    row = pair_record(store, pair)
    store.require(Right.DRAW, str(row["county"]))
    _told(reason)
    if clicks:
        clicked(clicks)
    with store.writing() as connection:
        made = drawings.add_correction(connection, str(row["county"]), pair, clicks, reason.strip(), now)
        _logged(store, connection, "drawing-pair.aligned", row, reason, now, ("drawing_correction", [made]))
    return take_in_again(store, str(row["construction_drawing"]), now=now, lang=lang)


def decide(store: Store, pair: str, differences: Sequence[str], *, kind: str, document: str = "", reason: str = "", now: datetime) -> int:
    """Decide on differences of a pair and return on how many: an approved change with its document's number, a finding, one set aside with a reason.

    What is newly called a finding opens an entry of the rectification ledger. A decision belongs to the difference, by what it is, and to the two files by site and name: it survives a new save of either.
    Trouble for an unknown pair or difference, and where number or reason is missing.
    """
    wanted = {"approved": numberless(document.strip()), "ignored": numberless(reason.strip())}
    sheet = pair_report(store, pair, as_of=now.date()).sheet
    known = {one.id for one in sheet.comparison.differences}
    ids = list(dict.fromkeys(differences))
    if kind not in DECISIONS or not ids or len(ids) > MOST or not set(ids) <= known or not wanted.get(kind, "-"):
        raise Trouble("drawing-decision", kind=kind)
    row = pair_record(store, pair)
    store.require(Right.DRAW, str(row["county"]))
    rows = [DecisionRow(id, kind, document.strip(), reason.strip(), now) for id in ids]
    with store.writing() as connection:
        made = drawings.add_decisions(connection, str(row["county"]), _slot(store, pair), rows)
        _logged(store, connection, "differences.decided", row, reason or document, now, ("drawing_decision", made))
        if kind == "finding":
            before = {id for id, one in sheet.decisions.items() if one.kind == kind}
            new = [one for one in sheet.comparison.differences if one.id in ids and one.id not in before]
            open_from_differences(store, connection, row, sheet.title, new, reason=reason.strip(), now=now)
    return len(rows)


def pair_report(store: Store, pair: str, *, as_of: date) -> ComparisonReport:
    """Return a kept pair compared and judged as everything stands now. Trouble for an unknown pair, and where a file of it is gone."""
    row = pair_record(store, pair)
    records = [drawing_record(store, str(row[side])) for side in ("design_drawing", "construction_drawing")]
    names = (str(records[0]["name"]), str(records[1]["name"]))
    hand, decided = set_right(store, pair, row, *names)
    place = placed(store, str(row["site_code"] or ""), str(row["county"]), row["approved_on"])

    def made() -> tuple[Understood, Understood, Comparison]:
        one, two = (kept_understood(store, record) for record in records)
        return one, two, compare(one.drawing, two.drawing, one.plans, two.plans, by_hand=hand)

    with store.reading() as connection:
        state = (files.revision(connection, "records"), drawings.said_last(connection))
    held: dict[str, tuple[object, Any]] = store.kept.setdefault("comparisons", {})
    if pair not in held or held[pair][0] != state:
        if len(held) >= _HELD:
            held.pop(next(iter(held)), None)
        held[pair] = state, made()
    design, construction, comparison = held[pair][1]
    codes = (str(row["design_drawing"]), str(row["construction_drawing"]))
    bench = bench_at(store, place, as_of)
    title = f"{row['site_name'] or ''} {names[0]} → {names[1]}".strip()
    report = compared(design, construction, bench, approved_on=place.approved_on, codes=codes, decided=decided, title=title, comparison=comparison)
    return replace(report, sheet=replace(report.sheet, anchor=anchor_line(store)))


def _slot(store: Store, pair: str) -> str:
    row = pair_record(store, pair)
    design, construction = (str(drawing_record(store, str(row[side]))["name"]) for side in ("design_drawing", "construction_drawing"))
    return slot_of(row, design, construction)


def _logged(store: Store, connection: Connection, action: str, row: Row, why: str, now: datetime, said: tuple[str, list[int]]) -> None:
    """Append what was said of a drawing or a pair to the log, with a digest over the rows that keep it."""
    kind, _, done = action.partition(".")
    new = {"what": done, **digests.told(digests.digests(connection, (said[0], {"id": said[1]})))}
    about = {"kind": "drawing" if kind == "drawing" else "drawing_pair", "county": str(row["county"]), "subject": str(row["code"])}
    log.append(connection, by=store.actor, at=now, action=action, **about, new=new, why=why.strip())


def _told(reason: str) -> None:
    if not reason.strip():
        raise Trouble("drawing-reason")
    numberless(reason)
