"""One record edited: judged again with the totals of its county, beside a run of everything."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.import_store import write_workbook
from benchmarks.measure import Contest

HOUSEHOLDS, SITES = 30_000, 400
"""A large county: Henan's largest relocated fewer."""
NOW, AS_OF, COUNTY = datetime(2026, 11, 24, tzinfo=UTC), date(2019, 12, 31), "411522"
_EDITS = count(1)


@dataclass(frozen=True)
class Given:
    """A checked store and a folder for the edits."""

    store: Any
    folder: Path


def prepare(scale: float) -> Given:
    """Fill and check a county."""
    from relocation.service.checking import check
    from relocation.service.importing import import_files
    from relocation.service.office import open_office

    folder = Path(tempfile.mkdtemp(prefix="relocation-bench-"))
    store = open_office(folder / "home")
    write_workbook(folder / "households.xlsx", int(HOUSEHOLDS * scale), changed=False)
    sites = [
        f"S{n:03d},{n}号安置点,东岭乡,{114.75 + n % 20 * 0.015:.4f},{31.85 + n // 20 * 0.012:.4f},2017-03-05,{20 + n % 60}" for n in range(int(SITES * scale))
    ]
    _ledger(folder / "sites.csv", sites)
    import_files(store, [folder / "households.xlsx", folder / "sites.csv"], now=NOW, county=COUNTY, crs="WGS84")
    check(store, as_of=AS_OF, now=NOW)
    return Given(store, folder)


def _ledger(path: Path, lines: list[str], heading: str = "安置点编码,安置点名称,乡镇,经度,纬度,批复日期,安置户数") -> Path:
    path.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
    return path


def _edited(given: Given, path: Path) -> None:
    from relocation.service.importing import import_files

    import_files(given.store, [path], now=NOW, county=COUNTY, crs="WGS84")


def site(given: Given) -> Any:
    """Move a site, store it, judge it again."""
    number = next(_EDITS)
    path = _ledger(given.folder / f"s{number}.csv", [f"S007,7号安置点,东岭乡,{114.8 + number % 90 * 0.001:.4f},31.9000,2017-03-05,30"])
    _edited(given, path)
    return _again(given, "site", "S007")


def household(given: Given) -> Any:
    """Change a household's area, store it, judge it and its county's totals again."""
    number = next(_EDITS)
    path = _ledger(given.folder / f"h{number}.csv", [f"H0000007,演甲,{60 + number % 90}"], "户编号,户主姓名,安置住房面积")
    _edited(given, path)
    return _again(given, "household", "H0000007")


def _again(given: Given, kind: str, code: str) -> Any:
    from relocation.service.rechecking import recheck

    return recheck(given.store, kind, [code], county=COUNTY, as_of=AS_OF, now=NOW)


def site_only(given: Given) -> Any:
    """Judge a site again that is stored already."""
    return _again(given, "site", "S007")


def household_only(given: Given) -> Any:
    """Judge a household again that is stored already, with its county's totals."""
    return _again(given, "household", "H0000007")


def whole(given: Given) -> Any:
    """Run every check over everything."""
    from relocation.service.checking import check

    return check(given.store, as_of=AS_OF, now=NOW)


def judge(given: Given, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Tell whether judging one again leaves what a whole run leaves."""
    from relocation.service.findings import counts

    before = counts(given.store).counts
    return {"same totals as a whole run": whole(given).counts == before, "judged in all": sum(sum(n.values()) for n in before.values()), "ways": len(answers)}


contest = Contest(
    "one record judged again after an edit",
    prepare=prepare,
    ways={
        "whole run": whole,
        "site: edit + recheck": site,
        "site: recheck": site_only,
        "household: edit + recheck": household,
        "household: recheck": household_only,
    },
    reference="whole run",
    facts=judge,
    targets={"site: edit + recheck": "< 50 ms", "household: edit + recheck": "< 50 ms"},
)

if __name__ == "__main__":
    contest.main(__spec__.name)
