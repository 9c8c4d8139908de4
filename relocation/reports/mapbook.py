"""The map book on paper: one A4 page a site, set by Typst with the font that comes with the program's packages."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from relocation.reports.pdf import fonts
from relocation.reports.wording import legible
from relocation.resources import folder

PHOTO_SIDE_PX = 560
"""Of a photo 45 mm wide: about 300 dots an inch."""


def mapbook_pdf(head: Mapping[str, Any], sites: Sequence[Mapping[str, Any]], photos: Mapping[str, bytes]) -> bytes:
    """Return sites as one PDF, a page each. Same data, same bytes; texts from ledgers reach Typst as data and are never taken for markup.

    head   : what every page says (templates/mapbook/page.typ reads it); sites: what each says; photos: the file's name in a page's data → JPEG
    """
    import typst  # late: only who prints loads the compiler

    compiler: Any = typst  # its types speak of one kind of input only
    with TemporaryDirectory(prefix="relocation-") as root:
        for name, data in photos.items():
            (Path(root) / name).write_bytes(data)
        made = compiler.compile(
            _template(),
            root=root,
            font_paths=[str(fonts())],
            ignore_system_fonts=True,
            sys_inputs={"data": legible(json.dumps({**head, "sites": list(sites)}, ensure_ascii=False))},
            timestamp=0,
            pdf_tags=False,
        )
    return bytes(made)


@cache
def _template() -> bytes:
    return (folder("templates") / "mapbook" / "page.typ").read_bytes()


def template_bytes() -> bytes:
    """Return the template, so that whoever keeps pages knows when it is another."""
    return _template()


def scaled(picture: bytes) -> bytes:
    """Return a published picture (JPEG without metadata) no larger than a page of the book shows it, again without any."""
    from PIL import Image  # late: only pages with photos need it

    with Image.open(BytesIO(picture), formats=("JPEG",)) as image:
        image.thumbnail((PHOTO_SIDE_PX, PHOTO_SIDE_PX))
        made = BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=82)
    return made.getvalue()
