"""Small drawings written entity by entity, so that a test can say what each of them must be read as."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from ezdxf.document import Drawing as Document
from ezdxf.filemanagement import new

from geo.drawing.model import Drawing
from geo.drawing.read.reading import read

Draw = Callable[[Document], Any]


def file_of(draw: Draw, version: str = "R2010", **header: Any) -> bytes:
    """Return a DXF with what `draw` puts into a new document."""
    doc = new(version, setup=False)
    for name, value in header.items():
        doc.header[f"${name}"] = value
    draw(doc)
    stream = io.StringIO()
    doc.write(stream)
    return stream.getvalue().encode(doc.output_encoding, "dxfreplace")


def drawing_of(draw: Draw, version: str = "R2010", references: Mapping[str, bytes] | None = None, **header: Any) -> Drawing:
    """Return what is read of it."""
    return read(file_of(draw, version, **header), "made.dxf", references)
