"""The Folium side: a map without tiles, one element that draws packed geometry, and a header that lets no address through."""

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.template import Template

from relocation.maps.assets import FRAME, OWN_SCRIPTS, OWN_STYLES, local_name

_NEEDED = ("leaflet", "leaflet_css")  # of what Folium loads by default; nothing here uses jQuery, Bootstrap or the icon fonts
_REACH = {"minZoom": 3, "maxZoom": 20}  # Folium's own min_zoom and max_zoom are for tiles only


def slot(name: str) -> Element:
    """Return an element that renders as a mark; the page puts the real thing there after rendering."""
    return Element(f"<!--@{name}-->")


class LocalHeader(Element):
    """The head of a figure in which every script or style that any Folium element asks for becomes a local file, or raises UnknownAsset."""

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Element:
        """Add an element; links to other hosts are replaced by their local names."""
        if isinstance(child, JavascriptLink | CssLink):
            child = slot(local_name(child.url))
        return super().add_child(child, name=name, index=index)


class Geometry(MacroElement):
    """Packed positions and integers, handed to the page's own drawing code. They hold no { and no <, so no template can begin in them."""

    _template = Template(
        "{% macro header(this, kwargs) %}" + "".join(f"<!--@{name}-->" for name in (*OWN_STYLES, *OWN_SCRIPTS)) + "{% endmacro %}"
        f"{{% macro html(this, kwargs) %}}<!--@{FRAME}--><!--@texts-->{{% endmacro %}}"
        "{% macro script(this, kwargs) %}relocation.start({{ this._parent.get_name() }}, {{ this.columns }}, {{ this.box }});{% endmacro %}"
    )

    def __init__(self, columns: str, box: tuple[float, float, float, float]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own is not typed
        if "{" in columns or "<" in columns:
            raise ValueError("geometry for Folium must be packed numbers only")
        self.columns = columns
        self.box = [round(degrees, 6) for degrees in box]


class OfflineMap(folium.Map):
    """Folium's map with Leaflet alone."""

    default_js = [link for link in folium.Map.default_js if link[0] in _NEEDED]  # noqa: RUF012 - Folium's own way to name its links
    default_css = [link for link in folium.Map.default_css if link[0] in _NEEDED]  # noqa: RUF012 - Folium's own way to name its links


class Chart:
    """A figure with one map; `columns` is the packed geometry as JSON, `box` is west, south, east, north in WGS-84 degrees."""

    def __init__(self, columns: str, box: tuple[float, float, float, float]) -> None:
        self.figure = _figure()
        centre = [(box[1] + box[3]) / 2, (box[0] + box[2]) / 2]
        self.map = folium.Map(location=centre, tiles=None, zoom_control=False, prefer_canvas=True, zoom_snap=0.5, zoom_start=9)
        self.map.options |= _REACH
        self.map.default_js = [link for link in self.map.default_js if link[0] in _NEEDED]
        self.map.default_css = [link for link in self.map.default_css if link[0] in _NEEDED]
        self.map._id = "1"  # noqa: SLF001 - Folium draws ids at random; the same data must give the same file
        self.figure.add_child(self.map)
        self.map.add_child(Geometry(columns, box))

    def render(self) -> str:
        """Return the document with slots for title, files and texts."""
        return str(self.figure.render())


def _figure() -> Figure:
    figure = Figure()
    header = LocalHeader()
    header._parent = figure  # noqa: SLF001 - as branca's own Figure does it
    for name, child in figure.header._children.items():  # noqa: SLF001
        header.add_child(child, name=name)
    figure.header = header
    header.add_child(slot("title"), name="title")
    return figure
