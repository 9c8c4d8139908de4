"""The scripts, styles and images of a map, from this machine only: served under a prefix, or put into the page itself."""

import base64
import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from relocation.resources import folder

_PACKAGES = {"leaflet": "xstatic-leaflet"}

# Where Folium would fetch a file from → our name of the same file. Anything else raises: an address must never reach the page.
_LOCAL = {
    "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js": "leaflet/leaflet.js",
    "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css": "leaflet/leaflet.css",
}

MARKER_IMAGES = ("leaflet/images/marker-icon.png", "leaflet/images/marker-icon-2x.png", "leaflet/images/marker-shadow.png")
OWN_STYLES = ("map/map.css",)
OWN_SCRIPTS = ("map/unpack.js", "map/symbols.js", "map/ground.js", "map/labels.js", "map/sheet.js", "map/tools.js", "map/card.js", "map/start.js")
FRAME = "map/frame.html"
_IMAGES = (*MARKER_IMAGES, "leaflet/images/layers.png", "leaflet/images/layers-2x.png")
_SERVED = {*_LOCAL.values(), *_IMAGES, *OWN_STYLES, *OWN_SCRIPTS}

_KINDS = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}
_URL = re.compile(r"""url\(\s*['"]?(?!data:|\#)([^)'"]+)['"]?\s*\)""")
_SOURCE_MAP = re.compile(r"/[/*]# sourceMappingURL=\S+( \*/)?")


class UnknownAsset(LookupError):
    """A map asked for a file that is not shipped; `asked` is its address or name."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"no local copy of {asked}")
        self.asked = asked


def local_name(url: str) -> str:
    """Return our name of the file that Folium would fetch from `url`. UnknownAsset for an address that is not known."""
    if url not in _LOCAL:
        raise UnknownAsset(url)
    return _LOCAL[url]


def served_asset(name: str) -> tuple[Path, str]:
    """Return file and media type of an asset of the served map, for instance of "leaflet/leaflet.js". UnknownAsset for any other name."""
    if name not in _SERVED:
        raise UnknownAsset(name)
    return _path(name), _KINDS[Path(name).suffix]


@cache
def source(name: str) -> str:
    """Return a script, a style or our frame as text that can stand inside a page: images become data: addresses, nothing points to another file."""
    path = _path(name)
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        text = _URL.sub(lambda found: f"url({_data(path.parent / found[1].split('?')[0].split('#')[0])})", text)
    if path.suffix == ".js":
        text = text.replace("</script", "<\\/script")
    return _SOURCE_MAP.sub("", text)


@cache
def marker_images() -> str:
    """Return the script that gives Leaflet its marker images, which it cannot find beside an inlined style."""
    icon, icon_2x, shadow = (_data(_path(name)) for name in MARKER_IMAGES)
    urls = f"{{iconUrl:'{icon}',iconRetinaUrl:'{icon_2x}',shadowUrl:'{shadow}'}}"
    return f"delete L.Icon.Default.prototype._getIconUrl;L.Icon.Default.mergeOptions({urls});"


def _path(name: str) -> Path:
    package, _, rest = name.partition("/")
    if package not in _PACKAGES:
        return folder("templates") / name
    return Path(str(distribution(_PACKAGES[package]).locate_file(f"xstatic/pkg/{package}/data/{rest}")))


def _data(path: Path) -> str:
    return f"data:{_KINDS[path.suffix]};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
