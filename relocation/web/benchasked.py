"""What the workbench's page and programs ask, read from JSON or a form and refused in words."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely
from flask import request

from relocation.service import Store
from relocation.service.bench import proposing, wayfinding
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _

USUAL_UNCERTAINTY_M = 10.0
MOST_CORNERS = 2_000
TEXT_LIMIT = 2_000
SCREENED = {"": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Wish:
    """One question: how places are told, on which day, with which weights; `document` is what came as JSON."""

    told: proposing.Told
    as_of: date
    most_off_m: float
    weights: Mapping[str, float] = field(default_factory=dict)
    contested: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)


def wish(today: date) -> Wish:
    """Return what the body asks: JSON, or the field `wish` of a form with a file. BadParameter for what cannot be read."""
    document = _document()
    told = proposing.Told(
        _text(document, "crs") or "WGS84",
        metres(_number(document, "uncertainty_m", USUAL_UNCERTAINTY_M)),
        _screened(_text(document, "screened")),
        _text(document, "county"),
    )
    weights = {str(id): _plain(weight, str(id)) for id, weight in _mapping(document, "weights").items()}
    contested = {str(item): str(reason)[:TEXT_LIMIT] for item, reason in _mapping(document, "contested").items()}
    off_m = _number(document, "most_off_m", wayfinding.MOST_OFF_M)
    return Wish(told, _day(_text(document, "as_of"), today), off_m, weights, contested, _text(document, "remark"), document)


def places(store: Store, wish: Wish, most: int = proposing.MOST) -> list[proposing.Proposal]:
    """Return the places of a question: each with x and y, or with a ring of WGS-84 corners. BadParameter for one that is neither."""
    given = wish.document.get("places")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _unreadable("places")
    if len(given) > most:
        proposing.few(len(given), most)
    made: list[proposing.Proposal] = []
    for number, one in enumerate(given, 1):
        name = _text(one, "name") or str(number)
        if "ring" in one:
            made.append(proposing.outline(store, name, _ring(one["ring"]), wish.told))
        else:
            made += proposing.points(store, [(name, _number(one, "x"), _number(one, "y"))], wish.told)
    return made or proposing.points(store, [], wish.told)  # which says that there are none


def county() -> str:
    """Return the county an address names. BadParameter where it names none."""
    code: str | None = asked.filters("county").get("county")
    if not code:
        raise BadParameter(_("没有写明是哪个县。"), _("请用六位行政区划代码，例如 411522。"))
    return code


def metres(value: float) -> float:
    """Return how well a place is known. Trouble for what cannot be."""
    proposing.known_to(value)
    return value


def _document() -> Mapping[str, Any]:
    try:
        found = json.loads(request.form["wish"]) if "wish" in request.form else request.get_json(silent=True)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _unreadable("JSON")
    return found


def _unreadable(what: str) -> BadParameter:
    return BadParameter(_("看不懂“%(what)s”。") % {"what": what[:60]}, _("请从工作台页面提交，或按接口说明写成 JSON。"))


def _mapping(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = document.get(name) or {}
    if not isinstance(found, dict) or len(found) > 100:
        raise _unreadable(name)
    return found


def _text(document: Mapping[str, Any], name: str) -> str:
    found = document.get(name, "")
    if found is None:
        return ""
    if not isinstance(found, str) or len(found) > TEXT_LIMIT or not found.isprintable():
        raise _unreadable(name)
    return found.strip()


def _number(document: Mapping[str, Any], name: str, usual: float | None = None) -> float:
    return usual if name not in document and usual is not None else _plain(document.get(name), name)


def _plain(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise BadParameter(_("“%(name)s”要填一个数。") % {"name": name[:60]}, _("例如 lon=114.9&lat=32.0。"))
    return float(value)


def _screened(text: str) -> bool | None:
    if text not in SCREENED:
        raise _unreadable("screened")
    return SCREENED[text]


def _day(text: str, today: date) -> date:
    if not text:
        return today
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise BadParameter(_("“%(value)s”不是日期。") % {"value": text[:60]}, _("请写成 2018-06-30 的样子。")) from None


def _ring(given: Any) -> shapely.Polygon:
    if not isinstance(given, list) or not 3 <= len(given) <= MOST_CORNERS or not all(isinstance(corner, list) and len(corner) == 2 for corner in given):
        raise BadParameter(_("范围线至少要有三个角。"), _("请在图上再点几个角，或上传范围线文件。"))
    return shapely.Polygon([(_plain(x, "ring"), _plain(y, "ring")) for x, y in given])
