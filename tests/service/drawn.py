"""An office with one site, and drawings of it on disk."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checks.finding import Finding
from checks.records import RecordKind
from relocation.service import Store
from relocation.service.checking import check, found_now
from relocation.service.drawings import taking
from relocation.service.drawings.rows import rows_of
from relocation.service.importing import ImportReport, import_files
from tests.drawings.sheets import Layout, Sheet, Title, sheet
from tests.drawings.unit_types import UnitType
from tests.drawings.writing import Form, Past, dxf

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
COUNTY, SITE = "990100", "S1"
SITES = "安置点编码,安置点名称,乡镇,批复日期,安置户数\nS1,演示点,十里镇,2017-04-01,20\nS2,另一点,十里镇,2017-04-01,20\n"
TYPES = "户型编号,户型,安置点编码,是否供建档立卡户,居住人数,设计批复日期,套数,登记建筑面积(㎡)"


@dataclass(frozen=True)
class Desk:
    """An office's store and a folder for what is sent to it."""

    store: Store
    folder: Path

    def file(self, name: str, data: bytes) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.write_bytes(data)
        return path

    def send(self, name: str, data: bytes, role: str, **more: Any) -> ImportReport:
        """Take in a drawing of the site."""
        return taking.take_in(self.store, self.file(name, data), role=role, site=SITE, now=NOW, **more)

    def ledger(self, *lines: str) -> ImportReport:
        """Import lines of the ledger of unit types."""
        path = self.file("户型.csv", "\n".join([TYPES, *lines, ""]).encode())
        (report,) = import_files(self.store, [path], now=NOW, as_kind="unit-types", county=COUNTY)
        return report

    def rows(self, kind: RecordKind) -> list[dict[str, Any]]:
        """Return the stored records of a kind, without what is missing."""
        return [{name: value for name, value in row.items() if value not in (None, "")} for row in rows_of(self.store, kind)]

    def judged(self, *ids: str) -> dict[str, Finding]:
        """Run the checks and return check → finding, of the only record each is about."""
        check(self.store, as_of=NOW.date(), now=NOW)
        found = found_now(self.store, as_of=NOW.date(), only=ids or taking.CHECKS)
        return {one.check: one for one in found}


def desk(store: Store, folder: Path) -> Desk:
    """Return an office that knows two sites."""
    made = Desk(store, folder)
    import_files(store, [made.file("安置点.csv", SITES.encode())], now=NOW, county=COUNTY)
    return made


def plan(*units: UnitType, past: Past | None = None, title: Title | None = None) -> bytes:
    """Return unit types on one sheet as the bytes of a DXF."""
    return dxf(drawn(*units, title=title), Form(past=past) if past else Form())


def drawn(*units: UnitType, title: Title | None = None) -> Sheet:
    """Return unit types on one sheet."""
    return sheet(units, None, Layout(title=title or Title()))
