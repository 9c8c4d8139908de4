"""The map as a page of its own, the files it loads, and the self-contained file."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, make_response, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.service import mapping, registers
from relocation.web import asked
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.security import nonce, policy
from relocation.web.showing import office, store
from relocation.web.taking_out import note_export

pages = Blueprint("map", __name__)


@pages.get("/map")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the map; its policy differs from that of other pages only in letting Leaflet's styles in by their nonce."""
    county = asked.filters("county").get("county")
    links = [(_("返回总览"), url_for("overview.county")), (_("安置点"), url_for("records.sites")), (_("下载离线地图"), url_for("map.exported", county=county))]
    response = make_response(mapping.map_page(store(), lang(), county=county, nonce=nonce(), links=links, today=office().today))
    response.headers["Content-Security-Policy"] = policy(frame_ancestors="'none'", style=f"'self' 'nonce-{nonce()}'")
    return response


@pages.get("/assets/<path:name>")
@needs(Right.READ)
def asset(name: str) -> ResponseReturnValue:
    """Give a script, style or image of the map."""
    path, kind = mapping.map_asset(name)
    return send_file(path, kind)


@pages.get("/map.html")
@needs(Right.READ)
def exported() -> ResponseReturnValue:
    """Give the map as one file that opens with no network."""
    with TemporaryDirectory() as made:
        out = Path(made) / "map.html"
        mapping.export_map(store(), out, lang(), county=asked.filters("county").get("county"), today=office().today)
        sites = registers.sites(store(), lang(), limit=1, **asked.filters("county")).total
        note_export("map.html", sites, asked.filters("county"))
        return send_file(BytesIO(out.read_bytes()), "text/html", as_attachment=True, download_name=_("安置点地图.html"))
