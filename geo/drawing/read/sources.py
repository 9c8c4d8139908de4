"""What both readers found in a DWG or DXF, before anything is put in place."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from geo.drawing.model import Repair
from geo.drawing.read import primary
from geo.drawing.read.agree import Tally, disagreements, tally_of_document
from geo.drawing.read.encoding import codec_of, rewritten, settle
from geo.drawing.read.mending import doubtful, mended, tidied
from geo.drawing.read.second import Witness, witness_of_dwg, witness_of_dxf
from geo.drawing.read.sniff import Found
from geo.drawing.read.tags import tags_of
from geo.drawing.read.unreadable import Unreadable

PRIMARY = "cadkit"
SOON_S, LATE_S, LATER_S = 3.0, 30.0, 10.0
"""How long the second reader of a DWG may take: where the first met damage; where it met none, and for each megabyte more."""
_UTF8_FROM = "AC1021"


@dataclass
class Source:
    """Both readers' results. lied: the header named another encoding; warnings: of the primary reader, those that may have lost something."""

    document: primary.Document
    tally: Tally
    witness: Witness | None
    encoding: str
    lied: bool
    warnings: tuple[str, ...]
    mended: tuple[Repair, ...] = ()

    def told(self) -> tuple[str, ...]:
        """Return why the reading is not confirmed: losses, repairs that may hide one, what the readers see differently."""
        lost = sorted({f"{PRIMARY}: {code}" for code in self.warnings})
        lost += ["mended"] if doubtful(self.mended) else []
        if self.witness is None:
            return (*lost, "second reader: nothing read")
        return (*lost, *disagreements(self.tally, self.witness.tally))

    def repairs(self) -> tuple[Repair, ...]:
        """Return what was mended, the encoding first."""
        claimed = self.document["source"]["codepage"] or ""
        out = [Repair("encoding", {"claimed": claimed, "encoding": "GBK" if self.encoding == "gb18030" else "UTF-8"})] if self.lied else []
        counted = sorted(Counter(self.warnings).items())
        return (*out, *self.mended, *(Repair("reader-warning", {"code": code, "count": count}) for code, count in counted))


def source_of(data: bytes, found: Found) -> Source:
    """Let both readers read; raises Unreadable where either finds that there is nothing sound to read."""
    if found.format == "dwg":
        return _of_dwg(data, found)
    if found.binary:
        return _of_dxf(data, found, ())
    data, repairs = tidied(data)
    try:
        return _of_dxf(data, found, repairs)
    except Unreadable as unreadable:
        if unreadable.key != "damaged":
            raise
    data, more = mended(data)
    return _of_dxf(data, found, (*repairs, *more))


def _of_dwg(data: bytes, found: Found) -> Source:
    document, lied = primary.taken(primary.opened(data))
    tally = tally_of_document(document)
    page = document["source"]["codepage"] or ""
    encoding = "utf_8" if found.version >= _UTF8_FROM else "gb18030" if lied else codec_of(page.replace("windows-", "cp"))
    lost = tuple(primary.warnings(document, settled=False))
    if lost and not any(part["entities"] for part in document["models"]):
        raise Unreadable("damaged")
    return Source(document, tally, witness_of_dwg(data, lied, SOON_S if lost else LATE_S + LATER_S * len(data) / 1e6), encoding, lied, lost)


def _of_dxf(data: bytes, found: Found, repairs: tuple[Repair, ...]) -> Source:
    """Read a DXF; the second reader goes first, because it refuses what the primary takes without a word."""
    unicode = found.version >= _UTF8_FROM
    claimed = "utf_8" if unicode else codec_of(found.codepage)
    codec = claimed if found.binary else settle(data, found.version, found.codepage)
    lied = codec != claimed
    if lied:
        data = rewritten(data, codec, found.version)
    tags = tags_of(data, ("utf_8" if unicode else "ascii") if lied else codec)
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(primary.opened, data)
        witness = witness_of_dxf(tags, found.binary)
        document, mixed = primary.taken(reading.result())
    lost = tuple(primary.warnings(document, settled=data.isascii() or unicode))
    return Source(document, tally_of_document(document), witness, "gb18030" if mixed else codec, lied or mixed, lost, repairs)
