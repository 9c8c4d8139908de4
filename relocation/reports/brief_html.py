"""The brief as one HTML file that opens with no network: the page's own sheet and styles, the picture inside."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from relocation.resources import folder


def brief_html(sheet: Mapping[str, Any], picture: str) -> bytes:
    """Return the file. Same sheet, same bytes; every text is escaped on its way in."""
    page = _pages().get_template("brief_file.html")
    drawn = "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
    return page.render(sheet=sheet, picture=drawn, linked=False).encode()


@cache
def _pages() -> Environment:
    return Environment(loader=FileSystemLoader(folder("templates") / "web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
