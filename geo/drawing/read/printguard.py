"""What a PDF would become, told before a parser unpacks it: streams that swell, forms that hold forms that hold forms."""

import re
import zlib
from collections import Counter
from dataclasses import dataclass, field

from geo.drawing.read.unreadable import Unreadable

MOST_UNPACKED, MOST_FORMS, DEEPEST = 256 << 20, 50_000, 30
_TWICE_PACKED = re.compile(rb"/Filter\s*\[\s*/(?:FlateDecode|Fl|LZWDecode)\s*/(?:FlateDecode|Fl|LZWDecode)")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,100})\s+(\d{1,9})\s+\d{1,5}\s+R\b")
_SHOWN = re.compile(rb"/([^\s/<>\[\]()]{1,100})\s+Do\b")


@dataclass
class _Forms:
    """The forms of a file: what each shows how often, by object number."""

    shows: dict[int, Counter[int]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)

    def size(self, number: int, path: tuple[int, ...] = ()) -> int:
        """Return how many forms one becomes; one that holds itself is shown once, as viewers do."""
        if number not in self.shows or number in path:
            return 0
        if len(path) > DEEPEST:
            raise Unreadable("blocks-too-deep", block=f"{path[0]} 0 R", limit=DEEPEST)
        if number not in self.sizes:
            self.sizes[number] = 1 + sum(count * self.size(inner, (*path, number)) for inner, count in self.shows[number].items())
        return self.sizes[number]


def bounded(data: bytes) -> None:
    """Refuse what unpacks or unfolds to more than any print holds; raises Unreadable."""
    if _TWICE_PACKED.search(data):
        raise Unreadable("too-large-inside")
    forms, places = _Forms(), {int(found[1]): found.end() for found in _OBJECT.finditer(data)}
    left = MOST_UNPACKED
    for number, start in places.items():
        end = data.find(b"endobj", start)
        stream = _STREAM.search(data, start, end if end >= 0 else len(data))
        if stream is None:
            continue
        content = _unpacked(data[stream.end() : data.find(b"endstream", stream.end())], left + 1)
        left -= len(content)
        if left < 0:
            raise Unreadable("too-large-inside")
        head = data[start : stream.start()]
        if b"/Form" in head:
            forms.shows[number] = _shown(head, content, data, places)
    for number in forms.shows:
        if forms.size(number) > MOST_FORMS:
            raise Unreadable("too-many-entities", limit=MOST_FORMS, block=f"{number} 0 R")


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return packed


def _shown(head: bytes, content: bytes, data: bytes, places: dict[int, int]) -> Counter[int]:
    """Count the objects that a form shows, by the names of its own resources or of those that it refers to."""
    named = {name: int(number) for name, number in _NAMED.findall(head)}
    for apart in (b"Resources", b"XObject"):  # which may be objects of their own
        if (number := named.get(apart, 0)) in places:
            start = places[number]
            named |= {name: int(inner) for name, inner in _NAMED.findall(data, start, max(start, data.find(b"endobj", start)))}
    return Counter({named[name]: count for name, count in Counter(_SHOWN.findall(content)).items() if name in named})
