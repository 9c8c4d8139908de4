"""Classes of custom objects that a file announces (天正's, AEC's), held against what the reader met of them.

A file that says it holds seven TCH_WALL and shows none has lost them on its way, through a converter that drops what it does not know.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

FIRST = 500  # the number of the first class
PROXY = "ACAD_PROXY_ENTITY"
KNOWN = frozenset({
    "IMAGE", "WIPEOUT", "MULTILEADER", "MLEADER", "ACAD_TABLE", "OLE2FRAME", "PDFUNDERLAY", "DWFUNDERLAY", "DGNUNDERLAY", "LIGHT", "CAMERA", "SUN", "HELIX", "SURFACE",
    "MESH", "SECTIONOBJECT", "GEOPOSITIONMARKER", "PLANESURFACE", "EXTRUDEDSURFACE", "LOFTEDSURFACE", "REVOLVEDSURFACE", "SWEPTSURFACE", "NURBSURFACE",
})  # fmt: skip
"""Classes that are AutoCAD's own and are read, or left out by name."""


class Announced(NamedTuple):
    """One class of the CLASSES section; instances is -1 where the file does not count them."""

    name: str
    entity: bool
    instances: int = -1


def name_of(kind: str, props: Mapping[str, Any], classes: Sequence[Announced]) -> str:
    """Return the class of an entity that is not decoded, as the file spells it; of a stand-in the class it stands for."""
    if kind == PROXY:
        number = next((int(value) for code, value in props.get("dxf.codes", ()) if code == 91), 0) - FIRST
        return classes[number].name or PROXY if 0 <= number < len(classes) else PROXY
    return next((one.name for one in classes if one.name.upper() == kind.upper()), kind)


def kind_of(entity: Mapping[str, Any]) -> str:
    """Return the DXF name of an entity of unknown kind."""
    name = str(entity["kind"]["type_name"])
    return name.partition(".")[2] or name


def lost(classes: Sequence[Announced], lists: Iterable[Sequence[Mapping[str, Any]]]) -> dict[str, int]:
    """Return how many objects of each class the file counts and nobody met, by class."""
    counted = {one.name: one.instances for one in classes if one.entity and one.instances > 0 and one.name.upper() not in KNOWN}
    if not counted:
        return {}
    met = Counter(name_of(kind_of(one), one["props"], classes) for entities in lists for one in entities if one["kind"]["type"] == "unknown")
    return {name: count - met[name] for name, count in sorted(counted.items()) if count > met[name]}
