"""A map book of a hundred sites: one PDF, a file each, and a second run on a folder where nothing changed.

Run as `python -m benchmarks.mapbook --no-peak` (with peaks every way loads the county anew). The demonstration county with its drawings, its ledger
and its photos, and 76 further sites beside it with a photo each, so that a hundred pages are as full as real ones. Every way starts from the store;
gathering alone and pictures alone are shown so that one sees where the time goes.

There is no peer in the run: nothing that draws atlases (QGIS, matplotlib, ReportLab) is a dependency of the program, and none of them reads this
store; the target is the issue's own, two minutes for a hundred sites.
"""

import atexit
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pypdfium2

from benchmarks.measure import Contest
from relocation.service import Store
from relocation.service.checking import check
from relocation.service.demo import load_demo
from relocation.service.evidence import attaching
from relocation.service.importing import import_files
from relocation.service.mapbook.gathering import Gathering
from relocation.service.mapbook.making import Run, book, folder
from relocation.service.mapbook.picking import Asked, picked
from relocation.service.mapbook.picturing import site_svg
from tests.evidence.photos import taken_at

NOW, DAY, COUNTY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC), date(2026, 11, 30), "411522"
SITES, OF_THE_COUNTY = 100, 24


@dataclass(frozen=True, slots=True)
class Given:
    """The office, the conditions, and folders to write into: one that is emptied before it is used, one that is full."""

    store: Store
    asked: Asked
    fresh: Path
    full: Path


def prepare(scale: float = 1.0) -> Given:
    """Load the county and bring further sites, strewn over it from a fixed seed."""
    at = Path(mkdtemp(prefix="mapbook-"))
    atexit.register(shutil.rmtree, at, ignore_errors=True)
    store = load_demo(at / "home", now=NOW)
    more = max(round(SITES * scale) - OF_THE_COUNTY, 1)
    rng = np.random.default_rng(2026)
    lons, lats = 114.7 + 0.35 * rng.random(more), 31.8 + 0.3 * rng.random(more)
    lines = [f"MB{n:03},第{n}安置点,十里镇,{lon:.6f},{lat:.6f},WGS84,20,2017-03-05,40,130" for n, (lon, lat) in enumerate(zip(lons, lats, strict=True))]
    path = at / "安置点.csv"
    path.write_text("\n".join(["安置点编码,安置点名称,乡镇,经度,纬度,坐标系,位置误差(米),批复日期,安置户数,安置人数", *lines]) + "\n", "utf-8")
    import_files(store, [path], now=NOW, as_kind="sites", county=COUNTY)
    check(store, as_of=date(2019, 12, 31), now=NOW)
    for n, (lon, lat) in enumerate(zip(lons.tolist(), lats.tolist(), strict=True)):
        (at / "a.jpg").write_bytes(taken_at(datetime(2018, 5, 3, 10, n % 60), lon, lat, seed=n))  # noqa: DTZ001 - a camera's clock has no zone
        said = attaching.claim("photo", since=date(2018, 5, 3), until=None, note="")
        attaching.attach(store, at / "a.jpg", name="a.jpg", subject_kind="site", subject=f"MB{n:03}", said=said, now=NOW, county=COUNTY)
    given = Given(store, Asked(county=COUNTY), at / "fresh", at / "full")
    every_file(given, given.full)
    return given


def one_pdf(given: Given) -> bytes:
    """Make one PDF."""
    return book(given.store, given.asked, "zh", DAY)[0]


def every_file(given: Given, out: Path | None = None) -> Run:
    """Make a file a site in an empty folder."""
    if out is None:
        shutil.rmtree(given.fresh, ignore_errors=True)
    return folder(given.store, given.asked, "zh", DAY, out or given.fresh)


def again(given: Given) -> Run:
    """Go over a folder in which every page is there and right."""
    return folder(given.store, given.asked, "zh", DAY, given.full)


def gathered(given: Given) -> int:
    """Gather the pages without setting type."""
    return sum(1 for _ in Gathering(given.store, "zh", DAY).pages(picked(given.store, given.asked)))


def one_picture(given: Given) -> str:
    """Draw one site as its page asks for it."""
    return site_svg(given.store, "GSA06", COUNTY, "zh")


def facts(_given: Given, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Say how many pages there are and how large they are."""
    said: dict[str, Any] = {}
    if "one PDF" in answers:
        said |= {"pages of the PDF": len(pypdfium2.PdfDocument(answers["one PDF"])), "its size, MB": round(len(answers["one PDF"]) / 1e6, 2)}
    if "a file each" in answers:
        said["files made"] = answers["a file each"].made
    if "the folder again" in answers:
        said["made again of a folder that was right"] = answers["the folder again"].made
    return said


contest = Contest(
    "map book of 100 sites",
    prepare=prepare,
    ways={"one PDF": one_pdf, "a file each": every_file, "the folder again": again, "gathering alone": gathered, "one site's picture": one_picture},
    reference="one PDF",
    facts=facts,
    targets={"one PDF, a file each": "under 120 s for 100 sites"},
)

if __name__ == "__main__":
    contest.main(str(__spec__.name))
