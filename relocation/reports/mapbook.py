"""The map book on paper: one A4 page a site, set by Typst with the font that comes with the program's packages."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from relocation.reports.setting import pdf_of

TEMPLATE = "mapbook/page.typ"
PHOTO_SIDE_PX = 560
"""Of a photo 45 mm wide: about 300 dots an inch."""


def mapbook_pdf(head: Mapping[str, Any], sites: Sequence[Mapping[str, Any]], photos: Mapping[str, bytes]) -> bytes:
    """Return sites as one PDF, a page each. Same data, same bytes; texts from ledgers reach Typst as data and are never taken for markup.

    head   : what every page says (templates/mapbook/page.typ reads it); sites: what each says; photos: the file's name in a page's data → JPEG
    """
    with TemporaryDirectory(prefix="relocation-") as root:
        for name, data in photos.items():
            (Path(root) / name).write_bytes(data)
        return pdf_of(TEMPLATE, {**head, "sites": list(sites)}, root=Path(root))


def scaled(picture: bytes) -> bytes:
    """Return a published picture (JPEG without metadata) no larger than a page of the book shows it, again without any."""
    from PIL import Image  # late: only pages with photos need it

    with Image.open(BytesIO(picture), formats=("JPEG",)) as image:
        image.thumbnail((PHOTO_SIDE_PX, PHOTO_SIDE_PX))
        made = BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=82)
    return made.getvalue()
