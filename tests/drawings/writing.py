"""Writes a sheet as DXF with ezdxf, the same bytes every time, in the ways in which offices and programs write it."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

from ezdxf._options import options
from ezdxf.document import Drawing
from ezdxf.entities.layer import Layer
from ezdxf.enums import MTextEntityAlignment, TextEntityAlignment
from ezdxf.filemanagement import new
from ezdxf.layouts.base import BaseLayout
from ezdxf.lldxf.tagwriter import BinaryTagWriter

from tests.drawings.layer_names import NAMINGS
from tests.drawings.sheets import TITLE_PLACES, Sheet, title_grid
from tests.drawings.strokes import Arc, Fill, Line, Measure, Poly, Put, Similarity, Stroke, Words, direction_deg, placed

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Past:
    """What the file says of itself. The header keeps moments in local time and, from R2000 on, in UTC too."""

    created_at: datetime = datetime(2017, 3, 1, 9, 0, 0, tzinfo=CHINA)
    updated_at: datetime = datetime(2017, 3, 5, 17, 30, 0, tzinfo=CHINA)
    edit_hours: float = 12.5
    saved_by: str = "yanjia"
    fingerprint: str = "{5D4E2C10-0000-4000-8000-000000000001}"
    version: str = "{5D4E2C10-0000-4000-9000-000000000001}"
    first_handle: int = 0x200


@dataclass(frozen=True)
class Form:
    """How a sheet is written down."""

    version: str = "R2010"
    naming: str = "chinese"
    texts: Literal["TEXT", "MTEXT"] = "TEXT"
    header_unit: int | None = None  # $INSUNITS; None: the true one
    escape: Literal["none", "unicode", "multibyte"] = "none"  # \\U+XXXX, \\M+5XXXX
    square: str = "㎡"
    encoding: str = ""  # of the bytes; "" the format's own
    codepage: str = ""  # what the header claims; "" the true one
    binary: bool = False
    past: Past = field(default_factory=Past)
    hidden: Mapping[str, str] = field(default_factory=dict)  # role → off, frozen, unplotted


UNITS = {0.001: 4, 0.01: 5, 1.0: 6, 0.0254: 1}
_COLOURS = {"wall": 7, "window": 4, "door": 2, "axis": 1, "dimension": 3, "column": 8, "fill": 8}


def document(sheet: Sheet, form: Form) -> Drawing:
    """Return the sheet as an ezdxf document."""
    with _no_clock():
        doc = new(form.version, setup=False, units=0)
    doc.entitydb.handles.reset(f"{max(form.past.first_handle, int(str(doc.entitydb.handles), 16)):X}")
    names = NAMINGS[form.naming]
    for role in names:
        if names[role] not in doc.layers:
            doc.layers.add(names[role], color=_COLOURS.get(role, 7))
    for role, how in form.hidden.items():
        _hide(doc.layers.get(names[role]), how)
    doc.header["$DIMSTYLE"] = "ARCH100"
    doc.styles.add("HZTXT", font="gbenor.shx", dxfattribs={"bigfont": "gbcbig.shx"})
    _dimension_style(doc, 0.001 / sheet.unit_m)
    pen = Pen(doc, form, 0.001 / sheet.unit_m)
    for name, strokes in sheet.blocks.items():
        pen.draw(doc.blocks.new(name), strokes)
    if sheet.title is not None:
        pen.title_block(doc.blocks.new("TITLE_A3"))
    pen.draw(doc.modelspace(), sheet.strokes)
    if form.version != "R12":  # which has no unit
        doc.header["$INSUNITS"] = UNITS[sheet.unit_m] if form.header_unit is None else form.header_unit
    return doc


def _hide(layer: Layer, how: str) -> None:
    if how == "off":
        layer.off()
    elif how == "frozen":
        layer.freeze()
    else:
        layer.dxf.plot = 0


def dxf(sheet: Sheet, form: Form | None = None) -> bytes:
    """Return the sheet as the bytes of a DXF file."""
    form = form or Form()
    return written(document(sheet, form), form)


def written(doc: Drawing, form: Form) -> bytes:
    """Write a document down, its past as the form says and no clock and no chance in it."""
    if form.codepage or form.encoding:
        doc.encoding = form.encoding or "gbk"
    elif doc.dxfversion < "AC1021":
        doc.encoding = "gbk"
    stream = io.StringIO()
    doc.classes.add_required_classes(doc.dxfversion)  # which ezdxf keeps as a set, in another order each time
    doc.classes.classes = dict(sorted(doc.classes.classes.items()))
    with _no_clock():
        doc.write(stream)
    text = _with_header(stream.getvalue(), _past_header(form, doc.dxfversion))
    if form.binary:
        return _binary(text, doc)
    encoding = form.encoding or doc.output_encoding
    return text.replace("\n", "\r\n").encode(encoding, errors="dxfreplace")


@contextmanager
def _no_clock() -> Iterator[None]:
    """Let ezdxf write a fixed day and fixed identifiers, which the form's own then replace."""
    before = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        options.write_fixed_meta_data_for_testing = before


def julian(at: datetime) -> float:
    """Return a moment, by the clock of its own zone, as a DXF header counts days: from midnight, 2000-01-01 being 2451545."""
    return 2451545 + (at.replace(tzinfo=UTC) - datetime(2000, 1, 1, tzinfo=UTC)).total_seconds() / 86400


def _past_header(form: Form, version: str) -> dict[str, tuple[int, str]]:
    past = form.past
    said = {"$TDCREATE": (40, f"{julian(past.created_at):.10f}"), "$TDUPDATE": (40, f"{julian(past.updated_at):.10f}")}
    said["$TDINDWG"] = (40, f"{past.edit_hours / 24:.10f}")
    if version >= "AC1015":
        utc = {"$TDUCREATE": past.created_at, "$TDUUPDATE": past.updated_at}
        said |= {name: (40, f"{julian(at.astimezone(UTC)):.10f}") for name, at in utc.items()}
        said |= {"$FINGERPRINTGUID": (2, past.fingerprint), "$VERSIONGUID": (2, past.version)}
    if version >= "AC1018":
        said["$LASTSAVEDBY"] = (1, past.saved_by)
    if form.codepage:
        said["$DWGCODEPAGE"] = (3, form.codepage)
    return said


def _with_header(text: str, said: Mapping[str, tuple[int, str]]) -> str:
    """Return the DXF with those variables of its header replaced, or added where it has none."""
    end = text.index("ENDSEC")
    head, rest = text[:end], text[end:]
    for name, (code, value) in said.items():
        pattern = re.compile(rf"(  9\n{re.escape(name)}\n) *{code}\n[^\n]*\n")
        tag = f"{code:3d}\n{value}\n"
        if found := pattern.search(head):
            head = head[: found.end(1)] + tag + head[found.end() :]
        else:
            head = head[: head.rindex("  0\n")] + f"  9\n{name}\n{tag}" + head[head.rindex("  0\n") :]
    return head + rest


def _binary(text: str, doc: Drawing) -> bytes:
    stream = io.BytesIO()
    stream.write(b"AutoCAD Binary DXF\r\n\x1a\x00")
    writer = BinaryTagWriter(stream, dxfversion=doc.dxfversion, encoding=doc.output_encoding)
    lines = text.split("\n")
    for code, value in zip(lines[0::2], lines[1::2], strict=False):
        writer.write_tag2(int(code), value)
    return stream.getvalue()


def _dimension_style(doc: Drawing, scale: float) -> None:
    style = doc.dimstyles.new("ARCH100")
    said = {"dimscale": 100 * scale, "dimtxt": 2.5, "dimasz": 1.0, "dimtsz": 1.0, "dimexe": 1.0, "dimexo": 1.0, "dimdec": 0, "dimtad": 1, "dimlfac": 1 / scale}
    for name, value in {**said, "dimtxsty": "HZTXT"}.items():
        style.set_dxf_attrib(name, value)


class Pen:
    """Draws strokes into a layout or block in one form."""

    def __init__(self, doc: Drawing, form: Form, scale: float) -> None:
        self.doc, self.form, self.scale, self.names = doc, form, scale, NAMINGS[form.naming]

    def draw(self, into: BaseLayout, strokes: Iterable[Stroke]) -> None:
        """Draw every stroke."""
        for stroke in strokes:
            self._stroke(into, stroke)

    def _stroke(self, into: BaseLayout, stroke: Stroke) -> None:
        on: dict[str, Any] = {"layer": self.names.get(stroke.role, "0")}
        match stroke:
            case Line():
                into.add_line(stroke.a, stroke.b, on)
            case Arc():
                self._arc(into, stroke, on)
            case Poly():
                self._poly(into, stroke, on)
            case Words():
                self._words(into, stroke, on)
            case Measure():
                self._measure(into, stroke, on)
            case Fill():
                self._fill(into, stroke, on)
            case Put():
                self._put(into, stroke, on)

    def _arc(self, into: BaseLayout, arc: Arc, on: dict[str, Any]) -> None:
        if abs(arc.end_deg - arc.start_deg - 360) < 1e-9:
            into.add_circle(arc.centre, arc.radius, on)
        else:
            into.add_arc(arc.centre, arc.radius, arc.start_deg, arc.end_deg, dxfattribs=on)

    def _poly(self, into: BaseLayout, poly: Poly, on: dict[str, Any]) -> None:
        if self.doc.dxfversion < "AC1015":
            into.add_polyline2d(poly.points, close=poly.closed, dxfattribs=on)
        else:
            into.add_lwpolyline(poly.points, close=poly.closed, dxfattribs=on)

    def _put(self, into: BaseLayout, put: Put, on: dict[str, Any]) -> None:
        scales = {"xscale": put.scale_x, "yscale": put.scale_y, "zscale": abs(put.scale_y), "rotation": put.turned_deg}
        block = into.add_blockref(put.block, put.at, {**on, **scales})
        by = Similarity(self.scale, put.turned_deg, put.scale_x < 0, *put.at)
        for name, value in put.fields.items():
            x, y = TITLE_PLACES[name]
            attributes = {"height": 400 * self.scale, "rotation": put.turned_deg, "style": "HZTXT", **on}
            block.add_attrib(name, self._spelt(value), by.point((x + 2700, y + 450)), attributes)

    def _spelt(self, value: str) -> str:
        value = value.replace("㎡", self.form.square)
        if self.form.escape == "unicode":
            return "".join(f"\\U+{ord(sign):04X}" if ord(sign) > 126 else sign for sign in value)
        if self.form.escape == "multibyte":
            return "".join(f"\\M+5{sign.encode('gbk').hex().upper()}" if ord(sign) > 126 and _in_gbk(sign) else sign for sign in value)
        return value

    def _words(self, into: BaseLayout, words: Words, on: dict[str, Any]) -> None:
        value = self._spelt(words.value)
        if self.form.texts == "MTEXT" and self.doc.dxfversion >= "AC1015":
            attributes = {"char_height": words.height, "rotation": words.turned_deg, "style": "HZTXT", **on}
            text = into.add_mtext("{\\fSimSun|b0|i0|c134|p2;" + value + "}", attributes)
            text.set_location(words.at, attachment_point=MTextEntityAlignment.MIDDLE_CENTER if words.centred else MTextEntityAlignment.BOTTOM_LEFT)
            return
        placed_at = TextEntityAlignment.MIDDLE_CENTER if words.centred else TextEntityAlignment.LEFT
        into.add_text(value, height=words.height, rotation=words.turned_deg, dxfattribs={"style": "HZTXT", **on}).set_placement(words.at, align=placed_at)

    def _measure(self, into: BaseLayout, measure: Measure, on: dict[str, Any]) -> None:
        across, up = measure.b[0] - measure.a[0], measure.b[1] - measure.a[1]
        if abs(across) < 1e-6 * abs(up) or abs(up) < 1e-6 * abs(across):
            angle = 0.0 if abs(across) > abs(up) else 90.0
        else:
            angle = direction_deg(measure.a, measure.b)
        into.add_linear_dim(measure.base, measure.a, measure.b, angle=angle, text=measure.text or "<>", dimstyle="ARCH100", dxfattribs=on).render()

    def _fill(self, into: BaseLayout, fill: Fill, on: dict[str, Any]) -> None:
        if self.doc.dxfversion < "AC1015":
            return  # R12 has no hatch
        hatch = into.add_hatch(dxfattribs=on)
        if fill.pattern != "SOLID":
            hatch.set_pattern_fill(fill.pattern, scale=50 * self.scale)
        hatch.paths.add_polyline_path(fill.ring, is_closed=True)

    def title_block(self, block: BaseLayout) -> None:
        """Draw the title block's grid, its labels and the definitions of its attributes."""
        small = Similarity(self.scale)
        self.draw(block, (placed(stroke, small) for stroke in title_grid("frame", (0, 0))))
        for name, (x, y) in TITLE_PLACES.items():
            self.draw(block, [placed(Words("frame_text", name, (x + 200, y + 450), 400), small)])
            at = ((x + 2700) * self.scale, (y + 450) * self.scale)
            block.add_attdef(name, at, dxfattribs={"height": 400 * self.scale, "layer": self.names["frame_text"]})


def _in_gbk(sign: str) -> bool:
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
