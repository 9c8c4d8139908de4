"""The finished page. (Signature first; the service and the web page call this.)"""

from typing import Literal

from relocation.maps.data import MapData


def folium_map(data: MapData, mode: Literal["served", "inline"] = "inline", *, nonce: str = "", assets: str = "/assets/") -> str:
    """Return the whole HTML document of the map: served (scripts under the `assets` prefix, each tag with the CSP `nonce`) or inline (one file, no request)."""
    raise NotImplementedError
