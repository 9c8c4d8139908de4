"""The map as a page of its own, the files it loads, and the self-contained file."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, make_response, send_file
from flask.typing import ResponseReturnValue

from relocation.service import mapping
from relocation.web import asked
from relocation.web.language import _, lang
from relocation.web.security import nonce, policy
from relocation.web.showing import store

pages = Blueprint("map", __name__)


@pages.get("/map")
def shown() -> ResponseReturnValue:
    """Show the map; it has a content policy of its own, as Leaflet places its tiles and markers by inline styles."""
    county = asked.filters("county").get("county")
    response = make_response(mapping.map_page(store(), lang(), county=county, nonce=nonce()))
    response.headers["Content-Security-Policy"] = policy(frame_ancestors="'none'", style="'self' 'unsafe-inline'")
    return response


@pages.get("/map.html")
def exported() -> ResponseReturnValue:
    """Give the map as one file that opens with no network."""
    with TemporaryDirectory() as made:
        out = Path(made) / "map.html"
        mapping.export_map(store(), out, lang(), county=asked.filters("county").get("county"))
        return send_file(BytesIO(out.read_bytes()), "text/html", as_attachment=True, download_name=_("安置点地图.html"))
