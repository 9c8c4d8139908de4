"""Everything the map says, as JSON that stands in the page outside any template and is shown with `textContent` only."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from checks.sentence import day, distance
from checks.verdict import Outcome
from relocation.maps.data import MapData, MapLayer, Places, Reach
from relocation.maps.packing import packed
from relocation.maps.phrases import Own, coded
from relocation.maps.wording import WORDS

_UNSAFE = re.compile("[<>\u2028\u2029\ud800-\udfff]")


def as_json(value: Any) -> str:
    """Return JSON that may stand in a <script> of any page: no <, no >, no line separators of JavaScript, no half characters."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def texts(data: MapData) -> dict[str, Any]:
    """Return the map's texts and verdicts in columns, in the language of the data."""
    words = WORDS[data.lang]
    return {
        "lang": data.lang,
        "title": data.title,
        "asOf": day(data.as_of, data.lang),
        "ownApproval": data.own_approval_no,
        "links": [[link.text, link.url] for link in data.links],
        "words": words,
        "outcomes": [[outcome.id, outcome.zh if data.lang == "zh" else outcome.en] for outcome in Outcome],
        "layers": [_layer(layer) for layer in data.layers],
        "groups": [_places(group, data) if group is not None else 0 for group in (data.sites, data.households)],
    }


def _layer(layer: MapLayer) -> dict[str, Any]:
    placed = [shape is not None and not shape.is_empty for shape in layer.shapes]
    return {
        "id": layer.id,
        "title": layer.title,
        "names": coded(layer.names),
        "details": coded(layer.details) if layer.details else 0,
        "classes": coded(layer.classes) if layer.classes else 0,
        "uncertainty": packed(layer.uncertainty_m),
        "about": [layer.source, layer.dated, layer.licence, layer.note, layer.attribution],
        "approval": layer.approval_no,
        "shown": layer.shown,
        "unplaced": len(placed) - sum(placed),
    }


def _places(places: Places, data: MapData) -> dict[str, Any]:
    layers = {layer.id: layer for layer in data.layers}
    targets = [_target_names(reach, layers[reach.layer]) for reach in places.reaches]
    far = [_distances(reach, data.lang) for reach in places.reaches]
    names, codes, townships, *others = (Own.of(words) for words in (places.names, places.codes, places.townships, *targets, *far))
    own = [names, codes, townships, *others]
    return {
        "names": coded(places.names, [codes, townships]),
        "codes": coded(places.codes),
        "townships": coded(places.townships, others[: len(targets)]),
        "pages": places.page_prefix,
        "checks": [
            [check.id, check.title, packed(np.where(check.outcomes < 0, np.nan, check.outcomes)), coded(check.sentences, own)] for check in places.checks
        ],
        "reaches": [coded(column) for column in far],
    }


def _target_names(reach: Reach, layer: MapLayer) -> Sequence[str]:
    names = np.array([*layer.names, ""], dtype=object)
    return list(names[reach.which])  # -1, nothing found, is the empty one at the end


def _distances(reach: Reach, lang: str) -> list[str]:
    """Return distances in the words of the sentences: the line on the map and the sentence beside it never differ."""
    metres = reach.distance_m.tolist()
    if np.isfinite(reach.distance_m).all():
        return [distance(one, lang) for one in metres]
    return [distance(one, lang) if math.isfinite(one) else "" for one in metres]
