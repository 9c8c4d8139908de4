"""Vector PDF prints: lines, arcs and texts of each page at the scale that the print states or shows; scans are refused.

A print has no layers, blocks or dimensions, and one reader; nothing is ever called compliant on it alone.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from geo.drawing.affine import Affine
from geo.drawing.model import Drawing, DrawingLayer, Entities, Lineage, Repair, Space
from geo.drawing.read.columns import Columns, Placing
from geo.drawing.read.printguard import bounded
from geo.drawing.read.printpaths import MM, draw_path
from geo.drawing.read.printscale import PAPER_MM, Scale, scale_of
from geo.drawing.read.printtexts import Set, piece_of, texts_of
from geo.drawing.read.unreadable import Unreadable

READER = "PDFium"
MOST_PAGES, MOST_OBJECTS, DEEPEST = 100, 400_000, 12
_PICTURE = 0.5  # share of a page that a picture covers on a scan
_FEW = 30  # lines that a scan may carry: a stamp, a frame
_DATE = re.compile(r"D:(\d{14})(?:(Z)|([+-])(\d\d)'?(\d\d))?")
MILLIMETRES = 4  # $INSUNITS


@dataclass
class Page:
    """One page as it was found, millimetres of paper; pictures: how many, and the share of the page that they cover."""

    columns: Columns
    width: float
    pictures: int = 0
    covered: float = 0.0
    pieces: list[Set] = field(default_factory=list)

    @property
    def strokes(self) -> int:
        """How much is drawn."""
        return len(self.columns.straight_of) + len(self.columns.round_of) + len(self.columns.curves)

    @property
    def scanned(self) -> bool:
        """Whether it is a picture of a drawing."""
        return self.pictures > 0 and (not self.strokes or (self.covered > _PICTURE and self.strokes < _FEW))


def read_pdf(data: bytes, name: str, version: str) -> Drawing:
    """Return the lines and texts of a vector PDF; raises Unreadable for a scan, a bomb, a protected or damaged file."""
    bounded(data)
    try:
        document = pypdfium2.PdfDocument(data)
        pages = [_page(document[number]) for number in range(_pages(document))]
        lineage = _lineage(document.get_metadata_dict(skip_empty=True))
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD else "damaged") from None
    if all(page.scanned or not page.strokes for page in pages) and any(page.pictures for page in pages):
        raise Unreadable("scanned", pages=len(pages))
    if not any(page.strokes for page in pages):
        raise Unreadable("no-lines")
    return _drawing(data, name, version, pages, lineage)


def _pages(document: pypdfium2.PdfDocument) -> int:
    count = len(document)
    if count > MOST_PAGES:
        raise Unreadable("too-large-inside")
    return count


def _page(page: pypdfium2.PdfPage) -> Page:
    if pdfium.FPDFPage_CountObjects(page) > MOST_OBJECTS:
        raise Unreadable("too-many-entities", limit=MOST_OBJECTS, block="")
    left, bottom, right, top = page.get_cropbox()
    upright = _upright(page.get_rotation(), left, bottom, right, top)
    out = Page(Columns(), (right - left if page.get_rotation() % 180 == 0 else top - bottom) * MM)
    wanted = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE]
    for number, one in enumerate(page.get_objects(filter=wanted, max_depth=DEEPEST, textpage=page.get_textpage())):
        if number >= MOST_OBJECTS or len(out.columns.kind) > MOST_OBJECTS:
            raise Unreadable("too-many-entities", limit=MOST_OBJECTS, block="")
        matrix = _placed(one).then(upright)
        if one.type == pdfium.FPDF_PAGEOBJ_PATH:
            draw_path(out.columns, one.raw, matrix)
        elif one.type == pdfium.FPDF_PAGEOBJ_TEXT:
            piece = piece_of(one, matrix)
            out.pieces += [piece] if piece else []
        else:
            out.pictures += 1
            out.covered += abs(matrix.det) / max((right - left) * (top - bottom) * MM * MM, 1e-9)
    return out


def _placed(one: pypdfium2.PdfObject) -> Affine:
    """Return an object's place on the page, through the forms it stands in."""
    matrix = Affine(*one.get_matrix().get())
    return matrix if one.container is None else matrix.then(_placed(one.container))


def _upright(rotation: int, left: float, bottom: float, right: float, top: float) -> Affine:
    """Return what turns a page as it is shown and brings it to millimetres, its lower left corner at 0, 0; the rotation is clockwise."""
    a, b, c, d, e, f = {
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }.get(rotation % 360, (1, 0, 0, 1, -left, -bottom))
    return Affine(a * MM, b * MM, c * MM, d * MM, e * MM, f * MM)


def _drawing(data: bytes, name: str, version: str, pages: list[Page], lineage: Lineage) -> Drawing:
    for page in pages:
        page.columns.texts = texts_of(page.pieces, lambda columns=page.columns: columns.entity("", "TEXT", 0))
    known = b"/UserUnit" not in data
    scales = [scale_of(page.columns.texts, page.columns.lines().xy, paper_known=known) for page in pages]
    fullest = max(range(len(pages)), key=lambda number: (not pages[number].scanned, pages[number].strokes, -number))
    scale = scales[fullest]
    factor = scale.denominator if scale else 1.0
    whole, space_of = _side_by_side(pages, scales, factor)
    entities = Entities(tuple(whole.handle), tuple(whole.kind), np.zeros(len(whole.kind), np.int64), space_of, tuple(whole.block))
    pictures = sum(page.pictures for page in pages)
    return Drawing(
        name, hashlib.sha256(data).hexdigest(), "pdf", version, "", "", MILLIMETRES if scale else 0, 1.0, (READER,), agreed=False,
        layers=(DrawingLayer("0"),), spaces=tuple(Space(f"{number + 1}", paper=number != fullest) for number in range(len(pages))),
        entities=entities, lines=whole.lines(), arcs=whole.arcs(), curves=tuple(whole.curves), texts=tuple(whole.texts), hatches=tuple(whole.hatches),
        lineage=lineage, repairs=_told(pages, scale), left_out={"IMAGE": pictures} if pictures else {},
    )  # fmt: skip


def _side_by_side(pages: list[Page], scales: list[Scale | None], factor: float) -> tuple[Columns, np.ndarray]:
    """Put the pages beside one another, each at its own scale; return the page of each entity too."""
    whole, space_of, x = Columns(), list[int](), 0.0
    for number, (page, scale) in enumerate(zip(pages, scales, strict=True)):
        own = scale.denominator if scale else factor
        whole.place(page.columns, "", [Placing(Affine(own, 0, 0, own, x, 0), "", 0)], -1)
        space_of += [number] * len(page.columns.kind)
        x += page.width * own * 1.1
    return whole, np.array(space_of, np.int64)


def _told(pages: list[Page], scale: Scale | None) -> tuple[Repair, ...]:
    """Return what the reader must know of a print: its scale with its error, or that it states none; its pages."""
    told = [Repair("print-pages", {"count": len(pages)})] if len(pages) > 1 else []
    scans = sum(page.scanned for page in pages)
    told += [Repair("print-scans", {"count": scans})] if scans else []
    if scale is None:
        return (*told, Repair("print-no-scale"))
    facts: Mapping[str, str | int | float] = {
        "scale": round(scale.denominator, 2), "evidence": scale.evidence, "stated": round(scale.stated),
        "percent": round(100 * scale.off, 2), "error_mm": round(PAPER_MM * scale.denominator),
    }  # fmt: skip
    return (*told, Repair("print-scale", facts))


def _lineage(said: Mapping[str, str]) -> Lineage:
    created, updated = _moment(said.get("CreationDate", "")), _moment(said.get("ModDate", ""))
    application = (said.get("Creator") or said.get("Producer") or "").strip()
    named = {"created_at": ("CreationDate", created), "updated_at": ("ModDate", updated), "application": ("Creator", application)}
    return Lineage(created, updated, application=application, sources={name: source for name, (source, value) in named.items() if value})


def _moment(said: str) -> datetime | None:
    """Return a PDF's moment in UTC; without a zone it stays local."""
    found = _DATE.match(said)
    if found is None:
        return None
    try:
        at = datetime.strptime(found[1], "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone stands apart and may be missing
    except ValueError:
        return None
    if found[2]:
        return at.replace(tzinfo=UTC)
    if not found[3]:
        return at
    off = timedelta(hours=int(found[4]), minutes=int(found[5]))
    return at.replace(tzinfo=timezone(off if found[3] == "+" else -off)).astimezone(UTC) if off < timedelta(hours=24) else at
