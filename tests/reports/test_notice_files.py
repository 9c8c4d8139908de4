"""Files of notices take every text as a text: no formula, no markup, whatever a village is called."""

import io
import zipfile
from datetime import date

import openpyxl
import pypdfium2

from relocation.notices.document import Document, Part
from relocation.reports.notice_pdf import notice_pdf
from relocation.reports.notice_sheet import notice_workbook
from relocation.reports.notice_text import notice_csv, notice_text

HOSTILE = ("=1+1", "@SUM(A1)", "#strong[x]", "$x^2$", "<b>&", "*粗*", '"); panic("', "㛃浉", "-2")


def notice(kind: str = "wall") -> Document:
    rows = tuple((str(at), text) for at, text in enumerate(HOSTILE))
    parts = tuple(Part(f"村{at}", ("序号", "村组"), rows, (10.0, 60.0), frozenset((0,)), apart=bool(at)) for at in range(2))
    return Document(kind, "zh", "甲县", "甲县公示", ("第一行", "第二行"), parts, ("末行",), date(2026, 11, 30), 18)


def test_a_workbook_has_texts_only_breaks_the_page_between_villages_and_repeats_what_it_is() -> None:
    data = notice_workbook(notice(), "a3")
    assert data == notice_workbook(notice(), "a3")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active  # noqa: TID251 - our own workbook, read back as others read it
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.value in HOSTILE] == [*HOSTILE, *HOSTILE]
    assert len(sheet.row_breaks.brk) == 1
    assert (sheet.print_title_rows, sheet.page_setup.paperSize, sheet.sheet_state) == ("$1:$3", 8, "visible")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "&amp;9 2026-11-30" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_print_shows_every_text_as_it_is_and_begins_a_page_for_each_village() -> None:
    data = notice_pdf(notice(), "a4")
    assert data == notice_pdf(notice(), "a4")
    pdf = pypdfium2.PdfDocument(data)
    assert len(pdf) == 2
    for page in pdf:
        said = page.get_textpage().get_text_range()
        assert all(text in said for text in (*HOSTILE, "甲县公示", "第二行", "末行")), said
    assert set(pdf.get_metadata_dict(skip_empty=True)) <= {"Title", "Creator", "Producer", "CreationDate", "ModDate"}


def test_messages_are_lines_and_in_csv_no_cell_is_a_formula() -> None:
    lines = notice_text(notice("sms")).decode("utf-8-sig").splitlines()
    assert lines == ["# 甲县公示", "# 第一行", "# 第二行", "# 末行", *HOSTILE, *HOSTILE]
    cells = notice_csv(notice("sms")).decode("utf-8-sig")
    assert '"\'=1+1"' in cells
    assert '"=1+1"' not in cells
