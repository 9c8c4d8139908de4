"""An office whose records are the made-up county's sites, and the three made-up lists about it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from relocation.accounts.actor import Actor
from relocation.resources import folder
from relocation.service import Store
from relocation.service.importing import import_files
from relocation.service.rectification.lists import ListReport, bring_list
from tests.data.demo_county.problem_books import BOOKS, write_problem_lists
from tests.service.rectifying import KEEPER

COUNTY = "411522"
NOW = datetime(2019, 10, 28, 2, tzinfo=UTC)  # a Monday
NAMES = {"national": "国家巡查", "provincial": "省级核查", "municipal": "市级督查"}


def with_sites(store: Store) -> Store:
    """Import the made-up county's sites."""
    import_files(store, [folder("data") / "demo" / "安置点台账.xlsx"], now=NOW, county=COUNTY, as_kind="sites")
    return store


def homes(store: Store, write: Callable[..., Path], *lines: str) -> None:
    """Import a few households: code, head, township, village."""
    import_files(
        store,
        [write(lines, heading="户编号,户主姓名,乡镇,行政村,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积")],
        now=NOW,
        county=COUNTY,
        as_kind="households",
    )


def brought(store: Store, out: Path, by: Actor = KEEPER, tiers: Mapping[str, str] = NAMES, now: datetime = NOW) -> dict[str, ListReport]:
    """Bring the three made-up lists."""
    out.mkdir(exist_ok=True)
    write_problem_lists(out)
    return {tier: bring_list(store.acting(by), out / BOOKS[tier], county=COUNTY, tier=tier, name=name, now=now) for tier, name in tiers.items()}
