"""The finished map page: Folium makes the map from geometry, every text is added afterwards."""

import base64
import hashlib
import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from relocation.maps import assets
from relocation.maps.data import MapData
from relocation.maps.geometry import bounds, geometry
from relocation.maps.texts import as_json, texts

if TYPE_CHECKING:
    from relocation.maps.chart import Chart

Mode = Literal["served", "inline"]

_SLOT = re.compile(r"<!--@([\w/.-]+)-->")
_TAG = re.compile(r"<(script|style)\b")
_BLOCK = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_XINYANG = (113.7, 31.4, 115.9, 32.7)  # where to look when a map has nothing placed at all


def folium_map(data: MapData, mode: Mode = "inline", *, nonce: str = "", asset_prefix: str = "/assets/") -> str:
    """Return the whole HTML document of a map.

    served : scripts and styles are fetched from under `asset_prefix` (see `assets.served_asset`), and every script and style tag carries the CSP `nonce`
    inline : one file that opens anywhere and asks for nothing; its own policy forbids any request and any script but the ones it came with

    ValueError for a served page without a nonce, or a nonce or prefix that could break out of its attribute.
    """
    if mode == "served" and not re.fullmatch(r"[\w+/=-]+", nonce):
        raise ValueError("a served map needs the nonce of its Content-Security-Policy")
    if not re.fullmatch(r"[\w/.:-]*", asset_prefix):
        raise ValueError(f"not a prefix of addresses: {asset_prefix!r}")
    page = _chart(data).render()
    return _served(page, data, nonce, asset_prefix) if mode == "served" else _inlined(page, data)


def _chart(data: MapData) -> "Chart":
    from relocation.maps.chart import Chart  # Folium takes half a second to import

    return Chart(as_json(geometry(data)), bounds(data) or _XINYANG)


def _served(page: str, data: MapData, nonce: str, prefix: str) -> str:
    page = _TAG.sub(lambda tag: f'{tag[0]} nonce="{nonce}"', page)

    def link(name: str) -> str:
        if name.endswith(".css"):
            return f'<link rel="stylesheet" href="{prefix}{name}">'
        return f'<script nonce="{nonce}" src="{prefix}{name}"></script>'

    return _filled(page, data, link, f' nonce="{nonce}"')


def _inlined(page: str, data: MapData) -> str:
    allowed: dict[str, list[str]] = {"script": [], "style": []}
    for tag, body in _BLOCK.findall(page):
        allowed[tag].append(_hash(body))

    def block(name: str) -> str:
        body = assets.source(name)
        tag = "style" if name.endswith(".css") else "script"
        if name == "leaflet/leaflet.js":
            body += assets.marker_images()
        allowed[tag].append(_hash(body))
        return f"<{tag}>{body}</{tag}>"

    filled = _filled(page, data, block, "")
    policy = f"default-src 'none'; script-src {' '.join(allowed['script'])}; style-src {' '.join(allowed['style'])}; img-src data:; base-uri 'none'; form-action 'none'"
    return filled.replace("<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


def _filled(page: str, data: MapData, asset: Callable[[str], str], nonce: str) -> str:
    """Put assets, frame and texts into the slots that Folium left; what goes in is not looked at again."""
    page = page.replace("<html>", f'<html lang="{"zh-CN" if data.lang == "zh" else "en"}">', 1)
    pieces = _SLOT.split(page)
    for at in range(1, len(pieces), 2):
        name = pieces[at]
        if name == "title":
            pieces[at] = f"<title>{html.escape(data.title)}</title>"
        elif name == "texts":
            pieces[at] = f'<script type="application/json"{nonce} id="texts">{as_json(texts(data))}</script>'
        elif name == assets.FRAME:
            pieces[at] = assets.source(name)
        else:
            pieces[at] = asset(name)
    return "".join(pieces)


def _hash(body: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(body.encode('utf-8')).digest()).decode('ascii')}'"
