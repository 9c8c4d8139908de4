"""The head of the log stands at the foot of what people take away, and proves by that the log later."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from checks.verdict import Outcome
from relocation.service import Store, auditing, exporting
from relocation.service.anchoring import anchor_line
from relocation.service.drawings import viewing
from relocation.service.drawings.deciding import pair_report
from relocation.service.rectification import workbook
from relocation.store import queries
from tests.service import rectifying
from tests.service.conftest import NOW


def footer(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        found = re.search(r"<oddFooter>(.*?)</oddFooter>", archive.read("xl/worksheets/sheet1.xml").decode())
    assert found
    return found[1]


def test_before_anything_was_done_there_is_no_head(store: Store) -> None:
    assert anchor_line(store) == ""


def test_the_findings_workbook_ends_with_the_head(county: Store) -> None:
    file = io.BytesIO()
    exporting.write(county, "xlsx", file, "zh", queries.FindingFilter(outcomes=(Outcome.FAIL,)))
    line = anchor_line(county)
    assert line in footer(file.getvalue())
    assert auditing.verify(county, footer(file.getvalue())).problems == ()


def test_the_ledger_workbook_ends_with_the_head(store: Store, ledger: Callable[..., Path]) -> None:
    rectifying.bring(store, ledger, [rectifying.home("H1")])
    rectifying.judged(store)
    assert anchor_line(store) in footer(workbook.export(store, "zh", day=rectifying.DAY))


def test_a_printed_comparison_ends_with_the_head(county: Store) -> None:
    with county.reading() as connection:
        (code,) = connection.exec_driver_sql("SELECT code FROM drawing_pair ORDER BY code LIMIT 1").one()
    made = viewing.as_file(pair_report(county, code, as_of=NOW.date()), ".pdf", "zh")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    assert anchor_line(county).split(" ")[1] in text.replace("\r", "").replace("\n", "")
