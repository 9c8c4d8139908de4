"""The primary reader (cadkit): bytes in, the whole drawing as plain dictionaries out, within limits."""

import json
from collections.abc import Mapping
from typing import Any

import cadkit

from geo.drawing.read.encoding import mixed_up, unmixed
from geo.drawing.read.unreadable import Unreadable

MOST_BYTES, MOST_UNPACKED, MOST_OBJECTS, DEEPEST = 128 << 20, 512 << 20, 3_000_000, 64
HARMLESS = frozenset({"dwg.unsupported_entity", "dxf.unknown_entity", "dwg.unsupported_object", "dxf.unknown_object"})
"""Warnings that lose nothing: what they name arrives as an entity of unknown kind and is counted."""
Document = Mapping[str, Any]


def opened(data: bytes) -> cadkit.Document:
    """Let the reader read; raises Unreadable. It leaves the interpreter to others meanwhile."""
    try:
        return cadkit.read(data, max_input_bytes=MOST_BYTES, max_decompressed_bytes=MOST_UNPACKED, max_objects=MOST_OBJECTS, max_depth=DEEPEST)
    except cadkit.LimitExceededError:
        raise Unreadable("too-large-inside") from None
    except cadkit.UnknownFormatError:
        raise Unreadable("no-drawing") from None
    except cadkit.UnsupportedError as error:
        raise Unreadable("encrypted" if "encrypt" in str(error).lower() else "damaged") from None
    except cadkit.CadkitError:
        raise Unreadable("damaged") from None


def taken(read: cadkit.Document) -> tuple[Document, bool]:
    """Return the document and whether its texts had been read in a wrong code page and were put right; raises Unreadable."""
    try:
        text = read.to_json()
    except cadkit.CadkitError:
        raise Unreadable("damaged") from None
    lied = mixed_up(text)
    document: Document = json.loads(unmixed(text) if lied else text)
    return document, lied


def warnings(document: Document, settled: bool) -> list[str]:
    """Return the codes of the reader's warnings that may have lost something; `settled`: no text hung on the code page it stumbled over."""
    harmless = HARMLESS | {"dxf.codepage"} if settled else HARMLESS
    return [warning["code"] for warning in document["warnings"] if warning["code"] not in harmless]
