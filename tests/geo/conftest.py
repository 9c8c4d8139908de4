"""Real layers read where they lie beside the checkout, and small layers made for a test."""

import json
import os
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo.layer import Layer

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "geodata"


def layer_of(shapes: list[Any], uncertainty_m: list[float] | None = None) -> Layer:
    """Return a layer of these shapes, named by their numbers."""
    column = np.empty(len(shapes), object)
    column[:] = shapes
    uncertain = np.zeros(len(shapes)) if uncertainty_m is None else np.array(uncertainty_m, float)
    return Layer("made", tuple(map(str, range(len(shapes)))), column, np.full(len(shapes), "", object), uncertain, "WGS84", "made for a test", "2026-01-01")


def real_layer(name: str) -> Layer:
    """Return one of the real layers; without them the test is skipped with a warning, and fails where CI is set."""
    path = REAL / f"{name}.geojson"
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is needed here and is absent")
        warnings.warn(f"NOT TESTED AGAINST REAL DATA: {path} is absent", stacklevel=2)
        pytest.skip(f"real data absent: {path}")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    facts = [feature["properties"] for feature in features]
    shapes = np.array([shapely.from_geojson(json.dumps(feature["geometry"])) if feature["geometry"] else None for feature in features], object)
    names = tuple(fact.get("name") or fact["county"] for fact in facts)
    counties = np.array([fact["adcode"] for fact in facts], object)
    uncertain = np.array([fact.get("uncertainty_m") or np.nan for fact in facts], float)
    return Layer(name, names, shapes, counties, uncertain, "WGS84", "shared geodata", "2026-09")


@pytest.fixture(scope="session")
def townships() -> Layer:
    """182 township centres of Xinyang."""
    return real_layer("township_centres")


@pytest.fixture(scope="session")
def counties() -> Layer:
    """The ten county polygons of Xinyang."""
    return real_layer("county_boundaries")


@pytest.fixture(scope="session")
def seats() -> Layer:
    """The ten county seats of Xinyang."""
    return real_layer("county_seats")
