"""An office with two counties that attach photos."""

from datetime import UTC, datetime
from pathlib import Path

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store
from relocation.service.evidence import attaching
from relocation.service.importing import import_files
from relocation.store.evidence import EvidenceRow

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
OURS, THEIRS = "411522", "411523"
SITE_LON, SITE_LAT = 114.9, 32.0
PLACES = {OURS: (SITE_LON, SITE_LAT), THEIRS: (114.87, 31.64)}
DEGREE_M = 110_900.0
"""Metres in a degree of latitude there, to one part in a thousand."""


def fill(store: Store, folder: Path) -> Store:
    """Bring a site and two households into each of two counties; a household's old home lies three kilometres north of the site."""
    for county, (lon, lat) in PLACES.items():
        sites = f"安置点编码,安置点名称,乡镇,经度,纬度,坐标系,位置误差(米)\nS1,甲安置点,甲乡,{lon},{lat},WGS84,10\n"
        homes = "户编号,户主姓名,乡镇,行政村,安置点编码,旧房经度,旧房纬度,旧房拆除日期\n"
        homes += f"H0001,演甲,甲乡,甲村,S1,{lon},{lat + 3000 / DEGREE_M},2018-05-10\nH0012,演乙,乙乡,乙村,S1,,,\n"
        for name, text, kind in (("安置点.csv", sites, "sites"), ("搬迁户.csv", homes, "households")):
            (folder / name).write_text(text, "utf-8")
            (report,) = import_files(store, [folder / name], as_kind=kind, county=county, crs="WGS84", now=NOW)
            assert not report.refused, report
    return store


def somebody(*roles: Role, counties: tuple[str, ...] = (OURS,), townships: tuple[tuple[str, str], ...] = (), name: str = "keeper-a") -> Actor:
    """Return somebody bound to places."""
    return Actor(name, name, frozenset(roles or {Role.KEEPER}), Scope(frozenset(counties), frozenset(townships)))


def attach(
    store: Store, folder: Path, data: bytes, subject: str = "S1", *, kind: str = "photo", name: str = "a.jpg", county: str = OURS, **claimed: object
) -> EvidenceRow:
    """Attach bytes to a site (S…), a household (H…), or what is named in full: a finding, an entry."""
    (folder / name).write_bytes(data)
    told = {"since": claimed.pop("since", None), "until": claimed.pop("until", None), "note": claimed.pop("note", "")}
    subject_kind = str(claimed.pop("subject_kind", "site" if subject.startswith("S") else "household"))
    said = attaching.claim(kind, **told)  # type: ignore[arg-type]
    row, _ = attaching.attach(store, folder / name, name=name, subject_kind=subject_kind, subject=subject, said=said, now=NOW, county=county)
    return row
