"""Prints sheets as PDF by hand, operator by operator: strokes as paths, arcs as Bézier pieces, Chinese by a font that is not embedded."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, ceil, cos, degrees, hypot, radians, sin, tan

from tests.drawings.hostile import pdf
from tests.drawings.sheets import FRAME_MM, Sheet
from tests.drawings.strokes import Arc, Fill, Line, Measure, Point, Poly, Stroke, Words, flattened

POINT = 72 / 25.4  # PDF units of a millimetre of paper


@dataclass(frozen=True)
class Paper:
    """How a sheet is printed: true millimetres on one of paper, letter by letter or whole, turned, in a form, packed."""

    scale: float = 100.0
    letters: bool = False
    turned: int = 0
    in_form: bool = False
    packed: bool = True
    texts: bool = True
    created: str = "D:20170305173000+08'00'"


def print_of(sheets: Sequence[Sheet], paper: Paper | None = None) -> bytes:
    """Return a PDF with one page a sheet."""
    paper = paper or Paper()
    fonts = b"<< /F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font /Subtype /CIDFontType0"
    fonts += b" /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >> ] >> >>"
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for sheet in sheets:
        wide, high = (side / paper.scale * POINT for side in FRAME_MM)
        content = "\n".join(_operators(sheet, paper)).encode("ascii")
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.4f %.4f] /Rotate %d /Resources << /Font %s" % (wide, high, paper.turned, fonts)
        at = len(parts) + 1
        if paper.in_form:
            form = b"/Type /XObject /Subtype /Form /BBox [-5000 -5000 9000 9000] /Matrix [2 0 0 2 10 0] /Resources << /Font %s >>" % fonts
            inner = b"q 0.5 0 0 0.5 -5 0 cm\n" + content + b"\nQ"  # what the form's own matrix undoes
            parts += [page + b" /XObject << /X %d 0 R >> >> /Contents %d 0 R >>" % (at + 1, at + 2), _stream(inner, paper, form), _stream(b"/X Do", paper)]
        else:
            parts += [page + b" >> /Contents %d 0 R >>" % (at + 1), _stream(content, paper)]
        kids.append(b"%d 0 R" % at)
    parts[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    parts.append(b"<< /CreationDate (%s) /ModDate (%s) /Creator (Plotter) >>" % (paper.created.encode(), paper.created.encode()))
    made = pdf(parts)
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info %d 0 R" % len(parts))


def _stream(body: bytes, paper: Paper, head: bytes = b"") -> bytes:
    data = zlib.compress(body) if paper.packed else body
    return b"<< %s /Length %d %s >>\nstream\n" % (head, len(data), b"/Filter /FlateDecode" if paper.packed else b"") + data + b"\nendstream"


def _operators(sheet: Sheet, paper: Paper) -> Iterator[str]:
    unit = sheet.unit_m * 1000 / paper.scale * POINT
    yield f"{unit:.9f} 0 0 {unit:.9f} 0 0 cm {0.13 / sheet.unit_m / 1000 * paper.scale:.4f} w"
    for stroke in flattened(sheet.strokes, sheet.blocks):
        yield from _drawn(stroke, paper)


def _drawn(stroke: Stroke, paper: Paper) -> Iterator[str]:
    match stroke:
        case Line():
            yield f"{_at(stroke.a)} m {_at(stroke.b)} l S"
        case Poly():
            first, *rest = stroke.points
            yield f"{_at(first)} m {' '.join(f'{_at(point)} l' for point in rest)} {'s' if stroke.closed else 'S'}"
        case Arc():
            yield _arc(stroke)
        case Fill():
            first, *rest = stroke.ring
            yield f"0.5 g {_at(first)} m {' '.join(f'{_at(point)} l' for point in rest)} h f 0 g"
        case Words() if paper.texts:
            yield from _words(stroke, paper)
        case Measure():
            yield from _measure(stroke, paper)


def _at(point: Point) -> str:
    return f"{point[0]:.4f} {point[1]:.4f}"


def _arc(arc: Arc) -> str:
    """By the usual rule: handles of 4/3·tan(a/4) of the radius, at most a quarter turn a piece."""
    sweep = radians(arc.end_deg - arc.start_deg)
    count = max(1, ceil(sweep / radians(90) - 1e-9))
    step = sweep / count
    reach = 4 / 3 * tan(step / 4) * arc.radius
    said: list[str] = []
    before = (0.0, 0.0)
    for number in range(count + 1):
        angle = radians(arc.start_deg) + number * step
        x, y = arc.centre[0] + arc.radius * cos(angle), arc.centre[1] + arc.radius * sin(angle)
        along = (-sin(angle) * reach, cos(angle) * reach)
        if number == 0:
            said.append(f"{_at((x, y))} m")
        else:
            said.append(f"{_at(before)} {_at((x - along[0], y - along[1]))} {_at((x, y))} c")
        before = (x + along[0], y + along[1])
    return " ".join(said) + " S"


def _words(words: Words, paper: Paper) -> Iterator[str]:
    size = words.height / 0.72
    turn = radians(words.turned_deg)
    x, y = words.at
    if words.centred:
        wide = size * sum(0.5 if sign < "\x7f" else 1.0 for sign in words.value)
        x, y = x - wide / 2 * cos(turn) + words.height / 2 * sin(turn), y - wide / 2 * sin(turn) - words.height / 2 * cos(turn)
    for piece in words.value if paper.letters else [words.value]:
        yield f"BT /F1 {size:.4f} Tf {cos(turn):.6f} {sin(turn):.6f} {-sin(turn):.6f} {cos(turn):.6f} {_at((x, y))} Tm <{piece.encode('utf-16-be').hex()}> Tj ET"
        wide = size * sum(0.5 if sign < "\x7f" else 1.0 for sign in piece)
        x, y = x + wide * cos(turn), y + wide * sin(turn)


def _measure(measure: Measure, paper: Paper) -> Iterator[str]:
    """Draw a dimension as a plotter does: its line between two witness lines, the figure above its middle."""
    (x1, y1), (x2, y2) = measure.a, measure.b
    length = hypot(x2 - x1, y2 - y1)
    across, up = (x2 - x1) / length, (y2 - y1) / length
    off = (measure.base[0] - x1) * -up + (measure.base[1] - y1) * across
    ends = [(x - up * off, y + across * off) for x, y in (measure.a, measure.b)]
    yield f"{_at(ends[0])} m {_at(ends[1])} l S"
    for foot, head in zip((measure.a, measure.b), ends, strict=True):
        yield f"{_at(foot)} m {_at(head)} l S"
    if paper.texts:
        middle = ((ends[0][0] + ends[1][0]) / 2 - up * 250, (ends[0][1] + ends[1][1]) / 2 + across * 250)
        yield from _words(Words("dimension", measure.text or f"{length:.0f}", middle, 250, degrees(atan2(up, across)), centred=True), paper)
