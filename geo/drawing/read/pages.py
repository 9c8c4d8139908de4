"""How many pages a print has; nothing on them is read."""

import pypdfium2
import pypdfium2.raw as pdfium

from geo.drawing.read.unreadable import Unreadable

MOST_PAGES = 5_000


def page_count(data: bytes) -> int:
    """Return the number of pages of a PDF; raises Unreadable (encrypted, damaged, too-large-inside) for one that cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD else "damaged") from None
    try:
        pages = len(document)
    finally:
        document.close()
    if pages < 1:
        raise Unreadable("damaged")
    if pages > MOST_PAGES:
        raise Unreadable("too-large-inside", limit=MOST_PAGES)
    return pages
