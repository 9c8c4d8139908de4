"""A vector print gives its lines, arcs and texts at the scale that it states or shows, with the error of that; everything else of a PDF is refused."""

import zlib
from datetime import UTC, datetime
from math import pi

import numpy as np
import pytest
from scipy.spatial import cKDTree

from geo.drawing.model import Drawing
from geo.drawing.read.reading import read
from geo.drawing.read.unreadable import Unreadable
from tests.drawings.hostile import pdf, scanned_pdf
from tests.drawings.prints import Paper, print_of
from tests.drawings.sheets import Layout, Sheet, Title, sheet
from tests.drawings.strokes import Arc, Line, Poly, Words, flattened
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import B, C
from tests.geo.drawing.truth import of_sheet

PLAN = sheet((C,), Manner(furniture=True, hatched=True))
WAYS = {
    "plain": Paper(),
    "letter by letter": Paper(letters=True),
    "on a page that is turned": Paper(turned=90),
    "upside down": Paper(turned=180),
    "turned the other way": Paper(turned=270),
    "inside a form": Paper(in_form=True),
    "not packed": Paper(packed=False),
}


def scale_of(drawing: Drawing) -> dict[str, object]:
    return next(dict(repair.facts) for repair in drawing.repairs if repair.what == "print-scale")


def lengths(drawing: Drawing) -> np.ndarray:
    xy = drawing.lines.xy
    return np.sort(np.hypot(xy[:, 2] - xy[:, 0], xy[:, 3] - xy[:, 1]))


def drawn_lines(plan: Sheet) -> np.ndarray:
    """The straight pieces of walls, windows, frame and furniture, without the dimensions that a print draws as lines too."""
    return np.array([piece for piece, count in of_sheet(plan, {}).lines.items() for _ in range(count)])


@pytest.mark.parametrize("way", WAYS)
def test_a_print_at_scale_is_read_in_true_millimetres(way: str) -> None:
    drawing = read(print_of([PLAN], WAYS[way]), "plan.pdf")
    assert (drawing.format, drawing.header_unit, drawing.readers, drawing.agreed) == ("pdf", 4, ("PDFium",), False)
    facts = scale_of(drawing)
    assert (facts["evidence"], facts["scale"], facts["stated"]) == ("both", 100, 100)
    wanted = np.hypot(*(drawn_lines(PLAN)[:, 2:] - drawn_lines(PLAN)[:, :2]).T)
    off, _ = cKDTree(lengths(drawing)[:, None]).query(wanted[:, None])
    assert off.max() < 0.5
    arcs = [stroke for stroke in flattened(PLAN.strokes, PLAN.blocks) if isinstance(stroke, Arc)]
    assert len(drawing.arcs.xyr) == len(arcs)
    assert sorted(drawing.arcs.xyr[:, 2]) == pytest.approx(sorted(arc.radius for arc in arcs), abs=0.5)
    assert sorted(drawing.arcs.xyr[:, 4] - drawing.arcs.xyr[:, 3]) == pytest.approx(sorted((arc.end_deg - arc.start_deg) * pi / 180 for arc in arcs), abs=1e-3)


def test_the_lines_of_an_upright_print_lie_where_they_were_drawn() -> None:
    drawing = read(print_of([PLAN]), "plan.pdf")
    xy = drawing.lines.xy
    both = np.vstack([xy, xy[:, [2, 3, 0, 1]]])
    off, _ = cKDTree(both).query(drawn_lines(PLAN))
    assert off.max() < 0.5
    assert len(xy) >= len(drawn_lines(PLAN))


@pytest.mark.parametrize("way", ["plain", "letter by letter", "inside a form"])
def test_texts_are_whole_and_stand_where_they_were_set(way: str) -> None:
    drawing = read(print_of([PLAN], WAYS[way]), "plan.pdf")
    found = {(text.value, round(text.x / 50), round(text.y / 50)) for text in drawing.texts}
    for words in (one for one in flattened(PLAN.strokes, PLAN.blocks) if isinstance(one, Words) and not one.centred):
        assert (words.value, round(words.at[0] / 50), round(words.at[1] / 50)) in found
    heights = {text.value: text.height for text in drawing.texts}
    assert heights["图号"] == pytest.approx(400, rel=0.01)
    assert {"主卧", "客厅", "C户型"} & {text.value for text in drawing.texts}


def test_a_filled_wall_is_a_hatch() -> None:
    drawing = read(print_of([PLAN]), "plan.pdf")
    assert len(drawing.hatches) == sum(of_sheet(PLAN, {}).fills.values())
    assert all(hatch.solid for hatch in drawing.hatches)


def test_a_print_that_was_made_to_fit_its_paper_is_measured_by_its_dimensions() -> None:
    drawing = read(print_of([PLAN], Paper(scale=141.4)), "plan.pdf")
    facts = scale_of(drawing)
    assert (facts["evidence"], facts["stated"]) == ("dimensions", 100)
    assert facts["scale"] == pytest.approx(141.4, rel=1e-3)
    longest = max(abs(line.b[0] - line.a[0]) for line in flattened(PLAN.strokes, PLAN.blocks) if isinstance(line, Line))
    assert np.abs(lengths(drawing) - longest).min() < longest * 1e-3


def test_a_scale_that_is_only_written_is_taken_with_one_per_cent_of_doubt() -> None:
    plan = sheet((C,), Manner(chains=False, axes=False))
    strokes = tuple(stroke for stroke in plan.strokes if type(stroke).__name__ != "Measure")
    facts = scale_of(read(print_of([Sheet(strokes, plan.units, plan.title, plan.unit_m, plan.blocks)]), "plan.pdf"))
    assert (facts["evidence"], facts["scale"], facts["percent"], facts["error_mm"]) == ("title", 100, 1.0, 10)


def test_a_print_without_any_scale_stays_in_millimetres_of_paper_and_says_so() -> None:
    drawing = read(print_of([PLAN], Paper(texts=False)), "plan.pdf")
    assert drawing.header_unit == 0
    assert [repair.what for repair in drawing.repairs] == ["print-no-scale"]
    assert lengths(drawing).max() == pytest.approx(420, abs=0.1)  # A3
    assert not drawing.texts


def test_dimensions_that_contradict_one_another_are_no_evidence() -> None:
    plan = sheet((B,), layout=Layout(title=Title(scale="")))
    texts = ("3000", "4517", "2222", "7777", "1234", "5999")
    strokes = [Line("dimension", (0, y * 2000), (3000 + 371 * y, y * 2000)) for y in range(6)]
    words = [Words("dimension", value, ((3000 + 371 * y) / 2, y * 2000 + 200), 250, centred=True) for y, value in enumerate(texts)]
    drawing = read(print_of([Sheet((*strokes, *words), (), None, plan.unit_m, plan.blocks)]), "plan.pdf")
    assert [repair.what for repair in drawing.repairs] == ["print-no-scale"]


def test_every_page_is_a_space_beside_the_others_and_the_fullest_is_the_one_looked_at() -> None:
    cover = Sheet((Poly("frame", ((0, 0), (42000, 0), (42000, 29700), (0, 29700))), Words("title_text", "封面", (9000, 9000), 900)), (), None, 0.001, {})
    drawing = read(print_of([cover, PLAN]), "plan.pdf")
    assert [(space.name, space.paper) for space in drawing.spaces] == [("1", True), ("2", False)]
    first = drawing.entities.space[drawing.lines.of] == 0
    assert first.sum() == 4
    assert drawing.lines.xy[~first][:, [0, 2]].min() > drawing.lines.xy[first][:, [0, 2]].max()
    assert ("print-pages", 2) in [(repair.what, repair.facts.get("count")) for repair in drawing.repairs]


def test_what_a_print_says_of_its_past_is_in_utc() -> None:
    lineage = read(print_of([PLAN]), "plan.pdf").lineage
    assert lineage.created_at == lineage.updated_at == datetime(2017, 3, 5, 9, 30, tzinfo=UTC)
    assert lineage.application == "Plotter"
    local = read(print_of([PLAN], Paper(created="D:20170305173000")), "plan.pdf").lineage
    assert local.created_at == datetime(2017, 3, 5, 17, 30)  # noqa: DTZ001 - the file names no zone
    assert read(print_of([PLAN], Paper(created="D:20171345996199Z")), "plan.pdf").lineage.created_at is None


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as unreadable:
        read(data, "plan.pdf")
    return unreadable.value.key


def page(content: bytes, resources: bytes = b"", more: tuple[bytes, ...] = (), filters: bytes = b"") -> bytes:
    body = b"<< /Length %d %s >>\nstream\n" % (len(content), filters) + content + b"\nendstream"
    head = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1191 842] /Resources << %s >> /Contents 4 0 R >>" % resources
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", head, body, *more])


PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 64 >>\nstream\n" + bytes(64) + b"\nendstream"
)


def test_scans_are_refused_whatever_lies_over_them() -> None:
    assert refused(scanned_pdf()) == "scanned"
    picture = b"q 1191 0 0 842 0 0 cm /I Do Q\n"
    stamp = picture + b"10 10 m 100 10 l S 10 20 m 100 20 l S"
    assert refused(page(stamp, b"/XObject << /I 5 0 R >>", (PICTURE,))) == "scanned"
    hidden = picture + b"BT 3 Tr /F1 12 Tf 100 100 Td (3600) Tj ET"
    assert refused(page(hidden, b"/XObject << /I 5 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>", (PICTURE,))) == "scanned"


def test_a_print_with_a_small_picture_is_no_scan_and_the_picture_is_counted() -> None:
    drawing = read(page(b"q 50 0 0 50 0 0 cm /I Do Q\n" + b"10 10 m 300 10 l S\n" * 5, b"/XObject << /I 5 0 R >>", (PICTURE,)), "plan.pdf")
    assert len(drawing.lines.xy) == 5
    assert dict(drawing.left_out) == {"IMAGE": 1}


def test_a_print_without_anything_drawn_is_refused() -> None:
    assert refused(page(b"BT ET")) == "no-lines"
    assert refused(page(b"1 1 1 RG 10 10 m 300 10 l S")) == "no-lines"  # white on white


def test_protected_and_damaged_files_are_told_apart() -> None:
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -44 >>" % (b"11" * 32, b"22" * 32)
    locked = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R >>", encrypt])
    locked = locked.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")
    assert refused(locked) == "encrypted"
    assert refused(b"%PDF-1.7\n" + b"nothing of a PDF " * 50) == "damaged"


def test_what_unpacks_to_more_than_a_print_holds_is_refused_before_it_is_unpacked() -> None:
    bomb = zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9)
    assert refused(page(bomb, filters=b"/Filter /FlateDecode")) == "too-large-inside"
    assert refused(page(zlib.compress(bomb), filters=b"/Filter [/FlateDecode /FlateDecode]")) == "too-large-inside"


def test_a_print_of_half_a_million_strokes_is_refused() -> None:
    many = zlib.compress(b"0 0 m 1 1 l S\n" * 420_000)
    assert refused(page(many, filters=b"/Filter /FlateDecode")) == "too-many-entities"


def unfolding(levels: int, wide: int, *, packed: bool = False, apart: bool = False) -> bytes:
    """A PDF whose forms show one another `wide` times over `levels` levels; `apart`: their resources are objects of their own."""
    head = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1191 842] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>"
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", head, b"<< /Length 5 >>\nstream\n/X Do\nendstream"]
    resources = []
    for level in range(levels):
        body = b"/X Do " * wide if level < levels - 1 else b"0 0 m 90 90 l S"
        body = zlib.compress(body) if packed else body
        own = b"<< /XObject << /X %d 0 R >> >>" % (6 + level)
        said = b"%d 0 R" % (5 + levels + level) if apart else own
        filters = b"/Filter /FlateDecode" if packed else b""
        form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 999 999] /Resources %s /Length %d %s >>\nstream\n" % (said, len(body), filters)
        parts.append(form + body + b"\nendstream")
        resources.append(own)
    return pdf([*parts, *resources])


@pytest.mark.parametrize("way", [{}, {"packed": True}, {"apart": True}])
def test_forms_that_unfold_to_millions_are_refused_before_they_do(way: dict[str, bool]) -> None:
    assert refused(unfolding(9, 10, **way)) == "too-many-entities"
    assert refused(unfolding(40, 1, **way)) == "blocks-too-deep"
    assert len(read(unfolding(3, 10, **way), "plan.pdf").lines.xy) == 100
