"""What the tests of the vetting workbench share: two places of the demonstration, how they are asked, files with shapes."""

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from relocation.service import Store, Trouble
from relocation.service.bench import asking, proposing
from relocation.service.bench.proposing import Told

COUNTY, DAY = "411522", date(2026, 11, 24)
HERE = ("东岭", 114.905, 32.012)
FAR = ("南坡", 114.75, 31.80)
GEOD = Geod(ellps="WGS84")


def square(lon: float, lat: float, half: float = 0.0005) -> shapely.Polygon:
    return shapely.box(lon - half, lat - half, lon + half, lat + half)


def answer_to(store: Store, *points: tuple[str, float, float], told: Told | None = None) -> list[asking.Answer]:
    return asking.ask(store, proposing.points(store, points, told or Told()), as_of=DAY, most_off_m=500.0)


def geojson(path: Path, *shapes: shapely.Geometry) -> Path:
    features = [{"type": "Feature", "properties": {"name": f"地块{n}"}, "geometry": json.loads(shapely.to_geojson(shape))} for n, shape in enumerate(shapes, 1)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def refused(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)
