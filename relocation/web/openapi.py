"""The description of /api/v1 for programs (OpenAPI 3.1), made from the routes themselves: what is served is what is described.

A view says with `asks` which conditions it takes, and with `sends` which fields of a form; its docstring is its summary, `needs` says which
right it takes. A route that says nothing is described too, by its address alone.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask

from checks.verdict import Outcome
from relocation.visits.sampling import Allocation
from relocation.web.asked import MOST_A_PAGE, TEXT_LIMIT
from relocation.web.needing import Door, needed

View = TypeVar("View", bound=Callable[..., Any])
Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string", "maxLength": TEXT_LIMIT}
_DAY: Schema = {"type": "string", "format": "date"}
_FILE: Schema = {"type": "string", "format": "binary"}
_CONDITIONS: Mapping[str, Schema] = {
    "county": {"type": "string", "pattern": "^[0-9]{6}$", "description": "six-digit code of the county"},
    "outcome": {"type": "string", "enum": [outcome.id for outcome in Outcome]},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE},
    "after": {"type": "string", "maxLength": TEXT_LIMIT * 10, "description": "`after` of the page before; empty for the first"},
    "all": {"type": "string", "enum": ["1"], "description": "households that pass too"},
    "like": {"type": "integer", "minimum": 0, "maximum": 20, "description": "so many look-alikes beside it"},
    "as_of": {**_DAY, "description": "the day of judgement"},
    "since": {**_DAY, "description": "the day since when changes are told; by default that of the last brief"},
    "lon": {"type": "number", "minimum": -180, "maximum": 180},
    "lat": {"type": "number", "minimum": -90, "maximum": 90},
    "seed": {"type": "string", "minLength": 1, "maxLength": 60, "description": "the random seed: the same draws the same"},
    "size": {"type": "integer", "minimum": 1, "maximum": 9_999_999},
    "certain": {"type": "integer", "minimum": 0, "maximum": 9_999_999},
    "precision": {"type": "number", "exclusiveMinimum": 0, "description": "instead of a size: half the width of a share's interval, in hundredths"},
    "allocation": {"type": "string", "enum": [one.id for one in Allocation]},
    "respected_days": {"type": "integer", "minimum": 0, "maximum": 3_660, "description": "whoever was visited within so many days is left alone"},
    "again": {"type": "string", "enum": ["1"], "description": "draw those too, each with a note"},
    "with": {"type": "array", "items": _TEXT, "maxItems": 20, "description": "NAME=AMOUNT"},
    "lang": {"type": "string", "enum": ["zh", "en"]},
}
_NEEDED = frozenset({"lon", "lat", "seed"})
_FIELDS: Mapping[str, Schema] = {
    "design": _FILE, "construction": _FILE, "xref": {"type": "array", "items": _FILE}, "county": _CONDITIONS["county"], "approved_on": _DAY,
    "persons": {"type": "array", "items": _TEXT, "description": "UNIT TYPE=PERSONS"}, "file": _FILE, "until": _DAY,
    **{name: _CONDITIONS[name] for name in ("seed", "size", "certain", "precision", "allocation", "respected_days", "again")},
    "a_day": {"type": "integer", "minimum": 1, "maximum": 60},
}  # fmt: skip
_REFUSED: Mapping[int, str] = {
    400: "a condition that cannot be used, or a file that cannot be read", 401: "nobody is signed in", 403: "the right or the place is not yours",
    404: "there is no such thing, or not within your places", 405: "not in this way", 409: "somebody changed it in the meantime, or its state does not allow it",
    413: "too large", 429: "too often", 507: "the disk is full or read-only",
}  # fmt: skip

_MEMBERS: Mapping[str, Schema] = {
    "places": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "name": _TEXT, "x": {"type": "number"}, "y": {"type": "number"},
                "ring": {"type": "array", "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}},
            },
        },
    },
    "uncertainty_m": {"type": "number", "minimum": 0}, "most_off_m": {"type": "number", "minimum": 0}, "as_of": _DAY, "county": _CONDITIONS["county"],
    "weights": {"type": "object", "additionalProperties": {"type": "number"}}, "contested": {"type": "object", "additionalProperties": _TEXT},
}  # fmt: skip

_ASKED: dict[Callable[..., Any], tuple[str, ...]] = {}
_SENT: dict[Callable[..., Any], tuple[str, ...]] = {}
_TOLD: dict[Callable[..., Any], tuple[str, ...]] = {}


def asks(*conditions: str) -> Callable[[View], View]:
    """Declare the conditions a view takes from the address. Stands below the route."""

    def declared(view: View) -> View:
        _ASKED[view] = conditions
        return view

    return declared


def sends(*fields: str) -> Callable[[View], View]:
    """Declare the fields of the form a view takes. Stands below the route."""

    def declared(view: View) -> View:
        _SENT[view] = fields
        return view

    return declared


def sends_json(*members: str) -> Callable[[View], View]:
    """Declare the members of the JSON object a view takes. Stands below the route."""

    def declared(view: View) -> View:
        _TOLD[view] = members
        return view

    return declared


def document(app: Flask) -> dict[str, Any]:
    """Return the description of every route under /api/v1."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if not rule.rule.startswith("/api/v1/"):
            continue
        address = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(address, {})[method.lower()] = _operation(app, rule.endpoint, sorted(rule.arguments), method)
    return {
        "openapi": "3.1.0",
        "info": {"title": "relocation", "version": "1", "description": "The JSON of the terminal's commands over HTTP; every refusal has one shape."},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {"Refusal": REFUSAL}},
    }


REFUSAL: Schema = {
    "type": "object",
    "required": ["error", "mend", "status"],
    "properties": {"error": {"type": "string"}, "mend": {"type": "string"}, "status": {"type": "integer"}, "number": {"type": "string"}},
}


def _operation(app: Flask, endpoint: str, arguments: list[str], method: str) -> dict[str, Any]:
    view = app.view_functions[endpoint]
    conditions = (*_ASKED.get(view, ()), "lang")
    parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for name in arguments]
    parameters += [{"name": name, "in": "query", "required": name in _NEEDED, "schema": _CONDITIONS.get(name, _TEXT)} for name in conditions]
    made: dict[str, Any] = {
        "operationId": f"{method.lower()}.{endpoint}",
        "summary": (view.__doc__ or "").strip().partition("\n")[0],
        "parameters": parameters,
        "responses": {"200": _answer("the answer", {"type": ["object", "array"]}), **{str(code): _answer(words, _POINTER) for code, words in _REFUSED.items()}},
        "x-needs": [one.value for one in needed(app, endpoint) if one is not Door.ANYONE],
    }
    if fields := _SENT.get(view):
        schema = {"type": "object", "properties": {name: _FIELDS.get(name, _TEXT) for name in fields}}
        made["requestBody"] = {"content": {"multipart/form-data": {"schema": schema}}}
    if members := _TOLD.get(view):
        schema = {"type": "object", "properties": {name: _MEMBERS.get(name, _TEXT) for name in members}}
        made["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    return made


_POINTER: Schema = {"$ref": "#/components/schemas/Refusal"}


def _answer(words: str, schema: Schema) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}
