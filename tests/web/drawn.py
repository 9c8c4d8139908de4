"""An office with drawings: at one site a pair whose outer wall was moved 600 mm, at another a pair that is no pair."""

import math
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from ezdxf.filemanagement import new
from flask.testing import FlaskClient

from relocation.service import Store
from relocation.service.checking import check
from relocation.service.drawings.taking import take_in
from relocation.service.office import open_office
from tests.drawings.pairs import Pair, planted_pairs
from tests.web.offices import AS_OF, NOW, ordinary

COUNTY = "411522"
MOVED = "17 outer wall moved 600 mm"
"""C户型, 75.00 m² for three in the design; 10.0 × 8.1 = 81.00 m² in the construction drawing."""
OTHER = "another drawing"
"""The same design, beside lines that have nothing to do with it: neither can be laid over the other but by hand."""


@dataclass(frozen=True)
class Drawn:
    """The office and the codes of what is in it."""

    store: Store
    design: str
    construction: str
    pair: str
    apart: str
    unmeasured: str


def planted(name: str) -> Pair:
    return next(one for one in planted_pairs() if one.name == name)


def files_of(name: str, folder: Path, names: tuple[str, str] = ("设计图", "施工图")) -> tuple[Path, Path]:
    """Write the two files of a pair and return where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    if name == OTHER:
        return files_of(MOVED, folder, names)[0], fan(folder / f"{names[1]}.dxf")
    pair = planted(name)
    paths = [folder / f"{called}{Path(side.name).suffix}" for called, side in zip(names, (pair.old, pair.new), strict=True)]
    for path, side in zip(paths, (pair.old, pair.new), strict=True):
        path.write_bytes(side.data)
    return paths[0], paths[1]


def fan(path: Path) -> Path:
    """Write lines that no plan has, above a straight one of ten metres."""
    document = new("R2010", units=4)
    space = document.modelspace()
    for n in range(60):
        angle, radius = n * n * 0.37, 1000 + 137 * n
        space.add_line((n * 211 % 5000, n * n * 97 % 7000), (radius * math.cos(angle), radius * math.sin(angle)))
    space.add_line((-4000, -9000), (6000, -9000))
    document.saveas(path)
    return path


def drawn(home: Path, names: tuple[str, str] = ("设计图.dxf", "施工图.dxf")) -> Drawn:
    """Return an office with both pairs taken in and checked."""
    from relocation.service.drawings.lists import by_site

    store = ordinary(home / "office")
    for site, of in (("S1", MOVED), ("S2", OTHER)):
        for role, path, name in zip(("design", "construction"), files_of(of, home / site), names, strict=True):
            take_in(store, path, role=role, site=site, county=COUNTY, now=NOW, name=name)
    check(store, as_of=AS_OF, now=NOW)
    found = {one.code: one for one in by_site(store)}
    [line] = found["S1"].pairs
    return Drawn(
        store,
        line.row["design_drawing"],
        line.row["construction_drawing"],
        line.row["code"],
        found["S2"].pairs[0].row["code"],
        found["S2"].pairs[0].row["construction_drawing"],
    )


def opened(made: Drawn, home: Path) -> Drawn:
    """Return a copy of an office in a folder of its own; taking four drawings in anew would cost seconds."""
    shutil.copytree(made.store.home, home)
    return replace(made, store=open_office(home))


def token(client: FlaskClient) -> str:
    """Return the token that the forms of this client carry."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/import").text)
    assert found
    return found[1]
