"""The unit types in the ways in which offices draw and save them: what areas must come out right on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tests.drawings.dwg import dwg
from tests.drawings.sheets import Layout, Sheet, sheet
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import TYPES
from tests.drawings.writing import Form, dxf

FULL = Manner(columns="frame", hatched=True, furniture=True)
MANNERS = {
    "double": Manner(),
    "polyline": Manner(walls="polyline"),
    "single": Manner(walls="single"),
    "columns": FULL,
    "columns in the wall": Manner(columns="embedded"),
    "stair": Manner(stair=True),
    "loose doors": Manner(swing="loose", areas=False),
    "no areas": Manner(gross=False),
}
LAYOUTS = {
    "elevation": Layout(elevation=True),
    "no frame": Layout(frame=False),
    "no frame, elevation": Layout(frame=False, elevation=True),
    "in blocks": Layout(in_block=True),
    "mirrored": Layout(mirrored=True),
    "rotated 90°": Layout(turned_deg=90.0),
    "rotated 7.3°": Layout(turned_deg=7.3, elevation=True, frame=False),
    "rotated 33°, mirrored": Layout(turned_deg=33.0, mirrored=True, elevation=True),
    "metres": Layout(unit_m=1.0),
    "centimetres": Layout(unit_m=0.01),
    "attributes": Layout(title_block="attributes"),
    "far away": Layout(dx_mm=1e6, dy_mm=-5e6),
    "all at once": Layout(in_block=True, mirrored=True, turned_deg=45.0, unit_m=1.0),
}
FORMS = {
    "R12": Form(version="R12"),
    "R2000": Form(version="R2000"),
    "R2018": Form(version="R2018"),
    "MTEXT": Form(texts="MTEXT"),
    "metres called millimetres": Form(header_unit=4),
}


@dataclass(frozen=True)
class Variant:
    """One file with its truth; `kind` names the row of the accuracy table."""

    kind: str
    name: str
    sheet: Sheet
    form: Form
    dwg: bool = False

    @property
    def data(self) -> bytes:
        """The file."""
        return dwg(self.sheet, self.form) if self.dwg else dxf(self.sheet, self.form)

    @property
    def file(self) -> str:
        """Its name with the right ending."""
        return f"{self.name}.{'dwg' if self.dwg else 'dxf'}"


@cache
def variants() -> tuple[Variant, ...]:
    """Return every variant, in a fixed order."""
    return (*_manners(), *_layouts(), *_forms())


def _manners() -> Iterator[Variant]:
    for manner, how in MANNERS.items():
        for letter, unit in TYPES.items():
            yield Variant(manner, f"{letter} {manner}", sheet((unit,), how), Form())
    for manner in ("double", "single"):
        for letter, unit in TYPES.items():
            yield Variant("balcony", f"{letter} balcony, {manner}", sheet((replace(unit, balcony=True),), MANNERS[manner]), Form())


def _layouts() -> Iterator[Variant]:
    two = (TYPES["C"], TYPES["A"])
    for layout, lay in LAYOUTS.items():
        for manner in ("double", "columns", "single"):
            yield Variant(layout, f"C and A, {layout}, {manner}", sheet(two, MANNERS[manner], lay), Form())
        yield Variant(layout, f"E, {layout}, stair", sheet((TYPES["E"],), replace(FULL, stair=True), lay), Form())


def _forms() -> Iterator[Variant]:
    two = (TYPES["D"], TYPES["B"])
    for naming in ("tianzheng", "english", "bound"):
        for manner in ("columns", "single"):
            yield Variant("layer names", f"{naming} layers, {manner}", sheet(two, MANNERS[manner]), Form(naming=naming))
    for name, form in FORMS.items():
        lay = Layout(unit_m=1.0) if "metres" in name else Layout()
        yield Variant("file forms", f"D and B, {name}", sheet(two, FULL, lay), form)
    for version in ("R2000", "R2004", "R2010", "R2018"):
        yield Variant("DWG", f"D and B, DWG {version}", sheet(two, FULL), Form(version=version), True)
