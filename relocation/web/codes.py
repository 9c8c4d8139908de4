"""Codes in addresses: staff's codes may hold slashes, two in a row, and even line breaks; the page of every record must be found."""

from flask import Flask
from werkzeug.routing import PathConverter


class AnyCode(PathConverter):
    """Everything to the end, line breaks included."""

    regex = r"[^/][\s\S]*?"


def find(app: Flask) -> None:
    """Let `<path:…>` take every code as it is written; before any route is added."""
    app.url_map.converters["path"] = AnyCode
    app.url_map.merge_slashes = False
