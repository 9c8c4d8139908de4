"""The drawings of the made-up county: a design and a construction drawing of some sites, each there to show something.

Drawn by the writer that the tests of reading and comparing use, so that what is on each of them is known.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.data.demo_county.households import Home
from tests.data.demo_county.sites import SITES
from tests.drawings.dwg import dwg
from tests.drawings.hostile import with_custom_walls
from tests.drawings.pasts import DESIGN, FIRST, LATER_SAVE, OWN, SECOND, stories
from tests.drawings.planting import moved_door, overridden, retitled, reworded
from tests.drawings.sheets import Layout, Sheet, Title, moved, sheet
from tests.drawings.strokes import Similarity
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import A, B, C, D, UnitType, deepened
from tests.drawings.writing import Form, dxf

Row = dict[str, Any]
INSTITUTE = "演示县建筑设计室"
FOLDER = "drawings"


@dataclass(frozen=True)
class Drawn:
    """One drawing: its file, the site it is of, what it is there for, and how its bytes are made."""

    file: str
    site: str
    role: str
    made: Callable[[], bytes]


def drawings() -> tuple[Drawn, ...]:
    """Return every drawing of the county, in the order in which they are taken in."""
    return (*_pairs(), *_alone())


def _pairs() -> tuple[Drawn, ...]:
    afterwards, same_paper = (next(story for story in stories() if story.name.startswith(name)) for name in ("design changed two", "one file, saved on"))
    door = moved_door(B, 4, 300, Manner())
    large, small = deepened(C, 3900, 600), deepened(A, 2400, -100)
    turned = moved(_titled(door.new, SECOND), Similarity(turned_deg=90.0, dx=40000.0))
    swapped = sheet((replace(A, label="B户型", persons=2), replace(B, label="A户型", persons=1)), None, Layout(title=SECOND))
    return (
        # the speech: the design is too large, the construction drawing is not, and the design was changed two years later
        Drawn("城东新苑-设计图.dwg", "GSA01", "design", lambda: dwg(_sheet(large, FIRST), Form(version="R2010", past=afterwards.old))),
        Drawn("城东新苑-施工图.dwg", "GSA01", "construction", lambda: dwg(_sheet(C, SECOND), Form(version="R2004", past=OWN, naming="tianzheng"))),
        # an honest pair: one door moved, another hand, turned on the sheet
        Drawn("十里新村-设计图.dxf", "GSA03", "design", lambda: dxf(_titled(door.old, FIRST), Form(past=DESIGN))),
        Drawn("十里新村-施工图.dwg", "GSA03", "construction", lambda: dwg(turned, Form(version="R2018", past=OWN, naming="english"))),
        # one file saved on under the same revision and date, with another outline
        Drawn("文殊集镇-设计图.dxf", "GSA19", "design", lambda: dxf(_sheet(A, FIRST), Form(past=DESIGN))),
        Drawn("文殊集镇-施工图.dxf", "GSA19", "construction", lambda: dxf(_sheet(small, FIRST), Form(past=same_paper.new))),
        # files that were converted and tell nothing of their past
        Drawn("孙铁铺集镇-设计图.dxf", "GSA14", "design", lambda: _without_a_past(dxf(_sheet(B, FIRST), Form(version="R2000")))),
        Drawn("孙铁铺集镇-施工图.dxf", "GSA14", "construction", lambda: _without_a_past(dxf(_sheet(B, SECOND), Form(version="R2000", texts="MTEXT")))),
        # the two names change places between the drawings
        Drawn("砖桥-设计图.dwg", "GSA20", "design", lambda: dwg(sheet((A, B), None, Layout(title=FIRST)), Form(past=DESIGN))),
        Drawn("砖桥-施工图.dwg", "GSA20", "construction", lambda: dwg(swapped, Form(past=LATER_SAVE))),
    )


def _alone() -> tuple[Drawn, ...]:
    chain = overridden(_sheet(C, FIRST), 0, "9700").new
    written = replace(deepened(B, 3600, 400), annotated_m2=50.0)
    several = reworded("persons", _sheet(C, FIRST), "居住人数：3人", "居住人数：3人或4人", ("text",)).new
    return (
        Drawn("泼河集镇-设计图.dwg", "GSA07", "design", lambda: dwg(chain, Form(version="R2013", past=DESIGN))),
        Drawn("寨河集镇-设计图.dwg", "GSA05", "design", lambda: dwg(_sheet(written, FIRST), Form(past=DESIGN, texts="MTEXT"))),
        Drawn("白雀园集镇-设计图(天正).dxf", "GSA10", "design", lambda: with_custom_walls(dxf(_sheet(C, FIRST), Form(past=DESIGN)))),
        Drawn("园区公寓-设计图.dwg", "GSA22", "design", lambda: dwg(several, Form(version="R2004", past=DESIGN))),
        Drawn("园区北苑-设计图.dwg", "GSA08", "design", lambda: dwg(_sheet(C, FIRST), Form(past=DESIGN, hidden={"opening_text": "off"}))),
    )


def _sheet(unit: UnitType, title: Title) -> Sheet:
    return sheet((unit,), None, Layout(title=title))


def _titled(of: Sheet, title: Title) -> Sheet:
    return retitled(of, Layout(), title)


_PAST = re.compile(rb"  9\r\n\$(TD\w+|FINGERPRINTGUID|VERSIONGUID|LASTSAVEDBY|HANDSEED)\r\n *\d+\r\n[^\r\n]*\r\n")


def _without_a_past(data: bytes) -> bytes:
    """Return a DXF as converters leave it: without days and numbers of its own."""
    return _PAST.sub(b"", data)


def unit_types(homes: Sequence[Home]) -> list[Row]:
    """Return the ledger of unit types as staff keep it: what each is for, and the areas on paper; as many homes as there are families."""
    said: list[tuple[str, UnitType | str, int, dict[str, Any]]] = [
        ("GSA01", C, 3, {"register_area_m2": 75.0}),
        ("GSA03", B, 2, {"register_area_m2": 50.0, "surveyed_area_m2": 50.1}),
        ("GSA05", B, 2, {"register_area_m2": 50.0}),
        ("GSA07", C, 3, {}),
        ("GSA08", C, 3, {"register_area_m2": 75.0}),
        ("GSA10", C, 3, {"register_area_m2": 75.0}),
        ("GSA14", B, 2, {"register_area_m2": 50.0}),
        ("GSA16", D, 4, {"register_area_m2": 100.0}),
        ("GSA19", A, 1, {"register_area_m2": 25.0}),
        ("GSA20", A, 1, {"register_area_m2": 25.0}),
        ("GSA20", B, 2, {"register_area_m2": 50.0}),
        ("GSA22", C, 3, {"register_area_m2": 75.0}),
        ("GSA24", "H户型", 4, {"register_area_m2": 140.0, "surveyed_area_m2": 140.5, "registered_poor": False, "homes": 6}),
    ]
    sites = {site.code: site for site in SITES}
    rows = []
    for code, unit, persons, more in said:
        label = unit if isinstance(unit, str) else unit.label
        of_type = sum(home.site is sites[code] and home.card.get("unit_type") == label for home in homes)
        rows.append({
            "code": f"{code}-{label[0]}", "name": label, "township": sites[code].township, "site_code": code, "site_name": sites[code].name,
            "registered_poor": True, "persons": persons, "approved_on": sites[code].approved_on, "homes": of_type, **more,
        })  # fmt: skip
    return rows


def write_drawings(out: Path) -> None:
    """Write every drawing into `out`."""
    out.mkdir(exist_ok=True)
    for one in drawings():
        (out / one.file).write_bytes(one.made())
